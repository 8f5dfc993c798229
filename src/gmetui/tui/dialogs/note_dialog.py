"""Writing a note or a remark on a program, here or in the person's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

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
from ...storage.external_editor import edited, editor
from ...text import clean

if TYPE_CHECKING:
    from ..app import GmetuiApp


class NoteDialog(ModalScreen[str | None]):
    """A note of any length. Esc keeps it, since a note that was lost cannot be undone but a kept one can."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", "keep", priority=True, id="note.keep"),
        Binding("ctrl+e", "editor", "your editor", priority=True, id="note.editor"),
    ]

    def __init__(self, heading: str, note: str) -> None:
        super().__init__()
        self._heading = heading
        self._note = note

    def compose(self) -> ComposeResult:
        """Show the note."""
        with Vertical(id="dialog"):
            yield Label(Content(self._heading), id="heading")
            yield TextArea(self._note, id="note", soft_wrap=True)
            with_editor = "" if self.app.is_web or not editor() else " · ctrl+e opens your editor"
            yield Label(f"esc keeps it; an empty one is removed{with_editor}", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Discard", id="discard")
                yield Button("Keep", variant="primary", id="keep")

    def action_keep(self) -> None:
        """Return what is written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_editor(self) -> None:
        """Go on in the person's own editor, and come back with what it holds."""
        if self.app.is_web:
            return
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                area.text = edited(area.text)
        except GmetuiError as error:
            self.app.notify(clean(str(error)), severity="error", markup=False)
        except SuspendNotSupported:
            self.app.notify("This terminal cannot be lent to an editor.", severity="error", markup=False)

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        self.action_keep()

    @on(Button.Pressed, "#discard")
    def _discard(self) -> None:
        self.dismiss(None)


def ask_note(app: GmetuiApp, program: Program) -> None:
    """Ask for a note on a program; with a note it comes onto the shortlist."""
    ask_entry_note(app, app.shortlist.entry(program.id) or entry_of(app.catalog, program))


def ask_entry_note(app: GmetuiApp, entry: Entry) -> None:
    """Ask for a note on an entry, and keep it; on a list that was handed over, for the reader's remark."""
    if app.handed:
        _ask_remark(app, app.handed.reader, entry)
        return

    def kept(note: str | None) -> None:
        if note is None or note == entry.note:
            return
        change = f"noted {entry.name}" if note else f"removed the note on {entry.name}"
        if app.change_list(app.shortlist.added(entry).noted(entry.id, note), change):
            app.tell(f"{'Noted on' if note else 'No note on'} {entry.name}")

    app.clear_notifications()
    app.push_screen(NoteDialog(f"Note on {entry.name}", entry.note), kept)


def _ask_remark(app: GmetuiApp, reader: str, entry: Entry) -> None:
    before = dict(entry.remarks).get(reader, "")

    def kept(remark: str | None) -> None:
        if remark is not None and remark != before:
            app.change_list(app.shortlist.remarked(entry.id, reader, remark), f"remark on {entry.name}")

    app.clear_notifications()
    app.push_screen(NoteDialog(f"Remark of {reader} on {entry.name}", before), kept)
