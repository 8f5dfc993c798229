"""What scripts rely on: exit codes, no output after an error, stable lines in a pipe, and names of programs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from gmetui.cli import output
from gmetui.cli.table_output import Column, RecordTable, TableStyle, aligned, select_columns
from gmetui.cli.terminal import supports_hyperlinks, wants_color
from gmetui.errors import UsageError
from gmetui.reports.text_table import cell_count
from support import CommandRunner

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
NEUROLOGY = "larkspur-neurology-residency"
pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("show nope-1 nope-2", 5, "unknown program “nope-2”"),
        (f"compare {CARDIOLOGY}", 2, "compare needs two programs or more"),
        (f"compare {CARDIOLOGY} {CARDIOLOGY}", 2, "compare needs two programs or more"),
        (f"compare {CARDIOLOGY} nope", 5, "unknown program “nope”"),
        (f"shortlist add {CARDIOLOGY} nope-1 nope-2", 5, "unknown program “nope-2”"),
        ("shortlist remove nope-1 nope-2", 5, "unknown program on the list “nope-1”"),
        ("shortlist show --list ../x", 2, "cannot name a list"),
        ("shortlist show --list CON", 2, "cannot name a list"),
        ("search has:listed --list ../x", 2, "cannot name a list"),
        ("shortlist --sort bogus", 2, "the keys are rank, score"),
        ("shortlist order bogus", 2, "unknown sort key “bogus”"),
        ("search --sort bogus", 2, "unknown sort key “bogus”"),
        ("search --columns name,bogus", 2, "unknown column “bogus”"),
        ("search --json id,bogus", 2, "unknown field “bogus”"),
        ("export kindd:residency", 2, "unknown field “kindd”"),
        ("export --output list.pdf", 2, "cannot export to"),
        ("institutions nowhere", 5, "unknown institution “nowhere”"),
        ("sites nowhere", 5, "unknown site “nowhere”"),
        ("services nowhere", 5, "unknown service “nowhere”"),
        ("shortlist restore 999", 5, "unknown"),
        ("shortlist show --list nowhere", 5, "unknown list “nowhere”"),
        ("imports remove nowhere", 5, "unknown imported list “nowhere”"),
        ("import nowhere.csv", 4, "cannot read nowhere.csv"),
        ("check nowhere.toml", 4, "nowhere.toml"),
        ("help nowhere", 2, "no help on “nowhere”"),
        ("schema nowhere", 2, "unknown schema “nowhere”"),
        ("institutions -f html", 2, "shows a single institution"),
    ],
)
def test_an_error_has_its_code_and_prints_nothing(run: CommandRunner, line: str, code: int, message: str) -> None:
    assert run(*line.split(), code=code) == ""
    assert message in run.err
    assert "Traceback" not in run.err


def test_show_prints_what_it_finds_and_names_what_it_does_not(run: CommandRunner) -> None:
    assert "Cardiovascular Disease Fellowship" in run("show", "nope-1", CARDIOLOGY, "nope-2", code=5)
    assert "“nope-1”" in run.err
    assert "“nope-2”" in run.err
    document = json.loads(run("show", CARDIOLOGY, "nope", "-f", "json", code=5))
    assert [program["id"] for program in document["programs"]] == [CARDIOLOGY]


def test_repeated_programs_count_once(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, NEUROLOGY, CARDIOLOGY)
    assert run.err.startswith("added 2 programs")
    run("shortlist", "remove", CARDIOLOGY, CARDIOLOGY)
    assert run.err.startswith("removed Larkspur University Hospital · Cardiovascular")
    assert run("compare", CARDIOLOGY, NEUROLOGY, CARDIOLOGY).count("2 programs compared") == 1


@pytest.mark.parametrize(
    "name",
    [
        CARDIOLOGY,
        CARDIOLOGY.upper(),
        "larkspur-cardiov",
        "Larkspur-Cardiov",
        "larkspur/cardiology",
        "larkspur/cards",
        "Larkspur University/cardiovascular-disease",
    ],
)
def test_a_name_that_means_one_program_is_accepted(run: CommandRunner, name: str) -> None:
    assert json.loads(run("show", name, "--json", "id")) == [{"id": CARDIOLOGY}]
    run("shortlist", "add", CARDIOLOGY, NEUROLOGY)
    run("shortlist", "rate", name, "4")
    assert json.loads(run("shortlist", "--json", "id,rating"))[0] == {"id": CARDIOLOGY, "rating": 4}


def test_a_name_that_means_several_names_them(run: CommandRunner) -> None:
    run("show", "larkspur-", code=5)
    assert "can mean" in run.err
    run("show", "cards larkspur", code=5)
    assert f"“{CARDIOLOGY}”" in run.err
    run("show", "larkspur/nonsense", code=5)
    run("show", "", code=5)


def test_ids_come_from_standard_input(run: CommandRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = run("search", "larkspur", "neurology", "-f", "ids")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{ids}\n{CARDIOLOGY}\n"))
    run("shortlist", "add", "-")
    assert json.loads(run("shortlist", "--json", "id"))[-1] == {"id": CARDIOLOGY}


def test_a_pipe_gets_one_whole_line_a_row_whatever_the_terminal(
    run: CommandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = run("search", "cards").splitlines()
    ids = run("search", "cards", "-f", "ids").splitlines()
    assert [line.split("\t")[-1] for line in lines] == ids
    for columns in ("40", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        assert run("search", "cards").splitlines() == lines
    assert run("search", "xqzzv") == ""
    assert run("search", "cards", "-f", "csv").startswith('"Program"')  # no byte order mark
    chosen = run("search", "cards", "larkspur", "-n", "1", "-c", "id,hospital,visa,name")
    assert chosen.split("\t")[0::3] == [CARDIOLOGY, "Cardiovascular Disease Fellowship\n"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_a_table_fits_the_terminal_with_one_line_a_row(
    run: CommandRunner, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("GMETUI_FORCE_TTY", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "note", MEDICINE, "ask about boats\nand tides")
    for command in (["search", "cards"], ["shortlist"], ["shortlist", "dates"], ["sites"], ["services"]):
        lines = run(*command).splitlines()
        count = len(
            json.loads(run(*command, "--json", "id" if command[0] != "shortlist" or command[1:] == [] else "what"))
        )
        assert len(lines) == count + 1, command
        assert all(cell_count(line) <= width for line in lines), command
    heading = run("search", "cards").splitlines()[0].split()
    assert heading[:2] == ["Program", "Hospital"]
    assert ("ID" in heading) == (width == 200)
    text = run("show", CARDIOLOGY)
    assert all(
        cell_count(line) <= max(width, 60) or "http" in line or CARDIOLOGY[:9] in line for line in text.splitlines()
    )


def test_columns_are_cut_and_left_out() -> None:
    columns = (
        Column("name", "Name", least_width=12),
        Column("years", "Years", is_number=True),
        Column("id", "ID", whole_cells=True),
    )
    table = RecordTable(columns, [("A name that is long", "3", "a-name-that-is-long"), ("日本日本日本日本", "", "b")])
    assert (
        aligned(table, TableStyle(26)) == "Name                 Years\nA name that is long      3\n日本日本日本日本\n"
    )
    assert aligned(table, TableStyle(20)).splitlines()[2] == "日本日本日本…"
    assert aligned(table, TableStyle(60)).splitlines()[0] == "Name                 Years  ID"
    chosen = select_columns(table, "id,name")
    assert aligned(chosen, TableStyle(26)).splitlines()[1] == "a-name-that…  A name that…"
    assert "\x1b[1m" in aligned(table, TableStyle(60, has_color=True))
    with pytest.raises(UsageError, match="unknown column"):
        select_columns(table, "nope")


def test_names_are_links_where_the_terminal_has_them() -> None:
    table = RecordTable(
        (Column("program", "Program"),), [("A",), ("B",)], "program", ("https://example.org/a", "javascript:x")
    )
    lines = aligned(table, TableStyle(40, has_links=True)).splitlines()
    assert lines[1] == "\x1b]8;;https://example.org/a\x1b\\A\x1b]8;;\x1b\\"
    assert lines[2] == "B"


@pytest.mark.parametrize(
    ("choice", "environment", "is_terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(
    monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], is_terminal: bool, expected: bool
) -> None:
    for name in ("CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GMETUI_FORCE_TTY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    assert wants_color(choice) is expected


def test_hyperlinks_only_where_they_are_known_to_work(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VTE_VERSION", "TERM_PROGRAM", "WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert not supports_hyperlinks()
    monkeypatch.setenv("VTE_VERSION", "6003")
    assert supports_hyperlinks()
    monkeypatch.setenv("FORCE_HYPERLINK", "0")
    assert not supports_hyperlinks()


def test_long_pages_open_in_the_pager(run: CommandRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {tmp_path}/page\n", encoding="utf-8")
    pager.chmod(0o755)
    page = tmp_path / "page"
    monkeypatch.setattr(output, "is_terminal", lambda stream: True)
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("GMETUI_PAGER", str(pager))
    assert run("show", CARDIOLOGY) == ""
    assert page.read_text(encoding="utf-8").startswith("Cardiovascular Disease Fellowship\n=")
    assert "Cardiovascular" in run("show", CARDIOLOGY, "--no-pager")
    assert run("version") != ""  # short
    for no_pager in ("", "cat", "no-such-pager-anywhere", "'unclosed"):
        monkeypatch.setenv("GMETUI_PAGER", no_pager)
        assert "Cardiovascular" in run("show", CARDIOLOGY)


def test_text_is_readable_without_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    output.prepare_streams()
    output.print_line("“Río” – naïve… → 日 ½")
    stream.flush()
    assert stream.buffer.getvalue() == b'"Rio" - naive... -> \\u65e5 1/2\n'
