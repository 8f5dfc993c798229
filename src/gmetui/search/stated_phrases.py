"""Everyday words for `no:field` and `has:field`: "no deadline", "visa not stated", "without a salary", "has letters".

A phrase is a run of plain words around the name of a fact. Words that mean nothing here ("a", "any", "the") may stand
anywhere in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lean_typing import NamedTuple
from .normalize import cached_words, fold_key
from .stated_facts import StatedFact, fact_started_by, facts_by_key

_MISSING_LEADS = frozenset({"no", "without", "lacking", "lacks", "missing", "unstated", "unknown", "unpublished"})
_STATED_LEADS = frozenset({"has", "having", "states", "publishes", "lists"})
_NEGATED_VERBS = frozenset({"doesnt", "dont", "not"})
_STATED_TAILS = frozenset(
    {"stated", "published", "listed", "given", "known", "mentioned", "available", "specified", "posted", "provided"}
)
_VERBS = frozenset(
    {"state", "list", "give", "publish", "mention", "say", "have", "stating", "listing", "publishing", *_STATED_TAILS}
)
_MISSING_TAILS = frozenset({"unknown", "unstated", "unspecified", "missing", "unpublished", "unlisted", "none"})
_NEGATIONS = frozenset({"not", "isnt", "arent", "never", "wasnt"})
_TAILS = _NEGATIONS | _MISSING_TAILS | _STATED_TAILS
#: Words between a lead and the fact.
_FILLERS = frozenset(
    {"any", "a", "an", "their", "mention", "info", "information", "word", "about", "on", *_STATED_TAILS}
)
#: Words after the fact that belong to it.
_NOUN_TAILS = frozenset({"info", "information", "data", "details", *_STATED_TAILS})
_VERBS_TO_BE = frozenset({"is", "are", "was"})
_MAX_NAME_WORDS = 4  # of a fact: "letters of recommendation" has three, "of" among them


class StatedPhrase(NamedTuple):
    """A phrase: the name of its fact, whether the fact must be missing, and how many words it takes."""

    fact_name: str
    is_missing: bool
    word_count: int


class _Name(NamedTuple):
    fact: StatedFact
    end: int


def last_tail(words: Sequence[str]) -> int:
    """Return the position of the last word that can end a phrase that begins with its fact, -1 if there is none."""
    return max((position for position in range(len(words)) if _fold(words, position) in _TAILS), default=-1)


def find_stated_phrase(words: Sequence[str], start: int, tail: int) -> StatedPhrase | None:
    """Return the phrase that begins with the word at `start`. "" stands for whatever is no plain word.

    `tail` is `last_tail` of the words.
    """
    lead = _fold(words, start)
    if lead in _MISSING_LEADS or lead in _STATED_LEADS:
        return _phrase_after(words, start, start + 1, is_missing=lead in _MISSING_LEADS)
    if lead in _NEGATED_VERBS or (lead in ("do", "does") and _fold(words, start + 1) == "not"):
        verb = start + (2 if lead in ("do", "does") else 1)
        return _phrase_after(words, start, verb + 1, is_missing=True) if _fold(words, verb) in _VERBS else None
    name = _name_at(words, start) if start < tail else None
    return _phrase_with_tail(words, start, name) if name else None


def _fold(words: Sequence[str], position: int) -> str | None:
    """Return a word in the form in which it is compared, "" for one without meaning, None where there is no word."""
    if position >= len(words) or not words[position]:
        return None
    folded = cached_words(words[position])
    return folded[0] if len(folded) == 1 else None if folded else ""


def _skip(words: Sequence[str], position: int, skipped: frozenset[str]) -> int:
    while (folded := _fold(words, position)) is not None and (not folded or folded in skipped):
        position += 1
    return position


def _name_at(words: Sequence[str], start: int) -> _Name | None:
    """Return the longest name of a fact that begins at `start`."""
    name, parts = None, []
    for position in range(start, start + _MAX_NAME_WORDS):
        folded = _fold(words, position)
        if folded is None:
            break
        parts += [folded] if folded else []
        fact = facts_by_key().get(fold_key(" ".join(parts))) if folded else None
        name = _Name(fact, position + 1) if fact else name
    return name


def _phrase_after(words: Sequence[str], start: int, position: int, *, is_missing: bool) -> StatedPhrase | None:
    """Return the phrase whose fact follows its lead. The last word of a line may be the beginning of a name."""
    position = _skip(words, position, _FILLERS)
    name = _name_at(words, position)
    if name is None and position == len(words) - 1 and (fact := fact_started_by(words[position])):
        name = _Name(fact, position + 1)
    if name is None:
        return None
    end = name.end
    while _fold(words, end) in _NOUN_TAILS:
        end += 1
    return StatedPhrase(name.fact.name, is_missing, end - start)


def _phrase_with_tail(words: Sequence[str], start: int, name: _Name) -> StatedPhrase | None:
    """Return the phrase that begins with its fact: "visa not stated", "deadline is unknown"."""
    position = _skip(words, name.end, _VERBS_TO_BE)
    tail = _fold(words, position)
    if tail in _NEGATIONS and _fold(words, position + 1) in _STATED_TAILS:
        return StatedPhrase(name.fact.name, is_missing=True, word_count=position + 2 - start)
    if tail in _MISSING_TAILS or tail in _STATED_TAILS:
        return StatedPhrase(name.fact.name, tail in _MISSING_TAILS, position + 1 - start)
    return None
