"""The data as a whole: its schema, how complete it is, what changes between two sets of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from gmetui.catalog.completeness import COUNTED, completeness, coverage
from gmetui.catalog.facts import program_facts
from gmetui.catalog.models import Catalog
from gmetui.catalog.program_diff import Change, changes
from gmetui.catalog.years import year_of
from gmetui.datafiles.files import bundled_files, data_root, load_catalog
from gmetui.datafiles.json_schema import json_schema
from support import INSTITUTION, write_data

ROOT = Path(str(data_root()))
SURGERY = '[[program]]\nid = "harbor-surgery"'
ADDED = '[[program]]\nid = "harbor-x"\nname = "X"\nkind = "other"\nspecialty = "nursing"\nsource = "page"\n'


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(json_schema())
    return jsonschema.Draft7Validator(json_schema())


@pytest.mark.parametrize("name", [name for name, _ in bundled_files()])
def test_the_data_holds_to_its_schema_and_names_it(name: str, validator: jsonschema.Draft7Validator) -> None:
    text = dict(bundled_files())[name].decode()
    assert not [error.message for error in validator.iter_errors(tomllib.loads(text))]
    named = text.splitlines()[0].removeprefix("#:schema ")
    assert ((ROOT.parent / name).parent / named).resolve() == (ROOT / "schema.json").resolve()


def test_the_schema_beside_the_data_is_the_one_the_command_prints() -> None:
    assert json.loads((ROOT / "schema.json").read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('kind = "fellowship"', 'kind = "felowship"'),
        ("length_years = 3", 'length_years = "3"'),
        ("length_years = 3", "lenght_years = 3"),
        ('topic = "letters"', 'topic = "leters"'),
        ('id = "harbor-surgery"', 'id = "Harbor Surgery"'),
        ('url = "https://example.org/page"', 'url = "ftp://example.org"'),
        ('other = ["visa"]', 'other = ["vissa"]'),
    ],
)
def test_the_schema_refuses_what_reading_refuses(validator: jsonschema.Draft7Validator, right: str, wrong: str) -> None:
    validator.validate(tomllib.loads(INSTITUTION))
    assert list(validator.iter_errors(tomllib.loads(INSTITUTION.replace(right, wrong, 1))))


def test_completeness_agrees_with_the_facts(catalog: Catalog) -> None:
    counted = {field.key for field in COUNTED}
    for program in catalog.programs:
        stated = sum(bool(fact.values) for fact in program_facts(catalog, program) if fact.key in counted)
        assert completeness(catalog, program) == (stated, len(counted))


def test_completeness_counts_what_is_stated(catalog: Catalog) -> None:
    program = catalog.program["mgh-internal-medicine-residency"]
    stated, asked = completeness(catalog, program)
    keys = {field.key for field in COUNTED}
    assert stated == sum(bool(fact.values) for fact in program_facts(catalog, program) if fact.key in keys)
    assert asked == len(COUNTED) > stated > 10


def test_coverage_adds_up(catalog: Catalog) -> None:
    shares = coverage(catalog, 2020)
    assert len(shares) == len(COUNTED) * len(catalog.institutions)
    for share in shares:
        assert share.programs >= share.stated >= max(share.third_party, share.undated, share.older)
    stated = sum(share.stated for share in shares if share.field == "requirements")
    assert stated == sum(bool(program.requirements) for program in catalog.programs)
    ids = [share for share in shares if share.field == "acgme_id"]
    assert sum(share.third_party for share in ids) >= 45


@pytest.mark.parametrize(
    ("said", "year"),
    [("2024-25", 2024), ("page of 2019, added 2021", 2021), ("older page", None), (None, None), ("2025-04-09", 2025)],
)
def test_years_in_words(said: str | None, year: int | None) -> None:
    assert year_of(said) == year


def test_what_changed(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for directory in (old, new):
        directory.mkdir()
        write_data(directory)
    text = INSTITUTION.replace("length_years = 3", "length_years = 4").partition(SURGERY)[0]
    (new / "harbor.toml").write_text(text + ADDED, encoding="utf-8")
    found = changes(load_catalog([old], bundled=False), load_catalog([new], bundled=False))
    assert found == [
        Change("harbor-cardiology", "changed", "length_years", ("3",), ("4",)),
        Change("harbor-surgery", "removed"),
        Change("harbor-x", "added"),
    ]
