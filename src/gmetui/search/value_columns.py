"""The values of each program as codes, in forms that are counted without visiting every program."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat

from ..compiled.numbers import smallest_array
from ..lean_typing import NamedTuple, overload
from .bitset import Bitset, is_dense

#: Programs in a run, on average, from which on runs are stored instead of codes, whose lookup is faster.
_MIN_RUN = 200
#: What counting takes, as the number of programs that are listed and looked up in the same time. A run takes one.
#: Two members of an array take one. A bitset or a combination of values takes one, and one for so many programs of the
#: catalog. Measured with 14,000 and a million programs on 2026-11-26.
_MEMBERS_PER_COST, _PROGRAMS_PER_BITSET_COST = 2, 2000
_MAX_SLICED = 255  # combinations of values, so that a code is a byte


class Runs(Sequence[int]):
    """Codes of which neighbors are mostly equal, as those of institutions are in catalog order."""

    def __init__(self, starts: Sequence[int], codes: Sequence[int], size: int) -> None:
        """Use the codes of runs, and the first program of each; there are `size` programs."""
        self.starts, self.codes, self._size = starts, codes, size

    def __len__(self) -> int:
        """Return the number of programs."""
        return self._size

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        """Return the code of a program, or those of some."""
        if isinstance(index, slice):
            return [self[number] for number in range(self._size)[index]]
        return self.codes[bisect_right(self.starts, index) - 1]

    def __iter__(self) -> Iterator[int]:
        """Yield the code of each program."""
        return chain.from_iterable(repeat(code, end - start) for code, start, end in self._runs())

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.codes, self.starts, chain(self.starts[1:], (self._size,)), strict=True)

    def counts_in(self, matches: Bitset) -> Mapping[int, int]:
        """Return the number of matching programs of each code that has one."""
        data = matches.to_bytes(self._size // 8 + 1, "little")
        counts: dict[int, int] = defaultdict(int)
        for code, start, end in self._runs():
            bits = int.from_bytes(data[start >> 3 : (end + 7) >> 3], "little") >> (start & 7)
            members = bits & ((1 << (end - start)) - 1)
            if members:
                counts[code] += members.bit_count()
        return counts


class ValueColumn(NamedTuple):
    """The values of each program: a code by program number, and the values that each code stands for."""

    codes: Sequence[int]
    combinations: Sequence[tuple[str, ...]]


def in_runs(codes: array[int]) -> Sequence[int]:
    """Return codes in runs, if that is shorter."""
    if sum(1 for _ in groupby(codes)) * _MIN_RUN > len(codes):
        return codes
    starts, run_codes = [], []
    start = 0
    for code, run in groupby(codes):
        starts.append(start)
        run_codes.append(code)
        start += sum(1 for _ in run)
    return Runs(smallest_array(starts, len(codes)), smallest_array(run_codes, max(run_codes, default=0)), len(codes))


def slices_of(column: ValueColumn, member_counts: Iterable[int]) -> tuple[Bitset, ...]:
    """Return the codes sliced into bits: for each bit, the programs whose code has it. () where sets are better.

    `member_counts` are the numbers of programs of the values.
    """
    combination_count = len(column.combinations)
    if isinstance(column.codes, Runs) or combination_count > _MAX_SLICED:
        return ()
    size = len(column.codes)
    if combination_count * _bitset_cost(size) > sets_cost(member_counts, size):
        return ()
    codes = bytes(column.codes)[::-1] or b"0"  # the first program is the last digit
    digits = (
        bytes(48 + (code >> bit & 1) for code in range(256)) for bit in range((combination_count - 1).bit_length())
    )
    return tuple(int(codes.translate(digits_of_code), 2) for digits_of_code in digits)


def count_slices(matches: Bitset, slices: Sequence[Bitset]) -> Mapping[int, int]:
    """Return the number of matching programs of each code that has one, given the codes sliced into bits."""
    counts: dict[int, int] = {}
    pending = [(matches, matches.bit_count(), len(slices), 0)] if matches else []
    while pending:
        group, size, bit, code = pending.pop()
        if not bit:
            counts[code] = size
            continue
        upper = group & slices[bit - 1]
        upper_size = upper.bit_count()
        if upper_size:
            pending.append((upper, upper_size, bit - 1, code | 1 << (bit - 1)))
        if upper_size < size:
            pending.append((group ^ upper, size - upper_size, bit - 1, code))
    return counts


def counting_cost(column: ValueColumn, slices: Sequence[Bitset], member_counts: Iterable[int]) -> int:
    """Return the number of programs whose values can be looked up in the time that counting without that takes."""
    size = len(column.codes)
    if isinstance(column.codes, Runs):
        return len(column.codes.starts)
    return len(column.combinations) * _bitset_cost(size) if slices else sets_cost(member_counts, size)


def sets_cost(member_counts: Iterable[int], size: int) -> int:
    """Return the number of programs that can be looked up in the time that counting the members of sets takes."""
    return sum(
        _bitset_cost(size) if is_dense(member_count, size) else member_count // _MEMBERS_PER_COST
        for member_count in member_counts
    )


def _bitset_cost(size: int) -> int:
    return size // _PROGRAMS_PER_BITSET_COST + 1
