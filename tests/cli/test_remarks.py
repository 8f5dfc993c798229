"""Ratings, tags, dates and former versions from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from gmetui.storage.shortlist_store import ShortlistStore
from support import Run, write_data

CARDS = "tufts-cardiovascular-disease-fellowship"
IM = "mgh-internal-medicine-residency"


def test_remarks_dates_and_versions(run: Run, home: Path) -> None:
    run("shortlist", "add", CARDS, IM)
    run("shortlist", "rate", CARDS, "4")
    run("shortlist", "tag", CARDS, "near home", "research")
    run("shortlist", "date", CARDS, "interview", "2027-01-15")
    run("shortlist", "move", IM, "1")
    shown = json.loads(run("shortlist", "--format", "json"))["programs"][1]
    assert (shown["rating"], shown["tags"], shown["dates"]) == (
        4,
        ["near home", "research"],
        {"interview": "2027-01-15"},
    )
    said = run("shortlist", "versions", "1")
    assert "up 1: Internal Medicine" in said
    assert "rating: Cardiovascular" in said
    dates = json.loads(run("shortlist", "dates", "--format", "json"))["dates"]
    assert dates[0]["what"] == "interview" or any(own["own"] for own in dates)
    run("shortlist", "restore", "1")
    assert ShortlistStore(home / "shortlists" / "default.toml").load().entries[0].rating == 0
    run("shortlist", "undo")
    assert ShortlistStore(home / "shortlists" / "default.toml").load().entries[1].rating == 4
    assert "2027-01-15" in run("export", "--format", "csv")


def test_what_is_wrong_is_said(run: Run) -> None:
    run("shortlist", "add", CARDS)
    run("shortlist", "date", CARDS, "interview", "2027-02-30", code=2)
    assert "is no day" in run.err
    run("shortlist", "rate", CARDS, "7", code=2)
    run("shortlist", "rate", IM, "3", code=5)
    run("shortlist", "restore", "99", code=5)
    run("shortlist", "versions", "99", code=5)


def test_a_workbook_goes_into_a_file(run: Run, tmp_path: Path) -> None:
    run("shortlist", "add", CARDS)
    for ending, start in (("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("ics", b"BEGIN:VCALENDAR")):
        out = tmp_path / f"list.{ending}"
        run("export", "--output", str(out))
        assert out.read_bytes().startswith(start)
    run("shortlist", "note", CARDS, "secret thought")
    assert "secret thought" not in run("export", "--format", "html", "--no-notes")


def test_own_columns_from_the_command_line(run: Run) -> None:
    run("shortlist", "add", CARDS, IM)
    run("shortlist", "column", "Near family", "--kind", "1-5", "--weight", "2")
    run("shortlist", "column", "Visa", "--kind", "yes/no", "--must", "yes")
    run("shortlist", "set", IM, "Near family", "5")
    run("shortlist", "set", CARDS, "Near family", "2")
    shown = json.loads(run("shortlist", "show", "--sort", "score", "--format", "json"))
    assert [(own["id"], own["rank"], own["score"]) for own in shown["programs"]] == [(IM, 2, 100), (CARDS, 1, 25)]
    assert shown["columns"][1] == {"name": "Visa", "kind": "yes/no", "must": "yes"}
    run("shortlist", "set", IM, "Visa", "no")
    run("shortlist", "score", CARDS, "77")
    shown = json.loads(run("shortlist", "show", "--format", "json"))["programs"]
    assert [(own["score"], own["score_by_hand"], own["lacks"]) for own in shown] == [
        (77, True, []),
        (None, False, ["Visa"]),
    ]
    run("shortlist", "column", "Near family", "--rename", "Close", "--weight", "1")
    assert "Close" in run("shortlist", "columns")
    run("shortlist", "order", "Close")
    assert [own["id"] for own in json.loads(run("shortlist", "--format", "json"))["programs"]] == [IM, CARDS]
    run("shortlist", "column", "Close", "--remove")
    assert "Close" not in run("shortlist", "columns")
    for wrong, code in (
        (("set", IM, "Nothing", "1"), 5),
        (("set", IM, "Visa", "maybe"), 2),
        (("score", IM, "101"), 2),
        (("column", "x", "--kind", "text", "--weight", "3"), 2),
        (("show", "--sort", "colour"), 5),
        (("column", "Nope", "--remove"), 5),
        (("restore", "2000-01-01"), 5),
        (("note", IM), 2),
    ):
        run("shortlist", *wrong, code=code)


def test_a_list_handed_over_and_back(run: Run, tmp_path: Path) -> None:
    run("shortlist", "add", CARDS, IM)
    handed = tmp_path / "list.toml"
    run("export", "--format", "toml", "--output", str(handed))
    before = handed.read_bytes()
    run("shortlist", "note", CARDS, "good fellows", "--list-file", str(handed), "--by", "Dr. Grey")
    run("shortlist", "rate", CARDS, "5", "--list-file", str(handed), code=4)
    assert "handed to you" in run.err
    assert handed.read_bytes() == before
    run("import", str(tmp_path / "list.remarks.toml"))
    shown = json.loads(run("shortlist", "--format", "json"))["programs"]
    assert shown[0]["remarks"] == {"Dr. Grey": "good fellows"}
    run("shortlist", "remark", CARDS, "Dr. Grey", "")
    assert json.loads(run("shortlist", "--format", "json"))["programs"][0]["remarks"] == {}
    run("shortlist", "show", "--list-file", str(tmp_path / "none.toml"), code=4)


def test_which_notes_go_out(run: Run) -> None:
    run("shortlist", "add", CARDS, IM)
    run("shortlist", "note", CARDS, "secret one")
    run("shortlist", "note", IM, "open two")
    run("shortlist", "tag", IM, "a-tag")
    run("shortlist", "remark", CARDS, "Dr. Grey", "what she thinks")
    assert "what she thinks" in run("export", "--format", "html")
    assert "what she thinks" not in run("export", "--format", "html", "--no-notes")
    shared = run("export", "--format", "html", "--note-of", IM)
    assert "secret one" not in shared
    assert "open two" in shared
    bare = run("export", "--format", "html", "--no-remarks")
    assert "open two" not in bare
    assert "a-tag" not in bare
    run("export", "--note-of", "nobody", code=5)


def test_what_changed_since(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    write_data(data)
    run("shortlist", "add", "harbor-cardiology", "--data", str(data))
    assert json.loads(run("shortlist", "changed", "--data", str(data), "--format", "json"))["total"] == 0
    file = data / "harbor.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("length_years = 3", "length_years = 4"), encoding="utf-8")
    assert "Length: 3 → 4" in run("shortlist", "changed", "--data", str(data))
    run("shortlist", "seen", "--data", str(data))
    assert json.loads(run("shortlist", "changed", "--data", str(data), "--format", "json"))["total"] == 0
    kept = file.read_text(encoding="utf-8").replace("harbor-cardiology", "harbor-heart-and-lung")
    file.write_text(kept, encoding="utf-8")
    gone = json.loads(run("shortlist", "changed", "--data", str(data), "--format", "json"))["programs"][0]
    assert gone["gone"]
    assert gone["now"] == "harbor-heart-and-lung"
