"""Read the sheets of an OpenDocument spreadsheet (OASIS, OpenDocument 1.3, part 3), row by row.

We don't use odfpy or python-calamine: the former builds the whole document in memory, the latter can neither be bounded
in time and memory nor tell hidden rows, links, and formulas without values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .sheet_notes import HIDDEN_SHEET, NO_FORMULA_VALUE, CellLink, SheetNotes, hidden_rows_message
from .workbook_xml import PartHandler

CONTENT_PART = "content.xml"
_MAX_REPEATED_ROW = 1_048_576
_MAX_LINKS = 20  # of a row
_MAX_SPAN = 1_000


class _Span(NamedTuple):
    """The rows below that a cell spans, and its text."""

    rows_below: int
    text: str


class OdsSheet:
    """A sheet whose rows are being collected."""

    def __init__(self, name: str, *, is_hidden: bool) -> None:
        self.name = name
        self.notes = SheetNotes(rejection=HIDDEN_SHEET if is_hidden else "")
        self.rows: list[tuple[int, list[str]]] = []


class ContentHandler(PartHandler):
    """Collects the sheets of `content.xml` in `sheets`, without comments on cells and tracked changes.

    Raises `ValueError` for more text than `max_characters`: a cell and a row can be repeated by a number.
    """

    def __init__(self, max_text: int, max_columns: int, max_characters: int, max_rows: int) -> None:
        super().__init__(max_text)
        self.sheets: list[OdsSheet] = []
        self._max_columns, self._max_characters, self._max_rows = max_columns, max_characters, max_rows
        self._hidden_styles: set[str] = set()
        self._style_name = ""
        self._skipped_depth = self._table_depth = 0
        self._row_number = self._row_count = self._hidden_count = 0
        self._cells: list[str] = []
        self._links: list[CellLink] = []
        self._spans: dict[int, _Span] = {}  # of cells in rows above, by column
        self._new_spans: dict[int, _Span] = {}
        self._row_attributes: Mapping[str, str] = {}
        self._cell_attributes: Mapping[str, str] = {}
        self._has_paragraph = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start a sheet, a row, a cell or a part of its text."""
        if self._skipped_depth or name in ("annotation", "tracked-changes"):
            self._skipped_depth += 1
            return
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self._style_name = local.get("name", "")
        elif name == "table-properties" and local.get("display") == "false":
            self._hidden_styles.add(self._style_name)
        elif name == "table":
            self._start_sheet(local)
        elif self._table_depth == 1:
            self._start_part(name, local)

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        self._table_depth += 1
        if self._table_depth == 1:
            is_hidden = attributes.get("style-name") in self._hidden_styles
            self.sheets.append(OdsSheet(attributes.get("name", ""), is_hidden=is_hidden))
            self._row_number, self._hidden_count, self._spans = 0, 0, {}

    def _start_part(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table-row":
            self._row_attributes, self._cells, self._links = attributes, [], []
        elif name in ("table-cell", "covered-table-cell"):
            self._cell_attributes, self._has_paragraph = attributes, False
        elif name in ("p", "h"):
            if self._has_paragraph:
                self._add_blank("\n")
            self.collects_text = self._has_paragraph = True
        elif self.collects_text:
            if name == "a" and len(self._links) < _MAX_LINKS:
                self._links.append(CellLink(len(self._cells), attributes.get("href", "")[: self._max_text]))
            elif name in ("s", "tab", "line-break"):
                count = _repetition(attributes.get("c", ""), self._max_text)
                self._add_blank("\n" if name == "line-break" else " " * count)

    def _add_blank(self, text: str) -> None:
        was_collecting, self.collects_text = self.collects_text, True
        self.add_text(text)
        self.collects_text = was_collecting

    def end(self, name: str) -> None:
        """End what `start` began."""
        if self._skipped_depth:
            self._skipped_depth -= 1
        elif name == "table":
            self._table_depth -= 1
            if self._table_depth == 0 and self._hidden_count:
                self.sheets[-1].notes.messages.append(hidden_rows_message(self._hidden_count))
        elif self._table_depth == 1:
            if name in ("p", "h"):
                self.collects_text = False
            elif name in ("table-cell", "covered-table-cell"):
                self._end_cell()
            elif name == "table-row":
                self._end_row()

    def _end_cell(self) -> None:
        attributes, shown_text = self._cell_attributes, self.take_text()
        text = _cell_text(attributes, shown_text)
        column = len(self._cells)
        if text and (rows := _repetition(attributes.get("number-rows-spanned", ""), _MAX_SPAN)) > 1:
            self._new_spans[column] = _Span(rows - 1, text)
        elif not text and column in self._spans:
            text = self._spans[column].text
            self._spend(len(text))
        if attributes.get("formula") and not text and attributes.get("value-type") != "string":
            self.sheets[-1].notes.doubts[self._row_number + 1] = NO_FORMULA_VALUE
        count = _repetition(attributes.get("number-columns-repeated", ""), self._max_columns)
        count = min(count, self._max_columns + 1 - column)
        self._spend(len(text) * max(0, count - 1))
        self._cells += [text] * count

    def _spend(self, characters: int) -> None:
        """Count characters that are not in the file but repeated. Raises `ValueError` when they are too many."""
        self._max_characters -= characters
        if self._max_characters < 0:
            raise ValueError("it has more text than a list can hold")

    def _end_row(self) -> None:
        count = _repetition(self._row_attributes.get("number-rows-repeated", ""), _MAX_REPEATED_ROW)
        cells = self._cells
        while cells and not cells[-1]:
            cells.pop()
        sheet = self.sheets[-1]
        remaining = (
            (column, span._replace(rows_below=span.rows_below - count)) for column, span in self._spans.items()
        )
        self._spans = {column: span for column, span in remaining if span.rows_below > 0} | self._new_spans
        self._new_spans = {}
        if self._row_attributes.get("visibility") in ("collapse", "filter"):
            self._hidden_count += count if cells else 0
        elif cells or self._row_number + 1 in sheet.notes.doubts:
            self._row_count += count
            if self._row_count > self._max_rows:
                raise ValueError(f"it has more than {self._max_rows:,} rows")
            self._spend(sum(map(len, cells)) * (count - 1))
            sheet.rows += [(self._row_number + offset, cells) for offset in range(1, count + 1)]
            for link in self._links:
                sheet.notes.add_link(self._row_number + 1, *link)
        self._row_number += count


def _repetition(text: str, maximum: int) -> int:
    return max(1, min(int(text), maximum)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _cell_text(attributes: Mapping[str, str], shown_text: str) -> str:
    """Return what a cell holds: a date and a number as they are stored, anything else as it shows."""
    value_type = attributes.get("value-type", "")
    if value_type == "date":
        return attributes.get("date-value", shown_text).removesuffix("T00:00:00")[:40]
    if value_type == "float" and (value := attributes.get("value", "")):
        return value[:40].removesuffix(".0")
    if value_type == "boolean":
        return "True" if attributes.get("boolean-value") == "true" else "False"
    return shown_text
