"""`gmetui export`: export the shortlist, or the matches of a query, to a file or standard output."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from ...errors import UnknownIdError, UsageError
from ...export.formats import FORMATS, Format, export_table, format_of_path
from ...export.table import (
    ExportTable,
    results_table,
    shortlist_table,
    with_notes_only_on,
    without_personal_data,
)
from ...storage.output_file import output_path, write_output
from ...text import plural
from ..context import open_existing_list, read_catalog
from ..output import is_terminal, print_status, write_bytes, write_json_text
from .search import search_from_options

_STANDARD_OUTPUT = ("-", "/dev/stdout")


def export_command(options: Namespace) -> int:
    """Run `gmetui export`."""
    table = _table(options)
    export_format = _format(options)
    is_to_output = options.output in _STANDARD_OUTPUT
    if export_format.is_binary and is_to_output and is_terminal(sys.stdout):
        name, extension = export_format.name, export_format.extension
        raise UsageError(f"gmetui: cannot print {name} on a terminal; use --output FILE.{extension}")
    content = export_table(table, export_format.name)
    if is_to_output and export_format.name == "json":
        write_json_text(content.decode())
    elif is_to_output:
        write_bytes(content)
    else:
        write_output(output_path(options.output), content)
        print_status(f"exported {plural(len(table.rows), 'program')} to {options.output}")
    return 0


def _table(options: Namespace) -> ExportTable:
    """Return the programs to export, with as much of the user's notes as the options allow."""
    if options.query:
        catalog, results = search_from_options(options)
        table = results_table(catalog, results.programs(), str(results.query))
    else:
        catalog = read_catalog(options)
        table = shortlist_table(catalog, open_existing_list(options).shortlist)
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
    """Return the requested format, else that of the file's extension, else plain text."""
    if options.format:
        return FORMATS[options.format]
    return format_of_path(Path(options.output)) or FORMATS["text"]
