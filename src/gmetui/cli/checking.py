"""`gmetui check`: every problem of the data, one a line."""

from __future__ import annotations

from argparse import Namespace

from ..catalog.loading import check_files
from .output import say


def check(options: Namespace) -> int:
    """Run `gmetui check`."""
    problems = check_files([*options.data, *options.paths])
    wrong = [problem for problem in problems if not problem.doubtful]
    doubtful = [problem for problem in problems if problem.doubtful]
    for problem in wrong:
        print(problem)
    for problem in doubtful:
        print(f"{problem} (worth a look)")
    words = f"{len(wrong)} problem{'s' * (len(wrong) != 1)}" if wrong else "no problems"
    say(f"{words}; {len(doubtful)} worth a look" if doubtful else words)
    return 3 if wrong else 0
