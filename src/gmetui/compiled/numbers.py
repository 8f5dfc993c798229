"""Arrays of whole numbers as bytes, the same on every machine."""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable

from ..lean_typing import TypeVar

Key = TypeVar("Key")

#: Array types with the largest number they hold.
_TYPE_CODES = (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFFFFFF), ("Q", 0xFFFFFFFFFFFFFFFF))


class NumberLists(defaultdict[Key, "array[int]"]):
    """Lists of numbers below 2**32 by key, of four bytes each. A key that is looked up gets an empty one."""

    def __init__(self) -> None:
        super().__init__(_empty_list)


def _empty_list() -> array[int]:
    return array("I")


def smallest_array(numbers: Iterable[int], largest: int) -> array[int]:
    """Return numbers of up to `largest` in an array of the smallest type that holds them."""
    return array(next(code for code, limit in _TYPE_CODES if largest <= limit), numbers)


def pack_numbers(numbers: Iterable[int], largest: int) -> bytes:
    """Return numbers of up to `largest` as bytes, with the type of their array first."""
    packed = smallest_array(numbers, largest)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.typecode.encode() + packed.tobytes()


def unpack_numbers(packed: bytes) -> array[int]:
    """Return the numbers that `pack_numbers` packed. Raises ValueError or IndexError for anything else."""
    numbers = array(chr(packed[0]))
    numbers.frombytes(packed[1:])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
