"""Application cycles, such as "2026-27", which leads to the 2027 Match and to training from July 2027."""

from __future__ import annotations

import re
from datetime import date

_CYCLE = re.compile(r"(\d{4})-(\d{2})\Z")
_FIRST_MONTH = 7  # July: the season of the next year's positions is on


def current_cycle(today: date) -> str:
    """Return the cycle that leads to the next July."""
    return cycle_name(today.year if today.month >= _FIRST_MONTH else today.year - 1)


def cycle_name(year: int) -> str:
    """Return the cycle that begins in a year: "2026-27"."""
    return f"{year}-{(year + 1) % 100:02}"


def first_year(cycle: str) -> int | None:
    """Return the year in which a cycle begins, or None for anything but a cycle of two years."""
    match = _CYCLE.match(cycle)
    return int(match[1]) if match and cycle_name(int(match[1])) == cycle else None


def cycle_order(cycle: str) -> tuple[int, str]:
    """Return a key that sorts cycles and bare years by time; what names no year comes first."""
    year = re.match(r"\d{4}", cycle)
    return int(year[0]) if year else 0, cycle


def match_year(cycle: str) -> int | None:
    """Return the year of the match that a cycle leads to: 2027 for "2026-27"."""
    year = first_year(cycle)
    return None if year is None else year + 1
