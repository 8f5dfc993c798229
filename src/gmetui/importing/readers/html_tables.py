"""Read the tables of a web page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from .open_file import ReadLimits
from .read_budget import ReadBudget
from .sheet_notes import SheetNotes

_CHUNK_LENGTH = 16 * 1024
_MAX_UNPARSED = 256 * 1024  # characters of one tag or comment
_MAX_TABLES, _MAX_NESTING = 2_000, 20
_MAX_SPAN = 1_000
_MAX_LOGIN_ROWS = 10  # of the tables that lay out a page
_MAX_REPEATED = 4_000_000  # characters of cells that span several rows
_MAX_NAME = 200
_HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption"))
_HIDDEN_TAGS = frozenset(("script", "style", "template"))
_BREAKING_TAGS = frozenset(("br", "p", "div", "li"))
_TABLE_TAGS = frozenset(("table", "tr", "td", "th"))
_LOGIN = "a log-in page; sign in with your browser, then save the page with the table"
_NO_TABLE = "a web page without a table; copy its text into a file"


class HtmlTable(NamedTuple):
    """A table: the heading above it, its rows, numbered from 1, and the links in them."""

    name: str
    rows: Sequence[tuple[int, list[str]]]
    notes: SheetNotes


def is_web_page(lines: Sequence[str]) -> bool:
    """Return whether a text is a web page, or a piece of one that starts with a table."""
    head = "".join(lines)[:4096].lstrip("\ufeff \r\n\t").lower()
    if head.startswith("<?xml"):
        return "<html" in head
    return head.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<div", "<meta", "<!--"))


def read_html_tables(lines: Iterable[str], limits: ReadLimits, budget: ReadBudget) -> list[HtmlTable]:
    """Return the tables of a page with at least two rows; those inside others come first.

    Raises `ValueError` for a page without tables, for too many rows or too much text, and for overlong tags.
    """
    parser = _TableParser(limits)
    for chunk in _chunks(lines):
        budget.check_time()
        parser.feed(chunk)
        if len(parser.rawdata) > _MAX_UNPARSED:
            raise ValueError("it has an overlong tag or comment")
    # Not closed: closing takes quadratic time in open comments, and an open tag at the end holds no row.
    tables = [table for table in parser.finished_tables() if len(table.rows) > 1]
    if not tables or (parser.has_password_field and sum(len(table.rows) for table in tables) <= _MAX_LOGIN_ROWS):
        raise ValueError(f"this is {_LOGIN if parser.has_password_field else _NO_TABLE}")
    return tables


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for start in range(0, len(line), _CHUNK_LENGTH):
            yield line[start : start + _CHUNK_LENGTH]


class _OpenTable:
    """A table that is being read. Cells that span several rows are repeated in the rows below."""

    def __init__(self, name: str, limits: ReadLimits) -> None:
        self.name = name
        self.rows: list[tuple[int, list[str]]] = []
        self.notes = SheetNotes()
        self._limits = limits
        self._cells: list[str] = []
        self._text_parts: list[str] = []
        self._text_length = self._repeated_length = 0
        self._row_number = 0
        self._is_in_row = self._is_in_cell = False
        self._row_span = self._column_span = 1
        self._spanned: dict[int, tuple[int, str]] = {}  # column -> rows below that a cell spans, and its text

    def start_row(self) -> None:
        self.end_row()
        self._is_in_row = True
        self._row_number += 1

    def start_cell(self, row_span: int, column_span: int) -> None:
        self.end_cell()
        if not self._is_in_row:
            self.start_row()
        self._is_in_cell, self._row_span, self._column_span = True, row_span, column_span

    def add_text(self, text: str) -> None:
        if self._is_in_cell and self._text_length <= self._limits.cell_length:
            self._text_parts.append(text)
            self._text_length += len(text)

    def add_link(self, url: str) -> None:
        if self._is_in_cell:
            self.notes.add_link(self._row_number, len(self._cells), url)

    def end_cell(self) -> None:
        if not self._is_in_cell:
            return
        self._fill_spanned()
        text = "\n".join(filter(None, (" ".join(line.split()) for line in "".join(self._text_parts).split("\n"))))
        if self._row_span > 1:
            self._spanned[len(self._cells)] = (self._row_span - 1, text)
        self._add_cell(text)
        for _ in range(min(self._column_span - 1, self._limits.columns - len(self._cells))):
            self._add_cell("")
        self._text_parts, self._text_length, self._is_in_cell = [], 0, False

    def _add_cell(self, text: str) -> None:
        if len(self._cells) <= self._limits.columns:
            self._cells.append(text)

    def _fill_spanned(self) -> None:
        while (spanned := self._spanned.get(len(self._cells))) is not None:
            rows_below, text = spanned
            if rows_below > 1:
                self._spanned[len(self._cells)] = (rows_below - 1, text)
            else:
                del self._spanned[len(self._cells)]
            self._repeated_length += len(text)
            if self._repeated_length > _MAX_REPEATED:
                raise ValueError("it has more text than a list can hold")
            self._cells.append(text)

    def end_row(self) -> None:
        self.end_cell()
        if self._is_in_row:
            self._fill_spanned()
            if any(self._cells):
                self.rows.append((self._row_number, self._cells))
        self._cells, self._is_in_row = [], False


class _TableParser(HTMLParser):
    """Collects the tables of a page."""

    def __init__(self, limits: ReadLimits) -> None:
        super().__init__(convert_charrefs=True)
        self.has_password_field = False
        self._limits = limits
        self._open_tables: list[_OpenTable] = []
        self._tables: list[HtmlTable] = []
        self._heading = ""
        self._heading_parts: list[str] = []
        self._heading_tag = self._hidden_tag = ""
        self._row_count = 0

    def finished_tables(self) -> list[HtmlTable]:
        """Return the tables, with those that the page doesn't close."""
        while self._open_tables:
            self._end_table()
        return self._tables

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Start a table, a row, a cell or a heading."""
        values = {name: value or "" for name, value in attributes}
        if tag in _HIDDEN_TAGS:
            self._hidden_tag = tag
        elif tag == "input" and values.get("type", "").lower() == "password":
            self.has_password_field = True
        elif tag in _HEADING_TAGS:
            self._heading_tag, self._heading_parts = tag, []
        elif tag == "table":
            self._start_table()
        elif self._open_tables:
            self._start_part(tag, values)

    def _start_table(self) -> None:
        if len(self._open_tables) == _MAX_NESTING or len(self._tables) == _MAX_TABLES:
            raise ValueError("it has too many tables")
        self._open_tables.append(_OpenTable(self._heading, self._limits))

    def _start_part(self, tag: str, values: dict[str, str]) -> None:
        table = self._open_tables[-1]
        if tag == "tr":
            table.start_row()
        elif tag in ("td", "th"):
            table.start_cell(_span(values.get("rowspan", "")), _span(values.get("colspan", "")))
        elif tag == "a":
            table.add_link(values.get("href", "")[: self._limits.cell_length])
        elif tag in _BREAKING_TAGS:
            table.add_text("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row, a cell or a heading."""
        if tag == self._hidden_tag:
            self._hidden_tag = ""
        elif tag == self._heading_tag:
            self._heading, self._heading_tag = " ".join("".join(self._heading_parts).split())[:_MAX_NAME], ""
            if tag == "caption" and self._open_tables:
                self._open_tables[-1].name = self._heading
        elif self._open_tables and tag in _TABLE_TAGS:
            self._end_part(tag)

    def _end_part(self, tag: str) -> None:
        table = self._open_tables[-1]
        if tag == "table":
            self._end_table()
        elif tag == "tr":
            table.end_row()
            self._row_count += 1
            if self._row_count > self._limits.rows:
                raise ValueError(f"it has more than {self._limits.rows:,} rows")
        else:
            table.end_cell()

    def _end_table(self) -> None:
        table = self._open_tables.pop()
        table.end_row()
        self._tables.append(HtmlTable(table.name, table.rows, table.notes))

    def handle_data(self, data: str) -> None:
        """Add text to a heading or a cell."""
        if self._hidden_tag:
            return
        if self._heading_tag:
            if len(self._heading_parts) < _MAX_NAME:
                self._heading_parts.append(data[:_MAX_NAME])
        elif self._open_tables:
            self._open_tables[-1].add_text(data)


def _span(text: str) -> int:
    """Return how many rows or columns a cell spans."""
    return max(1, min(int(text), _MAX_SPAN)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
