"""Comparing exams with a profile: passed in time, at which attempt, with which score, and COMLEX for the USMLE."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.items import Needs
from ..text import format_date, plural
from .application_year import ApplicationMoment, ApplicationYear
from .date_spans import DateSpan, partial_date
from .findings import FitFinding, ProfileQuestion, against, all_of, any_of, met, missing, unknown
from .profile import ExamResult, Profile

_COUNTERPARTS = {
    "USMLE Step 1": "COMLEX Level 1",
    "USMLE Step 2 CK": "COMLEX Level 2",
    "USMLE Step 3": "COMLEX Level 3",
}
_USMLE_STEPS = {level: step for step, level in _COUNTERPARTS.items()}
_ANY_LEVEL = "COMLEX"
_UNSCORED_EXAM = "USMLE Step 1"


def exam_findings(needs: Needs, profile: Profile, application_year: ApplicationYear) -> Iterator[FitFinding]:
    """Yield a finding for each exam that a requirement demands, and for its minimum scores and attempts."""
    demanded = _demanded_exams(needs) if needs.examinations or needs.score_min else ()
    due_moment = application_year.moment(needs.by, needs.by_day) if demanded else None
    for exam_name in demanded:
        yield _one_exam(exam_name, needs, profile, due_moment)
    if not demanded:
        if needs.first_attempt or needs.max_attempts:
            yield _attempts_of_all(needs, profile)
        if needs.comlex is not None:
            yield _comlex_alone(needs.comlex, profile)


def _demanded_exams(needs: Needs) -> tuple[str, ...]:
    """Return the exams of a requirement, those with a minimum score too, unless they replace another one."""
    counterparts = {_COUNTERPARTS.get(exam_name) for exam_name in (*needs.examinations, *needs.score_min)}
    scored = (
        exam_name
        for exam_name in needs.score_min
        if exam_name not in counterparts and exam_name not in needs.or_examinations
    )
    return tuple(dict.fromkeys((*needs.examinations, *scored)))


def short_exam_name(exam_name: str) -> str:
    """Return "Step 1" for "USMLE Step 1"; other exams keep their name."""
    return exam_name.removeprefix("USMLE ")


def _one_exam(exam_name: str, needs: Needs, profile: Profile, due_moment: ApplicationMoment | None) -> FitFinding:
    """Return the finding for an exam, or one that is accepted instead of it."""
    options = [
        option for option in _accepted_exams(exam_name, needs) if option == exam_name or _may_have(option, profile)
    ]
    finding = any_of([_one_result(option, needs, profile, due_moment) for option in options])
    if (
        finding.state != "meets"
        and not _names_comlex(needs)
        and exam_name in _COUNTERPARTS
        and _is_osteopathic(profile)
    ):
        return _comlex_not_named(exam_name, profile)
    return finding


def _names_comlex(needs: Needs) -> bool:
    """Tell whether a page says anything about COMLEX."""
    exams = (*needs.examinations, *needs.or_examinations, *needs.score_min)
    return needs.comlex is not None or any(exam_name.startswith(_ANY_LEVEL) for exam_name in exams)


def _accepted_exams(exam_name: str, needs: Needs) -> Iterator[str]:
    """Yield an exam and those that replace it: its counterpart where that is named, else every named one."""
    yield exam_name
    counterpart = _COUNTERPARTS.get(exam_name) or _USMLE_STEPS.get(exam_name, "")
    named_exams = (*needs.or_examinations, *needs.score_min)
    if counterpart and (needs.comlex or counterpart in named_exams or _ANY_LEVEL in named_exams):
        yield counterpart
    else:
        yield from (option for option in needs.or_examinations if option not in needs.examinations)


def _may_have(exam_name: str, profile: Profile) -> bool:
    """Tell whether somebody can have taken an exam: COMLEX is for osteopathic graduates."""
    if not exam_name.startswith("COMLEX") or profile.degree is None:
        return True
    return "DO" in profile.degree or profile.result_of(exam_name) is not None


def _is_osteopathic(profile: Profile) -> bool:
    """Tell whether a profile is of somebody who takes COMLEX, as far as it tells of exams at all."""
    if not profile.exam:
        return False
    return "DO" in (profile.degree or ()) or any(exam_result.name.startswith("COMLEX") for exam_result in profile.exam)


def _comlex_not_named(exam_name: str, profile: Profile) -> FitFinding:
    counterpart = _COUNTERPARTS[exam_name]
    exam_result = profile.result_of(counterpart)
    passed = f" You passed {counterpart}." if exam_result and exam_result.passed else ""
    return unknown(
        "comlex-not-named", f"The page names {short_exam_name(exam_name)} and does not mention COMLEX.{passed} Ask."
    )


def _one_result(exam_name: str, needs: Needs, profile: Profile, due_moment: ApplicationMoment | None) -> FitFinding:
    """Return the finding for one exam as it was taken."""
    short_name = short_exam_name(exam_name)
    if profile.exam is None:
        return missing("Your profile says nothing about exams.", "exam")
    exam_result = profile.result_of(exam_name)
    if exam_result is None and profile.exam:
        return _untold(exam_name, due_moment)
    if exam_result is None or exam_result.taken is False:
        return _not_taken(short_name, due_moment)
    if exam_result.passed:
        checks = (_in_time(exam_result, due_moment), _attempts(exam_result, needs), _score(exam_result, needs))
        return all_of([finding for finding in checks if finding])
    attempts = _attempts(exam_result, needs)
    if attempts is not None and attempts.state == "does-not-meet":
        return attempts
    return _planned(exam_result, due_moment)


def _is_unbound(due_moment: ApplicationMoment | None) -> bool:
    """Tell whether nothing has to be done before training starts."""
    return due_moment is None or due_moment.is_after_start


def _untold(exam_name: str, due_moment: ApplicationMoment | None) -> FitFinding:
    short_name = short_exam_name(exam_name)
    if _is_unbound(due_moment):
        day_text = f" by {due_moment.words}" if due_moment else ""
        return unknown("still-to-come", f"{short_name} can still come{day_text}; your profile says nothing about it.")
    return missing(f"Your profile says nothing about {short_name}.", "exam", exam_name)


def _not_taken(short_name: str, due_moment: ApplicationMoment | None) -> FitFinding:
    if due_moment is None or due_moment.is_after_start:
        day_text = f" by {due_moment.words}" if due_moment else ""
        return unknown("still-to-come", f"You have not taken {short_name}; it can still come{day_text}.")
    return against("exam-missing", f"You have not taken {short_name} and do not plan to.", is_open=True)


def _planned(exam_result: ExamResult, due_moment: ApplicationMoment | None) -> FitFinding:
    """Return the finding for an exam that is planned, or was not passed yet."""
    short_name = short_exam_name(exam_result.name)
    day_span = partial_date(exam_result.planned) if exam_result.planned else None
    if day_span is None:
        if _is_unbound(due_moment):
            return unknown("still-to-come", f"You have not passed {short_name} yet; it can still come.")
        return missing(f"Your profile doesn't say when you passed or take {short_name}.", "exam", exam_result.name)
    day_text = format_date(exam_result.planned or "")
    if due_moment is None or due_moment.is_after_start or day_span.first <= due_moment.span.last:
        return unknown("still-to-come", f"You plan {short_name} for {day_text}; it can still come.")
    return against("exam-late", f"You plan {short_name} for {day_text}, after {due_moment.words}.", is_open=True)


def _in_time(exam_result: ExamResult, due_moment: ApplicationMoment | None) -> FitFinding:
    """Return whether a pass came before a moment; one that came later may still do."""
    short_name, day_text = short_exam_name(exam_result.name), format_date(exam_result.passed or "")
    day_span = partial_date(exam_result.passed or "")
    if due_moment is None or day_span is None or _is_before(day_span, due_moment):
        before = f", before {due_moment.words}" if due_moment and not due_moment.is_after_start else ""
        return met(
            f"You passed {short_name} on {day_text}{before}."
            if _is_day(day_span)
            else f"You passed {short_name} in {day_text}{before}."
        )
    return unknown(
        "boundary", f"You passed {short_name} in {day_text}; ask whether that is in time for {due_moment.words}."
    )


def _is_before(day_span: DateSpan, due_moment: ApplicationMoment) -> bool:
    return day_span.last <= (due_moment.span.last if due_moment.is_after_start else due_moment.span.first)


def _is_day(day_span: DateSpan | None) -> bool:
    return day_span is not None and day_span.first == day_span.last


def _attempts(exam_result: ExamResult, needs: Needs) -> FitFinding | None:
    attempt_limit = 1 if needs.first_attempt else needs.max_attempts
    if attempt_limit is None:
        return None
    short_name = short_exam_name(exam_result.name)
    if exam_result.attempts is None:
        return missing(
            f"Your profile doesn't say how many attempts {short_name} took.", "exam", f"{exam_result.name} attempts"
        )
    if exam_result.attempts > attempt_limit:
        return against(
            "attempts",
            f"You took {short_name} {exam_result.attempts} times; {plural(attempt_limit, 'attempt')} at most.",
        )
    return met(
        "At the first attempt."
        if attempt_limit == 1
        else f"{plural(exam_result.attempts, 'attempt')}, {attempt_limit} at most."
    )


def _score(exam_result: ExamResult, needs: Needs) -> FitFinding | None:
    least_score = needs.score_min.get(exam_result.name)
    if least_score is None:
        return None
    short_name = short_exam_name(exam_result.name)
    if exam_result.score is not None:
        if exam_result.score >= least_score:
            return met(f"{exam_result.score} in {short_name}, {least_score} at least.")
        return against("score", f"{exam_result.score} in {short_name}; {least_score} at least.")
    if exam_result.name == _UNSCORED_EXAM:
        return unknown(
            "pass-or-fail", f"{short_name} has been reported as pass or fail since 2022; ask what {least_score} means."
        )
    return missing(
        f"Your profile doesn't give your score in {short_name}; {least_score} at least.",
        "exam",
        f"{exam_result.name} score",
    )


def _attempts_of_all(needs: Needs, profile: Profile) -> FitFinding:
    """Return whether no exam of a license took more attempts than allowed."""
    if profile.exam is None:
        return missing("Your profile says nothing about exams.", "exam")
    taken = [
        exam_result
        for exam_result in profile.exam
        if exam_result.name.startswith(("USMLE", "COMLEX")) and exam_result.passed
    ]
    findings = [finding for exam_result in taken if (finding := _attempts(exam_result, needs))]
    return all_of(findings) if findings else missing("Your profile has no passed exam.", "exam")


def _comlex_alone(is_accepted: bool, profile: Profile) -> FitFinding:
    """Return the finding for a page that says only whether COMLEX is accepted."""
    if is_accepted:
        return _comlex_accepted(profile)
    if profile.degree is None:
        return missing("COMLEX does not do; your profile doesn't give your degree.", "degree")
    if "DO" not in profile.degree:
        return met("It concerns osteopathic graduates.")
    steps = [profile.result_of(exam_name) for exam_name in _COUNTERPARTS]
    passed = next((exam_result for exam_result in steps if exam_result and exam_result.passed), None)
    if passed:
        return met(f"You passed {short_exam_name(passed.name)}.")
    if profile.exam == () or all(exam_result is not None and exam_result.taken is False for exam_result in steps[:2]):
        return against("exam-missing", "COMLEX does not replace the USMLE, which you have not taken.", is_open=True)
    return FitFinding(
        "cannot-tell",
        "profile-missing",
        "COMLEX does not replace the USMLE; your profile says nothing about the USMLE.",
        questions=(ProfileQuestion("exam", _UNSCORED_EXAM),),
    )


def _comlex_accepted(profile: Profile) -> FitFinding:
    """Return the finding for a page that accepts COMLEX and does not say which level is needed."""
    if profile.degree is None or (profile.exam is None and "DO" in profile.degree):
        key = "degree" if profile.degree is None else "exam"
        return missing("COMLEX is accepted; your profile doesn't say whether you passed it.", key)
    passed = [exam_result for exam_result in profile.exam or () if exam_result.passed]
    if "DO" in profile.degree and passed:
        return met(f"COMLEX is accepted; you passed {short_exam_name(passed[0].name)}.")
    return unknown("text-only", "COMLEX is accepted; read which exams are needed.")
