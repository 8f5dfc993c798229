"""The facts that decide between programs, each as one short value with the whole text behind it.

Length, visas and deadline are those of the strip on a program's page, so that the two cannot disagree. Other summaries
are made from the structure of the data where there is any, else they are the text of the page: a summary never states
more than the page does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from ..catalog.catalog import Catalog
from ..catalog.facts import item_citations
from ..catalog.item_notes import THIRD_PARTY, Qualifier, qualifiers_of
from ..catalog.items import SiteReference, Visa
from ..catalog.models import Program
from ..catalog.schema import PROGRAM
from ..catalog.training_length import NextProgram, next_programs, years_text
from ..catalog.years import year_of
from ..lean_typing import NamedTuple
from ..text import plural
from .document import FactRow, Link, Value
from .fact_rows import HOSPITAL_WIDE, RecordFacts, institution_record_facts, with_qualifiers
from .fact_strip import USUAL, deadline_row, fact_strip, visa_values
from .requirement_summary import requirement_groups, summarize_requirements

_SEPARATOR = " · "
_DOUBTS = (Qualifier("third_party", THIRD_PARTY), Qualifier("unconfirmed", "unconfirmed"))


class DecidingFact(NamedTuple):
    """What is known of one fact of one program: `summary` fits one line, `details` are the whole texts.

    Without a summary nobody publishes the fact. `amount` is the number of a fact that can be drawn as a bar.
    """

    summary: Value | None = None
    details: tuple[Value, ...] = ()
    amount: float | None = None

    @property
    def text(self) -> str:
        """The summary as people read it, "" without one."""
        return f"{self.summary.measured_text}{summary_remarks(self.summary)}" if self.summary else ""


class ProgramInput(NamedTuple):
    """A program with what its summaries are made from; `strip` are the facts on top of its page, by key."""

    catalog: Catalog
    program: Program
    facts: RecordFacts
    strip: Mapping[str, FactRow]

    def details(self, *keys: str) -> tuple[Value, ...]:
        """Return all values of some fields."""
        return tuple(value for key in keys for value in self.facts.values(key))


Summarizer = Callable[[ProgramInput], DecidingFact]


def program_input(catalog: Catalog, program: Program, today: date) -> ProgramInput:
    """Return a program with its facts."""
    facts = RecordFacts(catalog, program)
    strip = {row.key: row for row in fact_strip(catalog, program, facts, today)}
    return ProgramInput(catalog, program, facts, strip)


def summary_words(value: Value) -> str:
    """Return the remarks on a summary that no sign stands for: " (usual)", " (2024)" for a past cycle, or ""."""
    words = [qualifier.text for qualifier in value.qualifiers if qualifier.aspect in ("usual", "past")]
    return f" ({', '.join(words)})" if words else ""


def summary_remarks(value: Value) -> str:
    """Return the signs and the words behind a summary: "*", " (usual)", "~ (2024)"."""
    return f"{value.mark}{summary_words(value)}"


def _summary_of(text: str, details: Sequence[Value], *qualifiers: Qualifier) -> Value:
    """Return a summary of details, with their pages. It is a third party's or unconfirmed where all of them are."""
    cited_pages = dict.fromkeys(citation for value in details for citation in value.citations)
    doubts = (doubt for doubt in _DOUBTS if details and all(map(partial(_has_qualifier, doubt), details)))
    return Value(text, "", (*qualifiers, *doubts), tuple(cited_pages))


def _has_qualifier(qualifier: Qualifier, value: Value) -> bool:
    return any(each.aspect == qualifier.aspect for each in value.qualifiers)


def length(source: ProgramInput) -> DecidingFact:
    """Return the length of a program, or the usual length in its specialty."""
    details = source.details("length_years", "length_note")
    values = source.strip["length_years"].values
    if not values:
        return DecidingFact(details[0] if details else None, details)
    if _has_qualifier(USUAL, values[0]):
        specialty = source.catalog.specialty[source.program.specialty]
        reason = f"Usual in {specialty.label}; the program does not state its length"
        details = (*details, Value(reason, citations=values[0].citations))
    return DecidingFact(values[0], details)


def positions(source: ProgramInput) -> DecidingFact:
    """Return the positions a year, with those of the tracks: "24: 16 categorical, 8 preliminary"."""
    details = source.details("positions_per_year", "positions_note")
    tracks = [
        (track, value)
        for track, value in zip(source.program.tracks, source.facts.values("tracks"), strict=True)
        if track.positions_per_year
    ]
    track_values = tuple(value for _track, value in tracks)
    parts = ", ".join(f"{track.positions_per_year} {plain_name(track.name)}" for track, _value in tracks)
    if source.program.positions_per_year is not None:
        total = str(source.program.positions_per_year)
        text = f"{total}: {parts}" if parts else total
        return DecidingFact(_summary_of(text, details[:1]), (*details, *track_values))
    if details:
        text = details[0].text.removesuffix(" a year")  # as the label says
        return DecidingFact(_summary_of(text, details[:1]), (*details, *track_values))
    return DecidingFact(_summary_of(parts, track_values) if parts else None, track_values)


def visas(source: ProgramInput) -> DecidingFact:
    """Return the visas of a program, or those that hold for all programs of its hospital."""
    details = _visa_details(source.catalog, source.program)
    text = visa_text(source.catalog, source.program, source.facts)
    cited_pages = dict.fromkeys(citation for value in details for citation in value.citations)
    return DecidingFact(Value(text, citations=tuple(cited_pages)), details) if text else DecidingFact()


def visa_text(catalog: Catalog, program: Program, facts: RecordFacts | None = None) -> str:
    """Return the visas of a program in a few words: "J-1 H-1B*", "J-1 only", "J-1~ · no H-1B", or "" if unknown.

    What a hospital says of all its programs counts only where it names visas that it sponsors or refuses.
    """
    items = program.visa or catalog.institution[program.institution].visa
    if not any(item.sponsored or item.by_case or item.refused for item in items):
        return program.visa[0].text if program.visa else ""
    values = visa_values(catalog, program, facts or RecordFacts(catalog, program))
    texts = [f"{value.measured_text}{value.mark}" for value in values]
    is_plain = all(" " not in text for text in texts)  # "J-1 H-1B", but "J-1 · H-1B by case"
    text = (" " if is_plain else _SEPARATOR).join(texts)
    if any(item.only for item in items):
        return f"{text} only"
    return _SEPARATOR.join((text, *_refusals(items, _visa_details(catalog, program))))


def _refusals(items: Sequence[Visa], details: Sequence[Value]) -> Iterator[str]:
    """Yield the visas that are refused while others are sponsored, each with its signs: "no O-1*"."""
    sponsored = {visa for item in items for visa in item.sponsored}
    marks = {
        visa: detail.mark for item, detail in zip(items, details, strict=True) for visa in item.refused if sponsored
    }
    yield from (f"no {visa}{mark}" for visa, mark in marks.items() if visa not in sponsored)


def _visa_details(catalog: Catalog, program: Program) -> tuple[Value, ...]:
    """Return all that is said about visas: by the program, else by its hospital."""
    if program.visa:
        return RecordFacts(catalog, program).values("visa")
    hospital_values = institution_record_facts(catalog, program.institution).values("visa")
    return with_qualifiers(hospital_values, HOSPITAL_WIDE)


def deadline_text(catalog: Catalog, program: Program, today: date) -> str:
    """Return the day by which to apply, with the year of a past cycle: "Sep 24 (2024)"; the first text, or ""."""
    values = deadline_row(program, RecordFacts(catalog, program), today).values
    if values:
        return f"{values[0].measured_text}{summary_words(values[0])}"
    return program.deadlines[0].text if program.deadlines else ""


def deadline(source: ProgramInput) -> DecidingFact:
    """Return the day by which to apply, with its year in parentheses if that cycle is over."""
    details = source.details("deadlines")
    values = source.strip["deadlines"].values
    if values:
        return DecidingFact(values[0], details)
    return DecidingFact(_summary_of(details[0].text, details[:1]) if details else None, details)


def deadline_year(fact: DecidingFact) -> int | None:
    """Return the year of a deadline, of its cycle where the day has none; None where no page gives one."""
    if fact.summary is None:
        return None
    past = next((qualifier.text for qualifier in fact.summary.qualifiers if qualifier.aspect == "past"), None)
    return year_of(fact.summary.text) or year_of(past)


def page_years(source: ProgramInput) -> list[int]:
    """Return the years of the pages behind a program's facts, oldest first."""
    values = (value for field in PROGRAM for value in source.facts.values(field.key))
    years = {year_of(citation.as_of) for value in values for citation in value.citations}
    return sorted(year for year in years if year is not None)


def stated_fact(*keys: str) -> Summarizer:
    """Return the function that takes the first value of a field as the summary; further keys are notes on it."""

    def summarize(source: ProgramInput) -> DecidingFact:
        details = source.details(*keys)
        return DecidingFact(_summary_of(details[0].text, details[:1]) if details else None, details)

    return summarize


def service(source: ProgramInput) -> DecidingFact:
    """Return the application service, or the usual one of the specialty."""
    stated = stated_fact("application_service", "application_note")(source)
    usual = (value for value in source.strip["application_service"].values if _has_qualifier(USUAL, value))
    value = next(usual, None)
    if stated.summary is not None or value is None:
        return stated
    specialty = source.catalog.specialty[source.program.specialty]
    reason = f"Usual in {specialty.label}; the program does not state it"
    return DecidingFact(value, (*stated.details, Value(reason, citations=value.citations)))


def required(subject: str) -> Summarizer:
    """Return the function that summarizes the requirements about one subject."""

    def summarize(source: ProgramInput) -> DecidingFact:
        for group in requirement_groups(source.catalog, source.program, subject):
            hospital = (HOSPITAL_WIDE,) if group.is_hospital_wide else ()
            details = tuple(
                Value(
                    requirement.text,
                    "",
                    (*qualifiers_of(requirement, third_party=group.is_third_party), *hospital),
                    item_citations(source.catalog, requirement) or group.citations,
                )
                for requirement in group.requirements
            )
            text = summarize_requirements(subject, group.requirements)
            return DecidingFact(_summary_of(text, details, *hospital), details)
        return DecidingFact()

    return summarize


def tracks(source: ProgramInput) -> DecidingFact:
    """Return the number of tracks and their names: "3: categorical, primary care, preliminary"."""
    names = [plain_name(track.name) for track in source.program.tracks]
    return _listed(names, ", ", source.details("tracks"))


def sites(source: ProgramInput) -> DecidingFact:
    """Return the number of sites and their names."""
    names = [_site_name(source.catalog, reference) for reference in source.program.sites]
    fact = _listed(names, _SEPARATOR, source.details("sites"))
    return fact._replace(details=(*fact.details, *source.details("sites_note")))


def _listed(names: Sequence[str], separator: str, details: tuple[Value, ...]) -> DecidingFact:
    if not details:
        return DecidingFact()
    text = f"{len(names)}: {separator.join(names)}" if len(names) > 1 else names[0]
    return DecidingFact(_summary_of(text, details), details)


#: Words of tracks' names that no person has for a name.
_COMMON_WORDS = frozenset(
    (
        *("categorical", "preliminary", "advanced", "primary", "care", "research", "clinical", "integrated", "track"),
        *("independent", "combined", "global", "health", "medicine", "medical", "surgery", "surgical", "education"),
        *("physician-scientist", "pathway", "rural", "urban", "community", "academic", "leadership", "policy"),
        *("linked", "neurology", "anesthesiology", "ophthalmology", "dermatology", "psychiatry", "pediatrics"),
        *("and", "for"),
    )
)


def plain_name(name: str) -> str:
    """Return a track's name as it is written inside a sentence: "primary care"; a name that may be a person's stays."""
    are_common = all(word.casefold() in _COMMON_WORDS for word in name.split(" "))
    return name.lower() if are_common else name


def _site_name(catalog: Catalog, reference: SiteReference) -> str:
    """Return the short name of the hospital that a site is, or what the page calls it without its remarks."""
    site = catalog.site.get(reference.site[0]) if len(reference.site) == 1 else None
    institution = catalog.institution.get(site.institution) if site and site.institution else None
    if institution is not None and site is not None and site.name in (institution.name, institution.flagship):
        return institution.short_name
    return reference.text.partition(" (")[0].partition("; ")[0]


def afterwards(source: ProgramInput) -> DecidingFact:
    """Return the number of programs to stay for, each a link with its years and the total."""
    listed_steps, unlisted_count, _ = next_programs(source.catalog, source.program)
    steps = [next_step for next_step in listed_steps if not next_step.depth]
    if not steps:
        return DecidingFact()
    details = tuple(Value(_step_text(next_step), link=Link("program", next_step.program.id)) for next_step in steps)
    if unlisted_count:
        details = (*details, Value(f"{unlisted_count:,} more"))
    are_fellowships = not unlisted_count and all(next_step.program.kind == "fellowship" for next_step in steps)
    noun = "fellowship" if are_fellowships else "program"
    return DecidingFact(
        Value(plural(len(steps) + unlisted_count, noun), link=Link("program", source.program.id)), details
    )


def _step_text(next_step: NextProgram) -> str:
    """Return "Cardiology Fellowship (3 years, 6 in all)"."""
    years, total = years_text(next_step.years), years_text(next_step.total)
    if not years:
        return next_step.program.name
    total_text = f", {total} in all" if total else ""
    return f"{next_step.program.name} ({years} {'year' if years == '1' else 'years'}{total_text})"
