"""What typed words matched, remembered while the next ones are typed.

Measured on 2026-11-26, the first time that lines are typed, mean of a key press: 0.25 ms instead of 0.31 without it of
14,000 programs, and 3.4 ms instead of 7.1 of a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..lean_typing import Protocol, TypeVar, cast
from .bitset import Bitset

_MAX_ENTRIES = 4096
_MAX_SIZE = 2**24  # bytes of all sets


class ProgramSets(Protocol):
    """What consists of sets of programs."""

    @property
    def bitsets(self) -> Iterable[Bitset]:
        """All sets of programs."""


_Sets = TypeVar("_Sets", bound=ProgramSets)


class WordCache:
    """Sets of programs by a word, or by adjacent words. The oldest are forgotten when they take too much memory."""

    def __init__(self) -> None:
        self._sets: dict[str | tuple[str, ...], ProgramSets] = {}
        self._size = 0

    def get(self, words: str | tuple[str, ...], compute: Callable[[], _Sets]) -> _Sets:
        """Return what `compute` returned for some words before, or call it now. It must not depend on the user."""
        sets = self._sets.get(words)
        if sets is None:
            sets = self._sets[words] = compute()
            self._size += _size_of(sets)
            while len(self._sets) > 1 and (self._size > _MAX_SIZE or len(self._sets) > _MAX_ENTRIES):
                self._size -= _size_of(self._sets.pop(next(iter(self._sets))))
        return cast("_Sets", sets)


def _size_of(sets: ProgramSets) -> int:
    """Return about how many bytes some sets take."""
    return sum(bitset.bit_length() for bitset in sets.bitsets) // 8
