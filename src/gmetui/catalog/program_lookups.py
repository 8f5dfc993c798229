"""Which programs have what: their numbers by id, institution and specialty, and sums over all of them.

Collecting them visits every program. A compiled catalog stores them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..compiled.numbers import NumberLists
from .ids import InstitutionId, SiteId
from .models import Institution, Program, Site, Specialty

#: A city and a state, either of which may be unknown.
Place = tuple[str | None, str | None]


class ProgramLookups(NamedTuple):
    """The numbers of programs, and sums over all programs of a catalog.

    - `numbers`: the number of each program, by id
    - `by_institution`: the programs that an institution sponsors or runs with another, by its id
    - `by_specialty`: the programs in a specialty, by its id
    - `by_base`: the programs of an institution whose specialty builds on another, by `base_key`, without combined ones,
      which start from medical school
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


class LookupCollector:
    """Collects the lookups of programs, program by program. `program_ids` are those seen so far."""

    def __init__(
        self,
        institutions: Mapping[str, Institution],
        specialties: Mapping[str, Specialty],
        sites: Mapping[str, Site],
    ) -> None:
        self._institutions, self._specialties, self._sites = institutions, specialties, sites
        self.program_ids: list[str] = []
        self._by_institution: NumberLists[str] = NumberLists()
        self._by_specialty: NumberLists[str] = NumberLists()
        self._by_base: NumberLists[str] = NumberLists()
        self._partners: dict[str, tuple[InstitutionId, ...]] = {}
        self._sponsors: set[str] = set()
        self._place_counts: Counter[Place] = Counter()
        self._has_imported_programs = False

    def add(self, program: Program) -> None:
        """Look at the next program."""
        number = len(self.program_ids)
        self.program_ids.append(program.id)
        self._by_specialty[program.specialty].append(number)
        partners = program_partners(program, self._institutions, self._sites)
        if partners:
            self._partners[program.id] = partners
        self._sponsors.add(program.institution)
        bases = self._specialties[program.specialty].builds_on
        for institution_id in (program.institution, *partners):
            self._by_institution[institution_id].append(number)
            for base in bases if program.kind != "combined" else ():
                self._by_base[base_key(institution_id, base)].append(number)
        self._place_counts[program_place(program, self._institutions)] += 1
        self._has_imported_programs = self._has_imported_programs or bool(program.provenance.listed_in)

    def result(self, numbers: Mapping[str, int]) -> ProgramLookups:
        """Return the lookups, with the `numbers` of the programs by id."""
        return ProgramLookups(
            numbers=numbers,
            by_institution=dict(self._by_institution),
            by_specialty=dict(self._by_specialty),
            by_base=dict(self._by_base),
            partners=self._partners,
            sponsor_count=len(self._sponsors),
            place_counts=tuple(self._place_counts.items()),
            has_imported_programs=self._has_imported_programs,
        )


def collect_lookups(
    programs: Sequence[Program],
    institutions: Mapping[str, Institution],
    specialties: Mapping[str, Specialty],
    sites: Mapping[str, Site],
) -> ProgramLookups:
    """Return the lookups of programs, all of which are visited once."""
    collector = LookupCollector(institutions, specialties, sites)
    for program in programs:
        collector.add(program)
    return collector.result({program_id: number for number, program_id in enumerate(collector.program_ids)})


def base_key(institution: str, specialty: str) -> str:
    """Return the key of the programs of an institution whose specialty builds on another."""
    return f"{institution} {specialty}"


def program_place(program: Program, institutions: Mapping[str, Institution]) -> Place:
    """Return the city and state of a program: its own if it states any, else its institution's."""
    institution = institutions[program.institution]
    if program.city or program.state:
        return program.city, program.state or institution.state
    return institution.city, institution.state


def program_partners(
    program: Program, institutions: Mapping[str, Institution], sites: Mapping[str, Site]
) -> tuple[InstitutionId, ...]:
    """Return the institutions of a program's joint sites, each once, without its sponsor."""
    if not program.joint_with:
        return ()
    site_ids = (site for partner in program.joint_with for site in partner.site)
    institution_ids = dict.fromkeys(_institution_of_site(site_id, institutions, sites) for site_id in site_ids)
    return tuple(
        institution_id
        for institution_id in institution_ids
        if institution_id is not None and institution_id != program.institution
    )


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
