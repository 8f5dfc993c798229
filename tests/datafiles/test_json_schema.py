"""The JSON Schema accepts what reading accepts, and rejects what it rejects."""

from __future__ import annotations

import tomllib
from pathlib import Path

import jsonschema
import pytest

from gmetui.datafiles.json_schema import json_schema
from support import FIXTURE_DATA, HOSTILE_INSTITUTION

FILES = (*sorted(FIXTURE_DATA.rglob("*.toml")), FIXTURE_DATA.parent / "imported-list.toml")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(json_schema())
    return jsonschema.Draft7Validator(json_schema())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_valid_files(file: Path, validator: jsonschema.Draft7Validator) -> None:
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    assert not [error.message for error in validator.iter_errors(document)]


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
def test_wrong_files(validator: jsonschema.Draft7Validator, right: str, wrong: str) -> None:
    validator.validate(tomllib.loads(HOSTILE_INSTITUTION))
    assert list(validator.iter_errors(tomllib.loads(HOSTILE_INSTITUTION.replace(right, wrong, 1))))
