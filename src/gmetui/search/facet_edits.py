"""Ticks in a facet as edits of the query: the line and the facet pane are two views of one value."""

from __future__ import annotations

from .facets import NOT_STATED
from .fields import Dimension
from .filters import interpret, resolve
from .index import Index
from .query import Clause, Condition, Query, Term


def toggled(index: Index, query: Query, dimension: Dimension, value: str, *, exclude: bool = False) -> Query:
    """Return `query` with `value` ticked, or unticked where it was; `exclude` ticks it as "not this".

    A value is either asked for or excluded, never both.
    """
    was = _holds(index, query, dimension, value, negated=exclude)
    without = _without(index, query, dimension, value)
    return without if was else _with(index, without, dimension, value, negated=exclude)


def _about(index: Index, clause: Clause, dimension: Dimension) -> bool | None:
    """Tell whether `clause` speaks of `dimension` alone: False when it asks, True when it excludes, else None."""
    negations = set()
    for term in clause:
        if not isinstance(term, Condition) or interpret(index, term).dimension is not dimension:
            return None
        negations.add(term.negated)
    return negations.pop() if len(negations) == 1 else None


def _holds(index: Index, query: Query, dimension: Dimension, value: str, *, negated: bool) -> bool:
    return any(
        value in _values(index, term, dimension)
        for clause in query.clauses
        if _about(index, clause, dimension) is negated
        for term in clause
    )


def _values(index: Index, term: Term, dimension: Dimension) -> tuple[str, ...]:
    assert isinstance(term, Condition)
    if term.field.casefold() == "no":
        return (NOT_STATED,)
    return tuple(value for raw in term.values for value in resolve(index, dimension, raw))


def _without(index: Index, query: Query, dimension: Dimension, value: str) -> Query:
    for place in range(len(query.clauses) - 1, -1, -1):
        clause = query.clauses[place]
        if _about(index, clause, dimension) is None:
            continue
        kept = [term for old in clause if (term := _term_without(index, old, dimension, value)) is not None]
        query = query.with_clause_at(place, kept)
    return query


def _term_without(index: Index, term: Term, dimension: Dimension, value: str) -> Term | None:
    assert isinstance(term, Condition)
    if value not in _values(index, term, dimension):
        return term
    if value == NOT_STATED:
        return None
    left: dict[str, None] = {}
    for raw in term.values:
        named = resolve(index, dimension, raw)
        left.update(dict.fromkeys([raw] if value not in named else [other for other in named if other != value]))
    return Condition(term.field, tuple(left), term.negated) if left else None


def _with(index: Index, query: Query, dimension: Dimension, value: str, *, negated: bool) -> Query:
    for place, clause in enumerate(query.clauses):
        if _about(index, clause, dimension) is not negated:
            continue
        if value == NOT_STATED:
            return query.with_clause_at(place, (*clause, _term(dimension, value, negated)))
        for number, term in enumerate(clause):
            if isinstance(term, Condition) and term.field.casefold() != "no":
                wider = Condition(term.field, (*term.values, value), negated)
                return query.with_clause_at(place, (*clause[:number], wider, *clause[number + 1 :]))
        return query.with_clause_at(place, (_term(dimension, value, negated), *clause))
    return query.with_clause(_term(dimension, value, negated))


def _term(dimension: Dimension, value: str, negated: bool) -> Condition:
    if value == NOT_STATED:
        return Condition("no", (dimension.name,), negated)
    return Condition(dimension.name, (value,), negated)
