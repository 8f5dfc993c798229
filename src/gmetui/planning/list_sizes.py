"""What specialties or papers say about how long a list is. Never a chance, and no figure of the NRMP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.season import Guidance
from ..catalog.years import year_of
from ..shortlist.entries import Entry

_MAX_AGE = 5  # years after which guidance is shown in gray
#: Where there is no guidance.
NO_GUIDANCE = "No figure that may be used here. The NRMP publishes its own: nrmp.org."


class ListSize(NamedTuple):
    """How many programs of a specialty are on the list, and what is said about it, if anything."""

    specialty: str
    program_count: int
    guidance: Guidance | None
    is_old: bool = False


def list_sizes(catalog: Catalog, entries: Iterable[Entry], year: int) -> tuple[ListSize, ...]:
    """Return the size of the list in each of its specialties, in the order of the list."""
    programs = (catalog.program.get(entry.id) for entry in entries)
    counts = Counter(program.specialty for program in programs if program is not None)
    return tuple(_list_size(catalog, specialty_id, count, year) for specialty_id, count in counts.items())


def _list_size(catalog: Catalog, specialty_id: str, count: int, year: int) -> ListSize:
    for guidance in catalog.season.guidance:
        if guidance.specialty == specialty_id:
            is_old = year - (year_of(guidance.year) or year) > _MAX_AGE
            return ListSize(specialty_id, count, guidance, is_old)
    return ListSize(specialty_id, count, None)
