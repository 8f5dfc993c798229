"""A mistake matches nothing, and what was meant is offered."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.corrections import corrections


def offers(catalog: Catalog, line: str) -> list[tuple[str, int]]:
    results = search(catalog, Query.parse(line))
    return [(str(offer.query), offer.total) for offer in corrections(results)]


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("deadline:none", "no:deadline"),
        ("visa:none", "no:visa"),
        ('visa:"not stated"', "no:visa"),
        ("visa:any", "has:visa"),
        ("kind:residencyy", "kind:residency"),
        ("kind:residencyy inst:larkspur", "kind:residency inst:larkspur"),
        ("-kind:residencyy", "-kind:residency"),
        ("kind:fellowship,residencyy", "kind:fellowship,residency"),
        ("lenght:3", "length:3"),
        ("lenght:none", "no:length"),
        ("no:vissa", "no:visa"),
        ("has:misson", "has:mission"),
        ("inst:larkspurr cards", "inst:larkspur cards"),
        ("kind:cards", "specialty:cards"),
        ("where:quillmont", "institution:quillmont"),
        ("length:three", "length:3"),
        ("length:3yrs", "length:3"),
        ("lenght:3 kind:residencyy", "length:3 kind:residency"),
    ],
)
def test_first_correction(catalog: Catalog, line: str, corrected: str) -> None:
    results = search(catalog, Query.parse(line))
    assert results.mistakes
    first_line, total = offers(catalog, line)[0]
    assert first_line == corrected
    assert total == search(catalog, Query.parse(corrected)).total > 0


@pytest.mark.parametrize("line", ["kind:residencyy", "deadline:none", "foo:bar", "no:foo", "has:foo", "-kind:xyz"])
def test_mistake_matches_nothing_unless_lenient(catalog: Catalog, line: str) -> None:
    query = Query.parse(f"{line} cards")
    assert search(catalog, query).total == 0
    lenient = search(catalog, query, lenient=True)
    assert lenient.matches == search(catalog, Query.parse("cards")).matches
    assert lenient.mistakes == search(catalog, query).mistakes != ()


@pytest.mark.parametrize(
    "line", ["visa:", "no:", "-kind:", "length:<", "length:2..", "foo:", '"cards', "cards OR", "NOT"]
)
def test_what_is_not_complete_filters_nothing_yet(catalog: Catalog, line: str) -> None:
    results = search(catalog, Query.parse(line))
    assert results.total
    assert results.warnings == ()
    assert [mistake.is_incomplete for mistake in results.mistakes] == [True]
    assert corrections(results) == []


def test_understood_part_of_a_condition_still_filters(catalog: Catalog) -> None:
    fellowships = search(catalog, Query.parse("kind:fellowship")).matches
    assert search(catalog, Query.parse("kind:fellowship,xyz")).matches == fellowships
    assert search(catalog, Query.parse("kind:fellowship OR foo:bar")).matches == fellowships


def test_words_are_a_last_resort(catalog: Catalog) -> None:
    assert offers(catalog, "foo:neurology")[0][0] in ("specialty:neurology", "family:neurology")
    assert offers(catalog, "foo:transplant") == [("transplant", search(catalog, Query.parse("transplant")).total)]


def test_a_query_without_a_mistake_needs_no_correction(catalog: Catalog) -> None:
    assert offers(catalog, "cards kind:fellowship") == []
    assert offers(catalog, "length:>50") == []
    assert offers(catalog, "cards sort:foo") == []
