"""The dialog that chooses the columns of the program list."""

from __future__ import annotations

from collections.abc import Callable

from ..context import AppContext
from ..rendering.program_columns import COLUMNS
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog


def choose_columns(
    context: AppContext,
    visible_ids: Callable[[], tuple[str, ...]],
    set_column_ids: Callable[[tuple[str, ...]], None],
) -> None:
    """Show and hide columns; they appear in the order in which they are chosen."""

    def load_options() -> list[ListOption]:
        visible = visible_ids()
        return [
            ListOption(column.id, column.title, column.description, "✓" if column.id in visible else "·")
            for column in COLUMNS
        ]

    def toggle(option: ListOption) -> None:
        visible = visible_ids()
        remaining = tuple(column_id for column_id in visible if column_id != option.key)
        set_column_ids(remaining if option.key in visible else (*visible, option.key))

    context.open_dialog(
        OptionDialog("Columns", "enter shows or hides · esc closes", load_options, toggle, keep_open=True)
    )
