"""Events of a service's calendar as dates of its seasons, in a data file.

Nothing is claimed that the calendar doesn't say: what an event is about, and whether it is a deadline, follows from
plain words of its title, or stays "other". Times are on the clock of the East or the West.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..catalog.vocabulary import ZONE_NAMES
from .data_file import Tables
from .readers.calendar_file import CalendarEvent

_UNKNOWN = "other"
_FIRST_MONTH = 7  # an application year begins in July
_OWN_SUFFIX = "@gmetui"
_NEGATION = re.compile(r"\b(?:no|not|before|after|without)\b", re.IGNORECASE)
#: The words that say what kind of date an event is. A title with words of two kinds says nothing.
_NATURE_WORDS: Mapping[str, str] = {
    "deadline": r"\bdeadlines?\b|\bdue\b|\blast day\b|\bcloses?\b",
    "opening": r"\bopens?\b|\bopening\b",
    "release": r"\breleased?\b",
    "result": r"\bmatch day\b|\bresults?\b",
}
_SUBJECT_WORDS: Mapping[str, str] = {
    "application": r"\bappl(?:y|ications?)\b",
    "registration": r"\bregist(?:er|rations?)\b",
    "rank list": r"\brank(?:ing|s)?\b|\brank(?:ing)? (?:order )?lists?\b",
    "interview": r"\binterviews?\b",
    "match": r"\bmatch day\b|\bmatch results?\b",
    "documents": r"\bdocuments?\b|\btranscripts?\b|\bletters?\b",
    "quota": r"\bquotas?\b",
}


class Calendar(NamedTuple):
    """The calendar of a service: the day it was imported, and the events of each file by its name."""

    service: str
    imported_on: date
    events_by_file: Mapping[str, Sequence[CalendarEvent]]


def is_own_event(event: CalendarEvent) -> bool:
    """Tell whether gmetui exported an event: it repeats what is in the data, and is no source of it."""
    return event.uid.endswith(_OWN_SUFFIX)


def calendar_tables(calendar: Calendar, service_name: str) -> Tables:
    """Return the tables of the data file of a calendar. A page is the address of an event, or else its file."""
    page_ids: dict[tuple[str, str], str] = {}
    dates: dict[str, dict[str, Any]] = {}
    for file_name, events in calendar.events_by_file.items():
        for event in events:
            page_id = page_ids.setdefault((file_name, event.url), f"calendar-{calendar.service}-{len(page_ids) + 1}")
            date_table = _date_table(calendar, event, page_id)
            dates.setdefault(date_table["id"], date_table)
    imported_on = calendar.imported_on.isoformat()
    pages = [
        {
            "id": page_id,
            "url": url,
            "title": f"Calendar file {file_name}",
            "publisher": "third-party",  # until it is read: the reviewed hosts decide
            "as_of": imported_on,
        }
        for (file_name, url), page_id in page_ids.items()
    ]
    head = {
        "title": f"Calendar of {service_name}",
        "file": ", ".join(calendar.events_by_file),
        "programs": 0,
        "brought": imported_on,
    }
    sorted_dates = sorted(dates.values(), key=lambda table: (table.get("on") or table["first"], table["text"]))
    return {"import": [head], "page": pages, "date": sorted_dates}


def _date_table(calendar: Calendar, event: CalendarEvent, page_id: str) -> dict[str, Any]:
    """Return an event as a date; one that the calendar calls tentative stays a third party's."""
    days = dict(_days(event))
    identity = f"{event.uid} {days} {event.text}"
    first_day = date.fromisoformat(days.get("on") or days["first"])
    nature = nature_of(event.text)
    note = f"{event.local_time} in the calendar, without a time zone." if event.local_time else ""
    return {
        "id": f"calendar-{calendar.service}-{sha256(identity.encode()).hexdigest()[:12]}",
        "service": calendar.service,
        "cycle": cycle_of(first_day),
        "what": _subject_of(event.text, nature),
        "nature": nature,
        **days,
        "text": event.text,
        "note": note,
        "source": page_id,
        **({"third_party": True} if event.is_tentative else {}),
    }


def _days(event: CalendarEvent) -> Iterator[tuple[str, str]]:
    """Yield the day or the span, and the clock time with its zone where the calendar gives an instant."""
    first, last = event.first, event.last
    if event.instant is not None:
        zone = "PT" if _has_clock(event, "PT") and not _has_clock(event, "ET") else "ET"
        local = event.instant.astimezone(ZoneInfo(ZONE_NAMES[zone]))
        last += local.date() - first
        first = local.date()
        yield "time", f"{local:%H:%M}"
        yield "zone", zone
    if first == last:
        yield "on", first.isoformat()
    else:
        yield "first", first.isoformat()
        yield "last", last.isoformat()


def _has_clock(event: CalendarEvent, zone: str) -> bool:
    """Tell whether the clock of an event shows the time of a zone."""
    if event.instant is None:
        return False
    zones = event.zone, ZoneInfo(ZONE_NAMES[zone])
    own_offset, zone_offset = (event.instant.astimezone(each).utcoffset() for each in zones)
    return own_offset == zone_offset


def cycle_of(day: date) -> str:
    """Return the application year of a day, July to June: "2026-27"."""
    year = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{year}-{(year + 1) % 100:02}"


def nature_of(text: str) -> str:
    """Return what kind of date a title plainly names, else "other": "not a deadline" is no deadline."""
    return _UNKNOWN if _NEGATION.search(text) else kind_of(text, _NATURE_WORDS)


def _subject_of(text: str, nature: str) -> str:
    """Return what a title is about; of what opens, that it opens."""
    subject = kind_of(text, _SUBJECT_WORDS)
    return nature if subject == _UNKNOWN and nature == "opening" else subject


def kind_of(text: str, words: Mapping[str, str]) -> str:
    """Return the one kind whose words a title has, "other" if there are none or several."""
    kinds = [kind for kind, pattern in words.items() if re.search(pattern, text, re.IGNORECASE)]
    return kinds[0] if len(kinds) == 1 else _UNKNOWN
