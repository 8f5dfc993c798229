from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.scans import CatalogScans
from gmetui.search.sort import SORT_KEYS


@pytest.mark.parametrize("key", SORT_KEYS)
@pytest.mark.parametrize("descending", [False, True])
def test_missing_values_come_last_in_both_directions(catalog: Catalog, key: str, descending: bool) -> None:
    numbers = CatalogScans(catalog).sorted_numbers(key, descending=descending)
    assert sorted(numbers) == list(range(len(catalog.programs)))
    values = [SORT_KEYS[key](catalog.programs[number], catalog) for number in numbers]
    stated = [value for value in values if value is not None]
    assert values == sorted(stated, reverse=descending) + [None] * (len(values) - len(stated))


@pytest.mark.parametrize("line", ["sort:positions", "-sort:positions"])
def test_programs_without_positions_come_last(catalog: Catalog, line: str) -> None:
    positions = [program.positions_per_year for program in search(catalog, Query.parse(line)).programs()]
    assert positions[-2:] == [None, None]
    assert None not in positions[:-2]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("sort:name", "larkspur-anesthesiology-residency"),
        ("-sort:name", "quillmont-vascular-neurology-fellowship"),
        ("-sort:length", "larkspur-surgery-residency"),
        ("-sort:positions", "larkspur-internal-medicine-residency"),
        ("sort:dates", "quillmont-cardiovascular-disease-fellowship"),
        ("-sort:stated", "larkspur-internal-medicine-residency"),
        ("SORT:CITY", "quillmont-lighthouse-medicine-fellowship"),
        ("sort:state residency", "larkspur-anesthesiology-residency"),
    ],
)
def test_first_program(catalog: Catalog, line: str, first: str) -> None:
    results = search(catalog, Query.parse(line))
    assert results.programs(0, 1)[0].id == first
    assert results.row_of(first) == 0
    assert not results.warnings


def test_descending_keeps_the_order_of_equal_programs(catalog: Catalog) -> None:
    by_kind = [program.id for program in search(catalog, Query.parse("-sort:kind kind:f")).programs()]
    assert by_kind == [program.id for program in catalog.programs if program.kind == "fellowship"]


def test_unknown_sort_key(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("sort:nmae"))
    assert results.total == len(catalog.programs)
    assert results.warnings == ("unknown sort key “nmae”; did you mean “name”?",)
    (warning,) = search(catalog, Query.parse("-sort:qqq")).warnings
    assert warning == f"unknown sort key “qqq”; use {', '.join(SORT_KEYS)}"
