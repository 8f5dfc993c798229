"""`search(catalog, query) -> Results`: pure, and fast enough to call on every key press."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ..catalog.catalog import Catalog
from ..text import did_you_mean, sanitize
from .bitset import Bitset, membership, split_by_score
from .facets import NOT_STATED, Selection
from .filters import FilterMatch, Mistake, evaluate_filter
from .index import Index
from .index_builder import build_index
from .normalize import raw_words
from .query import MAX_TERMS, Clause, Condition, Phrase, Query, Term, Word
from .ranking import Token, match_exact, match_phrase, match_words
from .results import Results
from .sort import SORT_KEYS

_MAX_CLAUSES = 60  # of a query; nobody types as many, but somebody may paste a book
_MAX_INDEXES = 4  # catalogs in use at once: the one on screen, its successor while it loads, those of tests

_indexes: deque[Index] = deque(maxlen=_MAX_INDEXES)
_shortlist_indexes: WeakKeyDictionary[Index, tuple[dict[str, str], Index]] = WeakKeyDictionary()
_NO_VALUES: frozenset[str] = frozenset()


def index_of(catalog: Catalog) -> Index:
    """Return the index of `catalog`, built on first use."""
    for index in _indexes:
        if index.catalog is catalog:
            return index
    index = build_index(catalog)
    _indexes.append(index)
    return index


def register_index(index: Index) -> None:
    """Make `search` use a ready index for its catalog."""
    _indexes.append(index)


def _index_with_shortlist(index: Index, statuses: Mapping[str, str]) -> Index:
    """Return the index for a shortlist, created again only when the shortlist has changed."""
    latest = _shortlist_indexes.get(index)
    if latest is None or latest[0] != statuses:
        latest = _shortlist_indexes[index] = dict(statuses), index.with_shortlist(statuses)
    return latest[1]


class _FilterResult(NamedTuple):
    """The programs that one clause allows, and the field and values it is about when it is about one field only."""

    matches: Bitset
    field_name: str | None = None
    selected: frozenset[str] = _NO_VALUES
    excluded: frozenset[str] = _NO_VALUES


_NO_PROGRAMS = _FilterResult(0)


@dataclass(slots=True)
class _EvaluatedClauses:
    """The clauses of a query: bare words still to be ranked, and the rest as sets of programs."""

    words: list[str] = field(default_factory=list)
    filters: list[_FilterResult] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def search(
    catalog: Catalog, query: Query, statuses: Mapping[str, str] | None = None, *, lenient: bool = False
) -> Results:
    """Return the programs that match `query`, best first. Any query is accepted; nothing is raised.

    A condition that is not understood matches nothing, and the mistake is among the results; `lenient` ignores such
    conditions. `statuses` is the user's shortlist: the status by program id, "" where a program has none.
    """
    index = _index_with_shortlist(index_of(catalog), statuses) if statuses else index_of(catalog)
    evaluated = _EvaluatedClauses(mistakes=[_unfinished(part) for part in query.unfinished])
    for clause in query.clauses[:_MAX_CLAUSES]:
        _evaluate_clause(index, clause, evaluated, lenient=lenient)
    if len(query.clauses) > _MAX_CLAUSES:
        evaluated.warnings.append(f"only the first {_MAX_CLAUSES} terms are used")
    elif query.is_cut:
        evaluated.warnings.append(f"only the first {MAX_TERMS:,} words of the search are used")
    has_words = any(map(raw_words, evaluated.words))
    ranking = match_words(index, evaluated.words if has_words or not evaluated.filters else ())
    matches = ranking.matches
    for clause_filter in evaluated.filters:
        matches &= clause_filter.matches
    numbers = _sorted_matches(index, query.sort, matches)
    if query.sort is not None and numbers is None:
        evaluated.mistakes.append(_unknown_sort_key(query.sort))
    complete_mistakes = [mistake.message for mistake in evaluated.mistakes if not mistake.is_incomplete]
    warnings = [*_correction_warnings(ranking.tokens), *evaluated.warnings, *complete_mistakes]
    return Results(
        query=query,
        index=index,
        matches=matches,
        groups=tuple(split_by_score(matches, ranking.planes)),
        sorted_numbers=numbers,
        tokens=ranking.tokens,
        selections=_selections(ranking.matches, evaluated.filters),
        warnings=tuple(map(sanitize, warnings)),
        mistakes=tuple(mistake._replace(message=sanitize(mistake.message)) for mistake in evaluated.mistakes),
        statuses=statuses,
    )


def _evaluate_clause(index: Index, clause: Clause, evaluated: _EvaluatedClauses, *, lenient: bool) -> None:
    if len(clause) == 1 and isinstance(clause[0], Word) and not clause[0].negated:
        evaluated.words.append(clause[0].text)
        return
    known_mistakes = len(evaluated.mistakes)
    results = [result for term in clause if (result := _evaluate_term(index, term, evaluated)) is not None]
    if not results:
        if not lenient and any(not mistake.is_incomplete for mistake in evaluated.mistakes[known_mistakes:]):
            evaluated.filters.append(_NO_PROGRAMS)
        return
    matches = 0
    for result in results:
        matches |= result.matches
    field_names = {result.field_name for result in results}
    if len(field_names) > 1:
        evaluated.filters.append(_FilterResult(matches))
        return
    selected = frozenset().union(*(result.selected for result in results))
    excluded = frozenset().union(*(result.excluded for result in results))
    evaluated.filters.append(_FilterResult(matches, field_names.pop(), selected, excluded))


def _evaluate_term(index: Index, term: Term, evaluated: _EvaluatedClauses) -> _FilterResult | None:
    """Return the programs a term allows, or None when no part of it was understood."""
    if isinstance(term, Condition):
        filter_match = evaluate_filter(index, term)
        evaluated.mistakes += filter_match.mistakes
        evaluated.warnings += filter_match.warnings
        return _filter_result(index, filter_match, term.negated)
    if isinstance(term, Phrase):
        matches = match_phrase(index, term.text)
    elif term.negated:
        matches = match_exact(index, term.text)
    else:
        matches = match_words(index, [term.text]).matches
    return _FilterResult(index.everything & ~matches if term.negated else matches)


def _filter_result(index: Index, filter_match: FilterMatch, negated: bool) -> _FilterResult | None:
    if filter_match.matches is None:
        return None
    matches = index.everything & ~filter_match.matches if negated else filter_match.matches
    if filter_match.field is None:
        return _FilterResult(matches)
    values = frozenset([NOT_STATED] if filter_match.is_not_stated else filter_match.values)
    selected, excluded = (_NO_VALUES, values) if negated else (values, _NO_VALUES)
    return _FilterResult(matches, filter_match.field.name, selected, excluded)


def _selections(ranked: Bitset, filters: Sequence[_FilterResult]) -> dict[str, Selection]:
    """Return, for each field that the query filters, its values and the programs that all other clauses match."""
    selections = {}
    for field_name in {clause_filter.field_name for clause_filter in filters if clause_filter.field_name is not None}:
        base_matches, selected, excluded = ranked, _NO_VALUES, _NO_VALUES
        for clause_filter in filters:
            if clause_filter.field_name == field_name:
                selected, excluded = selected | clause_filter.selected, excluded | clause_filter.excluded
            else:
                base_matches &= clause_filter.matches
        selections[field_name] = Selection(base_matches, selected, excluded)
    return selections


def _sorted_matches(index: Index, sort: str | None, matches: Bitset) -> Sequence[int] | None:
    """Return the matches sorted by a key of `SORT_KEYS`; None without one, or when it is unknown."""
    key, descending = _sort_key(sort or "")
    if key not in SORT_KEYS:
        return None
    numbers = index.sorted_numbers(key, descending=descending)
    if matches == index.everything:
        return numbers
    is_match = membership(matches, index.size)
    return array("I", (number for number in numbers if is_match(number)))


def _sort_key(sort: str) -> tuple[str, bool]:
    return sort.removeprefix("-").casefold(), sort.startswith("-")


def _unknown_sort_key(sort: str) -> Mistake:
    key, _ = _sort_key(sort)
    hint = did_you_mean(key, SORT_KEYS) or f"use {', '.join(SORT_KEYS)}"
    return Mistake(key, f"unknown sort key “{key}”; {hint}")


def _unfinished(part: str) -> Mistake:
    message = "a quotation mark is not closed" if part == '"' else f"{part} needs a term on each side"
    return Mistake(part, "NOT needs a term after it" if part == "NOT" else message, is_incomplete=True)


def _correction_warnings(tokens: Sequence[Token]) -> list[str]:
    return [
        f"no matches for “{token.raw}”; showing results for “{token.forms[0]}”" for token in tokens if token.corrected
    ]
