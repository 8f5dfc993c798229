"""Conditions to programs: which field and which of its values a person means, and what to say when it is unclear."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..text import nearest
from .bitset import Bits, union
from .fields import BY_NAME, DIMENSIONS, STATED, Dimension
from .index import Index
from .normalize import joined
from .query import Condition

_RANGE = re.compile(r"(<=|>=|<|>|=)?(\d{1,6})(?:\.\.(\d{1,6}))?\Z")
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


class Meaning(NamedTuple):
    """What a condition means: its programs, the values it names, and what could not be understood.

    `bits` is None when nothing of it was understood, so that it must not narrow anything.
    """

    bits: Bits | None
    dimension: Dimension | None = None
    values: tuple[str, ...] = ()
    unstated: bool = False
    warnings: tuple[str, ...] = ()


def interpret(index: Index, condition: Condition) -> Meaning:
    """Return what `condition` means, its negation left to the caller."""
    field = condition.field.casefold()
    if field in ("no", "has"):
        return _stated(index, field, condition.values)
    dimension = BY_NAME.get(field)
    if dimension is None:
        near = nearest(field, [*BY_NAME, "no", "has", "sort"])
        return Meaning(None, warnings=(f"no field “{field}”; {f'{near}?' if near else _fields()}",))
    ids: dict[str, None] = {}
    warnings: list[str] = []
    for raw in condition.values:
        found = resolve(index, dimension, raw)
        ids.update(dict.fromkeys(found))
        if not found:
            warnings.append(_unknown(index, dimension, raw))
    known = index.values(dimension).kept
    bits = union((known[value] for value in ids), index.size)
    understood = bool(ids) or any(_is_range(dimension, raw) for raw in condition.values)
    return Meaning(bits if understood else None, dimension, tuple(ids), warnings=tuple(warnings))


def resolve(index: Index, dimension: Dimension, raw: str) -> tuple[str, ...]:
    """Return the value ids that `raw` names: an id, a name, an abbreviation, or what they begin with."""
    values = index.values(dimension)
    if raw in values.kept:
        return (raw,)
    if dimension.numeric:
        return tuple(value for value in values.kept if _in_range(int(value), raw))
    wanted = joined(raw)
    if not wanted:
        return ()
    exact = values.names.get(wanted)
    if exact:
        return tuple(exact)
    begun: dict[str, None] = {}
    for name, ids in values.names.items():
        if name.startswith(wanted):
            begun.update(dict.fromkeys(ids))
    return tuple(begun)


def _is_range(dimension: Dimension, raw: str) -> bool:
    return dimension.numeric and _RANGE.match(raw) is not None


def _in_range(value: int, raw: str) -> bool:
    found = _RANGE.match(raw)
    if found is None:
        return False
    low = int(found[2])
    if found[3]:
        return low <= value <= int(found[3])
    return _COMPARE[found[1] or "="](value, low)


def _stated(index: Index, field: str, names: tuple[str, ...]) -> Meaning:
    bits: Bits | None = None
    dimension = None
    warnings = []
    for name in names:
        stated = index.stated(name.casefold())
        if stated is None:
            near = nearest(name, [*BY_NAME, *STATED])
            warnings.append(f"nothing called “{name}” can be stated; {f'{near}?' if near else _statable()}")
            continue
        dimension = BY_NAME.get(name.casefold())
        bits = (bits or 0) | (stated if field == "has" else index.everything & ~stated)
    sole = dimension if len(names) == 1 and field == "no" else None
    return Meaning(bits, sole, unstated=sole is not None, warnings=tuple(warnings))


def _unknown(index: Index, dimension: Dimension, raw: str) -> str:
    values = index.values(dimension)
    if dimension.numeric:
        if _is_range(dimension, raw):
            return f"no program has {dimension.name}:{raw}"
        return f"“{raw}” is no number; write {dimension.name}:2 or {dimension.name}:<=2"
    near = nearest(joined(raw), list(values.names))
    hint = f"; {values.labels[values.names[near][0]]}?" if near else ""
    return f"no {dimension.label.lower()} “{raw}”{hint}"


def _fields() -> str:
    return f"fields: {', '.join(dimension.name for dimension in DIMENSIONS)}"


def _statable() -> str:
    return f"try {', '.join(sorted({*STATED, *(dimension.name for dimension in DIMENSIONS if dimension.facet)}))}"
