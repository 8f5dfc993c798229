"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from ...text import sanitize
from ..context import AppContext
from ..drafts import TextDraft
from ..safe_text import safe_content
from .dismissal import close_dialog

#: Accepts an answer, or returns why it can't.
AcceptAnswer = Callable[[str], str | None]


class PromptDialog(ModalScreen[None]):
    """Asks for a name, a date or the like. The text goes to a callback, for the reason given at `OptionDialog`.

    If the callback returns a problem, the dialog opens again with the text and the problem below it. Until an answer is
    accepted or the dialog is canceled, its text is a draft.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", id="prompt.cancel")]

    def __init__(
        self,
        title: str,
        description: str,
        placeholder: str,
        accept: AcceptAnswer,
        draft: TextDraft,
        *,
        text: str = "",
        problem: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._description = description
        self._placeholder = placeholder
        self._accept = accept
        self._draft = draft
        self._text = sanitize(text if draft.text is None else draft.text)
        self._problem = problem or (f"Not saved on {draft.day}." if draft.text is not None else "")

    def compose(self) -> ComposeResult:
        """Show the question and the input."""
        with Vertical(id="dialog"):
            yield Label(safe_content(self._title), id="heading")
            yield Label(safe_content(self._description))
            yield Input(self._text, placeholder=self._placeholder, compact=True, select_on_focus=False, id="answer")
            yield Label(safe_content(self._problem), id="trouble")
            yield Label("enter saves · esc cancels", markup=False)

    def on_mount(self) -> None:
        """Hide the line for problems if there is none."""
        self.query_one("#trouble").display = bool(self._problem)

    @on(Input.Changed)
    def _update_draft(self, event: Input.Changed) -> None:
        answer = sanitize(event.value).strip()
        if answer != self._text:
            self._draft.update(answer)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        answer = sanitize(event.value).strip()
        if not close_dialog(self):
            return
        problem = self._accept(answer)
        if problem is None:
            self._draft.discard()
            return
        self._draft.update(answer)
        texts = (self._title, self._description, self._placeholder)
        self.app.push_screen(PromptDialog(*texts, self._accept, self._draft, problem=problem))

    def action_cancel(self) -> None:
        """Close without an answer."""
        if close_dialog(self):
            self._draft.discard()


def ask_text(
    context: AppContext, title: str, description: str, placeholder: str, accept: AcceptAnswer, *, text: str = ""
) -> None:
    """Ask for one line of text."""
    draft = context.session.drafts.draft(f"prompt:{title}:{description}", title)
    context.open_dialog(PromptDialog(title, description, placeholder, accept, draft, text=text))
