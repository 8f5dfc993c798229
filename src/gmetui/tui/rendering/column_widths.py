"""Which columns a list of programs has room for, and how wide each is for the rows in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from rich.cells import cell_len

from ...documents.program_columns import COLUMNS_BY_ID, DEFAULT_IDS, EMPTY_CELL, FITS_ID, MILES_ID, ProgramColumn

_NARROW_IDS = (MILES_ID, "length")  # of few cells, for which the column of the hospitals becomes narrower
_NAME_WIDTHS = dict.fromkeys(("institution", *_NARROW_IDS), 29)  # which a column leaves to the names, if they need it
_MIN_NAME_WIDTH, _CHOSEN_NAME_WIDTH = 36, 28  # which the other columns leave to them: usual ones, and chosen ones
_MIN_INSTITUTION_WIDTH, _GOOD_INSTITUTION_WIDTH = 9, 11  # without and with narrow columns beside it
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
    nothing here. A default column in which none of them has a value is left out. The miles, where there are any, stand
    beside the hospital.
    """
    measured = rows[:MAX_MEASURED]
    valid_ids = [column_id for column_id in chosen_ids if column_id in columns_by_id]
    longest_name = max((cell_len(row.name) for row in measured), default=0)
    used_width = 0
    columns: list[ProgramColumn] = []
    column_ids = _with_miles(valid_ids or [each for each in DEFAULT_IDS if each in columns_by_id], columns_by_id)
    for column_id in column_ids:
        column = columns_by_id[column_id]
        texts = [cell_text(column, row) for row in measured]
        if column_id not in valid_ids and all(text in ("", EMPTY_CELL) for text in texts):
            continue
        column_width = min(column.width, max(len(column.title) + _ARROW_WIDTH, *map(cell_len, texts), 0))
        name_width = _CHOSEN_NAME_WIDTH if valid_ids else _NAME_WIDTHS.get(column_id, _MIN_NAME_WIDTH)
        free_width = width - used_width - min(name_width, longest_name + 4)
        if column_id == "institution":
            narrow_columns = [columns_by_id[each] for each in column_ids if each in _NARROW_IDS]
            column_width = _institution_width(column_width, free_width - 1, narrow_columns)
        if column_width + 1 > free_width:
            if valid_ids or column_id == FITS_ID:
                continue  # a narrower one may fit
            break
        used_width += column_width + 1
        columns.append(column._replace(width=column_width))
    return tuple(columns)


def _with_miles(column_ids: Sequence[str], columns_by_id: Mapping[str, ProgramColumn]) -> Sequence[str]:
    """Return the columns with the miles, if the search asks for a distance, beside the hospital."""
    if MILES_ID not in columns_by_id:
        return column_ids
    position = column_ids.index("institution") + 1 if "institution" in column_ids else 0
    return (*column_ids[:position], MILES_ID, *column_ids[position:])


def _institution_width(natural_width: int, free_width: int, narrow_columns: Sequence[ProgramColumn]) -> int:
    """Return the width of the hospitals, which leaves room to as many of the narrow columns as it can."""
    for count in range(len(narrow_columns), 0, -1):
        left_width = free_width - sum(len(column.title) + 1 for column in narrow_columns[:count])
        if left_width >= min(natural_width, _GOOD_INSTITUTION_WIDTH):
            return min(natural_width, left_width)
    return min(natural_width, max(_MIN_INSTITUTION_WIDTH, free_width))
