"""Choose the specialty of a row from its cells, its ids and its context, where these can contradict each other."""

from __future__ import annotations

from typing import NamedTuple

from ..catalog.models import Specialty
from ..search.normalize import fold_key
from .specialty_matcher import SpecialtyMatch


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
    in_name: Specialty | None = None


class SpecialtyChoice(NamedTuple):
    """The specialty of a row, if any, its name in the row if different, and messages.

    `contradiction` is what the row says where its id is of another specialty; `doubt` is set when no specialty fits.
    """

    specialty: Specialty | None
    as_named: str = ""
    contradiction: str = ""
    note: str = ""
    doubt: str = ""


def choose_specialty(evidence: SpecialtyEvidence) -> SpecialtyChoice:
    """Return the specialty that the evidence supports best: the row's own words, made precise by its id."""
    if not evidence.text:
        return _choose_without_text(evidence)
    text, stated, by_id = evidence.text, evidence.stated, evidence.by_id
    if by_id is not None and by_id in stated.specialties:
        return SpecialtyChoice(by_id, _as_named(text, by_id))
    if by_id is not None and any(_is_more_specific(by_id, specialty) for specialty in stated.specialties):
        note = f"its id is for {by_id.name}, which is more specific than “{text}”"
        return SpecialtyChoice(by_id, _as_named(text, by_id), note=note)
    if by_id is not None and not stated.specialties:
        return SpecialtyChoice(by_id, text)
    contradiction = text if by_id is not None else ""
    if stated.unique is not None:
        note = f"“{text}” was read as {stated.unique.name}" if stated.is_approximate else ""
        return SpecialtyChoice(stated.unique, _as_named(text, stated.unique), contradiction, note)
    by_match_code = evidence.by_match_code
    if by_match_code is not None and (by_match_code in stated.specialties or not stated.specialties):
        return SpecialtyChoice(by_match_code, text, contradiction)
    options = " or ".join(specialty.name for specialty in stated.specialties[:3])
    doubt = f"“{text}” may be {options}" if options else f"unknown specialty “{text}”"
    return SpecialtyChoice(None, text, contradiction, doubt=doubt)


def _choose_without_text(evidence: SpecialtyEvidence) -> SpecialtyChoice:
    by_id, section = evidence.by_id, evidence.section
    if by_id is None:
        return SpecialtyChoice(section or evidence.in_name or evidence.by_match_code)
    if section is None or _is_more_specific(by_id, section):
        return SpecialtyChoice(by_id)
    return SpecialtyChoice(by_id, contradiction=section.name)


def _as_named(text: str, specialty: Specialty) -> str:
    """Return the words of the row, or "" when they are the specialty's name."""
    return "" if fold_key(text) in (fold_key(specialty.name), fold_key(specialty.label)) else text


def _is_more_specific(specialty: Specialty, stated: Specialty) -> bool:
    """Return whether `specialty` is `stated`, builds on it, or has its name with an addition such as "- integrated"."""
    return (
        stated is specialty
        or stated.id in specialty.parents
        or fold_key(specialty.name).startswith(fold_key(stated.label))
    )
