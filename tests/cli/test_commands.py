"""The command line, in process: data on standard output, words on standard error, exit codes."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog
from gmetui.loader import load
from support import HOSTILE, INSTITUTION, TOTAL, Run, is_harmless, write_data

CARDS = "tufts-cardiovascular-disease-fellowship"
NEURO = "tufts-neurology-residency"


def test_search_as_json(run: Run) -> None:
    found = json.loads(run("search", "tufts cards fellowship", "--format", "json"))
    assert found["query"] == "tufts cards fellowship"
    assert found["total"] == len(found["programs"])
    first = found["programs"][0]
    assert first["id"] == CARDS
    assert first["institution"] == {"id": "tufts", "name": "Tufts Medicine"}
    assert first["specialty"] == {"id": "cardiovascular-disease", "name": "Cardiovascular disease"}
    named = {"field": "specialty.abbreviations", "term": "cards", "text": "cards"}
    assert {**named, "snippet": "cards", "spans": [[0, 5]]} in first["matched"]
    assert found["warnings"] == []
    assert "facets" not in found


def test_search_with_facets_limit_and_sort(run: Run, catalog: Catalog) -> None:
    kinds_there = Counter(program.kind for program in catalog.programs)
    found = json.loads(run("search", "kind:f", "--facets", "--limit", "2", "--sort", "name", "--format", "json"))
    assert len(found["programs"]) == 2
    assert found["total"] == kinds_there["fellowship"]
    kinds = {value["value"]: value for value in found["facets"]["kind"]}
    assert kinds["fellowship"]["selected"]
    assert kinds["residency"]["count"] == kinds_there["residency"]
    assert found["facets"]["length"][-1]["value"] is None
    names = [program["name"].casefold() for program in found["programs"]]
    assert names == sorted(names)


def test_words_that_begin_with_a_hyphen_are_part_of_a_query(run: Run) -> None:
    found = run("search", "-kind:fellowship", "-hospital:tufts", "cards", "--format", "ids").split()
    assert found
    assert all(not own.startswith("tufts") for own in found)


def test_search_that_finds_nothing_is_done(run: Run) -> None:
    assert json.loads(run("search", "xqzzv", "--format", "json"))["programs"] == []
    assert run("search", "cards inst:tufts xqzzv") == ""
    assert "without xqzzv: 4" in run.err


def test_search_says_what_it_did_not_understand(run: Run) -> None:
    run("search", "lenght:2", "--limit", "1", "--format", "ids")
    assert "no field “lenght”; length?" in run.err


def test_search_as_table_and_csv(run: Run) -> None:
    table = run("search", "cards", "tufts")
    assert "Cardiovascular Disease Fellowship Training Program" in table
    assert CARDS in table
    assert "\x1b" not in table
    assert run("search", "cards tufts", "--format", "csv").splitlines()[1].startswith('"1","Cardiovascular')
    assert "Fellowship" in run("search", "cards", "--facets")


def test_show_as_json_has_every_field_with_its_page(run: Run) -> None:
    program = json.loads(run("show", CARDS, "--format", "json"))["programs"][0]
    assert program["acgme_id"]["value"] == "1412421010"
    assert "residencyadvisor.com" in program["acgme_id"]["source"]["url"]
    assert program["acgme_id"]["source"]["publisher"] == "third-party"
    assert program["visa"] is None
    assert "visa" in program["not_stated"]
    for key, value in program.items():
        if isinstance(value, dict) and "value" in value:
            assert value["source"]["id"], key


def test_show_as_text(run: Run) -> None:
    text = run("show", CARDS, NEURO)
    assert "Training completed that makes the applicant ABIM board-eligible" in text
    assert "“Empower people to live their best lives" in text
    assert "Not stated" in text
    assert "undated" in text
    assert "Neurology Residency Program" in text


def test_unknown_ids_suggest_the_nearest(run: Run) -> None:
    run("show", "tufts-neurology-residenc", code=5)
    assert "did you mean tufts-neurology-residency" in run.err
    run("institutions", "tuftz", code=5)
    assert "did you mean tufts" in run.err
    run("shortlist", "add", CARDS, "nonsense", code=5)
    run("shortlist", "show", "--list", "nowhere", code=5)
    assert run("shortlist", "show") == ""


def test_institutions(run: Run, catalog: Catalog) -> None:
    listed = json.loads(run("institutions", "--format", "json"))
    shown = [(own["id"], own["programs"]) for own in listed["institutions"]]
    assert shown == [(own.id, len(catalog.programs_of(own.id))) for own in catalog.institutions]
    whole = json.loads(run("institutions", "tufts", "--format", "json"))
    assert {s["what"] for s in whole["statements"]} == {"mission", "vision", "values"}
    assert {r["kind"] for r in whole["routes"]} == {"rotator", "visiting student", "verification of training"}
    assert len(whole["programs"]) == 57
    text = run("institutions", "MGH")
    assert "the MGH aims to deliver the very best health care" in " ".join(text.split())
    assert "PGY-1 78,540" in text


def test_specialties(run: Run) -> None:
    assert json.loads(run("specialties", "--format", "json"))["total"] == 233
    found = json.loads(run("specialties", "peds cards", "--format", "json"))["specialties"]
    assert found[0]["id"] == "pediatric-cardiology"
    assert found[0]["length_years"]["source"]["id"]
    assert found[0]["synonyms"]["basis"] == "general knowledge"
    assert "Triple board" in run("specialties", "triple board")


def test_a_shortlist_from_the_command_line(run: Run) -> None:
    run("shortlist", "add", CARDS, NEURO)
    run("shortlist", "move", NEURO, "1")
    run("shortlist", "note", CARDS, "ask about visas")
    run("shortlist", "status", CARDS, "applied")
    found = json.loads(run("shortlist", "--format", "json"))
    assert [(p["rank"], p["id"], p["note"], p["status"]) for p in found["programs"]] == [
        (1, NEURO, "", ""),
        (2, CARDS, "ask about visas", "applied"),
    ]
    run("shortlist", "remove", NEURO)
    run("shortlist", "undo")
    assert "undone: removed Neurology Residency Program" in run.err
    assert len(json.loads(run("shortlist", "show", "--format", "json"))["programs"]) == 2
    run("shortlist", "redo")
    assert len(json.loads(run("shortlist", "show", "--format", "json"))["programs"]) == 1
    assert "added" in run("shortlist", "history")
    run("--list", "second", "shortlist", "add", CARDS)
    assert run("shortlist", "lists").split() == ["default", "second"]
    run("shortlist", "remove", "nonsense", code=5)


def test_export_of_the_shortlist_and_of_matches(run: Run, tmp_path: Path) -> None:
    run("shortlist", "add", CARDS)
    assert CARDS in run("export")
    csv = run("export", "--format", "csv")
    run("export", "--output", str(tmp_path / "x.csv"))
    assert (tmp_path / "x.csv").read_bytes().decode() == csv
    run("export", "cards", "tufts", "--output", str(tmp_path / "x.json"))
    assert len(json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["programs"]) == 4
    assert tomllib.loads(run("export", "--format", "toml"))["program"][0]["id"] == CARDS
    run("export", "--output", str(tmp_path / "nowhere" / "deep" / "x.csv"))
    run("export", "--output", str(tmp_path), code=4)
    assert "cannot write" in run.err


def test_check(run: Run, tmp_path: Path) -> None:
    bundled = run("check")
    assert all(line.endswith("(worth a look)") for line in bundled.splitlines())
    file = tmp_path / "x.toml"
    good = INSTITUTION.replace("<b>never</b>", "never")
    file.write_text(good.partition('[[program]]\nid = "harbor-surgery"')[0], encoding="utf-8")
    assert run("check", str(tmp_path)) == ""
    text = INSTITUTION.replace('kind = "fellowship"', 'kind = "felowship"')
    file.write_text(text, encoding="utf-8")
    line = text[: text.index("felowship")].count("\n") + 1
    said = run("check", str(tmp_path), code=3)
    assert said.startswith(f"{file}:{line}: program[0].kind: 'felowship' is not known; one of residency")
    run("search", "--data", str(tmp_path), "cards", code=3)
    assert f"{file}:{line}: program[0].kind" in run.err
    run("check", str(tmp_path / "nowhere"), code=4)


def test_the_data_as_a_whole(run: Run, tmp_path: Path, catalog: Catalog) -> None:
    found = json.loads(run("coverage", "--format", "json", "--older-than", "2021"))
    assert found["older_than"] == 2021
    assert {share["institution"] for share in found["coverage"]} == set(catalog.institution)
    assert "Requirements" in run("coverage")
    assert "facts are stated" in run.err
    assert json.loads(run("schema"))["title"] == "gmetui data file"
    directory = write_data(tmp_path)
    assert run("changes", str(directory), str(directory)) == ""
    assert "harbor-surgery: removed" in run("changes", str(directory))
    assert json.loads(run("changes", str(directory), "--format", "json"))["total"] == TOTAL + 4


def test_data_of_ones_own(run: Run, tmp_path: Path) -> None:
    directory = write_data(tmp_path)
    alone = run("--no-bundled", "--data", str(directory), "search", "--format", "ids").split()
    assert alone == ["elm-psychiatry", "elm-wilderness", "harbor-surgery", "harbor-cardiology"]
    both = json.loads(run("search", "--data", str(directory), "--format", "json"))
    assert both["total"] == TOTAL + 4


@pytest.mark.parametrize(
    ("content", "code"), [(b"[[program", 3), (b"\xff", 3), (b"format = 9", 3), (b"[[program]]\nid = 3", 3)]
)
def test_a_broken_shortlist_is_named_and_kept(run: Run, home: Path, content: bytes, code: int) -> None:
    file = home / "shortlists" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    run("shortlist", code=code)
    assert "default.toml" in run.err
    run("shortlist", "add", CARDS, code=code)
    run("export", code=code)
    assert file.read_bytes() == content


def test_reading_makes_no_directory(run: Run, home: Path) -> None:
    for command in (["search", "cards"], ["show", CARDS], ["shortlist"], ["export"], ["paths"], ["institutions"]):
        run(*command)
    assert not home.exists()


@pytest.mark.parametrize(
    "argv",
    [
        ["serch"],
        ["search", "--fromat", "json"],
        ["search", "--limit", "0"],
        ["show"],
        ["export", "--format", "pdf"],
        ["shortlist", "move", "x", "y"],
        ["paths", "-x"],
        ["--nonsense"],
    ],
)
def test_wrong_command_lines(run: Run, argv: list[str]) -> None:
    run(*argv, code=2)
    assert "usage:" in run.err


def test_without_a_terminal_it_says_what_works(run: Run) -> None:
    run(code=2)
    assert "needs a terminal" in run.err
    assert "gmetui search" in run.err


def test_version_and_help(run: Run) -> None:
    assert run("--version").startswith(f"gmetui 0.1.0, data edition {load().edition.version} of ")
    for argv in (["--help"], ["-h"], ["search", "--help"], ["shortlist", "note", "--help"]):
        assert "usage:" in run(*argv)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_echoed_is_harmless(run: Run, text: str) -> None:
    for argv, code in ((["search", text], 0), (["show", text], 5), (["institutions", text], 5)):
        out = run(*argv, code=code)
        assert is_harmless(out + run.err)
    run("shortlist", "add", CARDS)
    run("shortlist", "note", CARDS, text)
    assert is_harmless(run("shortlist") + run.err)


def test_no_command_names_another_list_out_of_its_place(run: Run) -> None:
    run("--list", "../../x", "shortlist", code=4)
    assert "cannot name a list" in run.err
