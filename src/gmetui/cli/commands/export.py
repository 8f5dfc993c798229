"""`gmetui export`: the shortlist, or the matches of a query, in one of the formats."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from ...export.formats import BINARY, EXTENSIONS, export
from ...export.table import Sheet, results_sheet, shortlist_sheet, with_notes_of, without_remarks
from ...loader import load
from ...storage.atomic import write_atomic
from ...text import clean
from ..cli_errors import UnknownError, UsageError
from ..context import require_list
from ..output import say, write_bytes
from .search import find


def export_command(options: Namespace) -> int:
    """Run `gmetui export`."""
    sheet = _sheet(options)
    if options.no_remarks:
        sheet = without_remarks(sheet)
    elif options.no_notes or options.note_of:
        for wanted in options.note_of:
            _require_listed(sheet, wanted)
        sheet = with_notes_of(sheet, options.note_of)
    form = options.format or _by_ending(options.output)
    if form in BINARY and options.output == "-" and sys.stdout.isatty():
        raise UsageError(f"gmetui: {form} is not for a terminal; --output FILE.{EXTENSIONS[form]} writes it")
    content = export(sheet, form)
    if options.output == "-":
        write_bytes(content)
        return 0
    write_atomic(Path(options.output), content)
    say(f"wrote {len(sheet.rows)} program{'s' * (len(sheet.rows) != 1)} to {clean(options.output)}")
    return 0


def _require_listed(sheet: Sheet, wanted: str) -> None:
    known = [row.entry.id for row in sheet.rows]
    if wanted not in known:
        raise UnknownError("program on the list", wanted, known)


def _sheet(options: Namespace) -> Sheet:
    if options.query:
        catalog, results = find(options)
        return results_sheet(catalog, results.programs(), str(results.query))
    catalog = load(options.data, bundled=not options.no_bundled)
    return shortlist_sheet(catalog, require_list(options).shortlist)


def _by_ending(output: str) -> str:
    """Return the format that a file's ending stands for; text when it stands for none."""
    ending = Path(output).suffix.removeprefix(".").casefold()
    return next((form for form, known in EXTENSIONS.items() if ending in (known, form)), "text")
