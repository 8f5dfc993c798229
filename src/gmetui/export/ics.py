"""The dates of a list as a calendar file (RFC 5545): each date that a page states with its year, as an all-day event.

Dates without a day or a year cannot stand in a calendar and are left out; the number of them is said in its
description.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import icalendar

from ..catalog.facts import citations, item_citations, source_name
from ..catalog.items import Deadline, When
from ..catalog.models import Catalog, Program
from ..shortlist.timeline import span_of
from ..text import clean
from .table import Row, Sheet


def calendar(sheet: Sheet) -> bytes:
    """Return the dates of a sheet's programs as an .ics file."""
    found = icalendar.Calendar()
    found.add("prodid", "-//gmetui//programs//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", clean(sheet.title))
    left_out = 0
    seen: set[str] = set()
    for row in sheet.rows:
        for what, day in row.entry.dates:
            found.add_component(_own_event(sheet.catalog, row, what, date.fromisoformat(day)))
        if row.program is None:
            continue
        for deadline in row.program.deadlines:
            spans = [(when, span) for when in deadline.dates if (span := span_of(when)) is not None]
            left_out += len(deadline.dates) - len(spans) or (not deadline.dates)
            for when, span in spans:
                event = _event(sheet.catalog, row, row.program, deadline, when, span)
                uid = str(event["uid"])
                if uid not in seen:  # two sentences of a page may name one date
                    seen.add(uid)
                    found.add_component(event)
    if left_out:
        found.add("x-wr-caldesc", f"{left_out} dates are stated without a day or a year and are not in this calendar.")
    whole: bytes = found.to_ical()
    return whole


def _own_event(catalog: Catalog, row: Row, what: str, day: date) -> icalendar.Event:
    """Return a date of the person's own."""
    event = icalendar.Event()
    event.add("summary", clean(f"{what[:1].upper()}{what[1:]}: {row.entry.name}"))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("uid", f"{sha256(f'own {row.entry.id} {what}'.encode()).hexdigest()[:32]}@gmetui")
    event.add("dtstamp", _stamp(catalog))
    event.add("description", "Your own date, from your list.")
    return event


def _event(
    catalog: Catalog, row: Row, program: Program, deadline: Deadline, when: When, span: tuple[date, date]
) -> icalendar.Event:
    first, last = span
    event = icalendar.Event()
    name = f"{program.name}, {catalog.institution[program.institution].short}"
    cycle = f" ({deadline.cycle})" if deadline.cycle else ""
    event.add("summary", clean(f"{when.what[:1].upper()}{when.what[1:]}: {name}{cycle}"))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the day after the last, as RFC 5545 has it
    mark = f"{program.id} {when.what} {first} {last} {deadline.cycle or ''}"
    event.add("uid", f"{sha256(mark.encode()).hexdigest()[:32]}@gmetui")
    event.add("dtstamp", _stamp(catalog))
    event.add("transp", "TRANSPARENT")
    event.add("description", clean("\n".join(_words(catalog, row, program, deadline)), lines=True))
    if program.url:
        event.add("url", clean(program.url))
    return event


def _words(catalog: Catalog, row: Row, program: Program, deadline: Deadline) -> Iterator[str]:
    yield deadline.text
    own = item_citations(catalog, deadline)
    for cited in own or citations(catalog, program.provenance, program.provenance.pages("deadlines")):
        yield f"Source: {source_name(cited.source)} {cited.source.url or ''} ({cited.date})"
    if deadline.third_party:
        yield "Said by a third party only."
    if row.entry.status:
        yield f"Your status: {row.entry.status}"
    yield "Ask the program before you rely on a date."


def _stamp(catalog: Catalog) -> datetime:
    """Return when this was true: the day of the data, so that the same list gives the same file."""
    try:
        return datetime.fromisoformat(catalog.edition.date).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
