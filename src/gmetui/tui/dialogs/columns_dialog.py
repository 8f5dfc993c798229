"""The dialog that chooses the columns of the program list."""

from __future__ import annotations

from collections.abc import Callable

from ...documents.program_columns import COLUMNS, FITS_ID, ProgramColumn
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog

_NO_ROOM = "chosen, but no room or no value here"
_FIRST_COLUMN = "institution"  # beside the names


def choose_columns(
    context: AppContext,
    visible_ids: Callable[[], tuple[str, ...]],
    chosen_ids: Callable[[], tuple[str, ...]],
    set_column_ids: Callable[[tuple[str, ...]], None],
) -> None:
    """Show and hide columns. One that is shown comes first, so that it has room."""

    def load_options() -> list[ListOption]:
        visible, chosen = visible_ids(), chosen_ids()
        return [
            ListOption(
                column.id,
                column.title,
                _NO_ROOM if column.id in chosen and column.id not in visible else column.description,
                "✓" if column.id in visible else "·",
            )
            for column in offered_columns(context)
        ]

    def toggle(option: ListOption) -> None:
        others = tuple(column_id for column_id in chosen_ids() if column_id != option.key)
        set_column_ids(others if option.key in visible_ids() else _with_column(option.key, others))

    context.open_dialog(
        OptionDialog("Columns", "enter shows or hides · esc closes", load_options, toggle, keep_open=True)
    )


def offered_columns(context: AppContext) -> list[ProgramColumn]:
    """Return the columns there are: the one about the reader only with a profile."""
    has_fits = context.session.profile.fits is not None
    return [column for column in COLUMNS if column.id != FITS_ID or has_fits]


def _with_column(column_id: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns with one more, as far to the left as the hospital allows."""
    if others[:1] == (_FIRST_COLUMN,):
        return (_FIRST_COLUMN, column_id, *others[1:])
    return (column_id, *others)
