"""A chart as lines of text: months as columns, a row for each service, readable without color."""

from __future__ import annotations

from calendar import month_abbr, monthrange
from collections.abc import Sequence
from datetime import date

from ..lean_typing import NamedTuple
from .document import Chart, ChartRow, ChartSpan

#: Marks today in every row.
TODAY_SIGN = "│"
SPAN_SIGN = "━"
_MIN_MONTH, _MAX_MONTH = 4, 8  # cells of a month
_MAX_MONTHS, _MAX_AHEAD = 16, 14
_MAX_LABEL, _GAP = 24, 2


class _Scale(NamedTuple):
    """The months that are drawn, and the cells of each."""

    first_month: int  # months since year 0
    month_count: int
    month_width: int

    @property
    def width(self) -> int:
        return self.month_count * self.month_width

    def cell_of(self, day: date) -> int:
        """Return the cell of a day, which is outside of the chart if its month is."""
        days = monthrange(day.year, day.month)[1]
        within = (day.day - 1) * self.month_width // days
        return (_month_number(day) - self.first_month) * self.month_width + within


def chart_lines(chart: Chart, width: int) -> tuple[str, ...]:
    """Return the lines of a chart for `width` cells; where they are few, it starts with the month of today."""
    rows = [chart_row for chart_row in chart.rows if chart_row.spans]
    if not rows:
        return ()
    label_width = min(_MAX_LABEL, max(len(chart_row.label) for chart_row in rows))
    scale = _scale_of(rows, chart.today, width - label_width - _GAP)
    margin = " " * (label_width + _GAP)
    lines = [f"{margin}{_year_line(scale)}".rstrip(), f"{margin}{_month_line(scale)}".rstrip()]
    lines += [
        f"{_label(chart_row.label, label_width)}{' ' * _GAP}{_row_line(chart_row.spans, chart.today, scale)}".rstrip()
        for chart_row in rows
    ]
    return (*lines, f"{margin}{chart.legend}"[:width].rstrip())


def _label(label: str, width: int) -> str:
    return label.ljust(width) if len(label) <= width else f"{label[: width - 1]}…"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _scale_of(rows: Sequence[ChartRow], today: date, width: int) -> _Scale:
    """Return the scale for `width` cells: where they are few, what is over and what is far off are left out."""
    present_month = _month_number(today)
    spans = [
        chart_span
        for chart_row in rows
        for chart_span in chart_row.spans
        if _month_number(chart_span.first) <= present_month + _MAX_AHEAD
    ]
    months = [_month_number(day) for chart_span in spans for day in (chart_span.first, chart_span.last)] or [
        present_month
    ]
    fitting = max(1, min(_MAX_MONTHS, width // _MIN_MONTH))
    first = min(min(months), present_month)
    if max(months) >= first + fitting:
        first = max(first, min(present_month, max(months) - fitting + 1))
    last = max((month for month in months if first <= month < first + fitting), default=first)
    count = last - first + 1
    return _Scale(first, count, max(_MIN_MONTH, min(_MAX_MONTH, width // count)))


def _year_line(scale: _Scale) -> str:
    cells = [" "] * scale.width
    for index in range(scale.month_count):
        year, month = divmod(scale.first_month + index, 12)
        if index == 0 or month == 0:
            start = index * scale.month_width
            cells[start : start + 4] = str(year)
    return "".join(cells[: scale.width])


def _month_line(scale: _Scale) -> str:
    names = (month_abbr[(scale.first_month + index) % 12 + 1] for index in range(scale.month_count))
    return "".join(name.ljust(scale.month_width) for name in names)


def _row_line(spans: Sequence[ChartSpan], today: date, scale: _Scale) -> str:
    cells = [" "] * scale.width
    today_cell = scale.cell_of(today)
    if 0 <= today_cell < scale.width:
        cells[today_cell] = TODAY_SIGN
    for chart_span in sorted(
        spans, key=lambda chart_span: chart_span.first == chart_span.last
    ):  # days are drawn over spans
        first, last = scale.cell_of(chart_span.first), scale.cell_of(chart_span.last)
        for cell in range(max(0, first), min(scale.width - 1, last) + 1):
            cells[cell] = SPAN_SIGN if first != last else chart_span.sign
    return "".join(cells)
