"""Where the programs of a search are: by state, and in a state by city and institution."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ..catalog.ids import InstitutionId
from .facets import NOT_STATED
from .field_names import NEAR
from .fields import FIELDS_BY_NAME, SearchField
from .nearby import find_place, read_circles
from .query import Clause, Condition, Query
from .results import Results

_STATE = "state"
_MILES_AFTER_SPACE = re.compile(r"([^\s,\d])\s+(\d{1,5}\s*(?:mi|miles?)?)(?=\s*(?:,|\Z))", re.IGNORECASE)


class StateCounts(NamedTuple):
    """How many programs each state would have, whatever states the query asks for, by two letters.

    `included` are the states that it asks for. `without_state` programs state none.
    """

    by_state: dict[str, int]
    included: frozenset[str]
    without_state: int


class MapPlace(NamedTuple):
    """A city or an institution of a state: what it is in a query, its name, and how many programs it has.

    An institution stands below its city, at depth 1, or alone with its city as a remark.
    """

    field: str
    value: str
    name: str
    program_count: int
    depth: int = 0
    remark: str = ""


def state_counts(results: Results) -> StateCounts:
    """Return the counts of all states in the data; a state without a match has 0."""
    values = results.facet(_STATE)
    counts = {value.label: value.count for value in values if value.value != NOT_STATED}
    included = frozenset(value.label for value in values[: values.active_count] if value.selected)
    return StateCounts(counts, included, values.get(NOT_STATED).count)


def places_of(results: Results) -> tuple[MapPlace, ...]:
    """Return the cities of the matching programs, the largest first, each followed by its institutions."""
    catalog = results.index.catalog
    by_city: dict[str, Counter[str]] = {}
    for program in results.programs():
        city = catalog.location_of(program)[0] or ""
        by_city.setdefault(city, Counter())[program.institution] += 1
    places: list[MapPlace] = []
    for city, institutions in sorted(by_city.items(), key=lambda entry: (-entry[1].total(), entry[0])):
        places.append(MapPlace("city", city, city or "No city stated", institutions.total()))
        places += (
            MapPlace("institution", institution, catalog.institution[institution].short_name, count, 1)
            for institution, count in institutions.most_common()
        )
    return tuple(places)


def institutions_by_state(results: Results) -> dict[str, tuple[MapPlace, ...]]:
    """Return the institutions of each state, those with most programs first, with the number of programs that match."""
    catalog = results.index.catalog
    sizes: Counter[tuple[str, InstitutionId]] = Counter()
    for program in catalog.programs:
        sizes[catalog.location_of(program)[1] or "", program.institution] += 1
    matching = Counter((catalog.location_of(each)[1] or "", each.institution) for each in results.programs())
    places: dict[str, tuple[MapPlace, ...]] = {}
    for (state, institution), _size in sizes.most_common():
        sponsor = catalog.institution[institution]
        count = matching[state, institution]
        place = MapPlace("institution", institution, sponsor.short_name, count, remark=sponsor.city or "")
        places[state] = (*places.get(state, ()), place)
    return places


def without_states(query: Query) -> Query:
    """Return the query without the states that it asks for."""
    return _without(query, FIELDS_BY_NAME[_STATE])


def narrowed_to_state(query: Query, state: str) -> Query:
    """Return the query for the programs of one state, in place of the states that it asks for."""
    return _narrowed(query, _STATE, state)


def narrowed_to_place(query: Query, state: str, place: MapPlace) -> Query:
    """Return the query for the programs of a city or an institution of a state."""
    in_state = narrowed_to_state(query, state)
    if place.value:
        return _narrowed(in_state, place.field, place.value)
    return in_state.with_clause(Condition("no", (place.field,)))


def narrowed_to_circle(results: Results, text: str) -> Query:
    """Return the query of results for the programs around a place: "Boston, MA, 50" is 50 miles around Boston.

    It takes the place of the states, cities and other circles that the query asks for. Raises ValueError for a text
    that names no place, or one that is not clear.
    """
    parts = (part.strip() for part in _MILES_AFTER_SPACE.sub(r"\1,\2", text).split(","))
    circles = read_circles([part for part in parts if part])
    if not circles:
        raise ValueError("write a city and a number of miles: boston, 50")
    for circle in circles:
        target = find_place(results.index, circle.text)
        if target.place is None:
            raise ValueError(target.problem)
    query = results.query
    for position in reversed(range(len(query.clauses))):
        if _is_near(query.clauses[position]):
            query = query.without_clause(position)
    for field_name in (_STATE, "city"):
        query = _without(query, FIELDS_BY_NAME[field_name])
    pairs = ((circle.text, str(circle.miles)) for circle in circles)
    return query.with_clause(Condition(NEAR, tuple(value for pair in pairs for value in pair)))


def _is_near(clause: Clause) -> bool:
    return all(isinstance(term, Condition) and term.field.casefold() == NEAR for term in clause)


def _narrowed(query: Query, field_name: str, value: str) -> Query:
    return _without(query, FIELDS_BY_NAME[field_name]).with_clause(Condition(field_name, (value,)))


def _without(query: Query, search_field: SearchField) -> Query:
    for position in reversed(range(len(query.clauses))):
        if _is_about(query.clauses[position], search_field):
            query = query.without_clause(position)
    return query


def _is_about(clause: Clause, search_field: SearchField) -> bool:
    """Tell whether a clause asks for values of a field and for nothing else."""
    return all(isinstance(term, Condition) and _field_of(term) is search_field for term in clause)


def _field_of(condition: Condition) -> SearchField | None:
    name = condition.field.casefold()
    if name in ("no", "has"):
        name = condition.values[0].casefold() if condition.values else ""
    return FIELDS_BY_NAME.get(name)
