"""What comparing a condition with a profile finds: one of three states, why, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

_Item = TypeVar("_Item")

State = Literal["meets", "does-not-meet", "cannot-tell"]
MEETS: State = "meets"
AGAINST: State = "does-not-meet"
UNKNOWN: State = "cannot-tell"

#: Why a condition has its state, "" where it is met.
Reason = Literal[
    "",
    # does not meet
    "exam-missing",
    "exam-late",
    "attempts",
    "score",
    "certificate-missing",
    "too-long-ago",
    "training-missing",
    "training-unfinished",
    "other-degree",
    "too-little-experience",
    "other-citizenship",
    "other-language",
    "other-military-status",
    "refused",
    "only",
    # can't tell
    "text-only",
    "profile-missing",
    "still-to-come",
    "comlex-not-named",
    "boundary",
    "other-training",
    "foreign-degree",
    "pass-or-fail",
    "preference",
    "strength-not-stated",
    "one-track",
    "other-way",
    "not-the-program",
    "older-than-rule",
    "by-case",
    "not-named",
    "not-stated",
    "institution-only",
    "pages-disagree",
    "nothing-stated",
]


_LONG_LIST = 3  # from here on commas stand between names


class ProfileQuestion(NamedTuple):
    """A key of the profile that would settle something; `finer` names what of it: "month", an exam, "attempts"."""

    key: str
    finer: str = ""


#: The order of questions where equally much depends on them.
_QUESTION_ORDER = (
    "degree",
    "school_country",
    "exam",
    "graduation",
    "visa",
    "certificate",
    "training",
    "clinical",
    "citizenship",
    "residence",
    "letters",
)


def question_order(question: ProfileQuestion) -> tuple[int, ProfileQuestion]:
    """Return the place of a question among others: what decides most comes first."""
    known = _QUESTION_ORDER.index(question.key) if question.key in _QUESTION_ORDER else len(_QUESTION_ORDER)
    return known, question


class FitFinding(NamedTuple):
    """The state of a condition. `is_open`: it is not met, but can still be.

    `questions` are what the profile would have to tell.
    """

    state: State
    reason: Reason = ""
    sentence: str = ""
    is_open: bool = False
    questions: tuple[ProfileQuestion, ...] = ()


def met(sentence: str) -> FitFinding:
    """Return that a condition is met."""
    return FitFinding(MEETS, "", sentence)


def against(reason: Reason, sentence: str, *, is_open: bool = False) -> FitFinding:
    """Return that a condition is contradicted; an open one can still be met."""
    return FitFinding(AGAINST, reason, sentence, is_open)


def unknown(reason: Reason, sentence: str, *questions: ProfileQuestion) -> FitFinding:
    """Return that a condition cannot be decided."""
    return FitFinding(UNKNOWN, reason, sentence, questions=questions)


def missing(sentence: str, key: str, finer: str = "") -> FitFinding:
    """Return that the profile does not tell what a condition asks."""
    return FitFinding(UNKNOWN, "profile-missing", sentence, questions=(ProfileQuestion(key, finer),))


def either(names: Sequence[str]) -> str:
    """Return alternatives in words: "A", "A or B", "A, B, or C"."""
    return " or ".join(names) if len(names) < _LONG_LIST else f"{', '.join(names[:-1])}, or {names[-1]}"


def all_of(findings: Sequence[FitFinding]) -> FitFinding:
    """Return the finding of conditions that must all hold: one that is contradicted decides, then one unknown."""
    for state in (AGAINST, UNKNOWN, MEETS):
        deciding = [finding for finding in findings if finding.state == state]
        if deciding:
            return _joined(deciding)
    return unknown("text-only", "")


def any_of(findings: Sequence[FitFinding]) -> FitFinding:
    """Return the finding of alternatives: one that is met decides, then one unknown."""
    for state in (MEETS, UNKNOWN):
        deciding = [finding for finding in findings if finding.state == state]
        if deciding:
            return deciding[0] if state == MEETS else _joined(deciding, only_first_sentence=True)
    first = findings[0]
    return first._replace(is_open=any(finding.is_open for finding in findings))


def _joined(findings: Sequence[FitFinding], *, only_first_sentence: bool = False) -> FitFinding:
    """Return findings of one state as one; contradictions are open only if each of them is."""
    if len(findings) == 1:
        return findings[0]
    first = findings[0]
    sentences = [first.sentence] if only_first_sentence else distinct(finding.sentence for finding in findings)
    return FitFinding(
        first.state,
        first.reason,
        " ".join(filter(None, sentences)),
        all(finding.is_open for finding in findings),
        tuple(distinct(question for finding in findings for question in finding.questions)),
    )


def distinct(values: Iterable[_Item]) -> list[_Item]:
    """Return values without repetitions, in their order."""
    return list(dict.fromkeys(values))
