"""Years of training from medical school to the end of a specialty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import EMPTY_CATALOG, Catalog
from gmetui.catalog.ids import SpecialtyId
from gmetui.catalog.kinds import Kind
from gmetui.catalog.models import Program, Provenance, Specialty
from gmetui.catalog.training_length import next_programs, programs_after, total_years, years_text


@pytest.mark.parametrize(
    ("specialty", "years"),
    [
        ("internal-medicine", (3, 3)),
        ("cardiovascular-disease", (6, 6)),
        ("interventional-cardiology", (7, 7)),
        ("no-such", None),
    ],
)
def test_years_add_up(catalog: Catalog, specialty: str, years: tuple[int, int] | None) -> None:
    assert total_years(catalog, SpecialtyId(specialty)) == years


def specialty(
    specialty_id: str, years: int | None, *parents: str, longest: int | None = None, kind: Kind = "fellowship"
) -> Specialty:
    return Specialty(
        id=SpecialtyId(specialty_id),
        name=specialty_id,
        kind=kind,
        length_years=years,
        length_years_max=longest,
        parents=tuple(map(SpecialtyId, parents)),
        provenance=Provenance(),
    )


@pytest.mark.parametrize(
    ("specialties", "years"),
    [
        ([specialty("a", 3, longest=5)], (3, 5)),
        (
            [specialty("a", 1, "b", "c"), specialty("b", 3), specialty("c", 5, longest=7)],
            (4, 8),
        ),  # one is enough
        ([specialty("a", None)], None),
        ([specialty("a", 1, "b"), specialty("b", None)], None),
        ([specialty("a", 1, "b"), specialty("b", 1, "a")], None),  # a circle ends
        (
            [specialty("a", 4, "b", "c", kind="combined"), specialty("b", 3), specialty("c", 3)],
            (4, 4),
        ),  # medicine-pediatrics: its parents are its components
        (
            [specialty("a", 3, "d"), specialty("d", 4, "b", "c", kind="combined"), specialty("b", 3)],
            (7, 7),
        ),  # a fellowship after a combined residency
    ],
)
def test_parents(specialties: Sequence[Specialty], years: tuple[int, int] | None) -> None:
    catalog = replace(EMPTY_CATALOG, specialties=tuple(specialties))
    assert total_years(catalog, SpecialtyId("a")) == years


@pytest.mark.parametrize(("kind", "steps"), [("fellowship", ("b",)), ("combined", ())])
def test_a_combined_residency_is_no_step_after_its_components(kind: Kind, steps: tuple[str, ...]) -> None:
    assert specialty("a", 4, "b", kind=kind).builds_on == steps


def test_text() -> None:
    assert (years_text((6, 6)), years_text((5, 7)), years_text(None)) == ("6", "5–7", "")


def test_few_next_programs_are_listed_with_those_that_build_on_them(catalog: Catalog) -> None:
    steps, unlisted_count, omits_later = next_programs(catalog, catalog.program["larkspur-internal-medicine-residency"])
    assert {step.depth for step in steps} == {0, 1}
    assert not unlisted_count
    assert not omits_later
    assert [step.program.id for step in steps if not step.depth] == sorted(
        (program.id for program in programs_after(catalog, catalog.program["larkspur-internal-medicine-residency"])),
        key=lambda program_id: catalog.program[program_id].name,
    )


def test_of_many_next_programs_the_first_are_listed_by_themselves(catalog: Catalog) -> None:
    program = catalog.program["larkspur-internal-medicine-residency"]
    following = programs_after(catalog, program)
    for max_listed in range(len(following)):
        steps, unlisted_count, omits_later = next_programs(catalog, program, max_listed)
        assert len(steps) == max_listed
        assert unlisted_count == len(following) - max_listed
        assert {step.program.id for step in steps} == {candidate.id for candidate in following[:max_listed]}
    steps, unlisted_count, omits_later = next_programs(catalog, program, len(following))
    assert (len(steps), unlisted_count, omits_later) == (len(following), 0, True)


def test_unlisted_programs_are_not_looked_at(catalog: Catalog) -> None:
    """However many programs build on one, their number and the first of them are told without looking at all."""
    program = catalog.program["larkspur-internal-medicine-residency"]
    following = programs_after(catalog, program)
    visited: list[int] = []

    class Visited(Sequence[Program]):
        def __len__(self) -> int:
            return len(catalog.programs)

        def __getitem__(self, number: int) -> Program:  # type: ignore[override]
            visited.append(number)
            return catalog.programs[number]

    watched = replace(catalog, programs=Visited(), stored_lookups=catalog.lookups)
    assert len(programs_after(watched, program)) == len(following)
    assert not visited
    next_programs(watched, program, 1)
    assert visited == list(following.numbers[:1])
