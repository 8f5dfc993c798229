"""Which application services and matches a list needs, and for which of its specialties and programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..catalog.season import SeasonDate
from ..catalog.service_use import named_service, service_ids


class ServiceNeed(NamedTuple):
    """A service that is needed. Without `specialties`, all of its dates are of interest."""

    service: str
    specialties: frozenset[str] = frozenset()
    programs: tuple[str, ...] = ()


class SeasonScope(NamedTuple):
    """What a plan is about besides the list. `is_international`: dates for international graduates concern the reader.

    With `services` or `specialties`, the list is left aside; `is_complete` is every service there is.
    """

    services: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    is_complete: bool = False
    is_international: bool = False

    @property
    def follows_list(self) -> bool:
        """Whether the plan is about the programs of the list."""
        return not (self.services or self.specialties)


LIST_SCOPE = SeasonScope()


def service_needs(catalog: Catalog, programs: Iterable[Program], scope: SeasonScope) -> tuple[ServiceNeed, ...]:
    """Return the services that are needed, in the order of the data; all of them where nothing says which."""
    specialties: dict[str, set[str]] = {}
    program_ids: dict[str, list[str]] = {}
    if scope.follows_list:
        for program in programs:
            for service_id in services_of(catalog, program):
                specialties.setdefault(service_id, set()).add(program.specialty)
                program_ids.setdefault(service_id, []).append(program.id)
    for specialty_id in scope.specialties:
        for service_id in service_ids(catalog.specialty[specialty_id]):
            specialties.setdefault(service_id, set()).add(specialty_id)
    for service_id in scope.services:
        specialties.setdefault(service_id, set())
    if scope.is_international and not scope.services:
        specialties.update({service.id: set() for service in catalog.services if service.role == "certification"})
    is_complete = scope.is_complete or (scope.follows_list and not program_ids)
    return tuple(
        ServiceNeed(
            service.id,
            frozenset() if is_complete else frozenset(specialties[service.id]),
            tuple(program_ids.get(service.id, ())),
        )
        for service in catalog.services
        if is_complete or service.id in specialties
    )


def services_of(catalog: Catalog, program: Program) -> tuple[str, ...]:
    """Return the services of a program: its specialty's, else those that its own page names."""
    specialty_services = service_ids(catalog.specialty[program.specialty])
    if specialty_services:
        return specialty_services
    texts = filter(None, (program.application_service, program.match))
    named = (named_service(text, catalog.services) for text in texts)
    return tuple(dict.fromkeys(service_id for service_id in named if service_id))


def concerns(catalog: Catalog, need: ServiceNeed, season_date: SeasonDate) -> bool:
    """Tell whether a date of the needed service is of interest: for its specialties, and the part they use."""
    if season_date.service != need.service:
        return False
    if not need.specialties:
        return True
    if season_date.specialties and need.specialties.isdisjoint(season_date.specialties):
        return False
    return season_date.part is None or any(
        season_date.part in text
        for specialty_id in need.specialties
        for text in catalog.specialty[specialty_id].application
    )
