"""Comparing what a program states about visas with a person's need for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..catalog.items import Visa
from .findings import MEETS, UNKNOWN, FitFinding, against, met, missing, unknown
from .personal_findings import needs_visa
from .profile import Profile

_H1B = "H-1B"
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?!\d)(?:-(0[1-9]|1[0-2])(?!\d))?")
#: New H-1B petitions cost the employer 100,000 dollars since September 21, 2025 (`h1b-payment` in `data/season.toml`).
_H1B_RULE = (2025, 9)
H1B_RULE_FEE = "h1b-payment"


class VisaFinding(NamedTuple):
    """The state of the visa row, and the visa type that decides it ("" if none does)."""

    finding: FitFinding
    visa_type: str = ""


def visa_finding(visas: Sequence[Visa], *, has_institution_visa: bool, profile: Profile) -> VisaFinding | None:
    """Return what a program's visa statements mean for somebody; None for those who need no visa, as far as told.

    `as_of` of a statement is the date that is known for it. `has_institution_visa` tells that the institution states
    something about visas, which counts where the program itself does not.
    """
    is_needed = needs_visa(profile)
    if is_needed is None and profile.citizenship is not None:
        return VisaFinding(missing("Your profile doesn't say whether you need a visa.", "visa", "needed"))
    if not is_needed:
        return None
    if not visas:
        if has_institution_visa:
            return VisaFinding(unknown("institution-only", "Only the institution says something about visas. Ask."))
        return VisaFinding(unknown("not-stated", "Nothing is stated about visas. Ask."))
    accepted = profile.visa.will_take if profile.visa else None
    if not accepted:
        return VisaFinding(missing("Your profile doesn't say which visas you would take.", "visa", "will_take"))
    return _best([VisaFinding(_type_finding(visa_type, visas, profile), visa_type) for visa_type in accepted])


def _best(findings: Sequence[VisaFinding]) -> VisaFinding:
    """Return the finding of the visa type that serves best: the first one that is met, else that can't be told."""
    for state in (MEETS, UNKNOWN):
        for each in findings:
            if each.finding.state == state:
                return each
    sentence = " ".join(each.finding.sentence for each in findings)
    return findings[0]._replace(finding=findings[0].finding._replace(sentence=sentence))


def _type_finding(visa_type: str, visas: Sequence[Visa], profile: Profile) -> FitFinding:
    """Return what statements mean for one visa type."""
    is_sponsored = any(visa_type in visa.sponsored for visa in visas)
    is_by_case = any(visa_type in visa.by_case for visa in visas)
    is_refused = any(visa_type in visa.refused for visa in visas)
    if is_refused and (is_sponsored or is_by_case):
        return unknown("pages-disagree", f"{visa_type}: one text sponsors it and another does not. Ask.")
    if is_refused:
        return against("refused", f"{visa_type} is not sponsored.")
    if is_sponsored:
        return _sponsored(visa_type, visas, profile)
    if is_by_case:
        return unknown("by-case", f"{visa_type} case by case, or in rare cases. Ask.")
    if any(visa.only for visa in visas):
        sponsored = " and ".join(dict.fromkeys(name for visa in visas for name in visa.sponsored))
        return against("only", f"Only {sponsored}; {visa_type} would be yours.")
    if any(visa.sponsored or visa.by_case or visa.refused for visa in visas):
        return unknown("not-named", f"{visa_type} is not named. Ask.")
    return unknown("text-only", "Read it: visas are described in words only.")


def _sponsored(visa_type: str, visas: Sequence[Visa], profile: Profile) -> FitFinding:
    status = (profile.visa.in_us_as or "") if profile.visa else ""
    dates = [visa.as_of for visa in visas if visa_type in visa.sponsored]
    if visa_type != _H1B or _H1B in status or any(_is_after_rule(date) for date in dates):
        return met(f"{visa_type} is sponsored.")
    return unknown(
        "older-than-rule",
        f"{_H1B} is named, {_dates_text(dates)}. New {_H1B} petitions cost the employer $100,000 since Sep 21, 2025: "
        "ask whether it still holds.",
    )


def _is_after_rule(as_of: str | None) -> bool:
    match = _YEAR_AND_MONTH.match(as_of or "")  # of "2025-26" the year alone: such a page may be older than the rule
    return match is not None and (int(match[1]), int(match[2] or 0)) > _H1B_RULE


def _dates_text(dates: Sequence[str | None]) -> str:
    stated = [date for date in dates if date]
    return f"in a text of {stated[0].replace('-', '–')}" if stated else "without a date"
