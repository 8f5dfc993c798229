"""Ratings, tags, dates and former versions from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from gmetui.storage.shortlists import ShortlistStore
from support import Run

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
