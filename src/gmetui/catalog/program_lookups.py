"""Which programs have what: their numbers by id, institution and specialty, and sums over all of them.

Collecting them visits every program. A compiled catalog stores them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .ids import InstitutionId, SiteId
from .models import Institution, Program, Site, Specialty

#: A city and a state, either of which may be unknown.
Place = tuple[str | None, str | None]


class ProgramLookups(NamedTuple):
    """The numbers of programs, and sums over all programs of a catalog.

    - `numbers`: the number of each program, by id
    - `by_institution`: the programs that an institution sponsors or runs with another, by its id
    - `by_specialty`: the programs in a specialty, by its id
    - `by_base`: the programs of an institution whose specialty builds on another, by `base_key`
    - `partners`: by program id, the institutions in the data that run the program together with its sponsor
    - `sponsor_count`: how many institutions sponsor a program
    - `place_counts`: each city and state with how many programs are there, the first place first
    - `has_imported_programs`: whether an imported list has one of them
    """

    numbers: Mapping[str, int]
    by_institution: Mapping[str, Sequence[int]]
    by_specialty: Mapping[str, Sequence[int]]
    by_base: Mapping[str, Sequence[int]]
    partners: Mapping[str, tuple[InstitutionId, ...]]
    sponsor_count: int
    place_counts: Sequence[tuple[Place, int]]
    has_imported_programs: bool


def collect_lookups(
    programs: Sequence[Program],
    institutions: Mapping[str, Institution],
    specialties: Mapping[str, Specialty],
    sites: Mapping[str, Site],
) -> ProgramLookups:
    """Return the lookups of programs, all of which are visited once."""
    numbers: dict[str, int] = {}
    by_institution: dict[str, list[int]] = defaultdict(list)
    by_specialty: dict[str, list[int]] = defaultdict(list)
    by_base: dict[str, list[int]] = defaultdict(list)
    partners: dict[str, tuple[InstitutionId, ...]] = {}
    place_counts: Counter[Place] = Counter()
    has_imported_programs = False
    for number, program in enumerate(programs):
        numbers[program.id] = number
        by_specialty[program.specialty].append(number)
        program_partners = tuple(_partners(program, institutions, sites))
        if program_partners:
            partners[program.id] = program_partners
        for institution_id in (program.institution, *program_partners):
            by_institution[institution_id].append(number)
            for base in specialties[program.specialty].builds_on:
                by_base[base_key(institution_id, base)].append(number)
        place_counts[program_place(program, institutions)] += 1
        has_imported_programs = has_imported_programs or bool(program.provenance.listed_in)
    return ProgramLookups(
        numbers=numbers,
        by_institution=dict(by_institution),
        by_specialty=dict(by_specialty),
        by_base=dict(by_base),
        partners=partners,
        sponsor_count=len({program.institution for program in programs}),
        place_counts=tuple(place_counts.items()),
        has_imported_programs=has_imported_programs,
    )


def base_key(institution: str, specialty: str) -> str:
    """Return the key of the programs of an institution whose specialty builds on another."""
    return f"{institution} {specialty}"


def program_place(program: Program, institutions: Mapping[str, Institution]) -> Place:
    """Return the city and state of a program: its own if it states any, else its institution's."""
    institution = institutions[program.institution]
    if program.city or program.state:
        return program.city, program.state or institution.state
    return institution.city, institution.state


def _partners(
    program: Program, institutions: Mapping[str, Institution], sites: Mapping[str, Site]
) -> Iterator[InstitutionId]:
    """Yield the institutions of a program's joint sites, each once, without its sponsor."""
    site_ids = (site for partner in program.joint_with for site in partner.site)
    for institution_id in dict.fromkeys(_institution_of_site(site_id, institutions, sites) for site_id in site_ids):
        if institution_id is not None and institution_id != program.institution:
            yield institution_id


def _institution_of_site(
    site_id: SiteId | None, institutions: Mapping[str, Institution], sites: Mapping[str, Site]
) -> InstitutionId | None:
    """Return the institution that a site, or the site it is a part of, belongs to."""
    visited = set()
    while site_id is not None and site_id not in visited and site_id in sites:
        visited.add(site_id)
        site = sites[site_id]
        if site.institution in institutions:
            return site.institution
        site_id = site.part_of
    return None
