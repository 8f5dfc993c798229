"""`gmetui import --as programs` and `gmetui imports`: output, exit codes and what is saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gmetui.datafiles.files import read_catalog
from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import user_paths
from importing.program_lists import IDS, ROWS, as_csv
from support import PROGRAM_COUNT, CommandRunner

USAGE, UNREADABLE, NO_FILE, UNKNOWN = 2, 3, 4, 5
SURGERY = "acgme-4404299909"
TOTAL = PROGRAM_COUNT + len(ROWS)

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of ten programs."""
    path = tmp_path / "Made up.csv"
    path.write_text(as_csv(ROWS), encoding="utf-8")
    return path


def store() -> ImportStore:
    return ImportStore(user_paths().programs)


def search_total(run: CommandRunner, *query: str) -> int:
    total: int = json.loads(run("search", *query, "--format", "json"))["total"]
    return total


def program(run: CommandRunner, program_id: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("show", program_id, "--format", "json"))["programs"][0]
    return document


def test_imported_programs_are_found_with_their_list_as_source(run: CommandRunner, file: Path) -> None:
    report = run("import", str(file), "--source", "Made up", "--url", "https://example.org/x", "--as-of", "2026")
    assert "10 programs" in report
    assert f"{TOTAL} programs in total" in run.err
    matches = json.loads(run("search", "state:pr surgery", "--format", "json"))["programs"]
    assert [match["id"] for match in matches] == [SURGERY]
    (source,) = program(run, SURGERY)["sources"]["acgme_id"]
    assert (source["title"], source["as_of"]) == ("Made up", "2026")
    imported = json.loads(run("imports", "--format", "json"))["imports"]
    assert [(item["name"], item["title"], item["url"], item["as_of"], item["program_count"]) for item in imported] == [
        ("made-up", "Made up", "https://example.org/x", "2026", 10)
    ]


def test_a_second_import_updates_the_list_and_undo_restores_it(run: CommandRunner, file: Path) -> None:
    run("import", str(file), "--source", "Made up", "--as-of", "2026")
    file.write_text(as_csv(ROWS[1:]), encoding="utf-8")
    report = json.loads(run("import", str(file), "--format", "json"))
    assert report["gone"] == ["Anesthesiology, Harbor University"]
    assert "Made up, date unknown" in run("imports"), "the title stays, the date does not"
    run("imports", "undo", "made-up")
    assert "Made up, 2026" in run("imports", "list")
    assert search_total(run, f"id:{IDS[0]}") == 1


def test_a_removed_list_can_be_restored(run: CommandRunner, file: Path) -> None:
    run("import", str(file))
    run("imports", "remove", "made-up")
    run("show", IDS[0], code=UNKNOWN)
    assert run("imports") == ""
    assert "made-up was removed" in run.err
    run("imports", "undo", "made-up")
    assert search_total(run, f"id:{IDS[0]}") == 1


def test_imported_lists_are_not_part_of_the_edition(run: CommandRunner, file: Path, fixture_data: Path) -> None:
    figures = run("edition")
    run("import", str(file))
    assert run("edition") == figures
    assert json.loads(run("changes", str(fixture_data), "--format", "json"))["total"] == 0


def test_a_dry_run_writes_nothing(run: CommandRunner, file: Path) -> None:
    assert json.loads(run("import", str(file), "--dry-run", "--format", "json"))["dry_run"] is True
    run("import", str(file), "--dry-run", "--map", "city=nothing")
    assert not user_paths().programs.exists()
    assert not user_paths().column_overrides.exists()


def test_mapped_columns_are_remembered_for_files_with_the_same_columns(
    run: CommandRunner, file: Path, tmp_path: Path
) -> None:
    file.write_text(as_csv(dict(row, thing="4") for row in ROWS), encoding="utf-8")
    run("import", str(file), "--map", "thing=positions")
    next_year = tmp_path / "next year.csv"
    next_year.write_text(as_csv(dict(thing="5", **row) for row in reversed(ROWS)), encoding="utf-8")
    columns = json.loads(run("import", str(next_year), "--format", "json"))["columns"]
    assert ("thing", "positions") in [(column["column"], column["field"]) for column in columns]
    run("import", str(file), "--map", "thing=postions", code=USAGE)  # codespell:ignore postions
    assert "did you mean “positions”?" in run.err
    assert "positions" in run("imports", "fields")
    fields = json.loads(run("imports", "fields", "--format", "json"))["fields"]
    assert "positions" in [field["field"] for field in fields]


def test_doubtful_rows_are_corrected_and_imported_again(run: CommandRunner, file: Path, tmp_path: Path) -> None:
    file.write_text(as_csv([dict(ROWS[0], specialty="Surgery"), *ROWS[1:]]), encoding="utf-8")
    doubts = tmp_path / "doubts.csv"
    run("import", str(file), "--doubts", str(doubts))
    text = doubts.read_text(encoding="utf-8-sig")
    assert ",Surgery," in text
    doubts.write_text(text.replace(",Surgery,", ",Anesthesiology,"), encoding="utf-8")
    run("import", str(doubts))
    assert [imported.name for imported in store().lists()] == ["made-up"]
    catalog = read_catalog([store().path("made-up")])
    assert catalog.program[IDS[0]].specialty == "anesthesiology"
    assert len(catalog.programs) == TOTAL


def test_a_shortlist_is_detected(run: CommandRunner, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Program,Hospital,Notes\nInternal Medicine Residency,Larkspur,big\n", encoding="utf-8")
    run("import", str(file))
    assert "treating the file as a shortlist" in run.err
    assert len(json.loads(run("shortlist", "--format", "json"))["programs"]) == 1
    assert store().lists() == []


def test_unusable_files_and_options_are_rejected(run: CommandRunner, file: Path, tmp_path: Path) -> None:
    run("import", str(tmp_path / "nothing.csv"), "--as", "programs", code=NO_FILE)
    (tmp_path / "empty").write_text("", encoding="utf-8")
    run("import", str(tmp_path / "empty"), "--as", "programs", code=UNREADABLE)
    assert run.err.startswith("gmetui: ")
    for option, value in (("--url", "ftp://x"), ("--as-of", "soon"), ("--name", "../x"), ("--map", "x")):
        run("import", str(file), option, value, code=USAGE)
    run("imports", "remove", "made-up", code=UNKNOWN)
    run("imports", "undo", "made-up", code=UNKNOWN)
    assert not user_paths().programs.exists()


def test_a_damaged_import_is_ignored_with_a_warning(run: CommandRunner, file: Path) -> None:
    run("import", str(file))
    path = store().path("made-up")
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace('kind = "residency"', 'kind = "resident"', 1), encoding="utf-8")
    assert search_total(run) == PROGRAM_COUNT + 9, "the damaged program is left out alone"
    assert "made-up" in run.err
    assert "resident" in run.err
    path.write_text("half a fi", encoding="utf-8")
    assert search_total(run) == PROGRAM_COUNT
    assert run("imports").startswith("made-up: ")
