"""What to read next about an institution: what most others have, and what its programs lack to be useful.

Institutions resemble each other. A specialty that most of them train in and one doesn't is more likely a page that
nobody read than a program that doesn't exist. It is a proposal where to look, never a fact.
"""

from __future__ import annotations

from collections import Counter

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .confirmation import missing_essentials
from .models import Institution, Program
from .schema import INSTITUTION

#: An institution with fewer programs is too small to be measured by what the others have.
_MIN_PROGRAMS = 8


class MissingSpecialty(NamedTuple):
    """A specialty in which other institutions have a program and this one has none in the data."""

    specialty: str
    institutions: int


class UnfinishedProgram(NamedTuple):
    """A program and what it must still state to be useful."""

    program: Program
    missing: tuple[str, ...]


class ReadingPlan(NamedTuple):
    """What to look for: specialties by how many others have them, and programs with the fewest gaps first.

    `compared_with` is the number of other institutions; `fields` are the keys that at least half of them state.
    """

    institution: Institution
    compared_with: int
    specialties: tuple[MissingSpecialty, ...]
    programs: tuple[UnfinishedProgram, ...]
    fields: tuple[str, ...]


def reading_plan(catalog: Catalog, institution: Institution) -> ReadingPlan:
    """Return what to read next about an institution."""
    others = [other for other in catalog.institutions if other.id != institution.id and _is_comparable(catalog, other)]
    specialties = _specialties(catalog, institution)
    counts = Counter(specialty for other in others for specialty in _specialties(catalog, other) - specialties)
    missing = [
        MissingSpecialty(specialty, count) for specialty, count in counts.most_common() if 2 * count >= len(others)
    ]
    unfinished = [
        UnfinishedProgram(program, missing_essentials(program))
        for program in catalog.sponsored_by(institution.id)
        if program.kind != "other" and missing_essentials(program)
    ]
    return ReadingPlan(
        institution=institution,
        compared_with=len(others),
        specialties=tuple(missing),
        programs=tuple(sorted(unfinished, key=lambda entry: (len(entry.missing), entry.program.kind != "residency"))),
        fields=tuple(
            field.key
            for field in INSTITUTION
            if not getattr(institution, field.key)
            and 2 * sum(bool(getattr(other, field.key)) for other in others) > len(others)
        ),
    )


def _is_comparable(catalog: Catalog, institution: Institution) -> bool:
    return len(catalog.sponsored_by(institution.id)) >= _MIN_PROGRAMS


def _specialties(catalog: Catalog, institution: Institution) -> set[str]:
    return {program.specialty for program in catalog.programs_of(institution.id) if program.specialty}
