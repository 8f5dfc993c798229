"""An Excel workbook with the same columns as CSV: typed cells, a frozen header, and nothing that can run.

Text is always written as text, so a note that starts with "=" stays a note. Each kind of date of the user has a column
of dates. Cells wrap, and rows are as high as the cells in the first columns need, since LibreOffice doesn't adjust
rows by itself; these columns also print in landscape. Cells with known words offer them, also in a hundred rows below
the list.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

import xlsxwriter

from ..catalog.catalog import Catalog
from ..catalog.facts import NOT_STATED
from ..shortlist.columns import DATE, NUMBER, RATING, YES_NO
from ..shortlist.date_entry import stored_day
from ..shortlist.entries import MAX_RATING
from ..text import is_web_url, sanitize
from .headings import date_heading
from .table import ExportColumn, ExportRow, ExportTable, labeled_dates, table_columns, table_summary

_MAX_CELL = 32_767  # Excel's limit for the characters of a cell
_MAX_LINK = 2_079  # Excel's limit for the characters of a link
_MAX_LINKS = 65_530  # Excel's limit for the links of a sheet
_FIRST_DAY = date(1900, 3, 1)  # Excel counts February 29, 1900, which was not a day
_MIN_WIDTH, _MAX_WIDTH = 7, 46  # of a column, in characters
#: Widths of columns whose texts are long or much alike, in characters.
_WIDTHS: Mapping[str, int] = MappingProxyType(
    {"program": 32, "institution": 24, "specialty": 20, "status": 12, "tags": 14, "my_dates": 18, "note": 40}
    | {"dates": 60, "requirements": 80, "visa": 30, "page": 32, "source": 32, "comments": 40, "apply_through": 14}
)
_LINE_HEIGHT, _MAX_HEIGHT = 15, 405  # of a row, in points; Excel allows 409
_MAX_FACT_LINES = 3  # lines of a column that isn't printed and takes part in the height of a row
_EMPTY_ROWS = 100  # below the list, which offer choices too
_PRINTED_COLUMNS = 10
_MAX_DATE_COLUMNS = 8
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
    "`gmetui import FILE.xlsx` reads what you change in your own columns (rank, status, rating, dates, note) back into"
    " the shortlist. It finds programs by the Id column.",
)


class SheetStyles(NamedTuple):
    """The formats of a workbook's cells."""

    header: Any
    text: Any
    number: Any
    quiet: Any
    day: Any
    moment: Any
    link: Any


def write_xlsx(table: ExportTable) -> bytes:
    """Return `table` as an .xlsx file with a sheet for the list and one that explains it."""
    output = BytesIO()
    workbook = xlsxwriter.Workbook(output, _OPTIONS)
    try:
        created = datetime.fromisoformat(table.catalog.edition.date)
    except ValueError:  # the user's own data may have any date
        created = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel's dates have no time zone
    workbook.set_properties({"title": sanitize(table.title)[:255], "created": created})
    columns = _with_date_columns(table)
    rows = [
        [sanitize(column.cell_text(row, table.catalog), keep_newlines=True)[:_MAX_CELL] for column in columns]
        for row in table.rows
    ]
    worksheet = workbook.add_worksheet("Programs")
    styles = _styles(workbook)
    _SheetWriter(worksheet, styles).write(columns, rows)
    _offer_choices(worksheet, columns, len(rows) + _EMPTY_ROWS)
    _set_printing(worksheet, columns, len(rows), table.title)
    about_sheet = workbook.add_worksheet("About")
    about_sheet.set_column(0, 0, 100)
    for index, line in enumerate((sanitize(table.title), sanitize(table_summary(table)), *_NOTES)):
        about_sheet.write_string(index, 0, line[:_MAX_CELL], styles.text)
    workbook.close()
    return output.getvalue()


def _styles(workbook: xlsxwriter.Workbook) -> SheetStyles:
    top = {"valign": "top", "bottom": 1, "bottom_color": "#D3D8DB"}
    dated = top | {"align": "left"}
    return SheetStyles(
        header=workbook.add_format(top | {"bold": True, "bg_color": "#DCE9EC", "text_wrap": True}),
        text=workbook.add_format(top | {"text_wrap": True}),
        number=workbook.add_format(top | {"align": "center"}),
        quiet=workbook.add_format(top | {"text_wrap": True, "font_color": "#6B747D"}),
        day=workbook.add_format(dated | {"num_format": "yyyy-mm-dd"}),
        moment=workbook.add_format(dated | {"num_format": "yyyy-mm-dd hh:mm"}),
        link=workbook.add_format(top | {"text_wrap": True, "font_color": "#0F6B80", "underline": 1}),
    )


def _with_date_columns(table: ExportTable) -> list[ExportColumn]:
    """Return the columns, with one for each date of the user that an import recognizes by a heading.

    “My dates” holds the others, and stays when there are none: an import then knows that a deleted date is gone.
    """
    columns = table_columns(table)
    if not any(column.key == "my_dates" for column in columns):
        return list(columns)
    taken = {column.heading.casefold() for column in columns} | {
        column.name.casefold() for column in table.custom_columns
    }
    labels = dict.fromkeys(label for row in table.rows for label, _ in row.entry.dates)
    heading_by_label = {label: heading for label in labels if (heading := date_heading(label, taken))}
    own_headings = dict(list(heading_by_label.items())[:_MAX_DATE_COLUMNS])
    widened: list[ExportColumn] = []
    for column in columns:
        if column.key == "my_dates":
            for label, heading in own_headings.items():
                cell_text = partial(_date_cell, label)
                widened.append(ExportColumn(f"date {label}", heading, cell_text, is_personal=True, kind=DATE))
            column = column._replace(cell_text=partial(_other_dates, frozenset(own_headings)))
        widened.append(column)
    return widened


def _date_cell(label: str, row: ExportRow, _: Catalog) -> str:
    return dict(row.entry.dates).get(label, "")


def _other_dates(excluded: frozenset[str], row: ExportRow, _: Catalog) -> str:
    return labeled_dates((label, when) for label, when in row.entry.dates if label not in excluded)


class _SheetWriter:
    """Writes the cells of a sheet, and counts its links."""

    def __init__(self, worksheet: Any, styles: SheetStyles) -> None:
        self._worksheet = worksheet
        self._styles = styles
        self._link_count = 0

    def write(self, columns: Sequence[ExportColumn], rows: Sequence[Sequence[str]]) -> None:
        """Write the header and the rows, as wide and high as they need to be."""
        self._worksheet.hide_gridlines(1)  # the rules between rows print instead
        widths = [_width(column, [row[index] for row in rows]) for index, column in enumerate(columns)]
        headings = [sanitize(column.heading) for column in columns]
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            self._worksheet.write_string(0, index, heading, self._styles.header)
            self._worksheet.set_column(index, index, width)
        printed = _printed_column(columns) + 1
        self._worksheet.set_row(0, _height(headings, widths, printed))
        for row_index, row in enumerate(rows, 1):
            self._worksheet.set_row(row_index, _height(row, widths, printed))
            for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._write_cell(row_index, index, column, cell)
        self._worksheet.freeze_panes(1, 1 + [column.key for column in columns].index("program"))
        self._worksheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)

    def _write_cell(self, row: int, index: int, column: ExportColumn, cell: str) -> None:
        worksheet, styles = self._worksheet, self._styles
        if column.kind in (NUMBER, RATING) and _is_number(cell):
            worksheet.write_number(row, index, float(cell), styles.number)
        elif column.kind == DATE and cell and stored_day(cell) >= _FIRST_DAY:
            style = styles.moment if len(cell) > len("2027-01-12") else styles.day
            worksheet.write_datetime(row, index, datetime.fromisoformat(cell), style)
        elif is_web_url(cell) and len(cell) <= _MAX_LINK and self._link_count < _MAX_LINKS:
            self._link_count += 1
            worksheet.write_url(row, index, cell, styles.link, cell)
        elif cell == NOT_STATED and not column.is_personal:
            worksheet.write_string(row, index, cell, styles.quiet)
        else:
            worksheet.write_string(row, index, cell, styles.text)


def _offer_choices(worksheet: Any, columns: Sequence[ExportColumn], last_row: int) -> None:
    """Offer the words of a column in each of its cells; only closed columns refuse others."""
    for index, column in enumerate(columns):
        choices = _choices(column)
        if not choices:
            continue
        worksheet.data_validation(
            *(1, index, last_row, index),
            {
                "validate": "list",
                "source": list(choices),
                "show_error": column.is_closed or column.kind in (RATING, YES_NO),
                "error_title": sanitize(column.heading)[:32],
                "error_message": f"Choose one of {', '.join(map(str, choices))}, or delete the cell.",
            },
        )


def _choices(column: ExportColumn) -> Sequence[str | int]:
    if column.kind == RATING:
        return range(1, MAX_RATING + 1)
    return ("yes", "no") if column.kind == YES_NO else column.choices


def _set_printing(worksheet: Any, columns: Sequence[ExportColumn], row_count: int, title: str) -> None:
    """Print the first columns, up to the note of a shortlist, in landscape on pages of letter size."""
    worksheet.print_area(0, 0, max(1, row_count), _printed_column(columns))
    worksheet.repeat_rows(0)
    worksheet.set_landscape()
    worksheet.set_paper(1)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer(f"&L{sanitize(title).replace('&', '&&')[:100]}&RPage &P of &N")


def _printed_column(columns: Sequence[ExportColumn]) -> int:
    """Return the index of the last column that is printed: the note, or the tenth column."""
    note = next((index for index, column in enumerate(columns) if column.key == "note"), 0)
    return max(note, min(_PRINTED_COLUMNS, len(columns)) - 1)


def _width(column: ExportColumn, cells: Sequence[str]) -> int:
    """Return the width that fits the longest line of a column, within bounds."""
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0)
    widest = _WIDTHS.get(column.key, _MAX_WIDTH)
    heading_width = max(map(len, column.heading.split()), default=0) + 3  # and the button of the filter
    return max(_MIN_WIDTH, heading_width, min(widest, longest + 2))


def _height(cells: Sequence[str], widths: Sequence[int], printed: int) -> int:
    """Return the height of a row in which the first `printed` cells show all their lines, and others the first ones."""
    line_counts = [sum(_wrapped_line_counts(cell, width)) for cell, width in zip(cells, widths, strict=True)]
    facts = min(_MAX_FACT_LINES, max(line_counts[printed:], default=1))
    return min(_MAX_HEIGHT, _LINE_HEIGHT * max(1, facts, *line_counts[:printed]))


def _wrapped_line_counts(cell: str, width: int) -> Iterator[int]:
    """Yield how many lines each line of a cell takes, a little more rather than less: fonts differ."""
    for line in cell.split("\n"):
        text_width = len(line) + sum(character > "\u2e7f" for character in line)  # East Asian letters are wide
        if text_width < width:
            yield 1
        elif text_width > len(line):
            yield -(-text_width // (width - 2))
        else:
            yield len(textwrap.wrap(line, width - 1)) or 1


def _is_number(cell: str) -> bool:
    """Tell whether a cell is a single number; "3–4" and "not stated" are not."""
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
