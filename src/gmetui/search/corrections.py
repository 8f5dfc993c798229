"""What a query with a mistake may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from ..text import closest_matches
from .engine import search
from .field_names import NEAR, find_field, find_stated, similar_names
from .fields import FACETS, SearchField
from .filters import Mistake, evaluate_filter, means_not_stated
from .index import Index
from .nearby import find_place, read_circles
from .normalize import fold_key
from .query import Clause, Condition, Phrase, Query, Term, Word
from .results import Results

_MAX_CORRECTIONS = 4
_MAX_MISTAKES = 8  # that are corrected together
_SIMILAR_VALUES = 3
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STATED_KEYS = frozenset(map(fold_key, ("yes", "any", "stated", "true", "known", "listed", "published")))


class Correction(NamedTuple):
    """A query without the mistake, the terms that replace it, and how many programs then match."""

    query: Query
    replacement: str
    total: int


def corrections(results: Results) -> list[Correction]:
    """Return what may have been meant, the likeliest first; () where nothing is wrong or nothing is similar.

    The first mistake gets every likely replacement, the others their best one.
    """
    mistakes = [mistake for mistake in results.mistakes if mistake.condition and not mistake.is_incomplete]
    if not mistakes or results.lacks_profile:  # a condition on verdicts is never dropped
        return []
    first, *others = dict.fromkeys(mistakes[:_MAX_MISTAKES])
    query = results.query
    for mistake in others:
        query = _replace(query, mistake, next(_replacements(results.index, mistake), ()))
    offers: dict[Query, Correction] = {}
    for terms in _replacements(results.index, first):
        if not isinstance(terms[0], Condition) and any(offer.total for offer in offers.values()):
            break  # words are a last resort
        corrected = _replace(query, first, terms)
        total = search(
            results.index.catalog, corrected, results.statuses, fits=results.fits, triage=results.triage
        ).total
        offers.setdefault(corrected, Correction(corrected, " ".join(map(str, terms)), total))
        if len(offers) == _MAX_CORRECTIONS:
            break
    return [offer for offer in offers.values() if offer.total] or list(offers.values())[:1]


def _replace(query: Query, mistake: Mistake, terms: tuple[Term, ...]) -> Query:
    """Return the query with the condition of a mistake replaced; several terms become clauses of their own."""
    clauses: list[Clause] = []
    for clause in query.clauses:
        if mistake.condition not in clause:
            clauses.append(clause)
        elif len(clause) == 1:
            clauses += [(term,) for term in terms]
        else:
            new_terms = (terms[:1] if term == mistake.condition else (term,) for term in clause)
            clauses.append(tuple(term for group in new_terms for term in group))
    return query.replaced(clauses=tuple(filter(None, clauses)), readings=())


def _replacements(index: Index, mistake: Mistake) -> Iterator[tuple[Term, ...]]:
    """Yield what a condition may have been meant for, without those that would be mistakes too."""
    condition = mistake.condition
    assert condition is not None
    for terms in _candidates(index, mistake.text, condition):
        conditions = (term for term in terms if isinstance(term, Condition))
        if not any(evaluate_filter(index, other).mistakes for other in conditions):
            yield tuple(term.replaced(negated=condition.negated) for term in terms)


def _candidates(index: Index, text: str, condition: Condition) -> Iterator[tuple[Term, ...]]:
    field_name = condition.field.casefold()
    if field_name in ("no", "has"):
        for name in similar_names(text):
            yield (Condition(field_name, _with_value(condition.values, text, name)),)
        yield from _as_words(text) if field_name == "has" else ()
        return
    if field_name == NEAR:
        yield from _near_places(index, text, condition)
        return
    named_field = find_field(field_name)
    if named_field is None:
        for name in similar_names(field_name):
            yield (Condition(name, condition.values),)
            yield from _checks(name, condition.values)
        yield from _other_fields(index, condition.values)
        yield from _as_words(" ".join(condition.values))
        return
    yield from _checks(named_field.name, (text,))
    if isinstance(named_field, SearchField):
        if named_field.is_numeric and (number := _number_in(text)):
            yield (Condition(condition.field, _with_value(condition.values, text, number)),)
        for value in _similar_values(index, named_field, text):
            yield (Condition(condition.field, _with_value(condition.values, text, value)),)
        yield from _other_fields(index, condition.values)
        yield from _as_words(text)


def _near_places(index: Index, text: str, condition: Condition) -> Iterator[tuple[Term, ...]]:
    """Yield the condition with each place that may be meant by `text` in place of it."""
    circles = read_circles(condition.values)
    for label in find_place(index, text).proposals:
        pairs = ((label if circle.text == text else circle.text, str(circle.miles)) for circle in circles)
        yield (Condition(condition.field, tuple(value for pair in pairs for value in pair)),)


def _number_in(text: str) -> str:
    """Return the number at the beginning of a text, in digits: "3" for "3yrs" and for "three years"."""
    words = text.casefold().split()
    if words and words[0] in _NUMBER_WORDS:
        return str(_NUMBER_WORDS.index(words[0]) + 1)
    return "".join(takewhile(str.isdecimal, text)) if text.isascii() else ""


def _checks(name: str, values: tuple[str, ...]) -> Iterator[tuple[Term, ...]]:
    """Yield `no:name` for "none" and `has:name` for "yes"."""
    if find_stated(name) and all(map(means_not_stated, values)):
        yield (Condition("no", (name,)),)
    if find_stated(name) and all(fold_key(value) in _STATED_KEYS for value in values):
        yield (Condition("has", (name,)),)


def _with_value(values: Iterable[str], text: str, replacement: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(replacement if value == text else value for value in values))


def _similar_values(index: Index, search_field: SearchField, text: str) -> Iterator[str]:
    """Yield the ids of the values whose id or label is most like `text`."""
    ids_by_name = index.values(search_field).ids_by_name
    for name in closest_matches(fold_key(text), ids_by_name, limit=_SIMILAR_VALUES):
        yield ids_by_name[name][0]


def _other_fields(index: Index, values: tuple[str, ...]) -> Iterator[tuple[Term, ...]]:
    """Yield the fields that have a value of exactly this name: `city:boston` for `where:boston`."""
    for search_field in FACETS:  # whose values are at hand
        ids_by_name = index.values(search_field).ids_by_name
        if not search_field.is_numeric and all(fold_key(value) in ids_by_name for value in values):
            yield (Condition(search_field.name, values),)


def _as_words(text: str) -> Iterator[tuple[Term, ...]]:
    words = text.split()
    if len(words) == 1:
        yield (Word(text),)
    elif words:
        yield (Phrase(text),)
