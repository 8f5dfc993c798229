"""Stored unions of the words that start alike are what a look at each of these words gives."""

from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.compiled.tables import MemoryTable
from gmetui.search.bitset import compact, members_of
from gmetui.search.prefix_sets import PrefixSets, WordSets, decode_sets, encode_sets, unions_by_prefix

SIZE = 3000
MEMBERS = st.sets(st.integers(0, SIZE - 1), max_size=3)
WORDS = st.dictionaries(st.text("ab", min_size=1, max_size=6), st.tuples(MEMBERS, MEMBERS), max_size=40)


@given(WORDS)
def test_unions_are_those_of_the_words(words: dict[str, tuple[set[int], set[int]]]) -> None:
    table: MemoryTable[WordSets] = MemoryTable(
        {word: tuple(compact(members, SIZE) for members in sets) for word, sets in words.items()}
    )
    scanned = PrefixSets(2, table)
    united = PrefixSets(2, table, unions_by_prefix(scanned, SIZE, (1, 3)))
    for prefix in {word[:length] for word in words for length in range(1, 7)} | {"c"}:
        by_scan = scanned.starting_with(prefix, SIZE)
        assert united.starting_with(prefix, SIZE)[0] == by_scan[0]
        if len(prefix) >= 3:
            assert united.starting_with(prefix, SIZE) == by_scan
        assert scanned.starting_with(prefix, SIZE, 1) == [0, by_scan[1]]


def test_only_common_beginnings_have_unions() -> None:
    table: MemoryTable[WordSets] = MemoryTable(
        {f"card{letter}": (array("I", [number]),) for number, letter in enumerate("abcdefgh")}
    )
    unions = unions_by_prefix(PrefixSets(1, table), SIZE, (2,))
    assert list(unions) == ["card", "car", "ca"]
    assert {tuple(sets[0]) for sets in unions.values() if not isinstance(sets[0], int)} == {tuple(range(8))}


@pytest.mark.parametrize("size", [1000, 20_000, 1_000_000])
def test_sets_of_a_word_survive_storage(size: int) -> None:
    rng = random.Random(18)
    members = [sorted(rng.sample(range(size), count)) for count in (1, 40, 60, 990, 0, 500)]
    sets = [compact(numbers, size) for numbers in members]
    decoded = decode_sets(encode_sets(sets), len(sets))
    assert [list(members_of(compact_set)) for compact_set in decoded] == members
