"""Turns text into the words it is searched by: case, accents, punctuation, British spelling and plurals fold away.

Texts and queries are folded by the same rules, so a rule may be blunt ("michael" becomes "michel") as long as it does
not merge two common words of the field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..lean_typing import NewType
from ..text import without_long_mark_runs

#: A word after folding.
FoldedWord = NewType("FoldedWord", str)

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = ("'", "’", "ʼ")
_AND = ("&", "+")
#: Words without meaning in this field. A query may contain them anywhere.
STOP_WORDS = frozenset(
    {"and", "or", "of", "the", "in", "for", "at", "to", "with", "program", "programme", "programs", "programmes"}
)
#: British spellings; the name of the group that matched is the American replacement.
_BRITISH = re.compile(
    r"(?P<e>ae|oe)|(?<=[imlvb])(?P<or>our)(?=$|al|s)|(?P<iz>is)(?=ation|e$|ing$)"
    r"|(?<=[tb])(?P<er>re)$|(?<=[cf])(?P<ence>ense)$|(?P<l>ll)(?=ing$|or$|er$|ed$)"
)
_MIN_BRITISH_LENGTH = 5
_PRACTITIONER = re.compile(r"(?P<discipline>\w+(?:olog|iatr))ist|(?P<branch>\w+(?:iatr|etr))ician")
_CACHED_WORDS, _CACHED_TEXTS = 100_000, 4000


def folded_words(text: str) -> list[FoldedWord]:
    """Return the folded words of `text` in order, without stop words."""
    return [FoldedWord(word) if word.isdecimal() else fold_word(word) for word in raw_words(text)]


def raw_words(text: str) -> list[str]:
    """Return the words of `text` in lower case and without accents, otherwise as spelled, without stop words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", without_long_mark_runs(text))
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    text = text.casefold()
    for character in _AND:
        text = text.replace(character, " and ")
    for character in _APOSTROPHES:
        text = text.replace(character, "")
    return [word for word in _WORD.findall(text) if word not in STOP_WORDS]


@lru_cache(_CACHED_TEXTS)
def cached_words(text: str) -> tuple[str, ...]:
    """Return what `raw_words` does, for words that are looked at on each key press: typed ones, and those of names."""
    return tuple(raw_words(text))


@lru_cache(maxsize=_CACHED_WORDS)
def fold_word(word: str) -> FoldedWord:
    """Return the folded form of a word from `raw_words`: American, singular, the discipline for its practitioners."""
    return FoldedWord(_discipline(_singular(americanize(word))))


@lru_cache(maxsize=_CACHED_WORDS)
def americanize(word: str) -> str:
    """Return a word in American spelling. The start of a word is compared in this form, since it has no ending yet."""
    if len(word) < _MIN_BRITISH_LENGTH:
        return word
    return _BRITISH.sub(lambda match: match.lastgroup or "", word)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _discipline(word: str) -> str:
    """Return the discipline of a practitioner: dermatology for dermatologist, pediatric for pediatrician."""
    if word == "surgeon":
        return "surgery"
    match = _PRACTITIONER.fullmatch(word)
    if match is None:
        return word
    return f"{match['discipline']}y" if match["discipline"] else f"{match['branch']}ic"


def fold_key(text: str) -> str:
    """Return the folded words of `text` run together: "OB/GYN", "ob gyn" and "obgyn" have the same key."""
    return "".join(folded_words(text))


def unordered_key(words: Iterable[str]) -> str:
    """Return a key that is the same for the same words in any order."""
    return " ".join(sorted(words))
