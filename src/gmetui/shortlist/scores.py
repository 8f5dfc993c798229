"""Scores of listed programs from their custom columns, and the list sorted by something other than its ranks.

A program that violates the requirement of a column has no score. Otherwise each weighted column that is filled in
gives a fraction from 0 to 1: the rating on its scale from 1 to 5, no or yes, a number between the least and the
greatest on the list; reversed if the weight is negative. The score is the weighted mean of the fractions, rounded to a
whole number from 0 to 100. A manual score replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .columns import RATING, YES_NO, CustomColumn, Value, format_value, violates
from .entries import MAX_SCORE, STATUSES, Entry, Shortlist


class Score(NamedTuple):
    """The score of one program, None if it has none. `violations` are the columns whose requirement it breaks."""

    value: int | None
    is_manual: bool
    violations: tuple[str, ...]
    filled_columns: int
    weighted_columns: int

    @property
    def text(self) -> str:
        """The score for a narrow column: "75", "75!" if manual, "75?" if columns are blank, "out" if excluded."""
        if self.violations:
            return "out"
        if self.value is None:
            return ""
        if self.is_manual:
            return f"{self.value}!"
        return f"{self.value}?" if self.filled_columns < self.weighted_columns else f"{self.value}"


def scores(shortlist: Shortlist) -> dict[str, Score]:
    """Return the score of each program on a list, by program id."""
    weighted = [column for column in shortlist.columns if column.weight]
    ranges = {column.name: _value_range(shortlist, column) for column in weighted}
    return {entry.id: _score(shortlist, entry, weighted, ranges) for entry in shortlist}


def _value_range(shortlist: Shortlist, column: CustomColumn) -> tuple[float, float]:
    """Return the values of a column that give the fractions 0 and 1."""
    if column.kind == RATING:
        return 1, 5
    if column.kind == YES_NO:
        return 0, 1
    cells = (entry.value(column.name) for entry in shortlist)
    numbers = [float(cell) for cell in cells if not isinstance(cell, str | None)]
    return (min(numbers), max(numbers)) if numbers else (0, 1)


def _score(
    shortlist: Shortlist, entry: Entry, weighted: list[CustomColumn], ranges: Mapping[str, tuple[float, float]]
) -> Score:
    violations = tuple(column.name for column in shortlist.columns if violates(column, entry.value(column.name)))
    weighted_fractions = []
    for column in weighted:
        cell = entry.value(column.name)
        if cell is not None and not isinstance(cell, str):
            fraction = _fraction(float(cell), *ranges[column.name])
            weighted_fractions.append((abs(column.weight), fraction if column.weight > 0 else 1 - fraction))
    value = entry.score
    if value is None and weighted_fractions:
        total_weight = sum(weight for weight, _ in weighted_fractions)
        value = round(MAX_SCORE * sum(weight * fraction for weight, fraction in weighted_fractions) / total_weight)
    is_manual = entry.score is not None
    return Score(None if violations else value, is_manual, violations, len(weighted_fractions), len(weighted))


def _fraction(number: float, least: float, greatest: float) -> float:
    """Return the position of a number in a range, 0 to 1; 0.5 if the range is a single number."""
    return (number - least) / (greatest - least) if greatest > least else 0.5


SORT_KEYS: Mapping[str, str] = {
    "rank": "your rank order",
    "score": "score from your columns",
    "status": "application status",
    "rating": "your rating",
    "name": "program name",
    "institution": "institution name",
    "date": "your latest date",
    "tags": "your tags",
}
_DESCENDING_KEYS = ("score", "rating")


def sort_keys(shortlist: Shortlist) -> Mapping[str, str]:
    """Return what a list can be sorted by, with a description: the standard keys and the custom columns."""
    custom = {column.name: "custom column" for column in shortlist.columns if column.name not in SORT_KEYS}
    return {**SORT_KEYS, **custom}


def sorted_by(shortlist: Shortlist, sort_key: str) -> Shortlist:
    """Return a list sorted by one of `sort_keys`, best or first on top; "-score" reverses it.

    Entries without a value come last in both directions. Ties keep the rank order. An unknown key changes nothing.
    """
    key_name = sort_key.removeprefix("-")
    if key_name == "rank" or key_name not in sort_keys(shortlist):
        return shortlist
    read_value = _value_reader(shortlist, key_name)
    with_value = [entry for entry in shortlist if read_value(entry) is not None]
    without_value = [entry for entry in shortlist if read_value(entry) is None]
    descending = _is_descending(shortlist, key_name) != sort_key.startswith("-")
    with_value.sort(key=read_value, reverse=descending)  # type: ignore[arg-type]  # none of the values is None
    return shortlist.with_entries((*with_value, *without_value))


def _is_descending(shortlist: Shortlist, key_name: str) -> bool:
    """Tell whether the greatest value comes first: ratings, yes before no, and numbers with a positive weight."""
    column = shortlist.column(key_name)
    return key_name in _DESCENDING_KEYS if column is None else column.kind in (RATING, YES_NO) or column.weight > 0


_Reader = Callable[[Entry], object]


def _value_reader(shortlist: Shortlist, key_name: str) -> _Reader:
    """Return the function that reads the value to sort by from an entry, None if it has none."""
    if key_name == "score":
        scores_by_id = scores(shortlist)
        return lambda entry: scores_by_id[entry.id].value
    if shortlist.column(key_name):
        return lambda entry: _ignoring_case(entry.value(key_name))
    return _READERS[key_name]


def _ignoring_case(value: Value | None) -> Value | None:
    return value.casefold() if isinstance(value, str) else value


def _status_order(entry: Entry) -> tuple[int, str] | None:
    """Return the position of a status in the season; other statuses come after the suggested ones."""
    if not entry.status:
        return None
    return STATUSES.index(entry.status) if entry.status in STATUSES else len(STATUSES), entry.status


_READERS: Mapping[str, _Reader] = {
    "status": _status_order,
    "rating": lambda entry: entry.rating or None,
    "name": lambda entry: entry.name.casefold() or None,
    "institution": lambda entry: entry.institution.casefold() or None,
    "date": lambda entry: entry.dates[-1][1] if entry.dates else None,
    "tags": lambda entry: tuple(tag.casefold() for tag in entry.tags) or None,
}


def column_values(shortlist: Shortlist, entry: Entry) -> Iterator[tuple[CustomColumn, str]]:
    """Yield the custom columns that are filled in for an entry, with their values as text."""
    for column in shortlist.columns:
        value = entry.value(column.name)
        if value is not None:
            yield column, format_value(value)
