"""`gmetui export`: formats, files, and which notes are included."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

from gmetui.export.formats import FORMATS
from support import CommandRunner

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"

pytestmark = pytest.mark.usefixtures("fixture_data")


def test_the_shortlist_or_the_matches_of_a_query(run: CommandRunner, tmp_path: Path) -> None:
    run("shortlist", "add", CARDIOLOGY)
    assert CARDIOLOGY in run("export")
    csv = run("export", "--format", "csv")
    run("export", "--output", str(tmp_path / "x.csv"))
    assert run.err == f"exported 1 program to {tmp_path / 'x.csv'}\n"
    assert (tmp_path / "x.csv").read_bytes().decode() == csv
    run("export", "transplant", "larkspur", "--output", str(tmp_path / "x.json"))
    programs = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["programs"]
    assert [program["id"] for program in programs] == run("search", "transplant", "larkspur", "--format", "ids").split()
    assert tomllib.loads(run("export", "--format", "toml"))["program"][0]["id"] == CARDIOLOGY


def test_directories_are_created_and_errors_reported(run: CommandRunner, tmp_path: Path) -> None:
    run("export", "--output", str(tmp_path / "new" / "deep" / "x.csv"))
    assert (tmp_path / "new" / "deep" / "x.csv").exists()
    run("export", "--output", str(tmp_path), code=4)
    assert "cannot write" in run.err


@pytest.mark.parametrize("name", FORMATS)
def test_the_extension_selects_the_format(run: CommandRunner, tmp_path: Path, name: str) -> None:
    run("shortlist", "add", CARDIOLOGY)
    by_extension, by_name = tmp_path / f"a.{FORMATS[name].extension}", tmp_path / "b"
    run("export", "--output", str(by_extension))
    run("export", "--format", name, "--output", str(by_name))
    assert by_extension.read_bytes() == by_name.read_bytes()


def test_a_binary_format_is_not_printed_on_a_terminal(run: CommandRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run("export", "--format", "xlsx", code=2)
    assert "--output FILE.xlsx" in run.err


def test_notes_and_comments_are_included_as_requested(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "note", CARDIOLOGY, "secret one")
    run("shortlist", "note", MEDICINE, "open two")
    run("shortlist", "tag", MEDICINE, "a-tag")
    run("shortlist", "remark", CARDIOLOGY, "Dr. Gray", "what she thinks")
    assert "what she thinks" in run("export", "--format", "html")
    without_notes = run("export", "--format", "html", "--no-notes")
    assert "what she thinks" not in without_notes
    assert "secret one" not in without_notes
    shared = run("export", "--format", "html", "--note-of", MEDICINE)
    assert "secret one" not in shared
    assert "open two" in shared
    programs_only = run("export", "--format", "html", "--no-remarks")
    assert "open two" not in programs_only
    assert "a-tag" not in programs_only
    run("export", "--note-of", "nobody", code=5)
