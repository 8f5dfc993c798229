"""What is learned about a catalog by looking at every program: values of fields, facts, orders, and phrases.

`CatalogScans` looks when it is asked. A compiled catalog stores what it found (`stored_scans`), so that no search
visits all programs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol

from ..compiled.tables import MemoryTable, PrefixTable
from .bitset import Bitset, CompactSet, compact, from_members
from .field_values import FieldValues, collect_values
from .fields import SearchField
from .normalize import folded_words
from .phrase_blocks import PhraseBlocks, phrase_blocks
from .sort import sorted_numbers
from .stated_facts import StatedFact

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_SHORT_TEXT = 32  # letters of a text that can be offered as a value


class Scans(Protocol):
    """What an index learns from looking at every program, each answer of which it keeps."""

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a search field."""

    def parents(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""

    def stating(self, fact: StatedFact) -> Bitset:
        """Return the programs that state a fact."""

    def fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        """Return the programs that state each folded word about a fact."""

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""

    def stated_share(self) -> float:
        """Return which share of what a program can state the programs do state, from 0 to 1."""

    def phrases(self) -> PhraseBlocks:
        """Return all texts of two or more words."""


class CatalogScans:
    """Looks at every program of a catalog for each question."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._size = len(catalog.programs)
        self._stated_texts = lru_cache(1)(self._find_texts)  # three questions about one fact follow each other

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a search field."""
        return collect_values(search_field, self._catalog)

    def parents(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""
        parents: dict[str, str] = {}
        for program in self._catalog.programs:
            parent_values = [value for value, _ in parent.extract(program, self._catalog)]
            if parent_values:
                parents.update((value, parent_values[0]) for value, _ in search_field.extract(program, self._catalog))
        return parents

    def _find_texts(self, fact: StatedFact) -> Sequence[tuple[int, Sequence[str]]]:
        """Return the number of each program that states a fact, and the texts."""
        texts = (
            (number, tuple(fact.texts(program, self._catalog))) for number, program in enumerate(self._catalog.programs)
        )
        return [(number, stated) for number, stated in texts if stated]

    def stating(self, fact: StatedFact) -> Bitset:
        """Return the programs that state a fact."""
        return from_members((number for number, _ in self._stated_texts(fact)), self._size)

    def fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        """Return the programs that state each folded word about a fact."""
        numbers_by_text: dict[str, list[int]] = defaultdict(list)
        for number, texts in self._stated_texts(fact):
            for text in texts:
                numbers_by_text[text].append(number)
        members: dict[str, list[int]] = defaultdict(list)
        for text, numbers in numbers_by_text.items():
            for word in set(folded_words(text)):
                members[word] += numbers
        return MemoryTable({word: compact(numbers, self._size) for word, numbers in members.items()})

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""
        stated = (dict.fromkeys(texts) for _, texts in self._stated_texts(fact))
        return Counter(text for texts in stated for text in texts if len(text) <= _SHORT_TEXT and '"' not in text)

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return sorted_numbers(self._catalog, key, descending=descending)

    def stated_share(self) -> float:
        """Return which share of what a program can state the programs do state, from 0 to 1."""
        from ..catalog.completeness import completeness

        counts = map(partial(completeness, self._catalog), self._catalog.programs)
        shares = [stated / total for stated, total in counts]
        return sum(shares) / len(shares) if shares else 0.0

    def phrases(self) -> PhraseBlocks:
        """Return all texts of two or more words."""
        return phrase_blocks(self._catalog)
