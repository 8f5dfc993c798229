"""`gmetui check`: every problem of the data, one a line."""

from __future__ import annotations

from argparse import Namespace

from ..catalog.loading import check_files
from .output import say


def check(options: Namespace) -> int:
    """Run `gmetui check`."""
    problems = check_files([*options.data, *options.paths])
    for problem in problems:
        print(problem)
    count = len(problems)
    say(f"{count} problem{'s' * (count != 1)}" if count else "no problems")
    return 3 if problems else 0
