"""Days and clock times as pages give them, on the calendar and in UTC."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from ..catalog.season import SeasonDate
from ..catalog.vocabulary import ZONE_NAMES

_MONTH_LENGTH, _DAY_LENGTH = len("2026-09"), len("2026-09-23")


def days_of(moment: str) -> tuple[date, date] | None:
    """Return the first and last day of a day or a month, or None without a year or for a day that doesn't exist."""
    try:
        if len(moment) == _DAY_LENGTH:
            day = date.fromisoformat(moment)
            return day, day
        if len(moment) == _MONTH_LENGTH:
            year, month = int(moment[:4]), int(moment[5:])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None
    return None


def span_of_date(season_date: SeasonDate) -> tuple[date, date] | None:
    """Return the first and last day of a date, or None if its page gives no year."""
    first = days_of(season_date.on or season_date.first or "")
    last = days_of(season_date.on or season_date.last or "")
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def instant_of(season_date: SeasonDate) -> datetime | None:
    """Return the instant of a date in UTC, or None without a clock time. Daylight saving is that of its own zone."""
    span = span_of_date(season_date)
    if span is None or not season_date.time or not season_date.zone:
        return None
    zone = ZoneInfo(ZONE_NAMES[season_date.zone])
    return datetime.combine(span[0], time.fromisoformat(season_date.time), zone).astimezone(UTC)


def clock_text(clock_time: str) -> str:
    """Return a time as people read it: "9:00 PM"."""
    hour, minute = clock_time.split(":")
    return f"{int(hour) % 12 or 12}:{minute} {'AM' if int(hour) < 12 else 'PM'}"


def reader_clock(instant: datetime, zone: tzinfo | None) -> str:
    """Return an instant on the reader's clock, such as "Mar 4, 3:00 AM"; None is the clock of this computer."""
    local = instant.astimezone(zone)
    return f"{local:%b} {local.day}, {clock_text(f'{local:%H:%M}')}"
