"""Dates as people in the United States write them: "interview Jan 12 9:30am", "1/12/2027", "tomorrow".

The rules are stricter than those of date libraries, which guess: they read 13/1/2027 as January 13 and “Jan” as a day
of January. Here, a text that can mean two days is refused with the texts that mean one.

- Numbers are month/day, as in the United States; a year has four digits or two.
- A date without a year is the next one that comes, today included.
- A weekday beside a date must be the weekday of that date. Alone, it is the next one after today.
- A year is at most ten years away, except in an ISO date.
- A time without "am" or "pm" is on the 24-hour clock; from 1:00 to 6:59 it has to say which.
"""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from ..text import format_date, plural, sanitize

HOW_TO_WRITE = "Write a date such as Jan 12 or 1/12/2027"
_MAX_LENGTH = 300  # characters; finding what is written takes time that grows with the square of it
_MAX_YEARS_AWAY = 10  # a year further away is a typo
_MAX_DAYS_AHEAD = 3650
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_PER_UNIT = {"day": 1, "week": 7}

_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w:/-]|\.\d)"
_YEAR = r"(?:,?\s+(?P<year>\d{4})(?![\w:/-]))?"
_WEEKDAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_FULL_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAY_NAMES)})"
_BEFORE = r"(?<![\w/.:-])"
_DATE_PATTERNS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?=[\s,;)]|$)",
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\w:/-]|\.\d)",
    rf"{_MONTH}\s*{_DAY_NUMBER}{_YEAR}",
    rf"{_DAY_NUMBER}\s+(?:of\s+)?{_MONTH}{_YEAR}",
    r"(?P<relative>today|tomorrow|the day after tomorrow)\b",
    r"in\s+(?P<count>\d{1,4}|an?|one)\s+(?P<unit>day|week)s?\b",
)
_ISO_MOMENT = r"(?<![\w/.:-])(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})"
_WEEKDAY_PATTERNS = (
    rf"(?P<which>){_FULL_WEEKDAY}\b",
    rf"(?P<which>next|this|on)\s+(?P<weekday>{_WEEKDAY})\b",  # alone, "sat" and "sun" may be something else
)
_TIME_PATTERN = (
    r"(?<![\w/.:-])(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::00)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<hour_only>\d{1,2})\s*(?P<half_only>[ap])\.?m\b\.?|(?P<noon>noon)\b)(?![\w:/-])"
)
_AMBIGUOUS_HOURS = ("1", "2", "3", "4", "5", "6")  # without "am" or "pm"
_LEFTOVER = r"\d+[/.:-]\d+\S*|(?<!\w)(?:19|20)\d{2}(?!\w)|(?<!\w)\d{1,2}\s*[ap]m\b"


class DateEntry(NamedTuple):
    """What was written: the name of a date ("interview", or ""), its day, and its time if one was given."""

    label: str
    day: date
    at: time | None = None

    @property
    def iso_text(self) -> str:
        """The day, and the time if there is one, as it is stored: "2027-01-12", "2027-01-12T09:30"."""
        return self.day.isoformat() if self.at is None else f"{self.day.isoformat()}T{self.at:%H:%M}"


class _TextPart(NamedTuple):
    """A part of a text, from `start` up to `end`, and the match of a pattern there."""

    start: int
    end: int
    match: re.Match[str]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern on first use: every start of gmetui imports this module."""
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


def parse_date_entry(text: str, today: date | None) -> DateEntry:
    """Return what is written in `text`: what and when, in any order. Raises ValueError that says what to write.

    Without `today`, only dates with a year are accepted.
    """
    if len(text) > _MAX_LENGTH:
        raise ValueError(f"That is too long for a date. {HOW_TO_WRITE}.")
    text = _compiled(_ISO_MOMENT).sub(r"\1 \2", " ".join(sanitize(text).split()))
    date_piece = _only(text, _dates(text), "dates")
    if date_piece is None:
        raise ValueError(_no_date_message(text))
    day = _day(date_piece.match, today)
    remaining, position = _without(text, date_piece)
    weekday = _weekday_beside(remaining, position)
    if weekday is not None:
        _require_weekday(weekday.match[1], day)
        remaining, _ = _without(remaining, weekday)
    time_piece = _only(remaining, _matches(_TIME_PATTERN, remaining), "times")
    time_of_day = None
    if time_piece is not None:
        time_of_day = _time(time_piece.match)
        remaining, _ = _without(remaining, time_piece)
    label = remaining.strip(" ,;:–—-@")
    leftover = _compiled(_LEFTOVER).search(label)
    if leftover or label.isdecimal():
        unclear_text = leftover[0] if leftover else label
        raise ValueError(f"“{unclear_text}” is not clear. {HOW_TO_WRITE}, and a time such as 9:30am.")
    return DateEntry(label, day, time_of_day)


def parse_date(text: str, today: date | None) -> DateEntry:
    """Return the date in `text`, which must hold nothing else. Raises ValueError that says what to write."""
    entry = parse_date_entry(text, today)
    if entry.label:
        raise ValueError(f"“{sanitize(text).strip()}” is not a date. {HOW_TO_WRITE}.")
    return entry


def describe_date(entry: DateEntry, today: date) -> str:
    """Return a date in full, with how far away it is: "Tue Jan 12, 2027, 9:30 AM, in 47 days"."""
    weekday = _WEEKDAY_NAMES[entry.day.weekday()][:3]
    return f"{weekday} {format_date(entry.iso_text)}, {_distance(entry.day, today)}"


def stored_day(iso_text: str) -> date:
    """Return the day of a stored date, which may have a time."""
    return date.fromisoformat(iso_text[:10])


def normalized_date(iso_text: str) -> str:
    """Return an ISO date, or date and time, in the form that is stored. Raises ValueError."""
    if len(iso_text.strip()) <= len("2027-01-12"):
        return date.fromisoformat(iso_text.strip()).isoformat()
    moment = datetime.fromisoformat(iso_text.strip())
    if moment.tzinfo is not None:
        raise ValueError("a date of a shortlist has no time zone")
    return DateEntry("", moment.date(), moment.time()).iso_text


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"


# Finding the parts of a text.


def _matches(pattern: str, text: str) -> list[_TextPart]:
    return [_TextPart(match.start(), match.end(), match) for match in _compiled(pattern).finditer(text)]


def _dates(text: str) -> list[_TextPart]:
    """Return the dates in a text, without those that are a part of a longer one."""
    pieces = [piece for pattern in _DATE_PATTERNS for piece in _matches(f"{_BEFORE}{pattern}", text)]
    pieces = pieces or [piece for pattern in _WEEKDAY_PATTERNS for piece in _matches(f"{_BEFORE}{pattern}", text)]
    return [piece for piece in pieces if not any(_is_part(piece, other) for other in pieces)]


def _is_part(piece: _TextPart, other: _TextPart) -> bool:
    is_inside = other.start <= piece.start and piece.end <= other.end
    return is_inside and (piece.start, piece.end) != (other.start, other.end)


def _only(text: str, pieces: list[_TextPart], noun: str) -> _TextPart | None:
    """Return the only piece, or None if there is none. Raises ValueError if there are several."""
    if len(pieces) > 1:
        in_order = sorted(pieces, key=lambda piece: piece.start)
        first, second = (text[piece.start : piece.end].strip() for piece in in_order[:2])
        raise ValueError(f"“{first}” or “{second}”? Write one of the two {noun}.")
    return pieces[0] if pieces else None


def _without(text: str, piece: _TextPart) -> tuple[str, int]:
    """Return a text without a piece and the words that join it to the others, and the position where it was."""
    before = _compiled(r"(?:[\s,;(@]|(?<!\w)(?:on|at|by))*$").sub("", text[: piece.start])
    after = text[piece.end :].lstrip(" ,;)")
    return f"{before} {after}".strip(), len(before)


def _weekday_beside(text: str, position: int) -> _TextPart | None:
    """Return the weekday right before or after a position, as in "Tue, Jan 12"."""
    before = _compiled(rf"(?<![\w/.:-])({_WEEKDAY})\.?$").search(text[:position])
    if before:
        return _TextPart(before.start(), before.end(), before)
    after = _compiled(rf"\s*\(?({_WEEKDAY})\.?\)?(?!\w)").match(text, position)
    return _TextPart(after.start(), after.end(), after) if after else None


# What the parts mean.


def _day(match: re.Match[str], today: date | None) -> date:
    """Return the day that a match of a date pattern means. Raises ValueError."""
    groups = match.groupdict()
    if groups.get("day"):
        return _calendar_day(groups, today, is_iso="-" in match[0])
    if today is None:
        raise ValueError(f"“{match[0].strip()}” has no day and year. {HOW_TO_WRITE}.")
    if groups.get("relative"):
        return today + timedelta(days={"today": 0, "tomorrow": 1}.get(groups["relative"].casefold(), 2))
    if groups.get("unit"):
        count = int(groups["count"]) if groups["count"].isdecimal() else 1
        days = count * _DAYS_PER_UNIT[groups["unit"].casefold()]
        if days > _MAX_DAYS_AHEAD:
            raise ValueError(f"“{match[0]}” is too far away. {HOW_TO_WRITE}.")
        return today + timedelta(days=days)
    return _coming_weekday(groups, today)


def _coming_weekday(groups: dict[str, str | None], today: date) -> date:
    weekday = _WEEKDAY_NAMES.index(_weekday_name(groups["weekday"] or ""))
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if (groups["which"] or "").casefold() == "next":
        first, second = (f"{day:%b} {day.day}" for day in (coming, coming + timedelta(days=7)))
        raise ValueError(f"“next {_WEEKDAY_NAMES[weekday]}” can mean {first} or {second}. Write {first} or {second}.")
    return coming


def _calendar_day(groups: dict[str, str | None], today: date | None, *, is_iso: bool) -> date:
    """Return the day of a month and a day, in the given year or the next one that comes. Raises ValueError.

    An ISO date may have any year: programs write it, which make no typing errors.
    """
    day, month = int(groups["day"] or 0), _month(groups)
    if groups["year"]:
        year = int(groups["year"]) + (2000 if len(groups["year"]) == 2 else 0)
        if today is not None and not is_iso and abs(year - today.year) > _MAX_YEARS_AWAY:
            raise ValueError(f"The year {year} is too far away. {HOW_TO_WRITE}.")
        return _real_day(year, month, day)
    if today is None:
        raise ValueError("The year is missing. Write a date such as 1/12/2027.")
    if (month, day) == (2, 29):
        leap_days = (date(year, 2, 29) for year in range(today.year, today.year + 9) if isleap(year))
        return next(leap_day for leap_day in leap_days if leap_day >= today)
    this_year = _real_day(today.year, month, day, has_year=False)
    return this_year if this_year >= today else _real_day(today.year + 1, month, day)


def _month(groups: dict[str, str | None]) -> int:
    name = groups.get("month_name")
    if name:
        prefix = name[:3].capitalize()
        return next(number for number, month_name in enumerate(_MONTH_NAMES, 1) if month_name.startswith(prefix))
    return int(groups["month"] or 0)


def _real_day(year: int, month: int, day: int, *, has_year: bool = True) -> date:
    """Return a day of the calendar. Raises ValueError that says why there is no such day."""
    year_text = str(year) if has_year else ""
    if not 1 <= month <= 12:
        if 1 <= day <= 12 and 1 <= month <= 31:
            swapped = "/".join(filter(None, (str(day), str(month), year_text)))
            raise ValueError(f"There is no month {month}. Write the month first: {swapped}.")
        raise ValueError(f"There is no month {month}. {HOW_TO_WRITE}.")
    try:
        return date(year, month, day)
    except ValueError:
        month_text = f"{_MONTH_NAMES[month - 1]} {year_text}".strip()
        raise ValueError(f"{month_text} has no day {day}. {HOW_TO_WRITE}.") from None


def _require_weekday(weekday: str, day: date) -> None:
    actual = _WEEKDAY_NAMES[day.weekday()]
    written = _weekday_name(weekday)
    if written != actual:
        raise ValueError(f"{format_date(day.isoformat())} is a {actual}, not a {written}. Correct one of them.")


def _weekday_name(weekday: str) -> str:
    """Return the full name of a weekday, which may be abbreviated."""
    return next(name for name in _WEEKDAY_NAMES if name.startswith(weekday[:3].capitalize()))


def _time(match: re.Match[str]) -> time:
    """Return the time of day that a match means. Raises ValueError."""
    if match["noon"]:
        return time(12)
    hour_text, minute = match["hour"] or match["hour_only"], int(match["minute"] or 0)
    half, hour = (match["half"] or match["half_only"] or "").casefold(), int(hour_text)
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ValueError(f"There is no time {match[0].strip()}. Write a time such as 9:30am or 14:00.")
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    if hour_text in _AMBIGUOUS_HOURS:
        clock_text = f"{hour}:{minute:02}"
        raise ValueError(f"“{clock_text}” can be morning or afternoon. Write {clock_text}am or {clock_text}pm.")
    return time(hour, minute)


def _no_date_message(text: str) -> str:
    """Return what to write instead of a text without a date."""
    if not text:
        return f"{HOW_TO_WRITE}."
    month = _compiled(rf"(?<!\w){_MONTH}").search(text)
    if month and month["month_name"].casefold() != "may":
        name = month["month_name"].capitalize()
        return f"“{text}” has no day. Write {name[:3]} and the day, such as {name[:3]} 12."
    return f"“{text}” has no date that gmetui can read. {HOW_TO_WRITE}."
