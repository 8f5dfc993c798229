"""The requirements of a program compared with a profile: nothing that its page states is left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.documents.document import Block, FactRow, Paragraph, blocks_within, values_in
from gmetui.documents.profile_document import profile_document
from gmetui.documents.program_document import program_document
from gmetui.documents.program_fit_document import with_fit
from gmetui.documents.program_requirements import with_hint
from gmetui.planning.fit_table import application_year, judge_all
from gmetui.planning.profile import EMPTY_PROFILE, ExamResult, Profile, TrainingRecord, VisaWish
from gmetui.planning.profile_edits import profile_key
from gmetui.planning.program_fit import judge_program

_TODAY = date(2026, 11, 26)
_GRADUATE = Profile(
    degree=("MBBS",),
    school_country="IN",
    graduation="2019",
    visa=VisaWish(needed=True, will_take=("H-1B",)),
    exam=(ExamResult(name="USMLE Step 1", passed="2024-03"), ExamResult(name="USMLE Step 3", planned="2027-02")),
    training=(TrainingRecord(specialty="internal-medicine", finished=True, accredited="ACGME"),),
)


def texts(blocks: Iterable[Block]) -> set[str]:
    return {value.text for value in values_in(blocks)}


@pytest.mark.parametrize("profile", [EMPTY_PROFILE, _GRADUATE])
@pytest.mark.parametrize("data", ["catalog", "bundled_catalog"])
def test_a_comparison_leaves_nothing_out(request: pytest.FixtureRequest, data: str, profile: Profile) -> None:
    catalog: Catalog = request.getfixturevalue(data)
    year = application_year(profile, _TODAY)
    for program in catalog.programs[:: max(1, len(catalog.programs) // 120)]:
        document = program_document(catalog, program, _TODAY)
        fit = judge_program(catalog, program, profile, year)
        compared = with_fit(catalog, document, program, fit, profile)
        for section, compared_section in zip(document.sections, compared.sections, strict=True):
            assert texts(section.blocks) <= texts(compared_section.blocks), program.id
            if section.id != "requirements":
                assert section == compared_section
        requirements = next(section for section in compared.sections if section.id == "requirements")
        first = requirements.blocks[0]
        assert isinstance(first, Paragraph)
        assert first.value.text.casefold().startswith(fit.verdict.words)
        states = [block.key for block in requirements.blocks if isinstance(block, FactRow)]
        order = ["fit-does-not-meet", "fit-cannot-tell", "fit-meets"]
        assert [state for state in states if state in order] == sorted(
            (state for state in states if state in order), key=order.index
        )


def test_without_a_profile_the_page_has_one_line_more(catalog: Catalog) -> None:
    document = program_document(catalog, catalog.programs[0], _TODAY)
    hinted = with_hint(document, "Q compares.")
    for section, hinted_section in zip(document.sections, hinted.sections, strict=True):
        extra = (Paragraph(hinted_section.blocks[-1].value, "muted"),) if section.id == "requirements" else ()  # type: ignore[union-attr]
        assert hinted_section.blocks == (*section.blocks, *extra)
    early = program_document(catalog, catalog.programs[0], _TODAY, section_count=1)
    assert with_hint(early, "Q compares.") == early


@pytest.mark.parametrize("profile", [EMPTY_PROFILE, _GRADUATE])
def test_every_row_of_a_profile_names_what_it_changes(catalog: Catalog, profile: Profile) -> None:
    missing = judge_all(catalog, profile, _TODAY).missing_answers()
    document = profile_document(catalog, profile, "default", missing)
    rows = [
        block for section in document.sections for block in blocks_within(section.blocks) if isinstance(block, FactRow)
    ]
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        key = row.key.removeprefix("?").partition(":")[0].partition("[")[0]
        assert profile_key(key if key != "visa" else "visa.needed").field.label
    sections = [section.id for section in document.sections]
    assert sections.index("missing") < sections.index("untold")
    assert ("welcome" in sections) is profile.is_empty
    asked = [row.key for row in rows if row.key.startswith("?")]
    counts = [answer.program_count for answer in missing]
    assert counts == sorted(counts, reverse=True)
    assert asked == [f"?{answer.question.key}:{answer.question.finer}" for answer in missing[: len(asked)]]
