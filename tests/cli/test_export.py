"""`gmetui export`: formats, files, and which notes are included."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from gmetui.cli import clock, prompts
from gmetui.export.formats import FORMATS
from gmetui.text import format_date
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
    assert not csv.startswith("\ufeff")
    assert (tmp_path / "x.csv").read_bytes().decode() == f"\ufeff{csv}", "Excel needs the byte order mark"
    run("export", "transplant", "larkspur", "--output", str(tmp_path / "x.json"))
    programs = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["programs"]
    assert [program["id"] for program in programs] == run("search", "transplant", "larkspur", "--format", "ids").split()
    assert tomllib.loads(run("export", "--format", "toml"))["program"][0]["id"] == CARDIOLOGY


def test_no_folder_is_made_and_errors_are_reported(run: CommandRunner, tmp_path: Path) -> None:
    run("export", "--output", str(tmp_path / "new" / "x.csv"), code=4)
    assert f"there is no folder {tmp_path / 'new'}" in run.err
    assert not (tmp_path / "new").exists()
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


def test_an_existing_file_is_replaced_by_consent_only(
    run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("mine")
    run("export", "--output", str(file), code=4)
    assert "--force replaces it" in run.err
    monkeypatch.setattr(prompts, "is_interactive", lambda: True)
    for answer, code in (("n", 4), ("", 4), ("y", 0)):
        monkeypatch.setattr(prompts, "ask", lambda question, answer=answer: answer)
        run("export", "--output", str(file), code=code)
        assert (file.read_text() == "mine") is (code == 4)
    run("export", "--output", str(file), "--force")


@pytest.mark.parametrize("name", ["list.pdf", "list.PDF", "list.xls", "list.docx"])
def test_no_file_gets_a_name_that_promises_another_format(run: CommandRunner, tmp_path: Path, name: str) -> None:
    for options in ((), ("--format", "text")):
        run("export", *options, "--output", str(tmp_path / name), code=2)
        assert "cannot export to" in run.err
        assert not (tmp_path / name).exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of Unix")
def test_the_umask_decides_who_reads_a_file(run: CommandRunner, tmp_path: Path) -> None:
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        previous_mask = os.umask(mask)
        try:
            run("export", "--output", str(tmp_path / f"{mask}.csv"))
        finally:
            os.umask(previous_mask)
        assert stat.S_IMODE((tmp_path / f"{mask}.csv").stat().st_mode) == mode


def test_a_calendar_has_what_lies_ahead(run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 20))
    ahead = run("export", MEDICINE, "--format", "ics")
    assert re.fullmatch(r"exported 1 date of \d programs, without 2 past dates \(.*\)\n", run.err)
    assert "SUMMARY:Interview" in ahead
    assert run("export", MEDICINE, "--format", "ics", "--past").count("BEGIN:VEVENT") == 3
    monkeypatch.setattr(clock, "today", lambda: date(2030, 1, 1))
    run("export", MEDICINE, "--output", str(tmp_path / "list.ics"))
    assert re.match(r"exported 0 dates of \d programs, without 3 past dates", run.err)


def test_events_are_numbered_higher_when_the_list_changes(run: CommandRunner, tmp_path: Path) -> None:
    def sequence() -> int:
        return int(run("export", "--format", "ics", "--past").partition("SEQUENCE:")[2].split()[0])

    run("shortlist", "add", CARDIOLOGY)
    run("shortlist", "date", CARDIOLOGY, "interview", "2030-01-12")
    first = sequence()
    assert sequence() == first, "nothing changed"
    run("shortlist", "date", CARDIOLOGY, "interview", "2030-01-13")
    assert sequence() > first
    run("export", "--output", str(tmp_path / "list.ics"))
    before = sequence()
    run("shortlist", "undo")
    run("export", "--output", str(tmp_path / "list.ics"), "--force")
    after = (tmp_path / "list.ics").read_text(encoding="utf-8").partition("SEQUENCE:")[2].split()[0]
    assert int(after) > before, "an undo is a change of the event too"


def test_a_web_page_names_its_author_and_its_day(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY)
    page = run("export", "--format", "html", "--by", "Dr. Ann")
    assert f"Dr. Ann · {format_date(clock.today().isoformat())}" in page
