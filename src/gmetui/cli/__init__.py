"""The command line: what scripts rely on, and the way in for people who cannot use a full-screen program.

Standard output is data, standard error is narration. Exit codes: 0 done (also: nothing matched), 2 the command line
is wrong, 3 data is wrong, 4 a file cannot be read or written, 5 no such program, list or institution, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

USAGE, WRONG_DATA, FILE_TROUBLE, UNKNOWN, INTERRUPTED, CLOSED_PIPE = 2, 3, 4, 5, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        gc.disable()  # a command makes no garbage worth looking for; the explorer collects again after its first frame
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 must not crash on "Río"
    from ..errors import GmetuiError

    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except GmetuiError as error:
        print(error, file=sys.stderr)
        return _code(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `gmetui search | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CLOSED_PIPE


def _run(arguments: Sequence[str]) -> int:
    from .commands.explore import explore

    if not arguments:
        return explore()  # the usual start, without the price of a parser
    from .parser import parse

    options = parse(arguments)
    if options.command is None:
        return explore(
            options.data,
            bundled=not options.no_bundled,
            list_name=options.list if any(part.split("=")[0] == "--list" for part in arguments) else None,
            handed=(options.list_file, options.by) if options.list_file else None,
            line=options.query or "",
            colour=not options.no_color,
        )
    from importlib import import_module

    module = import_module(f".commands.{options.module}", __package__)
    code: int = getattr(module, options.function)(options)
    return code


def _code(error: Exception) -> int:
    from ..datafiles.files import UnreadableError
    from ..errors import DataError
    from ..importing.import_errors import TableError
    from ..storage.storage_errors import BrokenFileError, FileError
    from .cli_errors import UnknownError

    if isinstance(error, DataError | BrokenFileError | TableError):
        return WRONG_DATA
    if isinstance(error, FileError | UnreadableError):
        return FILE_TROUBLE
    return UNKNOWN if isinstance(error, UnknownError) else USAGE
