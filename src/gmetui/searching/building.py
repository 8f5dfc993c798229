"""Making the index: the catalog is read once, and what programs share is folded once."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ..catalog.model import Catalog
from . import bitsets
from .bitsets import Bits, Kept, keep
from .folding import Folded, in_any_order, joined, words
from .index import Codes, Index, Phrases
from .texts import CODES, ONLY_CODES, Tier, alias_names, institution_texts, own_texts, place_names, specialty_texts

_LONG = 4096  # numbers of programs, from which bits take less room
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
    postings = _postings(columns, size)
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
        ready_phrases=_phrases(columns, size),
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
    for own, numbers in shared.specialties.items():
        for tier, _, text in specialty_texts(catalog.specialty[own], catalog):
            columns[tier, text] += numbers
    for own, numbers in shared.institutions.items():
        for tier, _, text in institution_texts(catalog.institution[own]):
            columns[tier, text] += numbers
    codes.sort()
    return columns, Codes([code for code, _ in codes], array("I", (number for _, number in codes)))


def _postings(columns: _Columns, size: int) -> dict[Folded, list[Kept]]:
    """Gather the programs of each word, turning long lists into bits on the way so that memory stays small."""
    few: dict[tuple[Folded, Tier], list[int]] = defaultdict(list)
    many: dict[tuple[Folded, Tier], Bits] = defaultdict(int)
    for (tier, text), numbers in columns.items():
        bits = bitsets.from_positions(numbers, size) if len(numbers) > _LONG else None
        for word in {*words(text), *_compounds(text)}:
            key = word, tier
            if bits is not None:
                many[key] |= bits
                continue
            here = few[key]
            here += numbers
            if len(here) > _LONG:
                many[key] |= bitsets.from_positions(here, size)
                here.clear()
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
    return _phrases(_columns(catalog, _Shared.of(catalog))[0], len(catalog.programs))


def _phrases(columns: _Columns, size: int) -> Phrases:
    """Put every text of several words behind each other, with the programs that have it."""
    parts: list[str] = []
    starts: list[int] = []
    owners: dict[str, list[list[int]]] = defaultdict(list)
    for (_, text), numbers in columns.items():
        if " " in text or "-" in text or "/" in text:
            found = words(text)
            if len(found) > 1:
                owners[f" {' '.join(found)} \n"].append(numbers)
    place = 0
    for folded in owners:
        starts.append(place)
        parts.append(folded)
        place += len(folded)
    kept = [keep(chain.from_iterable(lists), size) for lists in owners.values()]
    return Phrases("".join(parts), starts, kept)


def _compounds(text: str) -> Iterator[Folded]:
    """Yield the words that punctuation divides, run together: "H-1B" is found as "h1b", "ob/gyn" as "obgyn"."""
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
