"""Sets of program numbers as Python integers: bit n stands for program n, and order of bits is catalog order.

Numbers stand for programs in catalog order, so an institution's programs are a range; a rare word's are few numbers;
a common word's are bits. Each set is kept in the form that takes least room, and all of them become bits when they are
combined.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence

#: A set of program numbers.
Bits = int
#: How a set is kept: as bits, as bits or a range in writing (`"1f"`, `"3-9"`), as a range, or as its members in order.
Kept = int | str | Sequence[int]

_NON_ZERO = re.compile(rb"[^\x00]")
_IN_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_SPARSE = 64  # of so many numbers, one or fewer: keep the members


def keep(positions: Iterable[int], size: int) -> Kept:
    """Return a set in the form that takes least room."""
    members = sorted(set(positions))
    if len(members) > 1 and members[-1] - members[0] == len(members) - 1:
        return range(members[0], members[-1] + 1)
    return from_positions(members, size) if len(members) * _SPARSE > size else array("I", members)


def kept_bits(kept: Kept, size: int) -> Bits:
    """Return a kept set as bits."""
    if isinstance(kept, str):
        kept = read(kept)
    if isinstance(kept, int):
        return kept
    if isinstance(kept, range):
        return ((1 << len(kept)) - 1) << kept.start
    return from_positions(kept, size)


def written(kept: Kept) -> str | list[int]:
    """Return a kept set as JSON can hold it."""
    if isinstance(kept, int):
        return f"{kept:x}"
    if isinstance(kept, range):
        return f"{kept.start}-{kept.stop}"
    return kept if isinstance(kept, str) else list(kept)


def read(text: str) -> int | range:
    """Return what `written` wrote."""
    first, gap, last = text.partition("-")
    return range(int(first), int(last)) if gap else int(text, 16)


def union(sets: Iterable[Kept], size: int) -> Bits:
    """Return the union of many kept sets: the members of sparse ones are gathered before they become bits."""
    bits, room = 0, None
    for kept in sets:
        if isinstance(kept, str):
            kept = read(kept)
        if isinstance(kept, int):
            bits |= kept
        elif isinstance(kept, range):
            bits |= kept_bits(kept, size)
        elif kept:
            if room is None:
                room = bytearray(size // 8 + 1)
            for position in kept:
                room[position >> 3] |= 1 << (position & 7)
    return bits if room is None else bits | int.from_bytes(room, "little")


def from_positions(positions: Iterable[int], size: int) -> Bits:
    """Return the set of `positions`, all below `size`."""
    room = bytearray(size // 8 + 1)
    for position in positions:
        room[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(room, "little")


def positions(bits: Bits) -> Iterator[int]:
    """Yield the members of a set in order, without visiting the gaps."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _NON_ZERO.finditer(data):
        start = found.start()
        base = start << 3
        for bit in _IN_BYTE[data[start]]:
            yield base + bit


def members(kept: Kept) -> Iterable[int]:
    """Return the members of a kept set."""
    if isinstance(kept, str):
        kept = read(kept)
    return positions(kept) if isinstance(kept, int) else kept


def contains(bits: Bits, position: int) -> bool:
    """Tell whether `position` is a member."""
    return bool(bits >> position & 1)


class Counter:
    """Counts how many members of other sets are in one set; ranges and sparse sets are counted without their bits."""

    def __init__(self, bits: Bits, size: int) -> None:
        self._bits = bits
        self._data = bits.to_bytes(size // 8 + 1, "little")

    def count(self, kept: Kept) -> int:
        """Return how many members of `kept` are in the set."""
        if isinstance(kept, str):
            kept = read(kept)
        if isinstance(kept, int):
            return (kept & self._bits).bit_count()
        if isinstance(kept, range):
            first = kept.start & ~7
            here = int.from_bytes(self._data[first >> 3 : (kept.stop + 7) >> 3], "little")
            return (here >> (kept.start - first) & ((1 << len(kept)) - 1)).bit_count()
        data = self._data
        return sum(data[position >> 3] >> (position & 7) & 1 for position in kept)


def add_score(planes: list[Bits], bits: Bits, score: int) -> None:
    """Add `score` to the counters of the members of `bits`.

    Counter n is spread over the planes: bit n of `planes[k]` is worth 2**k. Addition ripples through the planes,
    so all programs are counted at once.
    """
    for shift in range(score.bit_length()):
        if not score >> shift & 1:
            continue
        carry, place = bits, shift
        while carry:
            while len(planes) <= place:
                planes.append(0)
            planes[place], carry = planes[place] ^ carry, planes[place] & carry
            place += 1


def by_score(matched: Bits, planes: Sequence[Bits]) -> list[Bits]:
    """Split `matched` into sets of equal score, highest first."""
    groups = [matched] if matched else []
    for plane in reversed(planes):
        split = ((group & plane, group & ~plane) for group in groups)
        groups = [part for pair in split for part in pair if part]
    return groups
