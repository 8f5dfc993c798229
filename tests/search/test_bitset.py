from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.search import bitset as bitsets

SETS = st.sets(st.integers(0, 300))


@given(SETS)
def test_there_and_back(members: set[int]) -> None:
    bits = bitsets.from_positions(members, 301)
    assert list(bitsets.positions(bits)) == sorted(members)
    assert all(bitsets.contains(bits, member) for member in members)
    assert bitsets.kept_bits(bitsets.keep(members, 301), 301) == bits
    assert bitsets.kept_bits(f"{bits:x}", 301) == bits


@given(st.lists(st.tuples(SETS, st.integers(1, 7)), max_size=6))
def test_scores_add_up(added: list[tuple[set[int], int]]) -> None:
    planes: list[int] = []
    scores = dict.fromkeys(range(301), 0)
    for members, score in added:
        bitsets.add_score(planes, bitsets.from_positions(members, 301), score)
        for member in members:
            scores[member] += score
    groups = bitsets.by_score((1 << 301) - 1, planes)
    order = [number for group in groups for number in bitsets.positions(group)]
    assert order == sorted(scores, key=lambda number: (-scores[number], number))
