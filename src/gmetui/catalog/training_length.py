"""How long training takes from medical school on: a specialty and what it builds on."""

from __future__ import annotations

from .models import Catalog, SpecialtyId

_DEEPEST = 6  # specialties under each other; a ring in the data must end


def years_in_all(catalog: Catalog, own: SpecialtyId, deepest: int = _DEEPEST) -> tuple[int, int] | None:
    """Return the fewest and the most years from the first postgraduate year to the end of a specialty.

    It may build on several others, of which one is enough. None where a length is not stated.
    """
    specialty = catalog.specialty.get(own)
    if specialty is None or specialty.length_years is None or not deepest:
        return None
    least, most = specialty.length_years, specialty.length_years_max or specialty.length_years
    if not specialty.parents:
        return least, most
    before = [years_in_all(catalog, parent, deepest - 1) for parent in specialty.parents]
    known = [years for years in before if years is not None]
    if len(known) < len(before):
        return None
    return least + min(years[0] for years in known), most + max(years[1] for years in known)


def years_text(years: tuple[int, int] | None) -> str:
    """Return "6", "5–7", or "" for what is not stated."""
    if years is None:
        return ""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
