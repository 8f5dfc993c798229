"""Read delimited text (CSV, TSV, semicolons, vertical bars) row by row, so that a long file needs little memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .open_file import ReadLimits

_DELIMITERS = ",\t;|"


def detect_delimiter(lines: Sequence[str]) -> tuple[str, float]:
    """Return the delimiter of sample lines, and the share of them (0 to 1) with the most common number of columns."""
    best_delimiter, best_share, best_columns = ",", 0.0, 1
    filled_lines = sum(1 for line in lines if line.strip())
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            continue
        columns, rows = widths.most_common(1)[0] if widths else (1, 0)
        share = rows / max(1, filled_lines)
        if (round(share, 1), columns) > (round(best_share, 1), best_columns):
            best_delimiter, best_share, best_columns = delimiter, share, columns
    return best_delimiter, best_share


def parse_delimited(lines: Iterable[str], delimiter: str, limits: ReadLimits) -> Iterator[list[str]]:
    """Yield the rows of a text. Raises `ValueError` for an overlong cell or an open quotation."""
    csv.field_size_limit(max(limits.cell_length * 4, 1024))
    try:
        yield from csv.reader(lines, delimiter=delimiter, strict=False)
    except csv.Error as error:
        raise ValueError("a cell is too long, or a quotation mark is never closed") from error
