"""An Excel workbook with the same columns as CSV: typed cells, a frozen header, and nothing that can run.

Text is always written as text, so a note that starts with "=" stays a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from ..shortlist.columns import DATE, NUMBER, YES_NO
from ..text import is_web_url, sanitize
from .table import ExportColumn, ExportTable, table_columns, table_summary

_MAX_CELL = 32_767  # Excel's limit for the characters of a cell
_MAX_LINK = 2_079  # Excel's limit for the characters of a link
_MIN_WIDTH, _MAX_WIDTH = 6, 48  # of a column, in characters
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": _MAX_LINK,
}
_NOTES = (
    "“not stated” means that no source states it, not that the answer is no.",
    "“Source” is the program's main source; “Source date” is the date or cycle that it gives.",
    "Confirm dates with the program before you rely on them.",
)


def write_xlsx(table: ExportTable) -> bytes:
    """Return `table` as an .xlsx file with a sheet for the list and one that explains it."""
    output = BytesIO()
    workbook = xlsxwriter.Workbook(output, _OPTIONS)
    try:
        created = datetime.fromisoformat(table.catalog.edition.date)
    except ValueError:  # the user's own data may have any date
        created = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel's dates have no time zone
    workbook.set_properties({"title": sanitize(table.title)[:255], "created": created})
    columns = table_columns(table)
    rows = [
        [sanitize(column.cell_text(row, table.catalog), keep_newlines=True) for column in columns] for row in table.rows
    ]
    _add_programs(workbook, columns, rows)
    about_sheet = workbook.add_worksheet("About")
    about_sheet.set_column(0, 0, 100)
    for index, line in enumerate((sanitize(table.title), sanitize(table_summary(table)), *_NOTES)):
        about_sheet.write_string(index, 0, line[:_MAX_CELL])
    workbook.close()
    return output.getvalue()


def _add_programs(
    workbook: xlsxwriter.Workbook, columns: Sequence[ExportColumn], rows: Sequence[Sequence[str]]
) -> None:
    """Add the sheet with the list."""
    sheet = workbook.add_worksheet("Programs")
    header = workbook.add_format({"bold": True, "bg_color": "#DCE9EC", "text_wrap": True, "valign": "top"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    link = workbook.add_format({"font_color": "#0F6B80", "underline": 1, "valign": "top"})
    for column_index, column in enumerate(columns):
        cells = [row[column_index] for row in rows]
        sheet.write_string(0, column_index, sanitize(column.heading), header)
        sheet.set_column(column_index, column_index, _width(column, cells))
        for row_index, cell in enumerate((cell[:_MAX_CELL] for cell in cells), 1):
            if column.kind == NUMBER and _is_number(cell):
                sheet.write_number(row_index, column_index, float(cell), text)
            elif column.kind == DATE and cell:
                sheet.write_datetime(row_index, column_index, datetime.fromisoformat(cell), day)
            elif column.kind == YES_NO and cell:
                sheet.write_boolean(row_index, column_index, cell == "yes", text)
            elif is_web_url(cell) and len(cell) <= _MAX_LINK:
                sheet.write_url(row_index, column_index, cell, link, cell)
            else:
                sheet.write_string(row_index, column_index, cell, text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(column: ExportColumn, cells: Sequence[str]) -> int:
    """Return the width that fits the longest line of a column, within bounds."""
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0)
    return max(_MIN_WIDTH, min(_MAX_WIDTH, max(longest, len(column.heading)) + 1))


def _is_number(cell: str) -> bool:
    """Tell whether a cell is a single number; "3–4" and "not stated" are not."""
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
