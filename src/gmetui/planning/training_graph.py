"""Which specialties build on which, over the specialty reference: what comes before one, what may follow it.

A combined residency contains its parents, so that it is a start. Only where a component builds on a specialty that is
not part of the combination does the combination follow that one: genetics with maternal-fetal medicine, for example,
follows obstetrics and gynecology.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Specialty

MAX_RUNGS = 4  # specialties of a chain, the first residency included
_MAX_CATALOGS = 4  # graphs that are remembered: the catalog on screen, its successor, those of tests

#: The ids of specialties in the order in which they are trained in.
Chain = tuple[str, ...]


class TrainingGraph(NamedTuple):
    """The links between specialties, by id.

    - `bases`: those that a specialty builds on, of which one is enough
    - `followers`: those that build on it
    - `combinations`: the combined residencies that contain it
    - `components`: what a combined residency contains
    """

    bases: Mapping[str, tuple[str, ...]]
    followers: Mapping[str, tuple[str, ...]]
    combinations: Mapping[str, tuple[str, ...]]
    components: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=_MAX_CATALOGS)
def training_graph(catalog: Catalog) -> TrainingGraph:
    """Return the graph of a catalog's specialties."""
    bases: dict[str, tuple[str, ...]] = {each.id: _bases(catalog, each) for each in catalog.specialties}
    followers: dict[str, list[str]] = defaultdict(list)
    combinations: dict[str, list[str]] = defaultdict(list)
    for specialty in catalog.specialties:
        for base in bases[specialty.id]:
            followers[base].append(specialty.id)
        if specialty.kind == "combined":
            for component in specialty.parents:
                combinations[component].append(specialty.id)
    components: dict[str, tuple[str, ...]] = {
        specialty.id: tuple(specialty.parents) for specialty in catalog.specialties if specialty.kind == "combined"
    }
    return TrainingGraph(bases, _as_tuples(followers), _as_tuples(combinations), components)


def _as_tuples(lists: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return {specialty_id: tuple(specialty_ids) for specialty_id, specialty_ids in lists.items()}


def _bases(catalog: Catalog, specialty: Specialty) -> tuple[str, ...]:
    """Return the specialties right before one.

    A parent that another parent builds on is the start of the way over that one, not a shorter way: pediatric cardiac
    anesthesiology names anesthesiology and pediatric anesthesiology, and requires the second.
    """
    if specialty.kind == "combined":
        return _outside_bases(catalog, specialty)
    parents = dict.fromkeys(parent for parent in specialty.builds_on if parent in catalog.specialty)
    passed = {ancestor for parent in parents for ancestor in _ancestors(catalog, parent)}
    return tuple(parent for parent in parents if parent not in passed or specialty.id in passed)


def _outside_bases(catalog: Catalog, combined: Specialty) -> tuple[str, ...]:
    """Return what a combined residency follows: bases of components that have none among the other components."""
    outside: dict[str, None] = {}
    for component in combined.parents:
        bases = catalog.specialty[component].builds_on
        if bases and not set(bases) & set(combined.parents):
            outside.update(dict.fromkeys(bases))
    return tuple(outside)


def _ancestors(catalog: Catalog, specialty_id: str) -> set[str]:
    """Return all specialties below one, even where the data has a circle."""
    ancestors: set[str] = set()
    waiting = list(catalog.specialty[specialty_id].builds_on)
    while waiting:
        ancestor = waiting.pop()
        if ancestor not in ancestors and ancestor in catalog.specialty:
            ancestors.add(ancestor)
            waiting += catalog.specialty[ancestor].builds_on
    return ancestors


def chains_to(catalog: Catalog, specialty_id: str, *, with_combinations: bool = False) -> tuple[Chain, ...]:
    """Return every chain from a first residency to a specialty, of `MAX_RUNGS` at most, without circles.

    `with_combinations` adds the chains in which a combined residency takes the place of one that it contains.
    """
    graph = training_graph(catalog)
    ends = (specialty_id, *(graph.combinations.get(specialty_id, ()) if with_combinations else ()))
    chains = (chain for end in ends for chain in _chains(graph, (end,), with_combinations=with_combinations))
    return tuple(dict.fromkeys(chains))


def _chains(graph: TrainingGraph, chain: Chain, *, with_combinations: bool) -> Iterator[Chain]:
    """Yield the chains that end as `chain` does."""
    bases = graph.bases[chain[0]]
    if not bases:
        yield chain
    elif len(chain) < MAX_RUNGS:
        combinations = (combination for base in bases for combination in graph.combinations.get(base, ()))
        for base in dict.fromkeys((*bases, *combinations)) if with_combinations else bases:
            contained = {base, *graph.components.get(base, ())}
            if contained.isdisjoint(chain):
                yield from _chains(graph, (base, *chain), with_combinations=with_combinations)


def contained_in(catalog: Catalog, specialty_id: str) -> tuple[str, ...]:
    """Return a specialty and, if it is a combined one, its components: what somebody who completed it has completed."""
    return (specialty_id, *training_graph(catalog).components.get(specialty_id, ()))


def followers_of(catalog: Catalog, specialty_id: str) -> tuple[str, ...]:
    """Return the specialties that build on one, or on a component of a combined one, without what it contains."""
    graph, contained = training_graph(catalog), contained_in(catalog, specialty_id)
    candidates = dict.fromkeys(follower for base in contained for follower in graph.followers.get(base, ()))
    return tuple(follower for follower in candidates if follower not in contained)
