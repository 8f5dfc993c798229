"""Dates as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies

from gmetui.shortlist.date_entry import DateEntry, describe_date, normalized_date, parse_date, parse_date_entry
from gmetui.text import format_date

TODAY = date(2026, 11, 26)  # a Thursday
JAN_12 = date(2027, 1, 12)


@pytest.mark.parametrize(
    "text",
    [
        *("1/12/2027", "01/12/2027", "1/12/27", "1/12", "Jan 12", "Jan. 12", "jan 12th", "January 12 2027"),
        *("January 12, 2027", "12 Jan 2027", "12th of January", "2027-01-12", "Tue Jan 12", "Jan 12 (Tue)"),
        *("Tuesday, January 12, 2027", "on 1/12", "by Jan 12"),
    ],
)
def test_forms_of_one_day(text: str) -> None:
    assert parse_date(text, TODAY) == DateEntry("", JAN_12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 27)),
        ("the day after tomorrow", date(2026, 11, 28)),
        ("Monday", date(2026, 11, 30)),
        ("this friday", date(2026, 11, 27)),
        ("Thursday", date(2026, 12, 3)),
        ("in 3 days", date(2026, 11, 29)),
        ("in a week", date(2026, 12, 3)),
        ("Nov 26", TODAY),
        ("Nov 25", date(2027, 11, 25)),
        ("Feb 29", date(2028, 2, 29)),
        ("10/12/2025", date(2025, 10, 12)),
        ("2099-01-15", date(2099, 1, 15)),
    ],
)
def test_days_relative_to_today(text: str, day: date) -> None:
    assert parse_date(text, TODAY).day == day


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Jan 12 9:30am", "2027-01-12T09:30"),
        ("Jan 12, 9:30", "2027-01-12T09:30"),
        ("9:30 AM Jan 12", "2027-01-12T09:30"),
        ("Jan 12 2027 9:30", "2027-01-12T09:30"),
        ("Jan 12 at 9 a.m.", "2027-01-12T09:00"),
        ("1/12 14:00", "2027-01-12T14:00"),
        ("Jan 12 2:30pm", "2027-01-12T14:30"),
        ("Jan 12 12am", "2027-01-12T00:00"),
        ("Jan 12 noon", "2027-01-12T12:00"),
        ("2027-01-12T09:30", "2027-01-12T09:30"),
        ("2027-01-12 09:30:00", "2027-01-12T09:30"),
    ],
)
def test_times(text: str, stored: str) -> None:
    assert parse_date(text, TODAY).iso_text == stored


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("interview Jan 12", "interview"),
        ("Jan 12 interview", "interview"),
        ("interview on Jan 12 at 2:30pm", "interview"),
        ("9am interview, 1/12", "interview"),
        ("2nd look 1/12/2027", "2nd look"),
        ("Zoom w/ Dr. Grey: Jan 12", "Zoom w/ Dr. Grey"),
        ("interview Jan 12 9am ET", "interview ET"),
        ("may be a visit 1/12", "may be a visit"),
    ],
)
def test_what_and_when_in_any_order(text: str, label: str) -> None:
    entry = parse_date_entry(text, TODAY)
    assert (entry.label, entry.day) == (label, JAN_12)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("13/1/2027", "There is no month 13. Write the month first: 1/13/2027."),
        ("13/1", "There is no month 13. Write the month first: 1/13."),
        ("2/30", "February has no day 30. Write a date such as Jan 12 or 1/12/2027."),
        ("2/29/2027", "February 2027 has no day 29. Write a date such as Jan 12 or 1/12/2027."),
        ("0/5", "There is no month 0. Write a date such as Jan 12 or 1/12/2027."),
        ("1/12/2099", "The year 2099 is too far away."),
        ("next mon", "“next Monday” can mean Nov 30 or Dec 7."),
        ("next Monday", "“next Monday” can mean Nov 30 or Dec 7. Write Nov 30 or Dec 7."),
        ("Mon Jan 12", "Jan 12, 2027 is a Tuesday, not a Monday."),
        ("round 2 Jan 12", "“2 Jan” or “Jan 12”? Write one of the two dates."),
        ("Jan 12 or Jan 13", "Write one of the two dates."),
        ("Jan 12 2:30", "“2:30” can be morning or afternoon. Write 2:30am or 2:30pm."),
        ("Jan 12 25:00", "There is no time 25:00."),
        ("Jan 12 13pm", "There is no time 13pm."),
        ("Jan 12 9:30-11am", "“9:30-11am” is not clear."),
        ("Jan 12 9am or 10am", "Write one of the two times."),
        ("Jan 12 in 2028", "“2028” is not clear."),
        ("Jan 12 930", "“930” is not clear."),
        ("interview January", "Write Jan and the day, such as Jan 12."),
        ("interview", "Write a date such as Jan 12 or 1/12/2027."),
        ("12.1.2027", "Write a date such as Jan 12 or 1/12/2027."),
        ("1-12-2027", "Write a date such as Jan 12 or 1/12/2027."),
        ("12/25/2026/1", "Write a date such as Jan 12 or 1/12/2027."),
        ("", "Write a date such as Jan 12 or 1/12/2027."),
    ],
)
def test_unclear_dates_are_refused_with_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=".") as error:
        parse_date_entry(text, TODAY)
    assert advice in str(error.value)


def test_only_dates_with_a_year_are_read_without_today() -> None:
    assert parse_date_entry("interview 1/12/2027", None).day == JAN_12
    for text in ("1/12", "tomorrow", "Monday", "Feb 29"):
        with pytest.raises(ValueError, match="Write a date"):
            parse_date(text, None)


def test_a_date_alone_has_no_label() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_date("interview 1/12/2027", TODAY)


def test_description() -> None:
    assert describe_date(parse_date("1/12", TODAY), TODAY) == "Tue Jan 12, 2027, in 47 days"
    assert describe_date(parse_date("tomorrow 2pm", TODAY), TODAY) == "Fri Nov 27, 2026, 2:00 PM, in 1 day"
    assert describe_date(parse_date("today", TODAY), TODAY) == "Thu Nov 26, 2026, today"
    assert describe_date(parse_date("11/1/2026", TODAY), TODAY) == "Sun Nov 1, 2026, 25 days ago"


@given(strategies.dates(min_value=TODAY - timedelta(3000), max_value=TODAY + timedelta(3000)), strategies.times())
def test_what_is_shown_can_be_typed(day: date, time_of_day: object) -> None:
    stored = normalized_date(f"{day.isoformat()}T{str(time_of_day)[:5]}")
    assert parse_date(stored, TODAY).iso_text == stored
    assert parse_date(format_date(stored), TODAY).iso_text == stored
    assert parse_date(f"{day.month}/{day.day}/{day.year}", TODAY).day == day


@given(strategies.text(alphabet="0123456789/-:., janfebmoxt", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        entry = parse_date_entry(text, TODAY)
    except ValueError as error:
        problem = str(error)
    else:
        problem = "."
        assert normalized_date(entry.iso_text) == entry.iso_text
    assert problem.endswith(".")
