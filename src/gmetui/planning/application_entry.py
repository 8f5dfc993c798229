"""How many programs are applied to, as people type it: "internal-medicine=35", "emergency medicine @ eras 5"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..catalog.catalog import Catalog
from ..catalog.models import Specialty
from ..catalog.service_use import service_ids
from ..text import did_you_mean
from .costs import Applications, application_service

_ENTRY = re.compile(r"(?P<name>[^=@]+?)\s*(?:@\s*(?P<service>[\w-]+))?\s*[=: ]\s*(?P<count>\d{1,4})\Z")


def parse_applications(catalog: Catalog, words: Iterable[str], season: str) -> tuple[Applications, ...]:
    """Return the applications in `words`, each a specialty and a number.

    A specialty is named by its id or one of its names. After "@" may be the service; otherwise it is the one that the
    specialty uses. Raises ValueError that says what to write instead.
    """
    return tuple(_parse(catalog, word.strip(), season) for word in words if word.strip())


def _parse(catalog: Catalog, word: str, season: str) -> Applications:
    match = _ENTRY.match(word)
    if match is None:
        raise ValueError(f"cannot read “{word}”; write a specialty and a number, such as internal-medicine=35")
    specialty = _specialty(catalog, match["name"])
    service = match["service"] or application_service(catalog, service_ids(specialty), season)
    if not service:
        raise ValueError(f"no service takes applications in {specialty.id}; name one: {specialty.id}@eras=5")
    if service not in catalog.service:
        hint = did_you_mean(service, catalog.service) or "`gmetui services` lists them"
        raise ValueError(f"unknown service “{service}”; {hint}")
    return Applications(specialty.id, service, int(match["count"]))


def _specialty(catalog: Catalog, name: str) -> Specialty:
    wanted = name.strip().casefold()
    for specialty in catalog.specialties:
        names = (specialty.id, specialty.name, specialty.label, *specialty.abbreviations, *specialty.synonyms)
        if wanted in (known_name.casefold() for known_name in names):
            return specialty
    hint = did_you_mean(name, catalog.specialty) or "`gmetui specialties` lists them"
    raise ValueError(f"unknown specialty “{name}”; {hint}")
