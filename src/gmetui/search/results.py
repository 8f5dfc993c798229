"""The results of a search: programs in order, facet counts, and the reasons why each program matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..catalog.models import Program
from .bitset import Bitset, contains, iter_members
from .documents import SearchWeight
from .facets import FacetValues, Selection, facet_values
from .fields import FACETS, FIELDS_BY_NAME, SearchField
from .index import Index, Text
from .normalize import americanize, fold_word, raw_words, unordered_key
from .query import Query, Word
from .ranking import Token

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MIN_PREFIX_HIGHLIGHT = 3  # letters; shorter words highlight whole words only


class Reason(NamedTuple):
    """A match in a program: the field, its text, and the word of the query that it contains."""

    field: str
    text: str
    term: str


@dataclass(frozen=True, eq=False)
class Results:
    """The programs that match a query. Rows, facet counts and reasons are computed when they are accessed."""

    query: Query
    index: Index
    matches: Bitset
    groups: tuple[Bitset, ...]
    sorted_numbers: tuple[int, ...] | None
    tokens: tuple[Token, ...]
    selections: Mapping[str, Selection]
    warnings: tuple[str, ...] = ()
    statuses: Mapping[str, str] | None = None
    _ranked: list[int] = field(default_factory=list)

    @cached_property
    def total(self) -> int:
        """The number of matching programs."""
        return self.matches.bit_count()

    def __len__(self) -> int:
        """Return the number of matching programs."""
        return self.total

    @cached_property
    def _unread_numbers(self) -> Iterator[int]:
        if self.sorted_numbers is not None:
            return iter(self.sorted_numbers)
        return (number for group in self.groups for number in iter_members(group))

    def numbers(self, start: int = 0, stop: int | None = None) -> Sequence[int]:
        """Return the program numbers of rows `start` to `stop`, best first. Later rows are not ranked yet."""
        end = self.total if stop is None else min(stop, self.total)
        while len(self._ranked) < end:
            self._ranked.append(next(self._unread_numbers))
        return self._ranked[start:end]

    def programs(self, start: int = 0, stop: int | None = None) -> list[Program]:
        """Return the programs of rows `start` to `stop`, best first."""
        programs = self.index.catalog.programs
        return [programs[number] for number in self.numbers(start, stop)]

    def row_of(self, program_id: str) -> int | None:
        """Return the row of a program, or None when it does not match."""
        number = self.index.numbers_by_id.get(program_id)
        if number is None or not contains(self.matches, number):
            return None
        if self.sorted_numbers is not None:
            return self.sorted_numbers.index(number)
        preceding = 0
        for group in self.groups:
            if contains(group, number):
                return preceding + (group & ((1 << number) - 1)).bit_count()
            preceding += group.bit_count()
        return None

    @cached_property
    def ignored_clauses(self) -> tuple[int, ...]:
        """The positions of clauses that were ignored: stop words ("the", "program") and punctuation beside words."""
        clauses = self.query.clauses
        empty = [
            position
            for position, clause in enumerate(clauses)
            if len(clause) == 1 and isinstance(clause[0], Word) and not raw_words(clause[0].text)
        ]
        has_words = any(isinstance(term, Word) and raw_words(term.text) for clause in clauses for term in clause)
        return tuple(empty) if has_words else ()

    def facet(self, name: str) -> FacetValues:
        """Return the values of a facet, active ones first, each with the number of programs that would remain."""
        search_field = FIELDS_BY_NAME[name]
        selection = self.selections.get(search_field.name, self._no_selection)
        return facet_values(self.index, search_field, selection)

    def facets(self) -> dict[SearchField, FacetValues]:
        """Return the values of every facet."""
        return {search_field: self.facet(search_field.name) for search_field in FACETS}

    @cached_property
    def _no_selection(self) -> Selection:
        return Selection(self.matches)

    def reasons(self, program: Program) -> list[Reason]:
        """Return, for each word of the query, the most important text of `program` that contains it."""
        texts = self.index.texts_of(self.index.numbers_by_id[program.id])
        reasons: dict[Reason, None] = {}
        remaining = list(self.tokens)
        for span in _spans(self.tokens):
            name_reason = _whole_name_reason(texts, span)
            if name_reason is not None:
                reasons[name_reason] = None
                remaining = [token for token in self.tokens if token not in span]
                break
        for token in remaining:
            word_reason = _word_reason(texts, token, self.index)
            if word_reason is not None:
                reasons[word_reason] = None
        return list(reasons)

    def snippet(self, text: str, size: int = 90) -> str:
        """Return about `size` letters of `text` around the first highlighted word, cut between words."""
        if len(text) <= size:
            return text
        spans = self.highlights(text)
        start = max(0, spans[0][0] - size // 4) if spans else 0
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = len(text) if start + size >= len(text) else max(text.rfind(" ", start, start + size), start + 1)
        return f"{'…' if start else ''}{text[start:end].rstrip()}{'…' if end < len(text) else ''}"

    @cached_property
    def _highlighted(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The folded words to highlight, and the prefixes."""
        words: set[str] = set()
        for token in self.tokens:
            words.update(token.forms, self.index.equivalents.get(token.forms[0], ()))
        prefixes = (
            token.prefix for token in self.tokens if len(token.raw) >= _MIN_PREFIX_HIGHLIGHT and not token.corrected
        )
        return frozenset(words), tuple(prefixes)

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) of each word of `text` that the query names."""
        if not self.tokens:
            return []
        words, prefixes = self._highlighted
        return [
            match.span()
            for match in _WORD.finditer(text)
            if any(fold_word(word) in words or americanize(word).startswith(prefixes) for word in raw_words(match[0]))
        ]


def _spans(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield every run of adjacent tokens, the longest first."""
    for length in range(len(tokens), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


def _whole_name_reason(texts: Sequence[Text], span: Sequence[Token]) -> Reason | None:
    """Return the name that consists of the words of `span`, in any order."""
    forms = [token.forms[0] for token in span]
    key, any_order_key = "".join(forms), unordered_key(forms)
    for weight, field_name, text, words in texts:
        if weight not in (SearchWeight.TITLE, SearchWeight.SYNONYM):
            break  # names come first
        if "".join(words) == key or (len(words) > 1 and unordered_key(words) == any_order_key):
            return Reason(field_name, text, " ".join(token.raw for token in span))
    return None


def _word_reason(texts: Sequence[Text], token: Token, index: Index) -> Reason | None:
    """Return the first text that contains the word, or else the first with a word that starts with it."""
    accepted = {*token.forms, *index.equivalents.get(token.forms[0], ())}
    prefix_reason: Reason | None = None
    for _, field_name, text, words in texts:
        if not accepted.isdisjoint(words):
            return Reason(field_name, text, token.raw)
        if prefix_reason is None and not token.corrected and any(word.startswith(token.prefix) for word in words):
            prefix_reason = Reason(field_name, text, token.raw)
    return prefix_reason
