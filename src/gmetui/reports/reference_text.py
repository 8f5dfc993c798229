"""Institutions, specialties, sites and services as plain text, with numbered sources."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.catalog import Catalog
from ..catalog.facts import UNDATED, citations, institution_facts, specialty_facts
from ..catalog.models import Institution, Service, Site, Specialty
from ..catalog.vocabulary import KIND_LABELS
from ..text import plural
from .program_text import add_statements
from .text_page import TextPage
from .usage import programs_at_site, site_references, specialties_using

SERVICE_ROLES: Mapping[str, str] = {
    "application": "application",
    "match": "match",
    "both": "application and match",
}
_APPLICATION_FACTS = ("application_service", "match", "requirements", "visa", "international_graduates")


def institution_text(catalog: Catalog, institution: Institution) -> str:
    """Return the full details of an institution."""
    page = TextPage(institution.name, catalog.edition.read_by)
    programs = catalog.programs_of(institution.id)
    page.add_paragraph(f"{plural(len(programs), 'program')} · {institution.id}")
    page.add_heading("Mission, vision and values")
    add_statements(page, catalog, institution)
    page.add_heading("About")
    for fact in institution_facts(catalog, institution):
        if fact.key == "disagreements" and fact.values:
            page.add_disagreements(institution.disagreements, fact.citations)
        elif fact.values and fact.key not in _APPLICATION_FACTS and fact.key not in ("id", "name"):
            page.add_fact(fact.label, fact.qualified_values, fact.citations)
    _add_application(page, catalog, institution)
    for route in institution.routes:
        title = route.kind.capitalize() if route.kind == "verification of training" else f"If you are a {route.kind}"
        page.add_heading(title)
        page.add_checklist("Steps", route.steps, citations(catalog, institution.provenance, route.source))
    _add_salaries(page, catalog, institution)
    page.add_heading("Programs")
    for program in programs:
        page.add_paragraph(f"  {program.name} ({KIND_LABELS[program.kind].casefold()}) · {program.id}")
    return page.text()


def _add_application(page: TextPage, catalog: Catalog, institution: Institution) -> None:
    facts = {fact.key: fact for fact in institution_facts(catalog, institution)}
    stated = [facts[key] for key in _APPLICATION_FACTS if facts[key].values]
    if stated:
        page.add_heading("How to apply")
    for fact in stated:
        if fact.key == "requirements":
            items = zip(institution.requirements, fact.qualified_values, strict=True)
            rows = [f"{requirement.topic}: {text}" for requirement, text in items]
            page.add_fact("Required of every applicant", rows, fact.citations)
        else:
            page.add_fact(fact.label, fact.qualified_values, fact.citations)


def _add_salaries(page: TextPage, catalog: Catalog, institution: Institution) -> None:
    salaries = [salary for salary in catalog.salaries if salary.institution == institution.id]
    if salaries:
        page.add_heading("Salary per year, by postgraduate year")
    for salary in salaries:
        levels = "; ".join(f"{level} ${dollars:,.0f}" for level, dollars in salary.levels)
        note = f" ({salary.note})" if salary.note else ""
        cited_sources = citations(catalog, salary.provenance, salary.provenance.source)
        page.add_fact(f"{salary.employer}, {salary.year}", [f"{levels}{note}"], cited_sources)


def specialty_text(catalog: Catalog, specialty: Specialty) -> str:
    """Return the full details of a specialty, with its programs."""
    page = TextPage(specialty.label, catalog.edition.read_by)
    for fact in specialty_facts(catalog, specialty):
        if not fact.values or fact.key in ("id", "display"):
            continue
        if fact.citations or fact.key in specialty.provenance.general_knowledge:
            page.add_fact(fact.label, fact.values, fact.citations)
        else:
            page.add_paragraph(f"{fact.label}: {fact.text}")  # written for gmetui, without a source
    programs = [program for program in catalog.programs if program.specialty == specialty.id]
    page.add_heading("Programs")
    for program in programs:
        page.add_paragraph(f"  {program.name}, {catalog.institution[program.institution].name} · {program.id}")
    if not programs:
        page.add_paragraph("None in this data.")
    return page.text()


def site_text(catalog: Catalog, site: Site) -> str:
    """Return a site with the programs whose trainees work there."""
    page = TextPage(site.name, catalog.edition.read_by)
    if site.also_called:
        page.add_paragraph(f"Also called: {'; '.join(site.also_called)}")
    if site.city:
        page.add_fact("City", [site.city], citations(catalog, site.provenance, site.provenance.sources_of("city")))
    if site.part_of:
        page.add_paragraph(f"Part of: {catalog.site[site.part_of].name}")
    if site.institution in catalog.institution:
        page.add_paragraph(f"Institution: {catalog.institution[str(site.institution)].name}")
    page.add_heading("Programs that train at this site or are run jointly with it")
    for program in programs_at_site(catalog, site):
        names = dict.fromkeys(reference.text for reference in site_references(program) if site.id in reference.site)
        details = "; ".join(name for name in names if name != site.name)
        suffix = f" ({details})" if details else ""
        page.add_paragraph(f"  {program.name}{suffix} · {program.id}")
    return page.text()


def service_text(catalog: Catalog, service: Service) -> str:
    """Return an application service or match, with its timetable and the specialties that use it."""
    page = TextPage(service.full_name or service.name, catalog.edition.read_by)
    cited_sources = citations(catalog, service.provenance, (*service.provenance.source, *service.provenance.also_read))
    page.add_paragraph(f"{service.name} · {SERVICE_ROLES[service.role]} · {service.id}")
    if service.about:
        page.add_fact("About", [service.about], cited_sources)
    if service.dates:
        page.add_fact("Dates", [f"{date.text} ({date.cycle or UNDATED})" for date in service.dates], cited_sources)
    specialties = specialties_using(catalog, service)
    if specialties:
        page.add_heading("Specialties that use it")
        page.add_paragraph(f"{'; '.join(specialty.label for specialty in specialties)}.")
    return page.text()
