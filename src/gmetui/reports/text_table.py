"""Tables of plain text: columns as wide as their contents, wrapped where they do not fit, or split into more tables."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from ..text import sanitize

_GAP = 2
_MIN_WIDTH = 22  # of a wrapped column; narrower ones would break words
_MAX_LABEL_SHARE = 3  # the first column of a split table takes at most one part in so many


def table_lines(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return a table as lines of at most `width` cells; columns that do not fit follow in a table of their own."""
    cell_texts = [[sanitize(cell) for cell in row_texts] for row_texts in (headings, *rows)]
    natural = [max(map(cell_count, column)) for column in zip(*cell_texts, strict=True)]
    if sum(natural) + _GAP * (len(natural) - 1) <= width:
        return _aligned(cell_texts, natural)
    if len(natural) == 1:
        return _aligned(cell_texts, [width])
    first_width = width - sum(natural[1:]) - _GAP * (len(natural) - 1)
    if first_width >= width // 2:  # short figures beside a long text
        return _aligned(cell_texts, [first_width, *natural[1:]])
    label_width = min(natural[0], max(width // _MAX_LABEL_SHARE, width - sum(natural[1:]) - _GAP * len(natural[1:])))
    remaining_width = width - label_width
    most_columns = max(1, min(len(natural) - 1, remaining_width // (_MIN_WIDTH + _GAP)))
    table_count = -(-(len(natural) - 1) // most_columns)
    column_count = -(-(len(natural) - 1) // table_count)  # as many in each
    lines: list[str] = []
    for start in range(1, len(natural), column_count):
        stop = min(start + column_count, len(natural))
        column_width = remaining_width // (stop - start) - _GAP
        column_texts = [[row_texts[0], *row_texts[start:stop]] for row_texts in cell_texts]
        widths = [label_width, *(min(column_width, max(natural[index], 1)) for index in range(start, stop))]
        lines += [*([""] if lines else []), *_aligned(column_texts, widths)]
    return lines


def _aligned(cell_texts: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return rows, the first of them headings above a rule, with each cell wrapped to its column."""
    lines: list[str] = []
    for index, row_texts in enumerate(cell_texts):
        wrapped = [_wrapped(cell, width) for cell, width in zip(row_texts, widths, strict=True)]
        lines += [
            (" " * _GAP)
            .join(_padded(column_texts, width) for column_texts, width in zip(parts, widths, strict=True))
            .rstrip()
            for parts in zip_longest(*wrapped, fillvalue="")
        ]
        if not index:
            lines.append((" " * _GAP).join("-" * width for width in widths))
    return lines


def table_with_ids(headings: Sequence[str], rows: Sequence[Sequence[str]], ids: Sequence[str], width: int) -> list[str]:
    """Return a table with an id at the end of each row, or below it where the lines are too short for one.

    An id is never wrapped, so that it can be copied, however long.
    """
    cell_texts = [[sanitize(cell) for cell in row_texts] for row_texts in (headings, *rows)]
    widths = [max(map(cell_count, column)) for column in zip(*cell_texts, strict=True)]
    longest_id = max(map(len, ids), default=0)
    if sum(widths) + _GAP * len(widths) + longest_id > width:
        lines = _aligned(cell_texts, widths)
        ids_below = [f"{' ' * _GAP * 2}{sanitize(row_id)}" for row_id in ids]
        return [*lines[:2], *(line for pair in zip(lines[2:], ids_below, strict=True) for line in pair)]
    lines = []
    for row_texts, row_id in zip(cell_texts, ("ID", *ids), strict=True):
        cells = (_padded(cell, width) for cell, width in zip(row_texts, widths, strict=True))
        lines.append((" " * _GAP).join((*cells, sanitize(row_id))).rstrip())
    return [lines[0], (" " * _GAP).join("-" * width for width in (*widths, 2)), *lines[1:]]


def cell_count(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(text.strip(), max(1, width), initial_indent=indent, subsequent_indent=indent) or [""]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_count(text))
