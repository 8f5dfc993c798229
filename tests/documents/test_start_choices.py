"""The stored first screens: each day has the one that would be made on that day."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.compiled.sections import encode_json
from gmetui.documents.start_choices import dated_pages, start_page
from gmetui.documents.start_page import page_of_day
from gmetui.search import Query, search
from gmetui.search.engine import index_of


def test_each_day_has_its_own_page(catalog: Catalog) -> None:
    stored = json.loads(encode_json(dated_pages(index_of(catalog))))
    results, first_day = search(catalog, Query()), date.fromisoformat(catalog.edition.date)
    pages = set()
    for days in range(400):
        day = first_day + timedelta(days)
        page = page_of_day(stored, day)
        assert page == start_page(results, day)
        pages.add(json.dumps(page))
    assert len(pages) == len(stored) > 1, "the fixture has deadlines that pass"


def test_other_days_have_none(catalog: Catalog) -> None:
    stored = json.loads(encode_json(dated_pages(index_of(catalog))))
    first_day = date.fromisoformat(catalog.edition.date)
    assert page_of_day(stored, first_day - timedelta(1)) is None
    assert page_of_day(stored, first_day + timedelta(400)) is None


@pytest.mark.parametrize("day", ["", "2026", "soon"])
def test_data_without_a_date_has_none(catalog: Catalog, day: str) -> None:
    undated = replace(catalog, edition=replace(catalog.edition, date=day), stored_lookups=None)
    assert dated_pages(index_of(undated)) == []


@pytest.mark.parametrize("damaged", [[["2026-01-01", "2027-01-01", [1, 2]]], [["2026-01-01", "2027-01-01", 5]], [5]])
def test_anything_else_is_an_error(damaged: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        page_of_day(damaged, date(2026, 6, 1))
