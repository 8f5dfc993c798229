"""One program in full, as sections of lines: what is known, from which page and of what date, and what is not."""

from __future__ import annotations

from ...catalog.completeness import completeness
from ...catalog.facts import ASIDES, NOTES, Fact, all_citations, program_facts
from ...catalog.model import KIND_LABELS, Catalog, Program
from .asked import write_requirements
from .lines import Line, fit, wrap
from .sources import write_sources
from .sponsor import write_disagreements, write_institution, write_statements
from .writing import Detail, Writer

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


def program_detail(catalog: Catalog, program: Program, width: int) -> Detail:
    """Return a program in full for a pane of `width` cells."""
    writer = Writer(max(20, width))
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    _overview(writer, catalog, program, facts)
    write_requirements(writer, catalog, program, facts["requirements"])
    _mission(writer, catalog, program)
    write_institution(writer, catalog, catalog.institution[program.institution])
    write_sources(writer, catalog, all_citations(catalog, program))
    return writer.page(_heading(catalog, program, width))


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
        writer.fact(fact.label, fact.measured, fact.citations)
        note = facts.get(NOTES.get(key, ""))
        if note and note.values:
            writer.fact("", note.shown, note.citations, "muted")
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


def _mission(writer: Writer, catalog: Catalog, program: Program) -> None:
    writer.section("Mission")
    institution = catalog.institution[program.institution]
    if not program.statements:
        writer.fact("Of the program", (), ())
    for owner in (program, institution):
        write_statements(writer, catalog, owner)
