"""A search for phrases in all texts of a catalog at once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

from ..catalog.catalog import Catalog
from .bitset import Bitset, CompactSet, compact, union
from .corpus import group_programs, text_programs
from .normalize import folded_words


class _PhraseTable(NamedTuple):
    """All texts of two or more words, folded and concatenated, with the start and the programs of each."""

    text: str
    starts: list[int]
    program_sets: list[CompactSet]


class PhraseIndex:
    """Finds the programs in one of whose texts some words are adjacent. The texts are folded at the first search."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def programs_with(self, phrase: str) -> Bitset:
        """Return the programs that contain `phrase`: two or more folded words, separated by spaces."""
        table, needle = self._table, f" {phrase} "
        matches, position = [], 0
        while (position := table.text.find(needle, position)) >= 0:
            entry = bisect_right(table.starts, position) - 1
            matches.append(table.program_sets[entry])
            if entry + 1 == len(table.starts):
                break
            position = table.starts[entry + 1]
        return union(matches, len(self._catalog.programs))

    @cached_property
    def _table(self) -> _PhraseTable:
        owners: dict[str, list[list[int]]] = defaultdict(list)
        for (_, text), numbers in text_programs(self._catalog, group_programs(self._catalog)).items():
            words = folded_words(text)
            if len(words) > 1:
                owners[f" {' '.join(words)} \n"].append(numbers)
        size = len(self._catalog.programs)
        return _PhraseTable(
            "".join(owners),
            list(accumulate(map(len, owners), initial=0))[:-1],
            [compact(chain.from_iterable(number_lists), size) for number_lists in owners.values()],
        )
