"""Calendar files of services: what is read of them, and what hostile ones cannot do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.errors import UnreadableListError
from gmetui.export.season_ics import write_season_ics
from gmetui.importing.calendar_dates import Calendar, calendar_tables, is_own_event, nature_of
from gmetui.importing.readers.calendar_file import MAX_CALENDAR_BYTES, CalendarEvent, read_calendar
from gmetui.planning.season_plan import plan_season
from gmetui.planning.service_needs import SeasonScope

#: A time zone that takes hours to work out.
SLOW_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:America/Toronto\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\n"
    "TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def event_text(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def calendar_of(*parts: str) -> bytes:
    return f"BEGIN:VCALENDAR\n{''.join(parts)}END:VCALENDAR\n".encode()


def only_event(*lines: str) -> CalendarEvent:
    (event,) = read_calendar(calendar_of(event_text("SUMMARY:Deadline", *lines)), "x.ics").events
    return event


def date_of(event: CalendarEvent) -> dict[str, object]:
    (table,) = calendar_tables(Calendar("eras", date(2026, 11, 22), {"x.ics": [event]}), "ERAS")["date"]
    return table


@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        (("DTSTART;VALUE=DATE:20261126",), "2026-11-26", "2026-11-26"),
        (("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261127"), "2026-11-26", "2026-11-26"),
        (("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261201"), "2026-11-26", "2026-11-30"),
        (("DTSTART;VALUE=DATE:20261126", "DURATION:P1W"), "2026-11-26", "2026-12-02"),
        (("DTSTART:20261126T120000Z", "DTEND:20261127T000000Z"), "2026-11-26", "2026-11-26"),
        (("DTSTART;TZID=America/New_York:20261126T120000", "DTEND:20261128T120000Z"), "2026-11-26", "2026-11-28"),
    ],
)
def test_days(lines: tuple[str, ...], first: str, last: str) -> None:
    event = only_event(*lines)
    assert (event.first.isoformat(), event.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART;TZID=America/Toronto:20261126T120000", ("2026-11-26", "12:00", "ET")),
        ("DTSTART;TZID=America/Vancouver:20261126T120000", ("2026-11-26", "12:00", "PT")),
        ("DTSTART;TZID=America/Halifax:20261126T120000", ("2026-11-26", "11:00", "ET")),
        ("DTSTART:20270316T160000Z", ("2027-03-16", "12:00", "ET")),  # daylight saving
        ("DTSTART:20270116T030000Z", ("2027-01-15", "22:00", "ET")),  # the evening before
        ("DTSTART:20270116T030000", ("2027-01-16", None, None)),
        ("DTSTART;TZID=Mars/Base:20270116T030000", ("2027-01-16", None, None)),
        ("DTSTART;TZID=../../etc/passwd:20270116T030000", ("2027-01-16", None, None)),
    ],
)
def test_clock_times(start: str, expected: tuple[str | None, ...]) -> None:
    table = date_of(only_event(start))
    assert (table["on"], table.get("time"), table.get("zone")) == expected
    assert bool(table["note"]) == (expected[1] is None)


def test_texts_and_addresses() -> None:
    content = calendar_of(
        SLOW_ZONE,
        event_text(
            "DTSTART;TZID=America/Toronto:20261126T120000",
            'SUMMARY;LANGUAGE="en:x":Rank\\, then\\nre',
            " st\x1b[31m",
            "BEGIN:VALARM",
            "SUMMARY:alarm",
            "DTSTART:19990101",
            "END:VALARM",
            "URL:javascript:alert(1)",
            "STATUS:TENTATIVE",
        ),
    )
    (event,) = read_calendar(content.replace(b"\n", b"\r\n"), "x.ics").events
    assert event.text.startswith("Rank, then rest")
    assert "\x1b" not in event.text
    assert event.url == ""
    assert event.instant == datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert date_of(event)["third_party"] is True


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:20261126", "RRULE:FREQ=SECONDLY"), "repeats"),
        (("DTSTART:20261126", "RDATE:20261127"), "repeats"),
        (("DTSTART:20261126", "STATUS:CANCELLED"), "canceled"),
        ((), "no day"),
        (("DTSTART:soon",), "no day"),
        (("DTSTART:20260231",), "doesn't exist"),
        (("DTSTART:20261126T2561000Z",), "no day"),
        (("DTSTART:00010101T000000Z",), "can't be right"),
        (("DTSTART:99991231",), "can't be right"),
        (("DTSTART:20261126", "DTEND:20301126"), "can't be right"),
        (("DTSTART:20261126", "DTEND:20261127T000000Z"), "ends with a day"),
        (("DTSTART:20261126", "DURATION:P9999999999D"), "duration"),
        (("DTSTART:20261126T120000Z", "DURATION:P999W"), "can't be right"),
    ],
)
def test_what_is_left_out(lines: tuple[str, ...], reason: str) -> None:
    read = read_calendar(
        calendar_of(event_text("SUMMARY:Bad\x1b", *lines), event_text("SUMMARY:A", "DTSTART:20270101")), "x"
    )
    assert [event.text for event in read.events] == ["A"]
    (problem,) = read.problems
    assert reason in problem
    assert "\x1b" not in problem


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a calendar"),
        (b"<html>", "not a calendar"),
        (b"BEGIN:VCALENDAR\n\xff", "UTF-8"),
        (b"BEGIN:VCALENDAR\n", "its end is missing"),
        (b"BEGIN:VCALENDAR\nEND:VEVENT\n", "damaged"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 9, "nested"),
        (calendar_of(event_text("SUMMARY:A", "DTSTART:20270101") * 2_001), "events"),
        (calendar_of("X:\n" * 100_001), "lines"),
        (b"BEGIN:VCALENDAR\n" + b"x" * MAX_CALENDAR_BYTES, "larger than 4 MB"),
    ],
)
def test_files_that_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableListError, match=message):
        read_calendar(content, "x\x1b.ics")


@given(st.binary(max_size=300), st.text(max_size=80))
@example(b'SUMMARY;A="' * 50, ';X="' * 20)
def test_any_content_is_read_or_refused(content: bytes, text: str) -> None:
    for attempt in (content, calendar_of(event_text(text, f"SUMMARY:{text}", f"DTSTART:2027{text}"))):
        try:
            read = read_calendar(attempt, "x.ics")
        except UnreadableListError:
            continue
        assert all(event.first <= event.last for event in read.events)


def test_one_long_line_takes_linear_time() -> None:
    for line in ('SUMMARY;A="' * 200_000, "DTSTART" + ";TZID=" * 300_000, "SUMMARY:" + "\\n" * 1_000_000):
        assert read_calendar(calendar_of(event_text(line)), "x.ics").events == ()


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Application deadline", "deadline"),
        ("Documents are due", "deadline"),
        ("CaRMS Online opens for applicants", "opening"),
        ("Match Day", "result"),
        ("File review period", "other"),
        ("No deadline today", "other"),
        ("Opens after the deadline", "other"),
        ("Overdue", "other"),
    ],
)
def test_only_plain_words_say_what_a_date_is(text: str, nature: str) -> None:
    assert nature_of(text) == nature


def test_the_dates_of_a_calendar(catalog: Catalog) -> None:
    event = only_event("DTSTART:20270630", "UID:a", "URL:https://calendars.example/a")
    other = event._replace(first=date(2027, 7, 1), last=date(2027, 7, 1), url="", text="Results")
    tables = calendar_tables(Calendar("eras", date(2026, 11, 22), {"a.ics": [other, event, event]}), "ERAS")
    assert [table["cycle"] for table in tables["date"]] == ["2026-27", "2027-28"]
    assert [page["url"] for page in tables["page"]] == ["", "https://calendars.example/a"]
    assert {page["publisher"] for page in tables["page"]} == {"third-party"}


def test_an_exported_calendar_comes_back(catalog: Catalog) -> None:
    """Days and instants stay the same; as gmetui's own events they are no source."""
    plan = plan_season(catalog, (), date(2026, 11, 22), scope=SeasonScope(is_complete=True))
    read = read_calendar(write_season_ics(catalog, plan), "season.ics")
    assert read.problems == ()
    assert len(read.events) == len(plan.events)
    for event, exported in zip(read.events, plan.events, strict=True):
        assert is_own_event(event)
        assert exported.text in event.text
        table = date_of(event)
        if exported.instant:
            assert event.instant == exported.instant
            assert (table["time"], table["zone"]) == (exported.time, "ET") or exported.zone == "PT"
        else:
            assert (event.first, event.last) == (exported.first, exported.last)
        assert bool(table.get("third_party")) == exported.is_third_party
