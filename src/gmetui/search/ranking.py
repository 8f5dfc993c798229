"""Bare words to programs, best first: aliases before words, words before prefixes, text last, typos forgiven.

Each word gives every program at most one level, the best of the ways it matches; all words must match; the sum of
levels is the rank. Neighbouring words are also looked up together ("heme onc", "ob gyn", "pm r", "h 1b"), in either
order, and what they name together counts for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, cast

from . import bitset as bitsets
from .bitset import Bits
from .documents import Tier
from .index import Index
from .normalize import Folded, fold_word, in_any_order, raw_words, spelled

ALIAS, COMPLETED, WORD, PREFIX, WIDE, TEXT, TEXT_PREFIX = 7, 6, 5, 4, 3, 2, 1
_EXACT = {
    Tier.NAME: WORD,
    Tier.PLACE: WORD,
    Tier.KIND: WORD,
    Tier.ALSO: PREFIX,
    Tier.WIDE: WIDE,
    Tier.TEXT: TEXT,
}
_BEGUN = {
    Tier.NAME: PREFIX,
    Tier.PLACE: PREFIX,
    Tier.KIND: PREFIX,
    Tier.ALSO: WIDE,
    Tier.WIDE: TEXT,
    Tier.TEXT: TEXT_PREFIX,
}

_SHORT = 3  # letters; such a word matches whole words where there are any
_LONGEST_SPAN = 7  # words that are looked up together
_CODE = 4  # letters and digits from which a word with a digit may be the beginning of a code
_FORMS = 3  # spellings of one mistyped word that are tried in names of several words
_MEMO = 4096
_MOST = 60  # words that are looked at, in whatever way they were divided


@dataclass(slots=True)
class Token:
    """One folded word of a query: how it is read, and the programs it matches by level."""

    raw: str
    forms: tuple[Folded, ...]
    corrected: bool = False
    levels: list[Bits] = field(default_factory=lambda: [0] * 8)

    @property
    def prefix(self) -> str:
        """What begins a word in the vocabulary."""
        return spelled(self.raw)


class Matched(NamedTuple):
    """The programs that hold all words, with their score spread over planes, and how the words were read."""

    bits: Bits
    planes: tuple[Bits, ...] = ()
    tokens: tuple[Token, ...] = ()


def match_words(index: Index, texts: Sequence[str]) -> Matched:
    """Return the programs that hold every word of `texts`."""
    raws = [raw for text in texts for raw in raw_words(text)]
    tokens = [_token(index, raw) for raw in raws[:_MOST]]
    if not tokens:
        return Matched(index.everything if not texts else 0)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _LONGEST_SPAN, len(tokens)) + 1):
            _look_up_together(index, tokens[start:end])
    matched = index.everything
    planes: list[Bits] = []
    for token in tokens:
        matched &= _any_level(token)
    for token in tokens:
        better = 0
        for level in range(ALIAS, 0, -1):
            here = token.levels[level] & matched & ~better
            if here:
                bitsets.add_score(planes, here, 2 * level)
                better |= here
    bitsets.add_score(planes, matched & index.usual, 1)  # never more than a tie is worth
    return Matched(matched, tuple(planes), tuple(tokens))


def _any_level(token: Token) -> Bits:
    found = 0
    for bits in token.levels:
        found |= bits
    return found


def _token(index: Index, raw: str) -> Token:
    """Read one word; what does not depend on its neighbours is remembered from key press to key press."""
    known = index.memo.get(raw)
    if known is None:
        if len(index.memo) > _MEMO:
            index.memo.clear()
        known = index.memo[raw] = _read(index, raw)
    assert isinstance(known, Token)
    return Token(known.raw, known.forms, known.corrected, list(known.levels))


def _read(index: Index, raw: str) -> Token:
    folded = fold_word(raw)
    token = Token(raw, (folded,))
    _add_exact(index, token, folded)
    whole = any(token.levels[WIDE:])
    if _is_code(raw):
        token.levels[WIDE] |= bitsets.from_positions(index.codes.begun(folded), index.size)
    if not index.bits(folded, Tier.KIND) and (len(raw) > _SHORT or not whole):
        _add_begun(index, token)
    if not _any_level(token):
        forms = _corrections(index, raw)
        if forms:
            token.forms, token.corrected = forms, True
            for form in forms:
                _add_exact(index, token, form)
    return token


def _is_code(raw: str) -> bool:
    return len(raw) >= _CODE and any(letter.isdecimal() for letter in raw)


def _add_exact(index: Index, token: Token, word: Folded) -> None:
    for tier, level in _EXACT.items():
        token.levels[level] |= index.bits(word, tier)
    for other in index.equivalents.get(word, ()):
        token.levels[WIDE] |= index.bits(other, Tier.NAME)
    if index.bits(word, Tier.KIND):
        _forget(token, below=WORD)  # "fellowship" asks for fellowships, not for texts that speak of one


def _add_begun(index: Index, token: Token) -> None:
    tiers = [tier for tier in _BEGUN if len(token.raw) > _SHORT or tier >= Tier.ALSO]
    found = [index.postings[word] for word in index.prefixed(token.prefix)]
    for tier in tiers:
        token.levels[_BEGUN[tier]] |= bitsets.union((held[tier] for held in found), index.size)


def _forget(token: Token, *, below: int) -> None:
    token.levels[:below] = [0] * below


def _look_up_together(index: Index, span: Sequence[Token]) -> None:
    """Credit every word of `span` with what the words name together."""
    for forms in product(*(token.forms[:_FORMS] for token in span)):
        key = "".join(forms)
        named = index.named(index.aliases, key)
        if len(span) > 1:
            named |= index.named(index.shuffled, in_any_order(forms))
            _credit_compound(index, span, Folded(key))
        place = index.named(index.places, key)
        for token in span:
            token.levels[ALIAS] |= named
            if place:
                _forget(token, below=WIDE)  # the name of an institution narrows to it
                token.levels[WORD] |= place
    _credit_completed(index, span)


def _credit_compound(index: Index, span: Sequence[Token], word: Folded) -> None:
    if word not in index.postings:
        return
    for tier, level in _EXACT.items():
        for token in span:
            token.levels[level] |= index.bits(word, tier)


def _credit_completed(index: Index, span: Sequence[Token]) -> None:
    last = span[-1]
    if last.corrected or (len(last.raw) <= _SHORT and any(last.levels[WORD:])):
        return
    completed = index.completed(" ".join([*(token.forms[0] for token in span[:-1]), last.prefix]))
    for token in span:
        token.levels[COMPLETED] |= completed


def _corrections(index: Index, raw: str) -> tuple[Folded, ...]:
    """Return the words of the vocabulary that `raw` is most likely a slip of the finger for."""
    allowed = 0 if len(raw) <= _SHORT else 1 if len(raw) < 8 else 2
    if not allowed:
        return ()
    from rapidfuzz import process  # only a mistyped word needs it
    from rapidfuzz.distance import OSA

    word = fold_word(raw)
    best: dict[Folded, int] = {}
    for choices, pool in _choices(index, len(word), allowed):
        for _, distance, place in process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None):
            known = pool[place]
            best[known] = min(best.get(known, allowed), int(distance))
    return tuple(_likeliest(index, best, word))


def _choices(index: Index, length: int, allowed: int) -> list[tuple[Sequence[str], Sequence[Folded]]]:
    """Return what a word of `length` letters is compared with: whole words, and the beginnings of longer ones."""
    key = "choices", length
    known = index.memo.get(key)
    if known is None:
        near = range(max(_SHORT + 1, length - allowed), length + allowed + 1)
        whole = [word for size in near for word in index.by_length.get(size, ())]
        far = (size for size in index.by_length if size > length > _SHORT + 1)
        longer = [word for size in far for word in index.by_length[size]]
        known = index.memo[key] = [(whole, whole), ([word[:length] for word in longer], longer)]
    return cast("list[tuple[Sequence[str], Sequence[Folded]]]", known)


def _likeliest(index: Index, best: dict[Folded, int], word: str) -> Iterator[Folded]:
    """Yield the nearest words; words of names before words of texts, whole words before beginnings."""

    def rank(known: Folded) -> tuple[int, bool, bool, int]:
        named = any(index.bits(known, tier) for tier in Tier if tier >= Tier.ALSO)
        return best[known], not named, known[:1] != word[:1], abs(len(known) - len(word))

    ordered = sorted(best, key=rank)
    if ordered:
        first = rank(ordered[0])[:2]
        yield from (known for known in ordered if rank(known)[:2] == first)


def match_phrase(index: Index, text: str) -> Bits:
    """Return the programs in one of whose texts the words of `text` stand side by side."""
    parts = [fold_word(raw) for raw in raw_words(text)]
    if not parts:
        return 0
    found = index.everything
    for part in parts:
        found &= index.held(part)
    return index.phrases.holding(" ".join(parts), index.size) if found and len(parts) > 1 else found


def match_whole(index: Index, text: str) -> Bits:
    """Return the programs that hold the words of `text` whole: what `-word` leaves out."""
    parts = [fold_word(raw) for raw in raw_words(text)]
    found = index.named(index.aliases, "".join(parts))
    together = index.everything if parts else 0
    for part in parts:
        together &= index.held(part)
    return found | together
