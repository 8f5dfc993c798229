"""How programs of a list stand by a person's own columns, and the list in another order than its ranks.

Knock-outs come first: a program that lacks what it must have has no score. Then each weighted column gives from 0 to 1
(a grade 1 to 5, no and yes, a number between the least and the greatest on the list; turned round where the weight is
negative), and the score is their weighted mean as a whole number from 0 to 100, over the columns that are filled in.
A score by hand takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .columns import GRADE, OwnColumn, Value, knocks_out, shown
from .entries import STATUSES, Entry, Shortlist

WHOLE = 100  # the best score


class Standing(NamedTuple):
    """How a program stands. `filled` of `asked` weighted columns have a value."""

    score: int | None
    by_hand: bool
    lacks: tuple[str, ...]
    filled: int
    asked: int

    @property
    def words(self) -> str:
        """The standing in a few words."""
        if self.lacks:
            return "out"
        if self.score is None:
            return ""
        return f"{self.score}{'!' if self.by_hand else '' if self.filled == self.asked else '?'}"


def standings(shortlist: Shortlist) -> dict[str, Standing]:
    """Return how each program of a list stands, by its id."""
    weighed = [column for column in shortlist.columns if column.weight]
    scales = {column.name: _scale(shortlist, column) for column in weighed}
    return {entry.id: _standing(shortlist, entry, weighed, scales) for entry in shortlist}


def _scale(shortlist: Shortlist, column: OwnColumn) -> tuple[float, float]:
    if column.kind == GRADE:
        return 1, 5
    found = [float(value) for entry in shortlist if not isinstance(value := entry.value(column.name), str | None)]
    return (0, 1) if column.kind == "yes/no" or not found else (min(found), max(found))


def _standing(
    shortlist: Shortlist, entry: Entry, weighed: list[OwnColumn], scales: Mapping[str, tuple[float, float]]
) -> Standing:
    lacks = tuple(own.name for own in shortlist.columns if knocks_out(own, entry.value(own.name)))
    parts = []
    for column in weighed:
        value = entry.value(column.name)
        if value is not None and not isinstance(value, str):
            parts.append((abs(column.weight), _part(float(value), *scales[column.name], column.weight < 0)))
    score = entry.score
    if score is None and parts:
        score = round(WHOLE * sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts))
    return Standing(None if lacks else score, entry.score is not None, lacks, len(parts), len(weighed))


def _part(value: float, least: float, greatest: float, less_is_better: bool) -> float:
    """Return where a value stands between the least and the greatest, 0 to 1; the middle where all are equal."""
    part = (value - least) / (greatest - least) if greatest > least else 0.5
    return 1 - part if less_is_better else part


ORDERS: Mapping[str, str] = {
    "rank": "your own order",
    "score": "score by your columns",
    "status": "how far you are",
    "rating": "how much you like it",
    "name": "the program's name",
    "institution": "the institution's name",
    "date": "your next or last date",
    "tags": "your tags",
}
_BEST_FIRST = ("score", "rating")


def orders(shortlist: Shortlist) -> Mapping[str, str]:
    """Return what a list can be shown by: the usual ways and its own columns."""
    return {**ORDERS, **{column.name: "your column" for column in shortlist.columns if column.name not in ORDERS}}


def in_order(shortlist: Shortlist, key: str) -> Shortlist:
    """Return a list by one of `orders`, the best or first on top; "-score" is the other way round.

    What is not filled in comes last both ways, equals keep the person's order.
    """
    name = key.removeprefix("-")
    if name == "rank" or name not in orders(shortlist):
        return shortlist
    read = _reader(shortlist, name)
    filled = [entry for entry in shortlist if read(entry) is not None]
    turned = key.startswith("-") != _falls(shortlist, name)
    filled.sort(key=lambda entry: read(entry), reverse=turned)  # type: ignore[arg-type,return-value]  # None is left out
    kept = {entry.id for entry in filled}
    return shortlist.with_entries((*filled, *(entry for entry in shortlist if entry.id not in kept)))


def _falls(shortlist: Shortlist, name: str) -> bool:
    """Tell whether the greatest stands on top: grades, yes before no, numbers unless less is better."""
    column = shortlist.column(name)
    return name in _BEST_FIRST if column is None else column.kind in (GRADE, "yes/no") or column.weight > 0


_Key = Callable[[Entry], object]


def _reader(shortlist: Shortlist, name: str) -> _Key:
    if name == "score":
        found = standings(shortlist)
        return lambda entry: found[entry.id].score
    if shortlist.column(name):
        return lambda entry: _comparable(entry.value(name))
    return _READERS[name]


def _comparable(value: Value | None) -> Value | None:
    return value.casefold() if isinstance(value, str) else value


def _status(entry: Entry) -> tuple[int, str] | None:
    known = entry.status in STATUSES
    return (STATUSES.index(entry.status) if known else len(STATUSES), entry.status) if entry.status else None


_READERS: Mapping[str, _Key] = {
    "status": _status,
    "rating": lambda entry: entry.rating or None,
    "name": lambda entry: entry.name.casefold() or None,
    "institution": lambda entry: entry.institution.casefold() or None,
    "date": lambda entry: entry.dates[-1][1] if entry.dates else None,
    "tags": lambda entry: tuple(tag.casefold() for tag in entry.tags) or None,
}


def own_cells(shortlist: Shortlist, entry: Entry) -> Iterator[tuple[OwnColumn, str]]:
    """Yield what stands in a person's own columns of an entry, where something does."""
    for column in shortlist.columns:
        value = entry.value(column.name)
        if value is not None:
            yield column, shown(value)
