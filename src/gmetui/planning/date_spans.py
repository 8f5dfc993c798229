"""Dates that may be known by the year or the month alone: what they say for certain, and what they leave open."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")
_DECEMBER = 12


class DateSpan(NamedTuple):
    """The days that a date can mean, the first and the last included: one day, a month, or a year."""

    first: date
    last: date


@lru_cache(maxsize=256)
def partial_date(text: str) -> DateSpan | None:
    """Return the days that "2027", "2027-05" or "2027-05-20" can mean, or None for any other text."""
    match = _PARTIAL_DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    try:
        if month and day:
            return DateSpan(date(year, month, day), date(year, month, day))
        return month_span(year, month) if month else DateSpan(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


@lru_cache(maxsize=256)
def month_span(year: int, month: int) -> DateSpan:
    """Return all days of a month."""
    return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def months_between(earlier: date, later: date) -> int:
    """Return the months from one month to another, negative where the second comes first."""
    return (later.year - earlier.year) * _DECEMBER + later.month - earlier.month


@lru_cache(maxsize=256)
def years_and_months(months: int) -> str:
    """Return a number of months in words: "7 years 3 months", "1 year", "less than a month"."""
    years, remaining = divmod(months, _DECEMBER)
    parts = []
    if years:
        parts.append(f"{years} year{'s' if years > 1 else ''}")
    if remaining:
        parts.append(f"{remaining} month{'s' if remaining > 1 else ''}")
    return " ".join(parts) or "less than a month"
