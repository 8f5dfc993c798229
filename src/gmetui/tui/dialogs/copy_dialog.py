"""The dialog that copies a list to the clipboard."""

from __future__ import annotations

from ...export.formats import export_table
from ...export.table import ExportTable
from ...text import plural
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog

_OPTIONS = (
    ListOption("text", "Text"),
    ListOption("markdown", "Markdown"),
    ListOption("tsv", "A table for a spreadsheet"),
)


def copy_table(context: AppContext, table: ExportTable) -> None:
    """Choose a format, and copy a list in it to the clipboard."""

    def copy(option: ListOption) -> None:
        message = context.copy_text(export_table(table, option.key).decode())
        context.notify_status(f"{message}: {plural(len(table.rows), 'program')}")

    context.open_dialog(OptionDialog("Copy as", "enter copies · esc closes", lambda: _OPTIONS, copy))
