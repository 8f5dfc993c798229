"""Sets of program numbers as Python integers: bit n stands for program n, and order of bits is catalog order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

#: A set of program numbers.
Bits = int

_NON_ZERO = re.compile(rb"[^\x00]")
_IN_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


#: How a set is kept: as bits, as hexadecimal bits, or, when it is sparse, as its members in order.
Kept = int | str | Sequence[int]
_SPARSE = 64  # of so many numbers, one or fewer: keep the members


def keep(positions: Iterable[int], size: int) -> Kept:
    """Return a set in the form that takes least room."""
    members = sorted(set(positions))
    return from_positions(members, size) if len(members) * _SPARSE > size else members


def kept_bits(kept: Kept, size: int) -> Bits:
    """Return a kept set as bits."""
    if isinstance(kept, int):
        return kept
    return int(kept, 16) if isinstance(kept, str) else from_positions(kept, size)


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


def contains(bits: Bits, position: int) -> bool:
    """Tell whether `position` is a member."""
    return bool(bits >> position & 1)


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
