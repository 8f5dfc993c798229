"""Ways out of a query that nothing matches."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from .engine import search
from .query import Query
from .results import Results

_MAX_RELAXATIONS = 8
_MAX_CLAUSES = 12  # of the query that removing is tried for


class Relaxation(NamedTuple):
    """A query without some of its clauses, the text of those clauses, and how many programs then match."""

    query: Query
    removed: str
    total: int


def relaxations(results: Results) -> list[Relaxation]:
    """Return the query without one clause, or without two where that is not enough, most programs first."""
    clause_count = min(len(results.query.clauses), _MAX_CLAUSES)
    for removed_count in range(1, min(clause_count, 2) + 1):
        candidates = (_relax(results, positions) for positions in combinations(range(clause_count), removed_count))
        matching = [candidate for candidate in candidates if candidate.total]
        if matching:
            return sorted(matching, key=lambda relaxation: -relaxation.total)[:_MAX_RELAXATIONS]
    return []


def _relax(results: Results, positions: tuple[int, ...]) -> Relaxation:
    query = results.query
    for position in reversed(positions):
        query = query.without_clause(position)
    removed = " and ".join(results.query.clause_text(position) for position in positions)
    total = (
        search(results.index.catalog, query, results.statuses, fits=results.fits, triage=results.triage).total
        if query
        else 0
    )
    return Relaxation(query, removed, total)
