"""The door through which the cells of foreign files come in.

`CellText` is a string that `clean_rows` made: without characters that act on a terminal, and no longer than the limits
allow. Everything behind the readers takes cells of this type only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NewType

from ...text import sanitize
from .open_file import ReadLimits
from .read_budget import ReadBudget

#: A cell, a heading or a sheet name that is safe to show. Line breaks may remain.
CellText = NewType("CellText", str)
#: The number of a row, as spreadsheets count them, and its cells.
GridRow = tuple[int, Sequence[CellText]]


def clean_text(text: str) -> CellText:
    """Return a text of a foreign file as a cell."""
    return CellText(sanitize(text, keep_newlines=True))


def clean_rows(rows: Iterable[tuple[int, Sequence[str]]], limits: ReadLimits, budget: ReadBudget) -> Iterator[GridRow]:
    """Yield the rows with clean cells.

    Raises `ValueError` for more rows than the limits, for wider rows or longer cells unless the limits truncate these,
    and when the file takes too long.
    """
    length = limits.cell_length
    for count, (number, cells) in enumerate(rows):
        if count > limits.rows:  # the row of headings is not counted
            raise ValueError(f"it has more than {limits.rows:,} rows")
        budget.count_row()
        if not limits.truncates:
            _check_row(number, cells, limits)
        yield number, [clean_text(cell if len(cell) <= length else cell[:length]) for cell in cells[: limits.columns]]


def _check_row(number: int, cells: Sequence[str], limits: ReadLimits) -> None:
    if len(cells) > limits.columns:
        raise ValueError(f"row {number:,} has more than {limits.columns:,} columns")
    if any(len(cell) > limits.cell_length for cell in cells):
        raise ValueError(f"row {number:,} has a cell with more than {limits.cell_length:,} characters")
