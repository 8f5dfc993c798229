"""Choose the specialty of a row from its cells, its ids and its context, where these can contradict each other."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..catalog.models import Specialty
from ..search.normalize import fold_key
from .specialty_matcher import SpecialtyMatch

_fold_key = lru_cache(maxsize=20_000)(fold_key)  # the same few names, row after row


class SpecialtyEvidence(NamedTuple):
    """What a row says about its specialty.

    `text` is its specialty cell and `stated` what that may mean; `by_id` is from the ACGME id or the specialty code,
    `section` from the sheet name or a heading above the row, `in_name` from the program's name.
    """

    text: str
    stated: SpecialtyMatch
    by_id: Specialty | None = None
    by_match_code: Specialty | None = None
    section: Specialty | None = None
    in_name: SpecialtyMatch = SpecialtyMatch()

    @property
    def candidates(self) -> tuple[Specialty, ...]:
        """The specialties that the row's words may mean; a section counts only where the row has none."""
        if self.text:
            return self.stated.specialties
        return (self.section,) if self.section is not None else self.in_name.specialties


class SpecialtyChoice(NamedTuple):
    """The specialty of a row, if any, its name in the row if different, and messages.

    `contradiction` is what the row says where its digits are of another specialty, and `code_name` the kind of code
    they come from; `doubt` is set when no specialty fits.
    """

    specialty: Specialty | None
    as_named: str = ""
    contradiction: str = ""
    code_name: str = ""
    note: str = ""
    doubt: str = ""


def choose_specialty(evidence: SpecialtyEvidence) -> SpecialtyChoice:
    """Return the specialty of a row. The digits of its codes win; words that disagree with them are a contradiction."""
    text, candidates = evidence.text, evidence.candidates
    by_code, code_name = _by_digits(evidence)
    if by_code is None:
        return _choose_by_words(evidence)
    named = _as_named(text, by_code) if text else ""
    if by_code in candidates or not candidates:
        return SpecialtyChoice(by_code, named)
    if any(_is_more_specific(by_code, specialty) for specialty in candidates):
        note = f"its code is for {by_code.name}, which is more specific than “{text}”" if text else ""
        return SpecialtyChoice(by_code, named, note=note)
    return SpecialtyChoice(by_code, named, text or candidates[0].name, code_name)


def _by_digits(evidence: SpecialtyEvidence) -> tuple[Specialty | None, str]:
    """Return the specialty of the codes; where ACGME id and match code differ, the one that the words support."""
    by_id, by_match_code = evidence.by_id, evidence.by_match_code
    if by_id is None or (by_match_code in evidence.candidates and by_id not in evidence.candidates):
        return by_match_code, "match code"
    return by_id, "ACGME id"


def _choose_by_words(evidence: SpecialtyEvidence) -> SpecialtyChoice:
    text, stated = evidence.text, evidence.stated
    if not text:
        return SpecialtyChoice(evidence.section or evidence.in_name.unique)
    if stated.unique is not None:
        note = f"“{text}” was read as {stated.unique.name}" if stated.is_approximate else ""
        return SpecialtyChoice(stated.unique, _as_named(text, stated.unique), note=note)
    options = " or ".join(specialty.name for specialty in stated.specialties[:3])
    doubt = f"“{text}” may be {options}" if options else f"unknown specialty “{text}”"
    return SpecialtyChoice(None, text, doubt=doubt)


def _as_named(text: str, specialty: Specialty) -> str:
    """Return the words of the row, or "" when they are the specialty's name."""
    return "" if _fold_key(text) in (_fold_key(specialty.name), _fold_key(specialty.label)) else text


def _is_more_specific(specialty: Specialty, stated: Specialty) -> bool:
    """Return whether `specialty` is `stated`, builds on it, or has its name with an addition such as "- integrated"."""
    return (
        stated is specialty
        or stated.id in specialty.parents
        or _fold_key(specialty.name).startswith(_fold_key(stated.label))
    )
