"""Why a program matches: the most important of its texts that contains each word of a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..lean_typing import NamedTuple
from .documents import SearchWeight
from .folded_texts import FoldedTexts
from .normalize import FoldedWord, unordered_key
from .ranking import Token

_MIN_JOINED = 3  # letters of a word that may be what texts write with a hyphen


class Reason(NamedTuple):
    """A match in a program: the field, its text, and the word of the query that it contains."""

    field: str
    text: str
    term: str


class _AdjacentWords(NamedTuple):
    """Adjacent words of a query, as typed, run together, and in alphabetical order."""

    tokens: Sequence[Token]
    raw: str
    joined: str
    any_order: str


class _SoughtWord(NamedTuple):
    """A word of a query: the words it may be, its beginning with a space before it, and the word within others.

    The last two are "" where a text must have the whole word.
    """

    token: Token
    accepted: frozenset[FoldedWord]
    beginning: str
    within: str


class SoughtWords:
    """The words of a query, prepared once and then looked for in many programs."""

    def __init__(self, tokens: Sequence[Token], equivalents: Mapping[FoldedWord, Sequence[FoldedWord]]) -> None:
        self._names = [_adjacent_words(span) for span in _spans(tokens)]
        self._words = [_sought_word(token, equivalents) for token in tokens]

    def reasons(self, texts: FoldedTexts) -> Iterator[tuple[Token | None, Reason | None, SearchWeight | None]]:
        """Yield each reason with its word and the weight of its text; None for the word is a name of several words."""
        named: Sequence[Token] = ()
        for name in self._names:
            text = texts.find_name(name.joined, name.any_order)
            if text is not None:
                named = name.tokens
                yield None, Reason(text[1], text[2], name.raw), text[0]
                break
        for word in self._words:
            if word.token not in named:
                yield word.token, *_find(texts, word)


def _spans(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield every run of adjacent tokens, the longest first."""
    for length in range(len(tokens), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


def _adjacent_words(tokens: Sequence[Token]) -> _AdjacentWords:
    forms = [token.forms[0] for token in tokens]
    return _AdjacentWords(tokens, " ".join(token.raw for token in tokens), "".join(forms), unordered_key(forms))


def _sought_word(token: Token, equivalents: Mapping[FoldedWord, Sequence[FoldedWord]]) -> _SoughtWord:
    may_be_joined = len(token.raw) >= _MIN_JOINED and any(map(str.isdecimal, token.raw))  # "h1b" in "H-1B"
    return _SoughtWord(
        token,
        frozenset((*token.forms, *equivalents.get(token.forms[0], ()))),
        "" if token.corrected else f" {token.prefix}",
        token.forms[0] if may_be_joined else "",
    )


def _find(texts: FoldedTexts, word: _SoughtWord) -> tuple[Reason | None, SearchWeight | None]:
    """Return the first text that contains the word, or else the first with a word that starts with it; its weight."""
    accepted, beginning, within = word.accepted, word.beginning, word.within
    started: tuple[Reason | None, SearchWeight | None] = None, None
    for weight, field_name, text, folded in texts:
        if not accepted.isdisjoint(folded.words):
            return Reason(field_name, text, word.token.raw), weight
        if started[0] is None and ((beginning and beginning in folded.spaced) or (within and within in folded.joined)):
            started = Reason(field_name, text, word.token.raw), weight
    return started
