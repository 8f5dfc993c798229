"""How long training takes after medical school: a specialty and the specialties it builds on."""

from __future__ import annotations

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .ids import SpecialtyId
from .models import Program

_MAX_DEPTH = 6  # levels of specialties that build on each other; a circle in the data must end
_MAX_NEXT_DEPTH = 2  # fellowships after fellowships

#: The fewest and the most years.
YearRange = tuple[int, int]


class NextProgram(NamedTuple):
    """A program to stay for: its own years, and all years from the first postgraduate year to its end.

    `depth` is 0 for a program right after the training, 1 for one that builds on the program listed before it.
    """

    program: Program
    years: YearRange | None
    total: YearRange | None
    depth: int = 0


def total_years(catalog: Catalog, specialty_id: SpecialtyId, max_depth: int = _MAX_DEPTH) -> YearRange | None:
    """Return the fewest and the most years from the first postgraduate year to the end of a specialty.

    A specialty may build on several others, of which one is enough; a combined one contains its parents, and its length
    is the whole training. Return None where a length is not stated.
    """
    specialty = catalog.specialty.get(specialty_id)
    if specialty is None or specialty.length_years is None or not max_depth:
        return None
    before = years_before(catalog, specialty_id, max_depth)
    return _add(before, (specialty.length_years, specialty.length_years_max or specialty.length_years))


def years_before(catalog: Catalog, specialty_id: SpecialtyId, max_depth: int = _MAX_DEPTH) -> YearRange | None:
    """Return the fewest and the most years of training that come before a specialty: (0, 0) for most residencies."""
    specialty = catalog.specialty.get(specialty_id)
    if specialty is None:
        return None
    if not specialty.builds_on:
        is_after_clinical_year = specialty.base_year == "separate" and specialty.program_years is None
        return (1, 1) if is_after_clinical_year else (0, 0)
    parent_years = [total_years(catalog, parent, max_depth - 1) for parent in specialty.builds_on]
    known_years = [years for years in parent_years if years is not None]
    if len(known_years) < len(parent_years):
        return None
    return min(years[0] for years in known_years), max(years[1] for years in known_years)


def program_years(catalog: Catalog, program: Program) -> YearRange | None:
    """Return the length of a program: as it states it, else as is typical for its specialty."""
    if program.length_years is not None:
        return program.length_years, program.length_years
    specialty = catalog.specialty[program.specialty]
    if specialty.length_years is None:
        return None
    return specialty.length_years, specialty.length_years_max or specialty.length_years


def years_before_program(catalog: Catalog, program: Program) -> YearRange | None:
    """Return the years of training that come before a program.

    A residency that is shorter than its specialty by the years often taken elsewhere starts after them: dermatology
    takes four years, of which a program of three years offers the last three.
    """
    specialty = catalog.specialty[program.specialty]
    length, in_program = specialty.length_years, specialty.program_years
    if length is not None and in_program is not None and program.length_years == in_program:
        return length - in_program, length - in_program
    return years_before(catalog, program.specialty)


def next_programs(catalog: Catalog, program: Program) -> tuple[NextProgram, ...]:
    """Return the programs of the same institution that build on a program, each with those that build on it in turn.

    A combined residency starts from medical school, so it never is a next step; after one, the fellowships of each
    specialty it combines are open.
    """
    end = _add(years_before_program(catalog, program), program_years(catalog, program))
    specialty = catalog.specialty[program.specialty]
    completed = {program.specialty, *(specialty.parents if specialty.kind == "combined" else ())}
    return tuple(_steps(catalog, program, completed, end, 0))


def _steps(
    catalog: Catalog, program: Program, completed: set[SpecialtyId], end: YearRange | None, depth: int
) -> list[NextProgram]:
    steps: list[NextProgram] = []
    groups = (catalog.programs_building_on(program.institution, specialty) for specialty in completed)
    candidates = {candidate.id: candidate for group in groups for candidate in group}
    for candidate in sorted(candidates.values(), key=lambda candidate: candidate.name):
        if candidate.kind == "combined" or candidate.specialty in completed:
            continue
        years = program_years(catalog, candidate)
        total = _add(end, years)
        steps.append(NextProgram(candidate, years, total, depth))
        if depth + 1 < _MAX_NEXT_DEPTH:
            steps += _steps(catalog, program, {candidate.specialty}, total, depth + 1)
    return steps


def _add(before: YearRange | None, years: YearRange | None) -> YearRange | None:
    return (before[0] + years[0], before[1] + years[1]) if before is not None and years is not None else None


def years_text(years: YearRange | None) -> str:
    """Return "6", "5–7", or "" for a length that is not stated."""
    if years is None:
        return ""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
