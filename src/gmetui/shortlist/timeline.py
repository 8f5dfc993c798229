"""The dates of a list in one line of time: a person's own beside those that pages state, what comes next first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..catalog.items import When
from ..catalog.models import Catalog
from .entries import Entry, Shortlist


class Moment(NamedTuple):
    """A date, or a span of days, of a listed program. `own`: the person's, not a page's."""

    first: date
    last: date
    what: str
    entry: Entry
    own: bool
    cycle: str | None = None


def span_of(when: When) -> tuple[date, date] | None:
    """Return the first and the last day of a stated date, or None where it has no days or no year."""
    said = [text for text in (when.on or when.first, when.on or when.last) if text]
    try:
        days = [date.fromisoformat(text) for text in said]
    except ValueError:
        return None
    return (days[0], days[-1]) if days and days[0] <= days[-1] else None


def moments(catalog: Catalog, shortlist: Shortlist, today: date) -> list[Moment]:
    """Return the dates of a list: those to come, the next first, and then those gone by, the latest first."""
    found = [moment for entry in shortlist for moment in _of(catalog, entry)]
    to_come = sorted((own for own in found if own.last >= today), key=lambda own: (own.first, own.what))
    gone = sorted((own for own in found if own.last < today), key=lambda own: (own.last, own.what), reverse=True)
    return to_come + gone


def _of(catalog: Catalog, entry: Entry) -> Iterator[Moment]:
    for what, day in entry.dates:
        yield Moment(date.fromisoformat(day), date.fromisoformat(day), what, entry, own=True)
    program = catalog.program.get(entry.id)
    stated: set[tuple[object, ...]] = set()
    for deadline in program.deadlines if program else ():
        for when in deadline.dates:
            span = span_of(when)
            mark = (when.what, span, deadline.cycle)
            if span is not None and mark not in stated:  # two sentences of a page may name one date
                stated.add(mark)
                yield Moment(*span, when.what, entry, own=False, cycle=deadline.cycle)


def distance(moment: Moment, today: date) -> str:
    """Say how far off a moment is: "today", "in 12 days", "3 months ago"."""
    if moment.first <= today <= moment.last:
        return "today" if moment.first == moment.last else "now"
    days = (moment.first - today).days if moment.first > today else (today - moment.last).days
    if days < _DAYS:
        words = f"{days} day{'s' * (days != 1)}"
    elif days < _YEAR:
        words = f"{round(days / _MONTH)} month{'s' * (round(days / _MONTH) != 1)}"
    else:
        words = f"{round(days / _YEAR)} year{'s' * (round(days / _YEAR) != 1)}"
    return f"in {words}" if moment.first > today else f"{words} ago"


_DAYS, _MONTH, _YEAR = 60, 30.44, 365
