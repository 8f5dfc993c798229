"""What a program asks about one subject, in a few words."""

from __future__ import annotations

import pytest

from gmetui.catalog.items import Needs, Requirement
from gmetui.documents.requirement_summary import summarize_requirements

_STEPS = ("USMLE Step 1", "USMLE Step 2 CK")


@pytest.mark.parametrize(
    ("subject", "needs", "summary"),
    [
        ("exams", Needs(examinations=_STEPS, first_attempt=True), "Steps 1 and 2 at the first attempt"),
        (
            "exams",
            Needs(examinations=_STEPS, or_examinations=("COMLEX",), max_attempts=2, by="application"),
            "Steps 1 and 2 or COMLEX within 2 attempts with application",
        ),
        ("exams", Needs(score_min={"USMLE Step 2 CK": 230}), "Step 2 230 or more"),
        ("graduation", Needs(years_since_graduation=5), "5 years"),
        ("graduation", Needs(no_year_limit=True), "no limit"),
        (
            "experience",
            Needs(clinical_months=12, clinical_kind=("hands-on",), clinical_country=("US",)),
            "12 months hands-on in US",
        ),
    ],
)
def test_summary_of_structured_requirements(subject: str, needs: Needs, summary: str) -> None:
    topics = {"exams": "exam", "graduation": "recency", "experience": "clinical experience"}
    requirement = Requirement(topic=topics[subject], text="As the page states it", strength="required", needs=needs)
    assert summarize_requirements(subject, (requirement,)) == summary


def test_a_text_without_structure_is_its_own_summary() -> None:
    requirement = Requirement(topic="clinical experience", text="A rotation in the United States")
    assert summarize_requirements("experience", (requirement,)) == "A rotation in the United States"
