"""The facts that applicants ask first, each as short as it can be: the strip at the top of a program's document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.facts import citations
from ..catalog.item_notes import Qualifier
from ..catalog.items import Visa
from ..catalog.models import Program
from ..catalog.pay import pay_scale, starting_level
from ..catalog.training_length import programs_after, years_text
from ..text import plural
from .deadlines import DeadlineTime, deadline_time, short_deadline
from .document import FactRow, Value
from .fact_rows import HOSPITAL_WIDE, RecordFacts, institution_record_facts, stored_value, with_qualifiers
from .institution_blocks import NO_YEAR

USUAL = Qualifier("usual", "usual")
UNDATED_FACT = Qualifier("undated", NO_YEAR)
_REMARK = re.compile(r"\s*[(;,].*", re.DOTALL)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d\d)\b(?!-))?")
_NOT_KEPT_SHORT = ("strength", "applies_to", "track", "match_code", "as_of")


def fact_strip(catalog: Catalog, program: Program, program_facts: RecordFacts, today: date) -> tuple[FactRow, ...]:
    """Return length, positions, visas, salary, deadline, how to apply, and the programs after it if there are any."""
    next_count = len(programs_after(catalog, program))
    following = (FactRow("next", "After training", (Value(plural(next_count, "program")),)),) if next_count else ()
    return (
        FactRow("length_years", "Length", _length(catalog, program, program_facts)),
        FactRow("positions_per_year", "Positions", program_facts.values("positions_per_year")),
        FactRow("visa", "Visas", visa_values(catalog, program, program_facts)),
        _salary(catalog, program),
        deadline_row(program, program_facts, today),
        FactRow("application_service", "Apply through", tuple(_services(catalog, program, program_facts))),
        *following,
    )


def _length(catalog: Catalog, program: Program, program_facts: RecordFacts) -> tuple[Value, ...]:
    values = program_facts.values("length_years")
    specialty = catalog.specialty[program.specialty]
    if values or specialty.length_years is None:
        return values
    years = years_text((specialty.length_years, specialty.length_years_max or specialty.length_years))
    value = stored_value(catalog, specialty, "length_years", years, "year" if years == "1" else "years")
    return with_qualifiers([value], USUAL)


def visa_values(catalog: Catalog, program: Program, program_facts: RecordFacts) -> tuple[Value, ...]:
    """Return the visa types of a program, or those of its hospital, each once and marked with its exceptions."""
    values = tuple(_visa_types(program.visa, program_facts.values("visa")))
    if values:
        return values
    institution = catalog.institution[program.institution]
    sponsor_values = institution_record_facts(catalog, institution.id).values("visa")
    return with_qualifiers(_visa_types(institution.visa, sponsor_values), HOSPITAL_WIDE)


def _visa_types(items: tuple[Visa, ...], values: tuple[Value, ...]) -> Iterator[Value]:
    """Yield each visa type once: sponsored, by case, then those that are not; the text where it names no type."""
    pairs = list(zip(items, values, strict=True))
    answers: dict[str, Value] = {}
    for item, value in pairs:
        for types, text in ((item.sponsored, "{}"), (item.by_case, "{} by case"), (item.refused, "no {}")):
            for visa in types:
                answers.setdefault(visa, _short(value, text.format(visa)))
    positive = [value for value in answers.values() if not value.text.startswith("no ")]
    yield from positive or answers.values()
    if not answers:
        yield from (_short(value, "see below") for _, value in pairs[:1])


def _salary(catalog: Catalog, program: Program) -> FactRow:
    """Return what the sponsor pays in the first year of the program, with the year of the scale."""
    scale, level = pay_scale(catalog, program), starting_level(catalog, program) or "1"
    label = f"PGY-{level} salary"
    if scale is None or level not in scale.pgy:
        return FactRow("salary", label)
    years = _YEARS.search(scale.year)
    year_remark = Qualifier("as_of", years[0]) if years else UNDATED_FACT
    cited = citations(catalog, scale.provenance, scale.provenance.source)
    value = Value(f"${scale.pgy[level]:,.0f}", qualifiers=(HOSPITAL_WIDE, year_remark), citations=cited)
    return FactRow("salary", label, (value,))


def deadline_row(program: Program, program_facts: RecordFacts, today: date) -> FactRow:
    """Return the next day by which to apply, else the last one of a past cycle with its year."""
    candidates: list[tuple[DeadlineTime, Value]] = []
    for item, value in zip(program.deadlines, program_facts.values("deadlines"), strict=True):
        if any(event.what == "application" for event in item.dates):
            deadline_moment = deadline_time(item, value.citations, today)
            candidates.append((deadline_moment, _short(value, short_deadline(item, today))))
    coming = sorted(
        (candidate for candidate in candidates if candidate[0].state == "coming"),
        key=lambda candidate: candidate[0].moment,
    )
    undated = [candidate for candidate in candidates if candidate[0].state == "undated"]
    past = sorted(
        (candidate for candidate in candidates if candidate[0].state == "past"),
        key=lambda candidate: -candidate[0].year,
    )
    for deadline_moment, value in (*coming, *undated, *past):
        label = "Last deadline" if deadline_moment.state == "past" else "Deadline"
        return FactRow("deadlines", label, with_qualifiers([value], *_time_qualifiers(deadline_moment)))
    return FactRow("deadlines", "Deadline")


def _time_qualifiers(deadline_moment: DeadlineTime) -> tuple[Qualifier, ...]:
    if deadline_moment.state == "undated":
        return (UNDATED_FACT,)
    years = _YEARS.search(deadline_moment.period)
    year_remark = (
        deadline_moment.moment[:4]
        if deadline_moment.moment[:2] in ("19", "20")
        else years[0]
        if years
        else deadline_moment.period
    )
    return (Qualifier("past", year_remark),) if deadline_moment.state == "past" else ()


def _services(catalog: Catalog, program: Program, program_facts: RecordFacts) -> Iterator[Value]:
    """Yield the application service and the match by their names; what is usual where the program states none."""
    for key in ("application_service", "match"):
        yield from (_short(value, _REMARK.sub("", value.text)) for value in program_facts.values(key))
    specialty = catalog.specialty[program.specialty]
    if not program_facts.values("application_service") and specialty.application:
        text = _REMARK.sub("", specialty.application[0])
        yield from with_qualifiers([stored_value(catalog, specialty, "application", text)], USUAL)


def _short(value: Value, text: str) -> Value:
    """Return a value with another text, and only those qualifiers that make it an exception."""
    qualifiers = tuple(each for each in value.qualifiers if each.aspect not in _NOT_KEPT_SHORT)
    return value._replace(text=text, unit="", qualifiers=qualifiers)
