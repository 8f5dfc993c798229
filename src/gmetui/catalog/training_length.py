"""How long training takes after medical school: a specialty and the specialties it builds on."""

from __future__ import annotations

from .catalog import Catalog
from .ids import SpecialtyId

_MAX_DEPTH = 6  # levels of specialties that build on each other; a circle in the data must end


def total_years(catalog: Catalog, specialty_id: SpecialtyId, max_depth: int = _MAX_DEPTH) -> tuple[int, int] | None:
    """Return the fewest and the most years from the first postgraduate year to the end of a specialty.

    A specialty may build on several others, of which one is enough; a combined one contains its parents, and its length
    is the whole training. Return None where a length is not stated.
    """
    specialty = catalog.specialty.get(specialty_id)
    if specialty is None or specialty.length_years is None or not max_depth:
        return None
    shortest, longest = specialty.length_years, specialty.length_years_max or specialty.length_years
    if not specialty.builds_on:
        return shortest, longest
    parent_years = [total_years(catalog, parent, max_depth - 1) for parent in specialty.builds_on]
    known_years = [years for years in parent_years if years is not None]
    if len(known_years) < len(parent_years):
        return None
    return shortest + min(years[0] for years in known_years), longest + max(years[1] for years in known_years)


def years_text(years: tuple[int, int] | None) -> str:
    """Return "6", "5–7", or "" for a length that is not stated."""
    if years is None:
        return ""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
