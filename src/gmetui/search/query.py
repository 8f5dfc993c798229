"""The query language: one frozen `Query` that is parsed from a line and formats itself back.

A space is AND, `OR` between two terms joins them, `-` or `NOT` negates. A term is a bare word, a "phrase", or a
condition `field:value,value`. `no:field` and `has:field` check whether a field is stated; `sort:key` sorts. Words that
mean such a check ("no deadline", "visa not stated") are read as the condition. Every line parses. `search` decides what
fields and values mean, and reports those it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from ..lean_typing import NamedTuple
from .frozen import FrozenValue
from .stated_phrases import find_stated_phrase, last_tail

_TERM = re.compile(
    r"""(?P<not>-)?(?:
        (?P<field>[^\W\d][\w-]*):(?P<values>(?:"[^"]*(?:"|$)|[^\s",]+|,)*)
      | "(?P<phrase>[^"]*)(?:"|$)
      | (?P<word>\S+)
    )""",
    re.VERBOSE,
)
#: How many words, phrases, conditions and operators of a line are read.
MAX_TERMS = 1_000
_VALUE = re.compile(r'"([^"]*)(?:"|$)|([^",]+)')
_UNQUOTED_VALUE = re.compile(r'[^\s",]+\Z')


class Word(FrozenValue):
    """A bare word, as typed."""

    __slots__ = ("text", "negated")  # noqa: RUF023
    text: str
    negated: bool

    def __init__(self, text: str, negated: bool = False) -> None:
        self._set_fields(text, negated)

    def __str__(self) -> str:
        """Return the word in query syntax."""
        if not self.negated and (self.text.startswith("-") or self.text in ("OR", "NOT")):
            return f"NOT -{self.text}"  # alone, the text would be a negation or an operator
        return f"{_minus(self.negated)}{self.text}"


class Phrase(FrozenValue):
    """Words that must be adjacent."""

    __slots__ = ("text", "negated")  # noqa: RUF023
    text: str
    negated: bool

    def __init__(self, text: str, negated: bool = False) -> None:
        self._set_fields(text, negated)

    def __str__(self) -> str:
        """Return the phrase in query syntax."""
        return f'{_minus(self.negated)}"{self.text}"'


class Condition(FrozenValue):
    """`field:value,value`: any of the values. The values of the fields "no" and "has" are field names."""

    __slots__ = ("field", "values", "negated")  # noqa: RUF023
    field: str
    values: tuple[str, ...]
    negated: bool

    def __init__(self, field: str, values: tuple[str, ...], negated: bool = False) -> None:
        self._set_fields(field, values, negated)

    def __str__(self) -> str:
        """Return the condition in query syntax."""
        return f"{_minus(self.negated)}{self.field}:{','.join(map(_quote, self.values))}"


Term = Word | Phrase | Condition
_OPERATORS = ("OR", "NOT")
#: Terms of which at least one must match.
Clause = tuple[Term, ...]


def _minus(negated: bool) -> str:
    return "-" if negated else ""


def _quote(value: str) -> str:
    return value if _UNQUOTED_VALUE.match(value) else f'"{value}"'


class Reading(NamedTuple):
    """Words of a line, as typed, and the condition that they were read as."""

    words: str
    condition: Condition


class Query(FrozenValue):
    """All filters and the order: every clause must match. `sort` is a sort key, with "-" in front for descending.

    `is_cut` is set for a line with more than `MAX_TERMS` terms. `readings` are the words that were read as conditions,
    `unfinished` the operators and quotation marks without what belongs to them.
    """

    __slots__ = ("clauses", "sort", "is_cut", "readings", "unfinished")  # noqa: RUF023
    _compared_count = 2
    clauses: tuple[Clause, ...]
    sort: str | None
    is_cut: bool
    readings: tuple[Reading, ...]
    unfinished: tuple[str, ...]

    def __init__(
        self,
        clauses: tuple[Clause, ...] = (),
        sort: str | None = None,
        is_cut: bool = False,
        readings: tuple[Reading, ...] = (),
        unfinished: tuple[str, ...] = (),
    ) -> None:
        self._set_fields(clauses, sort, is_cut, readings, unfinished)

    @classmethod
    def parse(cls, line: str) -> Query:
        """Parse a line. Every line is a valid query; beyond `MAX_TERMS` terms, the rest is ignored."""
        clauses: list[list[Term]] = []
        sort: str | None = None
        operators: list[str] = []  # that wait for a term
        unfinished: list[str] = ['"'] if line.count('"') % 2 else []
        terms = _terms(line)
        for term in islice(terms, MAX_TERMS):
            if isinstance(term, Word) and term.text in _OPERATORS and not term.negated:
                (operators if term.text == "NOT" or clauses else unfinished).append(term.text)
            elif isinstance(term, Condition) and term.field.casefold() == "sort":
                key = term.values[-1] if term.values else ""
                sort = f"{_minus(term.negated)}{key}" if key.strip("-") else sort
            else:
                if "NOT" in operators:
                    term = term.replaced(negated=not term.negated)
                if "OR" in operators:
                    clauses[-1].append(term)
                else:
                    clauses.append([term])
                operators = []
        is_cut = next(terms, None) is not None
        read_clauses, readings = _read_phrases(tuple(map(tuple, clauses)))
        return cls(read_clauses, sort, is_cut, readings, (*unfinished, *dict.fromkeys(operators)))

    def __str__(self) -> str:
        """Return the query as a line that parses back to it."""
        parts = [self.clause_text(index) for index in range(len(self.clauses))]
        if self.sort:
            parts.append(f"{_minus(self.sort.startswith('-'))}sort:{_quote(self.sort.removeprefix('-'))}")
        return " ".join(parts)

    def __bool__(self) -> bool:
        """Return whether the query filters anything; a sort key alone does not."""
        return bool(self.clauses)

    def clause_text(self, index: int) -> str:
        """Return one clause in query syntax."""
        return " OR ".join(map(str, self.clauses[index]))

    def with_clause(self, *terms: Term) -> Query:
        """Return the query with another clause at the end."""
        return self.with_clause_at(len(self.clauses), terms)

    def without_clause(self, index: int) -> Query:
        """Return the query without one clause."""
        return self.with_clause_at(index, ())

    def with_clause_at(self, index: int, terms: Iterable[Term]) -> Query:
        """Return the query with one clause replaced; an empty one removes it."""
        clause = tuple(terms)
        replacement = (clause,) if clause else ()
        clauses, readings = _read_phrases((*self.clauses[:index], *replacement, *self.clauses[index + 1 :]))
        return self.replaced(clauses=clauses, readings=readings)

    def sorted_by(self, sort: str | None) -> Query:
        """Return the query with another sort key; None sorts best first."""
        return self.replaced(sort=sort)

    def without_conditions(self) -> Query:
        """Return the query with only the clauses of words and phrases."""
        text_clauses = (clause for clause in self.clauses if not any(isinstance(term, Condition) for term in clause))
        return self.replaced(clauses=tuple(text_clauses), readings=())


def _read_phrases(clauses: tuple[Clause, ...]) -> tuple[tuple[Clause, ...], tuple[Reading, ...]]:
    """Return the clauses with words that mean a check for a fact replaced by its condition, and these readings."""
    words = [_plain_word(clause) for clause in clauses]
    tail = last_tail(words)
    read_clauses: list[Clause] = []
    readings: list[Reading] = []
    position = 0
    while position < len(clauses):
        phrase = find_stated_phrase(words, position, tail)
        if phrase is None:
            read_clauses.append(clauses[position])
            position += 1
            continue
        condition = Condition("no" if phrase.is_missing else "has", (phrase.fact_name,))
        end = position + phrase.word_count
        readings.append(Reading(" ".join(filter(None, words[position:end])), condition))
        read_clauses.append((condition,))
        position = end
    return tuple(read_clauses), tuple(readings)


def _plain_word(clause: Clause) -> str:
    """Return the text of a clause that is one word, else ""."""
    return clause[0].text if len(clause) == 1 and isinstance(clause[0], Word) and not clause[0].negated else ""


def _terms(line: str) -> Iterator[Term]:
    for match in _TERM.finditer(line):
        negated = match["not"] is not None
        if match["field"] is not None:
            pairs = (value.groups() for value in islice(_VALUE.finditer(match["values"]), MAX_TERMS))
            values = (quoted or unquoted for quoted, unquoted in pairs)
            yield Condition(match["field"], tuple(value for value in values if value and value.strip()), negated)
        elif match["phrase"] is not None:
            if match["phrase"].strip():
                yield Phrase(match["phrase"], negated)
        elif match["word"]:
            yield Word(match["word"], negated)
