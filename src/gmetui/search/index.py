"""The index: for every folded word the programs that hold it, by tier, and for every alias the programs it names.

Texts that many programs share (an institution's name, a specialty's synonyms) are folded once. A word of few
programs keeps their numbers; a common one keeps a bit set; both are handed out as bits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from ..catalog.models import Catalog
from . import bitset as bitsets
from .bitset import Bits, Kept, keep, kept_bits
from .documents import Tier, program_texts
from .fields import BY_NAME, STATED, Dimension
from .normalize import Folded, joined, words
from .sort import in_order

#: One text of a program: its tier, field, the text itself and its folded words.
Text = tuple[Tier, str, str, tuple[Folded, ...]]


@dataclass
class Values:
    """The values of one dimension over the catalog, in first-seen order."""

    labels: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)  # folded name -> ids
    stated: Bits = 0

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many programs have each value."""
        return {value: kept.bit_count() if isinstance(kept, int) else len(kept) for value, kept in self.kept.items()}

    @cached_property
    def effort(self) -> float:
        """About how many microseconds it takes to count every value against a set of programs, as measured."""
        return sum(
            0.3 + kept.bit_length() * 2.5e-4
            if isinstance(kept, int)
            else 1.0
            if isinstance(kept, range)
            else 0.3 + 0.05 * len(kept)
            for kept in self.kept.values()
        )

    @cached_property
    def in_order(self) -> Sequence[str]:
        """The values by their labels."""
        return sorted(self.labels, key=lambda value: self.labels[value].casefold())

    def bits(self, value: str, size: int) -> Bits:
        """Return the programs that have `value`."""
        return kept_bits(self.kept[value], size)


@dataclass(frozen=True, slots=True)
class Codes:
    """ACGME ids, match codes and ids of programs: too many and too rare to be words. Sorted by code."""

    texts: Sequence[str]
    numbers: Sequence[int]

    def begun(self, prefix: str) -> list[int]:
        """Return the programs one of whose codes begins with `prefix`."""
        start = bisect_left(self.texts, prefix)
        end = bisect_left(self.texts, f"{prefix}\uffff", start)
        return sorted(set(self.numbers[start:end]))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every text of several words once, folded, in one string that is searched as a whole."""

    text: str
    starts: Sequence[int]
    kept: Sequence[Kept]

    def holding(self, phrase: str, size: int) -> Bits:
        """Return the programs in one of whose texts the words of `phrase` stand side by side."""
        wanted, found, place = f" {phrase} ", [], 0
        while (place := self.text.find(wanted, place)) >= 0:
            entry = bisect_right(self.starts, place) - 1
            found.append(self.kept[entry])
            if entry + 1 == len(self.starts):
                break
            place = self.starts[entry + 1]
        return bitsets.union(found, size)


@dataclass(eq=False)
class Index:
    """Everything `search` looks up. Built once for a catalog, then only read.

    `usual` are the programs of the kind that is usual in their specialty: a residency in psychiatry, not a course.
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
    codes: Codes
    usual: Bits
    gathered: dict[str, Values] = field(default_factory=dict)
    listed: Values | None = None
    folded: dict[int, list[Text]] = field(default_factory=dict)
    memo: dict[object, object] = field(default_factory=dict)
    made_phrases: list[Phrases] = field(default_factory=list)  # none yet, or the one, shared by copies
    _forward: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _last: tuple[Bits, list[int]] = (0, [])
    _stated: dict[str, Bits] = field(default_factory=dict)
    _ordered: dict[tuple[str, bool], Sequence[int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many programs there are."""
        return len(self.catalog.programs)

    @cached_property
    def everything(self) -> Bits:
        """All programs."""
        return (1 << self.size) - 1

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each program by id."""
        return {program.id: number for number, program in enumerate(self.catalog.programs)}

    @cached_property
    def by_length(self) -> Mapping[int, Sequence[Folded]]:
        """The vocabulary by the length of its words."""
        found: dict[int, list[Folded]] = defaultdict(list)
        for word in self.vocabulary:
            found[len(word)].append(word)
        return found

    def bits(self, word: Folded, tier: Tier) -> Bits:
        """Return the programs that hold `word` in `tier`."""
        held = self.postings.get(word)
        return kept_bits(held[tier], self.size) if held else 0

    def named(self, names: Mapping[str, Kept], key: str) -> Bits:
        """Return the programs that `names` has under `key`."""
        kept = names.get(key)
        return 0 if kept is None else kept_bits(kept, self.size)

    def held(self, word: Folded) -> Bits:
        """Return the programs that hold `word` anywhere."""
        held = self.postings.get(word)
        return bitsets.union(held, self.size) if held else 0

    @property
    def phrases(self) -> Phrases:
        """The texts that phrases are looked for in."""
        if not self.made_phrases:
            from .index_builder import phrases_of  # a compiled index is read without what it takes to build one

            self.made_phrases.append(phrases_of(self.catalog))
        return self.made_phrases[0]

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
        gaps, found = spaced.count(" "), []
        while place < len(self.alias_words) and self.alias_words[place].startswith(spaced):
            alias = self.alias_words[place]
            if alias.count(" ") == gaps:
                found.append(self.aliases[alias.replace(" ", "")])
            place += 1
        return bitsets.union(found, self.size)

    def values(self, dimension: Dimension) -> Values:
        """Return the values of `dimension`, gathered when first asked for."""
        if dimension.name == "listed" and self.listed is not None:
            return self.listed
        found = self.gathered.get(dimension.name)
        if found is None:
            found = self.gathered[dimension.name] = _gather(dimension, self.catalog)
        return found

    def with_list(self, states: Mapping[str, str]) -> Index:
        """Return the index with what stands on a person's list, by program id: what they say of it, or ""."""
        own = copy(self)  # everything else is shared, also what is gathered later
        own.listed = _listed(states, self.number, self.size)
        return own

    def values_of(self, dimension: Dimension) -> Sequence[tuple[str, ...]]:
        """Return the values of each program; programs with one value share it."""
        found = self._forward.get(dimension.name)
        if found is None:
            found = [()] * self.size
            if dimension.name != "listed":  # that is each person's own, and copies share the rest
                self._forward[dimension.name] = found
            for value, kept in self.values(dimension).kept.items():
                alone = (value,)
                for number in bitsets.members(kept):
                    found[number] = (*found[number], value) if found[number] else alone
        return found

    def members(self, bits: Bits) -> Sequence[int]:
        """Return the members of a set; those of the last set asked for are kept, since every facet asks."""
        if self._last[0] != bits:
            self._last = bits, list(bitsets.positions(bits))
        return self._last[1]

    def homes(self, dimension: Dimension, above: Dimension) -> Mapping[str, str]:
        """Return, for each value of `dimension`, the value of `above` that its programs have."""
        key = "homes", dimension.name
        found = self.memo.get(key)
        if found is None:
            pairs = zip(self.values_of(dimension), self.values_of(above), strict=True)
            found = self.memo[key] = {value: whole[0] for values, whole in pairs for value in values if whole}
        return cast("Mapping[str, str]", found)

    def stated(self, name: str) -> Bits | None:
        """Return the programs for which `name` is stated, or None when there is no such field."""
        dimension = BY_NAME.get(name)
        if dimension is not None:
            return self.values(dimension).stated
        attribute = STATED.get(name)
        if attribute is None:
            return None
        if attribute not in self._stated:
            numbers = (n for n, p in enumerate(self.catalog.programs) if getattr(p, attribute) not in (None, ()))
            self._stated[attribute] = bitsets.from_positions(numbers, self.size)
        return self._stated[attribute]

    def in_order(self, key: str, *, descending: bool) -> Sequence[int]:
        """Return all program numbers ordered by a key of `SORTS`."""
        if (key, descending) not in self._ordered:
            self._ordered[key, descending] = in_order(self.catalog, key, descending=descending)
        return self._ordered[key, descending]


def _listed(states: Mapping[str, str], number: Mapping[str, int], size: int) -> Values:
    members: dict[str, list[int]] = defaultdict(list)
    labels = {"yes": "On your list"}
    for program, state in states.items():
        if program in number:
            members["yes"].append(number[program])
            if state:
                labels.setdefault(joined(state), state[:1].upper() + state[1:])
                members[joined(state)].append(number[program])
    values = Values({value: labels[value] for value in members}, names={value: [value] for value in members})
    values.kept = {value: keep(numbers, size) for value, numbers in members.items()}
    values.stated = bitsets.union(values.kept.values(), size)
    return values


def _gather(dimension: Dimension, catalog: Catalog) -> Values:
    values = Values()
    members: dict[str, list[int]] = defaultdict(list)
    for number, program in enumerate(catalog.programs):
        for value, label in dimension.values(program, catalog):
            values.labels.setdefault(value, label)
            members[value].append(number)
    size = len(catalog.programs)
    values.kept = {value: keep(numbers, size) for value, numbers in members.items()}
    for value, label in values.labels.items():
        further = dimension.other_names(value, catalog) if dimension.other_names else ()
        for name in dict.fromkeys(map(joined, (value, label, *further))):
            if name:
                values.names.setdefault(name, []).append(value)
    values.stated = bitsets.union(values.kept.values(), size)
    return values
