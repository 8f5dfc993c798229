"""The gazetteer: names of places, their positions, and the packed form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.gazetteer import (
    NO_PLACES,
    STATE_NUMBERS,
    Gazetteer,
    GazetteerPlace,
    Point,
    miles_between,
    pack_places,
    place_keys,
)
from gmetui.tools.gazetteer import read_places
from support import FIXTURE_DATA

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def hundredths(limit: int) -> st.SearchStrategy[float]:
    """Degrees with two decimals, as the packed form has them."""
    return st.integers(-100 * limit, 100 * limit).map(lambda number: number / 100)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("St. Louis", "saint louis"),
        ("O'Fallon", "O’FALLON"),
        ("Winston-Salem", "winston salem"),
        ("Bayamón", "bayamon"),
        ("Fort Worth", "ft. worth"),
        ("Eglin Air Force Base", "Eglin AFB"),
    ],
)
def test_spellings_of_a_name_have_one_key(name: str, other: str) -> None:
    assert place_keys(name) == place_keys(other)


def test_a_city_is_found_by_its_state(catalog: Catalog) -> None:
    gazetteer = catalog.gazetteer
    assert [place.state for place in gazetteer.find("boston")] == ["GA", "MA"]
    assert gazetteer.find("Boston", "MA")[0].label == "Boston, MA"
    assert gazetteer.point_of("saint louis", "mo") == Point(38.64, -90.24)
    assert gazetteer.point_of("Boston", "TX") is None
    assert gazetteer.find("") == ()


def test_names_that_the_census_writes_otherwise_are_found(catalog: Catalog) -> None:
    places = {name: catalog.gazetteer.find(name) for name in ("Nashville", "Lexington", "Ventura", "Brooklyn", "Bronx")}
    assert all(places.values())
    assert places["Ventura"][0].point == catalog.gazetteer.point_of("San Buenaventura", "CA")
    assert places["Brooklyn"][0].state == "NY"


def test_the_larger_of_two_places_of_a_name_counts(catalog: Catalog) -> None:
    assert catalog.gazetteer.point_of("Springfield", "TX") == Point(32.0, -96.0), "a city before a statistical place"
    assert catalog.gazetteer.point_of("Bayamón", "PR") == Point(18.38, -66.16), "the main community"


def test_places_are_listed_by_the_start_of_their_name(catalog: Catalog) -> None:
    labels = [place.label for place in catalog.gazetteer.with_prefix("springf")]
    assert labels == ["Springfield, IL", "Springfield, MA", "Springfield, MO", "Springfield, TX"]


def test_the_fixture_is_packed_from_its_text_files() -> None:
    places = read_places(FIXTURE_DATA.parent / "places.txt", FIXTURE_DATA.parent / "counties.txt")
    assert pack_places(places) == (FIXTURE_DATA / "places.gazetteer").read_bytes()


@given(
    st.lists(
        st.builds(
            GazetteerPlace,
            st.text("abcdefé' .-", min_size=1, max_size=6).filter(lambda name: bool(place_keys(name))),
            st.sampled_from(STATE_NUMBERS),
            st.builds(Point, hundredths(90), hundredths(180)),
        ),
        unique_by=lambda place: (place_keys(place.name), place.state),
    )
)
def test_every_packed_place_is_found_again(places: list[GazetteerPlace]) -> None:
    content = pack_places(places)
    gazetteer = Gazetteer(lambda: content)
    assert len(gazetteer) == len(places)
    for place in places:
        assert gazetteer.find(place.name, place.state) == (place,)


def test_a_gazetteer_without_places_has_no_answers() -> None:
    assert not len(NO_PLACES)
    assert NO_PLACES.find("Boston") == ()
    assert list(NO_PLACES.with_prefix("")) == []
    with pytest.raises(ValueError, match="not a gazetteer"):
        len(Gazetteer(lambda: b"something else"))


def test_distances_are_great_circles() -> None:
    boston, san_francisco, heathrow = Point(42.3643, -71.0052), Point(37.6190, -122.3749), Point(51.4706, -0.4619)
    # The airports' distances on the ellipsoid, which differ from those on a sphere by half a percent at most.
    assert miles_between(boston, san_francisco) == pytest.approx(2704, rel=0.005)
    assert miles_between(boston, heathrow) == pytest.approx(3265, rel=0.005)
    assert miles_between(Point(0, 0), Point(0, 180)) == pytest.approx(3.14159265 * 3958.8, abs=0.1)


@given(POINTS, POINTS, POINTS)
def test_distances_are_a_metric(first: Point, second: Point, third: Point) -> None:
    assert miles_between(first, first) == 0
    assert miles_between(first, second) == pytest.approx(miles_between(second, first), abs=1e-6)
    assert miles_between(first, third) <= miles_between(first, second) + miles_between(second, third) + 1e-3


def test_the_bundled_gazetteer_has_the_country(bundled_catalog: Catalog) -> None:
    gazetteer = bundled_catalog.gazetteer
    assert {place.state for place in gazetteer.with_prefix("")} == set(STATE_NUMBERS)
    boston, worcester = gazetteer.point_of("Boston", "MA"), gazetteer.point_of("Worcester", "MA")
    assert boston is not None
    assert worcester is not None
    assert 35 < miles_between(boston, worcester) < 45
