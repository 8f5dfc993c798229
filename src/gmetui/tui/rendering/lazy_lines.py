"""Lines that are made when they are looked at: of all filters, a pane shows the first few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class LazyLines(Sequence[T], Generic[T]):
    """The items of an iterator, taken from it as far as they are looked at. Their number takes all of them."""

    def __init__(self, lines: Iterable[T] = ()) -> None:
        self._source = iter(lines)
        self._made: list[T] = []

    def reaches(self, count: int) -> bool:
        """Return whether there are as many lines; no more than these are made."""
        for line in self._source if len(self._made) < count else ():
            self._made.append(line)
            if len(self._made) >= count:
                break
        return len(self._made) >= count

    def __len__(self) -> int:
        """Return the number of lines."""
        self._made += self._source
        return len(self._made)

    def __getitem__(self, index: int) -> T:  # type: ignore[override]  # no pane looks at a slice
        """Return a line."""
        self.reaches(index + 1)
        return self._made[index]

    def __iter__(self) -> Iterator[T]:
        """Yield each line."""
        self._made += self._source
        return iter(self._made)
