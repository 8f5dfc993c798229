"""A list on its way to a file: what goes, in which form, with which notes, and where. Long work shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, RadioButton, RadioSet

from ...errors import GmetuiError
from ...export.formats import EXTENSIONS, FORMATS, export
from ...export.table import Row, Sheet, with_notes_of, without_remarks
from ...storage.atomic import write_atomic
from ...text import clean
from .progress_dialog import Working

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


_NOTES: Mapping[str, str] = {
    "all": "With my notes",
    "none": "Without my notes",
    "marked": "Notes of marked ones",
    "bare": "Nothing I wrote",
}
_LONG = 400  # programs from which writing takes long enough to show how far it is


class Choice(RadioButton):
    """One of several; its state is seen without colour."""

    def on_mount(self) -> None:
        """Draw its state, now and whenever it changes."""

        def draw(value: bool) -> None:
            self.BUTTON_INNER = "●" if value else " "
            self.refresh()

        self.watch(self, "value", draw)


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

    def __init__(self, sheets: Mapping[str, Sheet], marked: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._marked = marked
        self._sheets = dict(sheets)
        self._what = next((name for name, sheet in self._sheets.items() if sheet.rows), "shortlist")
        self._form = "csv"
        self._notes = "all"
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
            with RadioSet(id="notes"):
                for own, words in _NOTES.items():
                    yield Choice(words, own == self._notes, name=own)
            if not self.app.is_web:  # a browser saves where its person says
                yield Label("File", markup=False)
                yield Input(self._suggestion(), id="path", compact=True, select_on_focus=False)
            yield Label("", id="goes", markup=False)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Write", variant="primary", id="write")

    def on_mount(self) -> None:
        """Begin at the name, so that enter writes."""
        self.query_one("#write" if self.app.is_web else "#path").focus()

    def _describe(self) -> None:
        """Say what goes where."""
        raw = "" if self.app.is_web else self.query_one("#path", Input).value.strip()
        if raw:
            path = Path(raw).expanduser()
            state = "replaces a file" if path.is_file() else "a new file"
            self.query_one("#goes", Label).update(Content(f"→ {clean(short(path.absolute()))} · {state}"))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#trouble", Label).update("")
        self._describe()

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
        name = event.pressed.name or ""
        if event.radio_set.id == "notes":
            self._notes = name
            return
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
        """What is written, with as much of what the person wrote as was chosen."""
        sheet = self._sheets[self._what]
        if self._notes == "bare":
            return without_remarks(sheet)
        kept = self._marked if self._notes == "marked" else ()
        return sheet if self._notes == "all" else with_notes_of(sheet, kept)

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


def short(path: Path) -> str:
    """Return a path as people write it: "~" for their home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class _Watched(tuple[Row, ...]):
    """Rows that say how far one is through them."""

    report: Callable[[int], None]

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows and report each hundredth."""
        for number, row in enumerate(super().__iter__()):
            if number % 100 == 0:
                self.report(number)
            yield row


def _write(choice: ExportChoice, report: Callable[[int], None]) -> bytes:
    """Return a long list in its form; `report` is told how far it is."""
    rows = _Watched(choice.sheet.rows)
    rows.report = report
    return export(choice.sheet._replace(rows=rows), choice.form)


def ask_export(app: GmetuiApp, shortlist: Sheet, found: Sheet | None) -> None:
    """Ask what to export and where, and write it."""

    def chosen(choice: ExportChoice | None) -> None:
        if choice is None:
            return
        if len(choice.sheet.rows) < _LONG:
            _deliver(app, choice, export(choice.sheet, choice.form))
        else:
            count = len(choice.sheet.rows)
            work, done = partial(_write, choice), partial(_deliver, app, choice)
            app.push_screen(
                Working(f"Writing {count:,} programs", work, done, app.complain, unit="programs", total=count)
            )

    app.clear_notifications()
    sheets = {"shortlist": shortlist} | ({"results": found} if found else {})
    app.push_screen(ExportDialog(sheets, app.marks), chosen)


def _deliver(app: GmetuiApp, choice: ExportChoice, content: bytes) -> None:
    """Write what was made to its file, or hand it to the browser."""
    if choice.path is None:
        name = f"gmetui-list.{EXTENSIONS[choice.form]}"
        app.deliver_binary(BytesIO(content), save_filename=name, open_method="download")
        return
    try:
        write_atomic(choice.path, content)
    except GmetuiError as error:
        app.complain(str(error))
        return
    count = len(choice.sheet.rows)
    app.tell(f"Wrote {count:,} program{'s' * (count != 1)} to {short(choice.path.resolve())}")
