"""Sections about an institution, for its own page and for the pages of its programs."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...catalog.facts import citations, institution_facts, item_citations
from ...catalog.models import Institution, Program
from .page_writer import PageWriter
from .spans import wrap

_ABOUT = (
    "highlights",
    "published_counts",
    "programs_listed",
    "flagship",
    "medical_school",
    "system",
    "system_hospitals",
    "note",
    "url",
)
_APPLYING = ("applying", "application_service", "match", "visa", "international_graduates")
_ROUTE_TITLES = {
    "rotator": "For residents and fellows of other programs who want to rotate",
    "visiting student": "For visiting students",
    "observer": "For observers",
    "verification of training": "For former trainees: verification of training",
}


def write_institution(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write the section on a program's sponsor: what it is, how to apply, and how to visit."""
    writer.start_section("Institution")
    write_about(writer, catalog, institution)
    write_applying(writer, catalog, institution)
    write_visiting(writer, catalog, institution)


def write_about(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write location, general facts, and the points on which pages disagree."""
    location = ", ".join(filter(None, (institution.city, institution.state)))
    if location:
        source_ids = institution.provenance.sources_of("city" if institution.city else "state")
        writer.add_fact("Location", [location], citations(catalog, institution.provenance, source_ids))
    _write_facts(writer, catalog, institution, _ABOUT)
    if institution.disagreements:
        writer.add_blank_line()
        write_disagreements(writer, catalog, institution)


def write_applying(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write how to apply to any of its programs."""
    _write_facts(writer, catalog, institution, _APPLYING)


def _write_facts(writer: PageWriter, catalog: Catalog, institution: Institution, keys: tuple[str, ...]) -> None:
    facts = {fact.key: fact for fact in institution_facts(catalog, institution)}
    for key in keys:
        if facts[key].values:
            writer.add_fact(facts[key].label, facts[key].qualified_values, facts[key].citations)


def write_visiting(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write how rotators, visiting students and observers apply, as checklists."""
    for route in institution.routes:
        writer.add_gap()
        writer.add_paragraph(_ROUTE_TITLES.get(route.kind, f"For a {route.kind}"), "strong")
        writer.add_checklist(route.steps, citations(catalog, institution.provenance, route.source))


def write_pay(writer: PageWriter, catalog: Catalog, institution: Institution) -> None:
    """Write benefits, and salaries by postgraduate year."""
    _write_facts(writer, catalog, institution, ("benefits",))
    for salary in (salary for salary in catalog.salaries if salary.institution == institution.id):
        writer.add_gap()
        writer.add_paragraph(f"{salary.employer}, {salary.year}", "strong")
        levels = [f"{level}  ${dollars:,.0f}" for level, dollars in salary.levels]
        writer.add_fact("Salary", levels, citations(catalog, salary.provenance, salary.provenance.source))
        if salary.note:
            writer.add_paragraph(salary.note, "muted")


def write_disagreements(writer: PageWriter, catalog: Catalog, entity: Program | Institution) -> None:
    """Write every point on which pages disagree."""
    source_ids = entity.provenance.sources_of("disagreements")
    for disagreement in entity.disagreements:
        cited = item_citations(catalog, disagreement) or citations(catalog, entity.provenance, source_ids)
        writer.add_disagreement(disagreement, cited)


def write_statements(writer: PageWriter, catalog: Catalog, entity: Program | Institution) -> None:
    """Quote the mission, vision and values of a program or an institution."""
    name = "the program" if isinstance(entity, Program) else entity.name
    for statement in entity.statements:
        writer.add_gap()
        writer.add_paragraph(f"{statement.what.capitalize()} of {name}, quoted", "strong")
        for index, quote in enumerate(statement.quote):
            opening = " " if index else "“"
            closing = "”" if index == len(statement.quote) - 1 else ""
            for line_index, line in enumerate(wrap(quote + closing, writer.width - 2)):
                writer.add_line((f"{' ' if line_index else opening}{line}", "quote"))
        cited = citations(catalog, entity.provenance, statement.source)
        writer.add_paragraph(writer.citation_marks(cited), "muted", " ")
        if statement.note:
            writer.add_paragraph(statement.note, "muted", " ")
