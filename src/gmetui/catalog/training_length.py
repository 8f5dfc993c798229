"""How long training takes after medical school: a specialty and the specialties it builds on."""

from __future__ import annotations

from functools import lru_cache

from ..compiled.tables import Entries
from ..lean_typing import NamedTuple
from .catalog import Catalog
from .ids import InstitutionId, SpecialtyId
from .models import Program

_MAX_DEPTH = 6  # levels of specialties that build on each other; a circle in the data must end
_MAX_LISTED = 60  # next programs on a page; in the bundled data, no program has 30

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


class NextPrograms(NamedTuple):
    """The programs to stay for that are listed.

    - `unlisted_count`: how many more come right after the training
    - `omits_later`: whether programs that build on those in turn are left out
    """

    steps: tuple[NextProgram, ...]
    unlisted_count: int
    omits_later: bool


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


def next_programs(catalog: Catalog, program: Program, max_listed: int | None = _MAX_LISTED) -> NextPrograms:
    """Return the programs of the same institution that build on a program, each with those that build on it in turn.

    A combined residency starts from medical school, so it never is a next step; after one, the fellowships of each
    specialty it combines are open. Of more than `max_listed`, only so many of those right after the training are
    listed, and no other program is looked at; None lists all.
    """
    following = programs_after(catalog, program)
    listed = sorted(following[:max_listed], key=_name_of)
    followers_of = lru_cache(None)(lambda specialty: _building_on(catalog, program.institution, {specialty}))
    followers = [followers_of(candidate.specialty) for candidate in listed]
    omits_later = max_listed is not None and any(followers) and len(following) + sum(map(len, followers)) > max_listed
    if omits_later:
        followers = [following[:0]] * len(listed)
    end = _add(years_before_program(catalog, program), program_years(catalog, program))
    steps: list[NextProgram] = []
    for candidate, later_programs in zip(listed, followers, strict=True):
        step = _step(catalog, candidate, end, 0)
        steps += (step, *(_step(catalog, later, step.total, 1) for later in sorted(later_programs, key=_name_of)))
    return NextPrograms(tuple(steps), len(following) - len(listed), omits_later)


def programs_after(catalog: Catalog, program: Program) -> Entries[Program]:
    """Return the programs of the same institution that build on a program, in the order of the catalog."""
    specialty = catalog.specialty[program.specialty]
    completed = {program.specialty, *(specialty.parents if specialty.kind == "combined" else ())}
    return _building_on(catalog, program.institution, completed)


def _building_on(catalog: Catalog, institution: InstitutionId, completed: set[SpecialtyId]) -> Entries[Program]:
    """Return the programs that build on one of some specialties, and are in none of them."""
    numbers: set[int] = set()
    for specialty in completed:
        numbers.update(catalog.programs_building_on(institution, specialty).numbers)
    for specialty in completed:
        if specialty in catalog.specialty and not completed.isdisjoint(catalog.specialty[specialty].builds_on):
            numbers.difference_update(catalog.programs_in(specialty).numbers)
    return Entries(catalog.programs, sorted(numbers))


def _name_of(program: Program) -> str:
    return program.name


def _step(catalog: Catalog, program: Program, end: YearRange | None, depth: int) -> NextProgram:
    years = program_years(catalog, program)
    return NextProgram(program, years, _add(end, years), depth)


def _add(before: YearRange | None, years: YearRange | None) -> YearRange | None:
    return (before[0] + years[0], before[1] + years[1]) if before is not None and years is not None else None


def years_text(years: YearRange | None) -> str:
    """Return "6", "5–7", or "" for a length that is not stated."""
    if years is None:
        return ""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
