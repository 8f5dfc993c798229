"""`gmetui season`, `costs` and `signals`, and what the season adds to the shortlist's commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

MEDICINE, SURGERY = "larkspur-internal-medicine-residency", "larkspur-surgery-residency"


def test_the_season_of_a_list(run: CommandRunner) -> None:
    run("shortlist", "add", MEDICINE)
    run("shortlist", "date", MEDICINE, "interview", "2027-01-15")
    document = json.loads(run("season", "--format", "json"))
    assert (document["cycle"], document["today"]) == ("2026-27", "2026-11-22")
    own = next(event for event in document["next"] if event["own"])
    assert (own["on"], own["days"], own["programs"]) == ("2027-01-15", 54, [MEDICINE])
    rank_list = next(event for event in document["next"] if event["id"] == "nrmp-2027-rank-list")
    assert rank_list["utc"] == "2027-03-04T02:00:00Z"
    assert (rank_list["time"], rank_list["zone"], rank_list["nature"]) == ("21:00", "ET", "deadline")
    assert rank_list["third_party"]
    assert rank_list["programs"] == [MEDICINE]
    assert rank_list["source"][0]["id"] == "ellery-forum"
    opening = next(event for event in document["past"] if event["id"] == "eras-2027-opens")
    assert opening["disagrees"] == [{"id": "eras-2027-opens-finder", "on": "2026-06-04"}]
    assert document["not_found"] == []


def test_the_season_as_text(run: CommandRunner) -> None:
    run("shortlist", "add", MEDICINE)
    text = run("season")
    assert "Season 2026–27" in text
    assert "Wed, Mar 3, 2027" in text
    assert "The season at a glance" in text
    assert "No date is carried over from another year" in text
    assert "chart" in run("season", "--format", "html")
    assert "```text" in run("season", "--format", "markdown")


def test_the_next_dates_in_lines(run: CommandRunner) -> None:
    run("shortlist", "add", MEDICINE)
    run("shortlist", "date", MEDICINE, "interview", "2026-11-30")
    (line,) = run("season", "--next", "1").splitlines()
    assert line.startswith("in 8 days: Interview · Larkspur")
    assert line.endswith("Mon, Nov 30, 2026")
    assert len(run("season", "--next", "3").splitlines()) == 3


def test_services_specialties_and_cycles(run: CommandRunner) -> None:
    service = json.loads(run("season", "--service", "sf-match", "--format", "json"))
    assert [event["id"] for event in service["next"]] == ["sf-2027-interviews", "sf-2027-target"]
    span = service["next"][0]
    assert (span["on"], span["first"], span["last"], span["start"]) == (None, "2026-12-01", "2027-02-28", "2028-29")
    specialty = json.loads(run("season", "--specialty", "emergency-medicine", "--format", "json"))
    assert [gap["look_at"] for gap in specialty["not_found"]] == ["https://calendar.example.org/residencycas"]
    assert [known["cycle"] for known in specialty["last_known"] if known["service"] == "residencycas"] == ["2025-26"]
    other = json.loads(run("season", "--all", "--cycle", "2027-28", "--format", "json"))
    assert other["next"] == []
    assert len(other["not_found"]) == len(other["services"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("season", "--service", "eraz"), "did you mean “eras”?"),
        (("season", "--specialty", "surgerie"), "did you mean “surgery”?"),
        (("season", "--cycle", "2027"), "“2027” is not a season; write 2026-27"),
        (("costs", "--apply", "surgery"), "write a specialty and a number"),
        (("costs", "--season", "next"), "is not a season"),
        (("shortlist", "signal", MEDICINE, "bronze"), "a signal is one of gold, silver, signal"),
    ],
)
def test_mistakes(run: CommandRunner, arguments: tuple[str, ...], message: str) -> None:
    run("shortlist", "add", MEDICINE)
    run(*arguments, code=5 if "did you mean" in message else 2)
    assert message in run.err


def test_a_calendar_is_updated(run: CommandRunner, tmp_path: Path) -> None:
    run("shortlist", "add", MEDICINE)
    run("shortlist", "date", MEDICINE, "interview", "2027-01-15")
    file = tmp_path / "season.ics"
    run("season", "--output", str(file))
    first = events_of(file)
    assert {int(event["sequence"]) for event in first.values()} == {0}
    run("shortlist", "date", MEDICINE, "interview", "2027-01-16")
    run("season", "--output", str(file))
    interview_uid = next(uid for uid, event in first.items() if "A date you added" in event["description"])
    second = events_of(file)
    assert {uid: int(event["sequence"]) for uid, event in second.items() if event["sequence"]} == {interview_uid: 1}
    run("shortlist", "date", MEDICINE, "interview", "")
    run("season", "--output", str(file))
    assert str(events_of(file)[interview_uid]["status"]) == "CANCELLED"
    assert int(events_of(file)[interview_uid]["sequence"]) == 2
    run("season", "--output", str(file))
    assert interview_uid not in events_of(file)


def events_of(file: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_costs(run: CommandRunner) -> None:
    typed = json.loads(run("costs", "--apply", "internal-medicine=43", "--apply", "pediatrics=7", "--format", "json"))
    assert typed["applications"] == 797
    assert typed["total"] == {"currency": "USD", "least": 952, "most": 962, "and_more": False}
    assert typed["disagree"] == ["eras-transcript-2027"]
    assert typed["lines"][0]["tiers"] == [{"n": 30, "each": 11}, {"n": 13, "each": 30}]
    assert "$797" not in run("costs", "--apply", "internal-medicine=43")
    run("shortlist", "add", MEDICINE, SURGERY)
    run("shortlist", "status", SURGERY, "applied")
    listed = json.loads(run("costs", "--format", "json"))
    assert {line["specialty"] for line in listed["lines"] if line["specialty"]} == {"internal-medicine", "surgery"}
    applied = json.loads(run("costs", "--status", "applied", "--format", "json"))
    assert applied["applications"] == 11
    assert "Sum: " in run("costs", "--fap", "--ranks", "30", "--couple")


def test_costs_of_nothing(run: CommandRunner) -> None:
    document = json.loads(run("costs", "--format", "json"))
    assert document["lines"] == []
    assert document["total"]["least"] == 0
    assert "No programs are counted" in run("costs")


def test_signals(run: CommandRunner, home: Path) -> None:
    run("shortlist", "add", MEDICINE, SURGERY)
    run("shortlist", "signal", MEDICINE, "gold")
    run("shortlist", "signal", SURGERY, "silver")
    assert 'signal = "gold"' in (home / "shortlists" / "default.toml").read_text(encoding="utf-8")
    meters = {meter["specialties"][0]: meter for meter in json.loads(run("signals", "--format", "json"))["meters"]}
    medicine, surgery = meters["internal-medicine"], meters["surgery"]
    assert medicine["have"] == {"gold": 3, "silver": 12, "signal": 0, "total": 15}
    assert medicine["left"] == {"gold": 2, "silver": 12, "signal": 0, "total": 14}
    assert medicine["programs"] == [MEDICINE]
    assert surgery["have"] is None
    assert surgery["left"] is None
    assert surgery["last_known"] == [{"season": "2025-26", "gold": 5, "silver": 10, "total": 15, "third_party": False}]
    text = run("signals")
    assert "1 of 3" in text
    assert "can't tell" in text
    run("shortlist", "signal", MEDICINE, "")
    assert "gold" not in (home / "shortlists" / "default.toml").read_text(encoding="utf-8")


def test_the_profile_says_what_concerns_the_reader_unless_options_do(run: CommandRunner, tmp_path: Path) -> None:
    run("shortlist", "add", MEDICINE)
    run("profile", "set", "school_country", "IN")
    run("profile", "add", "exam", "Step 3", "planned=2027-02-10")
    run("profile", "add", "exam", "Step 1", "passed=2024-03")
    token = "eras-2027-tokens"

    def ids(*options: str) -> set[str]:
        document = json.loads(run("season", *options, "--format", "json"))
        return {event["id"] for event in (*document["next"], *document["past"])}

    assert token in ids()
    assert token not in ids("--no-international")
    run("profile", "set", "school_country", "US")
    assert token not in ids()
    assert token in ids("--international")
    assert "Step 3, as planned, Wed, Feb 10, 2027" in run("season", "--next", "20")
    assert "Step 3, as planned" in run("season")
    for exported in (
        run("season", "--format", "json"),
        run("season", "--format", "ics"),
        run("season", "--format", "html"),
    ):
        assert "Step 3" not in exported
    run("season", "--output", str(tmp_path / "season.ics"))
    assert "Step 3" not in (tmp_path / "season.ics").read_text(encoding="utf-8")


def test_the_profile_names_home_programs_among_the_signals(run: CommandRunner) -> None:
    program = "marrowby-pediatrics-residency"
    run("shortlist", "add", program)
    assert "home hospitals" not in run("signals")
    run("profile", "set", "home", "marrowby")
    text = run("signals")
    assert "is at one of your home hospitals. The specialty advises not to signal home programs." in " ".join(
        text.split()
    )
    assert "home hospitals" not in run("signals", "--format", "json")
