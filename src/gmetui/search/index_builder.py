"""Builds the index of a catalog: reads every text once and folds what programs share once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..catalog.catalog import Catalog
from ..catalog.ids import SpecialtyId
from ..compiled.tables import MemoryTable, PrefixTable
from .bitset import Bitset, CompactSet, compact, from_members
from .corpus import ProgramGroups, group_programs, program_codes_table, text_programs
from .documents import SearchWeight, alias_names, institution_names, searchable_texts
from .index import Index, spaced_key
from .normalize import FoldedWord, fold_key, folded_words, unordered_key
from .page_index import build_page_index
from .scans import CatalogScans
from .stated_facts import FACT_WORDS

_PUNCTUATION = re.compile(r"[^\w\s]")
_PUNCTUATED_WORD = re.compile(r"\w+(?:[^\w\s]+\w+)+")
_MAX_COMPOUND_PARTS = 3

#: The folded words of one name.
_Alias = tuple[FoldedWord, ...]


def build_index(catalog: Catalog) -> Index:
    """Return the index of a catalog."""
    size = len(catalog.programs)
    groups = group_programs(catalog)
    specialty_aliases = {
        specialty.id: [tuple(folded_words(name)) for _, name in alias_names(specialty)]
        for specialty in catalog.specialties
    }
    aliases = _alias_programs(specialty_aliases, groups)
    postings = _postings(text_programs(catalog, groups), size)
    joined_aliases = _merge((("".join(alias), numbers) for alias, numbers in aliases.items()), size)
    pages = build_page_index(catalog)
    index = Index(
        postings=postings,
        aliases=joined_aliases,
        unordered_aliases=_merge(
            ((unordered_key(alias), numbers) for alias, numbers in aliases.items() if len(alias) > 1), size
        ),
        spaced_aliases=MemoryTable({spaced_key(" ".join(alias)): joined_aliases["".join(alias)] for alias in aliases}),
        institution_names=_institution_programs(catalog, groups),
        equivalents=_equivalents(specialty_aliases),
        codes=MemoryTable(_merge(program_codes_table(catalog).items(), size)),
        default_kind=_default_kind(catalog, groups),
        pages=pages,
        scans=CatalogScans(catalog),
        size=size,
        open_catalog=lambda: catalog,
        read_texts=lambda number: searchable_texts(catalog.programs[number], catalog),
        read_vocabulary=lambda: sorted(map(FoldedWord, {*FACT_WORDS, *pages.words}.union(*postings))),
    )
    assert index.catalog is catalog  # from now on, the index is known to be of this catalog
    return index


def _alias_programs(
    specialty_aliases: Mapping[SpecialtyId, Sequence[_Alias]], groups: ProgramGroups
) -> dict[_Alias, list[int]]:
    """Return the programs of every name of a specialty and of every program name."""
    aliases: dict[_Alias, list[int]] = defaultdict(list)
    for specialty_id, numbers in groups.by_specialty.items():
        for alias in specialty_aliases[specialty_id]:
            aliases[alias] += numbers
    for name, numbers in groups.by_name.items():
        aliases[tuple(folded_words(name))] += numbers
    aliases.pop((), None)
    return aliases


def _institution_programs(catalog: Catalog, groups: ProgramGroups) -> dict[str, CompactSet]:
    pairs = (
        (key, numbers)
        for institution_id, numbers in groups.by_institution.items()
        for key in dict.fromkeys(fold_key(name) for _, name in institution_names(catalog.institution[institution_id]))
        if key
    )
    return _merge(pairs, len(catalog.programs))


def _default_kind(catalog: Catalog, groups: ProgramGroups) -> Bitset:
    numbers = (
        number
        for specialty_id, specialty_numbers in groups.by_specialty.items()
        for number in specialty_numbers
        if catalog.programs[number].kind == catalog.specialty[specialty_id].kind
    )
    return from_members(numbers, len(catalog.programs))


def _postings(
    numbers_by_text: Mapping[tuple[SearchWeight, str], Sequence[int]], size: int
) -> list[PrefixTable[CompactSet]]:
    members: list[dict[str, list[int]]] = [defaultdict(list) for _ in SearchWeight]
    for (weight, text), numbers in numbers_by_text.items():
        for word in {*folded_words(text), *_compounds(text)}:
            members[weight][word] += numbers
    return [MemoryTable({word: compact(numbers, size) for word, numbers in words.items()}) for words in members]


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


def _merge(pairs: Iterable[tuple[str, list[int]]], size: int) -> dict[str, CompactSet]:
    merged: dict[str, list[int]] = defaultdict(list)
    for key, numbers in pairs:
        merged[key] += numbers
    return {key: compact(numbers, size) for key, numbers in merged.items()}
