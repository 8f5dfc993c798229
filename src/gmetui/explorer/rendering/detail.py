"""One program in full, as sections of lines: what is known, from which page and of what date, and what is not."""

from __future__ import annotations

from typing import NamedTuple

from ...catalog.completeness import completeness
from ...catalog.facts import (
    ASIDES,
    Fact,
    all_citations,
    program_facts,
    source_name,
)
from ...catalog.model import KIND_LABELS, PUBLISHER_LABELS, Catalog, Program
from .asked import write_requirements
from .lines import Line, fit, wrap
from .sponsor import write_disagreements, write_institution, write_statements
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


def program_detail(catalog: Catalog, program: Program, width: int) -> Detail:
    """Return a program in full for a pane of `width` cells."""
    writer = Writer(max(20, width))
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    _overview(writer, catalog, program, facts)
    write_requirements(writer, catalog, program, facts["requirements"])
    _mission(writer, catalog, program)
    write_institution(writer, catalog, catalog.institution[program.institution])
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
        writer.fact(fact.label, _with_unit(key, fact), fact.citations)
        for note in _NOTES.get(key, ()):
            if facts[note].values:
                writer.fact("", facts[note].shown, facts[note].citations, "muted")
    for key in _LATER:
        if facts[key].values:
            writer.fact(facts[key].label, facts[key].shown, facts[key].citations)
    if program.disagreements:
        writer.blank()
        write_disagreements(writer, catalog, program)
    stated, asked = completeness(catalog, program)
    writer.blank()
    writer.text(f"{stated} of {asked} things that applicants ask are stated.", "muted")
    silent = [facts[key].name for key in _LATER if not facts[key].values and key not in ASIDES]
    if silent:
        writer.text(f"Not stated either: {', '.join(silent)}.", "unstated")


def _with_unit(key: str, fact: Fact) -> tuple[str, ...]:
    units = {"length_years": "year" if fact.text == "1" else "years", "positions_per_year": "a year"}
    unit = units.get(key)
    return tuple(value.replace(fact.text, f"{fact.text} {unit}", 1) for value in fact.shown) if unit else fact.shown


def _mission(writer: Writer, catalog: Catalog, program: Program) -> None:
    writer.section("Mission")
    institution = catalog.institution[program.institution]
    if not program.statements:
        writer.fact("Of the program", (), ())
    for owner in (program, institution):
        write_statements(writer, catalog, owner)


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
