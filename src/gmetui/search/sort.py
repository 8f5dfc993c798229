"""What `sort:` orders by: each key once, with the value of a program, or None where it is not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..catalog.models import Catalog, Program

SORTS: Mapping[str, Callable[[Program, Catalog], Any]] = {
    "name": lambda program, _: program.name.casefold(),
    "institution": lambda program, catalog: catalog.institution[program.institution].name.casefold(),
    "kind": lambda program, _: program.kind,
    "specialty": lambda program, catalog: catalog.specialty[program.specialty].label.casefold(),
    "length": lambda program, _: program.length_years,
    "positions": lambda program, _: program.positions_per_year,
    "city": lambda program, catalog: catalog.place_of(program)[0],
    "state": lambda program, catalog: catalog.place_of(program)[1],
    "visa": lambda program, _: ", ".join(kind for item in program.visa for kind in item.sponsored) or None,
    "match": lambda program, _: program.match,
    "dates": lambda program, _: min(_dates(program), default=None),
    "stated": lambda program, catalog: _stated(program, catalog),
}


def in_order(catalog: Catalog, key: str, *, descending: bool) -> Sequence[int]:
    """Return all program numbers ordered by a key of `SORTS`; what is not stated comes last either way."""
    rule = SORTS[key]
    values = [(number, rule(program, catalog)) for number, program in enumerate(catalog.programs)]
    stated = sorted((pair for pair in values if pair[1] is not None), key=lambda pair: pair[1], reverse=descending)
    return [number for number, _ in stated] + [number for number, value in values if value is None]


def _dates(program: Program) -> Iterator[str]:
    """The dates that a program states with a year, the only ones that can be put in an order."""
    for when in (when for deadline in program.deadlines for when in deadline.dates):
        yield from (date for date in (when.on, when.first, when.last) if date and date[:4].isdigit())


def _stated(program: Program, catalog: Catalog) -> int:
    """How much of what applicants ask is stated."""
    from ..catalog.completeness import completeness

    return completeness(catalog, program)[0]
