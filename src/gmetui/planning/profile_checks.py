"""What is wrong in a profile beyond its form: codes that are none, entries that contradict themselves, unknown ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.us_states import STATES
from ..text import did_you_mean
from .date_spans import partial_date
from .profile import ExamResult, Profile

_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY_HINT = "write its code of two capital letters, such as “US” or “IN”"
_LANGUAGE_HINT = "write its code of two small letters, such as “en”"


class ProfileProblem(NamedTuple):
    """What is wrong with a key of a profile, and what to write instead."""

    key: str
    message: str
    hint: str


def profile_problems(profile: Profile) -> Iterator[ProfileProblem]:
    """Yield what is wrong in a profile, whatever programs there are."""
    yield from _code_problems(profile)
    for index, result in enumerate(profile.exam or ()):
        yield from _exam_problems(f"exam[{index}]", result)
    for index, record in enumerate(profile.training or ()):
        first, last = (partial_date(text) if text else None for text in (record.first, record.last))
        if first and last and last.last < first.first:
            yield ProfileProblem(f"training[{index}].last", "is before the first day", "correct one of them")
    if profile.visa and profile.visa.needed is False and profile.visa.will_take:
        yield ProfileProblem("visa.will_take", "names visas although none is needed", "remove it, or `needed = false`")


def _code_problems(profile: Profile) -> Iterator[ProfileProblem]:
    countries = [
        ("school_country", profile.school_country),
        *((f"citizenship[{index}]", code) for index, code in enumerate(profile.citizenship or ())),
        *((f"training[{index}].country", record.country) for index, record in enumerate(profile.training or ())),
        *((f"clinical[{index}].country", record.country) for index, record in enumerate(profile.clinical or ())),
    ]
    for key, code in countries:
        if code is not None and not _COUNTRY.fullmatch(code):
            yield ProfileProblem(key, f"“{code}” is not a country", _COUNTRY_HINT)
    for index, language in enumerate(profile.languages or ()):
        if not _LANGUAGE.fullmatch(language):
            yield ProfileProblem(f"languages[{index}]", f"“{language}” is not a language", _LANGUAGE_HINT)
    for index, license_record in enumerate(profile.license or ()):
        if license_record.state not in STATES:
            message = f"“{license_record.state}” is not a state"
            yield ProfileProblem(f"license[{index}].state", message, "write two capital letters, such as “MA”")


def _exam_problems(key: str, result: ExamResult) -> Iterator[ProfileProblem]:
    if result.taken is False and (result.passed or result.planned):
        yield ProfileProblem(f"{key}.taken", "contradicts the date", "remove one of them")
    if result.passed and result.planned:
        yield ProfileProblem(f"{key}.planned", "contradicts the pass", "remove one of them")
    if result.score is not None and not result.passed:
        yield ProfileProblem(f"{key}.score", "needs the date of the pass", "add `passed`")


def unknown_ids(profile: Profile, catalog: Catalog) -> Iterator[ProfileProblem]:
    """Yield the ids of a profile that a catalog does not have."""
    specialties = [
        *((f"aim.specialties[{index}]", each) for index, each in enumerate(_aimed_specialties(profile))),
        *((f"training[{index}].specialty", record.specialty) for index, record in enumerate(profile.training or ())),
    ]
    for key, specialty_id in specialties:
        if specialty_id is not None and specialty_id not in catalog.specialty:
            hint = did_you_mean(specialty_id, catalog.specialty) or "`gmetui specialties` lists their ids"
            yield ProfileProblem(key, f"unknown specialty “{specialty_id}”", hint)
    for index, institution_id in enumerate(profile.home or ()):
        if institution_id not in catalog.institution:
            hint = did_you_mean(institution_id, catalog.institution) or "`gmetui institutions` lists their ids"
            yield ProfileProblem(f"home[{index}]", f"unknown institution “{institution_id}”", hint)
    for index, record in enumerate(profile.training or ()):
        if record.program is not None and record.program not in catalog.program:
            message = f"unknown program “{record.program}”"
            yield ProfileProblem(f"training[{index}].program", message, "`gmetui search` lists ids; leave it out")


def _aimed_specialties(profile: Profile) -> tuple[str, ...]:
    return (profile.aim.specialties or ()) if profile.aim else ()
