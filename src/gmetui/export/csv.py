"""CSV and TSV files whose cells no spreadsheet program runs as formulas."""

from __future__ import annotations

import csv
import io
import re

from ..text import sanitize
from .table import ExportTable, table_columns

#: The starts of a cell that a spreadsheet program would run: OWASP's list for CSV injection, with full-width forms and
#: leading blanks.
_FORMULA = re.compile(r"^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]")


def escape_formula(cell: str) -> str:
    """Return `cell` with an apostrophe before anything that a spreadsheet program would run as a formula."""
    is_formula = _FORMULA.search(cell)  # checked before sanitizing too, which could hide a leading tab
    cell = sanitize(cell, keep_newlines=True)
    return f"'{cell}" if is_formula or _FORMULA.search(cell) else cell


def write_csv(table: ExportTable) -> bytes:
    """Return `table` as CSV (RFC 4180), with the byte order mark that Excel needs to detect UTF-8."""
    columns = table_columns(table)
    output = io.StringIO(newline="")
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    for row in table.rows:
        writer.writerow([escape_formula(column.cell_text(row, table.catalog)) for column in columns])
    return output.getvalue().encode("utf-8-sig")


def write_tsv(table: ExportTable) -> bytes:
    """Return `table` as tab-separated lines, the form that spreadsheet programs paste from the clipboard."""
    columns = table_columns(table)
    lines = ["\t".join(column.heading for column in columns)]
    for row in table.rows:
        cells = (sanitize(escape_formula(column.cell_text(row, table.catalog))) for column in columns)
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode()
