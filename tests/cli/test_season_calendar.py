"""`gmetui season --import` and `--forget`: a service's own calendar beside the dates of the data."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gmetui.storage.paths import user_paths
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Rank list deadline
DTSTART:20270304T020000Z
URL:https://calendars.example/rank
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Office hour
DTSTART;VALUE=DATE:20270105
URL:https://larkspur-calendars.example/hour
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Weekly
DTSTART;VALUE=DATE:20270105
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar_file(tmp_path: Path) -> Path:
    file = tmp_path / "match.ics"
    file.write_text(CALENDAR)
    return file


def season_events(run: CommandRunner) -> dict[str, Any]:
    document = json.loads(run("season", "--service", "nrmp-main-match", "--format", "json"))
    return {event["text"]: event for event in document["next"]}


def test_a_calendar_is_a_source_until_it_is_forgotten(run: CommandRunner, calendar_file: Path) -> None:
    before = season_events(run)
    text = run("season", "--import", str(calendar_file), "--service", "nrmp-main-match")
    assert "2027-03-03 21:00 ET  Rank list deadline: agrees with 2027-03-03" in text
    assert "Office hour: new" in text
    assert "left out: “Weekly” repeats" in run.err
    assert "imported 2 dates; `gmetui season --forget nrmp-main-match`" in run.err

    events = season_events(run)
    (deadline,) = (event for event in events.values() if event["id"] == "nrmp-2027-rank-list")
    page = deadline["source"][-1]
    assert (page["publisher"], page["url"]) == ("official", "https://calendars.example/rank")
    assert page["title"] == "Calendar file match.ics"
    assert not deadline["third_party"]
    hour = events["Office hour"]
    assert (hour["nature"], hour["third_party"]) == ("other", True)
    assert hour["source"][0]["publisher"] == "third-party"  # reviewed, but not as official
    assert "Office hour" in run("season", "--service", "nrmp-main-match")

    run("season", "--forget", "nrmp-main-match")
    assert season_events(run) == before
    run("season", "--forget", "nrmp-main-match", code=5)


def test_another_day_is_shown_beside_that_of_the_data(run: CommandRunner, calendar_file: Path) -> None:
    calendar_file.write_text(CALENDAR.replace("20270304T02", "20270305T02"))
    arguments = ("season", "--import", str(calendar_file), "--service", "nrmp-main-match")
    document = json.loads(run(*arguments, "--format", "json"))
    assert [each["comparison"] for each in document["dates"]] == ["new", "disagrees with"]
    assert document["dates"][1]["with"] == "nrmp-2027-rank-list"
    assert "another page: Mar 4" in " ".join(run("season", "--service", "nrmp-main-match").split())
    run(*arguments)
    assert "in place of the calendar imported before" in run.err


def test_standard_input_and_several_files(
    run: CommandRunner, calendar_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = CALENDAR.replace("Office hour", "Open day").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(other)))
    run("season", "--import", str(calendar_file), "--import", "-", "--service", "eras")
    assert "imported 3 dates" in run.err  # the deadline once


def test_a_damaged_file_stops_nothing(run: CommandRunner, calendar_file: Path) -> None:
    run("season", "--import", str(calendar_file), "--service", "nrmp-main-match")
    stored = user_paths().calendars / "nrmp-main-match.toml"
    content = stored.read_text()
    stored.write_text(content.replace("[[date]]", "[[date", 1))
    assert "Rank" in run("season", "--service", "nrmp-main-match")
    assert "ignoring the imported calendar “nrmp-main-match”" in run.err
    stored.write_text(content.replace('nature = "other"', 'nature = "sale"'))
    assert "Office hour" not in run("season", "--service", "nrmp-main-match")
    assert "part of the imported calendar “nrmp-main-match” is left out" in run.err


def test_a_file_cannot_make_itself_official(run: CommandRunner, calendar_file: Path) -> None:
    calendar_file.write_text(CALENDAR.replace("calendars.example/rank", "calendars.example.evil.example/rank"))
    run("season", "--import", str(calendar_file), "--service", "eras")
    stored = user_paths().calendars / "eras.toml"
    stored.write_text(stored.read_text().replace('"third-party"', '"official"'))
    document = json.loads(run("season", "--service", "eras", "--format", "json"))
    deadline = next(event for event in document["next"] if event["text"] == "Rank list deadline")
    assert deadline["third_party"]
    assert deadline["source"][0]["publisher"] == "third-party"


@pytest.mark.parametrize(
    ("code", "arguments", "message"),
    [
        (2, ("--import", "match.ics"), "name the service"),
        (5, ("--import", "match.ics", "--service", "eros"), "eras"),
        (2, ("--import", "match.ics", "--service", "eras", "--forget", "eras"), "together"),
        (4, ("--import", "gone.ics", "--service", "eras"), "no such file"),
        (3, ("--import", ".", "--service", "eras"), "not a regular file"),
        (5, ("--forget", "../x"), "../x"),
    ],
)
def test_mistakes(run: CommandRunner, calendar_file: Path, code: int, arguments: tuple[str, ...], message: str) -> None:
    run("season", *arguments, code=code)
    assert message in run.err
    assert not user_paths().calendars.exists()


def test_an_exported_calendar_is_no_source(run: CommandRunner, tmp_path: Path) -> None:
    run("season", "--service", "eras", "--cycle", "2026-27", "--output", str(tmp_path / "own.ics"))
    run("season", "--import", str(tmp_path / "own.ics"), "--service", "eras", code=3)
    assert "exported by gmetui: no source of dates" in run.err
