"""The command line, for scripts and for people who prefer it to the full-screen explorer.

Data goes to standard output and messages go to standard error. Exit codes: 0 success (also when nothing matches),
1 internal error, 130 interrupted, 141 closed pipe; errors have the exit codes listed in `gmetui.errors`, 4 also for a
standard output that is full or closed.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from ..errors import FileError, GmetuiError
from ..lean_typing import TYPE_CHECKING
from .output import configure_output, flush_output, prepare_streams, print_error
from .terminal import OutputSettings

if TYPE_CHECKING:
    from argparse import Namespace

INTERNAL_ERROR, INTERRUPTED, CLOSED_PIPE = 1, 130, 141
_MAX_ERROR_LENGTH = 300  # characters of an unexpected error
_VERSION_WORDS, _HELP_WORDS = ("--version", "-V", "version"), ("--help", "-h", "help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        gc.disable()  # a command is too short for it to pay; the explorer enables it after its first frame
    if argv is None and "_ARGCOMPLETE" in os.environ:
        from .completion import complete_command_line

        complete_command_line()  # exits
    prepare_streams()
    configure_output(OutputSettings())
    exit_code = _exit_code(partial(_run, arguments))
    flush_exit_code = _exit_code(flush_output)
    return exit_code or flush_exit_code


def _exit_code(action: Callable[[], int | None]) -> int:
    """Run something, print the error that it raises in a line, and return the exit code."""
    try:
        return action() or 0
    except GmetuiError as error:
        print_error(str(error))
        return error.exit_code
    except SystemExit as error:  # from argparse
        return error.code if isinstance(error.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `gmetui search | head -1`
        return CLOSED_PIPE
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print_error(f"gmetui: cannot use{place or ' a file'}: {error.strerror or error}")
        return FileError.exit_code
    except Exception as error:  # noqa: BLE001  # one line for what nobody foresaw, and no control characters of it
        if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 wraps it where a class is being made
            return INTERRUPTED
        _report_unexpected(error)
        return INTERNAL_ERROR


def _report_unexpected(error: Exception) -> None:
    """Print where an error was raised, and its traceback if the user asks for it."""
    import traceback

    if os.environ.get("GMETUI_DEBUG"):
        print_error("".join(traceback.format_exception(error)), end="")
    frame = traceback.extract_tb(error.__traceback__)[-1]
    location = f"{frame.filename.replace(os.sep, '/').rpartition('/')[2]}:{frame.lineno}"
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_MAX_ERROR_LENGTH]
    print_error(f"gmetui: internal error in {location}: {reason}; GMETUI_DEBUG=1 shows the details for a report")


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        from .commands.explore import open_explorer

        return open_explorer()  # without the cost of a parser, here and below
    if len(arguments) == 1 and arguments[0] in _VERSION_WORDS:
        from .commands.version import print_version

        return print_version()
    if len(arguments) == 1 and arguments[0] in _HELP_WORDS:
        from .commands.help import print_main_help

        return print_main_help()
    from .command_line import parse_arguments

    options: Namespace = parse_arguments(arguments)
    configure_output(OutputSettings(options.color, not options.no_pager, options.quiet))
    name = f"{__package__}.commands.{options.command.module}"
    module = __import__(name, fromlist=("",))  # as `importlib.import_module` does, which takes longer to import
    code: int = getattr(module, options.command.function)(options)
    return code
