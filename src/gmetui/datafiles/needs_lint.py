"""What `gmetui check` reports about conditions that can be tested: those that contradict themselves or test nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..catalog.items import Needs
from .draft import Node

_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_YEARLESS_DAY = re.compile(r"\d{2}(-\d{2})?")
#: The keys that say when or how, and test nothing alone.
_DEPENDENT_KEYS = frozenset({"by", "by_day", "untested"})


class NeedsFault(NamedTuple):
    """What is wrong with a condition, and what to write instead."""

    key: str
    message: str
    hint: str


def lint_needs(node: Node[Any], key_path: str, needs: Needs) -> None:
    """Report conditions that contradict each other, or that nobody can be tested against."""
    for needs_fault in (*_code_faults(needs), *_dependency_faults(needs), *_contradictions(needs)):
        where = f"{key_path}.{needs_fault.key}" if needs_fault.key else key_path
        node.report(where, needs_fault.message, needs_fault.hint, fatal=False)


def _code_faults(needs: Needs) -> Iterator[NeedsFault]:
    """Yield codes of countries, states, and languages that are none, and days with a year."""
    codes = (
        ("citizenship", needs.citizenship, _COUNTRY, "a country", "write two capital letters, such as “US”"),
        ("clinical_country", needs.clinical_country, _COUNTRY, "a country", "write two capital letters, such as “US”"),
        ("license", filter(None, (needs.license,)), _COUNTRY, "a state", "write two capital letters, such as “MA”"),
        ("languages", needs.languages, _LANGUAGE, "a language", "write two small letters, such as “en”"),
        ("by_day", filter(None, (needs.by_day,)), _YEARLESS_DAY, "a day without a year", "write MM-DD or MM"),
    )
    for key, values, pattern, code_noun, hint in codes:
        for value in values:
            if not pattern.fullmatch(value):
                yield NeedsFault(key, f"“{value}” is not {code_noun}", hint)


def _dependency_faults(needs: Needs) -> Iterator[NeedsFault]:
    """Yield keys that say nothing without another one."""
    stated_keys = {field for field in needs.__struct_fields__ if getattr(needs, field) not in (None, (), False, {})}
    stated_keys |= {"comlex"} if needs.comlex is not None else set()
    if not stated_keys - _DEPENDENT_KEYS:
        yield NeedsFault("", "has nothing to test", "add a condition, or leave `needs` out")
    for key, other in (("or_examinations", "examinations"), ("training_years", "trained_in")):
        if key in stated_keys and other not in stated_keys:
            yield NeedsFault(key, f"says nothing without {other}", f"add {other}")


def _contradictions(needs: Needs) -> Iterator[NeedsFault]:
    """Yield pairs of conditions that cannot both hold."""
    if needs.first_attempt and needs.max_attempts:
        yield NeedsFault("max_attempts", "contradicts first_attempt", "leave one of them out")
    if needs.no_year_limit and needs.years_since_graduation:
        yield NeedsFault("no_year_limit", "contradicts years_since_graduation", "leave one of them out")
    if needs.comlex is False and any("COMLEX" in exam for exam in (*needs.examinations, *needs.or_examinations)):
        yield NeedsFault("comlex", "contradicts the COMLEX exams that are accepted", "leave one of them out")
