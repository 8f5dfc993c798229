"""Read delimited text (CSV, TSV, semicolons, vertical bars) row by row, so that a long file needs little memory."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence

from .open_file import ReadLimits
from .sheet_notes import SheetNotes

UNCLOSED_QUOTE = "its quotation mark is not closed"
_DELIMITERS = ",\t;|"
_MAX_COUNTED_ROWS = 1_000  # that tell how wide a row usually is
_MIN_WIDTH = 3  # of rows that cannot be lines of a note


def detect_delimiter(lines: Sequence[str]) -> tuple[str, float]:
    """Return the delimiter of sample lines, and the share of them (0 to 1) with the most common number of columns."""
    best_delimiter, best_share, best_columns = ",", 0.0, 1
    filled_lines = sum(1 for line in lines if line.strip())
    limits = ReadLimits(0, 0, 0, 0, 32_767)
    for delimiter in _DELIMITERS:
        try:
            rows = list(parse_delimited(lines, delimiter, limits, SheetNotes()))
        except ValueError:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        columns, row_count = widths.most_common(1)[0] if widths else (1, 0)
        share = row_count / max(1, filled_lines)
        if (round(share, 1), columns) > (round(best_share, 1), best_columns):
            best_delimiter, best_share, best_columns = delimiter, share, columns
    return best_delimiter, best_share


def parse_delimited(
    lines: Iterable[str], delimiter: str, limits: ReadLimits, notes: SheetNotes, first_number: int = 1
) -> Iterator[list[str]]:
    """Yield the rows of a text, numbered from `first_number` in `notes`.

    A quotation mark that is never closed costs its own row only: the row is read up to the end of its line, with a
    doubt.
    """
    csv.field_size_limit(max(limits.cell_length * 4, 1024))
    source = _RereadLines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=False)
    widths: Counter[int] = Counter()
    number = first_number
    while True:
        try:
            row = next(reader)
            is_misread = len(source.row_lines) > 1 and _is_misread(source.row_lines, row, delimiter, widths)
        except StopIteration:
            return
        except csv.Error:
            is_misread = True
        if is_misread:
            row = _read_unclosed(source.restart_after_first_line(), delimiter)
            notes.doubts[number] = UNCLOSED_QUOTE
            reader = csv.reader(source, delimiter=delimiter, strict=False)
        source.row_lines.clear()
        if number < first_number + _MAX_COUNTED_ROWS:
            widths[len(row)] += 1
        yield row
        number += 1


class _RereadLines:
    """Lines that can be read again from the second line of the present row. `row_lines` are those of the row."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._pending: deque[str] = deque()
        self.row_lines: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._pending.popleft() if self._pending else next(self._lines)
        self.row_lines.append(line)
        return line

    def restart_after_first_line(self) -> str:
        """Return the first line of the row; the others are read again."""
        first_line, *others = self.row_lines
        self._pending.extendleft(reversed(others))
        return first_line


def _is_misread(row_lines: Sequence[str], row: Sequence[str], delimiter: str, widths: Counter[int]) -> bool:
    """Return whether a row of several lines is the remainder of a file, or swallowed rows, after an open quotation."""
    if sum(line.count('"') for line in row_lines) % 2:
        return True
    usual_width = widths.most_common(1)[0][0] if widths else 0
    if usual_width < _MIN_WIDTH or len(row) == usual_width:
        return False
    return any(line.count(delimiter) == usual_width - 1 for line in row_lines[1:-1] or row_lines[1:])


def _read_unclosed(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line whose last quotation is not closed."""
    opening = re.search(rf'(?:^|{re.escape(delimiter)}) *(")(?=[^"]*$)', line)
    if opening:
        line = line[: opening.start(1)] + line[opening.end(1) :]
    is_plain = line.count('"') % 2 == 1
    try:
        if is_plain:
            return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise ValueError("a cell is too long") from error
