"""The queries that values of a program lead to: programs with the same specialty, length, site, visa …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...search.fields import FIELDS_BY_NAME
from ...search.program_values import track_values, visa_values

if TYPE_CHECKING:
    from ...catalog.catalog import Catalog
    from ...catalog.models import Program

#: Data key with a single value -> the search field of its value.
_SEARCH_FIELDS = {
    "length_years": "length",
    "positions_per_year": "positions",
    "application_service": "service",
    "match": "match",
    "accreditation": "accreditation",
    "specialty": "specialty",
    "institution": "institution",
}
#: Data key with a list of items -> its search field, and the values of one item.
_ITEM_SEARCH_FIELDS: Mapping[str, tuple[str, Callable[[Any], Iterable[str]]]] = {
    "sites": ("site", lambda reference: reference.site),
    "tracks": ("track", track_values),
    "visa": ("visa", visa_values),
}
_OTHER = "other"  # the value of a field whose items say nothing that a filter knows


def value_query(catalog: Catalog, program: Program, key: str, index: int) -> str | None:
    """Return the search for programs that share the value at `index` of a field, or None."""
    queries = _queries(catalog, program, key)
    return queries[index] if index < len(queries) else None


def _queries(catalog: Catalog, program: Program, key: str) -> tuple[str | None, ...]:
    """Return the query that finds the programs with each value of a field."""
    if key in _SEARCH_FIELDS:
        return (_query(_SEARCH_FIELDS[key], _values(catalog, program, _SEARCH_FIELDS[key])),)
    if key not in _ITEM_SEARCH_FIELDS:
        return ()
    name, values_of_item = _ITEM_SEARCH_FIELDS[key]
    program_values = _values(catalog, program, name)
    item_values = [tuple(values_of_item(item)) or (_OTHER,) for item in getattr(program, key)]
    return tuple(_query(name, filter(program_values.__contains__, values)) for values in item_values)


def _values(catalog: Catalog, program: Program, name: str) -> dict[str, str]:
    return dict(FIELDS_BY_NAME[name].extract(program, catalog))


def _query(name: str, values: Iterable[str]) -> str | None:
    joined_values = ",".join(values)
    return f"{name}:{joined_values}" if joined_values else None
