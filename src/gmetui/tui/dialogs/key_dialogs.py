"""Dialogs that change the key of a command: choose the command, press the key."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Label

from ..actions import ACTIONS, ACTIONS_BY_ID
from ..context import AppContext
from ..key_names import key_label
from ..safe_text import safe_content
from ..widgets.option_list import ListOption
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog
from .option_dialog import OptionDialog


class KeyDialog(Dialog):
    """Waits for one key; `accept` gets its name, and returns why it can't be used, or None."""

    def __init__(self, title: str, description: str, accept: Callable[[str], str | None]) -> None:
        super().__init__()
        self._title = title
        self._description = description
        self._accept = accept

    def compose(self) -> ComposeResult:
        """Show what the key is for."""
        with DialogFrame(self._title, "esc cancels", id="dialog"):
            yield Label(safe_content(self._description))
            yield Label("Press the new key …", id="key-press", markup=False)
            yield Label("", id="trouble", markup=False)

    def on_key(self, event: Key) -> None:
        """Use the key, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.action_close()
            return
        problem = self._accept(event.key)
        if problem is None:
            close_dialog(self)
        else:
            self.query_one("#trouble", Label).update(safe_content(problem))


def change_key(context: AppContext) -> None:
    """Choose a command, and press the key that it gets. The choice is in the settings at once."""
    key_map = context.session.key_map

    def load_options() -> list[ListOption]:
        return [
            ListOption(
                action.id,
                action.help.removesuffix("."),
                key_map.all_labels(action.id),
                "✎" if key_map.is_custom(action.id) else " ",
                (action.label, action.id),
            )
            for action in ACTIONS
        ]

    def ask(option: ListOption) -> None:
        action = ACTIONS_BY_ID[option.key]

        def accept(key_name: str) -> str | None:
            other_id = key_map.conflicting_action(action.id, key_name)
            if other_id is not None:
                other_name = ACTIONS_BY_ID[other_id].help.removesuffix(".")
                return f"{key_label(key_name)} is taken: “{other_name}”. Press another key."
            _set_keys(context, action.id, (key_name, *key_map.keys(action.id)[1:]))
            dialog.reload()
            return None

        description = f"Now: {key_map.all_labels(action.id)}"
        context.open_dialog(KeyDialog(action.help.removesuffix("."), description, accept))

    def reset(option: ListOption) -> None:
        if key_map.is_custom(option.key):
            _set_keys(context, option.key, None)

    footer = "enter changes the key · ctrl+x restores it · esc closes"
    dialog = OptionDialog("Change a key", footer, load_options, ask, on_alternate=reset, keep_open=True)
    context.open_dialog(dialog)


def _set_keys(context: AppContext, action_id: str, key_names: tuple[str, ...] | None) -> None:
    """Save the keys of an action (None: the default ones), use them, and say so."""
    if not context.session.set_keys(action_id, key_names):
        return
    context.use_keys()
    label = context.session.key_map.all_labels(action_id)
    context.notify_status(f"{ACTIONS_BY_ID[action_id].help.removesuffix('.')}: {label}")
