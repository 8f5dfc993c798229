"""Who uses an application service or match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .catalog import Catalog
from .models import Service, Specialty

#: The role of a service as people read it.
SERVICE_ROLES: Mapping[str, str] = {
    "application": "application",
    "match": "match",
    "both": "application and match",
    "certification": "certification",
    "electives": "visiting electives",
}


def specialties_using(catalog: Catalog, service: Service) -> list[Specialty]:
    """Return the specialties that apply through a service or match in it."""
    return [
        specialty
        for specialty in catalog.specialties
        if service.id in specialty.application_ids or service.id in specialty.match_ids
    ]


def service_ids(specialty: Specialty) -> tuple[str, ...]:
    """Return the ids of the services that a specialty uses: to apply first, then to match."""
    return tuple(dict.fromkeys((*specialty.application_ids, *specialty.match_ids)))


def named_service(text: str, services: Iterable[Service]) -> str | None:
    """Return the id of the service that a text starts with, by the longest of its names, or None.

    "ERAS (fellowship, July cycle)" is ERAS; "none (uniform offer date instead)" is nothing.
    """
    matches = ((len(name), service_id) for name, service_id in _names(services) if _starts_with(text, name))
    return max(matches, default=(0, None))[1]


def _names(services: Iterable[Service]) -> Iterator[tuple[str, str]]:
    for service in services:
        for name in (service.name, service.full_name, *service.also_called):
            if name:
                yield name, service.id


def _starts_with(text: str, name: str) -> bool:
    return re.match(rf"{re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
