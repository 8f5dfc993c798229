"""The dialog that exports a list: what to export, in which format, with which notes, and to which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, overload

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, RadioButton, RadioSet

from ...errors import GmetuiError
from ...export.formats import FORMATS, export_table
from ...export.table import ExportRow, ExportTable, with_notes_only_on, without_personal_data
from ...storage.output_file import output_path, write_output
from ...text import plural
from ..context import AppContext
from ..safe_text import safe_content
from .dismissal import close_dialog, is_on_top
from .file_picker import file_kind, short_path
from .progress_dialog import ProgressDialog, Report

_NOTES: Mapping[str, str] = {
    "all": "With my notes",
    "none": "Without my notes",
    "marked": "Notes on marked programs",
    "bare": "Nothing I wrote",
}
_MIN_ROWS_FOR_PROGRESS = 400  # programs from which writing takes noticeably long
_REPORT_INTERVAL = 100  # rows


class Choice(RadioButton):
    """One of several choices; its state can be told without color."""

    def on_mount(self) -> None:
        """Show the state, now and whenever it changes."""

        def show(value: bool) -> None:
            self.BUTTON_INNER = "●" if value else " "
            self.refresh()

        self.watch(self, "value", show)


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how. Without a path the browser downloads it."""

    table: ExportTable
    format_name: str
    path: Path | None


class ExportDialog(ModalScreen[None]):
    """Asks what to export, in which format and where. An existing file is replaced only after a second confirmation.

    `export` gets the answers, and returns why it failed, or None. Then the dialog closes.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", id="export.cancel")]

    def __init__(
        self,
        tables: Mapping[str, ExportTable],
        export: Callable[[ExportRequest], str | None],
        marked_ids: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._export = export
        self._tables = dict(tables)
        self._marked_ids = marked_ids
        self._table_name = next((name for name, table in self._tables.items() if table.rows), "shortlist")
        self._format_name = "csv"
        self._notes = "all"
        self._confirmed_text: str | None = None  # the name of an existing file that was entered once

    def compose(self) -> ComposeResult:
        """Show the choices."""
        with Vertical(id="dialog"):
            yield Label("Export", id="heading", markup=False)
            with RadioSet(id="what"):
                for name, table in self._tables.items():
                    yield Choice(safe_content(_table_label(name, table)), name == self._table_name, name=name)
            with RadioSet(id="formats"):
                for name, export_format in FORMATS.items():
                    yield Choice(safe_content(export_format.label), name == self._format_name, name=name)
            with RadioSet(id="notes"):
                for name, label in _NOTES.items():
                    yield Choice(safe_content(label), name == self._notes, name=name)
            if not self.app.is_web:  # a browser asks for the file itself
                yield Label("File", markup=False)
                yield Input(self._suggested_name(), id="path", compact=True, select_on_focus=False)
            yield Label("", id="target", markup=False)
            yield Label("", id="trouble", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Export", variant="primary", id="export")

    def on_mount(self) -> None:
        """Start at the file name, so that enter exports."""
        self.query_one("#export" if self.app.is_web else "#path").focus()

    @on(Input.Changed)
    def _show_target(self) -> None:
        self.query_one("#trouble", Label).update("")
        try:
            path = output_path(self._entered_path)
        except GmetuiError:
            target = ""  # said when it is entered
        else:
            state = {"": "new file", "file": "replaces a file"}.get(file_kind(path), "not a file")
            target = f"→ {short_path(path)} · {state}"
        self.query_one("#target", Label).update(safe_content(target))

    @property
    def _entered_path(self) -> str:
        return self.query_one("#path", Input).value.strip()

    def _suggested_name(self) -> str:
        """Return the name of a file that doesn't exist yet."""
        stem, extension = f"gmetui-{self._table_name}", FORMATS[self._format_name].extension
        number = 1
        path = Path(f"{stem}.{extension}")
        while file_kind(path):
            number += 1
            path = Path(f"{stem}-{number}.{extension}")
        return str(path)

    @on(RadioSet.Changed, "#notes")
    def _notes_changed(self, event: RadioSet.Changed) -> None:
        self._notes = event.pressed.name or ""

    @on(RadioSet.Changed, "#what")
    def _table_changed(self, event: RadioSet.Changed) -> None:
        self._change(event.pressed.name or "", self._format_name)

    @on(RadioSet.Changed, "#formats")
    def _format_changed(self, event: RadioSet.Changed) -> None:
        self._change(self._table_name, event.pressed.name or "")

    def _change(self, table_name: str, format_name: str) -> None:
        """Export something else; if the user entered the file name, change only its extension."""
        suggested = self._suggested_name()
        self._table_name, self._format_name = table_name, format_name
        if self.app.is_web:
            return
        path = self.query_one("#path", Input)
        if path.value == suggested:
            path.value = self._suggested_name()
        else:
            with suppress(ValueError):  # not the name of a file, which is said when it is entered
                path.value = str(Path(path.value).with_suffix(f".{FORMATS[format_name].extension}"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#export")
    def _submit(self) -> None:
        if not is_on_top(self):
            return
        try:
            path = None if self.app.is_web else output_path(self._entered_path)
            problem = self._find_problem(path) if path else None
            if problem is None:
                problem = self._export(ExportRequest(self._table(), self._format_name, path))
        except GmetuiError as error:
            problem = str(error)
        if problem is None:
            close_dialog(self)
        else:
            self.query_one("#trouble", Label).update(safe_content(problem))

    def _table(self) -> ExportTable:
        """Return the table with the chosen amount of what the user wrote."""
        table = self._tables[self._table_name]
        if self._notes == "bare":
            return without_personal_data(table)
        if self._notes == "all":
            return table
        return with_notes_only_on(table, self._marked_ids if self._notes == "marked" else ())

    def _find_problem(self, path: Path) -> str | None:
        """Return why the file can't be written yet, or None."""
        if file_kind(path) == "directory":
            return "Enter a file name."
        if file_kind(path.parent) != "directory":
            return f"There is no directory {path.parent}."
        if file_kind(path) and self._confirmed_text != self._entered_path:
            self._confirmed_text = self._entered_path
            return "That file exists. Export again to replace it."
        return None

    def action_cancel(self) -> None:
        """Export nothing."""
        close_dialog(self)

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()


def _table_label(name: str, table: ExportTable) -> str:
    label = "Your shortlist" if name == "shortlist" else "The programs listed now"
    return f"{label} ({plural(len(table.rows), 'program')})"


class _ReportingRows(Sequence[ExportRow]):
    """Rows that report how far an iteration over them has come."""

    def __init__(self, rows: Sequence[ExportRow], report: Callable[[int], None]) -> None:
        self._rows = rows
        self._report = report

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> ExportRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ExportRow]: ...
    def __getitem__(self, index: int | slice) -> ExportRow | Sequence[ExportRow]:
        """Return one row or several."""
        return self._rows[index]

    def __iter__(self) -> Iterator[ExportRow]:
        """Yield the rows."""
        for number, row in enumerate(self._rows):
            if number % _REPORT_INTERVAL == 0:
                self._report(number)
            yield row


def _export_with_progress(request: ExportRequest, report: Report) -> bytes:
    rows = _ReportingRows(request.table.rows, report)
    return export_table(request.table._replace(rows=rows), request.format_name)


def ask_export(context: AppContext, shortlist: ExportTable, results: ExportTable | None) -> None:
    """Ask what to export and where, and export it. A long list shows its progress."""

    def export(request: ExportRequest) -> str | None:
        is_special = request.path is not None and file_kind(request.path) == "special"
        if not is_special and len(request.table.rows) < _MIN_ROWS_FOR_PROGRESS:
            content = export_table(request.table, request.format_name)
            _write(request, content)
            _confirm(context, request, content)
        else:
            context.call_later(_export_in_thread, context, request)  # once the dialog is closed
        return None

    context.clear_notifications()
    tables = {"shortlist": shortlist} | ({"results": results} if results else {})
    context.open_dialog(ExportDialog(tables, export, context.session.marks.value))


def _export_in_thread(context: AppContext, request: ExportRequest) -> None:
    """Export a long list, or to a pipe whose reader is slow, and show the progress."""
    count = len(request.table.rows)

    def export(report: Report) -> bytes:
        content = _export_with_progress(request, report)
        _write(request, content)
        return content

    context.open_dialog(
        ProgressDialog(
            f"Exporting {plural(count, 'program')}",
            export,
            partial(_confirm, context, request),
            context.notify_error,
            unit="programs",
            total=count,
        )
    )


def _write(request: ExportRequest, content: bytes) -> None:
    """Write the file, unless the browser gets it. Raises `GmetuiError`."""
    if request.path is not None:
        write_output(request.path, content)


def _confirm(context: AppContext, request: ExportRequest, content: bytes) -> None:
    """Say where the file is, or hand it to the browser."""
    if request.path is None:
        context.download(content, f"gmetui-list.{FORMATS[request.format_name].extension}")
    else:
        count = plural(len(request.table.rows), "program")
        context.notify_status(f"Exported {count} to {short_path(request.path)}")
