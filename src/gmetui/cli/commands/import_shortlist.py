"""`gmetui import`: import a shortlist that was edited or kept elsewhere, or pass on a program list."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from ...catalog.catalog import Catalog
from ...catalog.ids import ProgramId
from ...errors import UsageError
from ...importing.shortlist_import import RowProblem, ShortlistImport, import_shortlist
from ...importing.shortlist_table import read_shortlist_table
from ...storage.fact_snapshots import save_snapshots
from ...text import plural, sanitize
from ..context import find_program, open_fact_snapshots, open_store, read_catalog, reporting_read_errors
from ..output import print_line, print_status, write_json
from ..prompts import ask, is_interactive


def import_command(options: Namespace) -> int:
    """Run `gmetui import`: one change of the list, which one undo reverses. `--dry-run` only reports."""
    path = Path(options.file)
    if (options.kind or _detect_kind(path)) == "programs":
        from .import_programs import import_programs

        return import_programs(options)
    with reporting_read_errors(options.file):
        table = read_shortlist_table(path)
    catalog, shortlist_store = read_catalog(options), open_store(options)
    chosen_programs = _chosen_programs(catalog, options.match)
    result = import_shortlist(catalog, shortlist_store.shortlist, table, chosen_programs)
    if is_interactive() and not options.dry_run and options.format == "text":
        answers = _ask_about_rows(catalog, result)
        result = import_shortlist(catalog, shortlist_store.shortlist, table, {**chosen_programs, **answers})
    if options.format == "json":
        write_json(_result_json(result, len(table.rows)))
    else:
        _print_result(result)
    if options.dry_run:
        print_status("dry run; nothing was changed")
    elif result.shortlist == shortlist_store.shortlist:
        print_status("nothing to change")
    else:
        save_snapshots(open_fact_snapshots(), catalog, shortlist_store.shortlist, result.shortlist)
        saved = shortlist_store.save(result.shortlist, f"imported {sanitize(path.name)}")
        count = plural(len(saved), "program")
        print_status(f"{count} on the list “{saved.name}”; `gmetui shortlist undo` reverses the import")
    return 0


def _detect_kind(path: Path) -> str:
    """Return "programs" or "shortlist" by the columns of the file, and tell the user."""
    from ...importing.detect import detect_list_kind

    with reporting_read_errors(str(path)):
        kind = detect_list_kind(path)
    label, alternative = ("program list", "shortlist") if kind == "programs" else ("shortlist", "programs")
    print_status(f"treating the file as a {label} (use --as {alternative} to override)")
    return kind


def _chosen_programs(catalog: Catalog, pairs: list[str]) -> dict[int, str]:
    """Return the program ids that `--match ROW=ID` gives, by row number."""
    chosen: dict[int, str] = {}
    for pair in pairs:
        row_number, _, program_id = pair.partition("=")
        if not row_number.isdecimal():
            message = f"“{sanitize(pair)}” is not ROW=ID; use the form 12=tufts-neurology-residency"
            raise UsageError(f"gmetui: {message}")
        chosen[int(row_number)] = find_program(catalog, program_id).id
    return chosen


def _ask_about_rows(catalog: Catalog, result: ShortlistImport) -> Mapping[int, str]:
    """Return the program ids that the user picks for the rows that may be one of several programs."""
    answers = {}
    for problem in result.problems:
        program_id = _ask_about_row(catalog, problem) if problem.candidates else ""
        if program_id:
            answers[problem.row_number] = program_id
    return answers


def _ask_about_row(catalog: Catalog, problem: RowProblem) -> str:
    """Return the id of the program that the user picks for a row, or ""."""
    print_status(f"row {problem.row_number}: {problem.subject}: which program is it?")
    for number, program_id in enumerate(problem.candidates, 1):
        program = catalog.program[ProgramId(program_id)]
        print_status(f"  {number}  {program.name}, {catalog.institution[program.institution].name}")
    answer = ask("  a number, or enter for none of them")
    number = int(answer) if answer.isdecimal() else 0
    return problem.candidates[number - 1] if 1 <= number <= len(problem.candidates) else ""


def _result_json(result: ShortlistImport, row_count: int) -> dict[str, object]:
    return {
        "rows": row_count,
        "added": list(result.added),
        "changed": list(result.changed),
        "same": result.unchanged,
        "columns": list(result.new_columns),
        "not_understood": [problem.as_json() for problem in result.problems],
    }


def _print_result(result: ShortlistImport) -> None:
    for label, names in (("new column", result.new_columns), ("added", result.added), ("changed", result.changed)):
        for name in names:
            print_line(f"{label}: {name}")
    if result.unchanged:
        print_line(f"unchanged: {result.unchanged}")
    for problem in result.problems:
        print_line(f"row {problem.row_number}: {problem.subject}: {problem.message}")
