"""What to read next: what most other institutions have, and the programs with the fewest gaps first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.confirmation import missing_essentials
from gmetui.catalog.models import Institution
from gmetui.catalog.reading_plan import reading_plan
from gmetui.tools.reading_list import reading_list

SPECIALTIES = tuple(f"specialty-{number}" for number in range(9))


def make_catalog(template: Catalog) -> Catalog:
    """Return three institutions with nine specialties each; the last lacks two of them, and states no city."""
    institutions = [replace(template.institutions[0], id=name, name=name.title()) for name in ("elm", "oak", "ash")]
    institutions[2] = replace(institutions[2], city=None)
    programs = [
        replace(
            template.programs[0], id=f"{institution.id}-{specialty}", institution=institution.id, specialty=specialty
        )
        for institution in institutions
        for specialty in (SPECIALTIES[2:] if institution.id == "ash" else SPECIALTIES)
    ]
    return Catalog(
        edition=template.edition,
        institutions=tuple(institutions),
        programs=tuple(programs),
        specialties=tuple(replace(template.specialties[0], id=name, name=name.title()) for name in SPECIALTIES),
    )


def test_specialties_that_most_others_have_are_proposed(catalog: Catalog) -> None:
    forest = make_catalog(catalog)
    plan = reading_plan(forest, forest.institution["ash"])
    assert plan.compared_with == 2
    assert {specialty for specialty, count in plan.specialties if count == 2} == set(SPECIALTIES[:2])
    assert not reading_plan(forest, forest.institution["oak"]).specialties


def test_programs_with_the_fewest_gaps_come_first(catalog: Catalog) -> None:
    for institution in catalog.institutions:
        gaps = [len(missing) for _program, missing in reading_plan(catalog, institution).programs]
        assert gaps == sorted(gaps)
        assert 0 not in gaps


def test_a_program_says_what_it_lacks(catalog: Catalog) -> None:
    nothing = {"length_years": None, "application_service": (), "requirements": (), "deadlines": (), "statements": ()}
    assert missing_essentials(replace(catalog.programs[0], **nothing)) == (
        "length",
        "application service",
        "requirements",
        "deadline or mission",
    )


def test_the_list_names_programs_and_pages(catalog: Catalog) -> None:
    forest = make_catalog(catalog)
    lines = list(reading_list(forest, ["ash"]))
    assert lines[0].startswith("Ash, compared with 2 institutions")
    assert any("Specialty-0 (2 of 2)" in line for line in lines)
    assert len(list(reading_list(forest, []))) == len(forest.institutions)
    with pytest.raises(KeyError):
        list(reading_list(forest, ["nobody"]))


def test_an_institution_says_which_facts_most_others_state(catalog: Catalog) -> None:
    forest = make_catalog(catalog)
    institution: Institution = forest.institution["ash"]
    assert ("city" in reading_plan(forest, institution).fields) == bool(forest.institution["elm"].city)
