"""`gmetui institutions`: the sponsors, or one whole: what it says of itself, how one comes, what it pays."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ...catalog.facts import citations, institution_facts
from ...catalog.models import KIND_LABELS, Catalog, Institution, Salary
from ...catalog.schema import INSTITUTION
from ...loader import load
from ...reports.brief import brief_json
from ...reports.program_json import fact_json, source_json, statements_json, value_json
from ...reports.text_page import Page
from ..output import write_json, write_table
from ..program_lookup import institution_of
from .show import quote_statements

_FIELDS = {field.key: field for field in INSTITUTION}
_HOW_TO_APPLY = ("application_service", "match", "requirements", "visa", "international_graduates")


def institutions_command(options: Namespace) -> int:
    """Run `gmetui institutions`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    if options.id is not None:
        institution = institution_of(catalog, options.id)
        if options.format == "json":
            write_json(_institution_json(catalog, institution))
        else:
            print(institution_text(catalog, institution), end="")
        return 0
    if options.format == "json":
        rows = [_brief(catalog, institution) for institution in catalog.institutions]
        write_json({"total": len(rows), "institutions": rows})
        return 0
    cells = [
        (i.name, i.city or "", i.state or "", str(len(catalog.programs_of(i.id))), i.id) for i in catalog.institutions
    ]
    write_table(("Institution", "City", "State", "Programs", "Id"), cells, no_colour=options.no_color)
    return 0


def _brief(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    return {
        "id": institution.id,
        "name": institution.name,
        "also_called": list(institution.also_called),
        "city": institution.city,
        "state": institution.state,
        "programs": len(catalog.programs_of(institution.id)),
    }


def _institution_json(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    whole: dict[str, Any] = {"id": institution.id}
    not_stated = []
    for fact in institution_facts(catalog, institution):
        if fact.key == "id":
            continue
        if fact.values:
            value = value_json(catalog, institution, _FIELDS[fact.key])
            general = fact.key in institution.provenance.general_knowledge
            whole[fact.key] = fact_json(value, fact.citations, general=general)
        else:
            whole[fact.key] = None
            not_stated.append(fact.key)
    whole["statements"] = statements_json(catalog, institution)
    whole["routes"] = [
        {
            "kind": route.kind,
            "steps": list(route.steps),
            "source": source_json(citations(catalog, institution.provenance, route.source)[0]),
        }
        for route in institution.routes
    ]
    whole["salaries"] = [_salary_json(catalog, salary) for salary in _salaries(catalog, institution)]
    whole["programs"] = [brief_json(catalog, program) for program in catalog.programs_of(institution.id)]
    whole["not_stated"] = not_stated
    return whole


def _salaries(catalog: Catalog, institution: Institution) -> list[Salary]:
    return [salary for salary in catalog.salaries if salary.institution == institution.id]


def _salary_json(catalog: Catalog, salary: Salary) -> dict[str, Any]:
    cited = citations(catalog, salary.provenance, salary.provenance.source)
    plain = {"employer": salary.employer, "year": salary.year, "pgy": dict(salary.pgy), "note": salary.note}
    return {**plain, "source": source_json(cited[0]) if cited else None}


def institution_text(catalog: Catalog, institution: Institution) -> str:
    """Return an institution whole."""
    page = Page(institution.name, catalog.edition.read_by)
    programs = catalog.programs_of(institution.id)
    page.line(f"{len(programs)} programs · {institution.id}")
    page.heading("Mission, vision and values")
    quote_statements(page, catalog, institution)
    page.heading("About")
    for fact in institution_facts(catalog, institution):
        if fact.key == "disagreements" and fact.values:
            page.disagreements(institution.disagreements, fact.citations)
        elif fact.values and fact.key not in _HOW_TO_APPLY and fact.key not in ("id", "name"):
            page.fact(fact.label, fact.shown, fact.citations)
    _how_to_apply(page, catalog, institution)
    for route in institution.routes:
        page.heading(f"For you as: {route.kind}" if route.kind != "verification of training" else route.kind.title())
        page.checklist("What is asked", route.steps, citations(catalog, institution.provenance, route.source))
    _pay(page, catalog, institution)
    page.heading("Programs")
    for program in programs:
        page.line(f"  {program.name} ({KIND_LABELS[program.kind].casefold()}) · {program.id}")
    return page.text()


def _how_to_apply(page: Page, catalog: Catalog, institution: Institution) -> None:
    facts = {fact.key: fact for fact in institution_facts(catalog, institution)}
    if not any(facts[key].values for key in _HOW_TO_APPLY):
        return
    page.heading("How to apply")
    for key in _HOW_TO_APPLY:
        fact = facts[key]
        if key == "requirements" and fact.values:
            rows = [f"{item.topic}: {text}" for item, text in zip(institution.requirements, fact.shown, strict=True)]
            page.fact("Asked of every applicant", rows, fact.citations)
        elif fact.values:
            page.fact(fact.label, fact.shown, fact.citations)


def _pay(page: Page, catalog: Catalog, institution: Institution) -> None:
    salaries = _salaries(catalog, institution)
    if salaries:
        page.heading("Salary, dollars a year by postgraduate year")
    for salary in salaries:
        years = "; ".join(f"{own} {dollars:,.0f}" for own, dollars in salary.levels)
        cited = citations(catalog, salary.provenance, salary.provenance.source)
        note = f" ({salary.note})" if salary.note else ""
        page.fact(f"{salary.employer}, {salary.year}", [f"{years}{note}"], cited)
