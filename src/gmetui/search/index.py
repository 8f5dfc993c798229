"""The index: the programs of every folded word, by weight, and of every alias, code, phrase and field value."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, lru_cache

from ..compiled.tables import PrefixTable
from ..lean_typing import TYPE_CHECKING, TypeVar, cast
from .bitset import Bitset, CompactSet, to_bitset, union
from .documents import SearchText, SearchWeight
from .field_names import NamedField
from .field_values import FieldValues, shortlist_values
from .fields import SearchField
from .fit_values import FITS, ProgramsByVerdict, fit_values
from .folded_texts import FoldedTexts
from .normalize import FoldedWord, folded_words
from .prefix_sets import PrefixSets, WordSets
from .stated_facts import FACT_WORDS, StatedFact
from .triage_values import TRIAGE, Decisions, triage_values
from .vocabulary import Vocabulary
from .word_cache import WordCache

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from .page_index import PageIndex
    from .phrase_blocks import PhraseBlocks
    from .scans import Scans

_Value = TypeVar("_Value")
_MAX_CACHE_ENTRIES = 4096
_NO_SETS: WordSets = (0,) * len(SearchWeight)
_KEPT_TEXTS = 512  # of programs; those of 50 are shown


class Index:
    """Everything that `search` looks up: built once for a catalog or stored with it, then only read.

    - `words`: the programs of each word, a set for each `SearchWeight`
    - `aliases`: the programs named by each name of a specialty or program, its words run together
    - `unordered_aliases`: the same for names of several words, by `unordered_key`
    - `spaced_aliases`: the same by `spaced_key`, for the names that start with some words
    - `institution_names`: the programs of each name of an institution, its words run together
    - `equivalents`: for a one-word name of a specialty its other one-word names, which may replace it in longer names
    - `codes`: the programs that have each code
    - `default_kind`: the programs of the kind that is usual in their specialty (for psychiatry a residency)
    - `pages`: the sections of pages about institutions, specialties and services
    - `scans`: what looking at every program tells
    - `size`: the number of programs
    - `open_catalog`: returns the catalog, always the same one; words are searched without it
    - `typed_words`: what words matched that were typed last
    - `texts_of`: returns every text of the program with a number, the best reason for a match first
    """

    def __init__(
        self,
        *,
        words: PrefixSets,
        aliases: Mapping[str, CompactSet],
        unordered_aliases: Mapping[str, CompactSet],
        spaced_aliases: PrefixSets,
        institution_names: Mapping[str, CompactSet],
        equivalents: Mapping[FoldedWord, Sequence[FoldedWord]],
        codes: PrefixTable[CompactSet],
        default_kind: Bitset,
        pages: PageIndex,
        scans: Scans,
        size: int,
        open_catalog: Callable[[], Catalog],
        read_texts: Callable[[int], Sequence[SearchText]],
        read_vocabulary: Callable[[], Vocabulary],
    ) -> None:
        self.words, self.aliases, self.unordered_aliases = words, aliases, unordered_aliases
        self.spaced_aliases, self.institution_names = spaced_aliases, institution_names
        self.equivalents, self.codes, self.default_kind = equivalents, codes, default_kind
        self.pages, self.scans, self.size = pages, scans, size
        self._open_catalog, self._read_vocabulary = open_catalog, read_vocabulary
        self.texts_of = lru_cache(_KEPT_TEXTS)(lambda number: FoldedTexts(read_texts(number)))
        self.shortlist_values: FieldValues | None = None
        self.fit_values: FieldValues | None = None
        self.decisions: Decisions | None = None
        #: What was handed in for the last copy of each kind, and the copy.
        self.personal_copies: dict[str, tuple[object, Index]] = {}
        self._triage_values: FieldValues | None = None
        self._numbers: dict[str, int | None] = {}
        self._cache: dict[Hashable, object] = {}
        self.typed_words = WordCache()

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog of the programs."""
        return self._open_catalog()

    def is_of(self, catalog: Catalog) -> bool:
        """Tell whether this is the index of a catalog that is in use."""
        return self.__dict__.get("catalog") is catalog

    @cached_property
    def everything(self) -> Bitset:
        """All programs."""
        return (1 << self.size) - 1

    @property
    def numbers_by_id(self) -> Mapping[str, int]:
        """The number of each program, by id."""
        return self.catalog.lookups.numbers

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word of programs, of pages and of the names of facts."""
        return self._read_vocabulary()

    def with_shortlist(self, statuses: Mapping[str, str]) -> Index:
        """Return the index for a shortlist, given as the status by program id, "" where it has none.

        The copy shares everything else with this index, including what either computes later.
        """
        index = self._copy()
        index.shortlist_values = shortlist_values(statuses, self.numbers_by_id)
        return index

    def _copy(self) -> Index:
        from copy import copy  # a search for words needs none

        index = copy(self)
        index.personal_copies = {}
        return index

    def with_fits(self, programs: ProgramsByVerdict) -> Index:
        """Return the index with the verdicts about a reader, given as the programs of each. A copy, as above."""
        index = self._copy()
        index.fit_values = fit_values(programs, self.size)
        return index

    def with_triage(self, decisions: Decisions) -> Index:
        """Return the index with what a user decided in a quick pass over programs. A copy, as above."""
        index = self._copy()
        index.decisions, index._triage_values = decisions, None
        return index

    def number_of(self, program_id: str) -> int | None:
        """Return the number of a program, None for one of other data. A number that was asked for is remembered."""
        if program_id not in self._numbers:
            self._numbers[program_id] = self.numbers_by_id.get(program_id)
        return self._numbers[program_id]

    def cached(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """Return what `compute` returned for `key` before, or call it now. It must not depend on the shortlist."""
        if key not in self._cache:
            if len(self._cache) >= _MAX_CACHE_ENTRIES:
                self._cache.clear()
            self._cache[key] = compute()
        return cast("_Value", self._cache[key])

    def word_sets(self, word: FoldedWord) -> WordSets:
        """Return the programs that contain `word`, a set for each weight."""
        sets: WordSets = self.words.words.get(word, _NO_SETS)
        return sets

    def matches(self, word: FoldedWord, weight: SearchWeight) -> Bitset:
        """Return the programs that contain `word` in texts of one weight."""
        return to_bitset(self.word_sets(word)[weight], self.size)

    def prefix_matches(self, prefix: str, lightest: SearchWeight) -> Sequence[Bitset]:
        """Return, for each weight from `lightest` on, the programs that contain a word that starts with `prefix`."""
        return self.words.starting_with(prefix, self.size, lightest)

    def containing(self, word: FoldedWord) -> Bitset:
        """Return the programs that contain `word` in any text."""
        return union(self.word_sets(word), self.size)

    def lookup(self, table: Mapping[str, CompactSet], key: str) -> Bitset:
        """Return the programs that one of the tables of this index has under `key`."""
        program_set = table.get(key)
        return 0 if program_set is None else to_bitset(program_set, self.size)

    def programs_with_code(self, prefix: str) -> Bitset:
        """Return the programs one of whose codes starts with `prefix`."""
        return union((program_set for _, program_set in self.codes.with_prefix(prefix)), self.size)

    def has_word_with_prefix(self, prefix: str) -> bool:
        """Return whether a word starts with `prefix`."""
        pages = self.pages
        page_tables = (pages.names.sections, pages.terms.sections, pages.texts.sections)
        return (
            any(word.startswith(prefix) for word in FACT_WORDS)
            or any(True for _ in self.words.words.with_prefix(prefix))
            or any(True for table in page_tables for _ in table.with_prefix(prefix))
        )

    def complete_aliases(self, spaced_prefix: str) -> Bitset:
        """Return the programs of the aliases that start with `spaced_prefix` and have no further word."""
        return self.spaced_aliases.starting_with(spaced_key(spaced_prefix), self.size)[0]

    def values(self, search_field: SearchField) -> FieldValues:
        """Return the values of a field."""
        if search_field.name == "listed" and self.shortlist_values is not None:
            return self.shortlist_values
        if search_field.name == FITS and self.fit_values is not None:
            return self.fit_values
        if search_field.name == TRIAGE and self.decisions is not None:
            if self._triage_values is None:
                self._triage_values = triage_values(self.decisions, self.number_of, self.size)
            return self._triage_values
        return self.cached(("values", search_field.name), lambda: self.scans.values(search_field))

    def parent_values(self, search_field: SearchField, parent: SearchField) -> Mapping[str, str]:
        """Return, for each value of a field, the value of the parent field that its programs have."""
        return self.cached(("parents", search_field.name), lambda: self.scans.parents(search_field, parent))

    def stated_programs(self, named_field: NamedField) -> Bitset:
        """Return the programs that state a search field or another fact."""
        if isinstance(named_field, StatedFact):
            return self.cached(("stated", named_field.name), lambda: self.scans.stating(named_field))
        return self.values(named_field).stated

    def programs_stating(self, fact: StatedFact, text: str) -> Bitset:
        """Return the programs that state a fact with all words of `text`, the last of which may be a beginning."""
        words = folded_words(text)
        if not words:
            return 0
        *complete_words, last_word = words
        table = self._fact_words(fact)
        matches = union((program_set for _, program_set in table.with_prefix(last_word)), self.size)
        for word in complete_words:
            matches &= self.lookup(table, word)
        return matches

    def _fact_words(self, fact: StatedFact) -> PrefixTable[CompactSet]:
        return self.cached(("fact words", fact.name), lambda: self.scans.fact_words(fact))

    def short_texts(self, fact: StatedFact) -> Mapping[str, int]:
        """Return the short texts that programs state about a fact, with the number of programs that state each."""
        return self.cached(("short texts", fact.name), lambda: self.scans.short_texts(fact))

    def sorted_numbers(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers sorted by a key of `SORT_KEYS`."""
        return self.cached(("sorted", key, descending), lambda: self.scans.sorted_numbers(key, descending=descending))

    def programs_with_phrase(self, phrase: str) -> Bitset:
        """Return the programs one of whose texts has a phrase: two or more folded words with spaces between them."""
        blocks = self.cached("phrases", self._phrases)
        return self.cached(("phrase", phrase), lambda: blocks.programs_with(phrase, self.size))

    def _phrases(self) -> PhraseBlocks:
        return self.scans.phrases()


def spaced_key(alias: str) -> str:
    """Return the key of an alias, or of the start of one, among those with as many words: the number of spaces first.

    A longer name never completes a shorter one, so that "child" does not find "child psychiatry".
    """
    return f"{alias.count(' ')} {alias}"
