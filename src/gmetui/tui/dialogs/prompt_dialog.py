"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from ...text import sanitize


class PromptDialog(ModalScreen[None]):
    """Asks for a name, a date or the like. The text goes to a callback, for the reason given at `OptionDialog`."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", id="prompt.cancel")]

    def __init__(
        self, title: str, description: str, placeholder: str, on_submit: Callable[[str], None], *, text: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._description = description
        self._placeholder = placeholder
        self._on_submit = on_submit
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the question and the input."""
        with Vertical(id="dialog"):
            yield Label(Content(self._title), id="heading")
            yield Label(Content(self._description))
            yield Input(self._text, placeholder=self._placeholder, compact=True, select_on_focus=False, id="answer")
            yield Label("enter saves · esc cancels", markup=False)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        self.dismiss()
        self._on_submit(sanitize(event.value).strip())

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss()
