"""The question whether to save what was typed into a dialog that is being closed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog

_OPTIONS = (
    ListOption("save", "Save"),
    ListOption("discard", "Discard what you typed"),
    ListOption("continue", "Continue writing"),
)


def ask_whether_to_save(app: App[None], save: Callable[[], None], discard: Callable[[], None]) -> None:
    """Ask; esc and "Continue writing" go back to the dialog that is open."""

    def choose(option: ListOption) -> None:
        if option.key == "save":
            app.call_later(save)  # once this question is closed
        elif option.key == "discard":
            app.call_later(discard)

    app.push_screen(OptionDialog("Save what you typed?", "enter selects · esc goes back", lambda: _OPTIONS, choose))
