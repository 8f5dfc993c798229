"""Dates of a profile as people write them: "2019", "June 2019", "6/2019", "June 15, 2019", "2019-06-15"."""

from __future__ import annotations

import re

from ..text import sanitize
from .date_spans import partial_date

HOW_TO_WRITE = "Write a year, a month, or a day: 2019, June 2019, or June 15, 2019"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>\d{{4}})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    )
)


def parse_profile_date(text: str) -> str:
    """Return a date in the form of a profile, "2019-06" for "June 2019". Raises ValueError that says what to write."""
    text = " ".join(sanitize(text).split())
    if partial_date(text):
        return text
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        groups = match.groupdict()
        month = int(groups["month"]) if groups.get("month") else _MONTHS.index(groups["name"].casefold()) + 1
        iso_text = f"{groups['year']}-{month:02}" + (f"-{int(groups['day']):02}" if groups.get("day") else "")
        if partial_date(iso_text):
            return iso_text
    raise ValueError(f"“{text}” is not a date. {HOW_TO_WRITE}.")
