"""Where the programs of a search are, and narrowing to a place."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.places import (
    MapPlace,
    institutions_by_state,
    narrowed_to_place,
    narrowed_to_state,
    places_of,
    state_counts,
    without_states,
)


def count_in(catalog: Catalog, state: str) -> int:
    return sum(catalog.location_of(program)[1] == state for program in catalog.programs)


def test_states_count_the_matching_programs(catalog: Catalog) -> None:
    counts = state_counts(search(catalog, Query()))
    assert counts.by_state == {state: count_in(catalog, state) for state in ("MA", "NH", "ME")}
    assert counts.without_state == 0
    assert counts.included == frozenset()


def test_the_states_of_the_search_leave_the_counts_of_others(catalog: Catalog) -> None:
    counts = state_counts(search(catalog, Query.parse("state:NH")))
    assert counts.by_state["MA"] == count_in(catalog, "MA")
    assert counts.included == {"NH"}
    without_words = state_counts(search(catalog, Query.parse("qqqqzzzz")))
    assert set(without_words.by_state.values()) == {0}


def test_places_are_cities_above_their_institutions(catalog: Catalog) -> None:
    places = places_of(search(catalog, Query.parse("state:MA")))
    cities = [place for place in places if place.field == "city"]
    assert sum(city.program_count for city in cities) == count_in(catalog, "MA")
    assert [city.program_count for city in cities] == sorted((city.program_count for city in cities), reverse=True)
    assert places[0].field == "city"
    assert sum(place.program_count for place in places if place.depth) == count_in(catalog, "MA")


def test_institutions_stay_without_a_match(catalog: Catalog) -> None:
    everything = institutions_by_state(search(catalog, Query()))
    nothing = institutions_by_state(search(catalog, Query.parse("qqqqzzzz")))
    assert {state: [place.value for place in places] for state, places in everything.items()} == {
        state: [place.value for place in places] for state, places in nothing.items()
    }
    assert all(place.program_count == 0 for places in nothing.values() for place in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "state:NH"),
        ("state:MA", "state:NH"),
        ("cards state:MA,ME has:visa", "cards has:visa state:NH"),
        ("no:state", "state:NH"),
        ("state:MA OR cards", "state:MA OR cards state:NH"),
    ],
)
def test_a_state_takes_the_place_of_the_others(text: str, expected: str) -> None:
    assert str(narrowed_to_state(Query.parse(text), "NH")) == expected


def test_a_place_narrows_within_its_state() -> None:
    city = MapPlace("city", "Port Ellery", "Port Ellery", 3)
    assert str(narrowed_to_place(Query.parse("state:NH city:Quillmont"), "MA", city)) == 'state:MA city:"Port Ellery"'
    no_city = MapPlace("city", "", "No city stated", 1)
    assert str(narrowed_to_place(Query(), "MA", no_city)) == "state:MA no:city"


def test_without_states_keeps_the_rest() -> None:
    assert str(without_states(Query.parse("cards state:MA -state:NH kind:fellowship"))) == "cards kind:fellowship"
