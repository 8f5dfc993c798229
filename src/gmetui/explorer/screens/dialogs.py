"""Dialogs: a note on a program, and a list on its way to a file. Each returns a value and writes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, Label, RadioButton, RadioSet, TextArea

from ...catalog.errors import GmetuiError
from ...catalog.model import Program
from ...catalog.text import clean
from ...export.formats import EXTENSIONS, FORMATS, export
from ...export.rows import Sheet, without_notes
from ...planning.shortlist import Entry, entry_of
from ...storage.atomic import write_atomic

if TYPE_CHECKING:
    from ..app import GmetuiApp

_FORMAT_WORDS: Mapping[str, str] = {
    "csv": "CSV",
    "tsv": "Tabs",
    "xlsx": "Excel",
    "html": "Page to print",
    "markdown": "Markdown",
    "text": "Text",
    "ics": "Calendar",
    "json": "JSON",
    "toml": "TOML",
}


def _draw_states(button: RadioButton | Checkbox, sign: str) -> None:
    """Draw the state of a button, now and whenever it changes, so that it is seen without colour."""

    def draw(value: bool) -> None:
        button.BUTTON_INNER = sign if value else " "
        button.refresh()

    button.watch(button, "value", draw)


class Choice(RadioButton):
    """One of several."""

    def on_mount(self) -> None:
        """Draw its state."""
        _draw_states(self, "●")


class Tick(Checkbox):
    """A box to tick."""

    def on_mount(self) -> None:
        """Draw its state."""
        _draw_states(self, "✓")


class NoteDialog(ModalScreen[str | None]):
    """A note of any length. Esc keeps it, since a note that was lost cannot be undone but a kept one can."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", "keep", priority=True, id="note.keep"),
    ]

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Show the note."""
        with Vertical(id="dialog"):
            yield Label(Content(f"Note on {self._entry.name}"), id="heading")
            yield TextArea(self._entry.note, id="note", soft_wrap=True)
            yield Label("esc keeps the note; an empty one is removed", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Discard", id="discard")
                yield Button("Keep", variant="primary", id="keep")

    def action_keep(self) -> None:
        """Return what is written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        self.action_keep()

    @on(Button.Pressed, "#discard")
    def _discard(self) -> None:
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What goes where, and how."""

    sheet: Sheet
    form: str
    path: Path | None  # None: a browser downloads it


class ExportDialog(ModalScreen[ExportChoice | None]):
    """Asks what is to be written, in which format and where. Never replaces a file without being told twice."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", id="export.cancel")]

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        super().__init__()
        self._sheets = dict(sheets)
        self._what = next((name for name, sheet in self._sheets.items() if sheet.rows), "shortlist")
        self._form = "csv"
        self._told: str | None = None

    def compose(self) -> ComposeResult:
        """Show the choices."""
        with Vertical(id="dialog"):
            yield Label("Export", id="heading", markup=False)
            with RadioSet(id="what"):
                for name, sheet in self._sheets.items():
                    yield Choice(Content(_sheet_words(name, sheet)), name == self._what, name=name)
            with RadioSet(id="formats"):
                for form in FORMATS:
                    yield Choice(_FORMAT_WORDS[form], form == self._form, name=form)
            yield Tick("Leave out my notes", id="no-notes", compact=True)
            if not self.app.is_web:  # a browser saves where its person says
                yield Label("File", markup=False)
                yield Input(self._suggestion(), id="path", compact=True, select_on_focus=False)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Write", variant="primary", id="write")

    def on_mount(self) -> None:
        """Begin at the name, so that enter writes."""
        self.query_one("#write" if self.app.is_web else "#path").focus()

    def _suggestion(self) -> str:
        """Return a name that no file has yet."""
        stem, ending = f"gmetui-{self._what}", EXTENSIONS[self._form]
        number = 1
        path = Path(f"{stem}.{ending}")
        while path.exists():
            number += 1
            path = Path(f"{stem}-{number}.{ending}")
        return str(path)

    @on(RadioSet.Changed)
    def _chosen(self, event: RadioSet.Changed) -> None:
        if self.app.is_web:
            self._what, self._form = self._after(event)
            return
        path = self.query_one("#path", Input)
        own = path.value == self._suggestion()
        self._what, self._form = self._after(event)
        path.value = self._suggestion() if own else str(Path(path.value).with_suffix(f".{EXTENSIONS[self._form]}"))

    def _after(self, event: RadioSet.Changed) -> tuple[str, str]:
        """Return what is written, and in which format, after a choice."""
        name = event.pressed.name or ""
        return (name, self._form) if event.radio_set.id == "what" else (self._what, name)

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if self.app.is_web:
            self.dismiss(ExportChoice(self._sheet, self._form, None))
            return
        raw = self.query_one("#path", Input).value.strip()
        path = Path(raw).expanduser()
        trouble = self._trouble(raw, path)
        if trouble:
            self.query_one("#trouble", Label).update(Content(trouble))
            return
        self.dismiss(ExportChoice(self._sheet, self._form, path))

    @property
    def _sheet(self) -> Sheet:
        """What is written, with or without the person's notes."""
        sheet = self._sheets[self._what]
        return without_notes(sheet) if self.query_one(Tick).value else sheet

    def _trouble(self, raw: str, path: Path) -> str | None:
        """Return why the file cannot be written yet, if so."""
        if not raw or path.is_dir():
            return "Name a file."
        if not path.parent.is_dir():
            return f"There is no directory {clean(str(path.parent))}."
        if path.exists() and self._told != raw:
            self._told = raw
            return "That file exists. Write again to replace it."
        return None

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()


def _sheet_words(name: str, sheet: Sheet) -> str:
    count = len(sheet.rows)
    words = "Your shortlist" if name == "shortlist" else "The programs listed now"
    return f"{words} ({count:,} program{'s' * (count != 1)})"


def _short(path: Path) -> str:
    """Return a path as people write it: "~" for their home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def ask_note(app: GmetuiApp, program: Program) -> None:
    """Ask for a note on a program; with a note it comes onto the shortlist."""
    ask_entry_note(app, app.shortlist.entry(program.id) or entry_of(app.catalog, program))


def ask_entry_note(app: GmetuiApp, entry: Entry) -> None:
    """Ask for a note on an entry, and keep it."""

    def kept(note: str | None) -> None:
        if note is None or note == entry.note:
            return
        change = f"noted {entry.name}" if note else f"removed the note on {entry.name}"
        if app.change_list(app.shortlist.added(entry).noted(entry.id, note), change):
            app.tell(f"{'Noted on' if note else 'No note on'} {entry.name}")

    app.clear_notifications()
    app.push_screen(NoteDialog(entry), kept)


def ask_export(app: GmetuiApp, shortlist: Sheet, found: Sheet | None) -> None:
    """Ask what to export and where, and write it."""

    def chosen(choice: ExportChoice | None) -> None:
        if choice is None:
            return
        count = len(choice.sheet.rows)
        if choice.path is None:
            name = f"gmetui-list.{EXTENSIONS[choice.form]}"
            app.deliver_binary(BytesIO(export(choice.sheet, choice.form)), save_filename=name, open_method="download")
            return
        try:
            write_atomic(choice.path, export(choice.sheet, choice.form))
        except GmetuiError as error:
            app.complain(str(error))
            return
        app.tell(f"Wrote {count:,} program{'s' * (count != 1)} to {_short(choice.path.resolve())}")

    app.clear_notifications()
    app.push_screen(ExportDialog({"shortlist": shortlist} | ({"results": found} if found else {})), chosen)
