"""Judging one requirement: whether it is compared, what the comparison finds, and how far that can count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.items import Needs, Requirement
from .application_year import ApplicationYear
from .exam_findings import exam_findings, short_exam_name
from .findings import AGAINST, MEETS, UNKNOWN, FitFinding, Reason, State, all_of, distinct, met, unknown
from .graduate_status import concerns, group_questions, is_international
from .personal_findings import (
    certificate_finding,
    citizenship_finding,
    clinical_finding,
    language_finding,
    license_finding,
    military_finding,
)
from .profile import Profile
from .training_findings import degree_finding, recency_finding, training_finding

#: What is done with a requirement: it is compared; it is something to prepare; it is shown; it is for other applicants.
FitGroup = Literal["judged", "to-do", "about", "not-for-you"]
#: Who asks it. Only what the program itself asks decides its verdict.
Level = Literal["program", "institution", "specialty", "general"]

_PREPARED_TOPICS = ("letters", "documents", "application")
_SHOWN_TOPICS = ("selection", "other")
_READ_FIRST_TOPICS = ("recency", "visa", "clinical experience", "international graduates")
_CONDITION_WORDS = {
    "clinical_months": "months of clinical experience",
    "clinical_kind": "kind of clinical experience",
    "clinical_country": "country of clinical experience",
}
#: Keys of `Needs` that say when, or that are compared elsewhere.
_UNCOMPARED_KEYS = frozenset({"by", "by_day", "untested", "letters", "examinations", "or_examinations", "score_min"})


class JudgedItem(NamedTuple):
    """A requirement with what comparing it finds.

    `read_first`: a text that a reader like this one should read before others.
    """

    requirement: Requirement
    group: FitGroup
    finding: FitFinding
    level: Level = "program"
    read_first: bool = False

    @property
    def state(self) -> State:
        """The state of what was compared."""
        return self.finding.state

    @property
    def compared(self) -> tuple[str, ...]:
        """What of it was compared: exams, and keys of its conditions."""
        needs = self.requirement.needs
        return _compared(needs) if needs and self.group == "judged" else ()

    @property
    def untested(self) -> str | None:
        """What the text demands beyond what was compared."""
        return self.requirement.needs.untested if self.requirement.needs else None

    @property
    def is_part(self) -> bool:
        """Whether only a part of it can be compared."""
        return self.untested is not None

    @property
    def state_words(self) -> str:
        """The state as people read it."""
        if self.finding.state == AGAINST and self.finding.is_open:
            return "does not meet, yet"
        if self.finding.state == MEETS and self.is_part:
            return "meets, in part"
        return STATE_WORDS[self.finding.state]


STATE_WORDS: Mapping[State, str] = {MEETS: "meets", AGAINST: "does not meet", UNKNOWN: "can't tell"}
_SHOWN = FitFinding(UNKNOWN)
_NO_CONDITIONS = Needs()


def judge_requirement(
    requirement: Requirement,
    profile: Profile,
    application_year: ApplicationYear,
    catalog: Catalog,
    level: Level = "program",
) -> JudgedItem:
    """Return a requirement with what comparing it with a profile finds. Deterministic; nothing is raised."""
    is_concerned = concerns(requirement.applies_to, profile)
    needs = requirement.needs or _NO_CONDITIONS
    if is_concerned is False or (needs.certificate and _is_only_certificate(needs, profile)):
        return JudgedItem(requirement, "not-for-you", _SHOWN, level)
    group = _group(requirement, needs)
    if group != "judged":
        return JudgedItem(requirement, group, _SHOWN, level)
    finding = _compare(needs, profile, application_year, catalog)
    finding = _by_strength(finding, requirement, profile, level)
    return JudgedItem(requirement, "judged", finding, level, _is_read_first(requirement, finding, profile))


def _group(requirement: Requirement, needs: Needs) -> FitGroup:
    if requirement.topic in _PREPARED_TOPICS:
        return "to-do"
    if requirement.strength == "considered" or requirement.topic == "selection":
        return "about"
    if requirement.topic in _SHOWN_TOPICS and not any(_tested_keys(needs)):
        return "about"
    return "judged"


def _is_only_certificate(needs: Needs, profile: Profile) -> bool:
    """Tell whether nothing but a certificate is demanded of somebody who needs none."""
    return is_international(profile) is False and list(_tested_keys(needs)) == ["certificate"]


def _tested_keys(needs: Needs) -> Iterator[str]:
    """Yield the keys of conditions that are compared with a profile."""
    for key in needs.__struct_fields__:
        value = getattr(needs, key)
        is_stated = value is not None if key == "comlex" else bool(value)
        if is_stated and (key not in _UNCOMPARED_KEYS or key in ("examinations", "score_min")):
            yield key


def _compared(needs: Needs) -> tuple[str, ...]:
    exams = (*needs.examinations, *needs.score_min)
    keys = (key for key in _tested_keys(needs) if key not in ("examinations", "score_min"))
    scores = ("score_min",) if needs.score_min else ()
    return tuple(distinct((*exams, *scores, *keys)))


def compared_words(compared: tuple[str, ...]) -> str:
    """Return what was compared as people read it: "Step 1, Step 2 CK, first attempt"."""
    return ", ".join(_CONDITION_WORDS.get(name) or short_exam_name(name).replace("_", " ") for name in compared)


def _compare(needs: Needs, profile: Profile, application_year: ApplicationYear, catalog: Catalog) -> FitFinding:
    """Return the finding of all conditions together."""
    findings = list(_conditions(needs, profile, application_year, catalog))
    return all_of(findings) if findings else unknown("text-only", "Read it yourself: it is only in words.")


def _conditions(
    needs: Needs, profile: Profile, application_year: ApplicationYear, catalog: Catalog
) -> Iterator[FitFinding]:
    """Yield the finding of each condition."""
    if needs.degrees:
        yield degree_finding(needs, profile)
    if needs.trained_in:
        yield training_finding(needs, profile, application_year, catalog)
    yield from exam_findings(needs, profile, application_year)
    if needs.certificate and is_international(profile) is not False:
        yield certificate_finding(needs, profile, application_year)
    if needs.license:
        yield license_finding(needs.license, profile)
    if needs.years_since_graduation:
        yield recency_finding(needs, profile, application_year)
    if needs.no_year_limit:
        yield met("Any year of graduation will do.")
    if needs.clinical_months or needs.clinical_kind or needs.clinical_country:
        yield clinical_finding(needs, profile)
    if needs.citizenship or needs.residence:
        yield citizenship_finding(needs, profile)
    if needs.military:
        yield military_finding(needs, profile)
    if needs.languages:
        yield language_finding(needs, profile)


def _by_strength(finding: FitFinding, requirement: Requirement, profile: Profile, level: Level) -> FitFinding:
    """Return a finding as far as the text lets it count: only a program's own, plain requirement counts against it."""
    questions = group_questions(requirement.applies_to, profile)
    if finding.state == UNKNOWN:
        return finding._replace(questions=tuple(distinct((*finding.questions, *questions))))
    if finding.state == MEETS:
        return finding
    reason: Reason | None = None
    if requirement.strength == "preferred":
        reason, remark = "preference", "It is a preference."
    elif level != "program":
        reason, remark = "not-the-program", "Ask the program whether it holds for you."
    elif requirement.strength != "required":
        reason, remark = "strength-not-stated", "The page does not say how strict it is."
    elif requirement.track:
        reason, remark = "one-track", f"It concerns one track: {requirement.track}."
    elif _names_another_way(requirement):
        reason, remark = "other-way", "The text names another way."
    elif concerns(requirement.applies_to, profile) is None:
        reason, remark = ("profile-missing" if questions else "by-case"), f"It is for {requirement.applies_to}."
    if reason is None:
        return finding
    return FitFinding(UNKNOWN, reason, f"{finding.sentence} {remark}", questions=questions)


def _names_another_way(requirement: Requirement) -> bool:
    """Tell whether a text goes on with "or …" where its conditions end."""
    return bool(requirement.needs and (requirement.needs.untested or "").startswith("or "))


def _is_read_first(requirement: Requirement, finding: FitFinding, profile: Profile) -> bool:
    """Tell whether a text that gmetui cannot judge matters more to this reader than others."""
    if finding.state != UNKNOWN:
        return False
    if finding.reason == "comlex-not-named":
        return "osteopathic" in requirement.text or "COMLEX" in requirement.text
    return is_international(profile) is True and requirement.topic in _READ_FIRST_TOPICS
