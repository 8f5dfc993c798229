"""`gmetui compare`: programs side by side."""

from __future__ import annotations

import csv
import io
import shutil
import textwrap
from argparse import Namespace
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from ...catalog.comparison import Cell, Row, compared
from ...catalog.facts import NOT_STATED
from ...catalog.models import Catalog, Program
from ...export.formats import guarded
from ...loader import load
from ...reports.brief import brief_json
from ...reports.program_json import fact_json
from ...reports.text_page import Page
from ...text import clean
from ..output import write_bytes, write_json
from ..program_lookup import program_of

_LABEL = 16
_COLUMN = 28  # cells below which a column is too narrow to read


def compare_command(options: Namespace) -> int:
    """Run `gmetui compare`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    programs = [program_of(catalog, wanted) for wanted in options.ids]
    rows = compared(catalog, programs, differences=options.differences)
    if options.format == "json":
        write_json(comparison_json(catalog, programs, rows))
    elif options.format == "csv":
        write_bytes(comparison_csv(programs, rows))
    elif options.format == "markdown":
        print(comparison_markdown(programs, rows), end="")
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        print(comparison_text(catalog, programs, rows, max(60, min(width, 200))), end="")
    return 0


def comparison_json(catalog: Catalog, programs: Sequence[Program], rows: Sequence[Row]) -> dict[str, Any]:
    """Return the comparison with a page for each fact; null is "not stated"."""
    return {
        "programs": [brief_json(catalog, program) for program in programs],
        "fields": [
            {
                "field": row.key,
                "label": row.label,
                "differs": row.differs,
                "values": [fact_json(list(c.values), c.citations) if c.values else None for c in row.cells],
            }
            for row in rows
        ],
    }


def comparison_csv(programs: Sequence[Program], rows: Sequence[Row]) -> bytes:
    """Return the comparison as a table: a row a field, a column a program; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Field", *(guarded(program.name) for program in programs)])
    writer.writerow(["Id", *(program.id for program in programs)])
    for row in rows:
        writer.writerow([row.label, *(guarded("; ".join(cell.values)) if cell.values else "" for cell in row.cells)])
    return text.getvalue().encode("utf-8-sig")


def comparison_markdown(programs: Sequence[Program], rows: Sequence[Row]) -> str:
    """Return the comparison as a Markdown table."""
    from ...export.formats import escaped_markdown as escaped

    lines = [f"| | {' | '.join(escaped(program.name) for program in programs)} |", f"|{' --- |' * (len(programs) + 1)}"]
    for row in rows:
        cells = ("<br>".join(map(escaped, cell.values)) if cell.values else f"*{NOT_STATED}*" for cell in row.cells)
        lines.append(f"| **{row.label}** | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def comparison_text(catalog: Catalog, programs: Sequence[Program], rows: Sequence[Row], width: int) -> str:
    """Return the comparison as columns, as many beside each other as are readable, and the pages at the end."""
    page = Page(f"{len(programs)} programs compared", catalog.edition.read_by)
    fit = max(1, (width - _LABEL) // _COLUMN)
    for start in range(0, len(programs), fit):
        chosen = range(start, min(start + fit, len(programs)))
        column = (width - _LABEL) // len(chosen)
        names = [_wrapped(programs[number].name, column) for number in chosen]
        ids = [_wrapped(programs[number].id, column) for number in chosen]
        page.raw("")
        _columns(page, "", names, column)
        _columns(page, "", ids, column)
        page.raw("-" * width)
        for row in rows:
            _columns(page, row.label, [_cell(page, row.cells[number], column) for number in chosen], column)
    return page.text()


def _cell(page: Page, cell: Cell, column: int) -> list[str]:
    if not cell.values:
        return [NOT_STATED]
    bullet = "- " if len(cell.values) > 1 else ""
    lines = [line for value in cell.values for line in _wrapped(f"{bullet}{value}", column)]
    return [*lines, *_wrapped(page.marks(cell.citations), column)]


def _wrapped(text: str, column: int) -> list[str]:
    return textwrap.wrap(clean(text), column - 2, break_on_hyphens=True) or [""]


def _columns(page: Page, label: str, cells: Sequence[list[str]], column: int) -> None:
    for number, lines in enumerate(zip_longest(*cells, fillvalue="")):
        head = f"{label[: _LABEL - 1]:{_LABEL}}" if not number else " " * _LABEL
        page.raw((head + "".join(f"{line:{column}}" for line in lines)).rstrip())
