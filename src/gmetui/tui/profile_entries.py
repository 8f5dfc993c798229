"""What the tables of a profile are called, and how an exam or a certificate can stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..planning.profile_edits import NAME_KEYS

TABLE_NAMES: Mapping[str, str] = {
    "exam": "exam",
    "certificate": "certificate",
    "training": "training",
    "license": "license",
    "clinical": "clinical experience",
}


class EntryState(NamedTuple):
    """How an exam or a certificate stands: the key that says so, and whether a date belongs to it."""

    key: str
    label: str
    detail: str
    has_date: bool = True


ENTRY_STATES: Mapping[str, tuple[EntryState, ...]] = {
    "exam": (
        EntryState("passed", "Passed", "asks for the date"),
        EntryState("planned", "Planned", "asks for the date"),
        EntryState("taken", "Neither taken nor planned", "you have none", has_date=False),
    ),
    "certificate": (
        EntryState("issued", "Issued", "asks for the date"),
        EntryState("expected", "Expected", "asks for the date"),
    ),
}


def entry_label(entry: Any, table: str) -> str:
    """Return what an entry is called: "USMLE Step 1", "MA"."""
    return str(getattr(entry, NAME_KEYS[table], None) or TABLE_NAMES[table])
