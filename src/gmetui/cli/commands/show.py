"""`gmetui show`: programs whole, as text or JSON."""

from __future__ import annotations

from argparse import Namespace

from ...catalog.completeness import NAME_ONLY, named_only
from ...catalog.facts import ASIDES, citations, general_requirements, program_facts
from ...catalog.models import Catalog, Institution, Program, Statement
from ...loader import load
from ...reports.program_json import asked_elsewhere_json, program_json
from ...reports.text_page import Page
from ..output import write_json
from ..program_lookup import program_of


def show_command(options: Namespace) -> int:
    """Run `gmetui show`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    programs = [program_of(catalog, wanted) for wanted in options.ids]
    if options.format == "json":
        edition = catalog.edition._asdict()
        rows = [
            program_json(catalog, program) | {"requirements_elsewhere": asked_elsewhere_json(catalog, program)}
            for program in programs
        ]
        write_json({"programs": rows, "edition": edition})
        return 0
    for place, program in enumerate(programs):
        if place:
            print("\n")
        print(program_text(catalog, program), end="")
    return 0


def program_text(catalog: Catalog, program: Program) -> str:
    """Return a program whole, with a number for each page and the pages at the end."""
    page = Page(program.name, catalog.edition.read_by)
    institution = catalog.institution[program.institution]
    page.line(f"{institution.name} · {program.id}")
    if program.provenance.third_party:
        page.line("No page of the institution itself was found: this is what third parties say.")
    if named_only(program):
        page.line(f"{NAME_ONLY}.")
    partners = catalog.partners.get(program.id, ())
    if partners:
        page.line(f"Together with {', '.join(catalog.institution[own].name for own in partners)}.")
    unstated = []
    for fact in program_facts(catalog, program):
        if fact.key in ("id", "name", "institution", "requirements"):
            continue
        if fact.key == "disagreements" and fact.values:
            page.disagreements(program.disagreements, fact.citations)
        elif fact.values:
            page.fact(fact.label, fact.shown, fact.citations)
        elif fact.key not in ASIDES:
            unstated.append(fact.name)
    page.heading("Requirements")
    asked = next(fact for fact in program_facts(catalog, program) if fact.key == "requirements")
    if program.requirements:
        rows = [f"{item.topic}: {text}" for item, text in zip(program.requirements, asked.shown, strict=True)]
        page.fact("This program", rows, asked.citations)
    else:
        page.line("This program: not stated")
    _asked_elsewhere(page, catalog, program, institution)
    page.heading("Mission")
    quote_statements(page, catalog, program)
    if not any(statement.what == "mission" for statement in program.statements):
        page.line("Mission of the program: not stated")
    quote_statements(page, catalog, institution)
    if unstated:
        page.heading("Not stated")
        page.line(f"{', '.join(unstated)}.")
    page.read_beside(citations(catalog, program.provenance, program.provenance.also_read))
    return page.text()


def _asked_elsewhere(page: Page, catalog: Catalog, program: Program, institution: Institution) -> None:
    """Say what the institution, the specialty and the country ask, told apart from the program itself."""
    if institution.requirements:
        rows = [f"{requirement.topic}: {requirement.text}" for requirement in institution.requirements]
        cited = citations(catalog, institution.provenance, institution.provenance.pages("requirements"))
        page.fact(f"Every applicant to {institution.short}", rows, cited)
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        cited = citations(catalog, specialty.provenance, specialty.provenance.pages("prerequisite"))
        page.fact(f"Usual in {specialty.label.casefold()}", [specialty.prerequisite], cited)
    for rule in general_requirements(catalog, program):
        where = rule.state or "US"
        pages = () if "text" in rule.provenance.general_knowledge else rule.provenance.source
        page.fact(f"{where}, {rule.topic}", [rule.text], citations(catalog, rule.provenance, pages))


def quote_statements(page: Page, catalog: Catalog, owner: Program | Institution) -> None:
    """Quote what a program or institution says of itself."""
    whose = owner.short if isinstance(owner, Institution) else "the program"
    for statement in owner.statements:
        cited = citations(catalog, owner.provenance, statement.source)
        page.quote(f"{statement.what.capitalize()} of {whose}", statement_lines(statement), cited)
        if statement.note:
            page.line(f"  ({statement.note})")


def statement_lines(statement: Statement) -> list[str]:
    """Return the quoted lines of a statement."""
    return [f"“{quote}”" for quote in statement.quote]
