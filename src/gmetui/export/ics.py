"""The dates of a list as a calendar file (RFC 5545): one event for each dated deadline and each date of the user.

The calendar of a shortlist also has the dates of the services that its programs use, in the cycle of the data.
Past dates are omitted unless the occasion of the export asks for them. Dates without a day or a year cannot be calendar
events; the calendar's description counts them.

An event keeps its UID when its day changes, and then has a higher SEQUENCE, so that a calendar updates it in place. A
user's date is numbered with the newest version of the list, a published one also with the day of the data; both rise.
Where the calendar that was exported before is known, a changed event is also numbered above the one there, and an
event that is gone is canceled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

import icalendar

from ..catalog.catalog import Catalog
from ..catalog.facts import citations, item_citations, source_name
from ..catalog.items import DatedEvent, Deadline
from ..catalog.models import Program
from ..planning.season_plan import plan_season
from ..shortlist.date_entry import stored_day
from ..shortlist.entries import entry_title
from ..shortlist.timeline import span_of
from ..text import plural, sanitize
from .calendar_events import (
    REMINDERS,
    add_alarms,
    canceled_events,
    edition_number,
    edition_time,
    hashed_uid,
    last_day,
    numbered_events,
    published_uid,
)
from .season_ics import service_events
from .table import ExportRow, ExportTable

_BEFORE_A_TIME = timedelta(hours=-1)


class CalendarDates(NamedTuple):
    """The events of a calendar, and how many dates are omitted: past ones, and those without a day or a year."""

    events: tuple[icalendar.Event, ...]
    past_count: int
    undated_count: int


def write_ics(table: ExportTable) -> bytes:
    """Return the dates of a table's programs as an .ics file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//gmetui//programs//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", sanitize(table.title))
    dates = calendar_dates(table)
    for event in dates.events:
        calendar.add_component(event)
    if table.occasion.day:
        for event in canceled_events(calendar, table.occasion.previous):
            if last_day(event) >= table.occasion.day:
                calendar.add_component(event)
    if dates.undated_count:
        calendar.add("x-wr-caldesc", f"{plural(dates.undated_count, 'date')} without a day or a year omitted.")
    content: bytes = calendar.to_ical()
    return content


def calendar_summary(table: ExportTable) -> str:
    """Return how many dates the calendar of a table has, and how many are omitted: "3 dates (2 past dates omitted)"."""
    dates = calendar_dates(table)
    omitted = []
    if dates.past_count:
        omitted.append(f"{plural(dates.past_count, 'past date')} omitted")
    if dates.undated_count:
        omitted.append(f"{dates.undated_count:,} without a day or a year")
    count = plural(len(dates.events), "date")
    return f"{count} ({', '.join(omitted)})" if omitted else count


def calendar_dates(table: ExportTable) -> CalendarDates:
    """Return the events of a table, numbered, those of one program together."""
    events: dict[str, icalendar.Event] = {}  # by UID: two deadlines of a program may name the same date
    undated_count = 0
    for row in table.rows:
        for label, iso_text in row.entry.dates:
            event = _user_event(table, row, label, iso_text)
            events[str(event["uid"])] = event
        for deadline in row.program.deadlines if row.program else ():
            spans = [(when, span) for when in deadline.dates if (span := span_of(when)) is not None]
            undated_count += len(deadline.dates) - len(spans) if deadline.dates else 1
            for when, span in spans:
                event = _deadline_event(table, row, deadline, when, span)
                events.setdefault(str(event["uid"]), event)
    if table.is_shortlist and any(row.program for row in table.rows):
        entries = [row.entry for row in table.rows]
        plan = plan_season(table.catalog, entries, table.occasion.day or edition_time(table.catalog).date())
        events |= {str(event["uid"]): event for event in service_events(table.catalog, plan)}
    numbered = numbered_events(events.values(), table.occasion.previous)
    exported = tuple(event for event in numbered if _is_exported(table, event))
    return CalendarDates(exported, len(events) - len(exported), undated_count)


def _is_exported(table: ExportTable, event: icalendar.Event) -> bool:
    occasion = table.occasion
    return occasion.has_past_dates or occasion.day is None or last_day(event) >= occasion.day


def _add_days(event: icalendar.Event, first: date, last: date) -> None:
    event.add("dtstart", first)
    if last < date.max:  # RFC 5545: the day after the last; without it, an event is one day long
        event.add("dtend", last + timedelta(days=1))


def _user_event(table: ExportTable, row: ExportRow, label: str, iso_text: str) -> icalendar.Event:
    """Return the event of a date that the user added: all day, or from its time on in the calendar's time zone."""
    catalog = table.catalog
    event = icalendar.Event()
    event.add("uid", hashed_uid(f"own {row.entry.id} {label}"))
    event.add("sequence", table.occasion.revision)
    event.add("dtstamp", edition_time(catalog))
    event.add("summary", sanitize(f"{_capitalized(label)}: {entry_title(catalog, row.entry)}"))
    day = stored_day(iso_text)
    has_time = len(iso_text) > len(day.isoformat())
    if has_time:
        event.add("dtstart", datetime.fromisoformat(iso_text))
    else:
        _add_days(event, day, day)
    lines = ["A date you added to your shortlist.", f"Your status: {row.entry.status}" if row.entry.status else ""]
    event.add("description", sanitize("\n".join(filter(None, lines)), keep_newlines=True))
    _add_place(event, catalog, row)
    add_alarms(event, (timedelta(days=-1), _BEFORE_A_TIME) if has_time else _days_before(1))
    return event


def _deadline_event(
    table: ExportTable, row: ExportRow, deadline: Deadline, when: DatedEvent, span: tuple[date, date]
) -> icalendar.Event:
    """Return the event of a published date."""
    catalog, program = table.catalog, row.program
    assert program is not None
    first, last = span
    cycle = f" ({deadline.cycle})" if deadline.cycle else ""
    event = icalendar.Event()
    event.add("uid", published_uid(program, deadline.cycle, when.what, span))
    event.add("sequence", edition_number(catalog) + table.occasion.revision)  # it has the user's status too
    event.add("dtstamp", edition_time(catalog))
    event.add("summary", sanitize(f"{_capitalized(when.what)}: {catalog.title_of(program)}{cycle}"))
    _add_days(event, first, last)
    event.add("transp", "TRANSPARENT")
    event.add("description", sanitize("\n".join(_description(catalog, row, program, deadline)), keep_newlines=True))
    _add_place(event, catalog, row)
    add_alarms(event, _days_before(*REMINDERS))
    return event


def _add_place(event: icalendar.Event, catalog: Catalog, row: ExportRow) -> None:
    """Add the hospital with its city, and the page of the program."""
    program = row.program
    if program is None:
        location = row.entry.institution
    else:
        location = ", ".join(
            filter(None, (catalog.institution[program.institution].name, *catalog.location_of(program)))
        )
        if program.url:
            event.add("url", sanitize(program.url))
    if location:
        event.add("location", sanitize(location))


def _days_before(*days: int) -> tuple[timedelta, ...]:
    """Return nine in the morning so many days before an event that lasts all day, as distances from its midnight."""
    return tuple(timedelta(hours=9) - timedelta(days=number) for number in days)


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
