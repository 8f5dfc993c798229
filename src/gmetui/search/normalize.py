"""Text to the words it is searched by: case, accents, punctuation, British spelling and plural fold away.

Both sides of a comparison are folded the same way, so a rule may be blunt ("michael" becomes "michel") as long as
it brings no two common words of this field together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NewType

#: A word after folding.
Folded = NewType("Folded", str)

_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’ʼ]")
_AND = re.compile(r"[&+]")
#: Words that carry nothing here; a query may hold them anywhere.
STOP_WORDS = frozenset({"and", "or", "of", "the", "in", "for", "at", "to", "with", "program", "programme"})
_BRITISH = re.compile(
    r"(?P<e>ae|oe)|(?<=[imlvb])(?P<or>our)(?=$|al|s)|(?P<iz>is)(?=ation|e$|ing$)"
    r"|(?<=[tb])(?P<er>re)$|(?<=[cf])(?P<ence>ense)$|(?P<l>ll)(?=ing$|or$|er$|ed$)"
)
_PEOPLE = re.compile(r"(?P<field>\w+(?:olog|iatr))ist|(?P<branch>\w+(?:iatr|etr))ician")
_SHORTEST_SPELLED = 5


def words(text: str) -> list[Folded]:
    """Return the folded words of `text` in order, stop words left out."""
    return [fold_word(raw) for raw in raw_words(text)]


def raw_words(text: str) -> list[str]:
    """Return the words of `text`, lower-case and without accents, but otherwise as they are spelt."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", _AND.sub(" and ", text.casefold()))
    return [word for word in _WORDS.findall(plain) if word not in STOP_WORDS]


@lru_cache(maxsize=100_000)
def fold_word(raw: str) -> Folded:
    """Return the folded form of one word from `raw_words`: American spelling, singular, the field for its people."""
    return Folded(_field(_singular(spelled(raw))))


@lru_cache(maxsize=100_000)
def spelled(raw: str) -> str:
    """Return a word in American spelling. What a person has typed so far is compared as a prefix in this form."""
    if len(raw) < _SHORTEST_SPELLED:
        return raw
    return _BRITISH.sub(lambda found: found.lastgroup or "", raw)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _field(word: str) -> str:
    """Return the field that a word for its people stands for: dermatologist, pediatrician, surgeon."""
    if word == "surgeon":
        return "surgery"
    found = _PEOPLE.fullmatch(word)
    if found is None:
        return word
    return f"{found['field']}y" if found["field"] else f"{found['branch']}ic"


def joined(text: str) -> str:
    """Return the folded words of `text` run together: "OB/GYN", "ob gyn" and "obgyn" are one."""
    return "".join(words(text))


def in_any_order(parts: Iterable[str]) -> str:
    """Return a key that is the same for the same words in any order."""
    return " ".join(sorted(parts))
