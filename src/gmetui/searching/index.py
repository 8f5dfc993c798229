"""The index: for every folded word the programs that hold it, by tier, and for every alias the programs it names.

Texts that many programs share (an institution's name, a specialty's synonyms) are folded once. A word of few
programs keeps their numbers; a common one keeps a bit set; both are handed out as bits.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from ..catalog.model import Catalog, Institution, Program, Specialty
from . import bitsets
from .bitsets import Bits, Kept, keep, kept_bits
from .dimensions import BY_NAME, SORTS, STATED, Dimension
from .folding import Folded, in_any_order, joined, words


class Tier(IntEnum):
    """Where in a program a word stands; the order is the order of weight."""

    TEXT = 0  # requirements, mission, highlights: what pages say
    WIDE = 1  # sites, tracks, partners, parent specialties, codes
    ALSO = 2  # what else its specialty is called
    KIND = 3
    PLACE = 4  # institution, hospital, city
    NAME = 5  # the program's names and its specialty's


_DIVIDED = re.compile(r"\w+(?:[^\w\s]+\w+)+")

_KIND_WORDS: Mapping[str, str] = {
    "residency": "residency residencies resident",
    "fellowship": "fellowship fellow",
    "combined": "combined residency resident",
    "other": "training",
}


#: One text of a program: its tier, field, the text itself and its folded words.
Text = tuple[Tier, str, str, tuple[Folded, ...]]


@dataclass(slots=True)
class Values:
    """The values of one dimension over the catalog, in first-seen order."""

    labels: dict[str, str] = field(default_factory=dict)
    bits: dict[str, Bits] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)  # folded name -> ids
    stated: Bits = 0


@dataclass(eq=False)
class Index:
    """Everything `search` looks up. Built once for a catalog, then only read.

    `postings` has one set for each `Tier` of a word. `alias_words` are the keys of `aliases` with spaces, sorted.
    """

    catalog: Catalog
    postings: Mapping[Folded, Sequence[Kept]]
    vocabulary: Sequence[Folded]
    aliases: Mapping[str, Kept]
    shuffled: Mapping[str, Kept]
    alias_words: Sequence[str]
    places: Mapping[str, Kept]
    equivalents: Mapping[Folded, Sequence[Folded]]
    gathered: dict[str, Values] = field(default_factory=dict)
    folded: dict[int, list[Text]] = field(default_factory=dict)
    memo: dict[object, object] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many programs there are."""
        return len(self.catalog.programs)

    @cached_property
    def everything(self) -> Bits:
        """All programs."""
        return (1 << self.size) - 1

    @cached_property
    def usual(self) -> Bits:
        """Programs of the kind that is usual in their specialty: a residency in psychiatry, not a course in it."""
        specialty = self.catalog.specialty
        programs = enumerate(self.catalog.programs)
        return bitsets.from_positions((n for n, p in programs if p.kind == specialty[p.specialty].kind), self.size)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each program by id."""
        return {program.id: number for number, program in enumerate(self.catalog.programs)}

    def bits(self, word: Folded, tier: Tier) -> Bits:
        """Return the programs that hold `word` in `tier`."""
        held = self.postings.get(word)
        return kept_bits(held[tier], self.size) if held else 0

    def named(self, names: Mapping[str, Kept], key: str) -> Bits:
        """Return the programs that `names` has under `key`."""
        kept = names.get(key)
        return 0 if kept is None else kept_bits(kept, self.size)

    def texts(self, number: int) -> list[Text]:
        """Return the texts of a program with their words, folded once."""
        found = self.folded.get(number)
        if found is None:
            program = self.catalog.programs[number]
            found = [(*text, tuple(words(text[2]))) for text in program_texts(program, self.catalog)]
            self.folded[number] = found
        return found

    def prefixed(self, prefix: str) -> Iterator[Folded]:
        """Yield the words of the vocabulary that begin with `prefix`."""
        place = bisect_left(self.vocabulary, prefix)
        while place < len(self.vocabulary) and self.vocabulary[place].startswith(prefix):
            yield self.vocabulary[place]
            place += 1

    def completed(self, spaced: str) -> Bits:
        """Return the programs named by an alias that `spaced` begins and whose last word it only has to end."""
        place = bisect_left(self.alias_words, spaced)
        gaps, found = spaced.count(" "), 0
        while place < len(self.alias_words) and self.alias_words[place].startswith(spaced):
            alias = self.alias_words[place]
            if alias.count(" ") == gaps:
                found |= self.named(self.aliases, alias.replace(" ", ""))
            place += 1
        return found

    def values(self, dimension: Dimension) -> Values:
        """Return the values of `dimension`, gathered when first asked for."""
        found = self.gathered.get(dimension.name)
        if found is None:
            found = self.gathered[dimension.name] = _gather(dimension, self.catalog)
        return found

    def stated(self, name: str) -> Bits | None:
        """Return the programs for which `name` is stated, or None when there is no such field."""
        dimension = BY_NAME.get(name)
        if dimension is not None:
            return self.values(dimension).stated
        attribute = STATED.get(name)
        if attribute is None:
            return None
        programs = enumerate(self.catalog.programs)
        return bitsets.from_positions((n for n, p in programs if getattr(p, attribute) not in (None, ())), self.size)

    def in_order(self, key: str) -> list[int]:
        """Return all program numbers ordered by a key of `SORTS`."""
        rule, programs = SORTS[key], self.catalog.programs
        return sorted(range(self.size), key=lambda number: rule(programs[number], self.catalog))


def build_index(catalog: Catalog) -> Index:
    """Read the catalog once and return its index."""
    columns: dict[tuple[Tier, str], list[int]] = defaultdict(list)
    aliases: dict[tuple[Folded, ...], list[int]] = defaultdict(list)
    places: dict[str, list[int]] = defaultdict(list)
    specialty_aliases: dict[str, list[tuple[Folded, ...]]] = {
        s.id: [tuple(words(name)) for _, name in alias_names(s)] for s in catalog.specialties
    }
    institution_names = {i.id: [joined(name) for _, name in place_names(i)] for i in catalog.institutions}
    for number, program in enumerate(catalog.programs):
        for tier, _, text in program_texts(program, catalog):
            columns[tier, text].append(number)
        for alias in specialty_aliases[program.specialty]:
            aliases[alias].append(number)
        for name in (program.name, *program.other_names):
            aliases[tuple(words(name))].append(number)
        for name in institution_names[program.institution]:
            places[name].append(number)
    size = len(catalog.programs)
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
    )


def alias_names(specialty: Specialty) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for everything that means the specialty as a whole."""
    yield "name", specialty.name
    base = specialty.name.partition("(")[0].strip()
    if base and base != specialty.name:
        yield "name", base
    if specialty.display:
        yield "display", specialty.display
    if specialty.code:
        yield "code", specialty.code
    for key in ("abbreviations", "synonyms", "variants"):
        for name in getattr(specialty, key):
            yield key, name


def place_names(institution: Institution) -> Iterator[tuple[str, str]]:
    """Yield (field, name) for everything that means the institution as a whole."""
    yield "name", institution.name
    yield "id", institution.id
    for name in institution.also_called:
        yield "also_called", name
    if institution.flagship:
        yield "flagship", institution.flagship


def program_texts(program: Program, catalog: Catalog) -> Iterator[tuple[Tier, str, str]]:
    """Yield every text a program is searched by, as (tier, field, text), weightiest first."""
    specialty, institution = catalog.specialty[program.specialty], catalog.institution[program.institution]
    yield Tier.NAME, "name", program.name
    for name in program.other_names:
        yield Tier.NAME, "other_names", name
    if program.specialty_as_named:
        yield Tier.NAME, "specialty_as_named", program.specialty_as_named
    for key, name in alias_names(specialty):
        yield Tier.NAME if key in ("name", "display") else Tier.ALSO, f"specialty.{key}", name
    for key, name in place_names(institution):
        yield Tier.PLACE, f"institution.{key}", name
    for key in ("city", "state"):
        if place := getattr(institution, key):
            yield Tier.PLACE, f"institution.{key}", place
    if program.campus:
        yield Tier.PLACE, "campus", program.campus
    yield Tier.KIND, "kind", _KIND_WORDS[program.kind]
    for key in ("sites", "joint_with", "tracks", "nrmp_codes"):
        for item in getattr(program, key):
            yield Tier.WIDE, key, item.text
    for parent in specialty.parents:
        for key, name in alias_names(catalog.specialty[parent]):
            yield Tier.WIDE, f"specialty.parents.{key}", name
    for key in ("acgme_id", "parent_specialty", "id"):
        if text := getattr(program, key):
            yield Tier.WIDE, key, text
    for key in ("system", "medical_school"):
        if text := getattr(institution, key):
            yield Tier.WIDE, f"institution.{key}", text
    for key, text in prose(program):
        yield Tier.TEXT, key, text


def prose(program: Program) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of what pages say about a program in sentences."""
    for statement in program.statements:
        for quote in statement.quote:
            yield "mission", quote
    for requirement in program.requirements:
        yield "requirements", requirement.text
    for key in ("highlights", "curriculum", "visa", "deadlines", "benefits", "disagreements"):
        for item in getattr(program, key):
            yield key, item.text
    for key in (
        "accreditation_note",
        "length_note",
        "positions_note",
        "sites_note",
        "start",
        "match",
        "application_service",
        "application_note",
        "contact_office",
    ):
        text = getattr(program, key)
        if text:
            yield key, text


def _postings(columns: Mapping[tuple[Tier, str], list[int]], size: int) -> dict[Folded, list[Kept]]:
    lists: dict[Folded, list[list[int]]] = defaultdict(lambda: [[] for _ in Tier])
    for (tier, text), numbers in columns.items():
        for word in {*words(text), *_compounds(text)}:
            lists[word][tier] += numbers
    return {word: [keep(numbers, size) if numbers else 0 for numbers in tiers] for word, tiers in lists.items()}


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


def _gather(dimension: Dimension, catalog: Catalog) -> Values:
    values = Values()
    members: dict[str, list[int]] = defaultdict(list)
    for number, program in enumerate(catalog.programs):
        for value, label in dimension.values(program, catalog):
            values.labels.setdefault(value, label)
            members[value].append(number)
    size = len(catalog.programs)
    values.bits = {value: bitsets.from_positions(numbers, size) for value, numbers in members.items()}
    for value, label in values.labels.items():
        further = dimension.other_names(value, catalog) if dimension.other_names else ()
        for name in dict.fromkeys(map(joined, (value, label, *further))):
            if name:
                values.names.setdefault(name, []).append(value)
        values.stated |= values.bits[value]
    return values
