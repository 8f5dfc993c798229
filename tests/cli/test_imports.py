"""`gmetui import --as programs` and `gmetui imports`: what scripts and people at a terminal get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gmetui
from gmetui.datafiles.files import load_catalog
from gmetui.storage.import_store import Imports
from gmetui.storage.paths import user_paths
from importing.lists_of_programs import IDS, ROWS, as_csv
from support import TOTAL, Run

CODES = {"no list": 3, "no file": 4, "unknown": 5, "usage": 2}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of ten programs."""
    path = tmp_path / "Made up.csv"
    path.write_text(as_csv(ROWS), encoding="utf-8")
    return path


def kept() -> Imports:
    return Imports(user_paths().programs, user_paths().columns)


def test_a_list_is_brought_in_searched_refreshed_and_removed(run: Run, file: Path) -> None:
    told = run("import", str(file), "--source", "Made up", "--url", "https://example.org/x", "--as-of", "2026")
    assert "10 rows read, 10 programs" in told
    assert f"{TOTAL + 10} programs in all" in run.err
    found = json.loads(run("search", "state:pr surgery", "--format", "json"))
    assert [own["id"] for own in found["programs"]] == ["acgme-4404299909"]
    shown = json.loads(run("show", "acgme-4404299909", "--format", "json"))
    own = shown["programs"][0] if "programs" in shown else shown
    assert own["acgme_id"]["source"]["title"] == "Made up"
    assert own["acgme_id"]["source"]["as_of"] == "2026"
    assert run("complete", "gmetui imports remove m") == "made-up\n"
    listed = json.loads(run("imports", "--format", "json"))["imports"]
    assert [(one["name"], one["title"], one["url"], one["as_of"], one["programs"]) for one in listed] == [
        ("made-up", "Made up", "https://example.org/x", "2026", 10)
    ]

    file.write_text(as_csv(ROWS[1:]), encoding="utf-8")
    again = json.loads(run("import", str(file), "--format", "json"))
    assert again["gone"] == ["Anesthesiology, Harbor University"]
    assert "Made up, undated" in run("imports"), "what it is stays, its date does not"
    run("imports", "undo", "made-up")
    assert "Made up, 2026" in run("imports", "list")
    assert json.loads(run("search", f"id:{IDS[0]}", "--format", "json"))["total"] == 1

    run("imports", "remove", "made-up")
    run("show", IDS[0], code=CODES["unknown"])
    assert run("imports") == ""
    assert "made-up was removed" in run.err
    run("imports", "undo", "made-up")
    assert json.loads(run("search", f"id:{IDS[0]}", "--format", "json"))["total"] == 1


def test_lists_are_no_part_of_the_edition(run: Run, file: Path, tmp_path: Path) -> None:
    before = run("edition")
    run("import", str(file))
    assert run("edition") == before
    data = Path(gmetui.__file__).parents[2] / "data"
    assert json.loads(run("changes", str(data), "--format", "json"))["total"] == 0


def test_a_dry_run_writes_nothing(run: Run, file: Path) -> None:
    assert json.loads(run("import", str(file), "--dry-run", "--format", "json"))["dry_run"] is True
    run("import", str(file), "--dry-run", "--map", "city=nothing")
    assert not user_paths().programs.exists()
    assert not user_paths().columns.exists()


def test_what_is_said_of_columns_is_remembered_for_files_of_that_shape(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(as_csv(dict(row, thing="4") for row in ROWS), encoding="utf-8")
    run("import", str(file), "--map", "thing=positions")
    other = tmp_path / "next year.csv"
    other.write_text(as_csv(dict(thing="5", **row) for row in reversed(ROWS)), encoding="utf-8")
    columns = json.loads(run("import", str(other), "--format", "json"))["columns"]
    assert {"sheet": "", "column": "thing", "field": "positions", "why": "as you said"} in columns
    wrong = run("import", str(file), "--map", "thing=postions", code=CODES["usage"])
    assert wrong == ""
    assert "did you mean positions?" in run.err
    assert "positions" in run("imports", "fields")


def test_doubts_go_out_and_come_back(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(as_csv([dict(ROWS[0], specialty="Surgery"), *ROWS[1:]]), encoding="utf-8")
    doubts = tmp_path / "doubts.csv"
    run("import", str(file), "--doubts", str(doubts))
    text = doubts.read_text(encoding="utf-8-sig")
    assert "but it says Surgery" in text
    doubts.write_text(text.replace(",Surgery,", ",Anesthesiology,"), encoding="utf-8")
    run("import", str(doubts))
    assert [own.name for own in kept().all()] == ["made-up"]
    whole = load_catalog([kept().path("made-up")])
    assert whole.program[IDS[0]].specialty == "anesthesiology"
    assert len(whole.programs) == TOTAL + 10


def test_a_shortlist_is_still_a_shortlist(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Program,Hospital,Notes\nInternal Medicine Residency Program,MGH,big\n", encoding="utf-8")
    run("import", str(file))
    assert "taken for a shortlist" in run.err
    assert len(json.loads(run("shortlist", "--format", "json"))["programs"]) == 1
    assert kept().all() == []


def test_what_cannot_be_done_is_said(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(tmp_path / "nothing.csv"), "--as", "programs", code=CODES["no file"])
    (tmp_path / "empty").write_text("", encoding="utf-8")
    run("import", str(tmp_path / "empty"), "--as", "programs", code=CODES["no list"])
    assert run.err == "gmetui: empty: is empty\n"
    for option, value in (("--url", "ftp://x"), ("--as-of", "soon"), ("--name", "../x"), ("--map", "x")):
        run("import", str(file), option, value, code=CODES["usage"])
    run("imports", "remove", "made-up", code=CODES["unknown"])
    run("imports", "undo", "made-up", code=CODES["unknown"])
    assert not user_paths().programs.exists()


def test_a_list_that_was_spoilt_does_not_keep_gmetui_from_starting(run: Run, file: Path) -> None:
    run("import", str(file))
    path = kept().path("made-up")
    path.write_text(
        path.read_text(encoding="utf-8").replace('kind = "residency"', 'kind = "resident"', 1), encoding="utf-8"
    )
    assert json.loads(run("search", "--format", "json"))["total"] == TOTAL
    assert "the list made-up that you brought in is left out" in run.err
    assert "kind: 'resident' is not known" in run.err
    path.write_text("half a fi", encoding="utf-8")
    assert json.loads(run("search", "--format", "json"))["total"] == TOTAL
    assert "cannot be read" in run("imports")
