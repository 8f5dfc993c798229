"""An institution: what it says of itself, how one applies or visits, what it pays. For its page and its programs'."""

from __future__ import annotations

from ...catalog.facts import citations, institution_facts, item_citations
from ...catalog.models import Catalog, Institution, Program
from .page_writer import Writer
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
ROUTES = {
    "rotator": "For residents and fellows of other programs who want to rotate",
    "visiting student": "For visiting students",
    "observer": "For observers",
    "verification of training": "For former trainees: verification of training",
}


def write_institution(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write what holds for all programs of the sponsor, and how somebody comes who is not an applicant."""
    writer.section("Institution")
    write_about(writer, catalog, institution)
    write_applying(writer, catalog, institution)
    write_visiting(writer, catalog, institution)


def write_about(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write where an institution is, what it says of itself, and where pages disagree about it."""
    place = ", ".join(filter(None, (institution.city, institution.state)))
    if place:
        pages = institution.provenance.pages("city" if institution.city else "state")
        writer.fact("Place", [place], citations(catalog, institution.provenance, pages))
    _facts(writer, catalog, institution, _ABOUT)
    if institution.disagreements:
        writer.blank()
        write_disagreements(writer, catalog, institution)


def write_applying(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write how one applies to any of its programs."""
    _facts(writer, catalog, institution, _APPLYING)


def _facts(writer: Writer, catalog: Catalog, institution: Institution, keys: tuple[str, ...]) -> None:
    facts = {fact.key: fact for fact in institution_facts(catalog, institution)}
    for key in keys:
        if facts[key].values:
            writer.fact(facts[key].label, facts[key].shown, facts[key].citations)


def write_visiting(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write the routes of those who are not applicants, as checklists."""
    for route in institution.routes:
        writer.gap()
        writer.text(ROUTES.get(route.kind, f"For a {route.kind}"), "strong")
        writer.checklist(route.steps, citations(catalog, institution.provenance, route.source))


def write_pay(writer: Writer, catalog: Catalog, institution: Institution) -> None:
    """Write benefits, and pay by postgraduate year."""
    _facts(writer, catalog, institution, ("benefits",))
    for salary in (salary for salary in catalog.salaries if salary.institution == institution.id):
        writer.gap()
        writer.text(f"Pay, {salary.year}: {salary.employer}", "strong")
        cited = citations(catalog, salary.provenance, salary.provenance.source)
        writer.fact("Dollars a year", [f"{own}  {dollars:,.0f}" for own, dollars in salary.levels], cited)
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
        writer.gap()
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
