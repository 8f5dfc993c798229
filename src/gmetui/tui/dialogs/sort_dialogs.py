"""Dialogs that choose a sort order."""

from __future__ import annotations

from collections.abc import Callable

from ...shortlist.scores import sort_keys, sorted_by
from ..context import AppContext
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .columns_dialog import offered_columns
from .option_dialog import OptionDialog


def _direction_sign(sort_key: str, current_key: str) -> str:
    """Return an arrow if `key` is the current sort key, which may start with "-" for descending."""
    if sort_key != current_key.removeprefix("-"):
        return " "
    return "▼" if current_key.startswith("-") else "▲"


def choose_sort(context: AppContext) -> None:
    """Choose the sort order of the program list."""
    controller = context.query_controller

    def load_options() -> list[ListOption]:
        current = controller.query.sort or ""
        rows = [
            ("", "Best match", "when you search for words"),
            ("name", "Name", "the program's name"),
            *((column.sort_key, column.title, column.description) for column in offered_columns(context)),
        ]
        return [ListOption(key, title, description, _direction_sign(key, current)) for key, title, description in rows]

    def sort(option: ListOption) -> None:
        if option.key:
            controller.sort_by(option.key)
        else:
            controller.run(controller.query.sorted_by(None))

    footer = "enter sorts; again reverses · esc closes"
    context.open_dialog(OptionDialog("Sort by", footer, load_options, sort, keep_open=True))


def choose_shortlist_sort(
    editor: ShortlistEditor, current_key: Callable[[], str], set_sort_key: Callable[[str], None]
) -> None:
    """Choose the order in which the shortlist is shown, or rank the list in that order."""

    def load_options() -> list[ListOption]:
        current = current_key()
        return [
            ListOption(
                key,
                "Your order" if key == "rank" else f"{key[:1].upper()}{key[1:]}",
                "" if key == "rank" else description,
                _direction_sign(key, current),
            )
            for key, description in sort_keys(editor.shortlist).items()
        ]

    def sort(option: ListOption) -> None:
        is_again = option.key != "rank" and current_key() == option.key
        set_sort_key(f"-{option.key}" if is_again else option.key)

    def rank(option: ListOption) -> None:
        ranked = sorted_by(editor.shortlist, option.key)
        set_sort_key("rank")
        if editor.save(ranked, f"ranked by {option.key}"):
            editor.context.notify_status(f"Ranked by {option.key}; u undoes it.")

    footer = "enter sorts; again reverses · ctrl+x ranks like this"
    editor.context.open_dialog(OptionDialog("Sort by", footer, load_options, sort, on_alternate=rank))
