"""The catalog: all values of one set of data, and the lookups that need more than one of them.

In a compiled catalog, `programs` and `sources` are sequences that decode a value when it is looked at, and `lookups`
are read from the same file: nothing here visits all programs of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Protocol, TypeVar

from msgspec import Struct

from ..compiled.tables import Entries, NumberedRecords, PrefixTable
from .gazetteer import NO_PLACES, Gazetteer
from .ids import InstitutionId, SpecialtyId
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
from .program_lookups import ProgramLookups, base_key, collect_lookups, program_partners, program_place
from .season import Season


class Catalog(Struct, frozen=True, eq=False, kw_only=True, omit_defaults=True, dict=True, weakref=True):
    """Everything gmetui knows, in its fixed order. Two catalogs are equal only if they are the same object."""

    edition: Edition
    institutions: tuple[Institution, ...] = ()
    programs: Sequence[Program] = ()
    specialties: tuple[Specialty, ...] = ()
    services: tuple[Service, ...] = ()
    salaries: tuple[Salary, ...] = ()
    requirements: tuple[GeneralRequirement, ...] = ()
    sources: Sequence[Source] = ()
    boards: Mapping[str, str] = {}
    ambiguities: tuple[Ambiguity, ...] = ()
    sites: tuple[Site, ...] = ()
    season: Season = Season()
    gazetteer: Gazetteer = NO_PLACES
    stored_lookups: ProgramLookups | None = None

    @cached_property
    def lookups(self) -> ProgramLookups:
        """The numbers of programs by what they have, stored or collected."""
        return self.stored_lookups or collect_lookups(self.programs, self.institution, self.specialty, self.site)

    @cached_property
    def program(self) -> ValuesById[Program]:
        """Programs by id."""
        return ValuesById(self.programs, self.lookups.numbers)

    @cached_property
    def institution(self) -> Mapping[str, Institution]:
        """Institutions by id."""
        return {institution.id: institution for institution in self.institutions}

    @cached_property
    def specialty(self) -> Mapping[str, Specialty]:
        """Specialties by id, including those that only programs name."""
        return {specialty.id: specialty for specialty in self.specialties}

    @cached_property
    def service(self) -> Mapping[str, Service]:
        """Application services and matches by id."""
        return {service.id: service for service in self.services}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Web pages by id."""
        if isinstance(self.sources, NumberedRecords):
            return ValuesById(self.sources, self.sources.numbers)
        return {source.id: source for source in self.sources}

    @cached_property
    def site(self) -> Mapping[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def salaries_by_institution(self) -> Mapping[str, list[Salary]]:
        """The pay scales of each institution that has any, by id."""
        salaries: dict[str, list[Salary]] = {}
        for salary in self.salaries:
            salaries.setdefault(salary.institution, []).append(salary)
        return salaries

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

    @property
    def has_imported_programs(self) -> bool:
        """Whether imported lists are part of the catalog; each has a date of its own."""
        return self.lookups.has_imported_programs

    @property
    def partners(self) -> Mapping[str, tuple[InstitutionId, ...]]:
        """By program id, the institutions in the data that run the program together with its sponsor."""
        return self.lookups.partners

    def title_of(self, program: Program) -> str:
        """Return the name of a program after that of its institution: "MGH · Internal Medicine Residency"."""
        return f"{self.institution[program.institution].short_name} · {program.name}"

    def location_of(self, program: Program) -> tuple[str | None, str | None]:
        """Return the city and state of a program: its own if it states any, else its institution's."""
        return program_place(program, self.institution)

    def institutions_of(self, program: Program) -> tuple[InstitutionId, ...]:
        """Return the sponsor of a program, then its partners."""
        return (program.institution, *program_partners(program, self.institution, self.site))

    def sponsored_by(self, institution: str) -> tuple[Program, ...]:
        """Return the programs that `institution` sponsors."""
        return tuple(program for program in self.programs_of(institution) if program.institution == institution)

    def programs_of(self, institution: str) -> Sequence[Program]:
        """Return the programs that `institution` sponsors or runs together with another."""
        return Entries(self.programs, self.lookups.by_institution.get(institution, ()))

    def programs_building_on(self, institution: str, specialty: SpecialtyId) -> Entries[Program]:
        """Return the programs of `institution`, a partner's included, whose specialty builds on `specialty`.

        Combined programs start from medical school, and are not among them.
        """
        return Entries(self.programs, self.lookups.by_base.get(base_key(institution, specialty), ()))

    def programs_in(self, specialty: str) -> Entries[Program]:
        """Return the programs in a specialty."""
        return Entries(self.programs, self.lookups.by_specialty.get(specialty, ()))


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


IdentifiedT = TypeVar("IdentifiedT", bound=_Identified)


class ValuesById(Mapping[str, IdentifiedT]):
    """The programs or the sources of a catalog by id, in the order of the catalog."""

    def __init__(self, values: Sequence[IdentifiedT], numbers: Mapping[str, int]) -> None:
        self._values = values
        self._numbers = numbers

    def __getitem__(self, value_id: str) -> IdentifiedT:
        """Return the value with an id."""
        return self._values[self._numbers[value_id]]

    def __contains__(self, value_id: object) -> bool:
        """Tell whether there is a value with an id."""
        return value_id in self._numbers

    def ids_with_prefix(self, prefix: str) -> list[str]:
        """Return the ids that start with `prefix`, in the order of the catalog, without decoding a value."""
        numbers = self._numbers
        if isinstance(numbers, PrefixTable):
            pairs = list(numbers.with_prefix(prefix))
        else:
            pairs = [(value_id, number) for value_id, number in numbers.items() if value_id.startswith(prefix)]
        return [value_id for value_id, _ in sorted(pairs, key=lambda pair: pair[1])]

    def __iter__(self) -> Iterator[str]:
        """Yield the id of each value."""
        return (value.id for value in self._values)

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._values)


#: A catalog before anything was read.
EMPTY_CATALOG = Catalog(edition=Edition(version="", date=""))
