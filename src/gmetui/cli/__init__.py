"""The command line, for scripts and for people who prefer it to the full-screen explorer.

Data goes to standard output and messages go to standard error. Exit codes: 0 success (also when nothing matches),
130 interrupted, 141 closed pipe; errors have the exit codes listed in `gmetui.errors`.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

INTERRUPTED, CLOSED_PIPE = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        gc.disable()  # a command is too short for it to pay; the explorer enables it after its first frame
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
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `gmetui search | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CLOSED_PIPE


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        from .commands.explore import open_explorer

        return open_explorer()  # without the cost of a parser
    from importlib import import_module

    from .parser import parse_arguments

    options: Namespace = parse_arguments(arguments)
    module = import_module(f".commands.{options.module}", __package__)
    code: int = getattr(module, options.function)(options)
    return code
