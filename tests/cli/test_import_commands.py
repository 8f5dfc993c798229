"""`gmetui import`: what it saves before it prints, what undo reverses, and lists from standard input."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import user_paths
from importing.program_lists import ROWS, as_csv
from support import CommandRunner

MEDICINE = "larkspur-internal-medicine-residency"
SHEET = "Rank,Specialty,Hospital,Notes\n1,Internal Medicine,Larkspur,near\n2,Neurology,Elm,far\n"

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def saved_ids(run: CommandRunner, *options: str) -> list[str]:
    programs = json.loads(run("shortlist", "--format", "json", *options))["programs"]
    return [program["id"] for program in programs]


def undo_arguments(message: str) -> list[str]:
    """Return the arguments of the undo command that a message prints."""
    command = next(part for part in message.split("`") if part.startswith("gmetui ") and " undo" in part)
    return command.split()[1:]


@pytest.mark.parametrize("options", [[], ["--list", "other"]])
def test_undo_works_as_printed(run: CommandRunner, sheet: Path, options: list[str]) -> None:
    run("import", str(sheet), *options)
    undo = undo_arguments(run.err)
    assert saved_ids(run, *options) == [MEDICINE]
    run(*undo)
    assert saved_ids(run, *options) == []


def test_undo_of_a_new_program_list_removes_it(run: CommandRunner, tmp_path: Path) -> None:
    path = tmp_path / "Made up.csv"
    path.write_text(as_csv(ROWS), encoding="utf-8")
    run("import", str(path))
    undo = undo_arguments(run.err)
    for expected_names in ([], ["made-up"], []):
        run(*undo)
        assert [imported.name for imported in ImportStore(user_paths().programs).lists()] == expected_names
    run(*undo)
    run("import", str(path))
    assert "made-up is unchanged" in run.err


def test_unmatched_rows_are_kept_on_request(run: CommandRunner, sheet: Path) -> None:
    run("import", str(sheet))
    assert "1 row without a program; --keep-unmatched" in run.err
    run("import", str(sheet), "--keep-unmatched")
    assert saved_ids(run) == [MEDICINE, "stand-in-elm-neurology"]
    assert "not in the data" in run("export", "--format", "csv")
    assert "no longer" not in run("export", "--format", "markdown")


def test_lists_come_from_standard_input(run: CommandRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (SHEET, as_csv(ROWS)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        run("import", "-", *(["--name", "piped"] if text != SHEET else []))
    assert saved_ids(run) == [MEDICINE]
    assert [imported.name for imported in ImportStore(user_paths().programs).lists()] == ["piped"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes of POSIX")
@pytest.mark.parametrize("kind", ["shortlist", "programs"])
def test_the_import_is_saved_before_it_is_printed(sheet: Path, tmp_path: Path, kind: str) -> None:
    """`gmetui import FILE | head -1`: the reader of standard output is gone at once."""
    if kind == "programs":
        sheet.write_text(as_csv(ROWS), encoding="utf-8")
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    environment = {**os.environ, "GMETUI_HOME": str(tmp_path / "home")}
    arguments = [sys.executable, "-m", "gmetui", "import", str(sheet), "--as", kind, "--keep-unmatched"]
    try:
        subprocess.run(arguments, stdout=writing_end, stderr=subprocess.DEVNULL, env=environment, check=False)
    finally:
        os.close(writing_end)
    saved = [path.name for path in (tmp_path / "home").rglob("*.toml")]
    assert ("mine.toml" if kind == "programs" else "default.toml") in saved
