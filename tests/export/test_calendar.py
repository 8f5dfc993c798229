"""Exported calendars, read by another library."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import msgspec
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import DatedEvent, Deadline
from gmetui.export.calendar_events import last_day
from gmetui.export.formats import export_table
from gmetui.export.ics import calendar_dates, calendar_summary
from gmetui.export.table import ExportOccasion, ExportTable, results_table, shortlist_table
from gmetui.shortlist.entries import Entry, Shortlist, entry_of

MEDICINE = "larkspur-internal-medicine-residency"


@pytest.fixture(scope="module")
def full_table(catalog: Catalog) -> ExportTable:
    """All programs of the fixture catalog."""
    return results_table(catalog, catalog.programs, "")


def test_a_calendar_has_every_date_with_a_day_and_year(full_table: ExportTable) -> None:
    calendar = icalendar.Calendar.from_ical(export_table(full_table, "ics"))
    events = list(calendar.walk("VEVENT"))
    dates = [
        (program.id, event.what, event.on or event.first, event.on or event.last, deadline.cycle)
        for program in full_table.catalog.programs
        for deadline in program.deadlines
        for event in deadline.dates
    ]
    stated = {key for key in dates if len(key[2] or "") == len(key[3] or "") == len("2027-01-12")}
    undated = [
        deadline for row in full_table.rows if row.program for deadline in row.program.deadlines if not deadline.dates
    ]
    assert len(events) == len(stated) > 5
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        first, after = event.decoded("dtstart"), event.decoded("dtend")
        assert isinstance(first, date)
        assert first < after
        assert "Confirm this date with the program" in str(event["description"])
    omitted = len(dates) - len(stated) + len(undated)
    assert str(calendar["x-wr-caldesc"]) == f"{omitted} dates without a day or a year omitted."


def test_a_calendar_ends_after_the_last_day(catalog: Catalog) -> None:
    table = results_table(catalog, [catalog.program[MEDICINE]], "")
    calendar = icalendar.Calendar.from_ical(export_table(table, "ics"))
    interview = next(event for event in calendar.walk("VEVENT") if str(event["summary"]).startswith("Interview"))
    assert interview.decoded("dtstart") == date(2027, 1, 11)
    assert interview.decoded("dtend") == date(2027, 2, 6)


def test_a_calendar_has_the_dates_of_the_user(catalog: Catalog) -> None:
    shortlist = (
        Shortlist().with_entry(Entry("gone", "Old Program", "Closed Hospital")).with_date("gone", "visit", "2027-01-15")
    )
    calendar = icalendar.Calendar.from_ical(export_table(shortlist_table(catalog, shortlist), "ics"))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "Visit: Closed Hospital · Old Program"
    assert event.decoded("dtstart") == date(2027, 1, 15)
    assert event.decoded("dtend") == date(2027, 1, 16)


def test_an_event_says_where_and_reminds(catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(entry_of(catalog, catalog.program[MEDICINE]))
    shortlist = shortlist.with_date(MEDICINE, "interview", "2027-01-12T09:30").with_date(
        MEDICINE, "visit", "2027-01-15"
    )
    events = events_of(shortlist_table(catalog, shortlist))
    timed, whole_day = (events[f"{name}: Larkspur · Internal Medicine Residency"] for name in ("Interview", "Visit"))
    assert timed.decoded("dtstart") == datetime.fromisoformat("2027-01-12T09:30")
    for event, triggers in (
        (timed, [timedelta(days=-1), timedelta(hours=-1)]),
        (whole_day, [timedelta(hours=-15)]),  # nine in the morning of the day before
    ):
        assert str(event["location"]) == "Larkspur University Hospital, Port Ellery, MA"
        assert str(event["url"]).startswith("https://")
        assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == triggers


def events_of(table: ExportTable) -> dict[str, Any]:
    events = icalendar.Calendar.from_ical(export_table(table, "ics")).walk("VEVENT")
    return {str(event["summary"]): event for event in events}


def test_what_is_past_is_omitted_on_the_day_of_the_export(full_table: ExportTable) -> None:
    day = date(2026, 12, 20)
    ahead = full_table._replace(occasion=ExportOccasion(day))
    counts = calendar_dates(ahead)
    everything = calendar_dates(ahead._replace(occasion=ExportOccasion(day, has_past_dates=True)))
    assert 0 < len(counts.events) < len(everything.events)
    assert len(counts.events) + counts.past_count == len(everything.events)
    assert everything.past_count == 0
    assert all(last_day(event) >= day for event in counts.events)
    assert calendar_summary(ahead).startswith(f"{len(counts.events)} dates ({counts.past_count} past dates omitted")


def test_a_moved_date_keeps_its_id_and_gets_a_higher_number(catalog: Catalog) -> None:
    def exported(when: str, revision: int, previous: bytes = b"") -> bytes:
        shortlist = Shortlist().with_entry(entry_of(catalog, catalog.program[MEDICINE]))
        table = shortlist_table(catalog, shortlist.with_date(MEDICINE, "interview", when))
        occasion = ExportOccasion(date(2026, 12, 20), revision=revision, previous=previous)
        return export_table(table._replace(occasion=occasion), "ics")

    def interview(content: bytes) -> tuple[str, int]:
        event = next(iter(icalendar.Calendar.from_ical(content).walk("VEVENT")))
        return str(event["uid"]), int(str(event["sequence"]))

    first = exported("2027-01-12", 3)
    uid, number = interview(first)
    assert number == 3
    assert interview(exported("2027-01-13", 4)) == (uid, 4)
    assert interview(exported("2027-01-13", 3, first)) == (uid, 4), "above the calendar that is replaced"
    assert interview(exported("2027-01-12", 9, first)) == (uid, 3), "unchanged"


def test_a_removed_date_is_canceled_in_the_calendar_that_had_it(catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(Entry("gone", "Old Program", "Closed Hospital"))
    dated = shortlist.with_date("gone", "visit", "2027-01-15").with_date("gone", "call", "2026-12-01")
    occasion = ExportOccasion(date(2026, 11, 1))
    previous = export_table(shortlist_table(catalog, dated)._replace(occasion=occasion), "ics")
    later = ExportOccasion(date(2026, 12, 20), previous=previous)
    for name, summaries in (("default", ["Visit: Closed Hospital · Old Program"]), ("other", [])):
        table = shortlist_table(catalog, replace(shortlist, name=name))._replace(occasion=later)
        events = icalendar.Calendar.from_ical(export_table(table, "ics")).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == summaries, "not what is past, nor of another list"
        assert all(str(event["status"]) == "CANCELLED" for event in events)


def test_a_published_date_keeps_its_id_when_it_moves(catalog: Catalog) -> None:
    program = catalog.program[MEDICINE]

    def uids(day: str) -> list[str]:
        dates = (DatedEvent("interview", on="2027-01-11"), DatedEvent("interview", on=day))
        moved = msgspec.structs.replace(program, deadlines=(Deadline("Interviews", dates=dates, cycle="2026-27"),))
        table = results_table(catalog, [moved], "")
        return [str(event["uid"]) for event in icalendar.Calendar.from_ical(export_table(table, "ics")).walk("VEVENT")]

    assert uids("2027-01-18") == uids("2027-01-25")
    assert len(set(uids("2027-01-18"))) == 2


def test_lines_of_a_calendar_have_the_required_length(full_table: ExportTable) -> None:
    content = export_table(full_table, "ics")
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n", content)
