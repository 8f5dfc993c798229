"""The worked answers on eligibility, on the bundled data. `tests/fixtures/eligibility.toml` has them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.planning.fit_table import application_year, judge_all, values_of
from gmetui.planning.graduate_status import is_international
from gmetui.planning.profile import Profile
from gmetui.planning.program_fit import ProgramFit, judge_program
from gmetui.planning.requirement_fit import JudgedItem

_CASES = tomllib.loads((Path(__file__).parents[1] / "fixtures" / "eligibility.toml").read_text(encoding="utf-8"))
_TODAY = date.fromisoformat(_CASES["today"])
_ANSWERS = {"yes": True, "no": False, "unknown": None}


def profile_of(name: str, **changes: Any) -> Profile:
    """Return a profile of the cases, with some keys changed."""
    table = dict(_CASES["profile"][name])
    base = table.pop("same_as", None)
    return convert({**(_CASES["profile"][base] if base else {}), **table, **changes})


def convert(table: dict[str, Any]) -> Profile:
    degree = table.get("degree")
    return msgspec.convert({**table, **({"degree": [degree]} if degree else {})}, Profile)


def judge(catalog: Catalog, program_id: str, profile: Profile) -> ProgramFit:
    return judge_program(catalog, catalog.program[program_id], profile, application_year(profile, _TODAY))


def item_starting(items: tuple[JudgedItem, ...], beginning: str) -> JudgedItem:
    return next(item for item in items if item.requirement.text.startswith(beginning))


@pytest.mark.parametrize("case", _CASES["case"], ids=lambda case: case["id"])
def test_worked_answer(bundled_catalog: Catalog, case: dict[str, Any]) -> None:
    profile = profile_of(case["profile"])
    fit = judge(bundled_catalog, case["program"], profile)
    assert fit.verdict.state == case["verdict"]
    assert fit.verdict.is_open == case.get("yet", False)
    assert fit.reason == case.get("why", "")
    if "counts" in case:
        assert list(fit.counts) == case["counts"]
    for expected in case.get("items", ()):
        check_item(item_starting(fit.items, expected["starts"]), expected)
    for expected in case.get("also_asked", ()):
        check_item(item_starting(fit.also_asked, expected["starts"]), expected)
    expected_visa = case.get("visa")
    if expected_visa:
        assert fit.visa is not None
        assert fit.visa.finding.state == expected_visa["state"]
        assert (fit.visa.finding.reason, fit.visa.visa_type) == (expected_visa.get("why", ""), expected_visa["type"])
    else:
        assert fit.visa is None
    asked = [question.key for question in fit.questions(profile)]
    assert list(dict.fromkeys(asked))[: len(case.get("asks", ()))] == case.get("asks", [])


def check_item(item: JudgedItem, expected: dict[str, Any]) -> None:
    assert item.group == expected.get("group", "judged")
    if "state" in expected:
        assert item.state == expected["state"]
        assert item.finding.reason == expected.get("why", "")
        assert item.finding.is_open == expected.get("yet", False)
    assert expected.get("says", "") in item.finding.sentence
    assert list(item.compared) == expected.get("compared", list(item.compared))
    assert item.untested == expected.get("untested", item.untested)
    assert item.read_first or not expected.get("read_first")


_VARIANTS = [(case, variant) for case in _CASES["case"] for variant in case.get("variants", ())]


@pytest.mark.parametrize(("case", "variant"), _VARIANTS, ids=lambda value: value.get("id", "") or value.get("state"))
def test_worked_variant(bundled_catalog: Catalog, case: dict[str, Any], variant: dict[str, Any]) -> None:
    changes = {key: variant[key] for key in ("exam", "graduation") if key in variant}
    fit = judge(bundled_catalog, case["program"], profile_of(case["profile"], **changes))
    if "verdict" in variant:
        assert fit.verdict.state == variant["verdict"]
        assert variant["why"] in {item.finding.reason for item in fit.in_group("judged")}
    else:
        item = item_starting(fit.items, variant["item"])
        assert item.state == variant["state"]
        assert variant["says"] in item.finding.sentence


@pytest.mark.parametrize("row", _CASES["international"], ids=lambda row: str(row["profile"]))
def test_who_counts_as_an_international_graduate(row: dict[str, Any]) -> None:
    assert is_international(convert(row["profile"])) is _ANSWERS[row["answer"]]


@pytest.mark.parametrize("name", list(_CASES["profile"]))
def test_all_programs_at_once_have_the_verdicts_of_each(bundled_catalog: Catalog, name: str) -> None:
    """The list, the filter and the program's own page never disagree."""
    profile = profile_of(name)
    table = judge_all(bundled_catalog, profile, _TODAY)
    year = application_year(profile, _TODAY)
    for number, program in enumerate(bundled_catalog.programs):
        fit = judge_program(bundled_catalog, program, profile, year)
        assert table.verdict(number) == fit.verdict, program.id
        assert set(table.questions[table.demands.numbers[number]]) == set(fit.questions(profile)), program.id
    members = {value: set(numbers) for value, numbers in table.programs_by_value.items()}
    by_state = [members.get(value, set()) for value in ("meets", "cant-tell", "no")]
    assert sum(map(len, by_state)) == len(bundled_catalog.programs)
    assert members.get("not-yet", set()) <= members.get("no", set())
    assert members.get("nothing-stated", set()) <= members.get("cant-tell", set())
    assert all(values_of(table.verdict(number)) for number in range(len(bundled_catalog.programs)))
