"""Entries that stand in for programs that were never in the data: an import keeps a row as it is.

Entries of programs that have left the data look the same otherwise: an id without a program.
"""

from __future__ import annotations

STAND_IN_PREFIX = "stand-in-"


def is_stand_in(program_id: str) -> bool:
    """Tell whether the id is that of an entry without a program in the data, now or before."""
    return program_id.startswith(STAND_IN_PREFIX)


def absence_text(program_id: str) -> str:
    """Return what to say of a listed program that the catalog doesn't have."""
    return "not in the data" if is_stand_in(program_id) else "no longer in the data"
