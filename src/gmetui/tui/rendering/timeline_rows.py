"""Dates as bars over the months: a row for each date, months as columns, today as a line through all rows.

The sign at the start of a bar says whose date it is, so that it reads the same without color.
"""

from __future__ import annotations

from calendar import month_abbr, monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from .spans import BLANK_LINE, Span, StyledLine, fit, wrap

_MIN_MONTH, _MAX_MONTH = 4, 10  # cells of a month
_MAX_MONTHS = 18
_MAX_LABEL = 48
_GAP = 2
_TODAY, _BAR, _EARLIER, _LATER = "│", "━", "‹", "›"
_SIGNS: Mapping[str, str] = {"yours": "◆", "program": "●", "service": "■"}
_STYLES: Mapping[str, str] = {"yours": "star", "program": "text", "service": "lead"}
_LEGEND = "◆ yours   ● program's page   ■ service or match   │ today"


class TimelineBar(NamedTuple):
    """A day or a span of days: what it is about, and who gave it: you, the program's page, or a service."""

    label: str
    first: date
    last: date
    origin: Literal["yours", "program", "service"]


class _Months(NamedTuple):
    """The months that are drawn, counted from year 0, and the cells of each."""

    first: int
    month_count: int
    width: int

    def cell_of(self, day: date) -> int:
        """Return the cell of a day; it is outside if the month of the day isn't drawn."""
        within = (day.day - 1) * self.width // monthrange(day.year, day.month)[1]
        return (_month_number(day) - self.first) * self.width + within


def timeline_rows(
    bars: Sequence[TimelineBar], undated: Iterable[str], today: date, width: int
) -> tuple[StyledLine, ...]:
    """Return the lines for `width` cells: the months, the bars in their order, the legend, and what has no day."""
    label_width = max(10, min(_MAX_LABEL, width * 2 // 5, max((len(bar.label) for bar in bars), default=0)))
    day_width = max((len(_day_text(bar)) for bar in bars), default=0) + _GAP
    margin = label_width + _GAP + day_width
    months = _months_of(bars, today, width - margin)
    rows: list[StyledLine] = []
    if bars:
        rows += [((" " * margin + text, style),) for text, style in _heading(months)]
        rows += [_bar_row(bar, months, today, label_width, day_width) for bar in bars]
        rows += [BLANK_LINE, ((fit(_LEGEND, width), "muted"),)]
    return (*rows, *_undated_rows(tuple(undated), width))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months_of(bars: Sequence[TimelineBar], today: date, width: int) -> _Months:
    """Return the months that fit: those of all bars; where they are too many, the months from today on."""
    now = _month_number(today)
    numbers = [now, *(_month_number(day) for bar in bars for day in (bar.first, bar.last))]
    fitting = max(1, min(_MAX_MONTHS, width // _MIN_MONTH))
    first = min(numbers)
    if max(numbers) - first >= fitting:
        first = max(first, min(now, max(numbers) - fitting + 1))
    count = min(max(numbers) - first + 1, fitting)
    return _Months(first, count, max(_MIN_MONTH, min(_MAX_MONTH, width // count)))


def _heading(months: _Months) -> tuple[Span, Span]:
    """Return the line of the years and that of the months."""
    years, names = "", ""
    for number in range(months.first, months.first + months.month_count):
        year, month = divmod(number, 12)
        years += (str(year) if not years or not month else "").ljust(months.width)
        names += month_abbr[month + 1].ljust(months.width)
    return (years, "muted"), (names, "strong")


def _bar_row(bar: TimelineBar, months: _Months, today: date, label_width: int, day_width: int) -> StyledLine:
    is_past = bar.last < today
    style = "muted" if is_past else _STYLES[bar.origin]
    label = fit(bar.label, label_width) + " " * _GAP
    days = fit(_day_text(bar), day_width)
    return (label, "muted" if is_past else "text"), (days, "muted"), *_bar_cells(bar, months, today, style)


def _day_text(bar: TimelineBar) -> str:
    first, last = (f"{month_abbr[day.month]} {day.day}" for day in (bar.first, bar.last))
    return first if bar.first == bar.last else f"{first} – {last}"


def _bar_cells(bar: TimelineBar, months: _Months, today: date, style: str) -> Iterator[Span]:
    end = months.month_count * months.width
    first, last, now = (months.cell_of(day) for day in (bar.first, bar.last, today))
    cells: dict[int, Span] = {now: (_TODAY, "key")} if 0 <= now < end else {}
    if last < 0:
        cells[0] = (_EARLIER, style)
    elif first >= end:
        cells[end - 1] = (_LATER, style)
    else:
        cells |= dict.fromkeys(range(max(0, first), min(last, end - 1) + 1), (_BAR, style))
        cells[max(0, first)] = (_SIGNS[bar.origin] if first >= 0 else _EARLIER, style)
    position = 0
    for cell, span in sorted(cells.items()):
        yield " " * (cell - position), "text"
        yield span
        position = cell + 1


def _undated_rows(undated: Sequence[str], width: int) -> Iterator[StyledLine]:
    if undated:
        yield BLANK_LINE
        yield (("No day in this season is known:", "strong"),)
    for text in undated:
        first_line, *other_lines = wrap(text, width - 2)
        yield (("· ", "muted"), (first_line, "muted"))
        yield from ((("  ", "muted"), (line, "muted")) for line in other_lines)
