"""The texts of a program with their folded words, in the forms that the words of a query are looked up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from ..lean_typing import NamedTuple
from .documents import SearchText, SearchWeight
from .normalize import FoldedWord, folded_words, unordered_key

_KEPT_FOLDED_TEXTS = 4096  # names of specialties and institutions, which many programs share
_NAME_WEIGHTS = (SearchWeight.TITLE, SearchWeight.SYNONYM)


class Folded(NamedTuple):
    """The folded words of a text: one by one, run together, in alphabetical order, and each with a space before it."""

    words: tuple[FoldedWord, ...]
    joined: str
    any_order: str
    spaced: str


#: One text of a program: its weight, field, the text itself and its folded words.
Text = tuple[SearchWeight, str, str, Folded]


@lru_cache(_KEPT_FOLDED_TEXTS)
def _fold(text: str) -> Folded:
    words = tuple(folded_words(text))
    return Folded(words, "".join(words), unordered_key(words), f" {' '.join(words)}")


class FoldedTexts:
    """The texts of a program, names first. A text is folded when it is looked at: a match is seldom in the last one."""

    def __init__(self, texts: Sequence[SearchText]) -> None:
        self._texts = texts
        self._folded: list[Text] = []

    def __iter__(self) -> Iterator[Text]:
        """Yield each text."""
        yield from self._folded
        for number in range(len(self._folded), len(self._texts)):
            if number == len(self._folded):
                text = self._texts[number]
                self._folded.append((*text, _fold(text[2])))
            yield self._folded[number]

    def find_name(self, joined: str, any_order: str) -> Text | None:
        """Return the first name that consists of some words, given run together and in alphabetical order."""
        by_joined, by_any_order = self._name_positions
        last = len(self._texts)
        position = min(by_joined.get(joined, last), by_any_order.get(any_order, last))
        return self._folded[position] if position < last else None

    @cached_property
    def _name_positions(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The position of each name by its words run together, and of those of several words in any order."""
        by_joined: dict[str, int] = {}
        by_any_order: dict[str, int] = {}
        for position, (weight, _, _, folded) in enumerate(self):
            if weight not in _NAME_WEIGHTS:
                break
            by_joined.setdefault(folded.joined, position)
            if len(folded.words) > 1:
                by_any_order.setdefault(folded.any_order, position)
        return by_joined, by_any_order
