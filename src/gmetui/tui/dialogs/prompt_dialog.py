"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label

from ...text import sanitize
from ..context import AppContext
from ..drafts import TextDraft
from ..safe_text import safe_content
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog, is_on_top
from .save_question import ask_whether_to_save

#: Accepts an answer, or returns why it can't.
AcceptAnswer = Callable[[str], str | None]
#: Returns what a text means; raises ValueError that says what to write instead.
Preview = Callable[[str], str]


class PromptDialog(Dialog):
    """Asks for a name, a date or the like. It stays open until an answer is accepted or it is canceled.

    Below the text stands what it means, or why it was refused. Until then, the text is a draft.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "cancel", id="prompt.cancel")]

    def __init__(
        self,
        title: str,
        description: str,
        placeholder: str,
        accept: AcceptAnswer,
        draft: TextDraft,
        *,
        text: str = "",
        preview: Preview | None = None,
        on_accepted: Callable[[], None] | None = None,
        is_selected: bool = False,
    ) -> None:
        """Ask for a text that `accept` accepts; `on_accepted` is called once the dialog is closed.

        With `is_selected`, typing replaces `text`, which is only proposed; a draft stays.
        """
        super().__init__()
        self._title = title
        self._description = description
        self._placeholder = placeholder
        self._accept = accept
        self._draft = draft
        self._saved_text = sanitize(text)
        self._text = sanitize(text if draft.text is None else draft.text)
        self._preview = preview
        self._on_accepted = on_accepted
        self._is_selected = is_selected

    def compose(self) -> ComposeResult:
        """Show the question, the input, and below it what the text means or what is wrong with it."""
        with DialogFrame(self._title, "enter saves · esc cancels", id="dialog"):
            yield Label(safe_content(self._description))
            yield Input(self._text, placeholder=self._placeholder, compact=True, select_on_focus=False, id="answer")
            yield Label("", id="preview", markup=False)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Save", variant="primary", id="save")
                yield Button("Cancel", id="cancel")

    def on_mount(self) -> None:
        """Show a notice if this text was not saved."""
        self.query_one("#preview").display = self._preview is not None
        is_unsaved = self._draft.text is not None
        if self._is_selected and not is_unsaved:
            self.query_one("#answer", Input).action_select_all()
        self._show_problem(f"Not saved on {self._draft.day}. Enter saves it." if is_unsaved else "")

    def _show_problem(self, problem: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(safe_content(problem))
        label.display = bool(problem)
        self.query_one("#preview").display = self._preview is not None and not problem

    @property
    def _answer(self) -> str:
        return sanitize(self.query_one("#answer", Input).value).strip()

    @on(Input.Changed)
    def _show_preview(self, event: Input.Changed) -> None:
        """Remember the text as a draft, and show what it means."""
        answer = sanitize(event.value).strip()
        if answer != self._text:
            self._text = answer
            self._draft.update(answer)
            self._show_problem("")
        if self._preview is not None:
            label = self.query_one("#preview", Label)
            try:
                description = self._preview(answer) if answer else ""
            except ValueError as error:
                description = str(error)
                label.set_class(False, "-valid")
            else:
                label.set_class(True, "-valid")
            label.update(safe_content(description))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _submit(self) -> None:
        if not is_on_top(self):
            return
        answer = self._answer
        problem = self._accept(answer)
        if problem is not None:
            self._draft.update(answer)
            self._show_problem(problem)
            return
        self._discard()
        if self._on_accepted is not None:
            self._on_accepted()

    def _discard(self) -> None:
        """Close, and forget the draft."""
        if close_dialog(self):
            self._draft.discard()

    @on(Button.Pressed, "#cancel")
    def action_close(self) -> None:
        """Close without an answer; ask first if there is one."""
        if not is_on_top(self):
            return
        if self._answer in ("", self._saved_text):
            self._discard()
        else:
            ask_whether_to_save(self.app, self._submit, self._discard)


def ask_text(
    context: AppContext,
    title: str,
    description: str,
    placeholder: str,
    accept: AcceptAnswer,
    *,
    text: str = "",
    preview: Preview | None = None,
    on_accepted: Callable[[], None] | None = None,
    is_selected: bool = False,
) -> None:
    """Ask for one line of text. With `is_selected`, typing replaces the text that is proposed."""
    draft = context.session.drafts.draft(f"prompt:{title}:{description}", title)
    context.open_dialog(
        PromptDialog(
            title,
            description,
            placeholder,
            accept,
            draft,
            text=text,
            preview=preview,
            on_accepted=on_accepted,
            is_selected=is_selected,
        )
    )
