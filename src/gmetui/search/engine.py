"""`search(catalog, query) -> Results`: pure, and fast enough to call on every key press."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import did_you_mean, sanitize
from .bitset import Bitset, membership, split_by_score
from .facets import NOT_STATED, Selection
from .field_names import NEAR
from .filters import FilterMatch, Mistake, evaluate_filter
from .fit_values import FITS, NO_PROFILE, ProgramsByVerdict, grouped_by_verdict
from .index import Index
from .normalize import cached_words
from .query import MAX_TERMS, Clause, Condition, Phrase, Query, Term, Word
from .ranking import Token, match_exact, match_phrase, match_words
from .results import Results
from .sort import SORT_KEYS
from .triage_values import Decisions, VerdictsById

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_MAX_CLAUSES = 60  # of a query; nobody types as many, but somebody may paste a book
_MAX_INDEXES = 4  # catalogs in use at once: the one on screen, its successor while it loads, those of tests

_indexes: deque[Index] = deque(maxlen=_MAX_INDEXES)
_NO_VALUES: frozenset[str] = frozenset()


def index_of(catalog: Catalog) -> Index:
    """Return the index of `catalog`, opened or built on first use."""
    for index in _indexes:
        if index.is_of(catalog):
            return index
    index = _open_or_build(catalog)
    _indexes.append(index)
    return index


def _open_or_build(catalog: Catalog) -> Index:
    from ..catalog.index_openers import index_opener

    if open_index := index_opener(catalog):
        index: Index = open_index(catalog)
        return index
    from .index_builder import build_index

    return build_index(catalog)


def register_index(index: Index) -> None:
    """Make `search` use a ready index for its catalog."""
    _indexes.append(index)


def _index_with_shortlist(index: Index, statuses: Mapping[str, str]) -> Index:
    """Return the index for a shortlist, created again only when the shortlist has changed."""
    latest = index.personal_copies.get("shortlist")
    if latest is None or latest[0] != statuses:
        latest = index.personal_copies["shortlist"] = dict(statuses), index.with_shortlist(statuses)
    return latest[1]


def _index_with_fits(index: Index, fits: ProgramsByVerdict) -> Index:
    """Return the index with verdicts, created again only when they are others."""
    latest = index.personal_copies.get("fits")
    if latest is None or latest[0] is not fits:
        latest = index.personal_copies["fits"] = fits, index.with_fits(fits)
    return latest[1]


def _index_with_triage(index: Index, verdicts: VerdictsById, listed_ids: Iterable[str]) -> Index:
    """Return the index with decisions; `index` is already the one of the shortlist."""
    latest = index.personal_copies.get("triage")
    if latest is None or latest[0] is not verdicts:
        latest = index.personal_copies["triage"] = verdicts, index.with_triage(Decisions(verdicts, tuple(listed_ids)))
    return latest[1]


def _personal_index(
    index: Index,
    statuses: Mapping[str, str] | None,
    fits: ProgramsByVerdict | None,
    triage: VerdictsById | None,
) -> Index:
    """Return the index with what is the user's own: the shortlist, verdicts, decisions."""
    if fits is not None:
        index = _index_with_fits(index, fits)
    if statuses:
        index = _index_with_shortlist(index, statuses)
    if triage is not None:
        index = _index_with_triage(index, triage, statuses or ())
    return index


class _FilterResult(NamedTuple):
    """The programs that one clause allows, and the field and values it is about when it is about one field only."""

    matches: Bitset
    field_name: str | None = None
    selected: frozenset[str] = _NO_VALUES
    excluded: frozenset[str] = _NO_VALUES


_NO_PROGRAMS = _FilterResult(0)


class _EvaluatedClauses:
    """The clauses of a query: bare words still to be ranked, and the rest as sets of programs."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.words: list[str] = []
        self.filters: list[_FilterResult] = []
        self.mistakes = mistakes
        self.warnings: list[str] = []

    @property
    def ranked_words(self) -> Sequence[str]:
        """The words to rank by: none where only filters say something."""
        has_words = any(map(cached_words, self.words))
        return self.words if has_words or not self.filters else ()


def search(
    catalog: Catalog,
    query: Query,
    statuses: Mapping[str, str] | None = None,
    *,
    fits: ProgramsByVerdict | None = None,
    triage: VerdictsById | None = None,
    lenient: bool = False,
) -> Results:
    """Return the programs that match `query`, best first. Any query is accepted; nothing is raised.

    A condition that is not understood matches nothing, and the mistake is among the results; `lenient` ignores such
    conditions, except for those on `fits`. `statuses` is the user's shortlist: the status by program id, "" where a
    program has none. `fits` are the numbers of the programs of each verdict about the user, and `triage` is what the
    user decided in a quick pass, by program id.
    """
    return search_index(index_of(catalog), query, statuses, fits=fits, triage=triage, lenient=lenient)


def search_index(
    index: Index,
    query: Query,
    statuses: Mapping[str, str] | None = None,
    *,
    fits: ProgramsByVerdict | None = None,
    triage: VerdictsById | None = None,
    lenient: bool = False,
) -> Results:
    """Return what `search` returns for the catalog of an index."""
    index = _personal_index(index, statuses, fits, triage)
    evaluated = _EvaluatedClauses(mistakes=[_unfinished(part) for part in query.unfinished])
    for clause in query.clauses[:_MAX_CLAUSES]:
        _evaluate_clause(index, clause, evaluated, lenient=lenient)
    evaluated.warnings += _limit_warnings(query)
    ranking = match_words(index, evaluated.ranked_words)
    matches = ranking.matches
    for clause_filter in evaluated.filters:
        matches &= clause_filter.matches
    numbers = _sorted_matches(index, query, matches)
    groups: Iterable[Bitset] = split_by_score(matches, ranking.planes)
    key, is_descending = _sort_key(query.sort or "")
    if key == FITS and index.fit_values:
        groups = grouped_by_verdict(groups, index.fit_values, descending=is_descending)
    elif query.sort is not None and numbers is None:
        evaluated.mistakes.append(_sort_mistake(query.sort))
    return Results(
        query=query,
        index=index,
        matches=matches,
        groups=groups,
        sorted_numbers=numbers,
        tokens=ranking.tokens,
        selections=_selections(ranking.matches, evaluated.filters),
        warnings=_warnings(ranking.tokens, evaluated),
        mistakes=tuple(mistake._replace(message=sanitize(mistake.message)) for mistake in evaluated.mistakes),
        statuses=statuses,
        fits=fits,
        triage=triage,
    )


def _warnings(tokens: Sequence[Token], evaluated: _EvaluatedClauses) -> tuple[str, ...]:
    complete_mistakes = (mistake.message for mistake in evaluated.mistakes if not mistake.is_incomplete)
    return tuple(map(sanitize, (*_correction_warnings(tokens), *evaluated.warnings, *complete_mistakes)))


def _limit_warnings(query: Query) -> list[str]:
    if len(query.clauses) > _MAX_CLAUSES:
        return [f"only the first {_MAX_CLAUSES} terms are used"]
    return [f"only the first {MAX_TERMS:,} words of the search are used"] if query.is_cut else []


def _evaluate_clause(index: Index, clause: Clause, evaluated: _EvaluatedClauses, *, lenient: bool) -> None:
    if len(clause) == 1 and isinstance(clause[0], Word) and not clause[0].negated:
        evaluated.words.append(clause[0].text)
        return
    known_mistakes = len(evaluated.mistakes)
    results = [result for term in clause if (result := _evaluate_term(index, term, evaluated)) is not None]
    if not results:
        mistakes = [mistake for mistake in evaluated.mistakes[known_mistakes:] if not mistake.is_incomplete]
        if any(not lenient or mistake.is_binding for mistake in mistakes):
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


def _sorted_matches(index: Index, query: Query, matches: Bitset) -> Sequence[int] | None:
    """Return the matches sorted by a key of `SORT_KEYS` or by distance; None without a key, or when it is unknown."""
    key, descending = _sort_key(query.sort or "")
    numbers: Sequence[int] | None = None
    if key == NEAR:
        from .nearby import near_conditions, numbers_by_distance

        numbers = numbers_by_distance(index, near_conditions(query), descending=descending)
    elif key in SORT_KEYS:
        numbers = index.sorted_numbers(key, descending=descending)
    if numbers is None:
        return None
    if matches == index.everything:
        return numbers
    is_match = membership(matches, index.size)
    return array("I", (number for number in numbers if is_match(number)))


def _sort_key(sort: str) -> tuple[str, bool]:
    return sort.removeprefix("-").casefold(), sort.startswith("-")


def _sort_mistake(sort: str) -> Mistake:
    key, _ = _sort_key(sort)
    if key == NEAR:
        return Mistake(key, "sort:near needs a place, such as near:boston,50")
    if key == FITS:
        return Mistake(key, NO_PROFILE, is_binding=True)
    hint = did_you_mean(key, SORT_KEYS) or f"use {', '.join(SORT_KEYS)}"
    return Mistake(key, f"unknown sort key “{key}”; {hint}")


def _unfinished(part: str) -> Mistake:
    message = "a quotation mark is not closed" if part == '"' else f"{part} needs a term on each side"
    return Mistake(part, "NOT needs a term after it" if part == "NOT" else message, is_incomplete=True)


def _correction_warnings(tokens: Sequence[Token]) -> list[str]:
    return [
        f"no matches for “{token.raw}”; showing results for “{token.forms[0]}”" for token in tokens if token.corrected
    ]
