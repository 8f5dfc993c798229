"""The catalog: all values of one set of data, and the lookups that need more than one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from .ids import InstitutionId, SiteId
from .models import (
    Ambiguity,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
)


class Catalog(Struct, frozen=True, eq=False, kw_only=True, omit_defaults=True, dict=True, weakref=True):
    """Everything gmetui knows, in its fixed order. Two catalogs are equal only if they are the same object."""

    edition: Edition
    institutions: tuple[Institution, ...] = ()
    programs: tuple[Program, ...] = ()
    specialties: tuple[Specialty, ...] = ()
    services: tuple[Service, ...] = ()
    salaries: tuple[Salary, ...] = ()
    requirements: tuple[GeneralRequirement, ...] = ()
    sources: tuple[Source, ...] = ()
    boards: Mapping[str, str] = {}
    ambiguities: tuple[Ambiguity, ...] = ()
    sites: tuple[Site, ...] = ()

    @cached_property
    def program(self) -> Mapping[str, Program]:
        """Programs by id."""
        return {program.id: program for program in self.programs}

    @cached_property
    def institution(self) -> Mapping[str, Institution]:
        """Institutions by id."""
        return {institution.id: institution for institution in self.institutions}

    @cached_property
    def specialty(self) -> Mapping[str, Specialty]:
        """Specialties by id, including those that only programs name."""
        return {specialty.id: specialty for specialty in self.specialties}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Web pages by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def site(self) -> Mapping[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def institution_labels(self) -> Mapping[str, str]:
        """Labels that tell institutions apart in a list, by id.

        The label is the name, unless the name continues another institution's ("Boston Medical Center - Brighton"
        beside "Boston Medical Center"): a column that cuts names off would show both alike. Such an institution is
        labeled by its longest alternative name.
        """
        names = {institution.name for institution in self.institutions}
        labels: dict[str, str] = {}
        for institution in self.institutions:
            *beginnings, _full_name = accumulate(institution.name.split(" "), "{} {}".format)
            if names.isdisjoint(beginnings):
                labels[institution.id] = institution.name
            else:
                labels[institution.id] = max(institution.also_called, key=len, default=institution.name)
        return labels

    @cached_property
    def has_imported_programs(self) -> bool:
        """Whether imported lists are part of the catalog; each has a date of its own."""
        return any(program.provenance.listed_in for program in reversed(self.programs))

    @cached_property
    def partners(self) -> Mapping[str, tuple[InstitutionId, ...]]:
        """By program id, the institutions in the data that run the program together with its sponsor."""
        partners: dict[str, tuple[InstitutionId, ...]] = {}
        for program in self.programs:
            sites = (site for partner in program.joint_with for site in partner.site)
            institutions = dict.fromkeys(filter(None, map(self._institution_of_site, sites)))
            institutions.pop(program.institution, None)
            if institutions:
                partners[program.id] = tuple(institutions)
        return partners

    def _institution_of_site(self, site_id: SiteId | None) -> InstitutionId | None:
        """Return the institution that a site, or the site it is a part of, belongs to."""
        visited = set()
        while site_id is not None and site_id not in visited and site_id in self.site:
            visited.add(site_id)
            site = self.site[site_id]
            if site.institution in self.institution:
                return site.institution
            site_id = site.part_of
        return None

    def location_of(self, program: Program) -> tuple[str | None, str | None]:
        """Return the city and state of a program: its own if it states any, else its institution's."""
        institution = self.institution[program.institution]
        if program.city or program.state:
            return program.city, program.state or institution.state
        return institution.city, institution.state

    def institutions_of(self, program: Program) -> tuple[InstitutionId, ...]:
        """Return the sponsor of a program, then its partners."""
        return (program.institution, *self.partners.get(program.id, ()))

    def sponsored_by(self, institution: str) -> tuple[Program, ...]:
        """Return the programs that `institution` sponsors."""
        return tuple(program for program in self.programs_of(institution) if program.institution == institution)

    def programs_of(self, institution: str) -> tuple[Program, ...]:
        """Return the programs that `institution` sponsors or runs together with another."""
        return tuple(self._programs_by_institution.get(institution, ()))

    @cached_property
    def _programs_by_institution(self) -> Mapping[str, list[Program]]:
        programs: dict[str, list[Program]] = {}
        for program in self.programs:
            for institution in self.institutions_of(program):
                programs.setdefault(institution, []).append(program)
        return programs


#: A catalog before anything was read.
EMPTY_CATALOG = Catalog(edition=Edition(version="", date=""))
