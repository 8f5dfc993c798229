from __future__ import annotations

import pytest

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inst:tufts", "institution:tufts"),
        ("inst:tufts-medicine", "institution:tufts"),
        ('inst:"Tufts Medicine"', "institution:tufts"),
        ("inst:mgh", 'hospital:"Massachusetts General Hospital"'),
        ("kind:f", "kind:fellowship"),
        ("specialty:cards", "specialty:cardiovascular-disease"),
        ("specialty:141", "specialty:cardiovascular-disease"),
        ("length:2", "length:=2"),
        ("length:1..2", "length:<=2"),
        ("city:boston,cambridge,worcester,burlington", "state:ma"),
        ("inst:tufts,mgh", "inst:tufts OR inst:mgh"),
        ("-inst:tufts state:ma", "inst:mgh,bmc,bwh,bidmc,bch,cha,umass,lahey,semc -inst:tufts"),
        ("no:accreditation", "-accreditation:acgme,non-acgme,other"),
        ("KIND:Fellowship", "kind:f"),
        ("source:third-party", "publisher:third"),
        ("as_of:<2020", "as_of:1990..2019"),
    ],
)
def test_the_same_programs(catalog: Catalog, one: str, other: str) -> None:
    found = search(catalog, Query.parse(one))
    assert found.total
    assert found.bits == search(catalog, Query.parse(other)).bits


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("lenght:2", "no field “lenght”; length?"),
        ("inst:tuffts", "no institution “tuffts”; Tufts Medicine?"),
        ("kind:xyz", "no kind “xyz”"),
        ("length:two", "“two” is no number; write length:2 or length:<=2"),
        ("no:vissa", "nothing called “vissa” can be stated; visa?"),
    ],
)
def test_what_is_not_understood_is_said_and_narrows_nothing(catalog: Catalog, line: str, warning: str) -> None:
    results = search(catalog, Query.parse(f"{line} cards"))
    assert results.warnings == (warning,)
    assert results.bits == search(catalog, Query.parse("cards")).bits


def test_stated_and_not_stated(catalog: Catalog) -> None:
    assert search(catalog, Query.parse("has:visa")).total == sum(bool(p.visa) for p in catalog.programs) > 20
    assert search(catalog, Query.parse("no:visa")).total == sum(not p.visa for p in catalog.programs)
    assert search(catalog, Query.parse("has:mission")).total == sum(bool(p.statements) for p in catalog.programs)
    assert search(catalog, Query.parse("no:length")).total == sum(p.length_years is None for p in catalog.programs)


def test_nothing_is_found_below_zero(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("length:>50"))
    assert results.total == 0
    assert results.warnings == ("no program has length:>50",)


def test_a_field_without_a_value_waits(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("kind:"))
    assert results.total == len(catalog.programs)
    assert not results.warnings
