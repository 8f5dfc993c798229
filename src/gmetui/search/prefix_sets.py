"""Sets of programs by word, and ready unions of those that start alike, so that one letter doesn't read them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from ..compiled.archive import join_blobs, split_blobs
from ..compiled.tables import PrefixTable
from ..lean_typing import NamedTuple
from .bitset import Bitset, CompactSet, compacted, decode, encode, to_bitset, union

#: Words from which on a union is stored. Measured on 2026-11-26, the first time that lines are typed, mean of a key
#: press: 0.25 ms instead of 0.31 without unions of 14,000 programs, and 3.4 ms instead of 6.7 of a million.
_MIN_WORDS = 8
#: Letters of the longest beginning that has a union. Only words that nobody types have more in common.
_MAX_LETTERS = 24
#: The programs of a word, a set for each way in which they can have it; 0 where none has.
WordSets = Sequence[CompactSet]
_NO_UNIONS: Mapping[str, WordSets] = MappingProxyType({})


class PrefixSets(NamedTuple):
    """The programs of each word, and of those words that have one of many beginnings.

    `width` is the number of sets of a word. `unions` has some beginnings, each with the unions of the sets of all words
    that start with it.
    """

    width: int
    words: PrefixTable[WordSets]
    unions: Mapping[str, WordSets] = _NO_UNIONS

    def starting_with(self, prefix: str, size: int, first: int = 0) -> Sequence[Bitset]:
        """Return the programs, out of `size`, of the words that start with `prefix`; the sets before `first` are 0."""
        stored = self.unions.get(prefix)
        if stored is not None:
            return [to_bitset(compact_set, size) for compact_set in stored]
        words = [sets for _, sets in self.words.with_prefix(prefix)]
        return _unions(words, size, first, self.width)


def _unions(words: Iterable[WordSets], size: int, first: int, width: int) -> list[Bitset]:
    return [union(sets, size) if slot >= first else 0 for slot, sets in enumerate(zip(*words, strict=True))] or [
        0
    ] * width


def unions_by_prefix(prefix_sets: PrefixSets, size: int, shortest: Sequence[int]) -> dict[str, WordSets]:
    """Return the unions to store; `shortest` are the letters of the shortest beginning for each of a word's sets."""
    unions: dict[str, WordSets] = {}

    def add(words: Sequence[tuple[str, WordSets]], length: int) -> list[Bitset]:
        """Add the unions of all beginnings of `length` letters and more; return those of all words."""
        if len(words) < _MIN_WORDS or length > _MAX_LETTERS:
            return _unions((sets for _, sets in words), size, 0, prefix_sets.width)
        all_matches = [0] * prefix_sets.width
        for beginning, group in groupby(words, key=lambda word: word[0][:length]):
            group_words = list(group)
            matches = add(group_words, length + 1)
            if len(group_words) >= _MIN_WORDS and len(beginning) == length:
                unions[beginning] = [
                    compacted(bitset, size) if length >= letters else 0
                    for bitset, letters in zip(matches, shortest, strict=True)
                ]
            all_matches = [bitset | more for bitset, more in zip(all_matches, matches, strict=True)]
        return all_matches

    add(list(prefix_sets.words.with_prefix("")), min(shortest))
    return unions


def encode_sets(sets: WordSets) -> bytes:
    """Return the sets of a word as bytes: which of up to eight there are, and these."""
    present = sum(1 << slot for slot, compact_set in enumerate(sets) if compact_set)
    return bytes((present,)) + join_blobs(*(encode(compact_set) for compact_set in sets if compact_set))


def decode_sets(content: bytes, width: int) -> WordSets:
    """Return the `width` sets that `encode_sets` encoded."""
    present = content[0]
    blobs = iter(split_blobs(content[1:], present.bit_count()))
    return [decode(next(blobs)) if present >> slot & 1 else 0 for slot in range(width)]
