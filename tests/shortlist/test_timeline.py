from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.items import When
from gmetui.catalog.models import Catalog
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.timeline import Moment, distance, moments, span_of

TODAY = date(2026, 11, 22)
IM = "mgh-internal-medicine-residency"


def test_ones_own_dates_and_the_published_ones_what_comes_next_first(catalog: Catalog) -> None:
    shortlist = Shortlist("x", (Entry(IM, "IM", "MGH"), Entry("gone", "Gone", "H")))
    shortlist = shortlist.dated("gone", "interview", "2027-01-15").dated(IM, "follow-up", "2026-12-01")
    shortlist = shortlist.dated("gone", "deadline", "2026-09-30")
    found = moments(catalog, shortlist, TODAY)
    assert [(own.what, own.own) for own in found[:3]] == [("follow-up", True), ("interview", True), ("deadline", True)]
    gone = found[2:]
    assert gone == sorted(gone, key=lambda own: (own.last, own.what), reverse=True)
    assert any(not own.own and own.cycle for own in gone)


@given(st.lists(st.integers(-400, 400), max_size=20))
def test_the_next_one_comes_first(catalog: Catalog, days: list[int]) -> None:
    shortlist = Shortlist("x", (Entry("a", "A", "H"),))
    for number, day in enumerate(days):
        shortlist = shortlist.dated("a", f"d{number}", (TODAY + timedelta(days=day)).isoformat())
    found = [(own.first - TODAY).days for own in moments(catalog, shortlist, TODAY)]
    to_come = sorted(day for day in days if day >= 0)
    assert found == to_come + sorted((day for day in days if day < 0), reverse=True)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, 0, "today"),
        (-1, 1, "now"),
        (1, 1, "in 1 day"),
        (12, 14, "in 12 days"),
        (-3, -2, "2 days ago"),
        (92, 92, "in 3 months"),
        (-800, -800, "2 years ago"),
    ],
)
def test_how_far_off(first: int, last: int, words: str) -> None:
    start, end = (TODAY + timedelta(days=number) for number in (first, last))
    assert distance(Moment(start, end, "x", Entry("a"), own=True), TODAY) == words


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (When("x", on="2026-01-02"), 1),
        (When("x", first="2026-01-02", last="2026-01-04"), 3),
        (When("x", on="2026-01"), 0),
        (When("x", on="01-02"), 0),
        (When("x", first="2026-01-04", last="2026-01-02"), 0),
        (When("x"), 0),
    ],
)
def test_only_days_with_a_year_have_a_place_in_time(when: When, days: int) -> None:
    span = span_of(when)
    assert ((span[1] - span[0]).days + 1 if span else 0) == days


def test_a_date_that_is_no_day_is_refused() -> None:
    shortlist = Shortlist("x", (Entry("a", "A", "H"),))
    with pytest.raises(ValueError, match="2026-02-30|day is out of range|Invalid"):
        shortlist.dated("a", "interview", "2026-02-30")
    dated = shortlist.dated("a", "interview", "2026-02-03")
    assert dated.dated("a", "interview", "") == shortlist
