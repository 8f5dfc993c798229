"""The facts that decide between programs, as JSON, beside every field of the comparison."""

from __future__ import annotations

from typing import Any

from ..documents.comparison import Comparison, DecidingRow
from ..documents.deciding_facts import DecidingFact
from .json_report import sources_json


def deciding_facts_json(comparison: Comparison) -> dict[str, Any]:
    """Return what all programs share, the rows that differ, and what nobody publishes."""
    return {
        "common": [_common_json(deciding_row) for deciding_row in comparison.common],
        "deciding": [_row_json(deciding_row) for deciding_row in comparison.rows],
        "not_published": [deciding_row.key for deciding_row in comparison.unpublished],
    }


def _common_json(deciding_row: DecidingRow) -> dict[str, Any]:
    return {"fact": deciding_row.key, "label": deciding_row.label, "summary": deciding_row.common_text}


def _row_json(deciding_row: DecidingRow) -> dict[str, Any]:
    return {
        "fact": deciding_row.key,
        "label": deciding_row.label,
        "note": deciding_row.note or None,
        "values": [_fact_json(deciding_fact) for deciding_fact in deciding_row.facts],
    }


def _fact_json(deciding_fact: DecidingFact) -> dict[str, Any] | None:
    """Return a fact with everything behind it, or None where nobody publishes it."""
    if deciding_fact.summary is None:
        return None
    cited = dict.fromkeys(citation for value in deciding_fact.details for citation in value.citations)
    document: dict[str, Any] = {
        "summary": deciding_fact.text,
        "details": [value.measured_text for value in deciding_fact.details],
        "sources": sources_json(tuple(cited)),
    }
    return document if deciding_fact.amount is None else document | {"amount": deciding_fact.amount}
