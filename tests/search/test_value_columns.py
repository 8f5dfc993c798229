"""However the values of programs are stored, the counts are those of looking at every program."""

from __future__ import annotations

from array import array
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gmetui.search.bitset import from_members
from gmetui.search.value_columns import Runs, ValueColumn, count_slices, in_runs, slices_of

#: Long runs of few codes, as of institutions, and the matching programs.
RUNS = st.lists(st.tuples(st.integers(0, 5), st.integers(200, 500)), min_size=1, max_size=4)
CODES = st.lists(st.integers(0, 6), min_size=1, max_size=60)
MATCHES = st.sets(st.integers(0, 799), max_size=40)


def codes_of(runs: list[tuple[int, int]]) -> array[int]:
    return array("B", (code for code, length in runs for _ in range(length)))


@given(RUNS, MATCHES)
def test_runs_have_and_count_the_same_codes(runs: list[tuple[int, int]], matches: set[int]) -> None:
    codes = codes_of(runs)
    shortened = in_runs(codes)
    assert isinstance(shortened, Runs)
    assert list(shortened) == [shortened[number] for number in range(len(codes))] == list(codes)
    assert shortened[1:9:3] == list(codes[1:9:3])
    numbers = {number for number in matches if number < len(codes)}
    counts = shortened.counts_in(from_members(numbers, len(codes)))
    assert counts == Counter(codes[number] for number in numbers)


def test_short_runs_stay_codes() -> None:
    codes = array("B", [1, 2] * 300)
    assert in_runs(codes) is codes
    assert in_runs(array("B")) is not None


@given(CODES, st.sets(st.integers(0, 59)))
def test_slices_count_the_same_codes(codes: list[int], matches: set[int]) -> None:
    values = [f"v{code}" for code in range(max(codes) + 1)]
    column = ValueColumn(array("B", codes), [(value,) for value in values])
    slices = slices_of(column, Counter(codes).values())
    numbers = {number for number in matches if number < len(codes)}
    if slices:
        assert count_slices(from_members(numbers, len(codes)), slices) == Counter(codes[number] for number in numbers)


def test_slices_are_made_where_they_pay_off() -> None:
    codes = array("B", [number % 200 for number in range(4000)])
    values = [(f"v{code}",) for code in range(200)]
    slices = slices_of(ValueColumn(codes, values), [20] * 200)
    assert len(slices) == 8
    assert count_slices(from_members(range(1000), 4000), slices) == dict.fromkeys(range(200), 5)
    assert count_slices(0, slices) == {}
