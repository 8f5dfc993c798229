"""Match text and codes with specialties: by name, by code, by the closest name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Specialty
from ..search.normalize import fold_key, folded_words, raw_words, unordered_key

# How similar a name must be, of 100, and how much more similar than the names of other specialties.
_MIN_SIMILARITY, _MIN_LEAD = 92, 4
_MIN_FUZZY_LENGTH = 7
_MAX_LENGTH, _MAX_TEXT = 100, 1_000
_MAX_WORDS, _MAX_PHRASE_WORDS = 40, 8
_FINAL_BRACKET = re.compile(r"\([^()]*\)$")
#: Words for the kind of training, which are not part of a specialty's name.
_TRAINING_WORDS = re.compile(
    r"\b(?:residency|residencies|fellowships?|programs?|programmes?|training|categorical|preliminary|advanced)\b"
    r"|\([^()]*\)$",
    re.IGNORECASE,
)
_SpecialtiesByKey = dict[str, tuple[Specialty, ...]]


class SpecialtyMatch(NamedTuple):
    """The specialties that a text may mean; `is_approximate` when the text is only similar to their name."""

    specialties: tuple[Specialty, ...] = ()
    is_approximate: bool = False

    @property
    def unique(self) -> Specialty | None:
        """The specialty, when it is the only one."""
        return self.specialties[0] if len(self.specialties) == 1 else None


class SpecialtyMatcher:
    """Matches the listed specialties of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        listed = [specialty for specialty in catalog.specialties if specialty.listed]
        by_official_name = {specialty.name: specialty for specialty in listed}
        self._by_code: dict[str, Specialty] = {}
        for specialty in listed:
            if specialty.code:
                self._by_code.setdefault(specialty.code, specialty)
        self._official = {specialty.name.casefold(): (specialty,) for specialty in listed}
        self._by_name: _SpecialtiesByKey = {}
        self._unordered: _SpecialtiesByKey = {}
        self._phrases: _SpecialtiesByKey = {}
        self._add_names(by_official_name.items())
        ambiguous = [
            (ambiguity.token, by_official_name[name])
            for ambiguity in catalog.ambiguities
            for name in ambiguity.names
            if name in by_official_name
        ]
        _add_keys(self._by_name, ((fold_key(token), specialty) for token, specialty in ambiguous))
        for names_of in (_main_names, _other_names, _abbreviations):  # an earlier kind of name takes precedence
            self._add_names([(name, specialty) for specialty in listed for name in names_of(specialty)])
        self._fuzzy_names = [name for name in self._by_name if len(name) >= _MIN_FUZZY_LENGTH]
        _add_keys(self._phrases, ((" ".join(folded_words(specialty.name)), specialty) for specialty in listed))
        _add_keys(self._phrases, ((" ".join(folded_words(specialty.label)), specialty) for specialty in listed))
        self._cached_match = lru_cache(maxsize=20_000)(self._match)
        self._cached_find_in = lru_cache(maxsize=50_000)(self._find_in)

    def _add_names(self, names: Iterable[tuple[str, Specialty]]) -> None:
        pairs = list(names)
        _add_keys(self._by_name, ((fold_key(name), specialty) for name, specialty in pairs))
        _add_keys(self._unordered, ((unordered_key(raw_words(name)), specialty) for name, specialty in pairs))

    def by_code(self, code: str) -> Specialty | None:
        """Return the specialty whose ids start with these three digits."""
        return self._by_code.get(code)

    def is_full_name(self, text: str) -> bool:
        """Return whether a text is the full name of a specialty."""
        return len(text) < _MAX_TEXT and " ".join(folded_words(text)) in self._phrases

    def match(self, text: str) -> SpecialtyMatch:
        """Return the specialties that a text may mean."""
        return self._cached_match(text)

    def find_in(self, text: str) -> SpecialtyMatch:
        """Return the specialties with the longest name that a longer text contains."""
        return self._cached_find_in(text)

    def _match(self, text: str) -> SpecialtyMatch:
        text = " ".join(text.split()) if len(text) < _MAX_LENGTH * 4 else ""
        if not text or len(text) > _MAX_LENGTH * 2:
            return SpecialtyMatch()
        for form in dict.fromkeys((text, _FINAL_BRACKET.sub("", text), _TRAINING_WORDS.sub(" ", text))):
            key = fold_key(form)
            specialties = (
                self._official.get(form.strip().casefold())
                or self._by_name.get(key)
                or self._unordered.get(unordered_key(raw_words(form)))
            )
            if specialties and key:
                return SpecialtyMatch(specialties)
        return self._match_similar(fold_key(_TRAINING_WORDS.sub(" ", text)))

    def _match_similar(self, key: str) -> SpecialtyMatch:
        if not _MIN_FUZZY_LENGTH <= len(key) <= _MAX_LENGTH:
            return SpecialtyMatch()
        from rapidfuzz import fuzz, process

        cutoff = _MIN_SIMILARITY - _MIN_LEAD
        similar = process.extract(key, self._fuzzy_names, scorer=fuzz.ratio, limit=6, score_cutoff=cutoff)
        if not similar or similar[0][1] < _MIN_SIMILARITY:
            return SpecialtyMatch()
        name, similarity, _ = similar[0]
        specialties = self._by_name[name]
        has_rival = any(
            self._by_name[other_name] != specialties and other_similarity > similarity - _MIN_LEAD
            for other_name, other_similarity, _ in similar
        )
        # A name with one more or one less word ("pediatric …") is another name, not a misspelled one.
        is_other_name = abs(len(name) - len(key)) > 2
        return SpecialtyMatch() if has_rival or is_other_name else SpecialtyMatch(specialties, is_approximate=True)

    def _find_in(self, text: str) -> SpecialtyMatch:
        parts = folded_words(text[:_MAX_TEXT])[:_MAX_WORDS]
        for length in range(min(len(parts), _MAX_PHRASE_WORDS), 0, -1):
            for start in range(len(parts) - length + 1):
                specialties = self._phrases.get(" ".join(parts[start : start + length]))
                if specialties:
                    return SpecialtyMatch(specialties)
        return SpecialtyMatch()


def _add_keys(specialties_by_key: _SpecialtiesByKey, pairs: Iterable[tuple[str, Specialty]]) -> None:
    """Add the keys that are not taken yet; a key of several specialties means any of them."""
    new_keys: dict[str, dict[str, Specialty]] = {}
    for key, specialty in pairs:
        if key and key not in specialties_by_key:
            new_keys.setdefault(key, {})[specialty.id] = specialty
    specialties_by_key.update({key: tuple(specialties.values()) for key, specialties in new_keys.items()})


def _main_names(specialty: Specialty) -> Iterator[str]:
    yield specialty.label
    yield re.split(r" - | \(", specialty.name, maxsplit=1)[0]  # the name before what tells two specialties apart


def _other_names(specialty: Specialty) -> Sequence[str]:
    return (*specialty.synonyms, *specialty.variants)


def _abbreviations(specialty: Specialty) -> Sequence[str]:
    return specialty.abbreviations
