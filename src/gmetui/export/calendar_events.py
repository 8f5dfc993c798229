"""What all calendar files share (RFC 5545): ids that stay, numbers that rise, alarms, and canceled events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import icalendar

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..shortlist.timeline import span_of

#: Days before a deadline or a result on which a calendar reminds.
REMINDERS = (7, 1)
_DATA_EPOCH = date(2020, 1, 1)  # the data has no earlier edition
_COMPARED = ("summary", "dtstart", "dtend", "status", "description", "url", "location", "categories")


def hashed_uid(identity: str) -> str:
    """Return an id that stays the same, so that a new export updates the events of an earlier one."""
    return f"{sha256(identity.encode()).hexdigest()[:32]}@gmetui"


def published_uid(program: Program, cycle: str | None, what: str, span: tuple[date, date]) -> str:
    """Return the id of a published date: it stays when the date moves, as long as its place among like dates does."""
    spans = {
        other_span
        for deadline in program.deadlines
        for published in deadline.dates
        if (published.what, deadline.cycle) == (what, cycle) and (other_span := span_of(published)) is not None
    }
    return hashed_uid(f"published {program.id} {what} {cycle or ''} {sorted(spans).index(span)}")


def edition_time(catalog: Catalog) -> datetime:
    """Return the date of the data as the time of creation, so that the same list always gives the same file."""
    try:
        return datetime.fromisoformat(catalog.edition.date).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)


def edition_number(catalog: Catalog) -> int:
    """Return a number that is higher for every later edition of the data: its day, counted from 2020."""
    return max(0, (edition_time(catalog).date() - _DATA_EPOCH).days)


def add_alarms(event: icalendar.Event, triggers: Iterable[timedelta]) -> None:
    """Add a reminder for each distance from the start of an event; a negative one is before it."""
    for trigger in triggers:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event["summary"])
        alarm.add("trigger", trigger)
        event.add_component(alarm)


def last_day(event: icalendar.Event) -> date:
    """Return the last day of an event."""
    start, end = event.decoded("dtstart"), event.decoded("dtend", None)
    if isinstance(start, datetime):
        return start.date()
    last: date = end - timedelta(days=1) if isinstance(end, date) else start
    return last


def numbered_events(events: Iterable[icalendar.Event], previous: bytes) -> Iterator[icalendar.Event]:
    """Yield events with their SEQUENCE numbers: higher than in the previous calendar where something changed."""
    earlier_events = _events_of(previous)
    for event in events:
        earlier = earlier_events.get(str(event["uid"]))
        if earlier is not None:
            number = int(earlier.get("sequence", 0))
            is_same = _content(earlier) == _content(event)
            event["sequence"] = number if is_same else max(number + 1, int(event.get("sequence", 0)))
        yield event


def canceled_events(calendar: icalendar.Calendar, previous: bytes) -> list[icalendar.Event]:
    """Return the events that the previous calendar of the same name has and `calendar` lacks, canceled.

    Those that were canceled before stay out.
    """
    earlier_calendar = _calendar(previous)
    if earlier_calendar is None or earlier_calendar.get("x-wr-calname") != calendar.get("x-wr-calname"):
        return []
    uids = {str(event["uid"]) for event in calendar.walk("VEVENT")}
    canceled = []
    for uid, earlier in _events_of(previous).items():
        if uid not in uids and uid.endswith("@gmetui") and str(earlier.get("status")) != "CANCELLED":
            earlier["sequence"] = int(earlier.get("sequence", 0)) + 1
            earlier.pop("status", None)
            earlier.add("status", "CANCELLED")
            earlier.subcomponents.clear()
            canceled.append(earlier)
    return canceled


def _calendar(content: bytes) -> icalendar.Component | None:
    try:
        return icalendar.Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError):
        return None


def _events_of(content: bytes) -> dict[str, icalendar.Event]:
    """Return the events of an earlier export by UID; a file that is no calendar has none."""
    calendar = _calendar(content) if content else None
    if calendar is None:
        return {}
    events = (component for component in calendar.walk("VEVENT") if isinstance(component, icalendar.Event))
    return {str(event["uid"]): event for event in events if "uid" in event and "dtstart" in event}


def _content(event: icalendar.Event) -> list[object]:
    return [event[key].to_ical() if key in event else None for key in _COMPARED]
