"""What comes next in a season: the worked answers, and what holds for every list and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.documents.season_document import season_document
from gmetui.documents.season_words import next_reminder
from gmetui.planning.clock_times import days_of, instant_of, reader_clock
from gmetui.planning.cycle import current_cycle, cycle_name, cycle_order, first_year
from gmetui.planning.season_plan import SeasonEvent, SeasonPlan, plan_season
from gmetui.planning.service_needs import SeasonScope
from gmetui.reports.document_text import document_text
from gmetui.shortlist.entries import Entry, entry_of

TODAY = date(2026, 11, 26)
FIXTURE_DAY = date(2026, 11, 22)


def entries_of(catalog: Catalog, *program_ids: str) -> list[Entry]:
    return [entry_of(catalog, catalog.program[program_id]) for program_id in program_ids]


def ids(events: tuple[SeasonEvent, ...]) -> list[str]:
    return [event.season_date.id if event.season_date else event.text for event in events]


def page(catalog: Catalog, plan: SeasonPlan) -> str:
    return document_text(season_document(catalog, plan, ZoneInfo("America/New_York"), 2), width=400)


# The worked answers, on the bundled data.


def test_next_for_two_residencies(bundled_catalog: Catalog) -> None:
    first, second = entries_of(bundled_catalog, "mgh-internal-medicine-residency", "bidmc-internal-medicine-residency")
    plan = plan_season(bundled_catalog, [replace(first, dates=(("interview", "2027-01-15"),)), second], TODAY)
    assert ids(plan.coming) == [
        "interview",
        "nrmp-2027-ranking",
        "nrmp-2027-rank-list",
        "nrmp-2027-match-week",
        "nrmp-2027-match-day",
        "eras-2027-ends",
    ]
    assert plan.coming[0].days_until(TODAY) == 50
    assert [event.instant for event in plan.coming[2:]] == [
        datetime(2027, 3, 4, 2, tzinfo=UTC),
        datetime(2027, 3, 15, 14, tzinfo=UTC),  # daylight saving began on 14 March
        datetime(2027, 3, 19, 16, tzinfo=UTC),
        datetime(2027, 5, 31, 21, tzinfo=UTC),
    ]
    assert "ecfmg-pathways-2027" not in ids((*plan.coming, *plan.past))
    assert {fact.program_id for fact in plan.undated} == {first.id, second.id}


def test_a_service_without_dates_of_this_cycle_says_so(bundled_catalog: Catalog) -> None:
    program_id = "bidmc-emergency-medicine-residency-harvard-affiliated-haemr-at-bidmc"
    plan = plan_season(bundled_catalog, entries_of(bundled_catalog, program_id), TODAY)
    assert [need.service for need in plan.needs] == ["residencycas", "nrmp-main-match"]
    services = [event.season_date.service for event in (*plan.coming, *plan.past) if event.season_date]
    assert services.count("residencycas") == 0
    assert services.count("nrmp-main-match") == 5
    assert [(known.service, known.cycle) for known in plan.last_known] == [("residencycas", "2025-26")]
    text = page(bundled_catalog, plan)
    assert "2026–27 not found" in text
    assert "2025–26 was" in text
    for invented in ("Sep 23, 2026", "Sep 30, 2026", "Oct 1, 2026"):
        assert invented not in text


def test_foot_and_ankle(bundled_catalog: Catalog) -> None:
    scope = SeasonScope(specialties=("foot-and-ankle-orthopaedics",))
    plan = plan_season(bundled_catalog, [], TODAY, scope=scope)
    assert ids(plan.coming) == [
        "sf-ortho-2027-interviews",
        "sf-ortho-2027-rank-list",
        "sf-ortho-2027-match",
        "sf-ortho-2027-vacancies",
        "sf-ortho-2027-start",
    ]
    assert set(ids(plan.past)) == {"sf-ortho-2027-registration", "sf-ortho-2027-cas"}
    interviews, rank_list, match, _, start = plan.coming
    assert (interviews.first, interviews.last) == (date(2026, 12, 1), date(2027, 2, 28))
    assert rank_list.instant == datetime(2027, 4, 6, 19, tzinfo=UTC)
    assert reader_clock(rank_list.instant, ZoneInfo("America/New_York")) == "Apr 6, 3:00 PM"
    assert match.instant == datetime(2027, 4, 13, 16, tzinfo=UTC)
    assert (start.first, start.last) == (date(2028, 8, 1), date(2028, 8, 31))
    natures = {event.season_date.id: event.season_date.nature for event in plan.events if event.season_date}
    assert natures["sf-ortho-2027-cas"] == "target"
    assert natures["sf-ortho-2027-rank-list"] == "deadline"
    assert "a target, no deadline" in page(bundled_catalog, plan)


def test_carms_is_official(bundled_catalog: Catalog) -> None:
    opening = next(each for each in bundled_catalog.season.dates if each.id == "carms-2027-r1-second-opens")
    assert opening.on == "2027-01-05"
    assert instant_of(opening) == datetime(2027, 1, 5, 17, tzinfo=UTC)
    assert not opening.third_party


def test_a_fellowship_has_the_dates_of_its_own_cycle(bundled_catalog: Catalog) -> None:
    plan = plan_season(bundled_catalog, entries_of(bundled_catalog, "mgh-cardiovascular-disease-fellowship"), TODAY)
    assert not any("residency" in (event.season_date.part or "") for event in plan.events if event.season_date)
    assert ("eras", "fellowship, July cycle", "2025-26") in [known[:3] for known in plan.last_known]
    assert {missing.service for missing in plan.missing} == {"eras", "mpsm"}


# What the fixture shows.


def test_two_pages_that_disagree_are_one_event(catalog: Catalog) -> None:
    plan = plan_season(catalog, entries_of(catalog, "larkspur-internal-medicine-residency"), FIXTURE_DAY)
    opening = next(event for event in plan.past if event.what == "opening")
    assert opening.season_date is not None
    assert opening.season_date.on == "2026-06-03"
    assert [other.on for other in opening.alternatives] == ["2026-06-04"]
    assert "another page: Jun 4, 2026" in page(catalog, plan)


def test_dates_for_others_are_apart(catalog: Catalog) -> None:
    listed = entries_of(catalog, "larkspur-internal-medicine-residency")
    plan = plan_season(catalog, listed, FIXTURE_DAY)
    assert "nrmp-2027-quota" in ids(plan.for_others)
    assert "eras-2027-tokens" in ids(plan.for_others)
    assert "eras-2027-residency-reading" in ids(plan.past)  # for programs, but what reaches the reader
    international = plan_season(catalog, listed, FIXTURE_DAY, scope=SeasonScope(is_international=True))
    assert "eras-2027-tokens" in ids(international.coming)


def test_what_runs_now_comes_first(catalog: Catalog) -> None:
    scope = SeasonScope(services=("sf-match",))
    plan = plan_season(catalog, [], date(2027, 1, 10), scope=scope)
    assert ids(plan.coming) == ["sf-2027-interviews", "sf-2027-target"]
    assert plan.coming[0].days_until(date(2027, 1, 10)) == 0


def test_a_rule_matters_to_who_needs_its_services(catalog: Catalog) -> None:
    surgery = plan_season(catalog, entries_of(catalog, "larkspur-surgery-residency"), FIXTURE_DAY)
    assert [rule.id for rule in surgery.rules] == ["surgery-order"]
    assert "The match whose day comes first binds." in page(catalog, surgery)
    assert not plan_season(catalog, entries_of(catalog, "larkspur-internal-medicine-residency"), FIXTURE_DAY).rules


def test_an_empty_list_shows_every_service(catalog: Catalog) -> None:
    plan = plan_season(catalog, [], FIXTURE_DAY)
    assert {need.service for need in plan.needs} == {service.id for service in catalog.services}


def test_programs_that_are_not_in_the_data_change_nothing(catalog: Catalog) -> None:
    gone = Entry("gone", "Gone", dates=(("interview", "2026-12-24"),))
    plan = plan_season(catalog, [gone], FIXTURE_DAY)
    assert "interview" in ids(plan.coming)
    assert "Interview · gone" in page(catalog, plan)


def test_a_past_season_is_over(catalog: Catalog) -> None:
    listed = entries_of(catalog, "larkspur-internal-medicine-residency")
    plan = plan_season(catalog, listed, date(2029, 1, 1), "2026-27")
    assert not plan.coming
    assert "The season 2026–27 is over." in page(catalog, plan)
    unknown = plan_season(catalog, [], FIXTURE_DAY, "2031-32")
    assert not unknown.events
    assert "No dates of 2031–32 were found." in page(catalog, unknown)


def test_the_reminder_is_one_line(catalog: Catalog) -> None:
    entry = replace(
        entries_of(catalog, "larkspur-internal-medicine-residency")[0], dates=(("interview", "2026-11-30"),)
    )
    assert next_reminder(catalog, [entry], FIXTURE_DAY).startswith("in 8 days: Interview · ")
    assert next_reminder(catalog, [], FIXTURE_DAY) == ""


# Cycles, days, and time zones.


@pytest.mark.parametrize(
    ("day", "cycle"), [("2026-06-30", "2025-26"), ("2026-07-01", "2026-27"), ("1999-12-31", "1999-00")]
)
def test_cycle_of_a_day(day: str, cycle: str) -> None:
    assert current_cycle(date.fromisoformat(day)) == cycle
    assert first_year(cycle) == int(cycle[:4])


@pytest.mark.parametrize("text", ["2026", "2026-28", "undated", "", "2026-27-28"])
def test_no_other_text_is_a_cycle(text: str) -> None:
    assert first_year(text) is None


def test_cycles_sort_by_time() -> None:
    cycles = ["2026-27", "undated", "2022", "2019-20"]
    assert sorted(cycles, key=cycle_order) == ["undated", "2019-20", "2022", "2026-27"]
    assert cycle_name(2099) == "2099-00"


@pytest.mark.parametrize("moment", ["11-30", "02", "2026-02-30", "", "2026-13"])
def test_a_date_without_a_year_or_day_of_the_calendar_has_no_days(moment: str) -> None:
    assert days_of(moment) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_date_is_moved_to_another_year(catalog: Catalog, today: date) -> None:
    """Every day on the line of time stands in the data with that year."""
    plan = plan_season(catalog, entries_of(catalog, "larkspur-internal-medicine-residency"), today)
    stated = {season_date.id: season_date for season_date in catalog.season.dates}
    for event in (*plan.events, *plan.for_others):
        if event.season_date:
            assert event.season_date is stated[event.season_date.id]
            assert event.season_date.cycle == plan.cycle
            assert event.first.isoformat().startswith(event.season_date.moment)
    assert all(event.last >= today for event in plan.coming)
    assert all(event.last < today for event in plan.past)
    assert all(known.cycle != plan.cycle for known in plan.last_known)


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.sampled_from(["ET", "PT"]), st.integers(0, 23))
def test_a_clock_time_is_that_of_its_own_zone(catalog: Catalog, day: date, zone: str, hour: int) -> None:
    template = catalog.season.dates[0]
    moment = type(template)(
        **{
            **{field: getattr(template, field) for field in template.__struct_fields__},
            "on": day.isoformat(),
            "time": f"{hour:02}:00",
            "zone": zone,
        }
    )
    instant = instant_of(moment)
    assert instant is not None
    local = instant.astimezone(ZoneInfo("America/New_York" if zone == "ET" else "America/Los_Angeles"))
    if timedelta(hours=1) < timedelta(hours=hour) < timedelta(hours=3):
        return  # an hour that daylight saving skips or repeats
    assert (local.date(), local.hour) == (day, hour)
