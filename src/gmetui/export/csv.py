"""CSV and TSV whose cells no spreadsheet program runs as formulas.

Every delimited text that gmetui writes or copies goes through `SpreadsheetWriter`, whose rows are `SpreadsheetCell`s;
only `escape_formula` makes these.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import NewType

from ..catalog.facts import NOT_STATED
from ..text import sanitize
from .table import ExportColumn, ExportRow, ExportTable, table_columns

#: A cell or a heading that is safe in a spreadsheet.
SpreadsheetCell = NewType("SpreadsheetCell", str)
#: The starts of a cell that a spreadsheet program would run: OWASP's list for CSV injection, with full-width and small
#: forms, after blanks, quotation marks and characters that don't show.
_FORMULA = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0]*+[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]|[\t\r\n]"
)


def escape_formula(cell: str) -> SpreadsheetCell:
    """Return `cell` with an apostrophe before anything that a spreadsheet program would run as a formula."""
    is_formula = _FORMULA.match(cell)  # checked before sanitizing too, which could hide a leading tab
    cell = sanitize(cell, keep_newlines=True)
    return SpreadsheetCell(f"'{cell}" if is_formula or _FORMULA.match(cell) else cell)


class SpreadsheetWriter:
    """Writes rows of the same width as CSV (RFC 4180), or as the tab-separated lines that spreadsheets paste."""

    def __init__(self, *, tab_separated: bool = False, quotes_all: bool = False) -> None:
        self._output = io.StringIO(newline="")
        self._tab_separated = tab_separated
        self._writer = csv.writer(
            self._output, quoting=csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL, lineterminator="\r\n"
        )
        self._width = -1

    def add_row(self, cells: Iterable[str]) -> None:
        """Add a row of headings or cells. Raises `ValueError` when it is wider or narrower than the first."""
        safe_cells = [escape_formula(cell) for cell in cells]
        if self._width not in (-1, len(safe_cells)):
            raise ValueError(f"a row has {len(safe_cells)} cells, the first has {self._width}")
        self._width = len(safe_cells)
        if self._tab_separated:
            self._output.write("\t".join(map(sanitize, safe_cells)) + "\n")
        else:
            self._writer.writerow(safe_cells)

    def text(self) -> str:
        """Return what was written."""
        return self._output.getvalue()


def write_csv(table: ExportTable) -> bytes:
    """Return `table` as CSV. A fact that is not stated is an empty cell, so that columns of numbers hold numbers."""
    return _write(table, SpreadsheetWriter(quotes_all=True))


def write_tsv(table: ExportTable) -> bytes:
    """Return `table` as tab-separated lines, the form that spreadsheet programs paste from the clipboard."""
    return _write(table, SpreadsheetWriter(tab_separated=True))


def _write(table: ExportTable, writer: SpreadsheetWriter) -> bytes:
    columns = table_columns(table)
    writer.add_row(column.heading for column in columns)
    for row in table.rows:
        writer.add_row(_cell(column, row, table) for column in columns)
    return writer.text().encode()


def _cell(column: ExportColumn, row: ExportRow, table: ExportTable) -> str:
    cell = column.cell_text(row, table.catalog)
    return "" if cell == NOT_STATED and not column.is_personal else cell
