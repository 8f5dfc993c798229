"""Which columns a list of programs has room for, and how wide each is for the rows in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from rich.cells import cell_len

from ...documents.program_columns import COLUMNS_BY_ID, DEFAULT_IDS, EMPTY_CELL, ProgramColumn

_NAME_WIDTHS = {"institution": 28, "length": 28}  # which a column leaves to the names; they may need less
_MIN_NAME_WIDTH = 36  # which the other columns leave to them
_MIN_INSTITUTION_WIDTH = 9
MAX_MEASURED = 50  # programs; measuring more would make each key slower
_ARROW_WIDTH = 1  # beside the title of the column that the list is sorted by


class NamedRow(Protocol):
    """A row of a list of programs."""

    @property
    def name(self) -> str:
        """The name of the program."""


RowT = TypeVar("RowT", bound=NamedRow)


def fitted_columns(
    rows: Sequence[RowT],
    cell_text: Callable[[ProgramColumn, RowT], str],
    width: int,
    chosen_ids: Sequence[str] = (),
    columns_by_id: Mapping[str, ProgramColumn] = COLUMNS_BY_ID,
) -> tuple[ProgramColumn, ...]:
    """Return the chosen columns, or the default ones, that fit into a list of `width` cells beside the names.

    Columns and names are as wide as the first of `rows` need, so that a long name elsewhere in the data cuts
    nothing here. A default column in which none of them has a value is left out.
    """
    measured = rows[:MAX_MEASURED]
    valid_ids = [column_id for column_id in chosen_ids if column_id in columns_by_id]
    longest_name = max((cell_len(row.name) for row in measured), default=0)
    used_width = 0
    columns: list[ProgramColumn] = []
    for column_id in valid_ids or (column_id for column_id in DEFAULT_IDS if column_id in columns_by_id):
        column = columns_by_id[column_id]
        texts = [cell_text(column, row) for row in measured]
        if not valid_ids and all(text in ("", EMPTY_CELL) for text in texts):
            continue
        column_width = min(column.width, max(len(column.title) + _ARROW_WIDTH, *map(cell_len, texts), 0))
        name_width = _MIN_NAME_WIDTH if not valid_ids else _NAME_WIDTHS["institution"]
        free_width = width - used_width - min(_NAME_WIDTHS.get(column_id, name_width), longest_name + 4)
        if column_id == "institution":
            column_width = min(column_width, max(_MIN_INSTITUTION_WIDTH, free_width - 1))
        if column_width + 1 > free_width:
            if valid_ids:
                continue  # a narrower one may fit
            break
        used_width += column_width + 1
        columns.append(column._replace(width=column_width))
    return tuple(columns)
