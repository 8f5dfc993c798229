"""The dates of a season as calendar events (RFC 5545). What no official page states is tentative.

An event keeps its UID from one export to the next. With the calendar that was exported before, an event that changed
gets the next SEQUENCE number, and one that is gone is exported once more, as canceled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import icalendar

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.season import SeasonDate
from ..documents.season_document import event_citations
from ..documents.season_words import cycle_text, event_title, moment_text
from ..planning.season_plan import SeasonEvent, SeasonPlan
from ..text import sanitize
from .calendar_events import (
    REMINDERS,
    add_alarms,
    canceled_events,
    edition_time,
    hashed_uid,
    numbered_events,
    published_uid,
)

_REMINDED = ("deadline", "result")
_MORNING = timedelta(hours=9)  # of the day itself, for an event that lasts all day


def write_season_ics(
    catalog: Catalog, plan: SeasonPlan, reminders: Sequence[int] = REMINDERS, previous: bytes = b""
) -> bytes:
    """Return the events of a plan as an .ics file; `previous` is the file that was exported before."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//gmetui//season//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Season {cycle_text(plan.cycle)}")
    events = [calendar_event(catalog, season_event, reminders) for season_event in plan.events]
    for season_event in numbered_events(events, previous):
        calendar.add_component(season_event)
    for season_event in canceled_events(calendar, previous):
        calendar.add_component(season_event)
    content: bytes = calendar.to_ical()
    return content


def service_events(catalog: Catalog, plan: SeasonPlan) -> list[icalendar.Event]:
    """Return the events of services, for the calendar of a list."""
    return [
        calendar_event(catalog, season_event, REMINDERS) for season_event in plan.events if season_event.season_date
    ]


def calendar_event(catalog: Catalog, season_event: SeasonEvent, reminders: Sequence[int]) -> icalendar.Event:
    """Return an event of a plan as a calendar event."""
    calendar_item = icalendar.Event()
    calendar_item.add("uid", event_uid(catalog, season_event))
    calendar_item.add("sequence", 0)
    calendar_item.add("dtstamp", edition_time(catalog))
    calendar_item.add("summary", sanitize(event_title(catalog, season_event)))
    _add_time(calendar_item, season_event)
    calendar_item.add("transp", "TRANSPARENT")
    calendar_item.add("status", "TENTATIVE" if season_event.is_third_party else "CONFIRMED")
    calendar_item.add("description", sanitize("\n".join(_description(catalog, season_event)), keep_newlines=True))
    address = next((cited.source.url for cited in event_citations(catalog, season_event) if cited.source.url), None)
    if address:
        calendar_item.add("url", sanitize(address))
    if season_event.season_date:
        calendar_item.add("categories", [sanitize(catalog.service[season_event.season_date.service].name)])
        _add_alarms(calendar_item, season_event, season_event.season_date, reminders)
    return calendar_item


def event_uid(catalog: Catalog, season_event: SeasonEvent) -> str:
    """Return an id that stays the same: that of the date, or what identifies a date of the list."""
    if season_event.season_date:
        return f"{season_event.season_date.id}@gmetui"
    program_id = season_event.program_id
    if season_event.deadline is None:
        return hashed_uid(f"own {program_id} {season_event.what}")
    span = season_event.first, season_event.last
    return published_uid(catalog.program[ProgramId(program_id)], season_event.deadline.cycle, season_event.what, span)


def _add_time(calendar_item: icalendar.Event, season_event: SeasonEvent) -> None:
    """Add the start in UTC where there is a clock time, else all days; the reader's own time has no zone."""
    if season_event.instant is not None:
        calendar_item.add("dtstart", season_event.instant)
    elif season_event.time:
        calendar_item.add("dtstart", datetime.fromisoformat(f"{season_event.first.isoformat()}T{season_event.time}"))
    else:
        calendar_item.add("dtstart", season_event.first)
        if season_event.last < date.max:  # the day after the last; without it, an event is one day long
            calendar_item.add("dtend", season_event.last + timedelta(days=1))


def _description(catalog: Catalog, season_event: SeasonEvent) -> Iterator[str]:
    if season_event.is_third_party:
        page = _official_page(catalog, season_event)
        yield "Third party: no official page was read." + (f" Check at {page}" if page else "")
    if season_event.season_date and season_event.season_date.nature == "target":
        yield "A target, no deadline."
    if season_event.season_date and season_event.season_date.start:
        yield f"Training from {cycle_text(season_event.season_date.start)}."
    for other in season_event.alternatives:
        yield f"Another page has {moment_text(other.moment)}."
    yield season_event.deadline.text if season_event.deadline else season_event.text
    if season_event.season_date and season_event.season_date.note:
        yield season_event.season_date.note
    for citation in event_citations(catalog, season_event):
        yield f"Source: {citation.source.title or citation.source.id} {citation.source.url or ''} ({citation.date})"
    if season_event.origin == "yours":
        yield "A date you added to your shortlist."


def _official_page(catalog: Catalog, season_event: SeasonEvent) -> str:
    service = season_event.season_date.service if season_event.season_date else ""
    pages = (gap.look_at for gap in catalog.season.gaps if service in gap.services)
    return next(pages, "")


def _add_alarms(
    calendar_item: icalendar.Event, season_event: SeasonEvent, season_date: SeasonDate, reminders: Sequence[int]
) -> None:
    on_the_day = timedelta(0) if season_event.instant else _MORNING
    if season_date.nature in _REMINDED:
        triggers = [on_the_day - timedelta(days=days) for days in reminders]
    else:
        triggers = [on_the_day] if season_date.nature == "opening" else []
    add_alarms(calendar_item, triggers)
