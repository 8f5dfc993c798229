"""Numbers for the sources of one program, in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalog.facts import Citation


class Footnotes:
    """The numbered sources of one program."""

    def __init__(self) -> None:
        self._numbers: dict[Citation, int] = {}

    def numbers(self, cited_sources: Iterable[Citation]) -> tuple[int, ...]:
        """Return the number of each source, each number once; sources not cited before get the next numbers."""
        numbers = (self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in cited_sources)
        return tuple(dict.fromkeys(numbers))

    def __iter__(self) -> Iterator[tuple[int, Citation]]:
        """Yield every source with its number."""
        for citation, number in self._numbers.items():
            yield number, citation
