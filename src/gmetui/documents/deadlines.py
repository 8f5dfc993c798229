"""When the dates of a program are: coming, past, or of a year that no page gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from ..catalog.facts import Citation
from ..catalog.items import DatedEvent, Deadline
from ..catalog.years import year_of
from ..lean_typing import NamedTuple
from ..text import format_date

_SEASON_START = 7  # July: applications for the next year's positions
_FULL_DATE_LENGTH = len("2025-10-01")
_MONTH_LENGTH = len("2025-10")

#: Event -> what people call it.
EVENT_LABELS = {
    "opening": "Opens",
    "application": "Apply by",
    "reading": "Review starts",
    "documents": "Documents by",
    "exam": "Exams by",
    "interview": "Interviews",
    "invitation": "Invitations",
    "rank list": "Rank list",
    "match": "Match",
    "start": "Start",
}


class DeadlineTime(NamedTuple):
    """When a deadline is. `period` is its cycle or year as the page gives it, "" where no page gives one.

    `moment` sorts: the first date in ISO form, "" without one.
    """

    state: Literal["coming", "past", "undated"]
    period: str
    moment: str = ""

    @property
    def year(self) -> int:
        """The year of the date, else of the cycle; 0 where no page gives one."""
        return year_of(self.moment) or year_of(self.period) or 0


def deadline_time(deadline: Deadline, citations: Iterable[Citation], today: date) -> DeadlineTime:
    """Return when a deadline is: by its dates if they have a year, else by its cycle, else by the date of its page."""
    moments = sorted(moment for event in deadline.dates for moment in _moments(event))
    page_date = next((citation.as_of for citation in citations if year_of(citation.as_of)), None)
    period = deadline.cycle or deadline.as_of or ("" if year_of(deadline.text) else page_date) or ""
    dated = [moment for moment in moments if len(moment) >= _MONTH_LENGTH]
    if dated:
        is_past = all(moment < today.isoformat()[: len(moment)] for moment in dated)
        return DeadlineTime("past" if is_past else "coming", period, dated[0])
    year = year_of(deadline.cycle) or year_of(deadline.as_of) or year_of(deadline.text)
    first_moment = moments[0] if moments else ""
    if year is None and moments:  # the page's own year tells which October it means
        year = year_of(page_date)
    if year is None:
        return DeadlineTime("undated", period, first_moment)
    return DeadlineTime("past" if year < season_year(today) else "coming", period, first_moment)


def season_year(today: date) -> int:
    """Return the year in which the current application season started."""
    return today.year if today.month >= _SEASON_START else today.year - 1


def _moments(event: DatedEvent) -> Iterator[str]:
    return filter(None, (event.on, event.first, event.last))


def event_label(deadline: Deadline) -> str:
    """Return what a deadline is about, by its first date: "Apply by"."""
    return EVENT_LABELS.get(deadline.dates[0].what, "Dates") if deadline.dates else "Dates"


def short_deadline(deadline: Deadline, today: date) -> str:
    """Return the day by which to apply, such as "Sep 24", with its year if that is not over; or the page's words."""
    moments = [event.on or event.last or event.first for event in deadline.dates if event.what == "application"]
    moment = next(filter(None, moments), "")
    if len(moment) == _FULL_DATE_LENGTH:
        text = format_date(moment)
        return text if moment >= today.isoformat() else text.rsplit(", ", 1)[0]
    if moment and len(moment) < _MONTH_LENGTH:  # without a year
        return format_date(f"2000-{moment}").replace(", 2000", "").replace(" 2000", "")
    return format_date(moment) if moment else deadline.text
