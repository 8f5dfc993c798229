"""Read tables that text shows: Markdown, columns of one width, and what `write.table` of R writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from ..column_detection import is_known_heading
from .open_file import ReadLimits
from .sheet_notes import SheetNotes

_MAX_LINE = 20_000
_SEPARATOR_CELL = re.compile(r":?-{1,200}:?")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\[]{0,500})\]\((https?://[^\s()]{1,1000})[^()]{0,200}\)")
_MARKDOWN_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_QUOTED_CELL = r'"(?:[^"\\]|\\.)*"'
_QUOTED_LINE = re.compile(rf'{_QUOTED_CELL}(?: (?:{_QUOTED_CELL}|[^\s"]+))+')
_GAP = re.compile(r" {2,}|\t+")
_MIN_COLUMNS, _MIN_KNOWN_HEADINGS = 3, 2
_MIN_WIDE_GAP = 2  # blanks


class MarkdownTable:
    """One table: the heading above it, its rows with their line numbers, and the links in them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[int, list[str]]] = []
        self.notes = SheetNotes()

    def add_line(self, number: int, line: str) -> None:
        """Add a line of the table."""
        cells = _bar_cells(line)
        self.rows.append((number, [_plain_text(cell) for cell in cells]))
        for column, cell in enumerate(cells):
            for _text, url in _MARKDOWN_LINK.findall(cell):
                self.notes.add_link(number, column, url)


def has_markdown_table(lines: Sequence[str]) -> bool:
    """Return whether a text has a table in Markdown: cells between bars, with dashes below its headings."""
    return any(_is_separator(below) and "|" in above for above, below in pairwise(lines))


def read_markdown(lines: Iterable[str], limits: ReadLimits) -> Iterator[MarkdownTable]:
    """Yield the tables of a text. Raises `ValueError` for too many rows."""
    heading, previous_line = "", ""
    table: MarkdownTable | None = None
    row_count = 0
    for number, raw_line in enumerate(lines, 1):
        line = raw_line[:_MAX_LINE].strip()
        if table is None and _is_separator(line) and "|" in previous_line:
            table = MarkdownTable(heading)
            table.add_line(number - 1, previous_line)
        elif table is not None and "|" in line:
            table.add_line(number, line)
            row_count += 1
        elif table is not None:
            yield table
            table = None
        if row_count > limits.rows:
            raise ValueError(f"it has more than {limits.rows:,} rows")
        if _HEADING_MARK.match(line):
            heading = _plain_text(_HEADING_MARK.sub("", line, count=1))
        previous_line = line
    if table is not None:
        yield table


def _is_separator(line: str) -> bool:
    cells = _bar_cells(line[:_MAX_LINE].strip())
    return "-" in line and "|" in line and all(map(_SEPARATOR_CELL.fullmatch, cells))


def _bar_cells(line: str) -> list[str]:
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip() for cell in _UNESCAPED_BAR.split(text)]


def _plain_text(cell: str) -> str:
    """Return a cell without the marks of Markdown; of a link, its text."""
    text = _MARKDOWN_LINK.sub(lambda match: match[1] or match[2], cell)
    return _MARKDOWN_MARKS.sub("", text).replace("\\|", "|").replace("<br>", "\n").strip()


def is_quoted_table(lines: Sequence[str]) -> bool:
    """Return whether single blanks separate quoted cells, as `write.table` of R writes them."""
    filled_lines = [line[:_MAX_LINE].strip() for line in lines if line.strip()][:20]
    if len(filled_lines) < 2 or not all(line.startswith('"') for line in filled_lines):
        return False
    return all(map(_QUOTED_LINE.fullmatch, filled_lines))


def read_quoted_table(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows of such a table, without the names of rows, over which there is no heading."""
    try:
        rows = csv.reader(lines, delimiter=" ", skipinitialspace=True, doublequote=False, escapechar="\\")
        headings = next(rows, [])
        yield headings
        for row in rows:
            yield row[1:] if len(row) == len(headings) + 1 else row
    except csv.Error as error:
        raise ValueError("a cell is too long, or a quotation mark is never closed") from error


def find_columns(lines: Sequence[str]) -> list[int] | None:
    """Return where the columns of a text start whose cells stand below one another, or None for another text.

    The first line must have headings. Columns are at least two blanks apart; in print-outs of R, one blank.
    """
    filled_lines = [line[:_MAX_LINE].rstrip() for line in lines if line.strip()]
    if len(filled_lines) < 2 or any("\t" in line for line in filled_lines):
        return None
    for minimum_gap in (_MIN_WIDE_GAP, 1):
        starts = _column_starts(filled_lines, minimum_gap)
        headings = _slices(filled_lines[0], starts)
        if len(starts) >= _MIN_COLUMNS and sum(map(is_known_heading, headings)) >= _MIN_KNOWN_HEADINGS:
            return starts
    return None


def _column_starts(lines: Sequence[str], minimum_gap: int) -> list[int]:
    """Return the positions after gaps that all lines have."""
    width = max(map(len, lines))
    is_filled = bytearray(width)
    for line in lines:
        for match in re.finditer(r"\S+", line):
            is_filled[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    starts = [] if not is_filled[:1].strip(b"\0") else [0]
    gaps = [(gap.start(), gap.end()) for gap in re.finditer(rb"\0+", bytes(is_filled))]
    starts += [end for start, end in gaps if end < width and (end - start >= minimum_gap or start == 0)]
    return starts


def _slices(line: str, starts: Sequence[int]) -> list[str]:
    ends = (*starts[1:], None)
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def read_fixed_width(lines: Iterable[str], starts: Sequence[int]) -> Iterator[list[str]]:
    """Yield the rows of a text whose columns start at `starts`."""
    for line in lines:
        yield _slices(line.rstrip("\r\n"), starts)


def is_gapped_table(lines: Sequence[str]) -> bool:
    """Return whether gaps of two blanks or more separate the cells of all lines, below a line of headings."""
    rows = [_GAP.split(line[:_MAX_LINE].strip()) for line in islice(filter(str.strip, lines), 20)]
    if len(rows) < 2 or len(rows[0]) < _MIN_COLUMNS or len({len(row) for row in rows}) > 1:
        return False
    return sum(map(is_known_heading, rows[0])) >= _MIN_KNOWN_HEADINGS


def read_gapped_table(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows of such a text."""
    for line in lines:
        yield _GAP.split(line.strip()) if line.strip() else []
