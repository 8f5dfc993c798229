"""The moments of one application: when it is sent, when training starts, and what lies between.

The windows are wide where matches differ, so that a date inside one is neither in time nor late for certain. The main
residency match is in March; urology, ophthalmology and the military match earlier, fellowships from October on.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..text import format_date
from .cycle import current_cycle, cycle_name, first_year
from .date_spans import DateSpan, month_span, partial_date

_START_MONTH = 7  # July, where only a year is told
_RESIDENCY_MONTH = 9  # the match of those who apply earlier may be in fall
#: The moments that come after training has started.
_LATER_MILESTONES = ("PGY-1", "PGY-2")
_DECEMBER, _JANUARY = 12, 1
_MATCH_WORDS = {"rank list": "rank lists are due", "match": "the match", "appointment": "appointment"}


class ApplicationMoment(NamedTuple):
    """A moment by which something must be done: the days it can be, and how it is called."""

    span: DateSpan
    words: str
    is_after_start: bool = False


class ApplicationYear(NamedTuple):
    """One application: the first day of training, the month in which it is sent, and today."""

    start: date
    application_month: int
    today: date

    @property
    def cycle(self) -> str:
        """The cycle that leads to the start: "2026-27"."""
        return cycle_name(self.start.year - 1)

    @property
    def application(self) -> DateSpan:
        """The month in which applications are sent: the last such month before the start."""
        is_same_year = self.application_month < self.start.month
        return month_span(self.start.year if is_same_year else self.start.year - 1, self.application_month)

    @property
    def start_span(self) -> DateSpan:
        """The month in which training starts."""
        return month_span(self.start.year, self.start.month)

    def moment(self, milestone: str | None, day: str | None = None) -> ApplicationMoment | None:
        """Return when a condition must be met; None where nothing says so, or the moment depends on the person."""
        if milestone in _LATER_MILESTONES:
            years = 1 if milestone == "PGY-1" else 2
            end = self.start.replace(year=self.start.year + years, day=1)
            return ApplicationMoment(DateSpan(self.start, end), f"the end of {milestone}", is_after_start=True)
        if day:
            return self._named_day(day)
        if milestone == "application":
            month = f"{self.application.first:%Y-%m}"
            return ApplicationMoment(self.application, f"applications are sent ({format_date(month)})")
        if milestone == "start":
            return ApplicationMoment(
                DateSpan(self.start, self.start), f"the start ({format_date(f'{self.start:%Y-%m}')})"
            )
        if milestone == "interview":
            return ApplicationMoment(DateSpan(self.application.last, self._day(1, 31)), "the interviews")
        if milestone in _MATCH_WORDS:
            first_day = self.application.last if self.application_month < _RESIDENCY_MONTH else self._day(12, 1)
            last_day = self.start if milestone == "appointment" else self._day(3, 31)
            return ApplicationMoment(DateSpan(min(first_day, last_day), last_day), _MATCH_WORDS[milestone])
        return None

    def _named_day(self, day: str) -> ApplicationMoment | None:
        """Return "02-01" or "02" as the last such day or month before the start."""
        for year in (self.start.year, self.start.year - 1):
            span = partial_date(f"{year}-{day}")
            if span and span.last < self.start:
                text = format_date(span.first.isoformat() if len(day) > len("MM") else f"{span.first:%Y-%m}")
                return ApplicationMoment(DateSpan(span.last, span.last), text)
        return None

    def _day(self, month: int, day: int) -> date:
        """Return the last such day before the start."""
        this_year = date(self.start.year, month, day)
        return this_year if this_year < self.start else date(self.start.year - 1, month, day)


def start_of(aim_start: str | None, today: date) -> date:
    """Return the first day of the month in which training starts: as told, else the next July that can be applied for.

    A year alone means July.
    """
    span = partial_date(aim_start) if aim_start else None
    if span is None:
        return date((first_year(current_cycle(today)) or today.year) + 1, _START_MONTH, 1)
    is_year = span.first.month == _JANUARY and span.last.month == _DECEMBER
    return date(span.first.year, _START_MONTH if is_year else span.first.month, 1)
