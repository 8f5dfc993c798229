"""An institution: what it says of itself, how one applies or visits, what it pays. For its page and its programs'."""

from __future__ import annotations

from ...catalog.facts import citations, institution_facts, item_citations
from ...catalog.model import Catalog, Institution, Program
from .lines import wrap
from .writing import Writer

_FACTS = (
    "highlights",
    "published_counts",
    "programs_listed",
    "flagship",
    "medical_school",
    "system",
    "system_hospitals",
    "application_service",
    "match",
    "visa",
    "international_graduates",
    "benefits",
    "url",
)
ROUTES = {
    "rotator": "For residents and fellows of other programs who want to rotate",
    "visiting student": "For visiting students",
    "observer": "For observers",
    "verification of training": "For former trainees: verification of training",
}


def write_institution(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write what holds for all programs of the sponsor, and how somebody comes who is not an applicant."""
    writer.section("Institution")
    for fact in institution_facts(catalog, institution):
        if fact.key in _FACTS and fact.values:
            writer.fact(fact.label, fact.shown, fact.citations)
    write_disagreements(writer, catalog, institution)
    for route in institution.routes:
        writer.blank()
        writer.text(ROUTES.get(route.kind, f"For a {route.kind}"), "strong")
        writer.checklist(route.steps, citations(catalog, institution.provenance, route.source))
    for salary in (salary for salary in catalog.salaries if salary.institution == institution.id):
        writer.blank()
        writer.text(f"Pay, {salary.year}: {salary.employer}", "strong")
        cited = citations(catalog, salary.provenance, salary.provenance.source)
        writer.fact("Dollars a year", [f"PGY-{year}  {dollars:,.0f}" for year, dollars in salary.pgy.items()], cited)
        if salary.note:
            writer.text(salary.note, "muted")


def write_disagreements(
    writer: Writer, catalog: Catalog, owner: Program | Institution, about: str | None = None
) -> None:
    """Write where pages disagree, the versions side by side: about one field, or (no `about`) about every one."""
    for item in owner.disagreements:
        if about is None or item.about == about:
            cited = citations(catalog, owner.provenance, owner.provenance.pages("disagreements"))
            writer.versions(item, item_citations(catalog, item) or cited)


def write_statements(writer: Writer, catalog: Catalog, owner: Program | Institution) -> None:
    """Quote the mission, vision and values of a program or an institution."""
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
