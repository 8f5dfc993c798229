"""The dialog that exports a list: what to export, in which format, with which notes, and to which file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label

from ...errors import GmetuiError
from ...export.formats import FORMATS, format_of_path, unknown_extension
from ...export.table import ExportTable, with_notes_only_on, without_personal_data
from ...storage.output_file import output_path
from ...text import plural
from ..safe_text import safe_content
from ..widgets.choice_grid import ChoiceGrid
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog, is_on_top
from .file_picker import file_kind, short_path, target_text

_NOTES: Mapping[str, str] = {
    "all": "With my notes",
    "none": "Without my notes",
    "marked": "Notes on marked programs",
    "bare": "Nothing I wrote",
}
_TABLE_LABELS: Mapping[str, str] = {"shortlist": "Your shortlist", "results": "The programs listed now"}
_COLUMN_COUNT = 3


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, in which format, and the name of the file. Without a path the browser downloads it."""

    table: ExportTable
    format_name: str
    file_name: str
    path: Path | None


class ExportDialog(Dialog):
    """Asks what to export, in which format and where. An existing file is replaced only after a second confirmation.

    The format and the extension of the file name follow each other. `export` gets the answers, and returns why it
    failed, or None. Then the dialog closes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "cancel", id="export.cancel")]

    def __init__(
        self,
        tables: Mapping[str, ExportTable],
        export: Callable[[ExportRequest], str | None],
        marked_ids: tuple[str, ...] = (),
        format_name: str = "",
    ) -> None:
        super().__init__()
        self._export = export
        self._tables = dict(tables)
        self._marked_ids = marked_ids
        self._table_name = next((name for name, table in self._tables.items() if table.rows), next(iter(tables)))
        self._format_name = format_name or next(iter(FORMATS))
        self._confirmed_text: str | None = None  # the name of an existing file that was entered once

    def compose(self) -> ComposeResult:
        """Show the choices."""
        labels = {name: export_format.label for name, export_format in FORMATS.items()}
        hints = "arrows choose · enter exports · esc cancels"
        with DialogFrame("Export", hints, id="dialog"):
            if len(self._tables) > 1:
                counts = {name: f"{_TABLE_LABELS[name]} ({len(table.rows):,})" for name, table in self._tables.items()}
                yield Label("Programs", markup=False)
                yield ChoiceGrid(counts, self._table_name, _COLUMN_COUNT, id="what")
            yield Label("Format", markup=False)
            yield ChoiceGrid(labels, self._format_name, _COLUMN_COUNT, id="formats")
            yield Label("What you wrote", markup=False)
            yield ChoiceGrid(self._notes_labels(), "all", _COLUMN_COUNT - 1, id="notes")
            yield Label("File name", markup=False)
            yield Input(self._suggested_name(), id="path", compact=True, select_on_focus=False)
            yield Label("", id="target", markup=False)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Export", variant="primary", id="export")
                yield Button("Cancel", id="cancel")

    def _notes_labels(self) -> Mapping[str, str]:
        return {name: label for name, label in _NOTES.items() if name != "marked" or self._marked_ids}

    def on_mount(self) -> None:
        """Start at the formats."""
        self.query_one("#formats").focus()
        self._show_count()
        self.query_one("#trouble").display = False

    def _show_count(self) -> None:
        count = plural(len(self._tables[self._table_name].rows), "program")
        self.query_one("#dialog", DialogFrame).set_title(f"Export {count}")
        self.query_one("#export", Button).label = safe_content(f"Export {count}")

    def _show_problem(self, problem: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(safe_content(problem))
        label.display = bool(problem)

    @on(Input.Changed)
    def _show_target(self) -> None:
        """Show where the file would be written, and select the format that its extension stands for."""
        self._show_problem("")
        entered_format = format_of_path(Path(self._entered_path))
        if entered_format is not None and entered_format.name != self._format_name:
            self._format_name = entered_format.name
            self.query_one("#formats", ChoiceGrid).select(entered_format.name)
        self.query_one("#target", Label).update(safe_content(self._target_text()))

    def _target_text(self) -> str:
        if self.app.is_web:
            return "Your browser saves it with its other downloads."
        return target_text(self._entered_path)

    @property
    def _entered_path(self) -> str:
        return self.query_one("#path", Input).value.strip()

    def _suggested_name(self) -> str:
        """Return the name of a file that doesn't exist yet."""
        stem, extension = f"gmetui-{self._table_name}", FORMATS[self._format_name].extension
        number = 1
        path = Path(f"{stem}.{extension}")
        while not self.app.is_web and file_kind(path):
            number += 1
            path = Path(f"{stem}-{number}.{extension}")
        return str(path)

    @on(ChoiceGrid.Changed, "#what")
    def _table_changed(self, event: ChoiceGrid.Changed) -> None:
        self._change(event.key, self._format_name)
        self._show_count()

    @on(ChoiceGrid.Changed, "#formats")
    def _format_changed(self, event: ChoiceGrid.Changed) -> None:
        self._change(self._table_name, event.key)

    def choose_format(self, format_name: str) -> None:
        """Select a format."""
        self.query_one("#formats", ChoiceGrid).select(format_name)
        self._change(self._table_name, format_name)

    def _change(self, table_name: str, format_name: str) -> None:
        """Export something else; if the user entered the file name, change only its extension."""
        suggested = self._suggested_name()
        self._table_name, self._format_name = table_name, format_name
        path = self.query_one("#path", Input)
        if path.value == suggested:
            path.value = self._suggested_name()
        else:
            with suppress(ValueError):  # not the name of a file, which is said when it is entered
                path.value = str(Path(path.value).with_suffix(f".{FORMATS[format_name].extension}"))

    @on(ChoiceGrid.Submitted)
    @on(Input.Submitted)
    @on(Button.Pressed, "#export")
    def _submit(self) -> None:
        if not is_on_top(self):
            return
        try:
            problem = self._try_export()
        except GmetuiError as error:
            problem = str(error).removeprefix("gmetui: ")
        if problem is None:
            close_dialog(self)
        else:
            self._show_problem(problem)

    def _try_export(self) -> str | None:
        """Export, or return why that is impossible. Raises `GmetuiError`."""
        path = output_path(self._entered_path)
        kind = "" if self.app.is_web else file_kind(path)
        if not kind and not path.suffix and path.name:
            path = path.with_name(f"{path.name}.{FORMATS[self._format_name].extension}")
        elif kind in ("", "file") and format_of_path(path) is None:
            message = unknown_extension(path)
            return f"{message[:1].upper()}{message[1:]}."
        if self.app.is_web:
            return self._export(ExportRequest(self._table(), self._format_name, path.name, None))
        problem = self._find_problem(path)
        return problem or self._export(ExportRequest(self._table(), self._format_name, path.name, path))

    def _table(self) -> ExportTable:
        """Return the table with the chosen amount of what the user wrote."""
        table, notes = self._tables[self._table_name], self.query_one("#notes", ChoiceGrid).selected_key
        if notes == "bare":
            return without_personal_data(table)
        if notes == "all":
            return table
        return with_notes_only_on(table, self._marked_ids if notes == "marked" else ())

    def _find_problem(self, path: Path) -> str | None:
        """Return why the file can't be written yet, or None."""
        if file_kind(path) == "directory":
            return f"Enter a file name, such as gmetui-list.{FORMATS[self._format_name].extension}."
        if file_kind(path.parent) != "directory":
            return f"There is no directory {short_path(path.parent)}."
        if file_kind(path) and self._confirmed_text != self._entered_path:
            self._confirmed_text = self._entered_path
            return "That file exists. Export again to replace it."
        return None

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_close()
