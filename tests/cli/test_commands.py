"""The command line as a whole: search, show, data commands, errors and exit codes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from gmetui import __version__
from gmetui.catalog.catalog import Catalog
from gmetui.loader import load_catalog
from support import (
    FIXTURE_DATA,
    HOSTILE_INSTITUTION,
    HOSTILE_TEXTS,
    PROGRAM_COUNT,
    CommandRunner,
    is_harmless,
    write_hostile_data,
)

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
NEUROLOGY = "larkspur-neurology-residency"

pytestmark = pytest.mark.usefixtures("fixture_data")


def test_search_as_json(run: CommandRunner) -> None:
    document = json.loads(run("search", "larkspur cards fellowship", "--format", "json"))
    assert document["query"] == "larkspur cards fellowship"
    assert document["total"] == len(document["programs"])
    first = document["programs"][0]
    assert first["id"] == CARDIOLOGY
    assert first["institution"] == {"id": "larkspur", "name": "Larkspur University Hospital"}
    specialty = {"id": "cardiovascular-disease", "name": "Cardiovascular disease", "label": "Cardiology"}
    assert first["specialty"] == specialty
    assert (first["length_years"], first["city"], first["benefits"]) == (3, "Port Ellery", None)
    match = {"field": "specialty.abbreviations", "term": "cards", "text": "cards"}
    assert {**match, "snippet": "cards", "spans": [[0, 5]]} in first["matched"]
    assert document["warnings"] == []
    assert "facets" not in document


def test_search_with_facets_limit_and_sort(run: CommandRunner, catalog: Catalog) -> None:
    counts = Counter(program.kind for program in catalog.programs)
    document = json.loads(run("search", "kind:f", "--facets", "--limit", "2", "--sort", "name", "--format", "json"))
    assert len(document["programs"]) == 2
    assert document["total"] == counts["fellowship"]
    kinds = {value["value"]: value for value in document["facets"]["kind"]}
    assert kinds["fellowship"]["selected"]
    assert kinds["residency"]["count"] == counts["residency"]
    assert document["facets"]["length"][-1]["value"] is None
    names = [program["name"].casefold() for program in document["programs"]]
    assert names == sorted(names)


def test_words_with_a_leading_hyphen_belong_to_the_query(run: CommandRunner) -> None:
    ids = run("search", "-kind:fellowship", "-hospital:larkspur", "medicine", "--format", "ids").split()
    assert ids
    assert not [program_id for program_id in ids if program_id.startswith("larkspur")]


def test_a_search_without_matches_succeeds_and_suggests_terms_to_remove(run: CommandRunner) -> None:
    assert json.loads(run("search", "xqzzv", "--format", "json"))["programs"] == []
    assert run("search", "cards inst:larkspur xqzzv") == ""
    assert "0 programs" in run.err
    assert "without xqzzv: 2" in run.err


def test_a_search_without_matches_suggests_the_filter_for_words_about_a_distance(run: CommandRunner) -> None:
    assert run("search", "cards", "near", "quillmont") == ""
    assert "did you mean cards near:quillmont? (1 program)" in run.err


def test_a_search_by_distance_has_the_miles(run: CommandRunner) -> None:
    programs = json.loads(run("search", "near:quillmont,200", "sort:near", "--json", "id,miles"))
    miles = [program["miles"] for program in programs]
    assert miles[0] == 0
    assert miles == sorted(miles)
    assert "miles" not in json.loads(run("search", "cards", "--format", "json"))["programs"][0]


@pytest.mark.parametrize(
    ("command", "correction"),
    [
        (
            ("search", "kind:residencyy", "inst:larkspur", "--format", "ids"),
            "did you mean kind:residency inst:larkspur (",
        ),
        (("search", "kind:residencyy", "--format", "json"), "did you mean kind:residency ("),
        (("search", "deadline:none"), "did you mean no:deadline ("),
        (("export", "kindd:residency", "--format", "csv"), "did you mean kind:residency ("),
        (("specialties", "lenght:2"), "unknown field “lenght”; did you mean “length”?"),  # codespell:ignore lenght
        (("search", "cards", "--sort", "foo"), "unknown sort key “foo”"),
        (("search", "visa:"), "“visa:” is not complete"),
        (("search", "cards", "OR"), "OR needs a term on each side"),
        (("search", "NOT"), "NOT needs a term after it"),
        (("search", '"heart'), "a quotation mark is not closed"),
    ],
)
def test_a_mistake_in_a_query_prints_nothing_but_the_correction(
    run: CommandRunner, command: tuple[str, ...], correction: str
) -> None:
    assert run(*command, code=2) == ""
    assert correction in run.err
    assert run(*command, "--lenient") != ""


def test_words_read_as_a_condition_are_reported(run: CommandRunner) -> None:
    by_words = run("search", "no", "deadline", "--format", "ids")
    assert run.err == "gmetui: “no deadline” means no:deadline\n"
    assert by_words == run("search", "no:deadline", "--format", "ids")
    document = json.loads(run("search", "no deadline larkspur", "--format", "json"))
    assert document["readings"] == [{"words": "no deadline", "condition": "no:deadline"}]


def test_pages_are_results_too(run: CommandRunner) -> None:
    document = json.loads(run("search", "larkspur mission", "--format", "json"))
    (page,) = document["pages"]
    assert (page["kind"], page["id"], page["section"]) == ("institution", "larkspur", "Mission")
    assert page["text"].startswith("To heal everyone")
    run("search", "larkspur mission")
    assert "≡ Larkspur University Hospital: mission (gmetui institutions larkspur)\n" in run.err


def test_search_by_the_shortlist(run: CommandRunner) -> None:
    run("shortlist", "add", MEDICINE, NEUROLOGY)
    run("shortlist", "status", MEDICINE, "applied")
    assert run("search", "listed:applied", "--format", "ids").split() == [MEDICINE]
    assert set(run("search", "has:listed", "--format", "ids").split()) == {MEDICINE, NEUROLOGY}
    assert len(run("search", "no:listed", "--format", "ids").split()) == PROGRAM_COUNT - 2


def test_search_as_table_and_csv(run: CommandRunner) -> None:
    table = run("search", "cards", "larkspur")
    assert "Cardiovascular Disease Fellowship" in table
    assert CARDIOLOGY in table
    assert "\x1b" not in table
    run("search", "cards", "--limit", "1")
    assert run.err.startswith("1 of ")
    assert run("search", "cards larkspur", "--format", "csv").splitlines()[1].startswith('"Cardiovascular')
    assert "Fellowship" in run("search", "cards", "--facets")


def test_show_as_json_has_a_source_for_each_fact(run: CommandRunner) -> None:
    program = json.loads(run("show", CARDIOLOGY, "--format", "json"))["programs"][0]
    assert program["acgme_id"] == "1412499008"
    assert program["sources"]["acgme_id"][0]["id"] == "program-finder-2024"
    assert "acgme_id" in program["third_party_fields"]
    assert program["benefits"] is None
    assert "benefits" in program["not_stated"]
    assert all(source["id"] for sources in program["sources"].values() for source in sources)
    assert all(program["sources"][key] for key in ("length_years", "city", "specialty", "kind"))


def test_show_as_text(run: CommandRunner) -> None:
    text = run("show", MEDICINE, NEUROLOGY)
    assert "Selection: A publication for the research track · 2025-26" in text
    assert "“We train physicians for every shore.”" in text
    assert "Not published\n---" in text
    assert "Sources disagree about positions" in text
    assert "Massachusetts" in text
    assert "Neurology Residency\n===" in text


def test_unknown_ids_suggest_similar_ones(run: CommandRunner) -> None:
    run("show", f"{NEUROLOGY}x", code=5)
    assert f"did you mean “{NEUROLOGY}”" in run.err
    run("institutions", "larkspor", code=5)
    assert "did you mean “larkspur”" in run.err
    run("shortlist", "add", CARDIOLOGY, "nonsense", code=5)
    run("shortlist", "show", "--list", "nowhere", code=5)
    assert run("shortlist", "show") == ""


def test_institutions(run: CommandRunner, catalog: Catalog) -> None:
    institutions = json.loads(run("institutions", "--format", "json"))["institutions"]
    assert [(institution["id"], institution["program_count"]) for institution in institutions] == [
        (institution.id, len(catalog.programs_of(institution.id))) for institution in catalog.institutions
    ]
    assert "Marrowby Children's Hospital" in run("institutions")
    larkspur = json.loads(run("institutions", "larkspur", "--format", "json"))
    assert [statement["what"] for statement in larkspur["statements"]] == ["mission", "vision"]
    assert {route["kind"] for route in larkspur["routes"]} == {"rotator", "verification of training"}
    text = run("institutions", "Larkspur University")
    assert "To heal everyone who reaches our harbor." in text
    assert "PGY-1: $73,000 a year" in text
    assert "For residents and fellows of other programs who want to rotate" in text
    assert run("institutions", "larkspur", "--format", "markdown").startswith("# Larkspur University Hospital\n")
    assert "<h1><bdi>Larkspur University Hospital</bdi></h1>" in run("institutions", "larkspur", "--format", "html")
    run("institutions", "--format", "html", code=2)
    assert "shows a single institution, not 3" in run.err


def test_specialties(run: CommandRunner, catalog: Catalog) -> None:
    assert json.loads(run("specialties", "--format", "json"))["total"] == sum(
        specialty.listed for specialty in catalog.specialties
    )
    specialties = json.loads(run("specialties", "peds cards", "--format", "json"))["specialties"]
    assert specialties[0]["id"] == "pediatric-cardiology"
    assert specialties[0]["sources"]["length_years"][0]["id"]
    assert specialties[0]["programs"][0]["id"] == "marrowby-pediatric-cardiology-fellowship"
    text = run("specialties", "cytopathology")
    assert text.startswith("Cytopathology\n")
    assert "quillmont-cytopathology-fellowship" in text
    assert "Neurology" in run("specialties", "neurology")
    assert run.err == "2 specialties\n"
    everything = run("specialties")
    assert run("specialties", "lenght:2", "--lenient") == everything  # codespell:ignore lenght
    assert "unknown field" in run.err


def test_compare_formats(run: CommandRunner) -> None:
    ids = (MEDICINE, "quillmont-internal-medicine-residency")
    text = run("compare", *ids)
    assert "2 programs compared" in text
    assert "Same for all: Residency · Internal medicine · ERAS · NRMP · 3 years" in text
    assert "Different years" in text
    assert text.count("Kind") == 1
    assert run("compare", *ids, "--everything").count("Kind") == 2
    assert run("compare", *ids, "--everything", "--differences").count("Kind") == 1
    csv = run("compare", *ids, "--format", "csv").splitlines()
    assert csv[1] == f"Id,{ids[0]},{ids[1]}"
    heading = "|  | Larkspur · Internal Medicine Residency | Quillmont · Internal Medicine Residency |"
    assert heading in run("compare", *ids, "--format", "markdown").splitlines()
    report = json.loads(run("compare", *ids, "--format", "json"))
    assert {"programs", "fields", "common", "deciding", "not_published"} <= set(report)
    letters = next(row for row in report["deciding"] if row["fact"] == "letters")
    assert [value and value["summary"] for value in letters["values"]] == ["3", None]


def test_check(run: CommandRunner, tmp_path: Path) -> None:
    assert all(line.endswith("(worth a look)") for line in run("check").splitlines())
    file = tmp_path / "x.toml"
    valid = HOSTILE_INSTITUTION.replace("<b>never</b>", "never")
    file.write_text(valid.partition('[[program]]\nid = "harbor-surgery"')[0], encoding="utf-8")
    assert run("check", str(tmp_path)) == ""
    assert run.err == "no problems\n"
    text = HOSTILE_INSTITUTION.replace('kind = "fellowship"', 'kind = "felowship"')
    file.write_text(text, encoding="utf-8")
    line = text[: text.index("felowship")].count("\n") + 1
    assert run("check", str(tmp_path), code=3).startswith(f"{file}:{line}: program[0].kind: ")
    run("search", "--data", str(tmp_path), "cards", code=3)
    assert f"{file}:{line}: program[0].kind" in run.err
    run("check", str(tmp_path / "nowhere"), code=4)


def test_coverage_schema_and_changes(run: CommandRunner, tmp_path: Path, catalog: Catalog) -> None:
    document = json.loads(run("coverage", "--format", "json", "--older-than", "2021"))
    assert document["older_than"] == 2021
    assert {share["institution"]["id"] for share in document["coverage"]} == set(catalog.institution)
    assert "Requirements" in run("coverage")
    assert "facts stated" in run.err
    assert {line.split("\t")[0] for line in run("coverage", "larkspur").splitlines()} == {"larkspur"}
    run("coverage", "nowhere", code=5)
    assert json.loads(run("schema"))["title"] == "gmetui data file"
    directory = write_hostile_data(tmp_path)
    assert run("changes", str(directory), str(directory)) == ""
    assert "harbor-surgery: removed" in run("changes", str(directory))
    document = json.loads(run("changes", str(directory), "--format", "json"))
    assert document["total"] == len(document["changes"]) == PROGRAM_COUNT + 4
    assert document["changes"][0].keys() == {"program", "what", "field", "before", "after"}


def test_edition(run: CommandRunner, tmp_path: Path) -> None:
    assert f"{PROGRAM_COUNT} programs" in run("edition")
    document = json.loads(run("edition", "--format", "json"))
    assert sum(document["kinds"].values()) == PROGRAM_COUNT
    assert document["version"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    (tmp_path / "data" / "edition.toml").write_bytes((FIXTURE_DATA / "edition.toml").read_bytes())
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    run("edition", "--write", str(tmp_path), code=2)
    assert "--since" in run.err


def test_data_directories_add_to_the_bundled_data_or_replace_it(run: CommandRunner, tmp_path: Path) -> None:
    directory = write_hostile_data(tmp_path)
    ids = run("--no-bundled", "--data", str(directory), "search", "--format", "ids").split()
    assert ids == ["elm-psychiatry", "elm-wilderness", "harbor-surgery", "harbor-cardiology"]
    assert json.loads(run("search", "--data", str(directory), "--format", "json"))["total"] == PROGRAM_COUNT + 4


@pytest.mark.parametrize("content", [b"[[program", b"\xff", b"format = 9", b"[[program]]\nid = 3"])
def test_a_damaged_shortlist_is_reported_and_left_untouched(run: CommandRunner, home: Path, content: bytes) -> None:
    file = home / "shortlists" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    run("shortlist", code=3)
    assert "default.toml" in run.err
    run("shortlist", "add", CARDIOLOGY, code=3)
    run("export", code=3)
    assert file.read_bytes() == content


def test_reading_creates_no_directory(run: CommandRunner, home: Path) -> None:
    for command in (["search", "cards"], ["show", CARDIOLOGY], ["shortlist"], ["export"], ["paths"], ["institutions"]):
        run(*command)
    assert not home.exists()


def test_paths(run: CommandRunner, home: Path) -> None:
    lines = dict(line.split(": ", 1) for line in run("paths").splitlines())
    assert list(lines) == ["data", "settings", "profile", "shortlists", "programs", "cache", "state", "columns"]
    assert lines["shortlists"] == str(home / "shortlists")


@pytest.mark.parametrize(
    "arguments",
    [
        ["serch"],  # codespell:ignore serch
        ["search", "--fromat", "json"],
        ["search", "--limit", "0"],
        ["show"],
        ["export", "--format", "pdf"],
        ["shortlist", "move", "x", "y"],
        ["paths", "-x"],
        ["--nonsense"],
    ],
)
def test_an_invalid_command_line_prints_the_usage(run: CommandRunner, arguments: list[str]) -> None:
    assert run(*arguments, code=2) == ""
    assert run.err.startswith("gmetui")
    assert "--help` shows more" in run.err


def test_without_a_terminal_the_explorer_names_an_alternative(run: CommandRunner) -> None:
    run(code=2)
    assert "needs a terminal" in run.err
    assert "gmetui search" in run.err
    run("--query", "cards", code=2)
    assert "needs a terminal" in run.err


def test_version_and_help(run: CommandRunner) -> None:
    assert run("--version").startswith(f"gmetui {__version__}, data edition {load_catalog().edition.version} of ")
    for arguments in (["--help"], ["-h"], ["search", "--help"], ["shortlist", "note", "--help"]):
        assert "gmetui" in run(*arguments)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_echoed_text_is_harmless(run: CommandRunner, text: str) -> None:
    for arguments, code in ((["search", text], 0), (["show", text], 5), (["institutions", text], 5)):
        output = run(*arguments, code=code)
        assert is_harmless(output.replace("\t", " ") + run.err)
    run("shortlist", "add", CARDIOLOGY)
    run("shortlist", "note", CARDIOLOGY, text)
    assert is_harmless(run("shortlist").replace("\t", " ") + run.err)


def test_a_list_name_cannot_lead_to_another_directory(run: CommandRunner) -> None:
    run("--list", "../../x", "shortlist", code=2)
    assert "cannot name a list" in run.err


def test_check_lists_what_to_read_again_first(run: CommandRunner) -> None:
    lines = run("check", "--stale").splitlines()
    assert any("facts unconfirmed" in line for line in lines)
    assert any(line.startswith("  https://") for line in lines)
