"""`near:boston,50`: the programs within a number of miles of a city, measured in a straight line between cities.

A place is a city, with its state where states share its name, or the name of an institution, which stands for the city
that it is in. Distances are computed for the cities of the data, not for programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..catalog.gazetteer import GazetteerPlace, Point, miles_between, place_keys
from ..catalog.us_states import STATES
from ..text import closest_matches, plural, without_long_mark_runs
from .bitset import Bitset, count, to_bitset, union
from .field_names import NEAR
from .fields import FIELDS_BY_NAME
from .index import Index
from .normalize import fold_key
from .query import Condition, Query

#: The radius in miles where none is given.
DEFAULT_MILES = 50
#: Radiuses that are offered.
OFFERED_MILES = (25, 50, 100, 200)
_MILES = re.compile(r"(\d{1,5})\s*(?:mi|miles?)?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d[\d.]*\s*(?:mi|miles?)?\Z", re.IGNORECASE)
_STATES_BY_KEY: Mapping[str, str] = {
    key: letters for letters, name in STATES.items() for key in (letters.casefold(), place_keys(name))
}
_MAX_STATE_WORDS = 3  # District of Columbia
_PROPOSALS = 4
_MAX_STATES_NAMED = 4


class DataCity(NamedTuple):
    """A city of the data: its values of the fields `city` and `state`, its place, and how many programs it has."""

    city: str
    state: str
    place: GazetteerPlace
    program_count: int


class NearTarget(NamedTuple):
    """What a text of a condition stands for: one place, or what may be meant and why that is not clear."""

    place: GazetteerPlace | None
    problem: str = ""
    proposals: tuple[str, ...] = ()


class NearCircle(NamedTuple):
    """A place of a condition with its radius; `text` is what was typed."""

    text: str
    miles: int


class NearMatch(NamedTuple):
    """The programs near the places of a condition, None where none of them is clear; problems as (text, message)."""

    matches: Bitset | None
    problems: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def read_circles(values: Sequence[str]) -> tuple[NearCircle, ...]:
    """Return the places and radiuses of a condition: a number of miles belongs to the places before it.

    Two letters after a place are its state: `near:boston,ma,50`.
    """
    circles: list[NearCircle] = []
    pending: list[str] = []
    for value in values:
        number = _MILES.match(value.strip())
        if number:
            circles += (NearCircle(text, int(number[1])) for text in pending)
            pending = []
        elif pending and value.upper() in STATES:
            pending[-1] = f"{pending[-1]}, {value.upper()}"
        else:
            pending.append(value)
    return (*circles, *(NearCircle(text, DEFAULT_MILES) for text in pending))


def match_near(index: Index, values: Sequence[str]) -> NearMatch:
    """Return the programs within the radius of any of the places of a condition."""
    matches: Bitset | None = None
    problems = []
    for circle in read_circles(values):
        target = find_place(index, circle.text)
        if target.place is None:
            problems.append((circle.text, target.problem))
        else:
            matches = (matches or 0) | programs_near(index, target.place.point, circle.miles)
    unplaced = _unplaced_count(index)
    if matches is None or not unplaced:
        return NearMatch(matches, tuple(problems))
    return NearMatch(matches, tuple(problems), (f"{plural(unplaced, 'program')} without a known city left out",))


def programs_near(index: Index, center: Point, miles: int) -> Bitset:
    """Return the programs in cities within a number of miles of a point."""
    return index.cached((NEAR, center, miles), lambda: _programs_near(index, center, miles))


def _programs_near(index: Index, center: Point, miles: int) -> Bitset:
    city_sets = index.values(FIELDS_BY_NAME["city"]).program_sets
    state_sets = index.values(FIELDS_BY_NAME["state"]).program_sets
    cities_by_state: dict[str, list[str]] = {}
    for data_city in data_cities(index):
        if round(miles_between(center, data_city.place.point)) <= miles:
            cities_by_state.setdefault(data_city.state, []).append(data_city.city)
    matches: Bitset = 0
    for state, cities in cities_by_state.items():
        in_cities = union((city_sets[city] for city in cities), index.size)
        matches |= in_cities & to_bitset(state_sets[state], index.size)
    return matches


def numbers_by_distance(index: Index, conditions: Sequence[Sequence[str]], *, descending: bool) -> list[int] | None:
    """Return all program numbers by their distance from the nearest place of some conditions; None if none is clear.

    Programs in unknown cities come last either way.
    """
    centers = _centers(index, conditions)
    if not centers:
        return None
    return index.cached(("by distance", centers, descending), lambda: _by_distance(index, centers, descending))


def near_conditions(query: Query) -> list[tuple[str, ...]]:
    """Return the values of the conditions of a query that ask for a distance."""
    terms = (term for clause in query.clauses for term in clause)
    near = (term for term in terms if isinstance(term, Condition) and term.field.casefold() == NEAR)
    return [term.values for term in near if not term.negated]


def distance_text(index: Index, query: Query, number: int) -> str:
    """Return how far a program is from the nearest place that a query names: "12 miles from Boston, MA".

    It is "" where the query names no place, or the city of the program isn't known.
    """
    centers = _centers(index, near_conditions(query))
    city = _city_of(index, number)
    miles = _miles_by_city(index, centers).get(city) if centers else None
    if miles is None:
        return ""
    point = next(each.place.point for each in data_cities(index) if (each.city, each.state) == city)
    center = min(centers, key=lambda place: miles_between(place.point, point))
    return f"{plural(round(miles), 'mile')} from {center.label}" if round(miles) else f"in {center.label}"


def distance_in_miles(index: Index, query: Query, number: int) -> int | None:
    """Return the miles between a program and the nearest place that a query names, None if either isn't known."""
    centers = _centers(index, near_conditions(query))
    miles = _miles_by_city(index, centers).get(_city_of(index, number)) if centers else None
    return None if miles is None else round(miles)


def _city_of(index: Index, number: int) -> tuple[str, str]:
    """Return the values of a program in the fields `city` and `state`."""
    city_codes, city_values = index.values(FIELDS_BY_NAME["city"]).column
    state_codes, state_values = index.values(FIELDS_BY_NAME["state"]).column
    return "".join(city_values[city_codes[number]]), "".join(state_values[state_codes[number]])


def _centers(index: Index, conditions: Sequence[Sequence[str]]) -> tuple[GazetteerPlace, ...]:
    """Return the places of conditions, those that are clear."""
    circles = (circle for values in conditions for circle in read_circles(values))
    targets = (find_place(index, circle.text).place for circle in circles)
    return tuple(place for place in targets if place is not None)


def _miles_by_city(index: Index, centers: Sequence[GazetteerPlace]) -> Mapping[tuple[str, str], float]:
    """Return the distance of each city of the data from the nearest of some places."""
    return index.cached(
        ("miles by city", centers),
        lambda: {
            (each.city, each.state): min(miles_between(center.point, each.place.point) for center in centers)
            for each in data_cities(index)
        },
    )


def _by_distance(index: Index, centers: Sequence[GazetteerPlace], descending: bool) -> list[int]:
    miles_by_city = _miles_by_city(index, centers)
    city_codes, city_values = index.values(FIELDS_BY_NAME["city"]).column
    state_codes, state_values = index.values(FIELDS_BY_NAME["state"]).column
    miles_by_codes: dict[tuple[int, int], float | None] = {}
    placed: list[tuple[float, int]] = []
    unplaced: list[int] = []
    for number, codes in enumerate(zip(city_codes, state_codes, strict=True)):
        if codes not in miles_by_codes:
            key = ("".join(city_values[codes[0]]), "".join(state_values[codes[1]]))
            miles_by_codes[codes] = miles_by_city.get(key)
        miles = miles_by_codes[codes]
        if miles is None:
            unplaced.append(number)
        else:
            placed.append((-miles if descending else miles, number))
    return [*(number for _, number in sorted(placed)), *unplaced]


def data_cities(index: Index) -> Sequence[DataCity]:
    """Return the cities of the data whose place is known."""
    return index.cached("data cities", lambda: tuple(_data_cities(index)))


def _data_cities(index: Index) -> Iterator[DataCity]:
    gazetteer = index.catalog.gazetteer
    for (city, state), program_count in index.catalog.lookups.place_counts:
        place = next(iter(gazetteer.find(city, state)), None) if city and state else None
        if city and state and place is not None:
            yield DataCity(fold_key(city), state.casefold(), place._replace(name=city), program_count)


def _unplaced_count(index: Index) -> int:
    return index.size - sum(data_city.program_count for data_city in data_cities(index))


def find_place(index: Index, text: str) -> NearTarget:
    """Return the place that a text stands for.

    A city of the data comes before cities elsewhere with the same name, and may be only begun; then come the
    institutions, by any of their names.
    """
    return index.cached(("near place", text), lambda: _find_place(index, without_long_mark_runs(text)))


def _find_place(index: Index, text: str) -> NearTarget:
    gazetteer = index.catalog.gazetteer
    if _NUMBER.match(text):
        return NearTarget(None, f"“{text}”: miles must be a positive whole number, such as near:boston,{DEFAULT_MILES}")
    for city, state in _city_and_state(text):
        places = gazetteer.find(city, state)
        if places:
            return NearTarget(places[0])
    named = gazetteer.find(text)
    key = place_keys(text)
    in_data = [data_city for data_city in data_cities(index) if place_keys(data_city.place.name) == key]
    choices = [data_city.place for data_city in in_data] or list(named)
    if not choices:
        choices = list(dict.fromkeys(_institution_places(index, text)))
    if not choices and key:
        choices = [each.place for each in data_cities(index) if place_keys(each.place.name).startswith(key)]
    if len(choices) == 1:
        return NearTarget(choices[0])
    return _ambiguous(index, text, choices) if choices else _unknown(index, text)


def _city_and_state(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a text as a city and its state: "San Antonio TX", "boston, massachusetts"."""
    words = text.replace(",", " ").split()
    for size in range(1, min(_MAX_STATE_WORDS, len(words) - 1) + 1):
        state = _STATES_BY_KEY.get(place_keys("".join(words[-size:])))
        if state:
            yield " ".join(words[:-size]), state


def _institution_places(index: Index, text: str) -> Iterator[GazetteerPlace]:
    """Yield the places of the institutions with a name."""
    catalog = index.catalog
    institution_values = index.values(FIELDS_BY_NAME["institution"])
    for institution_id in institution_values.ids_by_name.get(fold_key(text)) or ():
        institution = catalog.institution[institution_id]
        if institution.city and institution.state:
            yield from catalog.gazetteer.find(institution.city, institution.state)


def _ambiguous(index: Index, text: str, places: Sequence[GazetteerPlace]) -> NearTarget:
    state_sets = index.values(FIELDS_BY_NAME["state"]).program_sets
    ordered = sorted(places, key=lambda place: (-count(state_sets.get(place.state.casefold(), 0)), place.label))
    labels = tuple(place.label for place in ordered)
    more = f" and {len(labels) - _MAX_STATES_NAMED} more" if len(labels) > _MAX_STATES_NAMED else ""
    states = ", ".join(labels[:_MAX_STATES_NAMED])
    problem = f'“{text}” may be {states}{more}; name the state: near:"{labels[0]}"'
    return NearTarget(None, problem, labels[:_PROPOSALS])


def _unknown(index: Index, text: str) -> NearTarget:
    gazetteer = index.catalog.gazetteer
    if not len(gazetteer):
        return NearTarget(None, "this data has no list of places")
    labels = {place_keys(data_city.place.name): data_city.place.label for data_city in data_cities(index)}
    key = place_keys(text)
    started = [place.label for place in _first(gazetteer.with_prefix(text), _PROPOSALS)] if key else []
    same_start = [name for name in labels if name[:1] == key[:1]]  # comparing with a thousand names takes 40 ms
    similar = [labels[name] for name in closest_matches(key, same_start, limit=_PROPOSALS)]
    proposals = tuple(dict.fromkeys((*similar, *started)))[:_PROPOSALS]
    hint = f"; did you mean “{proposals[0]}”?" if proposals else ""
    return NearTarget(None, f"no city or institution is called “{text}”{hint}", proposals)


def _first(places: Iterator[GazetteerPlace], limit: int) -> Iterator[GazetteerPlace]:
    for _, place in zip(range(limit), places, strict=False):
        yield place
