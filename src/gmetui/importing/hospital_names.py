"""How similar the name of a hospital is to the names of institutions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Institution
from ..catalog.us_states import STATES
from .institution_matcher import normalized_name

_GENERIC_WORDS = frozenset(
    (
        *("hospital", "hospitals", "medical", "medicine", "center", "centers", "health", "healthcare", "university"),
        *("system", "systems", "clinic", "clinics", "school", "college", "program", "regional", "institute", "network"),
        *(
            "consortium",
            "education",
            "graduate",
            "care",
            "campus",
            "main",
            "residency",
            "gme",
            "affiliated",
            "alliance",
        ),
    )
)
_GENERIC_WEIGHT, _COMMON_WEIGHT = 0.25, 0.5
_COMMON_WORDS = frozenset(
    ("st", "memorial", "community", "children", "general", "veterans", "women", "womens", "county")
)
_TEXT_SHARE = 0.75  # how much the words of the text count, against those of the name
_MIN_COMMON, _MIN_NAME_SHARE = 1.0, 0.5  # what a text and a name must have in common to be more than vaguely similar
_VAGUE_SIMILARITY = 0.6
_ACRONYM_SIMILARITY, _RELATED_SIMILARITY = 0.95, 0.85
_MIN_FUZZY_LENGTH, _MIN_FUZZY = 5, 85
_MIN_ACRONYM = 2
_MAX_TEXT = 200


class _NamedInstitution(NamedTuple):
    """A name of an institution as a set of words, and how well a text that equals it fits (0 to 1)."""

    institution: Institution
    words: frozenset[str]
    certainty: float


class HospitalNames:
    """The names of all institutions of a catalog, by their words."""

    def __init__(self, catalog: Catalog) -> None:
        self._names_by_word: dict[str, list[_NamedInstitution]] = {}
        self._by_key: dict[str, list[tuple[Institution, float]]] = {}
        places = (place for institution in catalog.institutions for place in (institution.city, institution.state))
        names = (*filter(None, places), *STATES.values())
        self._place_words = frozenset(word for place in names for word in normalized_name(place).split())
        for institution in catalog.institutions:
            for name, certainty in _names_of(institution):
                self._add(institution, name, certainty)
        self._vocabulary = [word for word in self._names_by_word if len(word) >= _MIN_FUZZY_LENGTH]
        self.similarities = lru_cache(maxsize=10_000)(self._similarities)

    def _add(self, institution: Institution, name: str, certainty: float) -> None:
        words = frozenset(normalized_name(name).split())
        self._by_key.setdefault("".join(normalized_name(name).split()), []).append((institution, certainty))
        for word in words:
            named = _NamedInstitution(institution, words, certainty)
            self._names_by_word.setdefault(word, []).append(named)

    def _similarities(self, text: str) -> Mapping[str, float]:
        """Return how similar institutions are to a text (0 to 1), by id; those without a common word are left out."""
        key = normalized_name(text[:_MAX_TEXT])
        similarities: dict[str, float] = {}
        for institution, certainty in self._by_key.get("".join(key.split()), ()):
            similarities[institution.id] = max(certainty, similarities.get(institution.id, 0))
        words = frozenset(self._known_word(word) for word in key.split())
        candidates = (named for word in words - _GENERIC_WORDS for named in self._names_by_word.get(word, ()))
        for named in candidates:
            similarity = self._similarity(words, named.words) * named.certainty
            if similarity > similarities.get(named.institution.id, 0):
                similarities[named.institution.id] = similarity
        return similarities

    def _similarity(self, words: Iterable[str], name_words: frozenset[str]) -> float:
        """Return how similar words are to those of a name; never much if they have little in common that is its own."""
        text_weights = {word: self._weight(word) for word in words}
        common = sum(weight for word, weight in text_weights.items() if word in name_words)
        text_share = common / max(sum(text_weights.values()), _GENERIC_WEIGHT)
        name_share = common / max(sum(map(self._weight, name_words)), _GENERIC_WEIGHT)
        similarity = _TEXT_SHARE * text_share + (1 - _TEXT_SHARE) * name_share
        is_vague = common < _MIN_COMMON or name_share < _MIN_NAME_SHARE
        return min(similarity, _VAGUE_SIMILARITY) if is_vague else similarity

    def _weight(self, word: str) -> float:
        if word in _GENERIC_WORDS:
            return _GENERIC_WEIGHT
        return _COMMON_WEIGHT if word in _COMMON_WORDS or word in self._place_words else 1.0

    def _known_word(self, word: str) -> str:
        """Return the word of a name that a misspelled word is closest to, or the word itself."""
        if word in self._names_by_word or len(word) < _MIN_FUZZY_LENGTH:
            return word
        from rapidfuzz import fuzz, process

        similar = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_MIN_FUZZY)
        return similar[0] if similar else word


def _names_of(institution: Institution) -> Iterator[tuple[str, float]]:
    for name in filter(None, (institution.name, institution.short_name, *institution.also_called)):
        yield name, 1
        if len(initials := _initials(name)) >= _MIN_ACRONYM:
            yield initials, _ACRONYM_SIMILARITY
    for name in filter(None, (institution.flagship, institution.system, institution.medical_school)):
        yield name, _RELATED_SIMILARITY


def _initials(name: str) -> str:
    words = [word for word in name.replace("/", " ").split() if word[:1].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def best_similarity(similarities: Sequence[Mapping[str, float]], institution_ids: Iterable[str]) -> float:
    """Return the highest of the similarities of some institutions."""
    ids = list(institution_ids)
    return max(
        (similarity.get(institution_id, 0.0) for similarity in similarities for institution_id in ids), default=0
    )
