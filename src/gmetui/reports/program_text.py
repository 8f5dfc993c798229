"""A program as plain text, with numbered sources."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from ..catalog.completeness import NAME_ONLY, is_name_only
from ..catalog.facts import SUPPLEMENTARY_FIELDS, citations, general_rules, program_facts
from ..catalog.models import Institution, Program
from ..catalog.scope import sponsor_requirements
from .text_page import TextPage

#: Facts that the title, the second line or the section of requirements shows.
_SHOWN_ELSEWHERE = frozenset(("id", "name", "institution", "requirements"))


def program_text(catalog: Catalog, program: Program) -> str:
    """Return the full details of a program."""
    page = TextPage(program.name, catalog.edition.read_by)
    institution = catalog.institution[program.institution]
    page.add_paragraph(f"{institution.name} · {program.id}")
    if program.provenance.third_party:
        page.add_paragraph("No page of the institution itself was found; everything here is from third parties.")
    if is_name_only(program):
        page.add_paragraph(f"{NAME_ONLY}.")
    partner_ids = catalog.partners.get(program.id, ())
    if partner_ids:
        partners = ", ".join(catalog.institution[partner_id].name for partner_id in partner_ids)
        page.add_paragraph(f"Run jointly with {partners}.")
    unstated = _add_facts(page, catalog, program)
    _add_requirements(page, catalog, program, institution)
    page.add_heading("Mission")
    add_statements(page, catalog, program)
    if not any(statement.what == "mission" for statement in program.statements):
        page.add_paragraph("Mission of the program: not stated")
    add_statements(page, catalog, institution)
    if unstated:
        page.add_heading("Not stated")
        page.add_paragraph(f"{', '.join(unstated)}.")
    page.cite(citations(catalog, program.provenance, program.provenance.also_read))
    return page.text()


def _add_facts(page: TextPage, catalog: Catalog, program: Program) -> list[str]:
    """Add what sources state about a program; return the labels of what they don't."""
    unstated = []
    for fact in program_facts(catalog, program):
        if fact.key in _SHOWN_ELSEWHERE:
            continue
        if fact.key == "disagreements" and fact.values:
            page.add_disagreements(program.disagreements, fact.citations)
        elif fact.values:
            page.add_cited_fact(fact.label, fact.qualified_values, fact.value_citations)
        elif fact.key not in SUPPLEMENTARY_FIELDS:
            unstated.append(fact.inline_label)
    return unstated


def _add_requirements(page: TextPage, catalog: Catalog, program: Program, institution: Institution) -> None:
    """Add the requirements of the program, then those of the institution, the specialty and general rules."""
    page.add_heading("Requirements")
    if program.requirements:
        fact = next(fact for fact in program_facts(catalog, program) if fact.key == "requirements")
        rows = [f"{item.topic}: {text}" for item, text in zip(program.requirements, fact.qualified_values, strict=True)]
        page.add_cited_fact("This program", rows, fact.value_citations)
    else:
        page.add_paragraph("This program: not stated")
    requirements = sponsor_requirements(catalog, program)
    if requirements:
        rows = [f"{requirement.topic}: {requirement.text}" for requirement in requirements]
        cited_sources = citations(catalog, institution.provenance, institution.provenance.sources_of("requirements"))
        page.add_fact(f"Every applicant to {institution.short_name}", rows, cited_sources)
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite:
        cited_sources = citations(catalog, specialty.provenance, specialty.provenance.sources_of("prerequisite"))
        page.add_fact(f"Typical for {specialty.label.casefold()}", [specialty.prerequisite], cited_sources)
    for rule in general_rules(catalog, program):
        cited_sources = citations(catalog, rule.provenance, rule.provenance.sources_of("text"))
        page.add_fact(f"{rule.state or 'US'}, {rule.topic}", [rule.text], cited_sources)


def add_statements(page: TextPage, catalog: Catalog, record: Program | Institution) -> None:
    """Quote the official statements of a program or institution."""
    name = record.short_name if isinstance(record, Institution) else "the program"
    for statement in record.statements:
        cited_sources = citations(catalog, record.provenance, statement.source)
        quotes = [f"“{quote}”" for quote in statement.quote]
        page.add_quote(f"{statement.what.capitalize()} of {name}", quotes, cited_sources)
        if statement.note:
            page.add_paragraph(f"  ({statement.note})")
