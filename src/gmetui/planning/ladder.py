"""The ladder from a specialty, a program or somebody's training: every rung that builds on it, here and elsewhere.

Only specialties and the programs of one institution and its health system are visited, never all programs. `today` is
handed in. A rung that can't be told in years makes a total "at least"; a first year is never added twice.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from .nearby_programs import NO_PLACES, RungPlaces, nearby_programs, places_of
from .training_graph import MAX_RUNGS, Chain, chains_to, followers_of, training_graph
from .training_years import (
    NO_YEARS,
    Years,
    envelope,
    program_start_years,
    specialty_years,
    stated_years,
    years_after,
    years_before,
    years_in_text,
)

_MAX_STATING = 50  # programs of a specialty without a known length whose own lengths are looked at


class Training(NamedTuple):
    """The training that somebody is in or has finished.

    `until` is its last day, if it is known; `next_start` the day on which the next one can begin at the earliest, for
    somebody who has finished. `completed` are the specialties finished before.
    """

    specialty: str
    until: date | None = None
    program_id: str = ""
    completed: frozenset[str] = frozenset()
    next_start: date | None = None

    def continues_on(self, today: date) -> date | None:
        """Return the day from which further years count, or None if that isn't known."""
        if self.until is not None and self.until >= today:
            return self.until
        return self.next_start


class Rung(NamedTuple):
    """A specialty on the way: its years, those before it, and all years from the first postgraduate year to its end.

    `base` is the specialty it follows, "" for the first one. `text_years` are the years that the text of its
    prerequisite gives where they differ from `years`, None otherwise.
    """

    specialty: str
    base: str
    before: Years
    years: Years
    text_years: int | None = None

    @property
    def total(self) -> Years:
        """All years to its end."""
        return self.before + self.years

    @property
    def pgy(self) -> tuple[int, int] | None:
        """The first and last postgraduate year, or None where they can't be told."""
        if self.before.most is None or self.years.most is None:
            return None
        return self.before.least + 1, self.before.most + self.years.most


class Branch(NamedTuple):
    """A rung in a ladder, with the programs in it, and what may follow. `chain` leads to it from the start."""

    rung: Rung
    chain: Chain
    places: RungPlaces = NO_PLACES
    next: tuple[Branch, ...] = ()

    @property
    def key(self) -> str:
        """What tells the branch from others of the same specialty."""
        return "/".join(self.chain)


class Ladder(NamedTuple):
    """The ladder from a start. `program` is the program it starts at, `training` somebody's own.

    With `is_nearby_only`, it has the rungs that lead to a program at the institution, and no others.
    """

    start: Rung
    branches: tuple[Branch, ...]
    program: Program | None = None
    training: Training | None = None
    is_nearby_only: bool = False


def ladder_from(
    catalog: Catalog, specialty_id: str, program: Program | None = None, training: Training | None = None
) -> Ladder:
    """Return the ladder from a specialty, or from a program in it."""
    start = start_rung(catalog, specialty_id, program)
    nearby = nearby_programs(catalog, program.institution) if program else {}
    start_depth = min(map(len, chains_to(catalog, specialty_id)), default=1)

    def branches_after(rung: Rung, chain: Chain, depth: int) -> tuple[Branch, ...]:
        if depth >= MAX_RUNGS:
            return ()
        branches = []
        for follower in followers_of(catalog, rung.specialty):
            if follower in chain:
                continue
            places = places_of(catalog, follower, nearby)
            next_rung = _next_rung(catalog, rung, follower, places)
            next_chain = (*chain, follower)
            branches.append(Branch(next_rung, next_chain, places, branches_after(next_rung, next_chain, depth + 1)))
        return tuple(sorted(branches, key=lambda branch: _order(catalog, branch)))

    return Ladder(start, branches_after(start, (specialty_id,), start_depth), program, training)


def _order(catalog: Catalog, branch: Branch) -> tuple[bool, bool, str]:
    """Return the key that sorts rungs: those with programs at the place first, then those with any, then by name."""
    places = branch.places
    return not places.nearby_count, not places.total, catalog.specialty[branch.rung.specialty].label.casefold()


def start_rung(catalog: Catalog, specialty_id: str, program: Program | None = None) -> Rung:
    """Return the rung that a ladder starts at: after every way to it, if it builds on other specialties."""
    specialty = catalog.specialty[specialty_id]
    own_years = (stated_years(program) if program else None) or specialty_years(specialty)
    if training_graph(catalog).bases[specialty_id]:
        paths = [path[-1] for path in (chain_rungs(catalog, chain) for chain in chains_to(catalog, specialty_id))]
        before = envelope(rung.before for rung in paths)
        if program is None or stated_years(program) is None:
            own_years = envelope(rung.years for rung in paths) if paths else own_years
        return Rung(specialty_id, "", before, own_years)
    if program is not None:
        return Rung(specialty_id, "", *program_start_years(catalog, program))
    return Rung(specialty_id, "", years_before(specialty), own_years)


def chain_rungs(catalog: Catalog, chain: Chain) -> tuple[Rung, ...]:
    """Return the rungs of a chain from a first residency, with the years of the reference."""
    first, *others = chain
    rungs = [start_rung(catalog, first)]
    for specialty_id in others:
        rungs.append(_next_rung(catalog, rungs[-1], specialty_id))
    return tuple(rungs)


def _next_rung(catalog: Catalog, previous: Rung, specialty_id: str, places: RungPlaces = NO_PLACES) -> Rung:
    """Return the rung of a specialty after another one: with the years of the programs at the place, if they say."""
    specialty, base = catalog.specialty[specialty_id], catalog.specialty[previous.specialty]
    reference = years_after(catalog, specialty, base.id)
    stated = [stated_years(program) for program in places.at_institution]
    if any(stated):
        years = envelope(each or reference for each in stated)._replace(origin="program")
    elif reference.origin == "unknown":
        years = _years_of_programs(catalog, specialty_id)
    else:
        years = reference
    text_years = years_in_text(specialty, base)
    is_in_text = text_years is None or (years.least == text_years == years.most)
    return Rung(specialty_id, base.id, previous.total, years, None if is_in_text else text_years)


def _years_of_programs(catalog: Catalog, specialty_id: str) -> Years:
    """Return the years that programs state in a specialty whose length is not known, open where one doesn't say."""
    programs = catalog.programs_in(specialty_id)
    stated = [years for program in programs[:_MAX_STATING] if (years := stated_years(program))]
    if not stated:
        return NO_YEARS._replace(most=None, origin="unknown")
    years = envelope(stated)
    return years if len(stated) == len(programs) else years._replace(most=None)


def branches_of(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Return all branches of a ladder, each before those that follow it."""
    return tuple(each for branch in branches for each in (branch, *branches_of(branch.next)))


def nearby_only(ladder: Ladder) -> Ladder:
    """Return a ladder with the rungs that have a program at its institution, and those that lead to one."""
    return ladder._replace(branches=_nearby_branches(ladder.branches), is_nearby_only=True)


def _nearby_branches(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    pruned = (branch._replace(next=_nearby_branches(branch.next)) for branch in branches)
    return tuple(branch for branch in pruned if branch.next or branch.places.nearby_count)
