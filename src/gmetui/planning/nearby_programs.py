"""The programs of a specialty at an institution, run with it, in its health system, and elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program

Proximity = Literal["here", "joint", "system"]


class NearbyProgram(NamedTuple):
    """A program near an institution.

    It is "here" if the institution sponsors it, "joint" if another one runs it together with the institution, and
    "system" if another institution of the same health system sponsors it.
    """

    program: Program
    proximity: Proximity

    @property
    def is_joint(self) -> bool:
        """Whether several institutions run it."""
        return bool(self.program.joint_with)


class RungPlaces(NamedTuple):
    """How many programs a specialty has, and those near the institution that a ladder starts at."""

    total: int = 0
    nearby: tuple[NearbyProgram, ...] = ()

    def programs(self, *proximities: Proximity) -> tuple[Program, ...]:
        """Return the programs of some proximities."""
        return tuple(each.program for each in self.nearby if each.proximity in proximities)

    @property
    def at_institution(self) -> tuple[Program, ...]:
        """The programs that the institution sponsors or runs with another."""
        return self.programs("here", "joint")

    @property
    def nearby_count(self) -> int:
        """How many programs the institution has a part in."""
        return len(self.at_institution)

    @property
    def elsewhere_count(self) -> int:
        """How many programs are neither at the institution nor in its health system."""
        return self.total - len(self.nearby)


NO_PLACES = RungPlaces()

#: The programs near an institution, by specialty.
Nearby = Mapping[str, tuple[NearbyProgram, ...]]


def nearby_programs(catalog: Catalog, institution_id: str) -> Nearby:
    """Return the programs near an institution by specialty, its own first."""
    system = catalog.institution[institution_id].system
    sisters = [
        each.id for each in catalog.institutions if system and each.system == system and each.id != institution_id
    ]
    by_specialty: dict[str, dict[str, NearbyProgram]] = {}
    for sponsor_id in (institution_id, *sisters):
        for program in catalog.programs_of(sponsor_id):
            proximity = _proximity(program, institution_id, sponsor_id)
            found = by_specialty.setdefault(program.specialty, {})
            found.setdefault(program.id, NearbyProgram(program, proximity))
    return {specialty: tuple(programs.values()) for specialty, programs in by_specialty.items()}


def _proximity(program: Program, institution_id: str, sponsor_id: str) -> Proximity:
    if sponsor_id != institution_id:
        return "system"
    return "here" if program.institution == institution_id else "joint"


def places_of(catalog: Catalog, specialty_id: str, nearby: Nearby) -> RungPlaces:
    """Return the programs of a specialty as a ladder counts them."""
    return RungPlaces(len(catalog.programs_in(specialty_id)), nearby.get(specialty_id, ()))


def elsewhere(catalog: Catalog, specialty_id: str, places: RungPlaces) -> tuple[Program, ...]:
    """Return the programs of a specialty that are not near, in the order of the catalog. It reads all of them."""
    nearby_ids = {each.program.id for each in places.nearby}
    return tuple(program for program in catalog.programs_in(specialty_id) if program.id not in nearby_ids)


def counts_by_state(catalog: Catalog, programs: tuple[Program, ...]) -> tuple[tuple[str, int], ...]:
    """Return how many programs each state has, most first; "" where none is known."""
    counts = Counter(catalog.location_of(program)[1] or "" for program in programs)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
