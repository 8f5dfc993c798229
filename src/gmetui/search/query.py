"""The query language: one frozen `Query` that reads from a line and writes itself back.

Space is AND, `OR` between two terms joins them, `-` or `NOT` excludes. A term is a bare word, a "phrase", or a
condition `field:value,value`. `no:field` and `has:field` ask whether something is stated; `sort:key` orders.
Any line parses; what a field or value means is decided by `search`, which warns of what it doesn't know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"""(?P<not>-)?(?:
        (?P<field>[^\W\d][\w-]*):(?P<values>(?:"[^"]*(?:"|$)|[^\s",]+|,)*)
      | "(?P<phrase>[^"]*)(?:"|$)
      | (?P<word>\S+)
    )""",
    re.VERBOSE,
)
_VALUE = re.compile(r'"([^"]*)(?:"|$)|([^",]+)')
_PLAIN_VALUE = re.compile(r'[^\s",]+\Z')


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, as it was typed."""

    text: str
    negated: bool = False

    def __str__(self) -> str:
        """The word as it stands in a line."""
        return f"{'-' * self.negated}{self.text}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side."""

    text: str
    negated: bool = False

    def __str__(self) -> str:
        """The phrase as it stands in a line."""
        return f'{"-" * self.negated}"{self.text}"'


@dataclass(frozen=True, slots=True)
class Condition:
    """`field:value,value`: one of the values. The field "no" or "has" takes field names as values."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        """The condition as it stands in a line."""
        return f"{'-' * self.negated}{self.field}:{','.join(map(_quoted, self.values))}"


Term = Word | Phrase | Condition
#: Terms of which one has to hold.
Clause = tuple[Term, ...]


def _quoted(value: str) -> str:
    return value if _PLAIN_VALUE.match(value) else f'"{value}"'


@dataclass(frozen=True, slots=True)
class Query:
    """The whole filter state: every clause must hold. `sort` is a key, with "-" before it for descending."""

    clauses: tuple[Clause, ...] = ()
    sort: str | None = None

    @classmethod
    def parse(cls, line: str) -> Query:
        """Read a query from a line. Every line is a query."""
        clauses: list[Clause] = []
        sort: str | None = None
        joining = negating = False
        for term in _terms(line):
            if term == Word("OR") and clauses:
                joining = True
            elif term == Word("NOT"):
                negating = True
            elif isinstance(term, Condition) and term.field.casefold() == "sort":
                key = term.values[-1] if term.values else ""
                sort = ("-" * term.negated + key) if key.strip("-") else sort
            elif term != Word("OR"):
                term = replace(term, negated=term.negated != negating)
                if joining:
                    clauses[-1] = (*clauses[-1], term)
                else:
                    clauses.append((term,))
                joining = negating = False
        return cls(tuple(clauses), sort)

    def __str__(self) -> str:
        """Write the query as a line that parses back to it."""
        parts = [self.clause_text(place) for place in range(len(self.clauses))]
        if self.sort:
            descending = self.sort.startswith("-")
            parts.append(f"{'-' * descending}sort:{_quoted(self.sort[descending:])}")
        return " ".join(parts)

    def __bool__(self) -> bool:
        """Tell whether anything is asked; the order alone asks nothing."""
        return bool(self.clauses)

    def clause_text(self, place: int) -> str:
        """Return the `place`-th clause as it stands in a line."""
        return " OR ".join(map(str, self.clauses[place]))

    def with_clause(self, *terms: Term) -> Query:
        """Return the query with one more clause."""
        return replace(self, clauses=(*self.clauses, terms))

    def without_clause(self, index: int) -> Query:
        """Return the query without its `index`-th clause."""
        return replace(self, clauses=self.clauses[:index] + self.clauses[index + 1 :])

    def with_clause_at(self, index: int, terms: Iterable[Term]) -> Query:
        """Return the query with its `index`-th clause replaced; no terms remove it."""
        new = tuple(terms)
        middle = (new,) if new else ()
        return replace(self, clauses=(*self.clauses[:index], *middle, *self.clauses[index + 1 :]))

    def sorted_by(self, sort: str | None) -> Query:
        """Return the query with another order; None is best first."""
        return replace(self, sort=sort)

    def without_conditions(self) -> Query:
        """Return the query with its words and phrases alone."""
        kept = (clause for clause in self.clauses if not any(isinstance(term, Condition) for term in clause))
        return replace(self, clauses=tuple(kept))


def _terms(line: str) -> Iterator[Term]:
    for found in _TOKEN.finditer(line):
        negated = found["not"] is not None
        if found["field"] is not None:
            values = (quoted or plain for quoted, plain in _VALUE.findall(found["values"]))
            yield Condition(found["field"], tuple(value for value in values if value.strip()), negated)
        elif found["phrase"] is not None:
            if found["phrase"].strip():
                yield Phrase(found["phrase"], negated)
        elif found["word"]:
            yield Word(found["word"], negated)
