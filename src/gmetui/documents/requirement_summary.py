"""What a program asks about one subject, in a few words: "3 at least", "Steps 1 and 2 preferred", "5 years (IMG)"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..catalog.catalog import Catalog
from ..catalog.facts import Citation, citations
from ..catalog.items import Requirement
from ..catalog.models import Program
from ..catalog.scope import sponsor_requirements
from ..lean_typing import NamedTuple
from ..text import plural

_INTERNATIONAL = "international graduates"
_INTERNATIONAL_PREFIX = "International graduates: "
_SEPARATOR = "; "
_STEPS = {"USMLE Step 1": "1", "USMLE Step 2 CK": "2", "USMLE Step 3": "3"}
_LEVELS = {"COMLEX Level 1": "1", "COMLEX Level 2": "2", "COMLEX Level 3": "3"}
_MILESTONES = {
    "application": "with application",
    "interview": "before the interview",
    "rank list": "before ranking",
    "match": "before the match",
    "appointment": "before appointment",
    "start": "before the start",
    "PGY-1": "by PGY-1",
    "PGY-2": "by PGY-2",
    "graduation": "before graduation",
}


class RequirementGroup(NamedTuple):
    """The requirements of one publisher about a subject: the program, or its hospital for all programs."""

    requirements: tuple[Requirement, ...]
    citations: tuple[Citation, ...]
    is_hospital_wide: bool = False
    is_third_party: bool = False


def _is_about_ecfmg(requirement: Requirement) -> bool:
    needs = requirement.needs
    return bool(needs and needs.certificate == "ECFMG") or "ECFMG" in requirement.text


def _is_about_graduation(requirement: Requirement) -> bool:
    needs = requirement.needs
    return requirement.topic == "recency" or bool(needs and needs.years_since_graduation)


#: Subject -> whether a requirement is about it.
_SUBJECTS: Mapping[str, Callable[[Requirement], bool]] = {
    "letters": lambda requirement: requirement.topic == "letters",
    "exams": lambda requirement: requirement.topic == "exam",
    "graduation": _is_about_graduation,
    "experience": lambda requirement: requirement.topic == "clinical experience",
    "ecfmg": _is_about_ecfmg,
}


def requirement_groups(catalog: Catalog, program: Program, subject: str) -> Iterator[RequirementGroup]:
    """Yield what the program asks about a subject, then what its hospital asks of every applicant."""
    is_about = _SUBJECTS[subject]
    provenance = program.provenance
    requirements = tuple(filter(is_about, program.requirements))
    if requirements:
        cited = citations(catalog, provenance, provenance.sources_of("requirements"))
        is_third_party = provenance.third_party or "requirements" in provenance.third_party_fields
        yield RequirementGroup(requirements, cited, is_third_party=is_third_party)
    shared = tuple(filter(is_about, sponsor_requirements(catalog, program)))
    if shared:
        hospital = catalog.institution[program.institution].provenance
        yield RequirementGroup(
            shared, citations(catalog, hospital, hospital.sources_of("requirements")), is_hospital_wide=True
        )


def summarize_requirements(subject: str, requirements: Sequence[Requirement]) -> str:
    """Return requirements about a subject in a few words, those of every applicant first.

    Where the data has no structure, the summary is the first text as it is.
    """
    ordered = sorted(requirements, key=lambda requirement: (bool(requirement.applies_to), bool(requirement.track)))
    structured = [text for requirement in ordered if (text := _STRUCTURED[subject](requirement))]
    if structured:
        return _SEPARATOR.join(dict.fromkeys(structured))
    if subject == "ecfmg":  # as its name says, for international graduates
        return ordered[0].text
    return _plain_text(ordered[0]).replace("USMLE Step", "Step")


def _plain_text(requirement: Requirement) -> str:
    """Return the text, with a short word for international graduates in place of the long one."""
    if requirement.applies_to != _INTERNATIONAL:
        return requirement.text
    text = requirement.text.removeprefix(_INTERNATIONAL_PREFIX)
    is_word = text[1:2].islower() or text[:2] == "A "  # not an abbreviation
    return f"IMG: {text[:1].lower()}{text[1:]}" if is_word else f"IMG: {text}"


def _with_applicants(requirement: Requirement, text: str) -> str:
    """Return a text with how strict it is and whom it concerns."""
    if requirement.strength in ("preferred", "considered"):
        text = f"{text} {requirement.strength}"
    if requirement.applies_to == _INTERNATIONAL:
        return f"{text} (IMG)"
    return f"{text} ({requirement.applies_to})" if requirement.applies_to else text


def _letters(requirement: Requirement) -> str:
    number = requirement.needs.letters if requirement.needs else None
    if number is None:
        return ""
    text = f"{number} at least" if "at least" in requirement.text else str(number)
    return _with_applicants(requirement, text)


def _exams(requirement: Requirement) -> str:
    needs = requirement.needs
    if needs is None or not (needs.examinations or needs.score_min):
        return ""
    text = exam_names(needs.examinations)
    if needs.or_examinations:
        text = f"{text} or {exam_names(needs.or_examinations)}"
    scores = ", ".join(f"{exam_names((exam,))} {score} or more" for exam, score in needs.score_min.items())
    text = ", ".join(filter(None, (text, scores)))
    if needs.first_attempt or needs.max_attempts:
        text = f"{text} {'at the first attempt' if needs.first_attempt else f'within {needs.max_attempts} attempts'}"
    milestone = _MILESTONES.get(needs.by or "", "")
    return _with_applicants(requirement, f"{text} {milestone}".rstrip())


def exam_names(exams: Sequence[str]) -> str:
    """Return exams in short: "Step 1", "Steps 1 and 2", "COMLEX 1 and 2"."""
    steps = [_STEPS[exam] for exam in exams if exam in _STEPS]
    levels = [_LEVELS[exam] for exam in exams if exam in _LEVELS]
    names = [exam for exam in exams if exam not in _STEPS and exam not in _LEVELS]
    if levels:
        names.insert(0, f"COMLEX {_enumerated(levels)}")
    if steps:
        names.insert(0, f"Step{'s' if len(steps) > 1 else ''} {_enumerated(steps)}")
    return ", ".join(names)


def _enumerated(numbers: Sequence[str]) -> str:
    """Return "1", "1 and 2", "1, 2 and 3"."""
    *first, last = numbers
    return f"{', '.join(first)} and {last}" if first else last


def _graduation(requirement: Requirement) -> str:
    if requirement.needs and requirement.needs.no_year_limit:
        return _with_applicants(requirement, "no limit")
    years = requirement.needs.years_since_graduation if requirement.needs else None
    return _with_applicants(requirement, plural(years, "year")) if years else ""


def _ecfmg(requirement: Requirement) -> str:
    needs = requirement.needs
    if needs is None or needs.certificate != "ECFMG":
        return ""
    text = f"certificate {_MILESTONES.get(needs.by or '', '')}".rstrip()
    return f"{text} {requirement.strength}" if requirement.strength in ("preferred", "considered") else text


def _experience(requirement: Requirement) -> str:
    needs = requirement.needs
    if needs is None or not needs.clinical_months:
        return ""
    countries = " or ".join(needs.clinical_country)
    parts = (plural(needs.clinical_months, "month"), " or ".join(needs.clinical_kind), countries and f"in {countries}")
    return _with_applicants(requirement, " ".join(filter(None, parts)))


_STRUCTURED: Mapping[str, Callable[[Requirement], str]] = {
    "letters": _letters,
    "exams": _exams,
    "graduation": _graduation,
    "experience": _experience,
    "ecfmg": _ecfmg,
}
