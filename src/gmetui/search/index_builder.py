"""Making the index: the catalog is read once, and what programs share is folded once."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain
from typing import NamedTuple

from ..catalog.completeness import named_only
from ..catalog.models import Catalog
from . import bitset as bitsets
from .bitset import Bits, Kept, keep
from .documents import CODES, ONLY_CODES, Tier, alias_names, institution_texts, own_texts, place_names, specialty_texts
from .index import Codes, Index, Phrases
from .normalize import Folded, in_any_order, joined, words

_LONG = 4096  # numbers of programs, from which bits take less room
_SIGN = re.compile(r"[^\w\s]")
_DIVIDED = re.compile(r"\w+(?:[^\w\s]+\w+)+")


def build_index(catalog: Catalog) -> Index:
    """Read the catalog once and return its index."""
    size = len(catalog.programs)
    shared = _Shared.of(catalog)
    aliases: dict[tuple[Folded, ...], list[int]] = defaultdict(list)
    specialty_aliases: dict[str, list[tuple[Folded, ...]]] = {
        s.id: [tuple(words(name)) for _, name in alias_names(s)] for s in catalog.specialties
    }
    for own, numbers in shared.specialties.items():
        for alias in specialty_aliases[own]:
            aliases[alias] += numbers
    for name, numbers in shared.names.items():
        aliases[tuple(words(name))] += numbers
    places: dict[str, list[int]] = defaultdict(list)
    for own, numbers in shared.institutions.items():
        for name in dict.fromkeys(joined(name) for _, name in place_names(catalog.institution[own])):
            places[name] += numbers
    columns, codes = _columns(catalog, shared)
    postings, phrases = _gathered(columns, size)
    aliases.pop((), None)
    places.pop("", None)
    return Index(
        catalog=catalog,
        postings=postings,
        vocabulary=sorted(postings),
        aliases=_merged((("".join(alias), numbers) for alias, numbers in aliases.items()), size),
        shuffled=_merged(((in_any_order(alias), found) for alias, found in aliases.items() if len(alias) > 1), size),
        alias_words=sorted(" ".join(alias) for alias in aliases),
        places={name: keep(numbers, size) for name, numbers in places.items()},
        equivalents=_equivalents(specialty_aliases),
        codes=codes,
        usual=_usual(catalog, shared),
        made_phrases=[phrases],
    )


class _Shared(NamedTuple):
    """Which programs share a specialty, an institution, a name: what they share is folded once."""

    specialties: Mapping[str, list[int]]
    institutions: Mapping[str, list[int]]
    names: Mapping[str, list[int]]

    @classmethod
    def of(cls, catalog: Catalog) -> _Shared:
        """Go through the programs of `catalog` once."""
        shared = cls(defaultdict(list), defaultdict(list), defaultdict(list))
        for number, program in enumerate(catalog.programs):
            shared.specialties[program.specialty].append(number)
            if not named_only(program):  # a partner is among the texts of the program itself
                shared.institutions[program.institution].append(number)
            for name in (program.name, *program.other_names):
                shared.names[name].append(number)
        return shared


def _usual(catalog: Catalog, shared: _Shared) -> Bits:
    programs = catalog.programs
    numbers = (
        number
        for own, all_numbers in shared.specialties.items()
        for kind in (catalog.specialty[own].kind,)
        for number in all_numbers
        if programs[number].kind == kind
    )
    return bitsets.from_positions(numbers, len(programs))


#: Texts and the programs that have them, by tier.
_Columns = Mapping[tuple[Tier, str], list[int]]


def _columns(catalog: Catalog, shared: _Shared) -> tuple[_Columns, Codes]:
    """Return every text that is searched with the programs that have it, and the codes, which are no words."""
    columns: dict[tuple[Tier, str], list[int]] = defaultdict(list)
    codes: list[tuple[str, int]] = []
    for number, program in enumerate(catalog.programs):
        for tier, key, text in own_texts(program, catalog):
            if key in CODES:
                codes.append((text.partition(" ")[0].casefold(), number))
            if key not in ONLY_CODES:
                columns[tier, text].append(number)
        if named_only(program):  # where it stands counts as little as a partner, so that it outranks no other
            for _, _, text in institution_texts(catalog.institution[program.institution]):
                columns[Tier.WIDE, text].append(number)
    for own, numbers in shared.specialties.items():
        for tier, _, text in specialty_texts(catalog.specialty[own], catalog):
            columns[tier, text] += numbers
    for own, numbers in shared.institutions.items():
        for tier, _, text in institution_texts(catalog.institution[own]):
            columns[tier, text] += numbers
    codes.sort()
    return columns, Codes([code for code, _ in codes], array("I", (number for _, number in codes)))


_Few = dict[tuple[Folded, Tier], list[int]]
_Many = dict[tuple[Folded, Tier], Bits]
_Owners = dict[str, list[list[int]]]


def _gathered(columns: _Columns, size: int) -> tuple[dict[Folded, list[Kept]], Phrases]:
    """Fold each text once and gather the programs of its words and of the text as a phrase."""
    few: _Few = defaultdict(list)
    many: _Many = defaultdict(int)
    owners: _Owners = defaultdict(list)
    for (tier, text), numbers in columns.items():
        found = words(text)
        if len(found) > 1:
            owners[_phrase(found)].append(numbers)
        _hold(few, many, [(word, tier) for word in {*found, *_compounds(text)}], numbers, size)
    return _postings(few, many, size), _phrases(owners, size)


def _hold(few: _Few, many: _Many, keys: Iterable[tuple[Folded, Tier]], numbers: list[int], size: int) -> None:
    """Note programs for words, turning long lists into bits on the way so that memory stays small."""
    bits = bitsets.from_positions(numbers, size) if len(numbers) > _LONG else None
    for key in keys:
        if bits is not None:
            many[key] |= bits
            continue
        here = few[key]
        here += numbers
        if len(here) > _LONG:
            many[key] |= bitsets.from_positions(here, size)
            here.clear()


def _postings(few: _Few, many: _Many, size: int) -> dict[Folded, list[Kept]]:
    postings: dict[Folded, list[Kept]] = {}
    for (word, tier), numbers in few.items():
        more = many.get((word, tier), 0)
        whole = more | bitsets.from_positions(numbers, size) if more else keep(numbers, size)
        postings.setdefault(word, [0] * len(Tier))[tier] = whole
    for (word, tier), bits in many.items():
        if (word, tier) not in few:
            postings.setdefault(word, [0] * len(Tier))[tier] = bits
    return postings


def phrases_of(catalog: Catalog) -> Phrases:
    """Return the texts that phrases are looked for in."""
    owners: _Owners = defaultdict(list)
    for (_, text), numbers in _columns(catalog, _Shared.of(catalog))[0].items():
        found = words(text)
        if len(found) > 1:
            owners[_phrase(found)].append(numbers)
    return _phrases(owners, len(catalog.programs))


def _phrase(found: Iterable[Folded]) -> str:
    return f" {' '.join(found)} \n"


def _phrases(owners: _Owners, size: int) -> Phrases:
    """Put every text of several words behind each other, with the programs that have it."""
    starts = list(accumulate((len(text) for text in owners), initial=0))[:-1]
    return Phrases("".join(owners), starts, [keep(chain.from_iterable(lists), size) for lists in owners.values()])


def _compounds(text: str) -> Iterator[Folded]:
    """Yield the words that punctuation divides, run together: "H-1B" is found as "h1b", "ob/gyn" as "obgyn"."""
    if _SIGN.search(text) is None:
        return  # most texts; the pattern below takes ten times as long to find nothing
    for found in _DIVIDED.finditer(text):
        parts = words(found[0])
        if 1 < len(parts) < 4:
            yield Folded("".join(parts))


def _equivalents(aliases: Mapping[str, list[tuple[Folded, ...]]]) -> dict[Folded, tuple[Folded, ...]]:
    """One-word names of one specialty stand for each other inside longer names: cards, cardiology."""
    single = {own: [alias[0] for alias in names if len(alias) == 1] for own, names in aliases.items()}
    owners: dict[Folded, set[str]] = defaultdict(set)
    for own, names in single.items():
        for name in names:
            owners[name].add(own)
    return {
        name: tuple(other for other in dict.fromkeys(single[own]) if other != name)
        for name, (own, *more) in ((name, tuple(found)) for name, found in owners.items())
        if not more
    }


def _merged(pairs: Iterable[tuple[str, list[int]]], size: int) -> dict[str, Kept]:
    merged: dict[str, list[int]] = defaultdict(list)
    for key, numbers in pairs:
        merged[key] += numbers
    return {key: keep(numbers, size) for key, numbers in merged.items()}
