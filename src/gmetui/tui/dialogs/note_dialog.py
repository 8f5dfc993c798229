"""The dialog to write a note or a comment, here or in the user's own editor."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label, TextArea

from ...catalog.models import Program
from ...errors import GmetuiError
from ...shortlist.entries import Entry, entry_of
from ...storage.external_editor import edit_text, editor_command
from ...text import sanitize
from ..context import AppContext


class NoteDialog(ModalScreen[str | None]):
    """A text of any length. Esc saves it: a saved note can be undone, a lost one can't."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", "save", priority=True, id="note.save"),
        Binding("ctrl+e", "open_editor", "your editor", priority=True, id="note.editor"),
    ]

    def __init__(self, heading: str, text: str) -> None:
        super().__init__()
        self._heading = heading
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the text."""
        with Vertical(id="dialog"):
            yield Label(Content(self._heading), id="heading")
            yield TextArea(self._text, id="note", soft_wrap=True)
            editor_hint = "" if self.app.is_web or not editor_command() else " · ctrl+e opens your editor"
            yield Label(f"esc saves; an empty text removes it{editor_hint}", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Save", variant="primary", id="save")

    def action_save(self) -> None:
        """Return the text."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_open_editor(self) -> None:
        """Continue in the user's own editor, and come back with its text."""
        if self.app.is_web:
            return
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                area.text = edit_text(area.text)
        except GmetuiError as error:
            self.app.notify(sanitize(str(error)), severity="error", markup=False)
        except SuspendNotSupported:
            self.app.notify("Can't open an editor from this terminal.", severity="error", markup=False)

    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        self.action_save()

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)


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

    def save(note: str | None) -> None:
        if note is None or note == entry.note:
            return
        change = f"wrote a note on {entry.name}" if note else f"removed the note on {entry.name}"
        if session.save_shortlist(session.shortlist.with_entry(entry).with_note(entry.id, note), change):
            context.notify_status(f"{'Saved' if note else 'Removed'} the note on {entry.name}")

    context.clear_notifications()
    context.open_dialog(NoteDialog(f"Note on {entry.name}", entry.note), save)


def _ask_comment(context: AppContext, reviewer: str, entry: Entry) -> None:
    session = context.session
    before = dict(entry.comments).get(reviewer, "")

    def save(comment: str | None) -> None:
        if comment is not None and comment != before:
            shortlist = session.shortlist.with_comment(entry.id, reviewer, comment)
            session.save_shortlist(shortlist, f"comment on {entry.name}")

    context.clear_notifications()
    context.open_dialog(NoteDialog(f"Comment of {reviewer} on {entry.name}", before), save)
