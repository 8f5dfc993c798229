"""TOML: the format of a shortlist file, with a copy of the main facts under each program."""

from __future__ import annotations

from typing import Any

from ..shortlist.columns import column_table
from ..shortlist.entries import dates_table
from ..shortlist.toml_form import format_toml
from .table import COLUMNS, ExportRow, ExportTable, entry_data

_FILE_FORMAT = 1
#: Columns whose values are keys of the program's own table.
_PROGRAM_KEYS = frozenset(("rank", "program", "institution", "id"))


def write_toml(table: ExportTable) -> bytes:
    """Return `table` as TOML."""
    header: dict[str, Any] = {
        "format": _FILE_FORMAT,
        "title": table.title,
        "edition": table.catalog.edition.version,
    }
    if table.custom_columns:
        header["column"] = [column_table(column) for column in table.custom_columns]
    return format_toml(header, [_program_table(table, row) for row in table.rows]).encode()


def _program_table(table: ExportTable, row: ExportRow) -> dict[str, Any]:
    entry = row.entry
    personal_data = {}
    if table.is_shortlist:
        user_data = entry_data(entry) | dates_table(entry)
        personal_data = {key: value for key, value in user_data.items() if value}
    if entry.score is not None:
        personal_data["score"] = entry.score
    facts = {
        column.key: column.cell_text(row, table.catalog)
        for column in COLUMNS
        if not column.is_personal and column.key not in _PROGRAM_KEYS
    }
    if row.decision:
        facts["decision"] = row.decision
    identity = {"id": entry.id, "name": entry.name, "institution": entry.institution}
    return {**identity, **personal_data, "facts": facts}
