"""The shortlist as rows with as many columns as fit, and the notes on an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...catalog.pay import pay_scale, starting_level
from ...catalog.years import year_of
from ...documents.program_columns import COLUMNS_BY_ID, EMPTY_CELL
from ...shortlist.columns import DATE, RATING, YES_NO, CustomColumn, format_value
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import FactChanges
from ...shortlist.scores import Score, column_values
from ...shortlist.stand_ins import absence_text
from ...text import format_date
from ..labels import hospital_name
from .spans import Span, StyledLine, align_right, fit, pane_title, wrap

_RANK_WIDTH = 6  # rank, sign of a selected row, change or note sign, comparison mark
_MIN_NAME_WIDTH = 24
_INSTITUTION_WIDTHS = (9, 24)  # least and greatest
_MAX_TITLE_WIDTH = 14  # of a custom column
_MAX_FITTED_WIDTH = 18
_ARROW_WIDTH = 2  # beside the title of the column sorted by
_MIN_CUSTOM_WIDTHS = {DATE: 10, RATING: 3, YES_NO: 3}
_MIN_CUSTOM_WIDTH = 8


class ShortlistColumn(NamedTuple):
    """A column beside the name. Its width includes the space before it; "" as a sort key means it sorts nothing.

    `narrow` is the column to show instead where there is no room for it.
    """

    title: str
    width: int
    cell_text: Callable[[Entry], str]
    style: str = "muted"
    is_numeric: bool = False
    sort_key: str = ""
    narrow: ShortlistColumn | None = None


class ShortlistRenderer(NamedTuple):
    """A shortlist to draw: the order on screen, ranks and scores by id, what changed in the data, and today."""

    catalog: Catalog
    shortlist: Shortlist
    sorted_shortlist: Shortlist
    ranks: Mapping[str, int]
    scores: Mapping[str, Score]
    changes_of: Callable[[Entry], FactChanges | None]
    sort_key: str
    today: date

    def columns(self, width: int) -> list[ShortlistColumn]:
        """Return the columns that fit beside the names, the most important first."""
        free_width = width - _RANK_WIDTH - _MIN_NAME_WIDTH
        columns = []
        for column in self._used_columns():
            fitting = next((each for each in (column, column.narrow) if each and each.width <= free_width), None)
            if fitting is not None:
                columns.append(fitting)
                free_width -= fitting.width
        return columns

    def _used_columns(self) -> Iterator[ShortlistColumn]:
        """Yield the columns in which some entry has a value."""
        min_width, max_width = _INSTITUTION_WIDTHS
        longest = max((len(self._institution(entry)) for entry in self.shortlist), default=0)
        width = max(min_width, min(longest + 1, max_width))
        yield ShortlistColumn("Hospital", width, self._institution, sort_key="institution")
        if any(score.text for score in self.scores.values()):
            score_text = lambda entry: self.scores[entry.id].text  # noqa: E731
            yield ShortlistColumn("Score", 6, score_text, "strong", is_numeric=True, sort_key="score")
        if any(entry.status for entry in self.shortlist):
            yield self._fitted("Status", lambda entry: entry.status, "star", sort_key="status")
        if any(self._next_date(entry) for entry in self.shortlist):
            narrow = self._fitted("Next", self._next_day, "star", sort_key="date")
            yield self._fitted("Next date", self._next_date, "star", sort_key="date")._replace(narrow=narrow)
        if any(entry.rating for entry in self.shortlist):
            yield ShortlistColumn("Rating", 7, lambda entry: "★" * entry.rating, "star", sort_key="rating")
        yield from map(_custom_column, self.shortlist.columns)
        if any(self._visa(entry) not in ("", EMPTY_CELL) for entry in self.shortlist):
            yield self._fitted("Visa", self._visa)
        if any(self._salary(entry) for entry in self.shortlist):
            yield self._fitted("Salary", self._salary)

    def _fitted(
        self, title: str, cell_text: Callable[[Entry], str], style: str = "muted", sort_key: str = ""
    ) -> ShortlistColumn:
        """Return a column that is as wide as its cells, within limits."""
        longest = max(len(cell_text(entry)) for entry in self.shortlist)
        width = 1 + min(_MAX_FITTED_WIDTH, max(len(title) + _ARROW_WIDTH, longest))
        return ShortlistColumn(title, width, cell_text, style, sort_key=sort_key)

    def _institution(self, entry: Entry) -> str:
        return hospital_name(self.catalog, entry)

    def _next_date(self, entry: Entry) -> str:
        """Return the first date from today on, with its label: "Jan 12 interview"."""
        _, label = self._coming_date(entry)
        return f"{self._next_day(entry)} {label}".strip()

    def _next_day(self, entry: Entry) -> str:
        """Return the day of the first date from today on, with its year if that is not in the next twelve months."""
        day, _ = self._coming_date(entry)
        text = format_date(day[:10]) if day else ""
        is_this_season = day[:7] < f"{self.today.year + 1}{self.today.isoformat()[4:7]}"
        return text.partition(",")[0] if is_this_season else text

    def _coming_date(self, entry: Entry) -> tuple[str, str]:
        """Return the first date from today on and its label, or two empty texts."""
        day_today = self.today.isoformat()
        return min(((day, label) for label, day in entry.dates if day >= day_today), default=("", ""))

    def _visa(self, entry: Entry) -> str:
        program = self.catalog.program.get(entry.id)
        return COLUMNS_BY_ID["visa"].cell_text(self.catalog, program, self.today) if program else ""

    def _salary(self, entry: Entry) -> str:
        """Return the yearly salary in the first year of the program with the year of its sponsor's scale."""
        program = self.catalog.program.get(entry.id)
        scale = pay_scale(self.catalog, program) if program else None
        level = starting_level(self.catalog, program) if program else None
        dollars = scale.pgy.get(level) if scale and level else None
        return f"${dollars:,.0f} ({year_of(scale.year) or 'no year'})" if scale and dollars else ""

    def header_line(self, shown_count: int, selected_count: int, width: int, *, has_focus: bool) -> StyledLine:
        """Return the title of the list with its counts, and those of the columns; an arrow marks the one sorted by."""
        columns = self.columns(width)
        column_titles = [self._title_with_arrow(column.title, column.sort_key) for column in columns]
        titles = "".join(map(_format_cell, columns, column_titles))
        size = len(self.shortlist)
        count = f"{size:,}" if shown_count == size else f"{shown_count:,} of {size:,}"
        if selected_count:
            count += f" · {selected_count:,} selected"
        elif self.sort_key != "rank":
            count += f" · by {self.sort_key.removeprefix('-')}"
        name_width = width - sum(column.width for column in columns)
        title = self._title_with_arrow("Your list", "name")
        return (*pane_title(title, count, name_width, has_focus=has_focus), (titles, "muted"))

    def _title_with_arrow(self, title: str, sort_key: str) -> str:
        if not sort_key or self.sort_key.removeprefix("-") != sort_key:
            return title
        return f"{title} {'▼' if self.sort_key.startswith('-') else '▲'}"

    def sort_key_at(self, width: int, x: int) -> str:
        """Return the sort key of the column title at cell `x`, or "" if there is nothing to sort by."""
        columns = self.columns(width)
        start = width - sum(column.width for column in columns)
        if x < start:
            return "rank" if x < _RANK_WIDTH else "name"
        for column in columns:
            start += column.width
            if x < start:
                return column.sort_key
        return ""

    def names_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the texts by which a filter finds an entry."""
        program = self.catalog.program.get(entry.id)
        hospital = self.catalog.institution[program.institution].name if program else entry.institution
        return (entry.name, hospital, self._institution(entry), entry.status, *entry.tags, entry.note)

    def is_cut(self, entry: Entry, width: int) -> bool:
        """Tell whether the row of an entry has no room for its whole name."""
        return len(entry.name) > width - _RANK_WIDTH - sum(column.width for column in self.columns(width))

    def row(self, entry: Entry, width: int, *, is_marked: bool = False, is_selected: bool = False) -> StyledLine:
        """Return rank, signs, name and columns of an entry."""
        columns = self.columns(width)
        program = self.catalog.program.get(entry.id)
        name = program.name if program else f"{entry.name or entry.id}  ({absence_text(entry.id)})"
        has_changes = self.changes_of(entry) is not None
        sign = "Δ" if has_changes else "✎" if entry.note or entry.comments else " "
        name_width = width - _RANK_WIDTH - sum(column.width for column in columns)
        return (
            (f"{self.ranks[entry.id]:>3}{'✓' if is_selected else ' '}", "star"),
            (sign, "warning" if has_changes else "star"),
            ("◆" if is_marked else " ", "mark"),
            (fit(name, name_width), "text" if program else "warning"),
            *((_format_cell(column, column.cell_text(entry)), column.style) for column in columns),
        )

    def note_lines(self, entry: Entry, width: int) -> list[StyledLine]:
        """Return what changed in the data, and everything that was written about an entry."""
        paragraphs = (*self._change_notes(entry), *self._score_notes(entry), *self._user_notes(entry))
        return [((f" {line}", style),) for text, style in paragraphs for line in wrap(text, width - 2)]

    def _change_notes(self, entry: Entry) -> Iterator[Span]:
        changes = self.changes_of(entry)
        if changes is None:
            return
        if not changes.is_removed:
            yield "Changed since you saved it (z marks changes as seen):", "warning"
        for text in changes.lines():
            yield text, "warning" if changes.is_removed else "text"

    def _score_notes(self, entry: Entry) -> Iterator[Span]:
        score = self.scores[entry.id]
        if score.violations:
            yield f"Out: does not meet your requirement for {', '.join(score.violations)}", "warning"
        elif score.value is not None and not score.is_manual and score.filled_columns < score.weighted_columns:
            filled = f"{score.filled_columns} of {score.weighted_columns} weighted columns"
            yield f"Score {score.value} from {filled}; v fills in the others", "muted"

    def _user_notes(self, entry: Entry) -> Iterator[Span]:
        for label, day in entry.dates:
            yield f"{format_date(day)} {label}", "text"
        if entry.tags:
            yield " ".join(f"#{tag}" for tag in entry.tags), "label"
        custom_values = [f"{column.name}: {text}" for column, text in column_values(self.shortlist, entry)]
        if custom_values:
            yield " · ".join(custom_values), "label"
        if entry.note:
            yield entry.note, "text"
        for reviewer, text in entry.comments:
            yield f"{reviewer}:", "label"
            yield text, "text"


def _custom_column(column: CustomColumn) -> ShortlistColumn:
    min_width = _MIN_CUSTOM_WIDTHS.get(column.kind, _MIN_CUSTOM_WIDTH)
    width = 1 + max(min_width, min(_MAX_TITLE_WIDTH, len(column.name)))
    return ShortlistColumn(column.name, width, partial(_custom_value, column.name), sort_key=column.name)


def _custom_value(column_name: str, entry: Entry) -> str:
    return format_value(entry.value(column_name))


def _format_cell(column: ShortlistColumn, text: str) -> str:
    if column.is_numeric:
        text = align_right(text, column.width - 1)
    return fit(f" {text}", column.width)
