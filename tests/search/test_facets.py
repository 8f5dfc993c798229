"""Facet counts, compared with counting program by program, and edits of the query by facet values."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import catalog_of
from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, Results, search
from gmetui.search.engine import index_of
from gmetui.search.facet_edits import toggle_facet_value
from gmetui.search.facets import NOT_STATED
from gmetui.search.fields import FACETS, FIELDS_BY_NAME, SearchField
from gmetui.search.filters import evaluate_filter
from gmetui.search.index import Index
from gmetui.search.query import Condition

#: Without a profile there are no verdicts, and no facet of them: `test_fits` has what it does.
FACET_NAMES = [facet.name for facet in FACETS if facet.name != "fits"]
LINES = [
    "",
    "cards",
    "inst:larkspur",
    "inst:larkspur kind:f medicine",
    "-kind:fellowship",
    "length:<=2 no:visa",
    "inst:marrowby OR no:length",
    "kind:residency inst:larkspur,quillmont topic:letters",
]


def cleared(index: Index, query: Query, search_field: SearchField) -> Query:
    """Return `query` without the clauses that filter `search_field` alone."""

    def filters_field(term: object) -> bool:
        return isinstance(term, Condition) and evaluate_filter(index, term).field is search_field

    for position in reversed(range(len(query.clauses))):
        if all(map(filters_field, query.clauses[position])):
            query = query.without_clause(position)
    return query


def labels(results: Results, facet_name: str) -> list[tuple[str, int]]:
    return [(facet_value.label, facet_value.count) for facet_value in results.facet(facet_name)]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", FACET_NAMES)
def test_selecting_a_value_gives_its_count(catalog: Catalog, line: str, name: str) -> None:
    """Replacing a facet's selection by one value leaves as many programs as the facet promises."""
    index, query = index_of(catalog), Query.parse(line)
    others = cleared(index, query, FIELDS_BY_NAME[name])
    for facet_value in search(catalog, query).facet(name):
        selected = toggle_facet_value(index, others, FIELDS_BY_NAME[name], facet_value.value)
        assert search(catalog, selected).total == facet_value.count


@pytest.mark.parametrize("line", LINES)
def test_counts_of_a_single_valued_facet_add_up(catalog: Catalog, line: str) -> None:
    query = cleared(index_of(catalog), Query.parse(line), FIELDS_BY_NAME["kind"])
    results = search(catalog, query)
    assert sum(facet_value.count for facet_value in results.facet("kind")) == results.total


def test_counts_ignore_the_selection_in_the_same_facet(catalog: Catalog) -> None:
    before = {v.value: v.count for v in search(catalog, Query.parse("cards")).facet("institution")}
    selected = search(catalog, Query.parse("cards inst:quillmont")).facet("institution")
    assert {facet_value.value: facet_value.count for facet_value in selected} == before
    assert selected[0].value == "quillmont"
    assert selected[0].selected


def test_counts_reflect_other_fields(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("kind:fellowship inst:quillmont"))
    assert results.facet("institution").get("larkspur").count == 5
    assert results.facet("kind").get("residency").count == 4
    assert results.facet("length").get("1").count == 2


def test_display_order_of_values(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("-specialty:surgery"))
    assert labels(results, "institution") == [
        ("Larkspur University Hospital", 12),
        ("Quillmont Medical Center", 8),
        ("Marrowby Children's Hospital", 5),
    ]
    assert labels(results, "length") == [
        ("1 year", 4),
        ("2 years", 1),
        ("3 years", 10),
        ("4 years", 6),
        ("5 years", 0),
        ("Not stated", 2),
    ], "numbers ascend, whatever their counts"
    assert [label for label, _ in labels(results, "known")] == ["Described", "Name only"]
    sizes = [facet_value.value for facet_value in results.facet("size")]
    assert sizes == ["1", "2-3", "4-6", "7-12", "13-24", "25-plus", NOT_STATED]


def test_equal_counts_are_sorted_by_label(catalog: Catalog) -> None:
    facet = search(catalog, Query.parse("kind:fellowship")).facet("specialty")
    with_programs = [facet_value for facet_value in facet if facet_value.count]
    assert (with_programs[0].label, with_programs[0].count) == ("Cardiology", 2)
    rest_labels = [facet_value.label.casefold() for facet_value in with_programs[1:]]
    assert rest_labels == sorted(rest_labels)


def test_selected_and_excluded_values_come_first(catalog: Catalog) -> None:
    facet = search(catalog, Query.parse("specialty:surgery -specialty:neurology")).facet("specialty")
    assert {facet_value.value for facet_value in facet[:2]} == {"neurology", "surgery"}
    assert facet.active_count == 2
    assert facet.is_active("surgery")
    assert facet.is_active("neurology")
    assert not facet.is_active("psychiatry")
    assert (facet.get("surgery").selected, facet.get("surgery").excluded) == (True, False)
    assert (facet.get("neurology").selected, facet.get("neurology").excluded) == (False, True)


def test_visible_values_have_programs_or_are_active(catalog: Catalog) -> None:
    facet = search(catalog, Query.parse("dermatology")).facet("kind")
    assert {facet_value.value for facet_value in facet} == {"residency", "fellowship", "combined", "other"}
    assert facet.visible_count == 0
    assert search(catalog, Query.parse("dermatology kind:f")).facet("kind").visible_count == 1
    assert search(catalog, Query.parse("surgery kind:f")).facet("kind").visible_count == 2


def test_not_stated_is_the_last_value(catalog: Catalog) -> None:
    facet = search(catalog, Query()).facet("length")
    not_stated = facet[-1]
    assert (not_stated.value, not_stated.label) == (NOT_STATED, "Not stated")
    assert not_stated.count == sum(program.length_years is None for program in catalog.programs) == 2
    kind_facet = search(catalog, Query()).facet("kind")
    assert NOT_STATED not in kind_facet.ids, "every program has a kind"
    asked_facet = search(catalog, Query.parse("no:kind")).facet("kind")
    assert asked_facet.get(NOT_STATED).selected
    assert asked_facet.ids[-1] == NOT_STATED


TOGGLES = st.lists(st.tuples(st.sampled_from(FACET_NAMES), st.integers(0, 4), st.booleans()), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LINES), TOGGLES, st.tuples(st.sampled_from(FACET_NAMES), st.integers(0, 4), st.booleans()))
def test_toggling_twice_changes_nothing(
    catalog: Catalog, line: str, toggles: list[tuple[str, int, bool]], last_toggle: tuple[str, int, bool]
) -> None:
    index, query = index_of(catalog), Query.parse(line)
    for name, position, exclude in toggles:
        facet = search(catalog, query).facet(name)
        value = facet[position % len(facet)].value
        query = toggle_facet_value(index, query, FIELDS_BY_NAME[name], value, exclude=exclude)
        assert Query.parse(str(query)) == query
    name, position, exclude = last_toggle
    facet = search(catalog, query).facet(name)
    value = facet[position % len(facet)].value
    once = toggle_facet_value(index, query, FIELDS_BY_NAME[name], value, exclude=exclude)
    twice = toggle_facet_value(index, once, FIELDS_BY_NAME[name], value, exclude=exclude)
    if not facet.is_active(value):
        toggled_value = search(catalog, once).facet(name).get(value)
        assert (toggled_value.selected, toggled_value.excluded) == (not exclude, exclude)
        assert search(catalog, twice).matches == search(catalog, query).matches


@pytest.mark.parametrize(
    ("line", "name", "value", "exclude", "edited"),
    [
        ("cards", "kind", "fellowship", False, "cards kind:fellowship"),
        ("cards kind:f", "kind", "fellowship", False, "cards"),
        ("kind:f", "kind", "residency", False, "kind:f,residency"),
        ("kind:f,residency", "kind", "fellowship", False, "kind:residency"),
        ("kind:f", "kind", "fellowship", True, "-kind:fellowship"),
        ("-kind:f", "kind", "fellowship", False, "kind:fellowship"),
        ("-kind:f", "kind", "residency", True, "-kind:f,residency"),
        ("", "visa", NOT_STATED, False, "no:visa"),
        ("visa:j-1", "visa", NOT_STATED, False, "visa:j-1 OR no:visa"),
        ("no:visa", "visa", "j-1", False, "visa:j-1 OR no:visa"),
        ("visa:j-1 OR no:visa", "visa", NOT_STATED, False, "visa:j-1"),
        ("", "visa", NOT_STATED, True, "-no:visa"),
        ("kind:f OR -kind:r", "kind", "other", False, "kind:f OR -kind:r kind:other"),
        ("inst:larkspur OR cards", "institution", "larkspur", False, "inst:larkspur OR cards institution:larkspur"),
    ],
)
def test_toggle_edits_the_query(catalog: Catalog, line: str, name: str, value: str, exclude: bool, edited: str) -> None:
    index = index_of(catalog)
    assert str(toggle_facet_value(index, Query.parse(line), FIELDS_BY_NAME[name], value, exclude=exclude)) == edited


def test_value_of_an_ambiguous_name_is_cleared_alone(catalog: Catalog) -> None:
    index = index_of(catalog)
    query = Query.parse("specialty:cap")
    selected = [v.value for v in search(catalog, query).facet("specialty") if v.selected]
    assert set(selected) == {"child-abuse-pediatrics", "child-and-adolescent-psychiatry"}
    narrower = toggle_facet_value(index, query, FIELDS_BY_NAME["specialty"], selected[0])
    assert str(narrower) == f"specialty:{selected[1]}"


def test_shortlist_is_a_facet(catalog: Catalog) -> None:
    statuses = {"larkspur-neurology-residency": "applied", "quillmont-neurology-residency": "", "gone": "ranked"}
    results = search(catalog, Query.parse("neurology"), statuses)
    counts = dict(labels(results, "listed"))
    assert counts == {"On your shortlist": 2, "Applied": 1, "Not on your shortlist": results.total - 2}
    applied = search(catalog, Query.parse("listed:applied"), statuses)
    assert [program.id for program in applied.programs()] == ["larkspur-neurology-residency"]
    programs = len(catalog.programs)
    assert search(catalog, Query.parse("no:listed"), statuses).total == programs - 2
    assert search(catalog, Query.parse("no:listed")).total == programs


def test_shortlist_changes_are_seen_at_once(catalog: Catalog) -> None:
    statuses = {"larkspur-neurology-residency": ""}
    query = Query.parse("listed:yes")
    assert search(catalog, query, statuses).total == 1
    statuses["quillmont-neurology-residency"] = ""
    assert search(catalog, query, statuses).total == 2
    del statuses["larkspur-neurology-residency"]
    assert [program.id for program in search(catalog, query, statuses).programs()] == [*statuses]


@pytest.mark.parametrize("size", [1, 5, 63, 64, 65, 900])
def test_counts_equal_those_of_a_naive_count(size: int) -> None:
    """Arrays and bitsets, visited or intersected, give the counts of made-up programs counted one by one."""
    catalog = catalog_of(size, institutions=7, seed=size)
    for line in ("", "kind:residency", "medicine", "program size:4-6", '"three letters"'):
        results = search(catalog, Query.parse(line))
        programs = results.programs()
        for facet in FACETS:
            if facet.name == "listed" or facet.name in results.selections:
                continue
            expected = Counter(value for p in programs for value in {value for value, _ in facet.extract(p, catalog)})
            counts = {v.value: v.count for v in results.facet(facet.name) if v.value and v.count}
            assert counts == dict(expected), (line, facet.name)
