"""What holds for every profile, over the bundled programs.

The suite tries a few hundred profiles; `GMETUI_FIT_PROFILES=10000` tries as many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.vocabulary import DEGREES, EXAMS, EXPERIENCE_KINDS, MILITARY_STATUSES, RESIDENCES, VISAS
from gmetui.planning.fit_table import FitTable, application_year, judge_all
from gmetui.planning.profile import ACCREDITORS, EMPTY_PROFILE, Profile
from gmetui.planning.program_fit import ProgramFit, judge_program
from gmetui.planning.requirement_fit import JudgedItem

_TODAY = date(2026, 11, 26)
_PROFILE_COUNT = int(os.environ.get("GMETUI_FIT_PROFILES", "150"))
_PROGRAMS_PER_PROFILE = 25
_COUNTRIES = ("US", "PR", "CA", "IN", "GB")


def random_moment(rng: random.Random) -> str:
    year = rng.randint(2008, 2029)
    return rng.choice(
        (f"{year}", f"{year}-{rng.randint(1, 12):02}", f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}")
    )


def random_exam(rng: random.Random) -> dict[str, Any]:
    exam: dict[str, Any] = {"name": rng.choice(EXAMS)}
    state = rng.choice(("passed", "planned", "taken", "unknown"))
    if state in ("passed", "planned"):
        exam[state] = random_moment(rng)
    elif state == "taken":
        exam["taken"] = False
    if rng.random() < 0.6:
        exam["attempts"] = rng.randint(1, 3)
    if state == "passed" and rng.random() < 0.4:
        exam["score"] = rng.randint(190, 270)
    return exam


def random_training(rng: random.Random, specialties: Sequence[str]) -> dict[str, Any]:
    values = {
        "specialty": rng.choice(specialties),
        "first": random_moment(rng),
        "last": random_moment(rng),
        "finished": rng.random() < 0.5,
        "accredited": rng.choice(ACCREDITORS),
        "country": rng.choice(_COUNTRIES),
    }
    return {key: value for key, value in values.items() if rng.random() < 0.8}


def random_table(rng: random.Random, catalog: Catalog) -> dict[str, Any]:
    """Return the keys of a profile that tells anything, or nothing, of each thing."""
    specialties = [specialty.id for specialty in catalog.specialties]
    table = {
        "degree": rng.sample(DEGREES, rng.randint(1, 2)),
        "school_country": rng.choice(_COUNTRIES),
        "graduation": random_moment(rng),
        "citizenship": rng.sample(_COUNTRIES, rng.randint(1, 2)),
        "residence": rng.choice(RESIDENCES),
        "languages": rng.sample(("en", "es", "hi", "fr"), rng.randint(0, 3)),
        "letters": rng.randint(0, 5),
        "military": rng.choice(MILITARY_STATUSES),
        "visa": {"needed": rng.random() < 0.7, "will_take": rng.sample(VISAS, rng.randint(0, 3))},
        "exam": [random_exam(rng) for _ in range(rng.randint(0, 5))],
        "certificate": [{"name": "ECFMG", "issued": random_moment(rng)}] * rng.randint(0, 1),
        "training": [random_training(rng, specialties) for _ in range(rng.randint(0, 2))],
        "license": [{"state": rng.choice(("MA", "NH"))}] * rng.randint(0, 1),
        "clinical": [
            {"kind": rng.choice(EXPERIENCE_KINDS), "country": rng.choice(_COUNTRIES), "months": rng.randint(1, 24)}
        ],
        "aim": {"start": rng.choice(("2027-07", "2028-07", "2029"))},
    }
    return {key: value for key, value in table.items() if rng.random() < 0.6}


def profile_of(table: dict[str, Any]) -> Profile:
    return msgspec.convert(table, Profile)


def judged(catalog: Catalog, profile: Profile, number: int) -> ProgramFit:
    return judge_program(catalog, catalog.programs[number], profile, application_year(profile, _TODAY))


@pytest.fixture(scope="module")
def programs_with_requirements(bundled_catalog: Catalog) -> list[int]:
    return [number for number, program in enumerate(bundled_catalog.programs) if program.requirements or program.visa]


def test_nothing_but_a_structured_requirement_speaks_against_a_program(
    bundled_catalog: Catalog, programs_with_requirements: list[int]
) -> None:
    rng = random.Random(22)
    against_count = 0
    for _ in range(_PROFILE_COUNT):
        profile = profile_of(random_table(rng, bundled_catalog))
        for number in rng.sample(programs_with_requirements, _PROGRAMS_PER_PROFILE):
            fit = judged(bundled_catalog, profile, number)
            against = [item for item in fit.items if item.group == "judged" and item.state == "does-not-meet"]
            for item in against:
                assert item.requirement.needs is not None
                assert item.requirement.strength == "required"
                assert item.finding.sentence
            sentences = [item.finding.sentence for item in fit.items]
            assert not [sentence for sentence in sentences if "_" in sentence or "  " in sentence or "None" in sentence]
            visa_against = fit.visa is not None and fit.visa.finding.state == "does-not-meet"
            if visa_against:
                stated = bundled_catalog.programs[number].visa
                assert any(visa.refused or visa.only for visa in stated)
            assert (fit.verdict.state == "does-not-meet") == bool(against or visa_against)
            assert all(item.state != "does-not-meet" for item in fit.also_asked)
            assert fit.verdict.state != "meets" or fit.counts.meets
            against_count += bool(against or visa_against)
    assert against_count


def test_an_empty_profile_speaks_against_nothing(bundled_catalog: Catalog) -> None:
    table = judge_all(bundled_catalog, EMPTY_PROFILE, _TODAY)
    assert not table.programs_by_value.get("no")


#: What of a profile each condition can look at.
_TOUCHING_KEYS = {
    "examinations": {"exam", "degree"},
    "first_attempt": {"exam"},
    "score_min": {"exam", "degree"},
    "comlex": {"exam", "degree"},
    "trained_in": {"training", "graduation"},
    "certificate": {"certificate", "school_country", "graduation"},
    "license": {"license"},
    "years_since_graduation": {"graduation"},
    "degrees": {"degree"},
    "clinical_months": {"clinical"},
    "clinical_kind": {"clinical"},
    "clinical_country": {"clinical"},
    "citizenship": {"citizenship", "residence", "visa"},
    "residence": {"residence", "citizenship", "visa"},
    "military": {"military"},
    "languages": {"languages"},
}
_GROUP_KEYS = {"school_country", "graduation", "degree", "visa", "residence", "citizenship"}


def touching_keys(item: JudgedItem) -> set[str]:
    """Return the keys of a profile that can change the state of a requirement; the start of training can always."""
    needs = item.requirement.needs
    keys = {"aim"} | (_GROUP_KEYS if item.requirement.applies_to else set())
    for condition, touching in _TOUCHING_KEYS.items():
        value = getattr(needs, condition, None)
        if value or (condition == "comlex" and value is False):
            keys |= touching
    return keys


def test_another_fact_never_changes_what_it_does_not_touch(
    bundled_catalog: Catalog, programs_with_requirements: list[int]
) -> None:
    """What counts against a program stays so, whatever is told of anything else."""
    rng = random.Random(23)
    against_count = 0
    for _ in range(_PROFILE_COUNT):
        table = random_table(rng, bundled_catalog)
        number = rng.choice(programs_with_requirements)
        for key in table:
            less = {other: value for other, value in table.items() if other != key}
            before = judged(bundled_catalog, profile_of(less), number)
            after = judged(bundled_catalog, profile_of(table), number)
            for item in before.in_group("judged"):
                if key in touching_keys(item):
                    continue
                same = next(other for other in after.items if other.requirement is item.requirement)
                assert (same.state, same.finding.sentence) == (item.state, item.finding.sentence), key
                against_count += item.state == "does-not-meet"
    assert against_count


def test_the_table_depends_on_nothing_but_its_arguments(bundled_catalog: Catalog) -> None:
    rng = random.Random(24)
    profile = profile_of(random_table(rng, bundled_catalog))
    first, second = (judge_all(bundled_catalog, profile, _TODAY) for _ in range(2))
    assert verdicts(first) == verdicts(second)


def verdicts(table: FitTable) -> list[Any]:
    return [table.verdict(number) for number in range(len(table.demands.numbers))]
