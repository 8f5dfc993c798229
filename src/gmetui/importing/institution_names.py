"""Find the institution in the name of a program: "Base Hospital Internal Medicine Residency" is at Base Hospital."""

from __future__ import annotations

import re
from functools import lru_cache

from .column_detection import INSTITUTION_WORD
from .specialty_matcher import SpecialtyMatcher

_FINAL_BRACKET = re.compile(r" ?\([^()]*\)$")
_PROGRAM_WORDS = frozenset(("residency", "fellowship", "training", "program", "programs", "programme", "programmes"))
_SEGMENT_GAP = re.compile(r" [-–] ")
_PROGRAM_AT_INSTITUTION = re.compile(
    r"^(.+?)\s+(?:residency|fellowship|program)(?:\s+program)?\s+(?:at|of|-|–)\s+(.+)$", re.IGNORECASE
)
_MAX_SEGMENTS, _MAX_SPECIALTY_WORDS = 5, 12
#: Words before a specialty that belong to it: "School of Medicine" has no specialty at its end.
_LINKING_WORDS = frozenset(("of", "for", "in", "at", "and", "&", "the"))
#: Words that tell the tracks of one program apart; they name no institution.
_TRACK_WORDS = frozenset(
    (
        *("rural", "urban", "research", "categorical", "preliminary", "prelim", "advanced", "primary", "care", "track"),
        *(
            "pathway",
            "community",
            "global",
            "military",
            "integrated",
            "independent",
            "combined",
            "physician",
            "scientist",
        ),
        *("academic", "clinical", "accelerated", "year", "one", "two", "three"),
    )
)
_MAX_CACHED = 20_000


@lru_cache(maxsize=_MAX_CACHED)
def without_program_words(name: str) -> str:
    """Return a name without "Residency Program" at its end; a bracket after these words stays."""
    bracket = _FINAL_BRACKET.search(name)
    tail = bracket[0] if bracket else ""
    stem, has_program_words = name[: len(name) - len(tail)], False
    while (parts := stem.rpartition(" "))[1] and parts[2].casefold() in _PROGRAM_WORDS:
        stem, has_program_words = parts[0], True
    return stem + tail if has_program_words else name


class InstitutionNameFinder:
    """Finds institutions in the names of programs."""

    def __init__(self, matcher: SpecialtyMatcher) -> None:
        self._matcher = matcher
        self.find = lru_cache(maxsize=_MAX_CACHED)(self._find)

    def _find(self, name: str) -> str:
        """Return the institution, or "" where the name is a specialty with its tracks and nothing else."""
        parts = _PROGRAM_AT_INSTITUTION.match(name)
        if parts and self._matcher.match(parts[1]).specialties:
            return parts[2]
        plain_name = without_program_words(name)
        if self._is_specialty(plain_name):
            return ""
        segments = _SEGMENT_GAP.split(plain_name, maxsplit=_MAX_SEGMENTS)
        candidate = " - ".join(part for part in segments if not self._is_specialty(part))
        return self._without_final_specialty(candidate)

    def _is_specialty(self, text: str) -> bool:
        """Return whether a text is a specialty, or one with a track or another specialty after a slash."""
        first, slash, second = text.partition("/")
        if self._matcher.match(text).specialties:
            return True
        return bool(slash and self._matcher.match(first).specialties and not INSTITUTION_WORD.search(second))

    def _is_name_of_specialty(self, text: str) -> bool:
        match = self._matcher.match(text)
        return self._matcher.is_full_name(text) or (
            " " in text and bool(match.specialties) and not match.is_approximate
        )

    def _without_final_specialty(self, candidate: str) -> str:
        words = candidate.split()
        for split in range(max(1, len(words) - _MAX_SPECIALTY_WORDS), len(words)):
            if words[split - 1].casefold() not in _LINKING_WORDS and self._matcher.is_full_name(
                " ".join(words[split:])
            ):
                institution = " ".join(words[:split]).rstrip(" -–,/")
                if _TRACK_WORDS.issuperset(word.casefold() for word in words[:split]):
                    return ""
                if INSTITUTION_WORD.search(institution) or institution.isupper():
                    return institution  # otherwise the specialty may belong to the name: "Alaska Family Medicine"
        return candidate
