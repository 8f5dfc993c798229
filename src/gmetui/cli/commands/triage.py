"""`gmetui triage`: what was passed over in a quick pass over many programs."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from typing import Any

from ...catalog.catalog import Catalog
from ...errors import UnknownIdError, UsageError
from ...export.csv import SpreadsheetWriter
from ...export.formats import is_foreign
from ...lean_typing import TYPE_CHECKING
from ...reports.json_report import absent_program_json, program_summary_json
from ...shortlist.entries import entry_of
from ...shortlist.triage import PassedProgram, Triage
from ...storage.output_file import is_regular_output, output_path, write_output
from ...storage.paths import user_paths
from ...storage.triage_file import change_triage, read_triage
from ...text import plural, sanitize
from .. import clock
from ..context import open_store, read_catalog, save_shortlist
from ..json_text import json_text
from ..output import print_status, write_bytes
from ..program_ids import find_programs
from ..prompts import read_standard_input, require_consent
from ..record_output import choose_fields, columns_of, wants_json, write_records, write_records_json
from ..table_output import RecordTable, select_columns

if TYPE_CHECKING:
    from argparse import Namespace

_STANDARD_INPUT = "-"
_STANDARD_OUTPUTS = ("-", "/dev/stdout")
_FILE_FORMATS = ("csv", "tsv", "json")


def list_command(options: Namespace) -> int:
    """Run `gmetui triage list`: the programs that were passed over, in the order of the decisions."""
    file_format = _file_format(options)
    is_json = wants_json(options)
    catalog = read_catalog(options)
    triage = read_triage(user_paths().triage)
    programs = [each for each in triage if options.verdict in (None, each.verdict)]
    rows = [(each.verdict, *_names(catalog, each), each.on, each.id) for each in programs]
    table = RecordTable(columns_of("Verdict", "Program", "Hospital", "On", "ID"), rows)
    is_json = file_format == "json" if file_format else is_json
    records = [_program_json(catalog, each) for each in programs] if is_json else []
    document = {"total": len(records), "programs": records}
    if file_format:
        content = _json_content(options, document) if is_json else _spreadsheet_content(options, file_format, table)
        _write_file(options, content)
        print_status(f"exported {plural(len(programs), 'program')} to {options.output}")
    elif is_json:
        write_records_json(options, document, "programs")
    elif options.format == "csv":
        write_bytes(_delimited(options, table))
    else:
        write_records(options, table)
        if not programs:
            print_status("nothing was passed over")
    return 0


def _file_format(options: Namespace) -> str:
    """Return the format of the file to write, by its extension; "" for standard output. Raises `UsageError`."""
    if options.output in (None, *_STANDARD_OUTPUTS):
        return ""
    path = output_path(options.output)
    extension = path.suffix.removeprefix(".").casefold()
    if extension not in _FILE_FORMATS and options.format in _FILE_FORMATS and not is_foreign(path):
        return str(options.format)
    if extension not in _FILE_FORMATS:
        extensions = ", ".join(f".{known}" for known in _FILE_FORMATS)
        raise UsageError(f"gmetui: cannot write the list to “{sanitize(options.output)}”; use {extensions}")
    return extension


def _json_content(options: Namespace, document: dict[str, Any]) -> bytes:
    fields = options.json_fields
    return (json_text(document if fields is None else choose_fields(document["programs"], fields)) + "\n").encode()


def _spreadsheet_content(options: Namespace, file_format: str, table: RecordTable) -> bytes:
    content = _delimited(options, table, tab_separated=file_format == "tsv")
    return BOM_UTF8 + content if file_format == "csv" else content  # Excel needs it to detect UTF-8


def _delimited(options: Namespace, table: RecordTable, *, tab_separated: bool = False) -> bytes:
    """Return the table with headings, for spreadsheets."""
    selected = select_columns(table, options.columns)
    writer = SpreadsheetWriter(tab_separated=tab_separated, quotes_all=not tab_separated)
    writer.add_row(column.heading for column in selected.columns)
    for row in selected.rows:
        writer.add_row(row)
    return writer.text().encode()


def _write_file(options: Namespace, content: bytes) -> None:
    path = output_path(options.output)
    if is_regular_output(path) and path.is_file():
        require_consent(options.output, is_forced=options.force)
    write_output(path, content)


def _program_json(catalog: Catalog, passed: PassedProgram) -> dict[str, Any]:
    program = catalog.program.get(passed.id)
    if program is not None:
        names = program_summary_json(catalog, program)
    else:
        absent = absent_program_json(passed.id, passed.name, passed.institution)
        names = {key: absent[key] for key in ("id", "name", "kind", "institution", "specialty")}
    return {**names, "verdict": passed.verdict, "on": passed.on or None, "in_data": program is not None}


def _names(catalog: Catalog, passed: PassedProgram) -> tuple[str, str]:
    """Return the names of a program and its hospital: as the data has them, else as they were."""
    program = catalog.program.get(passed.id)
    if program is None:
        return passed.name, passed.institution
    return program.name, catalog.institution[program.institution].short_name


def set_command(options: Namespace) -> int:
    """Run `gmetui triage set`: decide on all programs, or on none if an id is unknown."""
    catalog = read_catalog(options)
    programs = find_programs(catalog, options.ids)
    program_ids = frozenset(program.id for program in programs)
    if options.decision == "interested":
        shortlist_store = open_store(options)
        shortlist = shortlist_store.shortlist
        for program in programs:
            if program.id not in shortlist:
                shortlist = shortlist.with_entry(entry_of(catalog, program))
        save_shortlist(shortlist_store, shortlist, f"added {plural(len(programs), 'program')}", catalog)
        _change(lambda triage: triage.without(program_ids))
        return 0
    today = clock.today().isoformat()
    passed = [
        PassedProgram(
            program.id, options.decision, program.name, catalog.institution[program.institution].short_name, today
        )
        for program in programs
    ]
    _change(lambda triage: triage.with_programs(passed))
    print_status(f"{options.decision}: {plural(len(passed), 'program')}")
    return 0


def clear_command(options: Namespace) -> int:
    """Run `gmetui triage clear`. Raises `UsageError` without ids and --all, `UnknownIdError` for others' ids."""
    ids = _read_ids(options.ids)
    if bool(ids) == options.all:
        raise UsageError("gmetui: name programs to forget, or --all")
    triage = read_triage(user_paths().triage)
    unknown_ids = [each for each in ids if each not in triage.verdicts]
    if unknown_ids:
        raise UnknownIdError("passed-over program", unknown_ids[0], list(triage.verdicts))
    cleared = frozenset(triage.verdicts if options.all else ids)
    _change(lambda current: current.without(cleared))
    print_status(f"forgot {plural(len(cleared), 'program')}")
    return 0


def _read_ids(ids: list[str]) -> list[str]:
    return [each for word in ids for each in (read_standard_input().split() if word == _STANDARD_INPUT else [word])]


def _change(change: Callable[[Triage], Triage]) -> None:
    change_triage(user_paths().triage, change)
