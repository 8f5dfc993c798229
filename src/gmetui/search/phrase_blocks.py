"""A search for phrases in all texts of a catalog at once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from .bitset import Bitset, CompactSet, compact, union
from .normalize import folded_words

#: Bytes of text that are searched at once.
BLOCK_SIZE = 250_000


class PhraseOwners(NamedTuple):
    """Where each text of a block starts, and the programs that have it."""

    starts: Sequence[int]
    program_sets: Sequence[CompactSet]


class PhraseBlocks(NamedTuple):
    """All texts of two or more words, folded and concatenated into blocks, and whose they are."""

    texts: Sequence[bytes]
    owners: Sequence[PhraseOwners]

    def programs_with(self, phrase: str, size: int) -> Bitset:
        """Return the programs, out of `size`, that have a phrase: two or more folded words with spaces between them."""
        needle = f" {phrase} ".encode()
        hits = (
            owners
            for number, text in enumerate(self.texts)
            if needle in text
            for owners in _owners_of(needle, text, self.owners[number])
        )
        return union(hits, size)


def _owners_of(needle: bytes, text: bytes, owners: PhraseOwners) -> Iterator[CompactSet]:
    """Yield the programs of each text of a block that contains a phrase."""
    position = 0
    while (position := text.find(needle, position)) >= 0:
        entry = bisect_right(owners.starts, position) - 1
        yield owners.program_sets[entry]
        if entry + 1 == len(owners.starts):
            return
        position = owners.starts[entry + 1]


def phrase_blocks(by_text: Mapping[tuple[Any, str], array[int]], size: int) -> PhraseBlocks:
    """Return all texts of a corpus in blocks, given the programs, out of `size`, of each weight and text."""
    numbers_by_text: dict[bytes, list[array[int]]] = defaultdict(list)
    for (_, text), numbers in by_text.items():
        words = folded_words(text)
        if len(words) > 1:
            numbers_by_text[f" {' '.join(words)} \n".encode()].append(numbers)
    texts, owners = [], []
    for block in _blocks(numbers_by_text):
        texts.append(b"".join(block))
        starts = list(accumulate(map(len, block), initial=0))[:-1]
        owners.append(PhraseOwners(starts, [compact(_joined(numbers_by_text[text]), size) for text in block]))
    return PhraseBlocks(texts, owners)


def _joined(lists: Sequence[array[int]]) -> array[int]:
    return lists[0] if len(lists) == 1 else array("I", chain.from_iterable(lists))


def _blocks(texts: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the texts in blocks of about `BLOCK_SIZE` bytes."""
    block: list[bytes] = []
    block_size = 0
    for text in texts:
        block.append(text)
        block_size += len(text)
        if block_size > BLOCK_SIZE:
            yield block
            block, block_size = [], 0
    if block:
        yield block
