"""The shortlist as rows with as many columns as fit, and the notes on an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...shortlist.columns import DATE, RATING, YES_NO, CustomColumn, format_value
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import FactChanges
from ...shortlist.scores import Score, column_values
from ...text import format_date
from .spans import Span, StyledLine, align_right, fit, wrap

_RANK_WIDTH = 6  # rank, change or note sign, comparison mark
_MIN_NAME_WIDTH = 24
_INSTITUTION_WIDTHS = (9, 24)  # least and greatest
_MAX_TITLE_WIDTH = 14  # of a custom column
_MIN_CUSTOM_WIDTHS = {DATE: 10, RATING: 3, YES_NO: 3}
_MIN_CUSTOM_WIDTH = 8


class ShortlistColumn(NamedTuple):
    """A column beside the name. Its width includes the space before it."""

    title: str
    width: int
    cell_text: Callable[[Entry], str]
    style: str = "muted"
    is_numeric: bool = False


class ShortlistRenderer(NamedTuple):
    """A shortlist to draw: the order on screen, ranks and scores by id, and what changed in the data."""

    catalog: Catalog
    shortlist: Shortlist
    sorted_shortlist: Shortlist
    ranks: Mapping[str, int]
    scores: Mapping[str, Score]
    changes_of: Callable[[Entry], FactChanges | None]

    def columns(self, width: int) -> list[ShortlistColumn]:
        """Return the columns that fit beside the names, the most important first."""
        free_width = width - _RANK_WIDTH - _MIN_NAME_WIDTH
        columns = []
        for column in self._used_columns():
            if column.width <= free_width:
                columns.append(column)
                free_width -= column.width
        return columns

    def _used_columns(self) -> Iterator[ShortlistColumn]:
        """Yield the columns in which some entry has a value."""
        min_width, max_width = _INSTITUTION_WIDTHS
        longest = max((len(self._institution(entry)) for entry in self.shortlist), default=0)
        yield ShortlistColumn("Hospital", max(min_width, min(longest + 1, max_width)), self._institution)
        if any(score.text for score in self.scores.values()):
            yield ShortlistColumn("Score", 6, lambda entry: self.scores[entry.id].text, "strong", is_numeric=True)
        if any(entry.status for entry in self.shortlist):
            yield ShortlistColumn("Status", 13, lambda entry: entry.status, "label")
        if any(entry.rating for entry in self.shortlist):
            yield ShortlistColumn("Rating", 7, lambda entry: "★" * entry.rating, "star")
        yield from map(_custom_column, self.shortlist.columns)

    def _institution(self, entry: Entry) -> str:
        program = self.catalog.program.get(entry.id)
        return self.catalog.institution[program.institution].short_name if program else entry.institution

    def header_line(self, width: int) -> StyledLine:
        """Return the column titles."""
        columns = self.columns(width)
        titles = "".join(_format_cell(column, column.title) for column in columns)
        return ((fit(f"{'':{_RANK_WIDTH}}Program", width - len(titles)) + titles, "heading"),)

    def row(self, entry: Entry, width: int, *, is_marked: bool = False) -> StyledLine:
        """Return rank, signs, name and columns of an entry."""
        columns = self.columns(width)
        program = self.catalog.program.get(entry.id)
        name = program.name if program else f"{entry.name or entry.id}  (no longer in the data)"
        has_changes = self.changes_of(entry) is not None
        sign = "Δ" if has_changes else "✎" if entry.note or entry.comments else " "
        name_width = width - _RANK_WIDTH - sum(column.width for column in columns)
        return (
            (f"{self.ranks[entry.id]:>3} ", "key"),
            (sign, "warning" if has_changes else "star"),
            ("◆" if is_marked else " ", "star"),
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
        for label, date in entry.dates:
            yield f"{format_date(date)} {label}", "text"
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
    return ShortlistColumn(column.name, width, partial(_custom_value, column.name))


def _custom_value(column_name: str, entry: Entry) -> str:
    return format_value(entry.value(column_name))


def _format_cell(column: ShortlistColumn, text: str) -> str:
    if column.is_numeric:
        text = align_right(text, column.width - 1)
    return fit(f" {text}", column.width)
