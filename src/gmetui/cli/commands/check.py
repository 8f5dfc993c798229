"""`gmetui check`: every problem of the data, one a line."""

from __future__ import annotations

from argparse import Namespace

from ...datafiles.files import bundled_files, check_files
from ...errors import Problem
from ..output import say


def check(options: Namespace) -> int:
    """Run `gmetui check`."""
    own = [*options.data, *options.paths]
    problems = [problem for problem in check_files(own) if not own or not problem.doubtful or not _is_bundled(problem)]
    wrong = [problem for problem in problems if not problem.doubtful]
    doubtful = [problem for problem in problems if problem.doubtful]
    for problem in wrong:
        print(problem)
    for problem in doubtful:
        print(f"{problem} (worth a look)")
    words = f"{len(wrong)} problem{'s' * (len(wrong) != 1)}" if wrong else "no problems"
    say(f"{words}; {len(doubtful)} worth a look" if doubtful else words)
    return 3 if wrong else 0


def _is_bundled(problem: Problem) -> bool:
    """Tell whether a problem is not the asker's: who checks files of their own is not bothered with ours."""
    return problem.file in {name for name, _ in bundled_files()}
