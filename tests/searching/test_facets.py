"""Facet counts against counting one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmetui.catalog.model import Catalog
from gmetui.searching import Query, search
from gmetui.searching.answer import index_of
from gmetui.searching.conditions import interpret
from gmetui.searching.dimensions import BY_NAME, FACETS, Dimension
from gmetui.searching.faceting import NOT_STATED
from gmetui.searching.index import Index
from gmetui.searching.query import Condition
from gmetui.searching.ticking import toggled

NAMES = [facet.name for facet in FACETS]
LINES = [
    "",
    "cards",
    "inst:tufts",
    "inst:tufts kind:f surgery",
    "-kind:fellowship",
    "length:<=2 no:service",
    "inst:mgh OR no:length",
    "kind:residency inst:mgh,bmc topic:visa",
]


def cleared(index: Index, query: Query, dimension: Dimension) -> Query:
    """Return `query` without the clauses that are about `dimension` alone."""

    def about(term: object) -> bool:
        return isinstance(term, Condition) and interpret(index, term).dimension is dimension

    for place in reversed(range(len(query.clauses))):
        if all(map(about, query.clauses[place])):
            query = query.without_clause(place)
    return query


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", NAMES)
def test_a_tick_would_show_as_many_as_counted(catalog: Catalog, line: str, name: str) -> None:
    """Replacing a facet's ticks by one value gives as many programs as the facet says."""
    index, query = index_of(catalog), Query.parse(line)
    others = cleared(index, query, BY_NAME[name])
    for value in search(catalog, query).facet(name):
        assert search(catalog, toggled(index, others, BY_NAME[name], value.value)).total == value.count


@pytest.mark.parametrize("line", LINES)
def test_values_of_one_kind_add_up(catalog: Catalog, line: str) -> None:
    results = search(catalog, cleared(index_of(catalog), Query.parse(line), BY_NAME["kind"]))
    assert sum(value.count for value in results.facet("kind")) == results.total


def test_a_facets_own_ticks_do_not_count(catalog: Catalog) -> None:
    before = {v.value: v.count for v in search(catalog, Query.parse("cards")).facet("institution")}
    ticked = search(catalog, Query.parse("cards inst:tufts")).facet("institution")
    assert {v.value: v.count for v in ticked} == before
    assert ticked[0].value == "tufts"
    assert ticked[0].selected


def test_values_without_programs_stay(catalog: Catalog) -> None:
    values = search(catalog, Query.parse("inst:tufts dermatology")).facet("kind")
    assert {value.value for value in values} == {"residency", "fellowship", "combined", "other"}


def test_not_stated_is_a_value(catalog: Catalog) -> None:
    last = search(catalog, Query()).facet("length")[-1]
    assert (last.value, last.label) == (NOT_STATED, "Not stated")
    assert last.count == sum(program.length_years is None for program in catalog.programs)


TICKS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 4), st.booleans()), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LINES), TICKS, st.tuples(st.sampled_from(NAMES), st.integers(0, 4), st.booleans()))
def test_ticking_twice_changes_nothing(
    catalog: Catalog, line: str, ticks: list[tuple[str, int, bool]], last: tuple[str, int, bool]
) -> None:
    index, query = index_of(catalog), Query.parse(line)
    for name, place, exclude in ticks:
        values = search(catalog, query).facet(name)
        query = toggled(index, query, BY_NAME[name], values[place % len(values)].value, exclude=exclude)
        assert Query.parse(str(query)) == query
    name, place, exclude = last
    values = search(catalog, query).facet(name)
    value = values[place % len(values)].value
    once = toggled(index, query, BY_NAME[name], value, exclude=exclude)
    state = {v.value: (v.selected, v.excluded) for v in search(catalog, once).facet(name)}[value]
    twice = toggled(index, once, BY_NAME[name], value, exclude=exclude)
    was = {v.value: (v.selected, v.excluded) for v in search(catalog, query).facet(name)}[value]
    if not (was[0] or was[1]):
        assert state == (not exclude, exclude)
        assert search(catalog, twice).bits == search(catalog, query).bits


def test_an_ambiguous_value_is_unticked_one_by_one(catalog: Catalog) -> None:
    index = index_of(catalog)
    query = Query.parse("specialty:addict")
    values = [v.value for v in search(catalog, query).facet("specialty") if v.selected]
    assert len(values) >= 2
    fewer = toggled(index, query, BY_NAME["specialty"], values[0])
    left = [v.value for v in search(catalog, fewer).facet("specialty") if v.selected]
    assert set(left) == set(values[1:])
