"""Builds the index of a catalog: reads every text once and folds what programs share once."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..catalog.catalog import Catalog
from ..catalog.ids import SpecialtyId
from ..catalog.models import Program
from ..compiled.numbers import NumberLists
from ..compiled.tables import LazyMapping, MemoryTable
from .bitset import CompactSet, compact_all, from_members
from .corpus import Corpus, collect_corpus
from .documents import SearchText, SearchWeight, alias_names, institution_names, program_codes, searchable_texts
from .index import Index, spaced_key
from .normalize import FoldedWord, fold_key, folded_words, unordered_key
from .page_index import build_page_index
from .prefix_sets import PrefixSets
from .scans import CatalogScans
from .stated_facts import FACT_WORDS
from .vocabulary import Vocabulary

_PUNCTUATION = re.compile(r"[^\w\s]")
_PUNCTUATED_WORD = re.compile(r"\w+(?:[^\w\s]+\w+)+")
_MAX_COMPOUND_PARTS = 3
_EMPTY = (None, ())

#: The folded words of one name.
_Alias = tuple[FoldedWord, ...]


def build_index(catalog: Catalog, survey: Survey | None = None) -> Index:
    """Return the index of a catalog; a `survey` has seen all its programs and holds what it learned."""
    size = len(catalog.programs)
    corpus = survey.corpus if survey else collect_corpus(catalog)
    specialty_aliases = {
        specialty.id: [tuple(folded_words(name)) for _, name in alias_names(specialty)]
        for specialty in catalog.specialties
    }
    aliases = _alias_programs(specialty_aliases, corpus)
    words = _word_sets(corpus.by_text, size)
    joined_aliases = _merge((("".join(alias), numbers) for alias, numbers in aliases.items()), size)
    pages = build_page_index(catalog)
    index = Index(
        words=words,
        aliases=joined_aliases,
        unordered_aliases=_merge(
            ((unordered_key(alias), numbers) for alias, numbers in aliases.items() if len(alias) > 1), size
        ),
        spaced_aliases=PrefixSets(
            1, MemoryTable({spaced_key(" ".join(alias)): (joined_aliases["".join(alias)],) for alias in aliases})
        ),
        institution_names=_institution_programs(catalog, corpus),
        equivalents=_equivalents(specialty_aliases),
        codes=MemoryTable(LazyMapping(partial(_code_programs, catalog))),
        default_kind=from_members(corpus.of_default_kind, size),
        pages=pages,
        scans=survey.scans if survey else CatalogScans(catalog),
        size=size,
        open_catalog=lambda: catalog,
        read_texts=lambda number: searchable_texts(catalog.programs[number], catalog),
        read_vocabulary=lambda: _vocabulary({*FACT_WORDS, *pages.words, *words.words}),
    )
    assert index.catalog is catalog  # from now on, the index is known to be of this catalog
    return index


class Survey:
    """One look at each program of a catalog, in which everything is learned that its index stores."""

    def __init__(self, catalog: Catalog) -> None:
        """Begin without programs; each is added in order."""
        self.corpus = Corpus(catalog)
        self.scans = CatalogScans(catalog, self.corpus)
        collectors = self.scans.prepare()
        self._additions = [collector.add for collector in collectors if not collector.keys]
        self._additions_by_key = [
            (key, [collector.add for collector in collectors if key in collector.keys])
            for key in dict.fromkeys(key for collector in collectors for key in collector.keys)
        ]

    def add(self, number: int, program: Program, own_texts: Iterable[SearchText]) -> None:
        """Add the program with a number and its own texts, which `program_texts` returned."""
        self.corpus.add_texts(number, program, own_texts)
        for add in self._additions:
            add(number, program)
        for key, additions in self._additions_by_key:
            if getattr(program, key) not in _EMPTY:
                for add in additions:
                    add(number, program)


def _alias_programs(
    specialty_aliases: Mapping[SpecialtyId, Sequence[_Alias]], corpus: Corpus
) -> Mapping[_Alias, array[int]]:
    """Return the programs of every name of a specialty and of every program name."""
    aliases: NumberLists[_Alias] = NumberLists()
    for specialty_id, numbers in corpus.by_specialty.items():
        for alias in specialty_aliases[specialty_id]:
            aliases[alias] += numbers
    for name, numbers in corpus.by_name.items():
        aliases[tuple(folded_words(name))] += numbers
    aliases.pop((), None)
    return aliases


def _institution_programs(catalog: Catalog, corpus: Corpus) -> dict[str, CompactSet]:
    pairs = (
        (key, numbers)
        for institution_id, numbers in corpus.by_institution.items()
        for key in dict.fromkeys(fold_key(name) for _, name in institution_names(catalog.institution[institution_id]))
        if key
    )
    return _merge(pairs, len(catalog.programs))


def _code_programs(catalog: Catalog) -> dict[str, CompactSet]:
    members: NumberLists[str] = NumberLists()
    for number, program in enumerate(catalog.programs):
        for code in program_codes(program):
            members[code].append(number)
    return compact_all(members, len(catalog.programs))


def _word_sets(numbers_by_text: Mapping[tuple[SearchWeight, str], array[int]], size: int) -> PrefixSets:
    members: list[NumberLists[str]] = [NumberLists() for _ in SearchWeight]
    for (weight, text), numbers in numbers_by_text.items():
        for word in {*folded_words(text), *_compounds(text)}:
            members[weight][word] += numbers
    sets_by_word: dict[str, list[CompactSet]] = {}
    for slot, numbers_by_word in enumerate(members):
        for folded_word, compact_set in compact_all(numbers_by_word, size).items():
            sets_by_word.setdefault(folded_word, [0] * len(SearchWeight))[slot] = compact_set
    return PrefixSets(len(SearchWeight), MemoryTable(sets_by_word))


def _vocabulary(words: Iterable[str]) -> Vocabulary:
    words_by_length: dict[int, list[FoldedWord]] = defaultdict(list)
    for word in map(FoldedWord, sorted(words)):
        words_by_length[len(word)].append(word)
    return Vocabulary(words_by_length)


def _compounds(text: str) -> Iterator[FoldedWord]:
    """Yield the words that punctuation separates, run together: "h1b" for "H-1B", "obgyn" for "ob/gyn"."""
    if _PUNCTUATION.search(text) is None:
        return  # true of most texts, and ten times as fast to find out as with the pattern below
    for match in _PUNCTUATED_WORD.finditer(text):
        parts = folded_words(match[0])
        if 1 < len(parts) <= _MAX_COMPOUND_PARTS:
            yield FoldedWord("".join(parts))


def _equivalents(specialty_aliases: Mapping[SpecialtyId, Sequence[_Alias]]) -> dict[FoldedWord, tuple[FoldedWord, ...]]:
    """Return, for each one-word name of exactly one specialty, its other one-word names: cards, cardiology."""
    single_words = {
        specialty_id: list(dict.fromkeys(alias[0] for alias in aliases if len(alias) == 1))
        for specialty_id, aliases in specialty_aliases.items()
    }
    owners: dict[FoldedWord, list[SpecialtyId]] = defaultdict(list)
    for specialty_id, words in single_words.items():
        for word in words:
            owners[word].append(specialty_id)
    return {
        word: tuple(other for other in single_words[specialty_ids[0]] if other != word)
        for word, specialty_ids in owners.items()
        if len(specialty_ids) == 1
    }


def _merge(pairs: Iterable[tuple[str, array[int]]], size: int) -> dict[str, CompactSet]:
    merged: NumberLists[str] = NumberLists()
    for key, numbers in pairs:
        merged[key] += numbers
    return compact_all(merged, size)
