"""The dialog to write a note or a comment, here or in the user's own editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label, TextArea

from ...catalog.models import Program
from ...errors import GmetuiError
from ...shortlist.entries import Entry, entry_of
from ...storage.external_editor import edit_text, editor_command
from ...text import sanitize
from ..context import AppContext
from ..drafts import TextDraft
from ..external_program import run_in_terminal
from ..labels import entry_label
from ..safe_text import safe_content
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog, is_on_top
from .save_question import ask_whether_to_save

#: Saves a text, or returns why it can't.
SaveText = Callable[[str], str | None]


class NoteDialog(Dialog):
    """A text of any length.

    Until `save` succeeds or the dialog is canceled, the text is a draft. If `save` returns a problem, the dialog stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "cancel", priority=True, id="note.cancel"),
        Binding("ctrl+s", "save", "save", priority=True, id="note.save"),
        Binding("ctrl+e", "open_editor", "your editor", priority=True, id="note.editor"),
    ]

    def __init__(self, heading: str, text: str, save: SaveText, draft: TextDraft) -> None:
        super().__init__()
        self._heading = heading
        self._saved_text = text
        self._save_text = save
        self._draft = draft
        self._text = text if draft.text is None else draft.text

    def compose(self) -> ComposeResult:
        """Show the text."""
        editor_hint = "" if self.app.is_web or not editor_command() else "ctrl+e opens your editor · "
        with DialogFrame(self._heading, f"ctrl+s saves · {editor_hint}esc cancels", id="dialog", classes="-note"):
            yield TextArea(self._text, id="note", soft_wrap=True)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Save", variant="primary", id="save")
                yield Button("Cancel", id="cancel")

    def on_mount(self) -> None:
        """Show a notice if this text was not saved."""
        is_unsaved = self._draft.text is not None
        self._show_problem(f"Not saved on {self._draft.day}. Ctrl+S saves it." if is_unsaved else "")

    def _show_problem(self, problem: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(safe_content(problem))
        label.display = bool(problem)

    @on(TextArea.Changed)
    def _update_draft(self, event: TextArea.Changed) -> None:
        if event.text_area.text != self._text:
            self._draft.update(event.text_area.text)

    def action_save(self) -> None:
        """Save the text, once the keys that were typed before are in it: they may have come in the same read."""
        self.query_one(TextArea).call_later(self._save_and_close)

    def _save_and_close(self) -> None:
        """Save the text and close, or show why it could not be saved."""
        if not is_on_top(self):
            return
        text = self._typed_text
        problem = self._save_text(text) if text != self._saved_text else None
        if problem:
            self._draft.update(text)
            self._show_problem(problem)
            return
        close_dialog(self)
        if text == self._saved_text:
            self._draft.discard()

    @property
    def _typed_text(self) -> str:
        return sanitize(self.query_one(TextArea).text, keep_newlines=True).strip()

    @on(Button.Pressed, "#cancel")
    def action_close(self) -> None:
        """Close without saving; ask first if the text was changed by the keys that were typed before."""
        self.query_one(TextArea).call_later(self._cancel)

    def _cancel(self) -> None:
        if not is_on_top(self):
            return
        if self._typed_text == self._saved_text.strip():
            self._discard()
        else:
            ask_whether_to_save(self.app, self._save_and_close, self._discard)

    def _discard(self) -> None:
        if close_dialog(self):
            self._draft.discard()

    def action_open_editor(self) -> None:
        """Continue in the user's own editor, once the keys that were typed before are in the text."""
        self.query_one(TextArea).call_later(self._edit_elsewhere)

    def _edit_elsewhere(self) -> None:
        """Let the user edit the text in another program, and come back with its text."""
        if self.app.is_web or not is_on_top(self):
            return
        area = self.query_one(TextArea)
        try:
            area.text = run_in_terminal(self.app, partial(edit_text, area.text))
        except GmetuiError as error:
            self._show_problem(str(error))
        else:
            self._show_problem("")

    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        self.action_save()


def ask_program_note(context: AppContext, program: Program) -> None:
    """Ask for a note on a program; a note saves the program to the shortlist."""
    entry = context.session.shortlist.entry(program.id) or entry_of(context.catalog, program)
    ask_entry_note(context, entry)


def ask_entry_note(context: AppContext, entry: Entry) -> None:
    """Ask for a note on an entry, or for a comment if the list is shared with the user, and save it."""
    session = context.session
    if session.review:
        _ask_comment(context, session.review.reviewer, entry)
        return
    title = entry_label(context.catalog, entry)
    heading = f"Note on {title}"
    draft = session.drafts.draft(f"note:{session.store.name}:{entry.id}", heading)

    def save(note: str) -> str | None:
        change = f"wrote a note on {title}" if note else f"removed the note on {title}"
        shortlist = session.shortlist.with_entry(entry).with_note(entry.id, note)
        problem = session.try_save_shortlist(shortlist, change, draft.discard)
        if problem is None:
            context.notify_status(f"{'Saved' if note else 'Removed'} the note on {title}")
        return problem

    context.clear_notifications()
    context.open_dialog(NoteDialog(heading, entry.note, save, draft))


def _ask_comment(context: AppContext, reviewer: str, entry: Entry) -> None:
    session = context.session
    title = entry_label(context.catalog, entry)
    heading = f"Comment of {reviewer} on {title}"
    draft = session.drafts.draft(f"comment:{session.store.path}:{reviewer}:{entry.id}", heading)

    def save(comment: str) -> str | None:
        shortlist = session.shortlist.with_comment(entry.id, reviewer, comment)
        return session.try_save_shortlist(shortlist, f"comment on {title}", draft.discard)

    context.clear_notifications()
    context.open_dialog(NoteDialog(heading, dict(entry.comments).get(reviewer, ""), save, draft))
