"""`search(catalog, query) -> Results`: pure, and fast enough to call on every key press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from ..catalog.models import Catalog
from ..text import clean, nearest
from . import bitset as bitsets
from .bitset import Bits
from .facets import NOT_STATED, Selection
from .index import Index
from .normalize import raw_words
from .query import Clause, Condition, Phrase, Query, Term, Word
from .results import Results
from .sort import SORTS

if TYPE_CHECKING:
    from .filters import Meaning
    from .ranking import Token

# How words and conditions are matched is imported when there are any: the explorer opens without.

#: Terms of one query that are looked at: nobody types so many, but somebody pastes a book.
_MOST = 60

_indexes: WeakKeyDictionary[Catalog, Index] = WeakKeyDictionary()


def index_of(catalog: Catalog) -> Index:
    """Return the index of `catalog`, built when first asked for."""
    index = _indexes.get(catalog)
    if index is None:
        from .index_builder import build_index  # a compiled index needs none of it

        index = _indexes[catalog] = build_index(catalog)
    return index


def remember(index: Index) -> None:
    """Let `search` use a ready index for its catalog."""
    _indexes[index.catalog] = index


_listed: WeakKeyDictionary[Index, tuple[dict[str, str], Index]] = WeakKeyDictionary()


def _index_with(index: Index, listed: Mapping[str, str]) -> Index:
    """Return the index with a person's list in it, made again only when the list has changed."""
    known = _listed.get(index)
    if known is None or known[0] != listed:
        known = _listed[index] = dict(listed), index.with_list(listed)
    return known[1]


class _Narrowed(NamedTuple):
    """One clause that is not plain text: its programs, and the dimension it is about when it is about only one."""

    bits: Bits
    dimension: str | None = None
    selected: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reading:
    """A query on its way to results."""

    texts: list[str] = field(default_factory=list)
    narrowed: list[_Narrowed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def search(catalog: Catalog, query: Query, listed: Mapping[str, str] | None = None) -> Results:
    """Return the programs that `query` asks for, best first; never raises, whatever was typed.

    `listed` is what stands on the person's list: by program id what they say of it, or "".
    """
    index = _index_with(index_of(catalog), listed) if listed else index_of(catalog)
    reading = _Reading()
    for clause in query.clauses[:_MOST]:
        _read_clause(index, clause, reading)
    if len(query.clauses) > _MOST:
        reading.warnings.append(f"only the first {_MOST} terms are looked for")
    text, planes, tokens = _match_text(index, reading)
    bits = text
    for narrowed in reading.narrowed:
        bits &= narrowed.bits
    return Results(
        query=query,
        index=index,
        bits=bits,
        groups=tuple(bitsets.by_score(bits, planes)),
        order=_ordered(index, query.sort, bits, reading.warnings),
        tokens=tokens,
        selections=_selections(text, reading.narrowed),
        warnings=tuple(clean(warning) for warning in (*_corrections(tokens), *reading.warnings)),
        listed=listed,
    )


def _read_clause(index: Index, clause: Clause, reading: _Reading) -> None:
    if len(clause) == 1 and isinstance(clause[0], Word) and not clause[0].negated:
        reading.texts.append(clause[0].text)
        return
    parts = [_read_term(index, term, reading) for term in clause]
    understood = [part for part in parts if part is not None]
    if not understood:
        return
    bits = 0
    for part in understood:
        bits |= part.bits
    about = {part.dimension for part in understood}
    if len(about) == 1:
        selected = frozenset().union(*(part.selected for part in understood))
        excluded = frozenset().union(*(part.excluded for part in understood))
        reading.narrowed.append(_Narrowed(bits, about.pop(), selected, excluded))
    else:
        reading.narrowed.append(_Narrowed(bits))


def _read_term(index: Index, term: Term, reading: _Reading) -> _Narrowed | None:
    from .ranking import match_phrase, match_whole, match_words

    if isinstance(term, Condition):
        from .filters import interpret

        meaning = interpret(index, term)
        reading.warnings += meaning.warnings
        return _condition(index, meaning, term.negated)
    if isinstance(term, Phrase):
        bits = match_phrase(index, term.text)
    elif term.negated:
        bits = match_whole(index, term.text)
    else:
        bits = match_words(index, [term.text]).bits
    return _Narrowed(index.everything & ~bits if term.negated else bits)


def _condition(index: Index, meaning: Meaning, negated: bool) -> _Narrowed | None:
    if meaning.bits is None:
        return None
    bits = index.everything & ~meaning.bits if negated else meaning.bits
    if meaning.dimension is None:
        return _Narrowed(bits)
    values = frozenset([NOT_STATED] if meaning.unstated else meaning.values)
    none: frozenset[str] = frozenset()
    return _Narrowed(bits, meaning.dimension.name, none if negated else values, values if negated else none)


def _match_text(index: Index, reading: _Reading) -> tuple[Bits, tuple[Bits, ...], tuple[Token, ...]]:
    """Match the bare words. Signs alone ("&") are passed over beside words and find nothing on their own."""
    if not reading.texts:
        return index.everything, (), ()
    from .ranking import match_words

    texts = [text for text in reading.texts if raw_words(text)] or reading.texts
    matched = match_words(index, texts)
    return matched.bits, matched.planes, matched.tokens


def _selections(text: Bits, narrowed: Sequence[_Narrowed]) -> dict[str, Selection]:
    """Return, for each dimension the query speaks of, what all other clauses leave."""
    selections = {}
    for name in {part.dimension for part in narrowed if part.dimension is not None}:
        base = text
        selected: frozenset[str] = frozenset()
        excluded: frozenset[str] = frozenset()
        for part in narrowed:
            if part.dimension == name:
                selected, excluded = selected | part.selected, excluded | part.excluded
            else:
                base &= part.bits
        selections[name] = Selection(base, selected, excluded)
    return selections


def _ordered(index: Index, sort: str | None, bits: Bits, warnings: list[str]) -> tuple[int, ...] | None:
    if sort is None:
        return None
    descending = sort.startswith("-")
    key = sort.removeprefix("-").casefold()
    if key not in SORTS:
        near = nearest(key, list(SORTS))
        warnings.append(f"cannot sort by “{key}”; {f'{near}?' if near else ', '.join(SORTS)}")
        return None
    members = set(bitsets.positions(bits))
    return tuple(number for number in index.in_order(key, descending=descending) if number in members)


def _corrections(tokens: Sequence[Token]) -> list[str]:
    return [f"no “{token.raw}”; looked for “{token.forms[0]}”" for token in tokens if token.corrected]
