"""What `gmetui check` reports about the conditions of requirements."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files, read_catalog
from support import HOSTILE_INSTITUTION

pytestmark = pytest.mark.usefixtures("fixture_data")

_ROW = "positions_per_year = 6\n"
_STEPS = 'examinations = ["USMLE Step 1"]'


def problems_of(directory: Path, needs: str) -> list[str]:
    """Return what is reported about a requirement with these conditions."""
    requirement = f'requirements = [{{ topic = "other", text = "A condition", needs = {{ {needs} }} }}]\n'
    file = directory / "harbor.toml"
    file.write_text(HOSTILE_INSTITUTION.replace(_ROW, _ROW + requirement, 1), encoding="utf-8")
    return [str(problem) for problem in check_files([directory]) if ".needs" in problem.key]


@pytest.mark.parametrize(
    ("needs", "message"),
    [
        ("", "needs: has nothing to test"),
        ('by = "start", untested = "all of it"', "needs: has nothing to test"),
        (f"{_STEPS}, first_attempt = true, max_attempts = 2", "max_attempts: contradicts first_attempt"),
        ("no_year_limit = true, years_since_graduation = 3", "no_year_limit: contradicts years_since_graduation"),
        (f'{_STEPS}, or_examinations = ["COMLEX"], comlex = false', "comlex: contradicts the COMLEX exams"),
        ('or_examinations = ["COMLEX"]', "or_examinations: says nothing without examinations"),
        ("training_years = 3", "training_years: says nothing without trained_in"),
        ('citizenship = ["USA"]', "citizenship: “USA” is not a country"),
        ('clinical_country = ["us"]', "clinical_country: “us” is not a country"),
        ('languages = ["Spanish"]', "languages: “Spanish” is not a language"),
        ('license = "Massachusetts"', "license: “Massachusetts” is not a state"),
        (f'{_STEPS}, by_day = "2027-02-01"', "by_day: “2027-02-01” is not a day without a year"),
        ('degrees = ["M.D."]', "degrees[0]: unknown degrees “M.D.”"),
        ('score_min = { "Step 2" = 220 }', "score_min.Step 2: unknown minimum scores “Step 2”"),
        ('clinical_kind = ["observership"]', "unknown kind of experience “observership”"),
        ('military = ["army"]', "unknown military “army”"),
    ],
)
def test_conditions_that_cannot_be_tested_are_reported(tmp_path: Path, needs: str, message: str) -> None:
    problems = problems_of(tmp_path, needs)
    assert any(message in problem for problem in problems), problems


@pytest.mark.parametrize(
    "needs",
    [
        f"{_STEPS}, first_attempt = true",
        f'{_STEPS}, comlex = false, by = "match", by_day = "02-01"',
        "comlex = false",
        "first_attempt = true",
        'score_min = { "USMLE Step 2 CK" = 230, "COMLEX Level 2" = 500 }, max_attempts = 2',
        'clinical_months = 12, clinical_kind = ["hands-on"], clinical_country = ["US", "CA"]',
        'citizenship = ["US"], residence = ["permanent"], military = ["active duty", "scholarship"]',
        'languages = ["en", "es"], untested = "medical interviews"',
        "no_year_limit = true",
    ],
)
def test_conditions_that_can_be_tested_are_read(tmp_path: Path, needs: str) -> None:
    assert problems_of(tmp_path, needs) == []
    requirements = read_catalog([tmp_path]).program["harbor-surgery"].requirements
    assert requirements[0].needs is not None
