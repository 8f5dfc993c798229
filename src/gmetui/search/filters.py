"""Filters: the programs and values that a condition such as `kind:fellowship` or `no:visa` stands for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..text import closest_match, did_you_mean
from .bitset import Bitset, union
from .fields import FACETS, FIELDS_BY_NAME, SEARCH_FIELDS, STATABLE_ATTRIBUTES, SearchField
from .index import Index
from .normalize import fold_key
from .query import Condition

_RANGE = re.compile(r"(<=|>=|<|>|=)?(\d{1,6})(?:\.\.(\d{1,6}))?\Z")
_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


class FilterMatch(NamedTuple):
    """The meaning of a condition: its programs, the field and values it names, and warnings.

    `matches` is None when no part of the condition was understood, so that it must not filter anything.
    """

    matches: Bitset | None
    field: SearchField | None = None
    values: tuple[str, ...] = ()
    is_not_stated: bool = False
    warnings: tuple[str, ...] = ()


def evaluate_filter(index: Index, condition: Condition) -> FilterMatch:
    """Return the meaning of `condition`. Negation is left to the caller."""
    field_name = condition.field.casefold()
    if field_name in ("no", "has"):
        return _evaluate_stated(index, condition.values, negated=field_name == "no")
    search_field = FIELDS_BY_NAME.get(field_name)
    if search_field is None:
        candidates = [*FIELDS_BY_NAME, "no", "has", "sort"]
        return FilterMatch(None, warnings=(_unknown_field(field_name, candidates, _field_names(SEARCH_FIELDS)),))
    value_ids: dict[str, None] = {}
    warnings = []
    for text in condition.values:
        resolved = resolve_values(index, search_field, text)
        value_ids.update(dict.fromkeys(resolved))
        if not resolved:
            warnings.append(_no_value_warning(index, search_field, text))
    program_sets = index.values(search_field).program_sets
    understood = bool(value_ids) or any(_is_range(search_field, text) for text in condition.values)
    matches = union((program_sets[value] for value in value_ids), index.size) if understood else None
    return FilterMatch(matches, search_field, tuple(value_ids), warnings=tuple(warnings))


def resolve_values(index: Index, search_field: SearchField, text: str) -> tuple[str, ...]:
    """Return the ids of the values that `text` names: by id, name or abbreviation, a prefix of those, or a range."""
    values = index.values(search_field)
    if text in values.program_sets:
        return (text,)
    if search_field.is_numeric:
        return tuple(value for value in values.program_sets if _in_range(int(value), text))
    key = fold_key(text)
    if not key:
        return ()
    exact = values.ids_by_name.get(key)
    if exact:
        return tuple(exact)
    by_prefix = (value for name, ids in values.ids_by_name.items() if name.startswith(key) for value in ids)
    return tuple(dict.fromkeys(by_prefix))


def _is_range(search_field: SearchField, text: str) -> bool:
    return search_field.is_numeric and _RANGE.match(text) is not None


def _in_range(value: int, text: str) -> bool:
    match = _RANGE.match(text)
    if match is None:
        return False
    comparison, first, last = match.groups()
    if last:
        return int(first) <= value <= int(last)
    return _COMPARISONS[comparison or "="](value, int(first))


def _evaluate_stated(index: Index, names: tuple[str, ...], *, negated: bool) -> FilterMatch:
    matches: Bitset | None = None
    search_field = None
    warnings = []
    for name in names:
        stated = index.stated_programs(name.casefold())
        if stated is None:
            known_names = sorted({*STATABLE_ATTRIBUTES, *(facet.name for facet in FACETS)})
            candidates = [*FIELDS_BY_NAME, *STATABLE_ATTRIBUTES]
            warnings.append(_unknown_field(name, candidates, f"try {', '.join(known_names)}"))
            continue
        search_field = FIELDS_BY_NAME.get(name.casefold())
        matches = (matches or 0) | (index.everything & ~stated if negated else stated)
    only_field = search_field if len(names) == 1 and negated else None
    return FilterMatch(matches, only_field, is_not_stated=only_field is not None, warnings=tuple(warnings))


def _unknown_field(name: str, candidates: list[str], known_names: str) -> str:
    return f"unknown field “{name}”; {did_you_mean(name, candidates) or known_names}"


def _field_names(search_fields: Iterable[SearchField]) -> str:
    return f"fields: {', '.join(search_field.name for search_field in search_fields)}"


def _no_value_warning(index: Index, search_field: SearchField, text: str) -> str:
    name = search_field.name
    if _is_range(search_field, text):
        return f"no program has {name}:{text}"
    if search_field.is_numeric:
        return f"“{text}” is not a number; use {name}:2 or {name}:<=2"
    values = index.values(search_field)
    key = closest_match(fold_key(text), list(values.ids_by_name))
    suggestion = f"; did you mean “{values.labels[values.ids_by_name[key][0]]}”?" if key else ""
    return f"unknown value “{text}” for {name}{suggestion}"
