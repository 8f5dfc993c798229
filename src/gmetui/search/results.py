"""The answer to a query: programs in order, counts per facet value, and why each program matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ..catalog.models import Program
from . import bitset as bitsets
from .bitset import Bits
from .documents import Tier
from .facets import FacetValues, Selection, facet_values
from .fields import BY_NAME, FACETS, Dimension
from .index import Index, Text
from .normalize import fold_word, in_any_order, raw_words, spelled
from .query import Query, Word

if TYPE_CHECKING:
    from .ranking import Token

_WAYS_OUT = 8  # offers when nothing matches
_RELAXED = 12  # terms that leaving out is tried for
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Reason(NamedTuple):
    """Where a program matched: the field, the text that stands there, and the word asked for."""

    field: str
    text: str
    term: str


@dataclass(frozen=True, eq=False)
class Results:
    """What `search` found. Rows, counts and reasons are worked out when they are looked at."""

    query: Query
    index: Index
    bits: Bits
    groups: tuple[Bits, ...]
    order: tuple[int, ...] | None
    tokens: tuple[Token, ...]
    selections: dict[str, Selection]
    warnings: tuple[str, ...] = ()
    listed: Mapping[str, str] | None = None
    _read: list[int] = field(default_factory=list)

    @cached_property
    def total(self) -> int:
        """How many programs match."""
        return self.bits.bit_count()

    def __len__(self) -> int:
        """How many programs match."""
        return self.total

    @cached_property
    def _numbers(self) -> Iterator[int]:
        if self.order is not None:
            return iter(self.order)
        return (number for group in self.groups for number in bitsets.positions(group))

    def numbers(self, start: int = 0, stop: int | None = None) -> Sequence[int]:
        """Return the program numbers of rows `start` to `stop`, best first; ranks no more rows than asked for."""
        end = self.total if stop is None else min(stop, self.total)
        while len(self._read) < end:
            self._read.append(next(self._numbers))
        return self._read[start:end]

    def programs(self, start: int = 0, stop: int | None = None) -> list[Program]:
        """Return the programs of rows `start` to `stop`, best first."""
        programs = self.index.catalog.programs
        return [programs[number] for number in self.numbers(start, stop)]

    def row_of(self, program_id: str) -> int | None:
        """Return the row a program stands in, or None when it does not match."""
        number = self.index.number.get(program_id)
        if number is None or not bitsets.contains(self.bits, number):
            return None
        if self.order is not None:
            return self.order.index(number)
        before = 0
        for group in self.groups:
            if bitsets.contains(group, number):
                return before + (group & ((1 << number) - 1)).bit_count()
            before += group.bit_count()
        return None

    @cached_property
    def ignored(self) -> tuple[int, ...]:
        """The places of clauses that were passed over: words that say nothing here ("the", "program"), and signs."""
        clauses = self.query.clauses
        silent = [
            place
            for place, clause in enumerate(clauses)
            if len(clause) == 1 and isinstance(clause[0], Word) and not raw_words(clause[0].text)
        ]
        spoken = any(isinstance(term, Word) and raw_words(term.text) for clause in clauses for term in clause)
        return tuple(silent) if spoken else ()

    def facet(self, name: str) -> FacetValues:
        """Return the values of a facet, ticked ones first, with how many programs each would leave."""
        dimension = BY_NAME[name]
        return facet_values(self.index, dimension, self.selections.get(dimension.name) or Selection(self.bits))

    def facets(self) -> dict[Dimension, FacetValues]:
        """Return the values of every facet."""
        return {dimension: self.facet(dimension.name) for dimension in FACETS}

    def relaxed(self) -> list[tuple[Query, str, int]]:
        """Return the query without one clause, or without two where that is not enough, and how many it then finds.

        Each entry is (query, the clauses left out, how many programs), most first.
        """
        from .engine import search

        clauses = range(min(len(self.query.clauses), _RELAXED))
        for left_out in (1, 2):
            found = []
            for places in combinations(clauses, left_out):
                query = self.query
                for place in reversed(places):
                    query = query.without_clause(place)
                total = search(self.index.catalog, query, self.listed).total if query else 0
                if total:
                    words = " and ".join(self.query.clause_text(place) for place in places)
                    found.append((query, words, total))
            if found or left_out >= len(clauses):
                return sorted(found, key=lambda entry: -entry[2])[:_WAYS_OUT]
        return []

    def reasons(self, program: Program) -> list[Reason]:
        """Return, for each word of the query, the weightiest place of `program` that holds it."""
        found: dict[Reason, None] = {}
        texts = self.index.texts(self.index.number[program.id])
        for span in _spans(self.tokens):
            reason = _whole_name(texts, span)
            if reason is not None:
                found[reason] = None
                texts_left = [token for token in self.tokens if token not in span]
                break
        else:
            texts_left = list(self.tokens)
        for token in texts_left:
            reason = _word_of(texts, token, self.index)
            if reason is not None:
                found[reason] = None
        return list(found)

    def snippet(self, text: str, size: int = 90) -> str:
        """Return about `size` letters of `text` around the first word asked for, cut between words."""
        if len(text) <= size:
            return text
        spans = self.highlights(text)
        start = max(0, spans[0][0] - size // 4) if spans else 0
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = len(text) if start + size >= len(text) else max(text.rfind(" ", start, start + size), start + 1)
        return f"{'…' * bool(start)}{text[start:end].rstrip()}{'…' * (end < len(text))}"

    @cached_property
    def _shown(self) -> tuple[frozenset[str], tuple[str, ...]]:
        exact = {form for token in self.tokens for form in token.forms}
        for token in self.tokens:
            exact.update(self.index.equivalents.get(token.forms[0], ()))
        begun = tuple(token.prefix for token in self.tokens if len(token.raw) > 2 and not token.corrected)
        return frozenset(exact), begun

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of the words of `text` that the query asked for."""
        if not self.tokens:
            return []
        exact, begun = self._shown
        spans = []
        for found in _WORDS.finditer(text):
            raws = raw_words(found[0])
            if any(fold_word(raw) in exact or (begun and spelled(raw).startswith(begun)) for raw in raws):
                spans.append(found.span())
        return spans


def _spans(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield runs of tokens, the longest first."""
    for length in range(len(tokens), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


def _whole_name(texts: Sequence[Text], span: Sequence[Token]) -> Reason | None:
    """Find a name that the words of `span` make up whole."""
    forms = [token.forms[0] for token in span]
    together, shuffled = "".join(forms), in_any_order(forms)
    for tier, key, text, parts in texts:
        if tier not in (Tier.NAME, Tier.ALSO):
            break  # names come first
        if "".join(parts) == together or (len(parts) > 1 and in_any_order(parts) == shuffled):
            return Reason(key, text, " ".join(token.raw for token in span))
    return None


def _word_of(texts: Sequence[Text], token: Token, index: Index) -> Reason | None:
    """Find the first text that holds a word, or else one that begins with it."""
    wanted = {*token.forms, *index.equivalents.get(token.forms[0], ())}
    begun: Reason | None = None
    for _, key, text, parts in texts:
        if not wanted.isdisjoint(parts):
            return Reason(key, text, token.raw)
        if begun is None and not token.corrected and any(part.startswith(token.prefix) for part in parts):
            begun = Reason(key, text, token.raw)
    return begun
