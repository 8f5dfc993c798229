"""`gmetui import`: import a shortlist that was edited or kept elsewhere, or pass on a program list."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ...catalog.catalog import Catalog
from ...catalog.ids import ProgramId
from ...errors import UsageError
from ...importing.shortlist_import import RowChoices, RowProblem, ShortlistImport, import_shortlist
from ...importing.shortlist_table import read_shortlist_table
from ...lean_typing import TYPE_CHECKING
from ...storage.fact_snapshots import save_snapshots
from ...text import plural, sanitize
from ..context import open_fact_snapshots, open_store, read_catalog
from ..output import print_line, print_status, write_json
from ..program_ids import find_program
from ..prompts import ask, is_interactive, spooled_standard_input
from ..read_errors import reporting_read_errors

if TYPE_CHECKING:
    from argparse import Namespace


def import_command(options: Namespace) -> int:
    """Run `gmetui import`: one change of the list, which one undo reverses. `--dry-run` only reports.

    The file "-" is standard input.
    """
    with _input_file(options.file) as path:
        if (options.kind or _detect_kind(path)) == "programs":
            from .import_programs import import_programs

            return import_programs(options, path)
        return _import_shortlist(options, path)


@contextmanager
def _input_file(file: str) -> Iterator[Path]:
    """Provide the path of the file to read; what standard input gives is in a temporary file meanwhile."""
    if file != "-":
        yield Path(file)
        return
    with spooled_standard_input() as path:
        yield path


def _import_shortlist(options: Namespace, path: Path) -> int:
    with reporting_read_errors(options.file):
        table = read_shortlist_table(path, options.sheet)
    catalog, shortlist_store = read_catalog(options), open_store(options)
    today = date.today()  # noqa: DTZ011  # the day in the user's time zone
    choices = _chosen_programs(catalog, options)
    result = import_shortlist(catalog, shortlist_store.shortlist, table, choices, today)
    if is_interactive() and not options.dry_run and options.format == "text":
        choices = _ask_about_rows(catalog, result, choices)
        result = import_shortlist(catalog, shortlist_store.shortlist, table, choices, today)
    if options.dry_run:
        outcome = "dry run; nothing was changed"
    elif result.shortlist == shortlist_store.shortlist:
        outcome = "nothing to change"
    else:  # before anything is printed: the reader of a pipe may be gone
        save_snapshots(open_fact_snapshots(), catalog, shortlist_store.shortlist, result.shortlist)
        saved = shortlist_store.save(result.shortlist, f"imported {sanitize(path.name)}")
        undo = " ".join(["gmetui shortlist undo", *_list_arguments(options)])
        outcome = f"{plural(len(saved), 'program')} on the list “{saved.name}”; `{undo}` reverses the import"
    if options.format == "json":
        write_json(_result_json(result, len(table.rows)))
    else:
        _print_result(result)
    if result.unmatched and not options.dry_run:
        count = plural(len(result.unmatched), "row")
        print_status(f"{count} without a program; --keep-unmatched keeps them as they are, --match ROW=ID assigns one")
    print_status(outcome)
    return 0


def _list_arguments(options: Namespace) -> list[str]:
    """Return the arguments that name the list that was changed, where it isn't the default one."""
    if options.list_file:
        return ["--list-file", shlex.quote(sanitize(options.list_file))]
    return ["--list", shlex.quote(options.list)] if options.list != "default" else []


def _detect_kind(path: Path) -> str:
    """Return "programs" or "shortlist" by the columns of the file, and tell the user."""
    from ...importing.detect import detect_list_kind

    with reporting_read_errors(str(path)):
        kind = detect_list_kind(path)
    label, alternative = ("program list", "shortlist") if kind == "programs" else ("shortlist", "programs")
    print_status(f"treating the file as a {label} (use --as {alternative} to override)")
    return kind


def _chosen_programs(catalog: Catalog, options: Namespace) -> RowChoices:
    """Return the choices that `--match ROW=ID` and `--keep-unmatched` make."""
    choices = RowChoices(keeps_unmatched=options.keep_unmatched)
    for pair in options.match:
        row_label, _, program_id = pair.rpartition("=")
        if not row_label.rpartition("!")[2].isdecimal():
            message = f"“{sanitize(pair)}” is not ROW=ID; use the form 12=tufts-neurology-residency"
            raise UsageError(f"gmetui: {message}")
        choices = choices.with_program(row_label, find_program(catalog, program_id).id)
    return choices


def _ask_about_rows(catalog: Catalog, result: ShortlistImport, choices: RowChoices) -> RowChoices:
    """Return the choices with those that the user makes for rows without a program."""
    for problem in result.unmatched:
        answer = _ask_about_row(catalog, problem)
        number = int(answer) if answer.isdecimal() and len(answer) < 4 else 0
        if 1 <= number <= len(problem.candidates):
            choices = choices.with_program(problem.label, problem.candidates[number - 1])
        elif answer.casefold() in ("k", "keep"):
            choices = choices.with_stand_in(problem.label)
    return choices


def _ask_about_row(catalog: Catalog, problem: RowProblem) -> str:
    """Return what the user answers to the question which program a row means."""
    print_status(f"row {problem.label}: {problem.subject}: which program is it?")
    for number, program_id in enumerate(problem.candidates, 1):
        program = catalog.program[ProgramId(program_id)]
        print_status(f"  {number}  {program.name}, {catalog.institution[program.institution].name}")
    numbers = "a number, " if problem.candidates else ""
    return ask(f"  {numbers}k to keep it as it is, or enter to leave it out")


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
        print_line(problem.text)
