"""What a line that is being typed could go on as: field names, and values with how many programs have them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .fields import BY_NAME, DIMENSIONS, STATED, Dimension
from .index import Index
from .normalize import joined
from .sort import SORTS

_LAST = re.compile(r'(?P<not>-?)(?P<field>[^\W\d][\w-]*):(?P<before>(?:[^\s,"]*,)*)(?P<part>"[^"]*|[^\s",]*)\Z')
_WORD = re.compile(r"(?:^|\s)-?(?P<word>[a-z]{3,})\Z")
_FIELDS = (*(dimension.name for dimension in DIMENSIONS), "no", "has", "sort")
_SHOWN = 8


class Completion(NamedTuple):
    """One way to go on: the whole line, what the last term becomes, and how many programs have the value."""

    line: str
    label: str
    programs: int | None = None


def complete(index: Index, line: str) -> list[Completion]:
    """Return ways to go on with the last term of `line`, the likeliest first; [] when it is finished or a word."""
    last = _LAST.search(line)
    if last is None:
        word = _WORD.search(line)
        return _fields(line, word["word"]) if word else []
    head = line[: last.start("part")]
    part = last["part"].removeprefix('"')
    field = last["field"].casefold()
    if field in ("no", "has"):
        known = dict.fromkeys((*(dimension.name for dimension in DIMENSIONS if dimension.facet), *STATED))
        return _named(head, part, list(known))
    if field == "sort":
        return _named(head, part, list(SORTS))
    dimension = BY_NAME.get(field)
    return _values(index, dimension, head, part)[:_SHOWN] if dimension else []


def _fields(line: str, word: str) -> list[Completion]:
    head = line[: len(line) - len(word)]
    return [Completion(f"{head}{name}:", f"{name}:") for name in _FIELDS if name.startswith(word)]


def _named(head: str, part: str, names: list[str]) -> list[Completion]:
    begun = [name for name in names if name.startswith(part.casefold()) and name != part.casefold()]
    return [Completion(f"{head}{name}", name) for name in begun[:_SHOWN]]


def _values(index: Index, dimension: Dimension, head: str, part: str) -> list[Completion]:
    """Return values one of whose names begins with `part`; those whose id does come first, then by count."""
    wanted = joined(part)
    values = index.values(dimension)
    begun: dict[str, bool] = {}
    for name, ids in values.names.items():
        if name.startswith(wanted):
            for value in ids:
                begun[value] = begun.get(value, False) or joined(value).startswith(wanted)
    counts = {value: values.bits(value, index.size).bit_count() for value in begun if value != part}
    order = sorted(counts, key=lambda value: (not begun[value], -counts[value], values.labels[value]))
    return [Completion(f"{head}{value}", values.labels[value], counts[value]) for value in order]
