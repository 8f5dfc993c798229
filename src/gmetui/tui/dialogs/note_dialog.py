"""The dialog to write a note or a comment, here or in the user's own editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label, TextArea

from ...catalog.models import Program
from ...errors import GmetuiError
from ...shortlist.entries import Entry, entry_of
from ...storage.external_editor import edit_text, editor_command
from ...text import sanitize
from ..context import AppContext
from ..drafts import TextDraft
from ..external_program import run_in_terminal
from ..safe_text import safe_content
from .dismissal import close_dialog, is_on_top

#: Saves a text, or returns why it can't.
SaveText = Callable[[str], str | None]


class NoteDialog(ModalScreen[None]):
    """A text of any length. Esc saves it: a saved note can be undone, a lost one can't.

    Until `save` succeeds or the dialog is canceled, the text is a draft. If `save` returns a problem, the dialog stays.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", "save", priority=True, id="note.save"),
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
        with Vertical(id="dialog"):
            yield Label(safe_content(self._heading), id="heading")
            yield TextArea(self._text, id="note", soft_wrap=True)
            yield Label("", id="trouble", markup=False)
            editor_hint = "" if self.app.is_web or not editor_command() else " · ctrl+e opens your editor"
            yield Label(f"esc saves; an empty text removes it{editor_hint}", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Save", variant="primary", id="save")

    def on_mount(self) -> None:
        """Show a notice if this text was not saved."""
        is_unsaved = self._draft.text is not None
        self._show_problem(f"Not saved on {self._draft.day}; Cancel discards this text." if is_unsaved else "")

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
        text = sanitize(self.query_one(TextArea).text, keep_newlines=True).strip()
        problem = self._save_text(text) if text != self._saved_text else None
        if problem:
            self._draft.update(text)
            self._show_problem(problem)
            return
        close_dialog(self)
        if text == self._saved_text:
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

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        if close_dialog(self):
            self._draft.discard()


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
    heading = f"Note on {entry.name}"
    draft = session.drafts.draft(f"note:{session.store.name}:{entry.id}", heading)

    def save(note: str) -> str | None:
        change = f"wrote a note on {entry.name}" if note else f"removed the note on {entry.name}"
        shortlist = session.shortlist.with_entry(entry).with_note(entry.id, note)
        problem = session.try_save_shortlist(shortlist, change, draft.discard)
        if problem is None:
            context.notify_status(f"{'Saved' if note else 'Removed'} the note on {entry.name}")
        return problem

    context.clear_notifications()
    context.open_dialog(NoteDialog(heading, entry.note, save, draft))


def _ask_comment(context: AppContext, reviewer: str, entry: Entry) -> None:
    session = context.session
    heading = f"Comment of {reviewer} on {entry.name}"
    draft = session.drafts.draft(f"comment:{session.store.path}:{reviewer}:{entry.id}", heading)

    def save(comment: str) -> str | None:
        shortlist = session.shortlist.with_comment(entry.id, reviewer, comment)
        return session.try_save_shortlist(shortlist, f"comment on {entry.name}", draft.discard)

    context.clear_notifications()
    context.open_dialog(NoteDialog(heading, dict(entry.comments).get(reviewer, ""), save, draft))
