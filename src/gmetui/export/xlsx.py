"""An Excel workbook: the same columns as CSV, typed, with a header that stays, and nothing that can run.

XlsxWriter writes only what it is told: text is always written as text, so a note that begins with "=" is a note.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter

from ..shortlist.columns import DATE, NUMBER, YES_NO
from ..text import clean, is_address
from .table import Column, Sheet, columns

_LONGEST = 32_767  # characters of a cell, Excel's limit
_LONGEST_LINK = 2_079  # characters of an address, Excel's limit
_NARROW, _WIDE = 6, 48  # characters that a column is wide at least and at most
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": _LONGEST_LINK,
}


def workbook(sheet: Sheet) -> bytes:
    """Return a sheet as an .xlsx file: the list, and a page that says where the facts come from."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _PLAIN)
    edition = sheet.catalog.edition
    try:
        made = datetime.fromisoformat(edition.date)
    except ValueError:  # a person's own data may say anything
        made = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel's dates have no zone
    book.set_properties({"title": clean(sheet.title)[:255], "created": made})
    shown = columns(sheet)
    cells = [[clean(column.cell(row, sheet.catalog), lines=True) for column in shown] for row in sheet.rows]
    _list(book, shown, cells)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 100)
    count = f"{len(sheet.rows)} program{'s' * (len(sheet.rows) != 1)}"
    for number, line in enumerate(
        (
            clean(sheet.title),
            f"{count}; gmetui data edition {clean(edition.version)} of {clean(edition.date)}.",
            "“not stated” means that no page read says it, not that the answer is no.",
            "Source is the page that a program stands on, and what year it speaks of stands beside it.",
            "Ask the program before you rely on a date.",
        )
    ):
        about.write_string(number, 0, line[:_LONGEST])
    book.close()
    return out.getvalue()


def _is_number(cell: str) -> bool:
    """Tell whether a cell is one number; "3–4" and "not stated" are texts."""
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()


def _list(book: xlsxwriter.Workbook, shown: tuple[Column, ...], cells: list[list[str]]) -> None:
    page = book.add_worksheet("Programs")
    head = book.add_format({"bold": True, "bg_color": "#DCE9EC", "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    link = book.add_format({"font_color": "#0F6B80", "underline": 1, "valign": "top"})
    for number, column in enumerate(shown):
        page.write_string(0, number, column.heading, head)
        longest = max((len(line) for row in cells for line in row[number].splitlines()), default=0)
        page.set_column(number, number, max(_NARROW, min(_WIDE, max(longest, len(column.heading)) + 1)))
        for place, row in enumerate(cells, 1):
            cell = row[number][:_LONGEST]
            if column.kind == NUMBER and _is_number(cell):
                page.write_number(place, number, float(cell), text)
            elif column.kind == DATE and cell:
                page.write_datetime(place, number, datetime.fromisoformat(cell), day)
            elif column.kind == YES_NO and cell:
                page.write_boolean(place, number, cell == "yes", text)
            elif is_address(cell) and len(cell) <= _LONGEST_LINK:
                page.write_url(place, number, cell, link, cell)
            else:
                page.write_string(place, number, cell, text)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(cells)), len(shown) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
