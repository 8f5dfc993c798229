"""Programs and institutions by what a person typed as their id."""

from __future__ import annotations

from ..catalog.models import Catalog, Institution, Program
from .cli_errors import UnknownError


def program_of(catalog: Catalog, wanted: str) -> Program:
    """Return the program with the id `wanted`. Raises `UnknownError` that suggests the nearest."""
    found = catalog.program.get(wanted)
    if found is None:
        raise UnknownError("program", wanted, list(catalog.program))
    return found


def institution_of(catalog: Catalog, wanted: str) -> Institution:
    """Return the institution with an id or a name. Raises `UnknownError` that suggests the nearest."""
    from ..search.fields import BY_NAME
    from ..search.normalize import joined

    found = catalog.institution.get(wanted)
    if found is None:
        names = BY_NAME["institution"].other_names
        assert names is not None
        for institution in catalog.institutions:
            if joined(wanted) in map(joined, (institution.name, *names(institution.id, catalog))):
                return institution
        raise UnknownError("institution", wanted, list(catalog.institution))
    return found
