"""`gmetui shortlist`: notes, ratings, dates, columns, versions, shared lists and changes in the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gmetui.storage.shortlist_store import ShortlistStore
from support import CommandRunner, write_hostile_data

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
NEUROLOGY = "larkspur-neurology-residency"
REVIEWER = "Dr. Gray"

pytestmark = pytest.mark.usefixtures("fixture_data")


def listed(run: CommandRunner, *options: str) -> list[dict[str, Any]]:
    """Return the programs of `gmetui shortlist show --format json`."""
    programs: list[dict[str, Any]] = json.loads(run("shortlist", "show", *options, "--format", "json"))["programs"]
    return programs


def test_add_move_note_and_remove(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, NEUROLOGY)
    run("shortlist", "move", NEUROLOGY, "1")
    run("shortlist", "note", CARDIOLOGY, "ask about visas")
    run("shortlist", "status", CARDIOLOGY, "applied")
    assert [(entry["rank"], entry["id"], entry["note"], entry["status"]) for entry in listed(run)] == [
        (1, NEUROLOGY, "", ""),
        (2, CARDIOLOGY, "ask about visas", "applied"),
    ]
    run("shortlist", "remove", NEUROLOGY)
    run("shortlist", "undo")
    assert run.err.startswith("undone: removed ")
    assert run.err.endswith(" · Neurology Residency\n")
    assert len(listed(run)) == 2
    run("shortlist", "redo")
    assert len(listed(run)) == 1
    assert "added" in run("shortlist", "history")
    run("--list", "second", "shortlist", "add", CARDIOLOGY)
    assert run("shortlist", "lists").split() == ["default", "second"]
    run("shortlist", "remove", "nonsense", code=5)


def test_the_list_as_a_table_with_scores(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, NEUROLOGY)
    run("shortlist", "score", CARDIOLOGY, "77")
    assert run("shortlist", "--columns", "rank,name,score").splitlines() == [
        "1\tCardiovascular Disease Fellowship\t77",
        "2\tNeurology Residency\t",
    ]
    assert run.err == "2 programs on the list “default”\n"


def test_ratings_tags_dates_and_versions(run: CommandRunner, home: Path) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "rate", CARDIOLOGY, "4")
    run("shortlist", "tag", CARDIOLOGY, "near home", "research")
    run("shortlist", "date", CARDIOLOGY, "interview", "2027-01-15")
    run("shortlist", "move", MEDICINE, "1")
    entry = listed(run)[1]
    assert (entry["rating"], entry["tags"]) == (4, ["near home", "research"])
    assert entry["dates"] == {"interview": "2027-01-15"}
    changes = run("shortlist", "versions", "1")
    assert "Internal Medicine" in changes
    assert "rating" in changes
    assert run("shortlist", "versions", "1", "1") == "no differences\n"
    run("shortlist", "restore", "1")
    store = ShortlistStore(home / "shortlists" / "default.toml")
    assert store.load().entries[0].rating == 0
    run("shortlist", "undo")
    assert store.load().entries[1].rating == 4
    assert "2027-01-15" in run("export", "--format", "csv")


def test_dates_of_the_user_and_of_programs(run: CommandRunner) -> None:
    run("shortlist", "dates")
    assert run.err == "no dates; `gmetui shortlist date` adds one\n"
    run("shortlist", "add", MEDICINE)
    run("shortlist", "date", MEDICINE, "visit", "2099-01-15")
    dates = json.loads(run("shortlist", "dates", "--own", "--past", "--format", "json"))["dates"]
    for day in dates:
        assert day.pop("program")["institution"]["name"] == "Larkspur University Hospital"
    assert {
        "first": "2099-01-15",
        "last": "2099-01-15",
        "what": "visit",
        "time": None,
        "own": True,
        "cycle": None,
        "service": None,
        "text": None,
        "zone": None,
        "third_party": False,
    } in dates
    assert ("2027-01-11", "2027-02-05", "2026-27") in [(date["first"], date["last"], date["cycle"]) for date in dates]
    every_date = json.loads(run("shortlist", "dates", "--format", "json"))["dates"]
    services = [date for date in every_date if date["program"] is None]
    assert [date["service"] for date in services] == ["nrmp-main-match", "nrmp-main-match"]
    assert [date["time"] for date in services] == ["21:00", "12:00"]
    assert "Rank lists must be certified" in run("shortlist", "dates", "--columns", "date,program")
    table = run("shortlist", "dates")
    assert "Jan 15, 2099" in table
    assert "Jan 11, 2027 to Feb 5, 2027" in table


def test_dates_are_written_as_people_write_them(run: CommandRunner) -> None:
    run("shortlist", "add", MEDICINE)
    run("shortlist", "date", MEDICINE, "1/12/2027", "interview", "at", "9:30am")
    assert "Internal Medicine Residency: interview Jan 12, 2027, 9:30 AM" in run.err
    run("shortlist", "date", MEDICINE, "May 5 visit", "2027-05-06")
    assert listed(run)[0]["dates"] == {"interview": "2027-01-12T09:30", "May 5 visit": "2027-05-06"}
    assert "Jan 12, 2027, 9:30 AM" in run("shortlist", "dates")
    assert "DTSTART:20270112T093000" in run("export", "--format", "ics")
    run("shortlist", "date", MEDICINE, "May 5 visit", "")
    assert listed(run)[0]["dates"] == {"interview": "2027-01-12T09:30"}


def test_invalid_values_are_rejected(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY)
    run("shortlist", "date", CARDIOLOGY, "interview", "2027-02-30", code=2)
    assert run.err == "gmetui: February 2027 has no day 30. Write a date such as Jan 12 or 1/12/2027\n"
    run("shortlist", "date", CARDIOLOGY, "next", "monday", code=2)
    assert "“next Monday” can mean" in run.err
    run("shortlist", "rate", CARDIOLOGY, "7", code=2)
    run("shortlist", "rate", MEDICINE, "3", code=5)
    run("shortlist", "restore", "99", code=5)
    run("shortlist", "versions", "99", code=5)


def test_custom_columns_and_scores(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "column", "Near family", "--kind", "1-5", "--weight", "2")
    run("shortlist", "column", "Visa", "--kind", "yes/no", "--must", "yes")
    run("shortlist", "set", MEDICINE, "Near family", "5")
    run("shortlist", "set", CARDIOLOGY, "Near family", "2")
    entries = listed(run, "--sort", "score")
    assert [(entry["id"], entry["rank"], entry["score"]) for entry in entries] == [
        (MEDICINE, 2, 100),
        (CARDIOLOGY, 1, 25),
    ]
    columns = json.loads(run("shortlist", "columns", "--format", "json"))["columns"]
    assert columns[1] == {"name": "Visa", "kind": "yes/no", "weight": None, "must": "yes", "values": 0}
    run("shortlist", "set", MEDICINE, "Visa", "no")
    run("shortlist", "score", CARDIOLOGY, "77")
    assert [(entry["score"], entry["score_by_hand"], entry["lacks"]) for entry in listed(run)] == [
        (77, True, []),
        (None, False, ["Visa"]),
    ]
    run("shortlist", "column", "Near family", "--rename", "Close", "--weight", "1")
    assert "Close" in run("shortlist", "columns")
    run("shortlist", "order", "Close")
    assert [entry["id"] for entry in listed(run)] == [MEDICINE, CARDIOLOGY]
    run("shortlist", "column", "Close", "--remove")
    assert "Close" not in run("shortlist", "columns")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", MEDICINE, "Nothing", "1"), 5),
        (("set", MEDICINE, "Visa", "maybe"), 2),
        (("score", MEDICINE, "101"), 2),
        (("column", "x", "--kind", "text", "--weight", "3"), 2),
        (("show", "--sort", "color"), 2),
        (("column", "Nope", "--remove"), 5),
        (("restore", "2000-01-01"), 5),
        (("note", MEDICINE), 2),
    ],
)
def test_invalid_arguments_are_rejected(run: CommandRunner, arguments: tuple[str, ...], code: int) -> None:
    run("shortlist", "add", MEDICINE)
    run("shortlist", "column", "Visa", "--kind", "yes/no")
    run("shortlist", *arguments, code=code)


def test_a_column_of_another_kind_loses_its_rule(run: CommandRunner) -> None:
    run("shortlist", "column", "Distance", "--kind", "number", "--weight", "-1", "--must", "<= 50")
    run("shortlist", "column", "Distance", "--weight", "-2")
    assert json.loads(run("shortlist", "columns", "--format", "json"))["columns"] == [
        {"name": "Distance", "kind": "number", "weight": -2, "must": "<= 50", "values": 0}
    ]
    run("shortlist", "column", "Distance", "--kind", "text")
    assert json.loads(run("shortlist", "columns", "--format", "json"))["columns"] == [
        {"name": "Distance", "kind": "text", "weight": None, "must": None, "values": 0}
    ]


def test_a_shared_list_is_commented_on_and_comes_back(run: CommandRunner, tmp_path: Path) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    shared = tmp_path / "list.toml"
    run("export", "--format", "toml", "--output", str(shared))
    before = shared.read_bytes()
    run("shortlist", "note", CARDIOLOGY, "good fellows", "--list-file", str(shared), "--by", REVIEWER)
    run("shortlist", "rate", CARDIOLOGY, "5", "--list-file", str(shared), code=4)
    assert shared.read_bytes() == before
    run("import", str(tmp_path / "list.remarks.toml"))
    assert listed(run)[0]["remarks"] == {REVIEWER: "good fellows"}
    run("shortlist", "remark", CARDIOLOGY, REVIEWER, "")
    assert listed(run)[0]["remarks"] == {}
    run("shortlist", "show", "--list-file", str(tmp_path / "none.toml"), code=4)


def test_changes_in_the_data_are_listed_until_marked_as_seen(run: CommandRunner, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    write_hostile_data(tmp_path / "data")
    run("shortlist", "add", "harbor-cardiology", *data)
    assert json.loads(run("shortlist", "changed", *data, "--format", "json"))["total"] == 0
    file = tmp_path / "data" / "harbor.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("length_years = 3", "length_years = 4"), encoding="utf-8")
    assert "3 → 4" in run("shortlist", "changed", *data)
    changed = json.loads(run("shortlist", "changed", *data, "--format", "json"))["programs"][0]
    assert changed["changes"] == [{"field": "Length", "before": ["3"], "after": ["4"]}]
    run("shortlist", "seen", *data)
    assert json.loads(run("shortlist", "changed", *data, "--format", "json"))["total"] == 0
    content = file.read_text(encoding="utf-8").replace("harbor-cardiology", "harbor-heart-and-lung")
    file.write_text(content, encoding="utf-8")
    removed = json.loads(run("shortlist", "changed", *data, "--format", "json"))["programs"][0]
    assert not removed["in_data"]
    assert removed["successor"]["id"] == "harbor-heart-and-lung"
