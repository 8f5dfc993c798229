"""One program in full, as sections of lines: what is known, from which page and of what date, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...catalog.completeness import completeness
from ...catalog.facts import (
    ASIDES,
    NOT_STATED,
    Citation,
    Fact,
    all_citations,
    citations,
    general_requirements,
    institution_facts,
    program_facts,
    source_name,
)
from ...catalog.items import Requirement
from ...catalog.model import KIND_LABELS, PUBLISHER_LABELS, Catalog, Institution, Program
from .lines import Line, fit, wrap
from .writing import DetailLine, Writer

#: Fields that are shown also when nobody states them: what applicants ask first.
ASKED_FIRST = (
    "length_years",
    "positions_per_year",
    "start",
    "application_service",
    "match",
    "deadlines",
    "visa",
    "accreditation",
)
_LATER = (
    "specialty",
    "specialty_as_named",
    "parent_specialty",
    "other_names",
    "campus",
    "joint_with",
    "sites",
    "sites_note",
    "tracks",
    "curriculum",
    "highlights",
    "benefits",
    "acgme_id",
    "nrmp_codes",
    "contact_office",
    "url",
)
_NOTES = {
    "length_years": ("length_note",),
    "positions_per_year": ("positions_note",),
    "application_service": ("application_note",),
    "accreditation": ("accreditation_note",),
}


class Detail(NamedTuple):
    """A program as a heading that stays and sections that scroll."""

    heading: tuple[Line, ...]
    lines: tuple[DetailLine, ...]
    sections: tuple[tuple[str, int], ...]  # title and the line it begins on


_OF_INSTITUTION = (
    "highlights",
    "medical_school",
    "system",
    "system_hospitals",
    "application_service",
    "match",
    "visa",
    "international_graduates",
    "benefits",
    "published_counts",
    "disagreements",
)
_ROUTES = {
    "rotator": "For residents of other programs who want to rotate",
    "visiting student": "For visiting students",
    "verification of training": "For former trainees: verification of training",
}


def program_detail(catalog: Catalog, program: Program, width: int) -> Detail:
    """Return a program in full for a pane of `width` cells."""
    writer = Writer(max(20, width))
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    _overview(writer, catalog, program, facts)
    _requirements(writer, catalog, program, facts["requirements"])
    _mission(writer, catalog, program)
    _institution(writer, catalog, catalog.institution[program.institution])
    _sources(writer, catalog, program)
    return Detail(_heading(catalog, program, width), tuple(writer.lines), tuple(writer.sections))


def _heading(catalog: Catalog, program: Program, width: int) -> tuple[Line, ...]:
    institution = catalog.institution[program.institution]
    place = ", ".join(filter(None, (institution.city, institution.state)))
    name = wrap(program.name, width)
    lines = [((part, "title"),) for part in name[:2]]
    if len(name) > 2:
        lines[1] = ((fit(f"{name[1]} {name[2]}", width), "title"),)
    about = f"{institution.name} · {KIND_LABELS[program.kind]} · {place}"
    return (*lines, ((fit(about, width), "muted"),))


def _overview(writer: Writer, catalog: Catalog, program: Program, facts: dict[str, Fact]) -> None:
    writer.section("Overview")
    if program.provenance.third_party:
        writer.text("No page of the institution itself was found: this is what third parties say.", "warning")
    for key in ASKED_FIRST:
        fact = facts[key]
        values = _with_unit(key, fact.values)
        writer.fact(fact.label, values, fact.citations)
        for note in _NOTES.get(key, ()):
            if facts[note].values:
                writer.fact("", facts[note].values, facts[note].citations, "muted")
    for key in _LATER:
        if facts[key].values:
            writer.fact(facts[key].label, facts[key].values, facts[key].citations)
    if program.disagreements:
        writer.fact("Pages disagree", facts["disagreements"].values, facts["disagreements"].citations, "warning")
    stated, asked = completeness(catalog, program)
    writer.blank()
    writer.text(f"{stated} of {asked} things that applicants ask are stated.", "muted")
    silent = [facts[key].name for key in _LATER if not facts[key].values and key not in ASIDES]
    if silent:
        writer.text(f"Not stated either: {', '.join(silent)}.", "unstated")


def _with_unit(key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if key == "length_years":
        return tuple(f"{value} year{'s' * (value != '1')}" for value in values)
    return tuple(f"{value} a year" for value in values) if key == "positions_per_year" else values


def _requirements(writer: Writer, catalog: Catalog, program: Program, asked: Fact) -> None:
    writer.section("Requirements")
    institution = catalog.institution[program.institution]
    writer.text("This program asks", "strong")
    if program.requirements:
        _by_topic(writer, program.requirements, asked.citations)
    else:
        writer.add((NOT_STATED, "unstated"))
    if institution.requirements:
        writer.blank()
        writer.text(f"{institution.short} asks every applicant", "strong")
        provenance = institution.provenance
        _by_topic(writer, institution.requirements, citations(catalog, provenance, provenance.pages("requirements")))
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        writer.blank()
        writer.text(f"Usual in {specialty.label.casefold()}, not this program's words", "strong")
        pages = specialty.provenance.pages("prerequisite")
        writer.fact("Prerequisite", [specialty.prerequisite], citations(catalog, specialty.provenance, pages))
    rules = general_requirements(catalog, program)
    if rules:
        writer.blank()
        writer.text("Rules of the country and the state, not this program's words", "strong")
    for rule in rules:
        pages = () if "text" in rule.provenance.general_knowledge else rule.provenance.source
        label = f"{rule.topic.capitalize()}{f' ({rule.state})' if rule.state else ''}"
        writer.fact(label, [rule.text], citations(catalog, rule.provenance, pages))


def _by_topic(writer: Writer, requirements: Sequence[Requirement], cited: tuple[Citation, ...]) -> None:
    topics: dict[str, list[str]] = {}
    for requirement in requirements:
        topics.setdefault(requirement.topic, []).append(requirement.text)
    for topic, texts in topics.items():
        writer.fact(topic.capitalize(), texts, cited)


def _mission(writer: Writer, catalog: Catalog, program: Program) -> None:
    writer.section("Mission")
    institution = catalog.institution[program.institution]
    if not program.statements:
        writer.fact("Of the program", (), ())
    for owner in (program, institution):
        _statements(writer, catalog, owner)


def _statements(writer: Writer, catalog: Catalog, owner: Program | Institution) -> None:
    whose = "the program" if isinstance(owner, Program) else owner.name
    for statement in owner.statements:
        if writer.lines[-1].line and len(writer.lines) > writer.sections[-1][1] + 1:
            writer.blank()
        writer.text(f"{statement.what.capitalize()} of {whose}, quoted", "strong")
        for number, quote in enumerate(statement.quote):
            opening = "“" if len(statement.quote) == 1 or not number else " "
            closing = "”" if number == len(statement.quote) - 1 else ""
            for place, part in enumerate(wrap(quote + closing, writer.width - 2)):
                writer.add((f"{opening if not place else ' '}{part}", "quote"))
        cited = citations(catalog, owner.provenance, statement.source)
        writer.text(writer.marks(cited), "muted", " ")
        if statement.note:
            writer.text(statement.note, "muted", " ")


def _institution(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """What holds for all programs of the sponsor, and how somebody comes who is not an applicant."""
    writer.section("Institution")
    facts = {fact.key: fact for fact in institution_facts(catalog, institution)}
    for key in _OF_INSTITUTION:
        if facts[key].values:
            writer.fact(facts[key].label, facts[key].values, facts[key].citations)
    for route in institution.routes:
        writer.blank()
        writer.text(_ROUTES.get(route.kind, f"For a {route.kind}"), "strong")
        writer.fact("Asked", route.steps, citations(catalog, institution.provenance, route.source))
    for salary in (salary for salary in catalog.salaries if salary.institution == institution.id):
        writer.blank()
        writer.text(f"Pay, {salary.year}: {salary.employer}", "strong")
        cited = citations(catalog, salary.provenance, salary.provenance.source)
        writer.fact("Dollars a year", [f"PGY-{year}  {dollars:,.0f}" for year, dollars in salary.pgy.items()], cited)
        if salary.note:
            writer.text(salary.note, "muted")


def _sources(writer: Writer, catalog: Catalog, program: Program) -> None:
    given = all_citations(catalog, program)
    for citation, _ in given.values():
        writer.marks([citation])
    writer.section("Sources")
    read_by = catalog.edition.read_by
    edition = f"Data edition {catalog.edition.version} of {catalog.edition.date}"
    writer.text(f"{edition}; pages read up to {read_by}." if read_by else f"{edition}.", "muted")
    for own, number in writer.numbers.items():
        citation = writer.cited[own]
        source = citation.source
        writer.blank()
        head = f"[{number}] "
        for place, part in enumerate(wrap(source_name(source), writer.width - len(head))):
            writer.add((head if not place else " " * len(head), "key"), (part, "text"), address=source.url)
        about = f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}"
        writer.text(about, "warning" if source.publisher == "third-party" else "muted", "    ")
        fields = given[own][1] if own in given else ()
        if fields:
            writer.text(f"gave {', '.join(dict.fromkeys(fields))}", "muted", "    ")
        if source.url:
            writer.text(source.url, "link", "    ", source.url)
