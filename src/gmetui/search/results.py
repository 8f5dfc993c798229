"""The results of a search: programs in order, facet counts, and the reasons why each program matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count, islice

from ..lean_typing import TYPE_CHECKING, NamedTuple
from .bitset import Bitset, contains, iter_members
from .documents import SearchWeight
from .facets import FacetValues, Selection, facet_values
from .field_names import NEAR
from .fields import FACETS, FIELDS_BY_NAME, SearchField
from .filters import Mistake
from .fit_values import FITS, NO_PROFILE, ProgramsByVerdict
from .index import Index
from .normalize import americanize, cached_words, fold_word
from .page_hits import PageHit, find_pages
from .query import Condition, Phrase, Query, Word
from .ranking import Token
from .reasons import Reason, SoughtWords
from .triage_values import TRIAGE, VerdictsById

if TYPE_CHECKING:
    from ..catalog.models import Program

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MIN_PREFIX_HIGHLIGHT = 3  # letters; shorter words highlight whole words only


class Results:
    """The programs that match a query. Rows, facet counts and reasons are computed when they are accessed."""

    def __init__(
        self,
        *,
        query: Query,
        index: Index,
        matches: Bitset,
        groups: Iterable[Bitset],
        sorted_numbers: Sequence[int] | None,
        tokens: tuple[Token, ...],
        selections: Mapping[str, Selection],
        warnings: tuple[str, ...] = (),
        mistakes: tuple[Mistake, ...] = (),
        statuses: Mapping[str, str] | None = None,
        fits: ProgramsByVerdict | None = None,
        triage: VerdictsById | None = None,
    ) -> None:
        self.query, self.index = query, index
        self.matches, self.sorted_numbers = matches, sorted_numbers
        self._groups = _Groups(groups)
        self.tokens, self.selections = tokens, selections
        self.warnings, self.mistakes = warnings, mistakes
        self.statuses, self.fits, self.triage = statuses, fits, triage
        self._ranked: list[int] = []

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
        return chain.from_iterable(map(iter_members, self._groups))

    def numbers(self, start: int = 0, stop: int | None = None) -> Sequence[int]:
        """Return the program numbers of rows `start` to `stop`, best first. Later rows are not ranked yet."""
        end = self.total if stop is None else min(stop, self.total)
        if len(self._ranked) < end:
            self._ranked.extend(islice(self._unread_numbers, end - len(self._ranked)))
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
        for group in self._groups:
            if contains(group, number):
                return preceding + (group & ((1 << number) - 1)).bit_count()
            preceding += group.bit_count()
        return None

    @cached_property
    def pages(self) -> tuple[PageHit, ...]:
        """The pages of institutions, specialties and services that the words are about, the likeliest first."""
        if not self.total and any(not mistake.is_incomplete for mistake in self.mistakes):
            return ()
        single_terms = [clause[0] for clause in self.query.clauses if len(clause) == 1]
        phrases = [term.text for term in single_terms if isinstance(term, Phrase) and not term.negated]
        institutions = self.selections["institution"].selected if "institution" in self.selections else ()
        return find_pages(self.index, self.tokens, phrases, institutions, has_programs=bool(self.total))

    @cached_property
    def ignored_clauses(self) -> tuple[int, ...]:
        """The positions of clauses that were ignored: stop words ("the", "program") and punctuation beside others."""
        clauses = self.query.clauses
        empty = [
            position
            for position, clause in enumerate(clauses)
            if len(clause) == 1 and isinstance(clause[0], Word) and not cached_words(clause[0].text)
        ]
        return tuple(empty) if len(empty) < len(clauses) else ()

    def facet(self, name: str) -> FacetValues:
        """Return the values of a facet, active ones first, each with the number of programs that would remain."""
        search_field = FIELDS_BY_NAME[name]
        selection = self.selections.get(search_field.name, self._no_selection)
        return facet_values(self.index, search_field, selection)

    def facets(self) -> dict[SearchField, FacetValues]:
        """Return the values of every facet."""
        return {search_field: self.facet(search_field.name) for search_field in self.facet_fields}

    @property
    def facet_fields(self) -> tuple[SearchField, ...]:
        """The fields of the facets that have values, in order."""
        has_values = {FITS: self.fits is not None, TRIAGE: bool(self.triage)}
        return tuple(facet for facet in FACETS if has_values.get(facet.name, True))

    @property
    def lacks_profile(self) -> bool:
        """Whether the query asks for verdicts about the reader, and there are none."""
        return any(mistake.message == NO_PROFILE for mistake in self.mistakes)

    @property
    def left_out_by_fit(self) -> int:
        """How many programs only conditions on `fits` leave out."""
        selection = self.selections.get(FITS)
        return selection.base_count - self.total if selection else 0

    @cached_property
    def _no_selection(self) -> Selection:
        return Selection(self.matches)

    def reasons(self, program: Program) -> list[Reason]:
        """Return, for each word of the query, the most important text of `program` that contains it."""
        return self.reasons_of(self.index.numbers_by_id[program.id])

    def reasons_of(self, number: int) -> list[Reason]:
        """Return what `reasons` returns for the program with a number."""
        reasons: dict[Reason, None] = {}
        for token, reason, weight in self._sought_words.reasons(self.index.texts_of(number)):
            if token is not None and (reason is None or weight == SearchWeight.BODY):
                reason = self._fact_reason(number, token) or reason
            if reason is not None:
                reasons[reason] = None
        return [*self._distance_reasons(number), *reasons]

    @cached_property
    def _sought_words(self) -> SoughtWords:
        return SoughtWords(self.tokens, self.index.equivalents)

    @cached_property
    def asks_distance(self) -> bool:
        """Whether the query has a condition on the distance from a place."""
        terms = (term for clause in self.query.clauses for term in clause)
        return any(isinstance(term, Condition) and term.field.casefold() == NEAR for term in terms)

    def miles_of(self, program: Program) -> int | None:
        """Return the miles between a program and the nearest place that the query names, None if either isn't known."""
        return self.miles_at(self.index.numbers_by_id[program.id])

    def miles_at(self, number: int) -> int | None:
        """Return what `miles_of` returns for the program with a number."""
        from .nearby import distance_in_miles

        return distance_in_miles(self.index, self.query, number)

    def _distance_reasons(self, number: int) -> Iterator[Reason]:
        """Yield how far a program is from the nearest place of the query."""
        if self.asks_distance:
            from .nearby import distance_text

            text = distance_text(self.index, self.query, number)
            if text:
                yield Reason(NEAR, text, NEAR)

    def _fact_reason(self, number: int, token: Token) -> Reason | None:
        """Return what a program states about the fact that a word names."""
        for fact in token.facts:
            catalog = self.index.catalog
            text = next(iter(fact.texts(catalog.programs[number], catalog)), None)
            if text is not None:
                return Reason(fact.name, text, token.raw)
        return None

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
    def _highlighted(self) -> _HighlightedWords:
        """The words to highlight in texts: all but those of a kind, "residency", which are everywhere."""
        return self._highlighted_by(
            token for token in self.tokens if not self.index.matches(token.forms[0], SearchWeight.KIND)
        )

    @cached_property
    def _telling_words(self) -> _HighlightedWords:
        """The words to highlight in names: those that most names don't have, so that they tell why this one matches."""
        return self._highlighted_by(token for token in self.tokens if not self._is_usual_in_names(token))

    def _is_usual_in_names(self, token: Token) -> bool:
        form, index = token.forms[0], self.index
        in_names = (self.matches & index.matches(form, SearchWeight.TITLE)).bit_count()
        return bool(index.matches(form, SearchWeight.KIND)) or 2 * in_names > self.total

    def _highlighted_by(self, tokens: Iterable[Token]) -> _HighlightedWords:
        words: set[str] = set()
        prefixes: list[str] = []
        for token in tokens:
            words.update(token.forms, self.index.equivalents.get(token.forms[0], ()))
            if len(token.raw) >= _MIN_PREFIX_HIGHLIGHT and not token.corrected:
                prefixes.append(token.prefix)
        return _HighlightedWords(frozenset(words), tuple(prefixes))

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) of each word of `text` that the query names, without words for a kind."""
        return self._highlighted.spans(text) if self.tokens else []

    def name_highlights(self, name: str) -> list[tuple[int, int]]:
        """Return the (start, end) of each word of a program's name that tells why it matches."""
        return self._telling_words.spans(name) if self.tokens else []


class _Groups:
    """Sets of programs of equal score, best first. Of a million programs, few sets are looked at.

    This is no part of the results, which would keep themselves in memory through the iterator.
    """

    def __init__(self, groups: Iterable[Bitset]) -> None:
        self._read: list[Bitset] = []
        self._unread = iter(groups)

    def __iter__(self) -> Iterator[Bitset]:
        for position in count():
            if position == len(self._read):
                group = next(self._unread, 0)
                if not group:
                    return
                self._read.append(group)
            yield self._read[position]


class _HighlightedWords(NamedTuple):
    """Folded words, and beginnings of words, to highlight."""

    words: frozenset[str]
    prefixes: tuple[str, ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) of each of these words in a text."""
        return [match.span() for match in _WORD.finditer(text) if any(map(self._contains, cached_words(match[0])))]

    def _contains(self, word: str) -> bool:
        return fold_word(word) in self.words or americanize(word).startswith(self.prefixes)
