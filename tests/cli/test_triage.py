"""`gmetui triage`, and the decisions as a field of the query language."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")

SURGERY, NEUROLOGY = "larkspur-surgery-residency", "larkspur-neurology-residency"
MEDICINE = "larkspur-internal-medicine-residency"


def found_ids(run: CommandRunner, *query: str) -> list[str]:
    return run("search", *query, "--format", "ids").split()


def test_decide_list_search_and_forget(run: CommandRunner, home: Path) -> None:
    every = found_ids(run, "kind:residency")
    assert found_ids(run, "kind:residency", "triage:new") == every
    run("triage", "set", "no", SURGERY, "quillmont-neurology-residency")
    run("triage", "set", "maybe", NEUROLOGY)
    run("triage", "set", "interested", MEDICINE)
    assert set(found_ids(run, "triage:no")) == {SURGERY, "quillmont-neurology-residency"}
    assert found_ids(run, "triage:maybe") == [NEUROLOGY]
    assert found_ids(run, "triage:interested") == [MEDICINE]
    assert found_ids(run, "listed:yes") == [MEDICINE]
    assert len(found_ids(run, "kind:residency", "triage:new")) == len(every) - 4
    assert len(found_ids(run, "kind:residency", "-triage:no")) == len(every) - 2
    assert found_ids(run, "kind:residency") == every
    document = json.loads(run("triage", "list", "--verdict", "maybe", "--format", "json"))
    assert [(each["id"], each["verdict"], each["on"], each["in_data"]) for each in document["programs"]] == [
        (NEUROLOGY, "maybe", "2026-11-22", True)
    ]
    assert "maybe" in run("triage")
    exported = run("export", "kind:residency", "--format", "csv", "--output", "-")
    decisions = {row["Id"]: row["Decision"] for row in csv.DictReader(exported.splitlines())}
    assert (decisions[SURGERY], decisions[NEUROLOGY], decisions[MEDICINE]) == ("no", "maybe", "interested")
    assert list(decisions.values()).count("") == len(every) - 4
    assert '"Rank"' not in exported
    assert '"Decision"' in run("search", "triage:no", "--format", "csv")
    searched = json.loads(run("export", "triage:maybe", "--format", "json", "--output", "-"))
    assert searched["programs"][0]["decision"] == "maybe"
    assert "Decision" not in run("export", "kind:residency", "--no-remarks", "--format", "csv", "--output", "-")
    run("triage", "set", "maybe", SURGERY)
    assert found_ids(run, "triage:no") == ["quillmont-neurology-residency"]
    run("triage", "clear", NEUROLOGY)
    assert found_ids(run, "triage:maybe") == [SURGERY]
    run("triage", "clear", "--all")
    assert json.loads(run("triage", "--format", "json")) == {"total": 0, "programs": []}
    assert found_ids(run, "listed:yes") == [MEDICINE]


def test_what_was_passed_over_is_exported(run: CommandRunner, tmp_path: Path) -> None:
    run("triage", "set", "no", SURGERY)
    run("triage", "set", "maybe", NEUROLOGY)
    rows = list(csv.DictReader(run("triage", "-f", "csv").splitlines()))
    assert [(row["Verdict"], row["ID"]) for row in rows] == [("no", SURGERY), ("maybe", NEUROLOGY)]
    for name in ("passed.csv", "passed.tsv", "passed.json"):
        path = tmp_path / name
        assert run("triage", "--verdict", "no", "-o", str(path)) == ""
        assert "exported 1 program" in run.err
        text = path.read_text(encoding="utf-8-sig")
        assert SURGERY in text
        assert NEUROLOGY not in text
    assert json.loads(text)["total"] == 1
    run("triage", "-o", str(tmp_path / "passed.csv"), code=4)
    run("triage", "-o", str(tmp_path / "passed.csv"), "--force")
    run("triage", "-o", str(tmp_path / "passed.docx"), code=2)
    assert "use .csv, .tsv, .json" in run.err


def test_a_program_that_left_the_data_can_be_forgotten(run: CommandRunner, home: Path) -> None:
    home.mkdir()
    text = 'format = 1\nmine = 3\n[[program]]\nid = "gone"\nname = "Gone"\nverdict = "no"\nwhy = "far"\n'
    (home / "triage.toml").write_text(text, encoding="utf-8")
    (gone,) = json.loads(run("triage", "--format", "json"))["programs"]
    assert (gone["id"], gone["name"], gone["in_data"], gone["kind"]) == ("gone", "Gone", False, None)
    run("triage", "set", "no", SURGERY)
    kept = (home / "triage.toml").read_text(encoding="utf-8")
    assert "mine = 3" in kept
    assert 'why = "far"' in kept
    run("triage", "clear", "gone")
    assert found_ids(run, "triage:no") == [SURGERY]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("triage", "set", "perhaps", SURGERY), "unknown decision “perhaps”; use interested, maybe, no"),
        (("triage", "set", "no", "no-such-program"), "unknown program “no-such-program”"),
        (("triage", "clear"), "name programs to forget, or --all"),
        (("triage", "clear", SURGERY), "unknown passed-over program"),
        (("search", "triage:nope"), "unknown value “nope” for triage"),
    ],
)
def test_what_is_refused(run: CommandRunner, arguments: tuple[str, ...], message: str) -> None:
    run(*arguments, code=5 if "unknown p" in message else 2)
    assert message in run.err


@pytest.mark.parametrize(
    "content", ["format = 99", "program = 3", '[[program]]\nid = "x"\nverdict = "perhaps"', "[[program]]", "not toml"]
)
def test_a_damaged_file_is_left_alone(run: CommandRunner, home: Path, content: str) -> None:
    home.mkdir()
    (home / "triage.toml").write_text(content, encoding="utf-8")
    for arguments in (("triage",), ("triage", "set", "no", SURGERY), ("search", "triage:no")):
        run(*arguments, code=3)
        assert "triage.toml" in run.err
    assert (home / "triage.toml").read_text(encoding="utf-8") == content
