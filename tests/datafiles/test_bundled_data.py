"""The bundled data: well formed, every fact with its page. A failure tells a data contributor what to correct."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import is_name_only
from gmetui.catalog.facts import institution_facts, program_facts, specialty_facts
from gmetui.datafiles.files import bundled_data_directory, bundled_files, check_files
from gmetui.datafiles.json_schema import json_schema
from gmetui.search import Query, search

ROOT = Path(str(bundled_data_directory()))
FILES = dict(bundled_files())
#: Fields of a specialty that gmetui's authors wrote, so that no page states them.
EDITORIAL_FIELDS = {"id", "name", "display", "kind", "group", "about", "note", "names_here", "variants", "code"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_clean_and_names_its_schema(name: str) -> None:
    text = FILES[name].decode("utf-8")
    assert "\r" not in text, f"{name}: use Unix line ends"
    assert "\t" not in text, f"{name}: use spaces instead of tabs"
    assert text == text.strip() + "\n", f"{name}: no blank lines at the start and the end, one line end after the last"
    schema = text.splitlines()[0].removeprefix("#:schema ")
    is_schema = ((ROOT.parent / name).parent / schema).resolve() == (ROOT / "schema.json").resolve()
    assert is_schema, f"{name}: the first line must be #:schema and the path of schema.json"
    errors = list(jsonschema.Draft7Validator(json_schema()).iter_errors(tomllib.loads(text)))
    assert not errors, f"{name}: {errors[0].message}" if errors else ""


def test_check_reports_no_problems() -> None:
    problems = [str(problem) for problem in check_files([]) if not problem.doubtful]
    assert not problems, "run `gmetui check`:\n" + "\n".join(problems)


def test_every_fact_has_a_source(bundled_catalog: Catalog) -> None:
    problems = []
    for program in bundled_catalog.programs:
        facts = program_facts(bundled_catalog, program)
        problems += [f"{program.id}: {f.key}" for f in facts if bool(f.citations) is not bool(f.values)]
        problems += [f"{program.id}: statement" for statement in program.statements if not statement.source]
    for institution in bundled_catalog.institutions:
        for fact in institution_facts(bundled_catalog, institution):
            is_general_knowledge = fact.key in institution.provenance.general_knowledge
            if bool(fact.citations) is not (bool(fact.values) and not is_general_knowledge):
                problems.append(f"{institution.id}: {fact.key}")
    for specialty in bundled_catalog.specialties:
        for fact in specialty_facts(bundled_catalog, specialty) if specialty.listed else ():
            needs_source = fact.key not in EDITORIAL_FIELDS | {*specialty.provenance.general_knowledge}
            if fact.values and needs_source and not fact.citations:
                problems.append(f"{specialty.id}: {fact.key}")
    assert not problems, "add a source to these facts, or name them in general_knowledge:\n" + "\n".join(problems)


def test_statements_of_third_parties_are_marked(bundled_catalog: Catalog) -> None:
    problems = []
    for program in bundled_catalog.programs:
        for fact in program_facts(bundled_catalog, program):
            if fact.key in ("disagreements", "accreditation_note") or fact.third_party:
                continue
            for part, item in zip(fact.parts, _items(program, fact.key, len(fact.parts)), strict=True):
                mentions_third_party = "third party" in part.text or "FREIDA" in part.text
                if mentions_third_party and not part.qualifiers and not getattr(item, "third_party", False):
                    problems.append(f"{program.id}: {fact.key}: {part.text}")
    assert not problems, "mark these with third_party = true:\n" + "\n".join(problems)


def _items(program: object, key: str, count: int) -> tuple[object, ...]:
    value = getattr(program, key, None)
    return value if isinstance(value, tuple) else (value,) * count


def test_contact_data_belongs_to_an_office(bundled_catalog: Catalog) -> None:
    contact = re.compile(r"[\w.]+@[\w.]+\.\w+|\b\d{3}[-.]\d{3}[-.]\d{4}\b")
    problems = [
        f"{program.id}: {fact.key}"
        for program in bundled_catalog.programs
        for fact in program_facts(bundled_catalog, program)
        if fact.key != "contact_office" and any(contact.search(value) for value in fact.values)
    ]
    assert not problems, "remove contact data of persons; an office's own belongs in contact_office"


def test_tracks_have_different_names(bundled_catalog: Catalog) -> None:
    for program in bundled_catalog.programs:
        names = [track.name for track in program.tracks]
        assert len(names) == len(set(names)), f"{program.id}: give tracks of one name a `called` of their own"


def test_no_program_has_two_entries(bundled_catalog: Catalog) -> None:
    """Nothing else with the same name is under two institutions that run a program together."""
    programs: dict[tuple[str, str], set[str]] = {}
    for program in bundled_catalog.programs:
        for institution in bundled_catalog.institutions_of(program):
            programs.setdefault((institution, program.name.casefold()), set()).add(program.id)
    repeated = [program_ids for program_ids in programs.values() if len(program_ids) > 1]
    assert not repeated, f"these are one program: join the entries, and name the partner in joint_with: {repeated}"


def test_joint_programs_are_found_under_each_institution(bundled_catalog: Catalog) -> None:
    joint = [program for program in bundled_catalog.programs if program.id in bundled_catalog.partners]
    assert joint
    for program in joint:
        for institution in bundled_catalog.institutions_of(program):
            assert program in bundled_catalog.programs_of(institution)
            assert program in search(bundled_catalog, Query.parse(f"institution:{institution}")).programs()


def test_programs_without_facts_come_last(bundled_catalog: Catalog) -> None:
    name_only = [is_name_only(program) for program in bundled_catalog.programs]
    assert name_only == sorted(name_only)
    assert search(bundled_catalog, Query.parse("known:name-only")).total == sum(name_only)


#: What the documents that gmetui started from state of their institutions.
FOUNDING_FACTS = [
    ("tufts", ("military", "Lowell", "hands-on")),
    (
        "bmc",
        (
            *("57%", "one in three", "150+ languages", "33 affiliated hospitals"),
            *("45 ACGME-accredited specialties", "safety-net"),
            *("26 active nonstandard", "wellness committees", "coaching"),
        ),
    ),
    (
        "mgh",
        (
            *("Ether Dome", "nearly a century", "Original teaching hospital", "Ruderman", "400 physicians"),
            *("supervised autonomy", "75 years"),
        ),
    ),
]


@pytest.mark.parametrize(("institution_id", "phrases"), FOUNDING_FACTS)
def test_founding_facts_are_present(bundled_catalog: Catalog, institution_id: str, phrases: tuple[str, ...]) -> None:
    institution = bundled_catalog.institution[institution_id]
    facts = list(institution_facts(bundled_catalog, institution))
    for program in bundled_catalog.programs_of(institution_id):
        facts += program_facts(bundled_catalog, program)
    quotes = [quote for statement in institution.statements for quote in statement.quote]
    texts = " ".join([*quotes, *(value for fact in facts for value in fact.values)]).casefold()
    assert [phrase for phrase in phrases if phrase.casefold() not in texts] == []
