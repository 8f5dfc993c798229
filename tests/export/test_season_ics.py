"""The calendar of a season, read by another parser: what is in it, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.export.formats import export_table
from gmetui.export.season_ics import write_season_ics
from gmetui.export.table import shortlist_table
from gmetui.planning.season_plan import SeasonPlan, plan_season
from gmetui.planning.service_needs import SeasonScope
from gmetui.shortlist.entries import Shortlist, entry_of

TODAY = date(2026, 11, 22)
MEDICINE = "larkspur-internal-medicine-residency"


def events_of(content: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)}
    assert len(events) == len(calendar.walk("VEVENT"))
    return events


@pytest.fixture
def plan(catalog: Catalog) -> SeasonPlan:
    return plan_season(catalog, [], TODAY, scope=SeasonScope(is_complete=True, is_international=True))


def test_times_are_in_utc_and_days_are_whole(catalog: Catalog, plan: SeasonPlan) -> None:
    events = events_of(write_season_ics(catalog, plan))
    assert events["nrmp-2027-rank-list@gmetui"]["dtstart"].dt == datetime(2027, 3, 4, 2, tzinfo=UTC)
    assert events["nrmp-2027-match-day@gmetui"]["dtstart"].dt == datetime(2027, 3, 19, 16, tzinfo=UTC)
    span = events["sf-2027-interviews@gmetui"]
    assert (span["dtstart"].dt, span["dtend"].dt) == (date(2026, 12, 1), date(2027, 3, 1))
    assert events["eras-2027-tokens@gmetui"]["dtstart"].dt == date(2026, 12, 10)


def test_third_parties_are_tentative_and_say_so_first(catalog: Catalog, plan: SeasonPlan) -> None:
    events = events_of(write_season_ics(catalog, plan))
    rank_list = events["nrmp-2027-rank-list@gmetui"]
    assert str(rank_list["status"]) == "TENTATIVE"
    assert str(rank_list["description"]).startswith("Third party: no official page was read.")
    assert str(events["nrmp-2027-match-day@gmetui"]["status"]) == "CONFIRMED"
    assert str(rank_list["url"]).startswith("https://")
    assert [str(name) for name in rank_list["categories"].cats] == ["NRMP Main Match"]


def test_both_days_of_a_disagreement_are_in_one_event(catalog: Catalog, plan: SeasonPlan) -> None:
    events = events_of(write_season_ics(catalog, plan))
    assert "eras-2027-opens-finder@gmetui" not in events
    assert "Another page has Jun 4, 2026." in str(events["eras-2027-opens@gmetui"]["description"])


def test_deadlines_and_results_remind(catalog: Catalog, plan: SeasonPlan) -> None:
    events = events_of(write_season_ics(catalog, plan, reminders=(14, 2)))

    def triggers(uid: str) -> list[timedelta]:
        return [alarm["trigger"].dt for alarm in events[uid].walk("VALARM")]

    assert triggers("nrmp-2027-rank-list@gmetui") == [timedelta(days=-14), timedelta(days=-2)]
    assert triggers("eras-2027-opens@gmetui") == [timedelta(0)]
    assert triggers("sf-2027-interviews@gmetui") == []


def test_no_event_without_a_year_in_the_data(catalog: Catalog, plan: SeasonPlan) -> None:
    """Every day of the calendar is a day of this cycle in the data; nothing repeats and no earlier cycle is in it."""
    content = write_season_ics(catalog, plan)
    assert b"RRULE" not in content
    stated = {f"{each.id}@gmetui": each for each in catalog.season.dates}
    for uid, event in events_of(content).items():
        assert stated[uid].cycle == plan.cycle
        first_day = event["dtstart"].dt
        first_day = first_day.date() if isinstance(first_day, datetime) else first_day
        assert abs(first_day - date.fromisoformat(f"{stated[uid].moment}-01"[:10])) <= timedelta(days=1)


def test_the_same_plan_gives_the_same_file(catalog: Catalog, plan: SeasonPlan) -> None:
    content = write_season_ics(catalog, plan)
    assert write_season_ics(catalog, plan, previous=content) == content
    assert write_season_ics(catalog, plan, previous=b"no calendar") == content


def test_a_shortlist_has_the_dates_of_its_services(catalog: Catalog) -> None:
    entry = replace(entry_of(catalog, catalog.program[MEDICINE]), dates=(("interview", "2027-01-15T09:30"),))
    shortlist = Shortlist(entries=(entry,))
    events = events_of(export_table(shortlist_table(catalog, shortlist), "ics"))
    assert "nrmp-2027-rank-list@gmetui" in events
    season = events_of(write_season_ics(catalog, plan_season(catalog, shortlist, TODAY)))
    assert set(season) <= set(events)  # importing both makes no duplicates


def test_hostile_texts_are_harmless(hostile_catalog: Catalog) -> None:
    entries = [entry_of(hostile_catalog, program) for program in hostile_catalog.programs]
    content = write_season_ics(hostile_catalog, plan_season(hostile_catalog, entries, TODAY))
    assert b"\x1b" not in content
    events_of(content)
