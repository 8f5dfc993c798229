"""The index: the programs of every folded word, by weight, and of every alias, code, phrase and field value."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from ..catalog.catalog import Catalog
from .bitset import Bitset, CompactSet, from_members, to_bitset, union
from .corpus import CodeTable
from .documents import SearchWeight, searchable_texts
from .field_values import FieldValues, collect_values, shortlist_values
from .fields import FIELDS_BY_NAME, STATABLE_ATTRIBUTES, SearchField
from .normalize import FoldedWord, folded_words
from .phrase_index import PhraseIndex
from .sort import sorted_numbers

#: One text of a program: its weight, field, the text itself and its folded words.
Text = tuple[SearchWeight, str, str, tuple[FoldedWord, ...]]
_Key = TypeVar("_Key", bound=str)
_Value = TypeVar("_Value")
_MAX_CACHE_ENTRIES = 4096


@dataclass(eq=False)
class Index:
    """Everything that `search` looks up: built once for a catalog, then only read.

    - `postings`: the programs of each word, one mapping for each `SearchWeight`
    - `aliases`: the programs named by each name of a specialty or program, its words run together
    - `unordered_aliases`: the same for names of several words, by `unordered_key`
    - `spaced_aliases`: the names in `aliases` with spaces between their words, sorted
    - `institution_names`: the programs of each name of an institution, its words run together
    - `equivalents`: for a one-word name of a specialty its other one-word names, which may replace it in longer names
    - `default_kind`: the programs of the kind that is usual in their specialty (for psychiatry a residency)
    """

    catalog: Catalog
    postings: Sequence[Mapping[FoldedWord, CompactSet]]
    aliases: Mapping[str, CompactSet]
    unordered_aliases: Mapping[str, CompactSet]
    spaced_aliases: Sequence[str]
    institution_names: Mapping[str, CompactSet]
    equivalents: Mapping[FoldedWord, Sequence[FoldedWord]]
    codes: CodeTable
    default_kind: Bitset
    field_values: dict[str, FieldValues] = field(default_factory=dict)
    shortlist_values: FieldValues | None = None
    phrase_index: PhraseIndex = field(init=False)
    _cache: dict[Hashable, object] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare the phrase index, which is filled by the first phrase."""
        self.phrase_index = PhraseIndex(self.catalog)

    @cached_property
    def size(self) -> int:
        """The number of programs."""
        return len(self.catalog.programs)

    @cached_property
    def everything(self) -> Bitset:
        """All programs."""
        return (1 << self.size) - 1

    @cached_property
    def numbers_by_id(self) -> Mapping[str, int]:
        """The number of each program, by id."""
        return {program.id: number for number, program in enumerate(self.catalog.programs)}

    @cached_property
    def vocabulary(self) -> Sequence[FoldedWord]:
        """Every indexed word, sorted."""
        return sorted(set().union(*self.postings))

    @cached_property
    def words_by_length(self) -> Mapping[int, Sequence[FoldedWord]]:
        """The vocabulary by the length of its words."""
        words: dict[int, list[FoldedWord]] = defaultdict(list)
        for word in self.vocabulary:
            words[len(word)].append(word)
        return words

    def with_shortlist(self, statuses: Mapping[str, str]) -> Index:
        """Return the index for a shortlist, given as the status by program id, "" where it has none.

        The copy shares everything else with this index, including what either computes later.
        """
        index = copy(self)
        index.shortlist_values = shortlist_values(statuses, self.numbers_by_id)
        return index

    def cached(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """Return what `compute` returned for `key` before, or call it now. It must not depend on the shortlist."""
        if key not in self._cache:
            if len(self._cache) >= _MAX_CACHE_ENTRIES:
                self._cache.clear()
            self._cache[key] = compute()
        return cast("_Value", self._cache[key])

    def matches(self, word: FoldedWord, weight: SearchWeight) -> Bitset:
        """Return the programs that contain `word` in texts of one weight."""
        return self.lookup(self.postings[weight], word)

    def containing(self, word: FoldedWord) -> Bitset:
        """Return the programs that contain `word` in any text."""
        return union((program_sets.get(word, 0) for program_sets in self.postings), self.size)

    def lookup(self, table: Mapping[_Key, CompactSet], key: _Key) -> Bitset:
        """Return the programs that one of the tables of this index has under `key`."""
        program_set = table.get(key)
        return 0 if program_set is None else to_bitset(program_set, self.size)

    def words_with_prefix(self, prefix: str) -> Iterator[FoldedWord]:
        """Yield the words of the vocabulary that start with `prefix`."""
        position = bisect_left(self.vocabulary, prefix)
        while position < len(self.vocabulary) and self.vocabulary[position].startswith(prefix):
            yield self.vocabulary[position]
            position += 1

    def complete_aliases(self, spaced_prefix: str) -> Bitset:
        """Return the programs of the aliases that start with `spaced_prefix` and have no further word."""
        position = bisect_left(self.spaced_aliases, spaced_prefix)
        spaces, program_sets = spaced_prefix.count(" "), []
        while position < len(self.spaced_aliases) and self.spaced_aliases[position].startswith(spaced_prefix):
            alias = self.spaced_aliases[position]
            if alias.count(" ") == spaces:
                program_sets.append(self.aliases[alias.replace(" ", "")])
            position += 1
        return union(program_sets, self.size)

    def texts_of(self, number: int) -> list[Text]:
        """Return the texts of a program with their folded words, the best reason for a match first."""
        program = self.catalog.programs[number]
        return self.cached(
            ("texts", number),
            lambda: [(*text, tuple(folded_words(text[2]))) for text in searchable_texts(program, self.catalog)],
        )

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a field, collected on first use."""
        if search_field.name == "listed" and self.shortlist_values is not None:
            return self.shortlist_values
        if search_field.name not in self.field_values:
            self.field_values[search_field.name] = collect_values(search_field, self.catalog)
        return self.field_values[search_field.name]

    def parent_values(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""

        def compute() -> Mapping[str, str]:
            pairs = zip(self.values(search_field).by_program, self.values(parent).by_program, strict=True)
            return {value: parents[0] for values, parents in pairs for value in values if parents}

        return self.cached(("parents", search_field.name), compute)

    def stated_programs(self, name: str) -> Bitset | None:
        """Return the programs that state `name`, a search field or another field of programs; None for other names."""
        search_field = FIELDS_BY_NAME.get(name)
        if search_field is not None:
            return self.values(search_field).stated
        attribute = STATABLE_ATTRIBUTES.get(name)
        if attribute is None:
            return None
        programs = self.catalog.programs
        return self.cached(
            ("stated", attribute),
            lambda: from_members(
                (number for number, program in enumerate(programs) if getattr(program, attribute) not in (None, ())),
                self.size,
            ),
        )

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return self.cached(
            ("sorted", key, descending), lambda: sorted_numbers(self.catalog, key, descending=descending)
        )
