"""The keys of `sort:`, each with the value of a program, or None where it is not stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from ..lean_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program


def _stated_count(program: Program, catalog: Catalog) -> int:
    return _completeness()(catalog, program)[0]


@cache
def _completeness() -> Callable[[Catalog, Program], tuple[int, int]]:
    from ..catalog.completeness import completeness  # which imports the model

    return completeness


_STARTS_WITH_YEAR = re.compile(r"\d{4}\b")
SORT_KEYS: Mapping[str, Callable[[Program, Catalog], Any]] = {
    "name": lambda program, _: program.name.casefold(),
    "institution": lambda program, catalog: catalog.institution[program.institution].name.casefold(),
    "kind": lambda program, _: program.kind,
    "specialty": lambda program, catalog: catalog.specialty[program.specialty].label.casefold(),
    "length": lambda program, _: program.length_years,
    "positions": lambda program, _: program.positions_per_year,
    "city": lambda program, catalog: catalog.location_of(program)[0],
    "state": lambda program, catalog: catalog.location_of(program)[1],
    "visa": lambda program, _: ", ".join(kind for item in program.visa for kind in item.sponsored) or None,
    "match": lambda program, _: program.match,
    "dates": lambda program, _: min(_iso_dates(program), default=None),
    "stated": _stated_count,
}


def _iso_dates(program: Program) -> Iterator[str]:
    """Yield the dates of a program that have a year; the others cannot be sorted."""
    for deadline in program.deadlines:
        for dates in deadline.dates:
            yield from (date for date in (dates.on, dates.first, dates.last) if date and _STARTS_WITH_YEAR.match(date))
