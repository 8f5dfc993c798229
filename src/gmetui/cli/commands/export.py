"""`gmetui export`: export the shortlist, or the matches of a query, to a file or standard output."""

from __future__ import annotations

import sys

from ...errors import UnknownIdError, UsageError
from ...export.formats import (
    FORMATS,
    Format,
    export_file,
    export_table,
    format_of_path,
    is_foreign,
    unknown_extension,
)
from ...export.table import (
    ExportOccasion,
    ExportTable,
    results_table,
    shortlist_table,
    with_notes_only_on,
    without_personal_data,
)
from ...lean_typing import TYPE_CHECKING
from ...storage.output_file import is_regular_output, output_path, write_output
from ...storage.regular_file import read_user_file
from ...text import plural
from .. import clock
from ..context import open_existing_list, read_catalog
from ..output import print_status, write_bytes, write_json_text
from ..prompts import require_consent
from ..terminal import is_terminal
from .search import read_decisions, search_from_options

if TYPE_CHECKING:
    from argparse import Namespace

_STANDARD_OUTPUT = ("-", "/dev/stdout")


def export_command(options: Namespace) -> int:
    """Run `gmetui export`."""
    export_format = _format(options)
    is_to_output = options.output in _STANDARD_OUTPUT
    if export_format.is_binary and is_to_output and is_terminal(sys.stdout):
        name, extension = export_format.name, export_format.extension
        raise UsageError(f"gmetui: cannot print {name} on a terminal; use --output FILE.{extension}")
    path = None if is_to_output else output_path(options.output)
    is_file = path is not None and is_regular_output(path)
    table = _table(options)
    if path is not None and is_file and path.is_file():
        require_consent(options.output, is_forced=options.force)
        if export_format.name == "ics":
            previous = read_user_file(path) or b""
            table = table._replace(occasion=table.occasion._replace(previous=previous))
    content = (export_file if is_file else export_table)(table, export_format.name)
    if path is not None:
        write_output(path, content)
    elif export_format.name == "json":
        write_json_text(content.decode())
    else:
        write_bytes(content)
    _report(table, export_format, options)
    return 0


def _report(table: ExportTable, export_format: Format, options: Namespace) -> None:
    """Say what was exported to a file, and the dates of a calendar anyway: it may have none."""
    count = plural(len(table.rows), "program")
    if export_format.name == "ics":
        from ...export.ics import calendar_dates

        dates = calendar_dates(table)
        count = f"{plural(len(dates.events), 'date')} of {count}"
        if dates.past_count:
            count += f", without {plural(dates.past_count, 'past date')} (--past includes past dates)"
    if options.output not in _STANDARD_OUTPUT:
        print_status(f"exported {count} to {options.output}")
    elif export_format.name == "ics":
        print_status(f"exported {count}")


def _table(options: Namespace) -> ExportTable:
    """Return the programs to export, with as much of the user's notes as the options allow."""
    if options.query:
        catalog, results = search_from_options(options)
        programs = results.programs()
        decisions = read_decisions(options, [program.id for program in programs])
        table = results_table(catalog, programs, str(results.query), decisions)
        revision = 0
    else:
        catalog = read_catalog(options)
        shortlist_store = open_existing_list(options)
        table, revision = shortlist_table(catalog, shortlist_store.shortlist), shortlist_store.newest_revision
    table = table._replace(
        occasion=ExportOccasion(clock.today(), options.by, has_past_dates=options.past, revision=revision)
    )
    if options.no_remarks:
        return without_personal_data(table)
    if not (options.no_notes or options.note_of):
        return table
    table_ids = [row.entry.id for row in table.rows]
    for program_id in options.note_of:
        if program_id not in table_ids:
            raise UnknownIdError("program on the list", program_id, table_ids)
    return with_notes_only_on(table, options.note_of)


def _format(options: Namespace) -> Format:
    """Return the requested format, else that of the file's extension; for standard output and devices plain text.

    Raises `UsageError` if the extension of a file stands for no format, or for a kind of file that gmetui cannot make.
    """
    path = output_path(options.output)
    is_file = options.output not in _STANDARD_OUTPUT and is_regular_output(path)
    if is_file and is_foreign(path):
        raise UsageError(f"gmetui: {unknown_extension(path)}")
    if options.format:
        return FORMATS[options.format]
    export_format = format_of_path(path)
    if export_format is None and is_file:
        raise UsageError(f"gmetui: {unknown_extension(path)}, or --format")
    return export_format or FORMATS["text"]
