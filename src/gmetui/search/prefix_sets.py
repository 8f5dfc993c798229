"""Sets of programs by word, and ready unions of those that start alike, so that one letter doesn't read them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from ..compiled.tables import PrefixTable
from ..lean_typing import NamedTuple
from .bitset import Bitset, CompactSet, compacted, to_bitset, union

#: Words from which on a union is stored. Measured on 2026-11-26, the first time that lines are typed, by 14,000 and a
#: million programs: @@
_MIN_WORDS = 8
#: Letters of the longest beginning that has a union. Only words that nobody types have more in common.
_MAX_LETTERS = 24
_NO_UNIONS: Mapping[str, CompactSet] = MappingProxyType({})


class PrefixSets(NamedTuple):
    """The programs of each word, and of those words that have one of many beginnings.

    `unions` has some beginnings, each with the union of the sets of all words that start with it.
    """

    sets: PrefixTable[CompactSet]
    unions: Mapping[str, CompactSet] = _NO_UNIONS

    def starting_with(self, prefix: str, size: int) -> Bitset:
        """Return the programs of the words that start with `prefix`, in a catalog of `size` programs."""
        stored = self.unions.get(prefix)
        if stored is not None:
            return to_bitset(stored, size)
        return union((program_set for _, program_set in self.sets.with_prefix(prefix)), size)


def unions_by_prefix(sets: PrefixTable[CompactSet], size: int, shortest: int) -> dict[str, CompactSet]:
    """Return the unions to store with a table, of beginnings of `shortest` letters and more."""
    unions: dict[str, CompactSet] = {}
    _add_unions(list(sets.with_prefix("")), size, shortest, unions)
    return unions


def _add_unions(
    words: Sequence[tuple[str, CompactSet]], size: int, length: int, unions: dict[str, CompactSet]
) -> Bitset:
    """Add the unions of all beginnings of `length` letters and more; return the union of all words."""
    if len(words) < _MIN_WORDS or length > _MAX_LETTERS:
        return union((program_set for _, program_set in words), size)
    matches = 0
    for beginning, group in groupby(words, key=lambda word: word[0][:length]):
        group_words = list(group)
        group_matches = _add_unions(group_words, size, length + 1, unions)
        if len(group_words) >= _MIN_WORDS and len(beginning) == length:
            unions[beginning] = compacted(group_matches, size)
        matches |= group_matches
    return matches
