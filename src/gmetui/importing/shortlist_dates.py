"""Read the dates in a shortlist's cells: as gmetui exports them, as people write them, as spreadsheets store them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..shortlist.date_entry import DateEntry, normalized_date, parse_date_entry
from .cell_values import clean_cell, date_of_serial

_DATE_SEPARATOR = re.compile(r"[,;\n](?! {0,3}\d{4}(?:\s|,|;|$))")  # not the comma of "Jan 12, 2027"
_CELL_SEPARATOR = re.compile(r"[;\n→]|\s+(?:and|&|\+)\s+")
_ISO_MOMENT = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?"
_EXPORTED_DATE = re.compile(rf"({_ISO_MOMENT})\s{{0,3}}(?:[,;\n]|$)", re.ASCII)
_QUOTED_LABEL = re.compile(r'"((?:[^"]|"")*+)"\s{0,3}')
_SERIAL_MOMENT = re.compile(r"(\d{5})\.(\d{1,12})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00)?(?:\.0+)?$")
_DAY_MONTH = re.compile(r"(?<![\w/])(\d{1,2})-([A-Za-z]{3,9})(?:-(\d{4}|\d{2}))?(?![\w/-])", re.ASCII)
_NUMBERS = re.compile(r"(?<![\w/.-])(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\w/-])", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<![\w/])(\d{4})/(\d{1,2})/(\d{1,2})(?![\w/])", re.ASCII)
_TIME_RANGE = re.compile(
    r"(?<![\w:/-])(\d{1,2}(?::\d{2})?)\s{0,3}([ap]\.?m\.?)?\s{0,3}(?:-|–|to)\s{0,3}\d{1,2}(:\d{2})?\s{0,3}([ap]\.?m\.?)?(?![\w:/-])",
    re.ASCII | re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?<=[\dmM])\s{0,3}\(?\b([ECMP][SD]?T|AK[SD]T|H[SD]T|eastern|central|mountain|pacific)(?: time)?\b\)?",
    re.IGNORECASE,
)
_MAX_CELL, _MAX_PARTS = 300, 200
_HALF_YEAR = timedelta(days=182)


class DatesOfCell(NamedTuple):
    """The dates of a cell by label, its parts that are no dates, and the days whose year was missing."""

    dates: dict[str, str]
    invalid_parts: tuple[str, ...] = ()
    guessed_days: tuple[str, ...] = ()


def parse_labeled_dates(cell: str, today: date | None) -> DatesOfCell:
    """Return the dates of a cell such as "interview 2027-01-15, deadline 12/1/2026", as an export has them."""
    exported = _exported_dates(cell.strip())
    if exported:
        try:
            return DatesOfCell({label or "date": normalized_date(moment) for label, moment in exported})
        except ValueError:
            pass  # February 30
    parts = filter(None, map(str.strip, _DATE_SEPARATOR.split(cell, maxsplit=_MAX_PARTS)))
    return _parse_parts(parts, lambda label: label or "date", today)


def _exported_dates(cell: str) -> list[tuple[str, str]]:
    """Return the pairs of label and date of a cell that has nothing else."""
    position = 0
    pairs: list[tuple[str, str]] = []
    while position < len(cell) and len(pairs) < _MAX_PARTS:
        position = len(cell) - len(cell[position:].lstrip())
        quoted = _QUOTED_LABEL.match(cell, position)
        match = _EXPORTED_DATE.match(cell, quoted.end()) if quoted else _EXPORTED_DATE.search(cell, position)
        if match is None:
            return []
        label = quoted[1].replace('""', '"') if quoted else cell[position : match.start()].strip()
        if not quoted and "," in label and re.search(r"\d", label):
            return []  # "interview Jan 12, 2027, visit 2027-01-15"
        pairs.append((label, match[1]))
        position = match.end()
    return pairs


def parse_date_cell(cell: str, label: str, today: date | None) -> DatesOfCell:
    """Return the dates of a cell in a column such as "Interview date"; what else it says is added to the label."""
    if not clean_cell(cell):
        return DatesOfCell({})

    def full_label(written: str) -> str:
        return label if not written or label in written.casefold() else f"{label} {written}"

    text = cell.strip()[:_MAX_CELL]
    single = _parse_parts([text], full_label, today)
    if not single.invalid_parts:
        return single
    parts = [part.strip() for part in _CELL_SEPARATOR.split(text) if part.strip()]
    several = _parse_parts(parts, full_label, today)
    return several if len(parts) > 1 and several.dates else single


def _parse_parts(parts: Iterable[str], full_label: Callable[[str], str], today: date | None) -> DatesOfCell:
    dates: dict[str, str] = {}
    invalid_parts, guessed_days = [], []
    for part in parts:
        try:
            if len(part) > _MAX_CELL:
                raise ValueError("too long")
            entry, is_guessed = _parse_moment(part, today)
        except ValueError:
            invalid_parts.append(part)
            continue
        label = full_label(entry.label)
        number = 2
        while label in dates:
            label, number = f"{full_label(entry.label)} {number}", number + 1
        dates[label] = entry.iso_text
        guessed_days += [entry.iso_text] if is_guessed else []
    in_order = dict(sorted(dates.items(), key=lambda pair: pair[1]))
    return DatesOfCell(in_order, tuple(invalid_parts), tuple(guessed_days))


def _parse_moment(text: str, today: date | None) -> tuple[DateEntry, bool]:
    """Return a date and whether its year was missing: it is then the nearest such day. Raises ValueError."""
    plain_text, zone = _as_people_write(text)
    try:
        return _with_zone(parse_date_entry(plain_text, today=None), zone), False
    except ValueError:
        if today is None:
            raise
    # What is relative to today ("Friday", "in 2 weeks") gives another day when today is another.
    earlier, later = (
        parse_date_entry(plain_text, today=day - _HALF_YEAR) for day in (today, today + timedelta(days=8))
    )
    if earlier.day != later.day:
        raise ValueError(f"“{text}” has no day that can be told")
    return _with_zone(earlier, zone), True


def _with_zone(entry: DateEntry, zone: str) -> DateEntry:
    """Return an entry whose label has the time zone, since a stored time has none."""
    if not zone or entry.at is None:
        return entry
    return entry._replace(label=f"{entry.label} ({zone})".strip())


def _as_people_write(text: str) -> tuple[str, str]:
    """Return a date as `parse_date_entry` reads it, and its time zone or ""."""
    serial = _SERIAL_MOMENT.fullmatch(text)
    if serial:
        minutes = round(float(f"0.{serial[2]}") * 24 * 60)
        day = date_of_serial(serial[1])
        return (f"{day} {minutes // 60:02}:{minutes % 60:02}" if 0 < minutes < 24 * 60 else day), ""
    text = _MIDNIGHT.sub("", date_of_serial(text))
    zone = _ZONE.search(text)
    if zone:
        text = f"{text[: zone.start()]} {text[zone.end() :]}".strip()
    text = _DAY_MONTH.sub(lambda match: " ".join(filter(None, (match[2], match[1] + ",", _year(match[3])))), text)
    text = _NUMBERS.sub(lambda match: f"{match[1]}/{match[2]}/{match[3]}", text)
    text = _YEAR_FIRST.sub(lambda match: f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", text)
    text = _TIME_RANGE.sub(_start_of_range, text)
    return text, zone[1].upper() if zone and len(zone[1]) < 4 else (zone[1].capitalize() if zone else "")


def _start_of_range(match: re.Match[str]) -> str:
    """Return the start of "8:00-4:00" or "1-4 pm"; other numbers, such as two days, are returned as they are."""
    start, start_half, end_minutes, end_half = match.groups()
    is_time = ":" in start or start_half or end_minutes or end_half
    return f"{start} {start_half or end_half or ''}".strip() if is_time else match[0]


def _year(digits: str | None) -> str:
    """Return the four digits of a year, or "" for none."""
    return f"20{digits}" if digits and len(digits) == 2 else digits or ""
