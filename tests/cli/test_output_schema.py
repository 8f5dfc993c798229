"""The JSON of every command follows the published schema, and the same thing has the same keys everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gmetui.cli.command_parser import CommandParser
from gmetui.cli.declarations.registry import COMMANDS
from gmetui.tools.output_schema import output_schema
from support import FIXTURE_DATA, CommandRunner

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
SCHEMA = output_schema()
#: Command lines by the name of their schema.
LINES = {
    "search": ("search", "cards", "no", "deadline", "--facets"),
    "show": ("show", CARDIOLOGY, MEDICINE, "quillmont-cytopathology-fellowship"),
    "compare": ("compare", CARDIOLOGY, MEDICINE),
    "institutions": ("institutions",),
    "institutions one": ("institutions", "larkspur"),
    "specialties": ("specialties",),
    "sites": ("sites",),
    "sites one": ("sites", "heart-pavilion"),
    "services": ("services",),
    "services one": ("services", "eras"),
    "shortlist": ("shortlist",),
    "shortlist show": ("shortlist", "show"),
    "shortlist dates": ("shortlist", "dates", "--past"),
    "shortlist columns": ("shortlist", "columns"),
    "shortlist changed": ("shortlist", "changed"),
    "shortlist lists": ("shortlist", "lists"),
    "shortlist history": ("shortlist", "history"),
    "shortlist versions": ("shortlist", "versions", "1"),
    "coverage": ("coverage",),
    "changes": ("changes", str(FIXTURE_DATA)),
    "check": ("check",),
    "check --stale": ("check", "--stale"),
    "edition": ("edition",),
    "fits": ("fits", MEDICINE, CARDIOLOGY),
    "profile": ("profile",),
    "ladder": ("ladder", MEDICINE),
    "ladder --to": ("ladder", "internal-medicine", "--to", "interventional-cardiology"),
    "triage": ("triage",),
    "triage list": ("triage", "list"),
    "season": ("season",),
    "costs": ("costs",),
    "signals": ("signals",),
    "couple": ("couple", "--with-list", "default", "--no-match", "mine"),
    "settings": ("settings",),
    "paths": ("paths",),
    "version": ("version",),
    "imports": ("imports",),
    "imports list": ("imports", "list"),
    "imports fields": ("imports", "fields"),
    "import": ("import", "list.csv", "--dry-run"),
}
pytestmark = pytest.mark.usefixtures("fixture_data")


def fill_shortlist(run: CommandRunner) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "column", "Commute", "--kind", "1-5", "--weight", "2", "--must", ">= 2")
    run("shortlist", "set", MEDICINE, "Commute", "4")
    run("shortlist", "date", CARDIOLOGY, "interview", "2027-01-15", "9:30am")


def has_json(name: str) -> bool:
    formats = [action for action in CommandParser(COMMANDS[name]).own_arguments() if action.dest == "format"]
    return any("json" in (action.choices or ()) for action in formats)


def test_every_command_that_prints_has_json_and_a_schema() -> None:
    """The others act, write files, or print something else: a script, a schema, help, a link."""
    silent = {"", "shortlist", "imports", "export", "serve", "completion", "schema", "help"}
    edits = ("add", "remove", "move", "order", "note", "remark", "status", "signal", "rate", "tag", "date")
    more_edits = ("column", "set", "score", "seen", "undo", "redo", "restore")
    acting = {f"shortlist {name}" for name in (*edits, *more_edits)} | {"imports remove", "imports undo"}
    acting |= {"triage set", "triage clear"} | {f"profile {name}" for name in ("set", "unset", "add", "check", "path")}
    assert {name for name in COMMANDS if not has_json(name)} - silent == acting
    assert {name.removesuffix(" one").removesuffix(" --stale").removesuffix(" --to") for name in LINES} == {
        name for name in COMMANDS if has_json(name) and name != "export"
    }
    assert set(SCHEMA["properties"]) == set(LINES)


@pytest.mark.parametrize("name", LINES)
def test_output_follows_the_schema(run: CommandRunner, name: str) -> None:
    if name.startswith(("shortlist", "season", "costs", "signals", "couple")):
        fill_shortlist(run)
    if name in ("fits", "profile"):
        run("profile", "set", "school_country", "IN")
        run("profile", "set", "visa.needed", "true")
    if name.startswith("triage"):
        run("triage", "set", "maybe", MEDICINE)
    if name == "import":
        Path("list.csv").write_text(f"id,note\n{CARDIOLOGY},x\n", encoding="utf-8")
    document = json.loads(run(*LINES[name], "--format", "json"))
    assert document
    assert_follows(name, document)


def assert_follows(name: str, document: object) -> None:
    schema = {**SCHEMA["properties"][name], "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = [
        f"{list(error.absolute_path)}: {error.message[:300]}"
        for error in jsonschema.Draft202012Validator(schema).iter_errors(document)
    ]
    assert not errors, errors[:3]


def test_plans_and_program_lists_follow_the_schema(run: CommandRunner) -> None:
    fill_shortlist(run)
    run("shortlist", "signal", MEDICINE, "gold")
    Path("list.csv").write_text("Program Name,State,Zip\nAspen Hospital Neurology,MA,02111\n,,\n", encoding="utf-8")
    lines = {
        "season": (("season", "--all"), ("season", "--cycle", "2025-26")),
        "costs": (
            ("costs", "--apply", "internal-medicine=40", "--ranks", "25", "--couple", "--fap", "--international"),
            ("costs", "--season", "2020-21", "--apply", "internal-medicine=3"),
        ),
        "signals": (("signals",), ("signals", "--season", "2020-21")),
        "import": (("import", "list.csv", "--as", "programs", "--dry-run"),),
    }
    for name, variants in lines.items():
        for line in variants:
            assert_follows(name, json.loads(run(*line, "--format", "json")))


def test_the_same_program_is_the_same_everywhere(run: CommandRunner) -> None:
    def program(*line: str) -> dict[str, Any]:
        programs: list[dict[str, Any]] = json.loads(run(*line, "--format", "json"))["programs"]
        return next(program for program in programs if program["id"] == CARDIOLOGY)

    fill_shortlist(run)
    searched = program("search", "larkspur")
    searched.pop("matched")
    shown, compared, listed = (
        program("show", CARDIOLOGY),
        program("compare", CARDIOLOGY, MEDICINE),
        program("shortlist"),
    )
    assert compared == searched
    assert {key: listed[key] for key in searched} == searched
    plain = ("id", "name", "kind", "institution", "specialty", "length_years", "positions_per_year", "city", "state")
    assert {key: shown[key] for key in plain} == {key: searched[key] for key in plain}
    assert set(searched) <= set(shown)
    institution_programs = json.loads(run("institutions", "larkspur", "--format", "json"))["programs"]
    (summary,) = (program for program in institution_programs if program["id"] == CARDIOLOGY)
    assert summary == {key: searched[key] for key in summary}


def test_fields_are_chosen(run: CommandRunner) -> None:
    records = json.loads(run("search", "cards", "larkspur", "--json", "id,length_years,institution.name", "-n", "1"))
    assert records == [{"id": CARDIOLOGY, "length_years": 3, "institution.name": "Larkspur University Hospital"}]
    lines = run("search", "larkspur", "--jsonl", "--json", "id").splitlines()
    ids = run("search", "larkspur", "-f", "ids").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert json.loads(run("show", CARDIOLOGY, "--jsonl"))["id"] == CARDIOLOGY
    assert json.loads(run("institutions", "larkspur", "--json", "id,city")) == {"id": "larkspur", "city": "Port Ellery"}
    assert run("search", "cards", "--json", "id,lenght_years", code=2) == ""  # codespell:ignore lenght
    assert "did you mean “length_years”?" in run.err
    run("search", "cards", "-f", "csv", "--jsonl", code=2)
    run("search", "cards", "--json", code=2)
    assert "--json needs field names" in run.err


def test_the_schema_rejects_what_it_does_not_describe(run: CommandRunner) -> None:
    validator = jsonschema.Draft202012Validator({**SCHEMA["properties"]["search"], "$defs": SCHEMA["$defs"]})
    document = json.loads(run("search", "cards", "-n", "1", "--format", "json"))
    assert validator.is_valid(document)
    for key, value in (("new_key", 1), ("length_years", "3"), ("institution", "Larkspur")):
        changed = {**document, "programs": [{**document["programs"][0], key: value}]}
        assert not validator.is_valid(changed), key
    assert not validator.is_valid({key: value for key, value in document.items() if key != "total"})
