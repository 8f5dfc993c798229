"""`near:`: programs around a city, by distance, and what is said about places that are not clear."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, Results, search
from gmetui.search.corrections import corrections
from gmetui.search.engine import index_of
from gmetui.search.nearby import NearCircle, read_circles
from gmetui.search.place_phrases import place_corrections
from gmetui.search.places import narrowed_to_circle
from gmetui.search.suggest import complete


def results_of(catalog: Catalog, line: str) -> Results:
    return search(catalog, Query.parse(line))


def states_in(results: Results) -> list[str]:
    return [results.index.catalog.location_of(program)[1] or "" for program in results.programs()]


@pytest.mark.parametrize(
    ("values", "circles"),
    [
        (("boston", "50"), [("boston", 50)]),
        (("boston",), [("boston", 50)]),
        (("boston", "30 miles"), [("boston", 30)]),
        (("boston", "ma", "30mi"), [("boston, MA", 30)]),
        (("boston", "10", "worcester", "20"), [("boston", 10), ("worcester", 20)]),
        (("boston", "worcester", "20"), [("boston", 20), ("worcester", 20)]),
        (("50",), []),
    ],
)
def test_a_number_belongs_to_the_places_before_it(values: tuple[str, ...], circles: list[tuple[str, int]]) -> None:
    assert list(read_circles(values)) == [NearCircle(text, miles) for text, miles in circles]


def test_the_radius_decides_which_cities_are_near(catalog: Catalog) -> None:
    assert set(states_in(results_of(catalog, "near:quillmont,1"))) == {"NH"}
    assert set(states_in(results_of(catalog, "near:quillmont,60"))) == {"NH", "MA"}
    assert results_of(catalog, "near:quillmont,200").total == len(catalog.programs)
    assert results_of(catalog, "near:quillmont,0").total == results_of(catalog, "city:quillmont").total
    assert results_of(catalog, 'near:"San Antonio TX",30').total == 0


def test_negation_and_alternatives(catalog: Catalog) -> None:
    near, elsewhere = results_of(catalog, "near:quillmont,60"), results_of(catalog, "-near:quillmont,60")
    assert near.total + elsewhere.total == len(catalog.programs)
    both = results_of(catalog, 'near:quillmont,1,"port ellery",1')
    assert both.matches == results_of(catalog, "near:quillmont,1 OR near:larkspur,1").matches


def test_a_state_may_follow_the_city(catalog: Catalog) -> None:
    lines = ('near:"quillmont, NH",1', 'near:"Quillmont new hampshire",1', "near:quillmont,nh,1", "near:quill,1")
    assert len({results_of(catalog, line).matches for line in lines}) == 1


def test_an_institution_stands_for_its_city(catalog: Catalog) -> None:
    institution = catalog.institutions[0]
    by_name = results_of(catalog, f"near:{institution.id},1")
    assert by_name.total
    assert by_name.matches == results_of(catalog, f'near:"{institution.city}",1').matches


def test_a_name_in_several_states_is_asked_about(catalog: Catalog) -> None:
    results = results_of(catalog, "near:springfield,30")
    assert results.total == 0
    (message,) = results.warnings
    assert message.startswith("“springfield” may be Springfield, MA, Springfield, IL")
    assert 'near:"Springfield, MA"' in message, "the state with most programs comes first"
    wide = results_of(catalog, "near:springfield,150 surgery")
    assert [correction.replacement for correction in corrections(wide)] == ['near:"Springfield, MA",150']


@pytest.mark.parametrize("miles", ["-5", "12.5", "-3 miles"])
def test_miles_that_are_no_number_of_miles_are_named(catalog: Catalog, miles: str) -> None:
    mistakes = results_of(catalog, f'near:"port ellery","{miles}"').mistakes
    assert [mistake.text for mistake in mistakes] == [miles]
    assert "miles must be a positive whole number" in mistakes[0].message


def test_an_unknown_place_gets_proposals(catalog: Catalog) -> None:
    results = results_of(catalog, "near:quilmont,30")
    assert results.warnings == ("no city or institution is called “quilmont”; did you mean “Quillmont, NH”?",)
    assert str(corrections(results)[0].query) == 'near:"Quillmont, NH",30'
    assert results_of(catalog, "near:x").total == 0


def test_distance_sorts_and_leaves_facets_alone(catalog: Catalog) -> None:
    results = results_of(catalog, "near:quillmont,200 sort:near")
    states = states_in(results)
    assert states == sorted(states, key=["NH", "MA", "ME"].index)
    reverse = results_of(catalog, "near:quillmont,200 sort:-near")
    assert states_in(reverse) == sorted(states, key=["ME", "MA", "NH"].index)
    assert {value.value: value.count for value in results.facet("kind")} == {
        value.value: value.count for value in search(catalog, Query()).facet("kind")
    }


def test_sorting_by_distance_needs_a_place(catalog: Catalog) -> None:
    results = results_of(catalog, "surgery sort:near")
    assert results.warnings == ("sort:near needs a place, such as near:boston,50",)
    assert results.total


def test_programs_without_a_known_city_are_counted(hostile_catalog: Catalog, catalog: Catalog) -> None:
    assert results_of(catalog, "near:quillmont,50").warnings == ()
    (message,) = results_of(hostile_catalog, "near:boston,50").warnings
    assert message == "this data has no list of places" or "without a known city" in message


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("near:quill", "near:quillmont"),
        ("near:port", 'near:"Port Ellery, MA"'),
        ("near:spring", 'near:"Springfield, IL"'),
        ("near:quillmont,", "near:quillmont,25"),
        ("surgery near:quillmont,1", "surgery near:quillmont,100"),
        ("nea", "near:"),
        ("sort:ne", "sort:near"),
    ],
)
def test_completion(catalog: Catalog, line: str, completed: str) -> None:
    completions = complete(index_of(catalog), line)
    assert completions[0].line == completed
    assert completions[0].label


def test_every_completion_of_a_place_is_understood(catalog: Catalog) -> None:
    for line in ("near:", "near:s", "near:spr", "near:bos", "near:quillmont,"):
        for completion in complete(index_of(catalog), line):
            assert results_of(catalog, completion.line).mistakes == (), completion.line


def test_a_circle_takes_the_place_of_cities_and_states(catalog: Catalog) -> None:
    results = results_of(catalog, "surgery state:MA city:quillmont near:boston,10")
    assert str(narrowed_to_circle(results, "Port Ellery, MA, 30")) == 'surgery near:"Port Ellery, MA",30'
    assert str(narrowed_to_circle(results, "port ellery 30")) == 'surgery near:"port ellery",30'
    assert str(narrowed_to_circle(results, "Port Ellery, MA 30 miles")) == 'surgery near:"Port Ellery, MA",30'
    with pytest.raises(ValueError, match="Springfield"):
        narrowed_to_circle(results, "springfield, 30")
    with pytest.raises(ValueError, match="write a city"):
        narrowed_to_circle(results, "30")


ODD_TEXTS = ["", "\x1b[2J", "a" * 50_000, "e" + "\u0301" * 5_000, '"', ",,,", "１２３", "near:near:"]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_places_are_answered(catalog: Catalog, text: str) -> None:
    results = results_of(catalog, f"near:{text},50")
    assert results.total in (0, len(catalog.programs))


def test_the_distance_is_a_reason(catalog: Catalog) -> None:
    results = results_of(catalog, "near:quillmont,200 sort:near")
    texts = [[reason.text for reason in results.reasons(program)] for program in results.programs()]
    assert texts[0] == ["in Quillmont, NH"]
    assert ["57 miles from Quillmont, NH"] in texts
    two = results_of(catalog, 'near:quillmont,"port ellery",200')
    assert {reason.text for program in two.programs() for reason in two.reasons(program)} == {
        "in Quillmont, NH",
        "in Port Ellery, MA",
        "71 miles from Quillmont, NH",
    }
    assert not results_of(catalog, "surgery").asks_distance
    assert all(
        reason.field != "near" for reason in results_of(catalog, "-near:quillmont,9").reasons(catalog.programs[0])
    )


def test_the_miles_of_a_program_are_those_to_the_nearest_place(catalog: Catalog) -> None:
    results = results_of(catalog, "near:quillmont,200")
    miles = {results.miles_of(program) for program in catalog.programs_of("quillmont")}
    assert 0 in miles
    both = results_of(catalog, 'near:quillmont,200,"port ellery",200')
    assert all((both.miles_of(each) or 0) <= (results.miles_of(each) or 0) for each in both.programs())
    assert results_of(catalog, "heart").miles_of(catalog.programs[0]) is None


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cardiology near quillmont", "cardiology near:quillmont"),
        ("near quillmont residency", "near:quillmont residency"),
        ("Near Port Ellery MA cards", 'near:"Port Ellery MA" cards'),
        ("kind:residency close to larkspur", "kind:residency near:larkspur"),
        ("within 60 miles of quillmont", "near:quillmont,60"),
        ("within 60 mi of quillmont sort:near", "near:quillmont,60 sort:near"),
        ("near", None),
        ("near xqzzv", None),
        ("quillmont", None),
        ("-near quillmont", None),
        ("near kind:residency", None),
        ("near:quillmont", None),
    ],
)
def test_words_about_a_distance_offer_the_filter(catalog: Catalog, line: str, offered: str | None) -> None:
    corrections = place_corrections(results_of(catalog, line))
    assert [str(each.query) for each in corrections] == ([offered] if offered else [])
    assert all(each.total for each in corrections)
