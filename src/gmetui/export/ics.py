"""The dates of a list as a calendar file (RFC 5545): one all-day event for each dated deadline and each user's date.

Dates without a day or a year cannot be calendar events and are omitted; the calendar's description counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import icalendar

from ..catalog.catalog import Catalog
from ..catalog.facts import citations, item_citations, source_name
from ..catalog.items import DatedEvent, Deadline
from ..catalog.models import Program
from ..shortlist.timeline import span_of
from ..text import plural, sanitize
from .table import ExportRow, ExportTable


def write_ics(table: ExportTable) -> bytes:
    """Return the dates of a table's programs as an .ics file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//gmetui//programs//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", sanitize(table.title))
    omitted = 0
    event_uids: set[str] = set()
    for row in table.rows:
        for label, day in row.entry.dates:
            calendar.add_component(_user_event(table.catalog, row, label, date.fromisoformat(day)))
        for deadline in row.program.deadlines if row.program else ():
            spans = [(when, span) for when in deadline.dates if (span := span_of(when)) is not None]
            omitted += len(deadline.dates) - len(spans) if deadline.dates else 1
            for when, span in spans:
                event = _deadline_event(table.catalog, row, deadline, when, span)
                uid = str(event["uid"])
                if uid not in event_uids:  # two deadlines of a program may name the same date
                    event_uids.add(uid)
                    calendar.add_component(event)
    if omitted:
        calendar.add("x-wr-caldesc", f"{plural(omitted, 'date')} without a day or a year omitted.")
    content: bytes = calendar.to_ical()
    return content


def _add_days(event: icalendar.Event, first: date, last: date) -> None:
    event.add("dtstart", first)
    if last < date.max:  # RFC 5545: the day after the last; without it, an event is one day long
        event.add("dtend", last + timedelta(days=1))


def _user_event(catalog: Catalog, row: ExportRow, label: str, day: date) -> icalendar.Event:
    """Return the event of a date that the user added."""
    event = icalendar.Event()
    event.add("summary", sanitize(f"{_capitalized(label)}: {row.entry.name}"))
    _add_days(event, day, day)
    event.add("uid", _uid(f"own {row.entry.id} {label}"))
    event.add("dtstamp", _timestamp(catalog))
    event.add("description", "A date you added to your shortlist.")
    return event


def _deadline_event(
    catalog: Catalog, row: ExportRow, deadline: Deadline, when: DatedEvent, span: tuple[date, date]
) -> icalendar.Event:
    """Return the event of a published date."""
    program = row.program
    assert program is not None
    first, last = span
    name = f"{program.name}, {catalog.institution[program.institution].short_name}"
    cycle = f" ({deadline.cycle})" if deadline.cycle else ""
    event = icalendar.Event()
    event.add("summary", sanitize(f"{_capitalized(when.what)}: {name}{cycle}"))
    _add_days(event, first, last)
    event.add("uid", _uid(f"{program.id} {when.what} {first} {last} {deadline.cycle or ''}"))
    event.add("dtstamp", _timestamp(catalog))
    event.add("transp", "TRANSPARENT")
    event.add("description", sanitize("\n".join(_description(catalog, row, program, deadline)), keep_newlines=True))
    if program.url:
        event.add("url", sanitize(program.url))
    return event


def _description(catalog: Catalog, row: ExportRow, program: Program, deadline: Deadline) -> Iterator[str]:
    yield deadline.text
    item_sources = item_citations(catalog, deadline)
    for citation in item_sources or citations(catalog, program.provenance, program.provenance.sources_of("deadlines")):
        yield f"Source: {source_name(citation.source)} {citation.source.url or ''} ({citation.date})"
    if deadline.third_party:
        yield "Third-party source only."
    if row.entry.status:
        yield f"Your status: {row.entry.status}"
    yield "Confirm this date with the program before you rely on it."


def _capitalized(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}"


def _uid(identity: str) -> str:
    """Return an id that stays the same, so that a new export updates the events of an earlier one."""
    return f"{sha256(identity.encode()).hexdigest()[:32]}@gmetui"


def _timestamp(catalog: Catalog) -> datetime:
    """Return the date of the data as the time of creation, so that the same list always gives the same file."""
    try:
        return datetime.fromisoformat(catalog.edition.date).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
