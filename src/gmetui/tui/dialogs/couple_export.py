"""The dialog that exports the rows of a couple: one file with both halves, or one for each."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path

from ...errors import GmetuiError
from ...export.couple import COUPLE_WRITERS, CoupleTable
from ...planning.couple_lists import PARTNERS
from ...planning.couples import CouplePlan
from ...storage.output_file import output_path, write_output
from ...text import plural
from ..context import AppContext
from .file_picker import file_kind, short_path, target_text
from .prompt_dialog import ask_text

_FILE_NAME = "gmetui-couple.xlsx"
_FORMATS: Mapping[str, str] = {".xlsx": "xlsx", ".csv": "csv", ".tsv": "tsv", ".txt": "text", ".json": "json"}
_DESCRIPTION = "Both lists: a workbook (.xlsx), a table (.csv, .tsv), text to type from (.txt), or .json."


def ask_couple_file(context: AppContext, plan: CouplePlan) -> None:
    """Ask for the name of a file, and write both halves; in the browser, download them."""
    if context.is_web:
        context.download(_content(context, plan, "xlsx"), _FILE_NAME)
        context.notify_status(f"Exported {plural(len(plan.rows), 'row')} to {_FILE_NAME} in your browser's downloads")
        return
    confirmed: list[Path] = []

    def export(answer: str) -> str | None:
        try:
            return _export(context, plan, answer or _FILE_NAME, confirmed)
        except GmetuiError as error:
            return str(error).removeprefix("gmetui: ")

    rows = plural(len(plan.rows), "row")
    title = f"Export {rows} for each of you"
    ask_text(context, title, _DESCRIPTION, _FILE_NAME, export, text=_FILE_NAME, preview=target_text, is_selected=True)


def _export(context: AppContext, plan: CouplePlan, file_name: str, confirmed: list[Path]) -> str | None:
    """Write the file, or return why it isn't written; one that exists needs a second enter. Raises `GmetuiError`."""
    path = output_path(file_name)
    format_name = _FORMATS.get(path.suffix.casefold())
    if format_name is None:
        return f"Give the file one of these endings: {', '.join(_FORMATS)}."
    if file_kind(path) and path not in confirmed:
        confirmed.append(path)
        return f"{short_path(path)} exists. Enter replaces it."
    write_output(path, _content(context, plan, format_name))
    context.notify_status(f"Exported {plural(len(plan.rows), 'row')} to {short_path(path)}")
    return None


def _content(context: AppContext, plan: CouplePlan, format_name: str) -> bytes:
    content = COUPLE_WRITERS[format_name](CoupleTable(context.catalog, plan, PARTNERS))
    return BOM_UTF8 + content if format_name == "csv" else content
