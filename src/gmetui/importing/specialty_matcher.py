"""Which specialty of the reference a text or an id means: by name, by code, by the nearest name; or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..catalog.models import Catalog, Specialty
from ..search.normalize import in_any_order, joined, raw_words, words

_CLEAR, _MARGIN = 92, 4  # how like a name must be to be taken, of 100, and how much more than the next specialty's
_SHORTEST = 7  # letters of a word whose mistyping can be told
_LONGEST = 100
#: Words that say what kind of training it is, not in what.
_ASIDE = re.compile(
    r"\b(?:residency|residencies|fellowships?|programs?|programmes?|training|categorical|preliminary|advanced)\b"
    r"|\([^)]*\)$",
    re.IGNORECASE,
)


class Meant(NamedTuple):
    """What a text may mean; `near` when it is written like that only nearly."""

    specialties: tuple[Specialty, ...] = ()
    near: bool = False

    @property
    def one(self) -> Specialty | None:
        """The specialty, where there is no other that it may mean."""
        return self.specialties[0] if len(self.specialties) == 1 else None


class SpecialtyMatcher:
    """Finds the specialties of the reference."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_code: dict[str, Specialty] = {}
        self._official = {own.name.casefold(): (own,) for own in catalog.specialties if own.listed}
        self._by_name: dict[str, tuple[Specialty, ...]] = {}
        self._unordered: dict[str, tuple[Specialty, ...]] = {}
        listed = [own for own in catalog.specialties if own.listed]
        for own in listed:
            if own.code:
                self._by_code.setdefault(own.code, own)
        named = {own.name: own for own in listed}
        _learn(self._by_name, ((joined(name), own) for name, own in named.items()))
        _learn(self._unordered, ((in_any_order(raw_words(name)), own) for name, own in named.items()))
        doubtful = [(own.token, named[name]) for own in catalog.ambiguities for name in own.names if name in named]
        _learn(self._by_name, ((joined(token), own) for token, own in doubtful))
        for rank in range(3):  # what it is called comes before spellings, and they before short forms
            names = [(name, own) for own in listed for name in _names(own, rank)]
            _learn(self._by_name, ((joined(name), own) for name, own in names))
            _learn(self._unordered, ((in_any_order(raw_words(name)), own) for name, own in names))
        self._long = [name for name in self._by_name if len(name) >= _SHORTEST]
        self._phrases: dict[str, tuple[Specialty, ...]] = {}
        _learn(self._phrases, ((" ".join(words(own.name)), own) for own in listed))
        _learn(self._phrases, ((" ".join(words(own.label)), own) for own in listed))
        self.named = lru_cache(maxsize=20_000)(self._named)
        self.within = lru_cache(maxsize=50_000)(self._within)

    def of_code(self, code: str) -> Specialty | None:
        """Return the specialty whose ids begin with these three digits."""
        return self._by_code.get(code)

    def is_name(self, text: str) -> bool:
        """Tell whether a text is what a specialty is called, in full."""
        return " ".join(words(text)) in self._phrases

    def _named(self, text: str) -> Meant:
        """Return the specialties that a text may mean."""
        if len(text) > _LONGEST * 2:
            return Meant()
        for form in dict.fromkeys((text, re.sub(r"\([^)]*\)\s*$", "", text), _ASIDE.sub(" ", text))):
            found = self._official.get(form.strip().casefold()) or self._by_name.get(joined(form))
            found = found or self._unordered.get(in_any_order(raw_words(form)))
            if found and joined(form):
                return Meant(found)
        return self._nearest(joined(_ASIDE.sub(" ", text)))

    def _nearest(self, key: str) -> Meant:
        if not _SHORTEST <= len(key) <= _LONGEST:
            return Meant()
        from rapidfuzz import fuzz, process

        found = process.extract(key, self._long, scorer=fuzz.ratio, limit=6, score_cutoff=_CLEAR - _MARGIN)
        if not found or found[0][1] < _CLEAR:
            return Meant()
        name, score, _ = found[0]
        own = self._by_name[name]
        rivals = [other for other, near, _ in found if self._by_name[other] != own and near > score - _MARGIN]
        # A name with a word more or less ("pediatric …") is another one, not a mistyped one.
        return Meant() if rivals or abs(len(name) - len(key)) > 2 else Meant(own, near=True)

    def _within(self, text: str) -> Meant:
        """Return what the longest name of a specialty inside a longer text may mean."""
        parts = words(text)[:40]
        for length in range(min(len(parts), 8), 0, -1):
            for start in range(len(parts) - length + 1):
                found = self._phrases.get(" ".join(parts[start : start + length]))
                if found:
                    return Meant(found)
        return Meant()


def _learn(into: dict[str, tuple[Specialty, ...]], names: Iterator[tuple[str, Specialty]]) -> None:
    """Note names that are not taken yet; one that several have means any of them."""
    found: dict[str, dict[str, Specialty]] = {}
    for key, own in names:
        if key and key not in into:
            found.setdefault(key, {})[own.id] = own
    into.update({key: tuple(owners.values()) for key, owners in found.items()})


def _names(own: Specialty, rank: int) -> Iterator[str]:
    if rank == 0:
        yield from (own.label, re.split(r" - | \(", own.name, maxsplit=1)[0])  # one of two that are told apart
    elif rank == 1:
        yield from (*own.synonyms, *own.variants)
    else:
        yield from own.abbreviations
