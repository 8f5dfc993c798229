"""Facet selections as edits of the query: the search box and the filter pane are two views of one value."""

from __future__ import annotations

from .facets import NOT_STATED
from .fields import SearchField
from .filters import evaluate_filter, resolve_values
from .index import Index
from .query import Clause, Condition, Query, Term


def toggle_facet_value(
    index: Index, query: Query, search_field: SearchField, value: str, *, exclude: bool = False
) -> Query:
    """Return `query` with `value` selected, or cleared where it was; `exclude` excludes it or clears its exclusion.

    A value is either selected or excluded, never both.
    """
    was_set = _is_set(index, query, search_field, value, negated=exclude)
    cleared = _without_value(index, query, search_field, value)
    return cleared if was_set else _with_value(index, cleared, search_field, value, negated=exclude)


def _negation_of(index: Index, clause: Clause, search_field: SearchField) -> bool | None:
    """Return False for a clause that selects values of the field alone, True when it excludes them, else None."""
    negations = set()
    for term in clause:
        if not isinstance(term, Condition) or evaluate_filter(index, term).field is not search_field:
            return None
        negations.add(term.negated)
    return negations.pop() if len(negations) == 1 else None


def _is_set(index: Index, query: Query, search_field: SearchField, value: str, *, negated: bool) -> bool:
    return any(
        value in _term_values(index, term, search_field)
        for clause in query.clauses
        if _negation_of(index, clause, search_field) is negated
        for term in clause
    )


def _term_values(index: Index, term: Term, search_field: SearchField) -> tuple[str, ...]:
    assert isinstance(term, Condition)
    if term.field.casefold() == "no":
        return (NOT_STATED,)
    return tuple(value for text in term.values for value in resolve_values(index, search_field, text))


def _without_value(index: Index, query: Query, search_field: SearchField, value: str) -> Query:
    for position in reversed(range(len(query.clauses))):
        clause = query.clauses[position]
        if _negation_of(index, clause, search_field) is None:
            continue
        terms = (_term_without(index, term, search_field, value) for term in clause)
        query = query.with_clause_at(position, [term for term in terms if term is not None])
    return query


def _term_without(index: Index, term: Term, search_field: SearchField, value: str) -> Term | None:
    assert isinstance(term, Condition)
    if value not in _term_values(index, term, search_field):
        return term
    if value == NOT_STATED:
        return None
    remaining: dict[str, None] = {}
    for text in term.values:
        resolved = resolve_values(index, search_field, text)
        replacement = [other for other in resolved if other != value] if value in resolved else [text]
        remaining.update(dict.fromkeys(replacement))
    return Condition(term.field, tuple(remaining), term.negated) if remaining else None


def _with_value(index: Index, query: Query, search_field: SearchField, value: str, *, negated: bool) -> Query:
    new_term = _new_term(search_field, value, negated)
    for position, clause in enumerate(query.clauses):
        if _negation_of(index, clause, search_field) is not negated:
            continue
        if value == NOT_STATED:
            return query.with_clause_at(position, (*clause, new_term))
        for term_position, term in enumerate(clause):
            if isinstance(term, Condition) and term.field.casefold() != "no":
                wider = Condition(term.field, (*term.values, value), negated)
                return query.with_clause_at(position, (*clause[:term_position], wider, *clause[term_position + 1 :]))
        return query.with_clause_at(position, (new_term, *clause))
    return query.with_clause(new_term)


def _new_term(search_field: SearchField, value: str, negated: bool) -> Condition:
    if value == NOT_STATED:
        return Condition("no", (search_field.name,), negated)
    return Condition(search_field.name, (value,), negated)
