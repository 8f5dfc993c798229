"""Exporting a list: the dialog, the file, and the progress of a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import overload

from ...export.formats import export_file
from ...export.table import ExportOccasion, ExportRow, ExportTable
from ...storage.output_file import write_output
from ...storage.regular_file import read_user_file
from ...text import plural, sanitize
from .. import clock
from ..context import AppContext
from .export_dialog import ExportDialog, ExportRequest
from .file_picker import file_kind, short_path
from .progress_dialog import ProgressDialog, Report

_MIN_ROWS_FOR_PROGRESS = 400  # programs from which writing takes noticeably long
_REPORT_INTERVAL = 100  # rows


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
    return _content(replace(request, table=request.table._replace(rows=rows)))


def _content(request: ExportRequest) -> bytes:
    """Return the file. A calendar that was exported to the same file before is updated. Raises `GmetuiError`."""
    table = request.table
    if request.format_name == "ics" and request.path is not None and file_kind(request.path) == "file":
        previous = read_user_file(request.path) or b""
        table = table._replace(occasion=table.occasion._replace(previous=previous))
    return export_file(table, request.format_name)


def ask_export(context: AppContext, shortlist: ExportTable, results: ExportTable | None) -> None:
    """Ask what to export and where, first offering the results if they are on screen, and export it.

    A long list shows its progress.
    """

    def export(request: ExportRequest) -> str | None:
        is_special = request.path is not None and file_kind(request.path) == "special"
        if not is_special and len(request.table.rows) < _MIN_ROWS_FOR_PROGRESS:
            content = _content(request)
            _write(request, content)
            _confirm(context, request, content)
        else:
            context.call_later(_export_in_thread, context, request)  # once the dialog is closed
        return None

    context.clear_notifications()
    occasion = ExportOccasion(clock.today(), revision=context.session.store.newest_revision)
    tables = {"results": results._replace(occasion=occasion._replace(revision=0))} if results else {}
    tables["shortlist"] = shortlist._replace(occasion=occasion)
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
    if request.format_name == "ics":
        from ...export.ics import calendar_summary  # slow to import

        count = calendar_summary(request.table)
    else:
        count = plural(len(request.table.rows), "program")
    if request.path is None:
        context.download(content, request.file_name)
        context.notify_status(f"Exported {count} to {sanitize(request.file_name)} in your browser's downloads")
    else:
        context.notify_status(f"Exported {count} to {short_path(request.path)}")
