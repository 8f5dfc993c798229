"""What the word in a status column is about: the program itself, its accreditation, or applications to it."""

from __future__ import annotations

import re
from typing import Literal

StatusSubject = Literal["ended", "unsure", "accreditation", "application", "service", "program"]

_APPLICATION = re.compile(
    r"\b(?:accepting|applications?|applicants?|recruiting|interview(?:s|ing)?)\b|^(?:open|closed) (?:for|to)\b"
    r"|^not (?:yet )?(?:open|accepting)",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"\bparticipat", re.IGNORECASE)
_ENDED = re.compile(
    r"^(?:permanently |voluntarily )?(?:closed|inactive|terminated|discontinued|withdrawn|ended|defunct|dissolved)\b"
    r"|\bwithdraw(?:al|n)\b|\bmerged (?:with|into)\b|\bprogram (?:has )?(?:closed|ended)\b|\bclosed program\b"
    r"|\bno longer (?:accredited|offered|exists)|\bnot accredited\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\bwithheld\b|\bdenied\b|\bno longer\b|\bsuspended\b", re.IGNORECASE)
_ACCREDITATION = re.compile(r"\baccredit|\bpre-?accred|\bprobation", re.IGNORECASE)


def status_subject(status: str) -> StatusSubject:
    """Return what a status is about.

    "ended": the program no longer exists. "unsure": it may not. "service": it takes part in an application service or
    not. Words about applications come first: "closed to new applicants" says nothing about the program.
    """
    if _SERVICE.search(status):
        return "service"
    if _APPLICATION.search(status) and not _ACCREDITATION.search(status):
        return "application"
    if _ENDED.search(status):
        return "ended"
    if _UNSURE.search(status):
        return "unsure"
    return "accreditation" if _ACCREDITATION.search(status) else "program"


def status_about(cell: str, subject: StatusSubject) -> str:
    """Return the first line of a cell of statuses that is about `subject`, or ""."""
    if not cell:
        return ""
    return next((status for status in cell.split("\n") if status_subject(status) == subject), "")
