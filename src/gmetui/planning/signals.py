"""Program signals: how many a season allots, where they went, and how many remain. Nothing stands in for a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.ids import ProgramId
from ..catalog.season import SignalAllotment
from ..shortlist.entries import Entry
from .cycle import cycle_order


class SignalCounts(NamedTuple):
    """Signals by tier; `plain` are those of a specialty without tiers."""

    gold: int = 0
    silver: int = 0
    plain: int = 0

    @property
    def total(self) -> int:
        """Signals of all tiers."""
        return self.gold + self.silver + self.plain


class SignalMeter(NamedTuple):
    """What was given in the specialties that share an allotment.

    Without `allotment`, the season's number was not found, and what remains can't be told; `last_known` are those of
    other seasons, newest first. `program_ids` are the signaled programs, `home_ids` the listed ones at the reader's
    home hospitals, on which `advice`, the newest of the specialty, says something.
    """

    specialties: tuple[str, ...]
    season: str
    given: SignalCounts
    program_ids: tuple[str, ...]
    allotment: SignalAllotment | None
    last_known: tuple[SignalAllotment, ...] = ()
    home_ids: tuple[str, ...] = ()
    advice: SignalAllotment | None = None

    @property
    def allotted(self) -> SignalCounts | None:
        """The allotment by tier, or None if it was not found."""
        allotment = self.allotment
        if allotment is None:
            return None
        if allotment.gold is None and allotment.silver is None:
            return SignalCounts(plain=allotment.total)
        return SignalCounts(allotment.gold or 0, allotment.silver or 0)

    @property
    def remaining(self) -> SignalCounts | None:
        """What is left of each tier, negative where more was given; None if the allotment was not found.

        Where a specialty has no tiers, a signal of any tier counts.
        """
        allotted = self.allotted
        if allotted is None:
            return None
        if allotted.gold or allotted.silver:
            return SignalCounts(allotted.gold - self.given.gold, allotted.silver - self.given.silver, -self.given.plain)
        return SignalCounts(plain=allotted.plain - self.given.total)

    @property
    def excess(self) -> int:
        """How many signals too many were given, over all tiers."""
        remaining = self.remaining
        return 0 if remaining is None else sum(max(0, -count) for count in remaining)


def signal_meters(
    catalog: Catalog, entries: Iterable[Entry], season: str, home: Collection[str] = ()
) -> tuple[SignalMeter, ...]:
    """Return a meter for each allotment that the list's specialties have or lack, in the order of the list.

    `home` are the ids of the institutions where the reader studies, trained, or did a rotation.
    """
    signals_by_specialty: dict[str, list[Entry]] = {}
    for entry in entries:
        program = catalog.program.get(entry.id)
        if program is not None:
            signals_by_specialty.setdefault(program.specialty, []).append(entry)
    meters: list[SignalMeter] = []
    counted: set[str] = set()
    for specialty_id in signals_by_specialty:
        if specialty_id in counted:
            continue
        allotment = allotment_of(catalog, specialty_id, season)
        shared = (allotment.specialty, *allotment.shared_with) if allotment else (specialty_id,)
        specialties = tuple(shared_id for shared_id in signals_by_specialty if shared_id in shared)
        counted.update(specialties)
        signaled = [entry for shared_id in specialties for entry in signals_by_specialty[shared_id] if entry.signal]
        earlier_rows = () if allotment else _other_seasons(catalog, specialty_id, season)
        if allotment or earlier_rows or signaled:
            given = _counts(signaled)
            ids = tuple(entry.id for entry in signaled)
            advice = _newest_advice(catalog, specialties) if home else None
            listed = [entry.id for shared_id in specialties for entry in signals_by_specialty[shared_id]]
            home_ids = _home_ids(catalog, listed, home) if advice else ()
            meters.append(SignalMeter(specialties, season, given, ids, allotment, earlier_rows, home_ids, advice))
    return tuple(meters)


def _newest_advice(catalog: Catalog, specialties: Collection[str]) -> SignalAllotment | None:
    """Return the newest row in which one of some specialties advises on whom to signal."""
    rows = [each for each in catalog.season.signals if each.specialty in specialties and each.advice]
    return max(rows, key=lambda allotment: cycle_order(allotment.season), default=None)


def _home_ids(catalog: Catalog, program_ids: Iterable[str], home: Collection[str]) -> tuple[str, ...]:
    """Return the programs of some institutions; every listed program is in the catalog here."""
    return tuple(each for each in program_ids if catalog.program[ProgramId(each)].institution in home)


def allotment_of(catalog: Catalog, specialty_id: str, season: str) -> SignalAllotment | None:
    """Return the allotment of a specialty in one season: one that it shares with others, else its own."""
    rows = [allotment for allotment in catalog.season.signals if allotment.season == season]
    shared = (
        allotment
        for allotment in rows
        if allotment.shared_with and specialty_id in (allotment.specialty, *allotment.shared_with)
    )
    specialty_rows = (allotment for allotment in rows if allotment.specialty == specialty_id)
    return next(shared, None) or next(specialty_rows, None)


def _other_seasons(catalog: Catalog, specialty_id: str, season: str) -> tuple[SignalAllotment, ...]:
    rows = [
        allotment
        for allotment in catalog.season.signals
        if allotment.specialty == specialty_id and allotment.season != season
    ]
    return tuple(sorted(rows, key=lambda allotment: cycle_order(allotment.season), reverse=True))


def _counts(signaled: Iterable[Entry]) -> SignalCounts:
    counts = Counter(entry.signal for entry in signaled)
    return SignalCounts(counts["gold"], counts["silver"], counts["signal"])
