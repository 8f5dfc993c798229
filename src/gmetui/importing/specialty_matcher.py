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
_MIN_SHORTENED, _MIN_SINGLE_SHORTENED, _MIN_ABBREVIATION = 3, 5, 4  # letters
#: Short forms that are not the start of the word.
_SPOKEN_WORDS = {
    "cards": "cardiolog",
    "rads": "radiolog",
    "peds": "pediatric",
    "heme": "hematolog",
    "anes": "anesthesi",
}
#: Words that the end of a shortened name may leave out: "Brain Injury" is "brain injury medicine".
_OMITTED_WORDS = frozenset(("medicine", "surgery", "disease", "diseases", "care", "imaging", "radiology", "fellowship"))
#: Words of specialties that names of institutions and programs have too.
_COMMON_WORDS = frozenset(
    (
        *(
            "medicine",
            "medical",
            "health",
            "care",
            "general",
            "hospital",
            "community",
            "center",
            "university",
            "school",
        ),
        *("college", "clinic", "system", "children", "women", "adult", "and", "of", "in", "the", "for", "at", "with"),
        *("to", "research", "clinical", "science", "program", "track"),
    )
)
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
        self._shortened = _ShortenedNames(
            (name, specialty)
            for specialty in listed
            for name in dict.fromkeys((specialty.name, specialty.label, *_other_names(specialty)))
        )
        self._vocabulary = self._add_phrases(listed)
        self._cached_match = lru_cache(maxsize=20_000)(self._match)
        self._cached_find_in = lru_cache(maxsize=50_000)(self._find_in)

    def _add_phrases(self, listed: Sequence[Specialty]) -> frozenset[str]:
        """Add the names that a longer text may contain, and return the words of the full ones."""
        for names_of in (_official_names, _main_names):
            pairs = [(name, specialty) for specialty in listed for name in names_of(specialty)]
            _add_keys(self._phrases, ((" ".join(folded_words(name)), specialty) for name, specialty in pairs))
        vocabulary = frozenset(word for phrase in self._phrases for word in phrase.split()) - _COMMON_WORDS
        abbreviations = [(name, specialty) for specialty in listed for name in specialty.abbreviations]
        _add_keys(self._phrases, ((_abbreviation_key(name), specialty) for name, specialty in abbreviations))
        return vocabulary

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
        """Return the specialties with the longest name that a longer text contains.

        Half of a name is none: in "Med-Prelim/Neurology", "neurology" stands beside words that specialties have too.
        """
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
        similar = self._match_similar(fold_key(_TRAINING_WORDS.sub(" ", text)))
        if similar.specialties:
            return similar
        return SpecialtyMatch(self._shortened.match(_TRAINING_WORDS.sub(" ", text)), is_approximate=True)

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
        words = folded_words(text[:_MAX_TEXT])[:_MAX_WORDS]
        for length in range(min(len(words), _MAX_PHRASE_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                specialties = self._phrases.get(" ".join(words[start : start + length]))
                if specialties:
                    neighbors = (*words[max(0, start - 1) : start], *words[start + length : start + length + 1])
                    is_half = any(map(self._is_specialty_word, neighbors))
                    return SpecialtyMatch() if is_half else SpecialtyMatch(specialties)
        return SpecialtyMatch()

    def _is_specialty_word(self, word: str) -> bool:
        """Return whether names of specialties have a word, or a longer one that it shortens: "prelim"."""
        if word in self._vocabulary or len(word) < _MIN_SINGLE_SHORTENED:
            return word in self._vocabulary
        return any(longer.startswith(word) for longer in self._vocabulary)


class _ShortenedNames:
    """Names whose words may be shortened: "Int Med" is "internal medicine", "Clin Neurophys" a subspecialty.

    Each word must be the start of the name's word at the same place. Only words that many names share may be missing at
    the end, and a single word must be long. Whatever fits several specialties means any of them.
    """

    def __init__(self, names: Iterable[tuple[str, Specialty]]) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], Specialty]]] = {}
        for name, specialty in names:
            words = tuple(raw_words(name))
            if words:
                self._names.setdefault(words[0][:_MIN_SHORTENED], []).append((words, specialty))

    def match(self, text: str) -> tuple[Specialty, ...]:
        """Return the specialties whose names `text` may shorten."""
        shortened = tuple(raw_words(text))
        if not shortened or len(shortened[0]) < _MIN_SHORTENED or len(shortened) > _MAX_PHRASE_WORDS:
            return ()
        if len(shortened) == 1 and len(shortened[0]) < _MIN_SINGLE_SHORTENED:
            return ()
        candidates = self._names.get(shortened[0][:_MIN_SHORTENED], ())
        fitting = [(words, specialty) for words, specialty in candidates if _shortens(shortened, words)]
        complete = [(words, specialty) for words, specialty in fitting if len(words) == len(shortened)]
        return tuple({specialty.id: specialty for _words, specialty in complete or fitting}.values())


def _shortens(shortened: Sequence[str], words: Sequence[str]) -> bool:
    return (
        len(shortened) <= len(words)
        and all(map(_is_start, shortened, words))
        and _OMITTED_WORDS.issuperset(words[len(shortened) :])
    )


def _is_start(start: str, word: str) -> bool:
    return word.startswith(_SPOKEN_WORDS.get(start, start))


def _abbreviation_key(abbreviation: str) -> str:
    """Return an abbreviation as part of a name, such as "Base Hospital OBGYN"; short ones could be anything."""
    words = folded_words(abbreviation)
    return words[0] if len(words) == 1 and len(words[0]) >= _MIN_ABBREVIATION else ""


def _add_keys(specialties_by_key: _SpecialtiesByKey, pairs: Iterable[tuple[str, Specialty]]) -> None:
    """Add the keys that are not taken yet; a key of several specialties means any of them."""
    new_keys: dict[str, dict[str, Specialty]] = {}
    for key, specialty in pairs:
        if key and key not in specialties_by_key:
            new_keys.setdefault(key, {})[specialty.id] = specialty
    specialties_by_key.update({key: tuple(specialties.values()) for key, specialties in new_keys.items()})


def _official_names(specialty: Specialty) -> Sequence[str]:
    return (specialty.name,)


def _main_names(specialty: Specialty) -> Iterator[str]:
    yield specialty.label
    yield re.split(r" - | \(|(?<=logy)-", specialty.name, maxsplit=1)[
        0
    ]  # the name before what tells two specialties apart


def _other_names(specialty: Specialty) -> Sequence[str]:
    return (*specialty.synonyms, *specialty.variants)


def _abbreviations(specialty: Specialty) -> Sequence[str]:
    return specialty.abbreviations
