"""`gmetui check`: report the problems of data files, one line each."""

from __future__ import annotations

from typing import Any

from ...catalog.staleness import stale_programs
from ...datafiles.files import bundled_files, check_files
from ...errors import DataError, Problem
from ...lean_typing import TYPE_CHECKING
from ...reports.json_report import program_summary_json
from ...text import plural
from .. import clock
from ..context import open_store, read_catalog
from ..output import print_line, print_status
from ..record_output import wants_json, write_records_json

if TYPE_CHECKING:
    from argparse import Namespace

_FIRST_MONTH_OF_SEASON = 6  # the applications of a season open in June of the year before


def check_command(options: Namespace) -> int:
    """Run `gmetui check`. Returns 3 when data is invalid; doubtful findings alone are no failure."""
    is_json = wants_json(options)
    if options.stale:
        return _list_stale_programs(options, is_json=is_json)
    paths = [*options.data, *options.paths]
    problems = check_files(paths)
    if paths:  # someone who checks their own files should not see the doubtful findings of the bundled ones
        bundled_names = {name for name, _ in bundled_files()}
        problems = [problem for problem in problems if not (problem.doubtful and problem.file in bundled_names)]
    errors = [problem for problem in problems if not problem.doubtful]
    doubtful = [problem for problem in problems if problem.doubtful]
    if is_json:
        documents = [_problem_json(problem) for problem in (*errors, *doubtful)]
        write_records_json(options, {"total": len(documents), "problems": documents}, "problems")
    else:
        for problem in errors:
            print_line(str(problem))
        for problem in doubtful:
            print_line(f"{problem} (worth a look)")
    summary = plural(len(errors), "problem") if errors else "no problems"
    print_status(f"{summary}; {len(doubtful)} worth a look" if doubtful else summary)
    return DataError.exit_code if errors else 0


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "message": problem.message,
        "hint": problem.hint or None,
        "doubtful": problem.doubtful,
    }


def _list_stale_programs(options: Namespace, *, is_json: bool) -> int:
    """Print the programs to read again, most urgent first, with the reasons and their pages."""
    today = clock.today()
    season = today.year + (today.month >= _FIRST_MONTH_OF_SEASON)
    saved_ids = {entry.id for entry in open_store(options).shortlist.entries}
    catalog = read_catalog(options)
    programs = stale_programs(catalog, season, saved_ids)
    if is_json:
        documents = [
            {
                **program_summary_json(catalog, stale.program),
                "reasons": list(stale.reasons),
                "urls": list(stale.urls),
            }
            for stale in programs
        ]
        write_records_json(options, {"total": len(documents), "programs": documents}, "programs")
    else:
        for stale in programs:
            print_line(f"{stale.program.id}: {', '.join(stale.reasons)}")
            for url in stale.urls:
                print_line(f"  {url}")
    print_status(f"{plural(len(programs), 'program')} to read again")
    return 0
