"""The user's dates and the published ones in one timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import DatedEvent
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.timeline import TimelineEvent, relative_time, span_of, timeline

TODAY = date(2026, 11, 22)
PROGRAM_ID = "larkspur-internal-medicine-residency"


def test_upcoming_events_come_first_then_past_ones(catalog: Catalog) -> None:
    shortlist = Shortlist("x", (Entry(PROGRAM_ID), Entry("removed-program")))
    shortlist = shortlist.with_date(PROGRAM_ID, "follow-up", "2026-12-01")
    shortlist = shortlist.with_date("removed-program", "deadline", "2026-09-30")
    events = [
        (event.first.isoformat(), event.label, event.is_custom, event.cycle)
        for event in timeline(catalog, shortlist, TODAY)
    ]
    assert events == [
        ("2026-12-01", "follow-up", True, None),
        ("2026-12-15", "application", False, "2026-27"),
        ("2027-01-11", "interview", False, "2026-27"),
        ("2026-09-30", "deadline", True, None),
        ("2025-10-01", "application", False, "2025-26"),
    ]


def test_a_span_is_upcoming_until_its_last_day(catalog: Catalog) -> None:
    shortlist = Shortlist("x", (Entry(PROGRAM_ID),))
    during, after = (timeline(catalog, shortlist, day) for day in (date(2027, 2, 5), date(2027, 2, 6)))
    assert during[0].label == "interview"
    assert relative_time(during[0], date(2027, 2, 5)) == "now"
    assert after[0].label == "interview", "the latest of the past events"
    assert relative_time(after[0], date(2027, 2, 6)) == "1 day ago"


@given(st.lists(st.integers(-400, 400), max_size=20))
def test_the_next_event_comes_first(catalog: Catalog, days: list[int]) -> None:
    shortlist = Shortlist("x", (Entry("a", "A", "H"),))
    for number, day in enumerate(days):
        shortlist = shortlist.with_date("a", f"date {number}", (TODAY + timedelta(days=day)).isoformat())
    distances = [(event.first - TODAY).days for event in timeline(catalog, shortlist, TODAY)]
    upcoming = sorted(day for day in days if day >= 0)
    assert distances == upcoming + sorted((day for day in days if day < 0), reverse=True)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (0, 0, "today"),
        (-1, 1, "now"),
        (1, 1, "in 1 day"),
        (12, 14, "in 12 days"),
        (59, 59, "in 59 days"),
        (60, 60, "in 2 months"),
        (-3, -2, "2 days ago"),
        (92, 92, "in 3 months"),
        (365, 365, "in 1 year"),
        (-800, -800, "2 years ago"),
    ],
)
def test_relative_time(first: int, last: int, text: str) -> None:
    start, end = (TODAY + timedelta(days=number) for number in (first, last))
    assert relative_time(TimelineEvent(start, end, "x", Entry("a"), is_custom=True), TODAY) == text


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (DatedEvent("x", on="2026-01-02"), 1),
        (DatedEvent("x", first="2026-01-02", last="2026-01-04"), 3),
        (DatedEvent("x", on="2026-01"), 0),
        (DatedEvent("x", on="01-02"), 0),
        (DatedEvent("x", first="2026-01-04", last="2026-01-02"), 0),
        (DatedEvent("x"), 0),
    ],
)
def test_only_complete_dates_are_on_the_timeline(event: DatedEvent, days: int) -> None:
    span = span_of(event)
    assert ((span[1] - span[0]).days + 1 if span else 0) == days
