"""The events of a calendar file (RFC 5545), read within bounds.

A small reader instead of `icalendar`, which exports use: that library works out the time zones and recurrences that a
file defines, and a file from elsewhere can define some that take hours. Here, zones are those of the system, whatever
the file says of them, and an event that repeats is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ...errors import UnreadableListError
from ...text import is_web_url, sanitize

MAX_CALENDAR_BYTES = 4 * 1024 * 1024
_MAX_EVENTS = 2_000
_MAX_LINES = 100_000
_MAX_DEPTH = 8  # components inside components
_MAX_TEXT = 300  # characters of a title
_MAX_DAYS = 366
_YEARS = range(2000, 2100)
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9-]{1,60})((?:;[^:\"]*+(?:\"[^\"]*+\"[^:\"]*+)*+)?):(.*)", re.DOTALL)
_ZONE = re.compile(r";TZID=\"?([A-Za-z0-9_+/-]{1,60})\"?(?:;|\Z)", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{8})(?:T(\d{4})\d\d(Z?))?\Z", re.ASCII)
_DURATION = re.compile(r"P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?)?)\Z", re.ASCII)
_ESCAPE = re.compile(r"\\([\\;,nN])")
_REPEATING = ("RRULE", "RDATE", "EXRULE", "RECURRENCE-ID")
_PROPERTIES = ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "URL", "STATUS", *_REPEATING)


class CalendarEvent(NamedTuple):
    """An event: its days, and the instant at which it starts where the file gives one.

    `local_time` is a time of day, HH:MM, without any time zone. `url` is "" for anything but a web address.
    """

    uid: str
    text: str
    first: date
    last: date
    instant: datetime | None = None
    zone: tzinfo = UTC
    local_time: str = ""
    url: str = ""
    is_tentative: bool = False


class CalendarEvents(NamedTuple):
    """The events of a file in its order; `problems` says for each event that was left out which one, and why."""

    events: tuple[CalendarEvent, ...]
    problems: tuple[str, ...]


class _Property(NamedTuple):
    parameters: str
    value: str


_Properties = dict[str, _Property]


class _EventError(ValueError):
    """An event cannot be used; the text says why."""


def read_calendar(content: bytes, file_name: str) -> CalendarEvents:
    """Return the events of a calendar file. Raises `UnreadableListError` if it isn't one or exceeds a bound."""
    try:
        return _read(content)
    except ValueError as error:
        raise UnreadableListError(f"gmetui: {sanitize(file_name)}: {error}") from error


def _read(content: bytes) -> CalendarEvents:
    if len(content) > MAX_CALENDAR_BYTES:
        raise ValueError(f"larger than {MAX_CALENDAR_BYTES // 1024 // 1024} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("not a calendar: it isn't UTF-8 text") from None
    lines = _FOLD.sub("", text.strip()).split("\n")
    if lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise ValueError("not a calendar (.ics): it doesn't start with BEGIN:VCALENDAR")
    if len(lines) > _MAX_LINES:
        raise ValueError(f"has more than {_MAX_LINES:,} lines")
    events, problems = [], []
    for number, properties in enumerate(_components(lines), 1):
        if number > _MAX_EVENTS:
            raise ValueError(f"has more than {_MAX_EVENTS:,} events")
        try:
            events.append(_event(properties))
        except _EventError as error:
            title = _text(properties, "SUMMARY") or f"event {number}"
            problems.append(f"“{title}” {error}")
    return CalendarEvents(tuple(events), tuple(problems))


def _components(lines: Sequence[str]) -> Iterator[_Properties]:
    """Yield the properties of each event, without those of its alarms. Raises ValueError for a damaged file."""
    open_names: list[str] = []
    properties: _Properties = {}
    for line in lines:
        match = _LINE.match(line.strip("\r\n"))
        if match is None:
            continue
        name, value = match[1].upper(), match[3]
        if name == "BEGIN":
            open_names.append(value.strip().upper())
            properties = {} if open_names[-1] == "VEVENT" else properties
            if len(open_names) > _MAX_DEPTH:
                raise ValueError("not a calendar: it is nested too deeply")
        elif name == "END":
            if not open_names or open_names.pop() != value.strip().upper():
                raise ValueError("the calendar is damaged: a part of it ends that didn't begin")
            if value.strip().upper() == "VEVENT":
                yield properties
        elif open_names and open_names[-1] == "VEVENT" and name in _PROPERTIES:
            properties.setdefault(name, _Property(match[2], value))
    if open_names:
        raise ValueError("the calendar is damaged: its end is missing")


def _event(properties: _Properties) -> CalendarEvent:
    if any(name in properties for name in _REPEATING):
        raise _EventError("repeats: a date of a season is a single day or span")
    status = properties["STATUS"].value.strip().upper() if "STATUS" in properties else ""
    if status == "CANCELLED":
        raise _EventError("is canceled")
    text = _text(properties, "SUMMARY")
    if not text:
        raise _EventError("has no title")
    start, local_time, zone = _moment(properties, "DTSTART")
    first, last = _days(start, _end(properties, start), zone)
    if not (first.year in _YEARS and last.year in _YEARS and timedelta(0) <= last - first <= timedelta(_MAX_DAYS)):
        raise _EventError("has days that can't be right")
    url = sanitize(_text(properties, "URL"))
    return CalendarEvent(
        uid=_text(properties, "UID"),
        text=text,
        first=first,
        last=last,
        instant=start.astimezone(UTC) if isinstance(start, datetime) and zone else None,
        zone=zone or UTC,
        local_time=local_time,
        url=url if is_web_url(url) else "",
        is_tentative=status == "TENTATIVE",
    )


def _text(properties: _Properties, name: str) -> str:
    """Return a text on one line, cut where it is too long; "" without one."""
    value = properties[name].value[: 4 * _MAX_TEXT] if name in properties else ""
    unescaped = _ESCAPE.sub(lambda match: " " if match[1] in "nN" else match[1], value)
    return " ".join(sanitize(unescaped).split())[:_MAX_TEXT]


def _moment(properties: _Properties, name: str) -> tuple[date | datetime, str, tzinfo | None]:
    """Return a day, or an instant with its zone; and the time of day where it has no zone."""
    stated = properties.get(name)
    match = _MOMENT.match(stated.value.strip()) if stated else None
    if stated is None or match is None:
        raise _EventError("has no day that can be read")
    try:
        day = datetime.strptime(match[1], "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone
        time_of_day = datetime.strptime(match[2] or "0000", "%H%M").time()  # noqa: DTZ007
    except ValueError:
        raise _EventError("has a day or time that doesn't exist") from None
    if day.year not in _YEARS:  # before sums that could leave the calendar
        raise _EventError("has days that can't be right")
    if not match[2]:
        return day, "", None
    zone_name = _ZONE.search(stated.parameters)
    zone = UTC if match[3] else _zone(zone_name[1]) if zone_name else None
    clock = "" if zone else f"{time_of_day:%H:%M}"
    return datetime.combine(day, time_of_day, zone), clock, zone


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo | None:
    """Return a time zone of the system, or None for a name that it lacks."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def _end(properties: _Properties, start: date | datetime) -> date | datetime:
    """Return the end of an event as the file has it: the day after the last one for whole days."""
    if "DTEND" in properties:
        end = _moment(properties, "DTEND")[0]
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise _EventError("starts with a time and ends with a day, or the other way around")
        return end
    if "DURATION" in properties:
        match = _DURATION.match(properties["DURATION"].value.strip())
        if match is None:
            raise _EventError("has a duration that can't be read")
        weeks, days, hours, minutes = (int(number or 0) for number in match.groups())
        return start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    return start if isinstance(start, datetime) else start + timedelta(1)


def _days(start: date | datetime, end: date | datetime, zone: tzinfo | None) -> tuple[date, date]:
    """Return the first and last day of an event; what ends at midnight ends on the day before."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return start, max(start, end - timedelta(1))
    if end.tzinfo is not None and zone is not None:
        end = end.astimezone(zone)
    last_moment = end - timedelta(minutes=1) if end.replace(tzinfo=None) > start.replace(tzinfo=None) else end
    return start.date(), last_moment.date()
