"""JSON: each program with all its facts and sources, and with the user's notes when it is a shortlist."""

from __future__ import annotations

import json
from typing import Any

from ..reports.json_report import program_json
from ..shortlist.columns import column_table
from .table import ExportRow, ExportTable, edition_day, entry_data


def write_json(table: ExportTable) -> bytes:
    """Return `table` as JSON."""
    edition = table.catalog.edition
    document: dict[str, Any] = {
        "title": table.title,
        "edition": {"version": edition.version, "date": edition.date},
    }
    if table.is_shortlist:
        document["columns"] = [column_table(column) for column in table.custom_columns]
    document["programs"] = [_row_json(table, row) for row in table.rows]
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _row_json(table: ExportTable, row: ExportRow) -> dict[str, Any]:
    document: dict[str, Any] = {"rank": row.rank}
    if table.is_shortlist:
        document |= entry_data(row.entry) | _score_json(row)
    if row.decision:
        document["decision"] = row.decision
    if row.program is not None:
        document |= program_json(table.catalog, row.program, edition_day(table.catalog))
    else:
        institution = {"id": None, "name": row.entry.institution}
        document |= {"id": row.entry.id, "name": row.entry.name, "institution": institution}
    return document | {"in_data": row.program is not None}


def _score_json(row: ExportRow) -> dict[str, Any]:
    if row.score is None:
        return {}
    return {
        "score": row.score.value,
        "score_by_hand": row.score.is_manual,
        "lacks": list(row.score.violations),
    }
