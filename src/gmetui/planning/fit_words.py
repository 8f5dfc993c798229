"""The words for profiles and what they lack. Nothing here promises anything: a page is read, nobody is judged."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.countries import country_name
from ..text import format_date, plural
from .exam_findings import short_exam_name
from .findings import AGAINST, ProfileQuestion
from .personal_findings import needs_visa
from .profile import ExamResult, Profile, TrainingRecord
from .program_fit import Verdict
from .requirement_fit import STATE_WORDS, JudgedItem
from .visa_fit import VisaFinding

#: What every page of verdicts ends with.
FIT_NOTE = "This is a reading of what pages state. Ask the program before you decide."
#: What stands beside the details of a program.
NO_PROMISE = "“Meets what this page states” is no promise."
PRIVACY_NOTE = "Your profile stays on this computer and is in no export."
NOT_ANSWERED = "not answered"
_QUESTION_WORDS = {
    "degree": "your degree",
    "school_country": "the country of your school",
    "exam": "your exams",
    "graduation": "when you graduate or graduated",
    "visa": "whether you need a visa, and which you would take",
    "certificate": "your ECFMG certificate",
    "training": "your training",
    "clinical": "your clinical experience",
    "citizenship": "your citizenship",
    "residence": "whether you are a US citizen or permanent resident",
    "military": "your status in the US military",
    "languages": "the languages you speak",
    "license": "your licenses",
    "letters": "how many letters you will have",
}
#: Keys of the profile as the subject of a reason, where the key itself is none.
_SUBJECTS = {
    "school_country": "country of the school",
    "certificate": "ECFMG certificate",
    "clinical": "clinical experience",
    "residence": "status in the US",
}
_FINER_WORDS = {
    ("graduation", "month"): "the month of your graduation",
    ("clinical", "months"): "how many months of experience you have",
    ("clinical", "kind"): "the kind and country of your experience",
    ("training", "specialty"): "the specialty of each training",
    ("training", "first"): "when your training began",
    ("training", "last"): "when your training ends",
    ("training", "earlier"): "the training before your latest one",
    ("visa", "needed"): "whether you need a visa",
    ("visa", "will_take"): "which visas you would take",
}

#: Reasons in a few words; those with a number are worded in `short_reason`.
_SHORT_REASONS = {
    "exam-missing": "an exam is missing",
    "exam-late": "an exam comes late",
    "attempts": "more than the attempts allowed",
    "score": "score below the minimum",
    "certificate-missing": "no ECFMG certificate yet",
    "training-missing": "other training comes first",
    "training-unfinished": "training ends too late",
    "other-degree": "asks for another degree",
    "too-little-experience": "more experience required",
    "other-citizenship": "citizenship or residence",
    "other-language": "another language",
    "other-military-status": "military only",
    "profile-missing": "{}: not in your profile",
    "still-to-come": "{}: can still come",
    "comlex-not-named": "COMLEX not named",
    "boundary": "at the edge of a date",
    "other-training": "training from elsewhere",
    "foreign-degree": "degree from abroad",
    "pass-or-fail": "Step 1 has no score",
    "preference": "{}: preferred, not required",
    "strength-not-stated": "{}: strictness not stated",
    "one-track": "one track only",
    "other-way": "{}: another way is named",
}
_SHORT_VISA_REASONS = {
    "": "{} sponsored",
    "refused": "{} refused",
    "only": "{} not among those sponsored",
    "older-than-rule": "{} named before Sep 2025",
    "by-case": "{} case by case",
    "not-named": "{} not named",
    "text-only": "visas in words only",
    "pages-disagree": "{} both sponsored and refused",
    "institution-only": "visas: hospital-wide only",
    "not-stated": "visas not stated",
    "profile-missing": "your profile doesn't say which visas",
}


def short_reason(item: JudgedItem) -> str:
    """Return why an item has its state, in a few words: "5 years since graduation at most"; "" for one that is met."""
    needs, reason = item.requirement.needs, item.finding.reason
    if needs and needs.years_since_graduation and reason in ("too-long-ago", "boundary"):
        edge = ": at the edge" if reason == "boundary" else " at most"
        return f"{plural(needs.years_since_graduation, 'year')} since graduation{edge}"
    return _SHORT_REASONS.get(reason, "").format(_subject(item))


def _subject(item: JudgedItem) -> str:
    """Return what a requirement is about, in a word or two: its topic, or what the profile would have to tell."""
    questions = item.finding.questions
    if questions and (item.requirement.topic == "other" or item.finding.reason == "profile-missing"):
        key = questions[0].key
        return _SUBJECTS.get(key, key)
    return item.requirement.topic


def short_visa_reason(visa: VisaFinding) -> str:
    """Return what the visa row says, in a few words: "H-1B refused"."""
    return _SHORT_VISA_REASONS.get(visa.finding.reason, "").format(visa.visa_type)


def short_verdict_words(verdict: Verdict) -> str:
    """Return a verdict for a narrow column: "meets", "can't tell", "not met", "not yet"; "—" if nothing is stated."""
    if verdict.is_bare:
        return "—"
    if verdict.state == AGAINST:
        return "not yet" if verdict.is_open else "not met"
    return STATE_WORDS[verdict.state]


def letters_words(needed: int, profile: Profile) -> str:
    """Return how the letters of a profile compare with those that are needed."""
    have = "your profile doesn't say how many you have" if profile.letters is None else f"you have {profile.letters}"
    return f"{plural(needed, 'letter')}; {have}."


def question_words(question: ProfileQuestion) -> str:
    """Return what would help to know: "the month of your graduation", "your score in Step 2 CK"."""
    key, finer = question
    if key == "exam" and finer:
        for ending, words in ((" attempts", "attempts in {}"), (" score", "your score in {}")):
            if finer.endswith(ending):
                return words.format(short_exam_name(finer.removesuffix(ending)))
        return f"whether you passed {short_exam_name(finer)}"
    return _FINER_WORDS.get((key, finer)) or _QUESTION_WORDS.get(key, key)


def profile_line(profile: Profile) -> str:
    """Return a profile in one line: "MBBS, school in IN, 2019 · Step 1 and Step 2 CK passed · needs a visa: H-1B"."""
    return " · ".join(_line_parts(profile)) or "no answers yet"


def _line_parts(profile: Profile) -> Iterator[str]:
    school = f"school in {country_name(profile.school_country)}" if profile.school_country else ""
    graduation = format_date(profile.graduation) if profile.graduation else ""
    person = ", ".join(filter(None, (*(profile.degree or ()), school, graduation)))
    if person:
        yield person
    passed = [short_exam_name(result.name) for result in profile.exam or () if result.passed]
    if passed:
        yield f"{', '.join(passed)} passed"
    if any(record.issued for record in profile.certificate or ()):
        yield "ECFMG certified"
    for record in profile.training or ():
        yield f"trained in {(record.specialty or 'a specialty').replace('-', ' ')}"
    is_needed = needs_visa(profile)
    if is_needed is not None:
        types = ", ".join((profile.visa.will_take or ()) if profile.visa else ())
        yield (f"needs a visa: {types}" if types else "needs a visa") if is_needed else "needs no visa"


def exam_words(result: ExamResult) -> str:
    """Return what is known of an exam: "passed May 15, 2023 · 1 attempt · 245"."""
    if result.passed:
        state = f"passed {format_date(result.passed)}"
    elif result.planned:
        state = f"planned for {format_date(result.planned)}"
    else:
        state = "neither taken nor planned" if result.taken is False else "not passed yet"
    attempts = plural(result.attempts, "attempt") if result.attempts else ""
    return " · ".join(filter(None, (state, attempts, str(result.score or ""))))


def training_words(record: TrainingRecord) -> str:
    """Return what is known of a training: "Jul 1, 2025 – Jun 30, 2028 · under way · ACGME"."""
    dates = " – ".join(format_date(text) for text in (record.first, record.last) if text)
    state = "" if record.finished is None else "finished" if record.finished else "under way"
    country = country_name(record.country) if record.country else ""
    return " · ".join(filter(None, (dates, state, record.accredited, country)))
