"""Everyday words for a distance: "near boston", "close to mgh", "within 30 miles of worcester".

They are words like others, which texts may contain. `near:` is offered for them, never read into them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .corrections import Correction
from .engine import search
from .field_names import NEAR
from .nearby import find_place
from .query import Condition, Query, Word
from .results import Results

#: What stands before the name of a place. A number of miles may be part of it.
_LEAD = re.compile(r"(?:near|nearby|around|close to|within (\d{1,5}) ?(?:mi|miles?) of)\Z", re.IGNORECASE)
_MAX_LEAD_WORDS, _MAX_PLACE_WORDS = 4, 3


class _Lead(NamedTuple):
    start: int
    end: int
    miles: str


def place_corrections(results: Results) -> list[Correction]:
    """Return the query with `near:` in place of words that name a distance from a place, if programs are there."""
    words = _words_of(results.query)
    lead = _find_lead(words)
    if lead is None:
        return []
    for end in range(min(len(words), lead.end + _MAX_PLACE_WORDS), lead.end, -1):
        place_words = words[lead.end : end]
        if all(place_words) and find_place(results.index, " ".join(place_words)).place is not None:
            return _correct(results, lead, end, " ".join(place_words))
    return []


def _correct(results: Results, lead: _Lead, end: int, place: str) -> list[Correction]:
    condition = Condition(NEAR, (place, lead.miles) if lead.miles else (place,))
    clauses = results.query.clauses
    query = results.query.replaced(clauses=(*clauses[: lead.start], (condition,), *clauses[end:]))
    catalog = results.index.catalog
    total = search(catalog, query, results.statuses, fits=results.fits, triage=results.triage).total
    return [Correction(query, str(condition), total)] if total else []


def _words_of(query: Query) -> list[str]:
    """Return the text of every clause that is one plain word, "" for any other clause."""
    return [
        clause[0].text if len(clause) == 1 and isinstance(clause[0], Word) and not clause[0].negated else ""
        for clause in query.clauses
    ]


def _find_lead(words: Sequence[str]) -> _Lead | None:
    for start in range(len(words) - 1):
        for end in range(start + 1, min(len(words), start + 1 + _MAX_LEAD_WORDS)):
            match = _LEAD.match(" ".join(words[start:end])) if all(words[start:end]) else None
            if match:
                return _Lead(start, end, match[1] or "")
    return None
