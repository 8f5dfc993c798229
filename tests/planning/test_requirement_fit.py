"""How each condition is judged: three states, and never against without a plain contradiction."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import SpecialtyId
from gmetui.catalog.items import Needs, Requirement, Visa
from gmetui.planning.application_year import ApplicationYear, start_of
from gmetui.planning.date_spans import DateSpan, months_between, partial_date, years_and_months
from gmetui.planning.profile import EMPTY_PROFILE, Profile
from gmetui.planning.requirement_fit import JudgedItem, judge_requirement
from gmetui.planning.visa_fit import visa_finding

_TODAY = date(2026, 11, 26)
_YEAR = ApplicationYear(date(2027, 7, 1), 9, _TODAY)


def profile(**values: Any) -> Profile:
    return msgspec.convert(values, Profile)


def exams(*names: str, **values: Any) -> list[dict[str, Any]]:
    return [{"name": name, "passed": "2024-03-01", "attempts": 1, **values} for name in names]


def judge(catalog: Catalog, person: Profile, needs: Needs | None = None, **values: Any) -> JudgedItem:
    requirement = Requirement(
        **{"topic": "exam", "text": "A condition", "strength": "required", "needs": needs, **values}
    )
    return judge_requirement(requirement, person, _YEAR, catalog)


_STEP_1, _STEP_2 = "USMLE Step 1", "USMLE Step 2 CK"
_STEPS = Needs(examinations=(_STEP_1, _STEP_2), by="application")
_DO = {"degree": ["DO"], "school_country": "US"}
_COMLEX = exams("COMLEX Level 1", "COMLEX Level 2")
_NO_STEPS = [{"name": _STEP_1, "taken": False}, {"name": _STEP_2, "taken": False}]


@pytest.mark.parametrize(
    ("needs", "person", "state", "reason"),
    [
        # exams
        (_STEPS, {"exam": exams(_STEP_1, _STEP_2)}, "meets", ""),
        (_STEPS, {}, "cannot-tell", "profile-missing"),
        (_STEPS, {"exam": exams(_STEP_1)}, "cannot-tell", "profile-missing"),
        (_STEPS, {"exam": []}, "does-not-meet", "exam-missing"),
        (_STEPS, {"exam": [*exams(_STEP_1), {"name": _STEP_2, "taken": False}]}, "does-not-meet", "exam-missing"),
        (_STEPS, {"exam": [*exams(_STEP_1), {"name": _STEP_2, "planned": "2027-01-12"}]}, "does-not-meet", "exam-late"),
        (_STEPS, {"exam": [*exams(_STEP_1), {"name": _STEP_2, "planned": "2026-09"}]}, "cannot-tell", "still-to-come"),
        (_STEPS, {"exam": exams(_STEP_1, _STEP_2, passed="2026-09-20")}, "cannot-tell", "boundary"),
        (_STEPS, {"exam": exams(_STEP_1, _STEP_2, passed="2026-11-01")}, "cannot-tell", "boundary"),
        (Needs(examinations=("USMLE Step 3",)), {"exam": exams(_STEP_1)}, "cannot-tell", "still-to-come"),
        (Needs(examinations=("USMLE Step 3",)), {"exam": []}, "cannot-tell", "still-to-come"),
        (Needs(examinations=("USMLE Step 3",), by="PGY-2"), {"exam": []}, "cannot-tell", "still-to-come"),
        (
            Needs(examinations=(_STEP_2,), by="match", by_day="02-01"),
            {"exam": exams(_STEP_2, passed="2027-02-01")},
            "meets",
            "",
        ),
        (
            Needs(examinations=(_STEP_2,), by="match", by_day="02-01"),
            {"exam": [{"name": _STEP_2, "planned": "2027-02-02"}]},
            "does-not-meet",
            "exam-late",
        ),
        (Needs(examinations=(_STEP_2,), by="graduation"), {"exam": exams(_STEP_2)}, "meets", ""),
        # COMLEX
        (_STEPS, {**_DO, "exam": _COMLEX}, "cannot-tell", "comlex-not-named"),
        (_STEPS, {**_DO, "exam": [*_COMLEX, *_NO_STEPS]}, "cannot-tell", "comlex-not-named"),
        (Needs(examinations=(_STEP_1, _STEP_2), or_examinations=("COMLEX",)), {**_DO, "exam": _COMLEX}, "meets", ""),
        (Needs(examinations=(_STEP_1,), or_examinations=("COMLEX Level 1",)), {**_DO, "exam": _COMLEX}, "meets", ""),
        (Needs(examinations=(_STEP_1, _STEP_2), comlex=True), {**_DO, "exam": _COMLEX}, "meets", ""),
        (
            Needs(examinations=(_STEP_1,), comlex=False, by="start"),
            {**_DO, "exam": [*_COMLEX, *_NO_STEPS]},
            "does-not-meet",
            "exam-missing",
        ),
        (
            Needs(examinations=(_STEP_1,), comlex=False, by="start"),
            {**_DO, "exam": _COMLEX},
            "cannot-tell",
            "profile-missing",
        ),
        (Needs(comlex=False), {**_DO, "exam": [*_COMLEX, *_NO_STEPS]}, "does-not-meet", "exam-missing"),
        (Needs(comlex=False), {**_DO, "exam": exams(_STEP_1)}, "meets", ""),
        (Needs(comlex=False), {"degree": ["MD"]}, "meets", ""),
        (Needs(comlex=True), {**_DO, "exam": _COMLEX}, "meets", ""),
        (Needs(comlex=True), _DO, "cannot-tell", "profile-missing"),
        (Needs(comlex=True), {"degree": ["MD"], "exam": exams(_STEP_1)}, "cannot-tell", "text-only"),
        (
            Needs(examinations=("COMLEX Level 1", "COMLEX Level 2"), or_examinations=(_STEP_1, _STEP_2), by="start"),
            {
                **_DO,
                "exam": [
                    *exams(_STEP_1),
                    {"name": _STEP_2, "taken": False},
                    {"name": "COMLEX Level 2", "taken": False},
                ],
            },
            "does-not-meet",
            "exam-missing",
        ),
        (
            Needs(examinations=(_STEP_1,), or_examinations=("COMLEX Level 1",), by="start"),
            {"degree": ["MD"], "exam": _NO_STEPS},
            "does-not-meet",
            "exam-missing",
        ),
        (Needs(examinations=(_STEP_1,), or_examinations=(_STEP_2,)), {"exam": exams(_STEP_2)}, "meets", ""),
        (
            Needs(examinations=(_STEP_1,), or_examinations=(_STEP_2,)),
            {**_DO, "exam": [*_COMLEX, *_NO_STEPS]},
            "cannot-tell",
            "comlex-not-named",
        ),
        # attempts and scores
        (
            Needs(examinations=(_STEP_1,), first_attempt=True),
            {"exam": exams(_STEP_1, attempts=2)},
            "does-not-meet",
            "attempts",
        ),
        (
            Needs(examinations=(_STEP_1,), first_attempt=True),
            {"exam": exams(_STEP_1, attempts=None)},
            "cannot-tell",
            "profile-missing",
        ),
        (Needs(examinations=(_STEP_1,), max_attempts=2), {"exam": exams(_STEP_1, attempts=2)}, "meets", ""),
        (
            Needs(examinations=(_STEP_1,), max_attempts=2),
            {"exam": exams(_STEP_1, attempts=3)},
            "does-not-meet",
            "attempts",
        ),
        (Needs(first_attempt=True), {"exam": exams(_STEP_1, _STEP_2)}, "meets", ""),
        (
            Needs(first_attempt=True),
            {"exam": [*exams(_STEP_1), *exams(_STEP_2, attempts=2)]},
            "does-not-meet",
            "attempts",
        ),
        (Needs(first_attempt=True), {"exam": []}, "cannot-tell", "profile-missing"),
        (Needs(score_min={_STEP_2: 230}), {"exam": exams(_STEP_2, score=230)}, "meets", ""),
        (Needs(score_min={_STEP_2: 230}), {"exam": exams(_STEP_2, score=229)}, "does-not-meet", "score"),
        (Needs(score_min={_STEP_2: 230}), {"exam": exams(_STEP_2)}, "cannot-tell", "profile-missing"),
        (Needs(score_min={_STEP_1: 210}), {"exam": exams(_STEP_1)}, "cannot-tell", "pass-or-fail"),
        (
            Needs(score_min={_STEP_2: 230, "COMLEX Level 2": 500}),
            {**_DO, "exam": exams("COMLEX Level 2", score=520)},
            "meets",
            "",
        ),
        (
            Needs(examinations=(_STEP_1,), by="start", untested="or another exam"),
            {"exam": []},
            "cannot-tell",
            "other-way",
        ),
        # certificate and license
        (
            Needs(certificate="ECFMG", by="start"),
            {"certificate": [{"name": "ECFMG", "issued": "2024-08"}]},
            "meets",
            "",
        ),
        (Needs(certificate="ECFMG", by="start"), {"certificate": []}, "does-not-meet", "certificate-missing"),
        (
            Needs(certificate="ECFMG", by="start"),
            {"certificate": [{"name": "ECFMG", "expected": "2027-01"}]},
            "cannot-tell",
            "still-to-come",
        ),
        (Needs(certificate="ECFMG"), {"certificate": []}, "cannot-tell", "still-to-come"),
        (Needs(certificate="ECFMG", by="start"), {}, "cannot-tell", "profile-missing"),
        (Needs(license="MA", by="start"), {"license": [{"state": "MA"}]}, "meets", ""),
        (Needs(license="MA", by="start"), {"license": []}, "cannot-tell", "still-to-come"),
        # degrees
        (Needs(degrees=("MD", "DO")), {"degree": ["PhD", "MD"]}, "meets", ""),
        (Needs(degrees=("MD", "DO")), {"degree": ["MBBS"]}, "cannot-tell", "foreign-degree"),
        (Needs(degrees=("MD", "DO")), {"degree": ["DDS"]}, "does-not-meet", "other-degree"),
        (Needs(degrees=("PharmD",)), {"degree": ["MBBS"]}, "does-not-meet", "other-degree"),
        (Needs(degrees=("MD",)), {}, "cannot-tell", "profile-missing"),
        # years since graduation
        (Needs(years_since_graduation=5), {"graduation": "2022-07"}, "meets", ""),
        (Needs(years_since_graduation=5), {"graduation": "2021-09"}, "cannot-tell", "boundary"),
        (Needs(years_since_graduation=5), {"graduation": "2021-08"}, "does-not-meet", "too-long-ago"),
        (Needs(years_since_graduation=5), {"graduation": "2021"}, "cannot-tell", "boundary"),
        (Needs(years_since_graduation=5, by="start"), {"graduation": "2022-07"}, "meets", ""),
        (Needs(years_since_graduation=5, by="start"), {"graduation": "2022-06"}, "does-not-meet", "too-long-ago"),
        (Needs(years_since_graduation=5), {"graduation": "2020"}, "does-not-meet", "too-long-ago"),
        (Needs(years_since_graduation=5), {"graduation": "2027-05"}, "meets", ""),
        (Needs(years_since_graduation=5), {}, "cannot-tell", "profile-missing"),
        (Needs(no_year_limit=True), {}, "meets", ""),
        # clinical experience
        (
            Needs(clinical_months=12, clinical_country=("US",)),
            {"clinical": [{"country": "US", "months": 12}]},
            "meets",
            "",
        ),
        (
            Needs(clinical_months=12, clinical_country=("US",)),
            {"clinical": [{"country": "GB", "months": 24}]},
            "does-not-meet",
            "too-little-experience",
        ),
        (
            Needs(clinical_months=2, clinical_kind=("hands-on",)),
            {"clinical": [{"kind": "observer", "months": 6}]},
            "does-not-meet",
            "too-little-experience",
        ),
        (
            Needs(clinical_months=2, clinical_kind=("hands-on",)),
            {"clinical": [{"months": 6}]},
            "cannot-tell",
            "profile-missing",
        ),
        (
            Needs(clinical_months=2, clinical_kind=("hands-on",)),
            {"clinical": [{"kind": "hands-on"}]},
            "cannot-tell",
            "profile-missing",
        ),
        (Needs(clinical_country=("US",)), {"clinical": [{"country": "US"}]}, "meets", ""),
        (Needs(clinical_country=("US",)), {"clinical": []}, "does-not-meet", "too-little-experience"),
        (Needs(clinical_months=1), {}, "cannot-tell", "profile-missing"),
        # citizenship, status, military, languages
        (Needs(citizenship=("US",)), {"citizenship": ["IN", "US"]}, "meets", ""),
        (Needs(citizenship=("US",)), {"citizenship": ["IN"]}, "does-not-meet", "other-citizenship"),
        (Needs(citizenship=("US",)), {"residence": "citizen"}, "meets", ""),
        (Needs(citizenship=("US",)), {"residence": "permanent"}, "does-not-meet", "other-citizenship"),
        (Needs(citizenship=("US", "CA")), {"residence": "permanent"}, "cannot-tell", "profile-missing"),
        (Needs(citizenship=("US",)), {"visa": {"needed": True}}, "does-not-meet", "other-citizenship"),
        (Needs(citizenship=("US",)), {"visa": {"needed": False}}, "cannot-tell", "profile-missing"),
        (Needs(citizenship=("US", "CA")), {"visa": {"needed": True}}, "cannot-tell", "profile-missing"),
        (Needs(residence=("citizen", "permanent")), {"citizenship": ["US"]}, "meets", ""),
        (Needs(residence=("citizen", "permanent")), {"residence": "permanent"}, "meets", ""),
        (Needs(residence=("citizen", "permanent")), {"visa": {"needed": True}}, "does-not-meet", "other-citizenship"),
        (Needs(residence=("citizen", "permanent")), {"visa": {"needed": False}}, "cannot-tell", "profile-missing"),
        (Needs(military=("active duty",)), {"military": "active duty"}, "meets", ""),
        (Needs(military=("active duty",)), {"military": "none"}, "does-not-meet", "other-military-status"),
        (Needs(military=("active duty",), untested="or retired"), {"military": "none"}, "cannot-tell", "other-way"),
        (Needs(military=("active duty",)), {}, "cannot-tell", "profile-missing"),
        (Needs(languages=("en", "es")), {"languages": ["es", "en", "fr"]}, "meets", ""),
        (Needs(languages=("en", "es")), {"languages": ["en"]}, "does-not-meet", "other-language"),
        (None, {"exam": []}, "cannot-tell", "text-only"),
        (Needs(by="start"), {"exam": []}, "cannot-tell", "text-only"),
    ],
)
def test_condition(catalog: Catalog, needs: Needs | None, person: dict[str, Any], state: str, reason: str) -> None:
    item = judge(catalog, profile(**person), needs)
    assert (item.state, item.finding.reason) == (state, reason), item.finding.sentence
    assert item.finding.sentence
    assert item.finding.questions or reason != "profile-missing"


def training(specialty: str, last: str, **values: Any) -> dict[str, Any]:
    return {
        "specialty": specialty,
        "first": "2024-07-01",
        "last": last,
        "accredited": "ACGME",
        "country": "US",
        **values,
    }


@pytest.mark.parametrize(
    ("person", "state", "reason"),
    [
        ({"training": [training("internal-medicine", "2027-06-30")]}, "meets", ""),
        ({"training": [training("internal-medicine", "2020-06", finished=True)]}, "meets", ""),
        (
            {"training": [training("internal-medicine", "2028-06-30", finished=False)]},
            "does-not-meet",
            "training-unfinished",
        ),
        ({"training": [training("internal-medicine", "2027")]}, "cannot-tell", "boundary"),
        ({"training": [training("surgery", "2026-06-30")]}, "does-not-meet", "training-missing"),
        ({"training": []}, "does-not-meet", "training-missing"),
        ({}, "cannot-tell", "profile-missing"),
        ({"graduation": "2027-05"}, "does-not-meet", "training-missing"),
        ({"graduation": "2020-05"}, "cannot-tell", "profile-missing"),
        ({"training": [training("cardiovascular-disease", "2027-06")]}, "cannot-tell", "profile-missing"),
        (
            {"training": [training("internal-medicine", "2020-06", accredited="none", country="IN")]},
            "cannot-tell",
            "other-training",
        ),
        (
            {"training": [training("internal-medicine", "2020-06", accredited=None, country="IN")]},
            "cannot-tell",
            "other-training",
        ),
        ({"training": [training("no-such-specialty", "2020-06")]}, "cannot-tell", "profile-missing"),
        ({"training": [{"specialty": "internal-medicine"}]}, "cannot-tell", "profile-missing"),
    ],
)
def test_training(catalog: Catalog, person: dict[str, Any], state: str, reason: str) -> None:
    item = judge(
        catalog,
        profile(**person),
        Needs(trained_in=(SpecialtyId("internal-medicine"),), by="start"),
        topic="prior training",
    )
    assert (item.state, item.finding.reason) == (state, reason), item.finding.sentence
    assert item.state != "does-not-meet" or item.finding.is_open


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        ("2024-07", "2029-06", "meets"),
        ("2025-07", "2030-06", "does-not-meet"),
        (None, "2030-06", "cannot-tell"),
        ("2024", "2029", "cannot-tell"),
    ],
)
def test_years_of_training_are_enough_where_it_need_not_be_finished(
    catalog: Catalog, first: str | None, last: str, state: str
) -> None:
    needs = Needs(trained_in=(SpecialtyId("surgery"),), training_years=3, by="start")
    person = profile(training=[training("surgery", last, first=first, finished=False)])
    assert judge(catalog, person, needs, topic="prior training").state == state


def test_a_first_year_can_still_come(catalog: Catalog) -> None:
    """It is matched in the same season as the residency after it."""
    needs = Needs(trained_in=(SpecialtyId("surgery"),), training_years=1, by="start")
    for person in (profile(training=[]), profile(graduation="2027-05")):
        item = judge(catalog, person, needs, topic="prior training")
        assert (item.state, item.finding.reason) == ("cannot-tell", "still-to-come")


def test_both_ways_into_a_discipline_count(bundled_catalog: Catalog) -> None:
    person = profile(training=[training("vascular-surgery-integrated", "2027-06")])
    for specialty_id, state in (("vascular-surgery-independent", "meets"), ("plastic-surgery", "does-not-meet")):
        needs = Needs(trained_in=(SpecialtyId(specialty_id),))
        assert judge(bundled_catalog, person, needs, topic="prior training").state == state


def test_both_parents_of_combined_training_count(catalog: Catalog) -> None:
    combined = next(each for each in catalog.specialties if each.kind == "combined")
    person = profile(training=[training(combined.id, "2027-06")])
    for parent in combined.parents:
        assert judge(catalog, person, Needs(trained_in=(parent,)), topic="prior training").state == "meets"


_FAILED = profile(exam=[], school_country="IN", degree=["MBBS"])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"strength": "preferred"}, "preference"),
        ({"strength": None}, "strength-not-stated"),
        ({"track": "Research"}, "one-track"),
    ],
)
def test_only_a_plain_requirement_of_the_program_speaks_against_it(
    catalog: Catalog, values: dict[str, Any], reason: str
) -> None:
    assert judge(catalog, _FAILED, _STEPS).state == "does-not-meet"
    item = judge(catalog, _FAILED, _STEPS, **values)
    assert (item.state, item.finding.reason) == ("cannot-tell", reason)


def test_others_than_the_program_never_speak_against_it(catalog: Catalog) -> None:
    requirement = Requirement(topic="exam", text="A rule", strength="required", needs=_STEPS)
    for level in ("institution", "specialty", "general"):
        item = judge_requirement(requirement, _FAILED, _YEAR, catalog, level)
        assert (item.state, item.finding.reason) == ("cannot-tell", "not-the-program")


@pytest.mark.parametrize(
    ("applies_to", "person", "group"),
    [
        ("international graduates", {"school_country": "US"}, "not-for-you"),
        ("international graduates", {"school_country": "IN"}, "judged"),
        ("US graduates", {"school_country": "IN"}, "not-for-you"),
        ("osteopathic graduates", {"degree": ["MD"]}, "not-for-you"),
        ("H-1B applicants", {"visa": {"needed": True, "will_take": ["J-1"]}}, "not-for-you"),
        ("H-1B applicants", {"visa": {"needed": True, "will_take": ["H-1B"]}}, "judged"),
        ("visa applicants", {"citizenship": ["US"]}, "not-for-you"),
        ("visa applicants", {"residence": "visa"}, "judged"),
    ],
)
def test_requirements_for_other_applicants_are_folded_away(
    catalog: Catalog, applies_to: str, person: dict[str, Any], group: str
) -> None:
    assert judge(catalog, profile(**person), _STEPS, applies_to=applies_to).group == group


def test_an_unknown_group_never_decides(catalog: Catalog) -> None:
    item = judge(catalog, profile(exam=[]), _STEPS, applies_to="international graduates")
    assert (item.state, item.finding.reason) == ("cannot-tell", "profile-missing")
    assert "school_country" in {question.key for question in item.finding.questions}
    both_visas = profile(exam=[], visa={"needed": True, "will_take": ["J-1", "H-1B"]})
    assert judge(catalog, both_visas, _STEPS, applies_to="H-1B applicants").state == "cannot-tell"


def test_a_certificate_is_not_for_us_graduates(catalog: Catalog) -> None:
    needs = Needs(certificate="ECFMG", by="application")
    assert judge(catalog, profile(school_country="US", certificate=[]), needs).group == "not-for-you"


@pytest.mark.parametrize(
    ("topic", "strength", "needs", "group"),
    [
        ("letters", "required", Needs(letters=3), "to-do"),
        ("documents", None, None, "to-do"),
        ("application", "required", None, "to-do"),
        ("selection", "required", None, "about"),
        ("other", "required", None, "about"),
        ("other", "required", Needs(military=("active duty",)), "judged"),
        ("exam", "considered", _STEPS, "about"),
        ("language", "preferred", None, "judged"),
    ],
)
def test_what_is_judged(catalog: Catalog, topic: str, strength: str | None, needs: Needs | None, group: str) -> None:
    assert judge(catalog, EMPTY_PROFILE, needs, topic=topic, strength=strength).group == group


def test_a_part_says_what_was_not_compared(catalog: Catalog) -> None:
    needs = Needs(examinations=(_STEP_1,), untested="outstanding scores")
    item = judge(catalog, profile(exam=exams(_STEP_1)), needs)
    assert (item.state, item.state_words, item.untested) == ("meets", "meets, in part", "outstanding scores")


@pytest.mark.parametrize(
    ("visas", "person", "state", "reason"),
    [
        ([Visa("x", sponsored=("J-1",))], {"needed": True, "will_take": ["J-1"]}, "meets", ""),
        ([Visa("x", sponsored=("J-1",), only=True)], {"needed": True, "will_take": ["H-1B"]}, "does-not-meet", "only"),
        ([Visa("x", refused=("H-1B",))], {"needed": True, "will_take": ["H-1B"]}, "does-not-meet", "refused"),
        ([Visa("x", refused=("H-1B",))], {"needed": True, "will_take": ["H-1B", "J-1"]}, "cannot-tell", "not-named"),
        (
            [Visa("x", sponsored=("H-1B",), refused=("H-1B",))],
            {"needed": True, "will_take": ["H-1B"]},
            "cannot-tell",
            "pages-disagree",
        ),
        ([Visa("x", sponsored=("H-1B",))], {"needed": True, "will_take": ["H-1B"]}, "cannot-tell", "older-than-rule"),
        (
            [Visa("x", sponsored=("H-1B",), as_of="2025-08")],
            {"needed": True, "will_take": ["H-1B"]},
            "cannot-tell",
            "older-than-rule",
        ),
        (
            [Visa("x", sponsored=("H-1B",), as_of="2025-26")],
            {"needed": True, "will_take": ["H-1B"]},
            "cannot-tell",
            "older-than-rule",
        ),
        ([Visa("x", sponsored=("H-1B",), as_of="2026-27")], {"needed": True, "will_take": ["H-1B"]}, "meets", ""),
        ([Visa("x", sponsored=("H-1B",), as_of="2025-10")], {"needed": True, "will_take": ["H-1B"]}, "meets", ""),
        ([Visa("x", sponsored=("H-1B",))], {"needed": True, "will_take": ["H-1B"], "in_us_as": "H-1B"}, "meets", ""),
        ([Visa("x", by_case=("H-1B",))], {"needed": True, "will_take": ["H-1B"]}, "cannot-tell", "by-case"),
        ([Visa("in words")], {"needed": True, "will_take": ["J-1"]}, "cannot-tell", "text-only"),
        ([Visa("x", sponsored=("J-1",))], {"needed": True}, "cannot-tell", "profile-missing"),
        ([], {"needed": True, "will_take": ["J-1"]}, "cannot-tell", "not-stated"),
    ],
)
def test_visa_row(visas: list[Visa], person: dict[str, Any], state: str, reason: str) -> None:
    judged = visa_finding(visas, has_institution_visa=False, profile=profile(visa=person))
    assert judged is not None
    assert (judged.finding.state, judged.finding.reason) == (state, reason)


def test_an_institution_alone_never_decides_on_visas() -> None:
    person = profile(visa={"needed": True, "will_take": ["H-1B"]})
    judged = visa_finding([], has_institution_visa=True, profile=person)
    assert judged is not None
    assert (judged.finding.state, judged.finding.reason) == ("cannot-tell", "institution-only")


@pytest.mark.parametrize(
    "person", [{}, {"citizenship": ["US"]}, {"residence": "permanent"}, {"visa": {"needed": False}}]
)
def test_no_visa_row_without_a_need(person: dict[str, Any]) -> None:
    assert visa_finding([Visa("x", refused=("J-1",))], has_institution_visa=False, profile=profile(**person)) is None


def test_moments_of_an_application_year() -> None:
    fellowship = _YEAR._replace(application_month=7)
    assert _YEAR.cycle == "2026-27"
    assert _YEAR.application == DateSpan(date(2026, 9, 1), date(2026, 9, 30))
    assert fellowship.application == DateSpan(date(2026, 7, 1), date(2026, 7, 31))
    for milestone in ("interview", "rank list", "match", "appointment"):
        for year in (_YEAR, fellowship):
            moment = year.moment(milestone)
            assert moment is not None
            assert year.application.first < moment.span.first <= moment.span.last <= year.start
    assert _YEAR.moment(None) is None
    assert _YEAR.moment("graduation") is None
    later = _YEAR.moment("PGY-2")
    assert later is not None
    assert later.is_after_start


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        (None, date(2027, 7, 1)),
        ("2028-07", date(2028, 7, 1)),
        ("2028", date(2028, 7, 1)),
        ("2027-01-15", date(2027, 1, 1)),
    ],
)
def test_start_of_training(aim: str | None, expected: date) -> None:
    assert start_of(aim, _TODAY) == expected


def test_partial_dates() -> None:
    assert partial_date("2027") == DateSpan(date(2027, 1, 1), date(2027, 12, 31))
    assert partial_date("2028-02") == DateSpan(date(2028, 2, 1), date(2028, 2, 29))
    assert partial_date("2027-02-30") is None
    assert partial_date("0000") is None
    assert partial_date("soon") is None
    assert months_between(date(2019, 6, 1), date(2027, 7, 1)) == 97
    assert years_and_months(97) == "8 years 1 month"
    assert years_and_months(0) == "less than a month"
