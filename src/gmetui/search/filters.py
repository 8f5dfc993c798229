"""Filters: the programs and values that a condition such as `kind:fellowship` or `no:visa` stands for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ..lean_typing import NamedTuple
from ..text import closest_match
from .bitset import Bitset, union
from .field_names import NEAR, find_field, find_stated, similar_names
from .fields import FACETS, SEARCH_FIELDS, SearchField
from .fit_values import FITS, NO_PROFILE
from .index import Index
from .normalize import fold_key
from .query import Condition
from .stated_facts import WORD_FACTS, StatedFact

# Patterns are compiled when a condition is first evaluated, by `re`, which keeps them.
_RANGE = r"(<=|>=|<|>|=)?(\d{1,6})(?:(?:\.\.|-|–)(\d{1,6}))?\Z"
_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
#: The beginning of a range that has no number yet, or only its first.
_STARTED_RANGE = r"(?:<=?|>=?|=|\d{1,6}(?:\.\.?|-|–))\Z"
_NOT_STATED_TEXTS = (
    *("none", "no", "not", "null", "nil", "na", "n/a", "empty", "missing", "unknown", "blank", "unstated"),
    *("not stated", "not-stated", "not known", "not listed", "not given", "unspecified", "unlisted", "unpublished"),
)


class Mistake(NamedTuple):
    """A part of a query that has no meaning: its text, what is wrong with it, and the condition it is part of.

    `is_incomplete` is set where more text may follow: nothing is wrong while somebody types. `is_binding` is set where
    ignoring the condition would change what the reader relies on.
    """

    text: str
    message: str
    condition: Condition | None = None
    is_incomplete: bool = False
    is_binding: bool = False


class FilterMatch(NamedTuple):
    """The meaning of a condition: its programs, the field and values it names, mistakes and warnings.

    `matches` is None when no part of the condition was understood.
    """

    matches: Bitset | None
    field: SearchField | None = None
    values: tuple[str, ...] = ()
    is_not_stated: bool = False
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[str, ...] = ()


def evaluate_filter(index: Index, condition: Condition) -> FilterMatch:
    """Return the meaning of `condition`. Negation is left to the caller."""
    field_name = condition.field.casefold()
    if not condition.values:
        return FilterMatch(None, mistakes=(_incomplete(condition, condition.field),))
    if field_name in ("no", "has"):
        return _evaluate_stated(index, condition, negated=field_name == "no")
    if field_name == NEAR:
        return _evaluate_near(index, condition)
    named_field = find_field(field_name)
    if named_field is None:
        message = _unknown_field(field_name, _field_names(SEARCH_FIELDS))
        return FilterMatch(None, mistakes=(Mistake(condition.field, message, condition),))
    if isinstance(named_field, StatedFact):
        return _evaluate_texts(index, condition, named_field)
    if named_field.name == FITS:
        return _evaluate_fits(index, condition, named_field)
    return _evaluate_values(index, condition, named_field)


def _incomplete(condition: Condition, text: str) -> Mistake:
    return Mistake(text, f"“{condition}” is not complete", condition, is_incomplete=True)


def _evaluate_values(index: Index, condition: Condition, search_field: SearchField) -> FilterMatch:
    value_ids: dict[str, None] = {}
    mistakes, warnings = [], []
    is_understood = False
    for text in condition.values:
        resolved = resolve_values(index, search_field, text)
        value_ids.update(dict.fromkeys(resolved))
        if search_field.is_numeric and re.match(_STARTED_RANGE, text):
            mistakes.append(_incomplete(condition, text))
        elif not resolved and _is_range(search_field, text):
            warnings.append(f"no program has {search_field.name}:{text}")
            is_understood = True
        elif not resolved:
            mistakes.append(Mistake(text, _no_value_message(index, search_field, text), condition))
    if not value_ids and not is_understood:
        return FilterMatch(None, search_field, mistakes=tuple(mistakes))
    matches = union((index.values(search_field).program_sets[value] for value in value_ids), index.size)
    return FilterMatch(matches, search_field, tuple(value_ids), mistakes=tuple(mistakes), warnings=tuple(warnings))


def _evaluate_fits(index: Index, condition: Condition, search_field: SearchField) -> FilterMatch:
    """Return the programs of some verdicts. A mistake in them is binding: nobody may miss that it was ignored."""
    if index.fit_values is None:
        return FilterMatch(None, mistakes=(Mistake(condition.field, NO_PROFILE, condition, is_binding=True),))
    evaluated = _evaluate_values(index, condition, search_field)
    return evaluated._replace(mistakes=tuple(mistake._replace(is_binding=True) for mistake in evaluated.mistakes))


def _evaluate_texts(index: Index, condition: Condition, fact: StatedFact) -> FilterMatch:
    """Return the programs that state a fact with the words of a value; "none" is a mistake unless a text has it."""
    matches: Bitset = 0
    mistakes, warnings = [], []
    for text in condition.values:
        stating = index.programs_stating(fact, text)
        matches |= stating
        if not stating and means_not_stated(text):
            message = f"no program states “{text}” about {fact.name}; did you mean “no:{fact.name}”?"
            mistakes.append(Mistake(text, message, condition))
        elif not stating:
            warnings.append(f"no program states “{text}” about {fact.name}")
    is_understood = len(mistakes) < len(condition.values)
    return FilterMatch(matches if is_understood else None, mistakes=tuple(mistakes), warnings=tuple(warnings))


def _evaluate_near(index: Index, condition: Condition) -> FilterMatch:
    from .nearby import match_near  # few searches ask for a distance

    near = match_near(index, condition.values)
    mistakes = tuple(Mistake(text, message, condition) for text, message in near.problems)
    return FilterMatch(near.matches, mistakes=mistakes, warnings=near.warnings)


@cache
def _not_stated_keys() -> frozenset[str]:
    return frozenset(map(fold_key, _NOT_STATED_TEXTS))


def means_not_stated(text: str) -> bool:
    """Tell whether a value asks for programs that do not state the field: "none", "not stated"."""
    return fold_key(text) in _not_stated_keys()


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
    by_prefix = (value for _, ids in values.ids_by_name.with_prefix(key) for value in ids)
    return tuple(dict.fromkeys(by_prefix))


def _is_range(search_field: SearchField, text: str) -> bool:
    return search_field.is_numeric and re.match(_RANGE, text) is not None


def _in_range(value: int, text: str) -> bool:
    match = re.match(_RANGE, text)
    if match is None:
        return False
    comparison, first, last = match.groups()
    if last:
        return int(first) <= value <= int(last)
    return _COMPARISONS[comparison or "="](value, int(first))


def _evaluate_stated(index: Index, condition: Condition, *, negated: bool) -> FilterMatch:
    matches: Bitset | None = None
    named_field = None
    mistakes = []
    for name in condition.values:
        named_field = find_stated(name)
        if named_field is None:
            message = _unknown_field(name, f"try {', '.join(_statable_names())}")
            mistakes.append(Mistake(name, message, condition))
            continue
        if isinstance(named_field, SearchField) and named_field.name == FITS and index.fit_values is None:
            mistakes.append(Mistake(name, NO_PROFILE, condition, is_binding=True))
            continue
        stated = index.stated_programs(named_field)
        matches = (matches or 0) | (index.everything & ~stated if negated else stated)
    if len(condition.values) == 1 and negated and isinstance(named_field, SearchField):
        return FilterMatch(matches, named_field, is_not_stated=True, mistakes=tuple(mistakes))
    return FilterMatch(matches, mistakes=tuple(mistakes))


def _statable_names() -> list[str]:
    """Return what is offered where a name after `no:` or `has:` is like no other."""
    return sorted({*(fact.name for fact in WORD_FACTS.values()), *(facet.name for facet in FACETS)})


def _unknown_field(name: str, known_names: str) -> str:
    similar_name = next(similar_names(name), None)
    return f"unknown field “{name}”; {f'did you mean “{similar_name}”?' if similar_name else known_names}"


def _field_names(search_fields: Iterable[SearchField]) -> str:
    return f"fields: {', '.join(search_field.name for search_field in search_fields)}"


def _no_value_message(index: Index, search_field: SearchField, text: str) -> str:
    name = search_field.name
    if means_not_stated(text):
        return f"unknown value “{text}” for {name}; did you mean “no:{name}”?"
    if search_field.is_numeric:
        return f"“{text}” is not a number; use {name}:2 or {name}:<=2"
    values = index.values(search_field)
    key = closest_match(fold_key(text), list(values.ids_by_name))
    suggestion = f"; did you mean “{values.labels[values.ids_by_name[key][0]]}”?" if key else ""
    return f"unknown value “{text}” for {name}{suggestion}"
