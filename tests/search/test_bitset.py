from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.search import bitset as bitsets

SIZE = 301
MEMBERS = st.sets(st.integers(0, SIZE - 1))


@given(MEMBERS)
def test_members_survive_every_form(members: set[int]) -> None:
    bits = bitsets.from_members(members, SIZE)
    assert list(bitsets.iter_members(bits)) == sorted(members)
    is_member = bitsets.membership(bits, SIZE)
    assert all(
        bitsets.contains(bits, member) == bool(is_member(member)) == (member in members) for member in range(SIZE)
    )
    for compact_set in (bitsets.compact(members, SIZE), bits, array("I", sorted(members))):
        assert bitsets.to_bitset(compact_set, SIZE) == bits
        assert list(bitsets.members_of(compact_set)) == sorted(members)
        assert bitsets.count(compact_set) == len(members)
        assert bitsets.to_bitset(bitsets.decode(bitsets.encode(compact_set)), SIZE) == bits


@pytest.mark.parametrize(("size", "is_dense"), [(127, True), (128, False), (129, False)])
def test_sparse_sets_are_stored_as_arrays(size: int, is_dense: bool) -> None:
    assert isinstance(bitsets.compact([5, 3, 5], size), int) is is_dense
    assert list(bitsets.members_of(bitsets.compact([5, 3, 5], size))) == [3, 5]


@pytest.mark.parametrize(
    ("member_count", "size", "mark"),
    [(40, 1_000_000, b"I"), (60, 1_000_000, b"I"), (60, 20_000, b"b"), (990, 1_000_000, b"z"), (990, 20_000, b"b")],
)
def test_arrays_are_stored_in_the_form_that_is_read_fastest(member_count: int, size: int, mark: bytes) -> None:
    members = range(0, size, size // member_count)[:member_count]
    content = bitsets.encode(array("I", members))
    assert content[:1] == mark
    assert list(bitsets.members_of(bitsets.decode(content))) == list(members)


@given(st.lists(MEMBERS, max_size=5))
def test_union_of_mixed_forms(sets: list[set[int]]) -> None:
    mixed = [
        bitsets.from_members(members, SIZE) if number % 2 else sorted(members) for number, members in enumerate(sets)
    ]
    assert bitsets.union(mixed, SIZE) == bitsets.from_members(set().union(*sets), SIZE)


@given(MEMBERS)
def test_bits_are_decoded_as_bits_only(members: set[int]) -> None:
    bits = bitsets.from_members(members, SIZE)
    assert bitsets.decode_bits(bitsets.encode(bits)) == bits
    with pytest.raises(ValueError, match="not a bitset"):
        bitsets.decode_bits(bitsets.encode(array("I", sorted(members))))


@given(MEMBERS, MEMBERS)
def test_overlap_is_the_size_of_the_intersection(first: set[int], second: set[int]) -> None:
    counter = bitsets.OverlapCounter(bitsets.from_members(first, SIZE), SIZE)
    assert counter.count(sorted(second)) == counter.count(bitsets.from_members(second, SIZE)) == len(first & second)


@given(st.lists(st.tuples(MEMBERS, st.integers(1, 7)), max_size=6))
def test_scores_add_up(additions: list[tuple[set[int], int]]) -> None:
    planes: list[int] = []
    scores = dict.fromkeys(range(SIZE), 0)
    for members, score in additions:
        bitsets.add_score(planes, bitsets.from_members(members, SIZE), score)
        for member in members:
            scores[member] += score
    groups = bitsets.split_by_score((1 << SIZE) - 1, planes)
    ranked = [number for group in groups for number in bitsets.iter_members(group)]
    assert ranked == sorted(scores, key=lambda number: (-scores[number], number))
