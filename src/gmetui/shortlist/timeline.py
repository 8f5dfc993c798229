"""The dates of a shortlist as one timeline: the user's own and the published ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.items import DatedEvent
from ..text import plural
from .date_entry import stored_day
from .entries import Entry, Shortlist

_DAYS_PER_MONTH, _DAYS_PER_YEAR = 30.44, 365
_MAX_COUNTED_DAYS = 59  # longer distances are given in months


class TimelineEvent(NamedTuple):
    """A date of a listed program, or a span of days. `is_custom`: the user entered it; otherwise it was published."""

    first: date
    last: date
    label: str
    entry: Entry
    is_custom: bool
    cycle: str | None = None
    time_text: str = ""  # "09:30", or "" for all day

    @property
    def iso_text(self) -> str:
        """The first day, and the time if there is one, as `format_date` takes it."""
        return f"{self.first.isoformat()}T{self.time_text}" if self.time_text else self.first.isoformat()


def span_of(event: DatedEvent) -> tuple[date, date] | None:
    """Return the first and last day of a published date, or None if it lacks a year or a day, or ends too early."""
    texts = [text for text in (event.on or event.first, event.on or event.last) if text]
    try:
        days = [date.fromisoformat(text) for text in texts]
    except ValueError:
        return None
    return (days[0], days[-1]) if days and days[0] <= days[-1] else None


def timeline(catalog: Catalog, shortlist: Shortlist, today: date) -> list[TimelineEvent]:
    """Return the events of a list: current and future ones first, soonest on top, then past ones, latest on top."""
    events = [event for entry in shortlist for event in _events_of(catalog, entry)]
    upcoming = sorted(
        (event for event in events if event.last >= today), key=lambda event: (event.iso_text, event.label)
    )
    past = sorted(
        (event for event in events if event.last < today), key=lambda event: (event.last, event.label), reverse=True
    )
    return upcoming + past


def _events_of(catalog: Catalog, entry: Entry) -> Iterator[TimelineEvent]:
    for label, when in entry.dates:
        day = stored_day(when)
        yield TimelineEvent(day, day, label, entry, is_custom=True, time_text=when[11:])
    program = catalog.program.get(entry.id)
    seen: set[tuple[object, ...]] = set()
    for deadline in program.deadlines if program else ():
        for published in deadline.dates:
            span = span_of(published)
            event_key = (published.what, span, deadline.cycle)
            if span is not None and event_key not in seen:  # two sentences of a page may give the same date
                seen.add(event_key)
                yield TimelineEvent(*span, published.what, entry, is_custom=False, cycle=deadline.cycle)


def relative_time(event: TimelineEvent, today: date) -> str:
    """Return how far away an event is."""
    return distance_text(event.first, event.last, today)


def distance_text(first: date, last: date, today: date) -> str:
    """Return how far away a span is: "today", "in 12 days", "3 months ago"; "now" while it lasts."""
    if first <= today <= last:
        return "today" if first == last else "now"
    is_upcoming = first > today
    days = (first - today if is_upcoming else today - last).days
    if days <= _MAX_COUNTED_DAYS:
        distance = plural(days, "day")
    elif days < _DAYS_PER_YEAR:
        distance = plural(round(days / _DAYS_PER_MONTH), "month")
    else:
        distance = plural(round(days / _DAYS_PER_YEAR), "year")
    return f"in {distance}" if is_upcoming else f"{distance} ago"
