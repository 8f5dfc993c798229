"""Facet counts against counting one by one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import catalog_of
from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of
from gmetui.search.facet_edits import toggled
from gmetui.search.facets import NOT_STATED
from gmetui.search.fields import BY_NAME, FACETS, Dimension
from gmetui.search.filters import interpret
from gmetui.search.index import Index
from gmetui.search.query import Condition
from gmetui.tui.widgets.facet_list import FacetPane
from support import app_of

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


async def test_a_field_opens_and_closes(catalog: Catalog) -> None:
    app = app_of(catalog, "boston")
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("enter", "f")
        pane = app.screen.query_one(FacetPane)
        number = next(n for n, line in enumerate(pane._lines) if line.group)
        pane.move_to(number)
        before = len(pane._lines)
        await pilot.press("right")
        inside = [line for line in pane._lines if line.depth]
        assert inside
        assert len(pane._lines) == before + len(inside)
        await pilot.press("down", "left")
        assert len(pane._lines) == before
        assert pane.cursor == number
        await pilot.press("space")
        assert "family:internal-medicine" in str(app.screen.results.query)  # type: ignore[attr-defined]


def test_what_is_on_a_persons_list_is_a_facet(catalog: Catalog) -> None:
    listed = {"tufts-neurology-residency": "applied", "bmc-neurology-residency": "", "gone-from-the-data": "ranked"}
    results = search(catalog, Query.parse("neurology"), listed)
    counts = {value.label: value.count for value in results.facet("listed")}
    assert counts["On your list"] == 2
    assert counts["Applied"] == 1
    assert "Ranked" not in counts
    assert counts["Not on your list"] == results.total - 2
    assert {p.id for p in search(catalog, Query.parse("listed:applied"), listed).programs()} == {
        "tufts-neurology-residency"
    }
    assert search(catalog, Query.parse("no:listed"), listed).total == len(catalog.programs) - 2
    assert search(catalog, Query.parse("no:listed")).total == len(catalog.programs)


@pytest.mark.parametrize("size", [1, 5, 63, 64, 65, 900])
def test_counts_are_the_same_however_they_are_counted(size: int) -> None:
    """Ranges, members and bits, walked or intersected: against a naive count on made-up programs."""
    catalog = catalog_of(size, institutions=7, seed=size)
    for line in ("", "kind:residency", "medicine", "program size:4-6", '"three letters"'):
        results = search(catalog, Query.parse(line))
        found = results.programs()
        for dimension in FACETS:
            if dimension.name == "listed":
                continue
            expected = Counter(value for p in found for value in {own for own, _ in dimension.values(p, catalog)})
            if dimension.name not in results.selections:
                shown = {v.value: v.count for v in results.facet(dimension.name) if v.value}
                assert {value: count for value, count in shown.items() if count} == dict(expected), (line, dimension)
