"""Every way to become something: the chains of specialties from medical school, shortest first, or from a training."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ..catalog.catalog import Catalog
from .ladder import Branch, Rung, Training, chain_rungs
from .training_graph import Chain, chains_to, contained_in, training_graph
from .training_years import NO_YEARS, Years, envelope

_LATEST_YEAR = 9000  # a date beyond it would be no date


class TrainingPath(NamedTuple):
    """A chain of rungs to a specialty. The first `done_count` rungs are completed with the training at hand."""

    rungs: tuple[Rung, ...]
    done_count: int = 0

    @property
    def target(self) -> str:
        """The specialty at its end."""
        return self.rungs[-1].specialty

    @property
    def chain(self) -> Chain:
        """The ids of its specialties."""
        return tuple(rung.specialty for rung in self.rungs)

    @property
    def total(self) -> Years:
        """All years from the first postgraduate year to its end."""
        return self.rungs[-1].total

    @property
    def remaining(self) -> tuple[Rung, ...]:
        """The rungs that are still to come."""
        return self.rungs[self.done_count :]

    @property
    def remaining_years(self) -> Years:
        """The years of the rungs that are still to come; with the years before them if none is done."""
        years = NO_YEARS if self.done_count else self.rungs[0].before
        for rung in self.remaining:
            years += rung.years
        return years


class PathPlan(NamedTuple):
    """Every way to become something: from a first residency, and from a combined one. Shortest first."""

    targets: tuple[str, ...]
    paths: tuple[TrainingPath, ...]
    combined_paths: tuple[TrainingPath, ...]
    training: Training | None = None

    @property
    def total(self) -> Years:
        """The range over all ways from a first residency; unknown without any."""
        return envelope(training_path.total for training_path in self.paths)

    @property
    def every_path(self) -> tuple[TrainingPath, ...]:
        """All ways: those from a combined residency last."""
        return (*self.paths, *self.combined_paths)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The rungs of the ways from a first residency, each specialty once."""
        by_specialty = {rung.specialty: rung for training_path in self.paths for rung in training_path.rungs}
        return tuple(by_specialty.values())

    @property
    def continues_training(self) -> bool:
        """Whether a way goes on from the training at hand."""
        return any(training_path.done_count for training_path in self.every_path)


def paths_to(catalog: Catalog, targets: Sequence[str], training: Training | None = None) -> PathPlan:
    """Return the ways to become one of some specialties, such as the two kinds of vascular surgery."""
    plain = dict.fromkeys(chain for target in targets for chain in chains_to(catalog, target))
    every = dict.fromkeys(chain for target in targets for chain in chains_to(catalog, target, with_combinations=True))
    combined = [chain for chain in every if chain not in plain]
    return PathPlan(tuple(targets), _paths(catalog, plain, training), _paths(catalog, combined, training), training)


def _paths(catalog: Catalog, chains: Iterable[Chain], training: Training | None) -> tuple[TrainingPath, ...]:
    completed = _completed(catalog, training) if training else frozenset()
    paths = [TrainingPath(chain_rungs(catalog, chain), _done_count(chain, completed)) for chain in chains]
    return tuple(sorted(paths, key=lambda training_path: _by_length(catalog, training_path)))


def _by_length(catalog: Catalog, training_path: TrainingPath) -> tuple[bool, int, bool, int, list[str]]:
    """Return the key that sorts ways: those that go on from the training at hand first, then the shortest."""
    years = training_path.remaining_years
    labels = [catalog.specialty[rung.specialty].label.casefold() for rung in training_path.rungs]
    return not training_path.done_count, years.least, years.most is None, years.most or 0, labels


def _completed(catalog: Catalog, training: Training) -> frozenset[str]:
    """Return what is completed at the end of a training: what came before it too, where only one way leads there."""
    completed = {
        each for specialty in (training.specialty, *training.completed) for each in contained_in(catalog, specialty)
    }
    bases = training_graph(catalog).bases
    specialty_id = training.specialty
    while len(bases[specialty_id]) == 1 and bases[specialty_id][0] not in completed:
        specialty_id = bases[specialty_id][0]
        completed.add(specialty_id)
    return frozenset(completed)


def _done_count(chain: Chain, completed: frozenset[str]) -> int:
    """Return how many rungs of a chain are done: up to the last one that is completed."""
    return max((index for index, specialty in enumerate(chain, 1) if specialty in completed), default=0)


class EndMonths(NamedTuple):
    """The month in which training ends, "2031-06"; the last one it may be, where years are a range."""

    first: str
    last: str


def end_after(training: Training, years: Years, today: date) -> EndMonths | None:
    """Return when somebody ends who goes on for some years, without a gap; None where years or dates aren't known."""
    start = training.continues_on(today)
    if start is None or years.most is None or start.year + years.most > _LATEST_YEAR:
        return None
    first, last = (f"{start.year + count}-{start.month:02}" for count in (years.least, years.most))
    return EndMonths(first, last)


def branch_end(branch: Branch, branches: Sequence[Branch], training: Training, today: date) -> EndMonths | None:
    """Return when somebody ends a rung of the ladder from their training; `branches` are all of the ladder's."""
    on_the_way = {each.chain: each.rung.years for each in branches}
    years = NO_YEARS
    for length in range(2, len(branch.chain) + 1):
        years += on_the_way[branch.chain[:length]]
    return end_after(training, years, today)
