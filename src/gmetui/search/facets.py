"""How many programs each value of a dimension would leave, counted for all values and made for those looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from . import bitset as bitsets
from .bitset import Bits
from .fields import Dimension
from .index import Index, Values

#: The id of the facet value for programs that state nothing.
NOT_STATED = ""
_VISIT = 0.08  # microseconds that it takes to look up the values of one program


@dataclass(slots=True)
class FacetValue:
    """One line of a facet: how many programs a tick would show."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


class Selection(NamedTuple):
    """What the query says about one dimension, and the programs that everything else in it leaves."""

    base: Bits
    selected: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def ticks(self, value: str) -> tuple[bool, bool]:
        """Tell whether `value` is asked for, and whether it is left out."""
        return value in self.selected, value in self.excluded


class FacetValues(Sequence[FacetValue]):
    """The values of a facet in the order in which they are shown; each is made when it is looked at."""

    def __init__(
        self,
        order: Sequence[str],
        counts: Mapping[str, int],
        labels: Mapping[str, str],
        about: Selection,
        unstated: str,
    ) -> None:
        self._order = order
        self._counts = counts
        self._labels = labels
        self._about = about
        self._unstated = unstated

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> list[FacetValue]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | list[FacetValue]:
        """Return the value at a place, or those of a slice."""
        if isinstance(place, slice):
            return [self._made(value) for value in self._order[place]]
        return self._made(self._order[place])

    def __iter__(self) -> Iterator[FacetValue]:
        """Yield every value."""
        return map(self._made, self._order)

    @property
    def ids(self) -> Sequence[str]:
        """The values' ids alone, in order: nothing is made."""
        return self._order

    def named(self, value: str) -> FacetValue:
        """Return one value."""
        return self._made(value)

    def chosen(self, value: str) -> bool:
        """Tell whether a value is asked for or left out."""
        return any(self._about.ticks(value))

    def _made(self, value: str) -> FacetValue:
        label = self._labels.get(value, self._unstated)
        return FacetValue(value, label, self._counts.get(value, 0), *self._about.ticks(value))

    @property
    def ticked(self) -> int:
        """How many values are asked for or left out; they stand first."""
        chosen = self._about.selected | self._about.excluded
        return len(chosen.intersection(self._order)) if chosen else 0

    @property
    def useful(self) -> int:
        """How many values are ticked or have a program."""
        chosen = self._about.selected | self._about.excluded
        counted = sum(map(bool, self._counts.values()))
        idle = [value for value in chosen if not self._counts.get(value)]
        return counted + (len({*idle}.intersection(self._order)) if idle else 0)


def facet_values(index: Index, dimension: Dimension, about: Selection) -> FacetValues:
    """Return the values of a facet: ticked first, then by count and label, "not stated" last.

    Counts obey the text and every other facet, but not this facet's own ticks. Values without a program stay.
    """
    values = index.values(dimension)
    counts = dict(_counted(index, dimension, values, about.base))
    if dimension.numeric:
        order = sorted(values.labels, key=int)
    elif dimension.order:
        order = [value for value in dimension.order if value in values.labels]
    else:
        # Most of a thousand institutions have no program that is found: only the others are sorted.
        have = {value for value, count in counts.items() if count}
        order = sorted((value for value in values.in_order if value in have), key=counts.__getitem__, reverse=True)
        order += [value for value in values.in_order if value not in have]
    chosen = about.selected | about.excluded
    if chosen:
        order.sort(key=lambda value: value not in chosen)
    unstated = (about.base & ~values.stated).bit_count() if values.stated != index.everything else 0
    if unstated or NOT_STATED in chosen or values.stated != index.everything:
        counts[NOT_STATED] = unstated
        order.append(NOT_STATED)
    return FacetValues(order, counts, values.labels, about, dimension.unstated)


def _counted(index: Index, dimension: Dimension, values: Values, base: Bits) -> Mapping[str, int]:
    """Count by visiting the programs where they are few, else by counting what each value has in common with them."""
    if base == index.everything:
        return values.totals
    if base.bit_count() * _VISIT < values.effort:
        counts: dict[str, int] = defaultdict(int)
        for together, number in Counter(map(index.values_of(dimension).__getitem__, index.members(base))).items():
            for value in together:
                counts[value] += number
        return counts
    count = bitsets.Counter(base, index.size).count
    return {value: count(kept) for value, kept in values.kept.items()}
