"""What is learned about a catalog by looking at every program: values of fields, facts, orders, and phrases.

`CatalogScans` looks when it is asked. A compiled catalog stores what it learned in one look at each program
(`stored_scans`), so that no search visits all programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from ..catalog.completeness import COUNTED_FIELDS
from ..compiled.tables import MemoryTable, PrefixTable
from .bitset import Bitset, CompactSet
from .collectors import (
    Collector,
    FactCollector,
    OrderCollector,
    ParentCollector,
    ValueCollector,
)
from .corpus import Corpus, collect_corpus
from .field_values import FieldValues
from .fields import FIELDS_BY_NAME, IDENTIFIERS, SEARCH_FIELDS, SearchField
from .phrase_blocks import PhraseBlocks, phrase_blocks
from .sort import SORT_KEYS
from .stated_facts import StatedFact, facts_by_key

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog

_STATED = "stated"  # the key that sorts programs by what they state
CollectorT = TypeVar("CollectorT", bound=Collector)


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
    """Looks at every program of a catalog for each question, or once for all that were prepared.

    Each prepared answer is given once. The values of identifiers are not prepared.
    """

    def __init__(self, catalog: Catalog, corpus: Corpus | None = None) -> None:
        self._catalog = catalog
        self._corpus = corpus
        self._prepared: dict[tuple[object, ...], Collector] = {}
        self._fact = lru_cache(1)(self._collect_fact)  # three questions about one fact follow each other
        self._order = lru_cache(1)(self._collect_order)

    def prepare(self) -> Sequence[Collector]:
        """Return collectors for all questions. They must see every program before the first question."""
        for search_field in SEARCH_FIELDS:
            if search_field.name not in IDENTIFIERS:
                self._prepared["values", search_field.name] = ValueCollector(search_field, self._catalog)
            if search_field.parent:
                parent = FIELDS_BY_NAME[search_field.parent]
                self._prepared["parents", search_field.name] = ParentCollector(search_field, parent, self._catalog)
        for fact in facts_by_key().values():
            if not fact.field:
                self._prepared["fact", fact.name] = FactCollector(fact, self._catalog)
        for key in SORT_KEYS:
            self._prepared["order", key] = OrderCollector(key, self._catalog)
        return tuple(self._prepared.values())

    def _collected(
        self, question: tuple[object, ...], collector_type: Callable[..., CollectorT], *about: object
    ) -> CollectorT:
        """Return the prepared collector for a question, or a new one after a look at every program."""
        prepared = self._prepared.pop(question, None)
        if prepared is not None:
            return cast("CollectorT", prepared)
        collector = collector_type(*about, self._catalog)
        for number, program in enumerate(self._catalog.programs):
            collector.add(number, program)
        return collector

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a search field."""
        return self._collected(("values", search_field.name), ValueCollector, search_field).result()

    def parents(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""
        return self._collected(("parents", search_field.name), ParentCollector, search_field, parent).parents

    def _collect_fact(self, fact: StatedFact) -> FactCollector:
        return self._collected(("fact", fact.name), FactCollector, fact)

    def stating(self, fact: StatedFact) -> Bitset:
        """Return the programs that state a fact."""
        return self._fact(fact).stating()

    def fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        """Return the programs that state each folded word about a fact."""
        return MemoryTable(self._fact(fact).words())

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""
        return self._fact(fact).short_texts()

    def _collect_order(self, key: str) -> OrderCollector:
        return self._collected(("order", key), OrderCollector, key)

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return self._order(key).numbers(descending=descending)

    def stated_share(self) -> float:
        """Return which share of what a program can state the programs do state, from 0 to 1."""
        size = len(self._catalog.programs)
        return self._order(_STATED).sum() / (size * len(COUNTED_FIELDS)) if size else 0.0

    def phrases(self) -> PhraseBlocks:
        """Return all texts of two or more words."""
        corpus = self._corpus or collect_corpus(self._catalog)
        return phrase_blocks(corpus.by_text, len(self._catalog.programs))
