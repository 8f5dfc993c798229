"""`gmetui check`: report the problems of data files, one line each."""

from __future__ import annotations

from argparse import Namespace

from ...datafiles.files import bundled_files, check_files
from ...errors import DataError
from ...text import plural
from ..output import print_status


def check_command(options: Namespace) -> int:
    """Run `gmetui check`. Returns 3 when data is invalid; doubtful findings alone are no failure."""
    paths = [*options.data, *options.paths]
    problems = check_files(paths)
    if paths:  # someone who checks their own files should not see the doubtful findings of the bundled ones
        bundled_names = {name for name, _ in bundled_files()}
        problems = [problem for problem in problems if not (problem.doubtful and problem.file in bundled_names)]
    errors = [problem for problem in problems if not problem.doubtful]
    doubtful = [problem for problem in problems if problem.doubtful]
    for problem in errors:
        print(problem)
    for problem in doubtful:
        print(f"{problem} (worth a look)")
    summary = plural(len(errors), "problem") if errors else "no problems"
    print_status(f"{summary}; {len(doubtful)} worth a look" if doubtful else summary)
    return DataError.exit_code if errors else 0
