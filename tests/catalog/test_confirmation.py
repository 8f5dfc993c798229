"""Which facts are confirmed on their pages, and which programs are useful."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.confirmation import confirmation, confirmed_facts, is_useful
from gmetui.catalog.facts import program_fact
from gmetui.catalog.ids import InstitutionId, ProgramId, SourceId, SpecialtyId
from gmetui.catalog.items import Deadline, Note, Requirement
from gmetui.catalog.models import Program, Provenance, Statement

PAGE = SourceId("harbor-gme")
USEFUL = Program(
    id=ProgramId("harbor-surgery"),
    name="Surgery Residency",
    institution=InstitutionId("harbor"),
    kind="residency",
    specialty=SpecialtyId("surgery"),
    provenance=Provenance(source=(PAGE,), confirmed="2026-11"),
    length_years=5,
    application_service="ERAS",
    requirements=(Requirement(topic="letters", text="Three letters"),),
    deadlines=(Deadline(text="Sep 24, 2026"),),
)
MISSION = Statement(what="mission", quote=("Care for all.",), source=(PAGE,))


def test_a_program_with_length_service_requirements_and_deadline_is_useful() -> None:
    assert is_useful(USEFUL)


def test_a_mission_stands_in_for_a_deadline() -> None:
    assert is_useful(replace(USEFUL, deadlines=(), statements=(MISSION,)))


@pytest.mark.parametrize("missing", ["length_years", "application_service", "requirements", "deadlines"])
def test_a_program_without_one_of_them_is_not_useful(missing: str) -> None:
    empty = () if missing in ("requirements", "deadlines") else None
    assert not is_useful(replace(USEFUL, **{missing: empty}))


def test_each_field_and_each_item_is_a_fact() -> None:
    program = replace(USEFUL, highlights=(Note(text="One"), Note(text="Two")))
    assert confirmed_facts(program) == (6, 6)


def test_unconfirmed_fields_and_items_are_not_counted_as_confirmed() -> None:
    program = replace(
        USEFUL,
        provenance=Provenance(source=(PAGE,), confirmed="2026-11", unconfirmed=("length_years",)),
        highlights=(Note(text="One"), Note(text="Two", unconfirmed=True)),
    )
    assert confirmed_facts(program) == (4, 6)


def test_nothing_is_confirmed_without_a_month() -> None:
    assert confirmed_facts(replace(USEFUL, provenance=Provenance(source=(PAGE,)))) == (0, 4)


def test_figures_are_of_the_programs_an_institution_sponsors(catalog: Catalog) -> None:
    rows = confirmation(catalog)
    assert [row.institution for row in rows] == [institution.id for institution in catalog.institutions]
    assert sum(row.programs for row in rows) == len(catalog.programs)
    assert all(row.useful <= row.programs and row.confirmed <= row.facts for row in rows)


@pytest.mark.parametrize(
    ("sources", "mark"), [((PAGE,), "unconfirmed"), ((PAGE, SourceId("other")), "unconfirmed, on one of 2 pages")]
)
def test_an_unconfirmed_fact_is_marked(catalog: Catalog, sources: tuple[SourceId, ...], mark: str) -> None:
    program = replace(
        catalog.programs[0],
        length_years=3,
        highlights=(Note(text="A view of the sea", unconfirmed=True),),
        provenance=Provenance(source=sources, unconfirmed=("length_years",)),
    )
    assert program_fact(catalog, program, "length_years").display_values == (f"3 years · {mark}",)
    assert program_fact(catalog, program, "highlights").display_values == (f"A view of the sea · {mark}",)
    assert mark not in program_fact(catalog, program, "kind").display_values[0]
