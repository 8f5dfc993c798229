"""`gmetui institutions` and `gmetui specialties`: what programs belong to."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ..catalog.facts import citations, institution_facts, specialty_facts
from ..catalog.model import KIND_LABELS, Catalog, Institution, Salary, Specialty
from ..export.brief import brief_json
from ..export.programs import fact_json, source_json, statements_json
from ..prepared import load
from ..searching import Query
from ..searching.specialties import search_specialties
from .lookup import institution_of
from .output import say, write_json, write_table
from .prose import Page
from .showing import quote_statements


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
            value = fact.values[0] if isinstance(getattr(institution, fact.key), str | int) else list(fact.values)
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
    page = Page(institution.name)
    programs = catalog.programs_of(institution.id)
    page.line(f"{len(programs)} programs · {institution.id}")
    page.heading("Mission, vision and values")
    quote_statements(page, catalog, institution)
    page.heading("About")
    for fact in institution_facts(catalog, institution):
        if fact.values and fact.key not in ("id", "name"):
            page.fact(fact.label, fact.values, fact.citations)
    for route in institution.routes:
        page.heading(f"For you as: {route.kind}" if route.kind != "verification of training" else route.kind.title())
        page.fact("What is asked", route.steps, citations(catalog, institution.provenance, route.source))
    _pay(page, catalog, institution)
    page.heading("Programs")
    for program in programs:
        page.line(f"  {program.name} ({KIND_LABELS[program.kind].casefold()}) · {program.id}")
    return page.text()


def _pay(page: Page, catalog: Catalog, institution: Institution) -> None:
    salaries = _salaries(catalog, institution)
    if salaries:
        page.heading("Salary, dollars a year by postgraduate year")
    for salary in salaries:
        years = "; ".join(f"PGY-{year} {dollars:,.0f}" for year, dollars in salary.pgy.items())
        cited = citations(catalog, salary.provenance, salary.provenance.source)
        note = f" ({salary.note})" if salary.note else ""
        page.fact(f"{salary.employer}, {salary.year}", [f"{years}{note}"], cited)


def specialties_command(options: Namespace) -> int:
    """Run `gmetui specialties`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    query = Query.parse(" ".join(options.query))
    found, warnings = search_specialties(catalog, query)
    for warning in warnings:
        say(f"gmetui: {warning}")
    if options.format == "json":
        rows = [_specialty_json(catalog, specialty) for specialty in found]
        write_json({"query": str(query), "total": len(found), "specialties": rows, "warnings": list(warnings)})
    elif len(found) == 1:
        print(specialty_text(catalog, found[0]), end="")
    else:
        cells = [_specialty_cells(catalog, specialty) for specialty in found]
        if cells:
            headings = ("Specialty", "Code", "Kind", "Years", "Programs here", "Id")
            write_table(headings, cells, no_colour=options.no_color)
        say(f"{len(found)} specialties" if len(found) != 1 else "1 specialty")
    return 0


def _specialty_cells(catalog: Catalog, specialty: Specialty) -> tuple[str, ...]:
    kind = KIND_LABELS[specialty.kind]
    here = sum(program.specialty == specialty.id for program in catalog.programs)
    return specialty.label, specialty.code or "", kind, _length(specialty), str(here), specialty.id


def _length(specialty: Specialty) -> str:
    if specialty.length_years is None:
        return ""
    longest = f"–{specialty.length_years_max}" if specialty.length_years_max else ""
    return f"{specialty.length_years}{longest}"


def _specialty_json(catalog: Catalog, specialty: Specialty) -> dict[str, Any]:
    whole: dict[str, Any] = {"id": specialty.id, "name": specialty.name}
    not_stated = []
    for fact in specialty_facts(catalog, specialty):
        if fact.key in ("id", "name"):
            continue
        stored = getattr(specialty, fact.key)
        if stored in (None, ()):
            whole[fact.key] = None
            not_stated.append(fact.key)
        else:
            value = list(stored) if isinstance(stored, tuple) else stored
            general = fact.key in specialty.provenance.general_knowledge
            whole[fact.key] = fact_json(value, fact.citations, general=general)
    whole["programs"] = [p.id for p in catalog.programs if p.specialty == specialty.id]
    whole["not_stated"] = not_stated
    return whole


def specialty_text(catalog: Catalog, specialty: Specialty) -> str:
    """Return a specialty whole, with the programs that train in it."""
    page = Page(specialty.label)
    for fact in specialty_facts(catalog, specialty):
        if not fact.values or fact.key in ("id", "display"):
            continue
        if fact.citations or fact.key in specialty.provenance.general_knowledge:
            page.fact(fact.label, fact.values, fact.citations)
        else:
            page.line(f"{fact.label}: {fact.text}")  # written for gmetui
    programs = [program for program in catalog.programs if program.specialty == specialty.id]
    page.heading("Programs here")
    for program in programs:
        page.line(f"  {program.name}, {catalog.institution[program.institution].name} · {program.id}")
    if not programs:
        page.line("None in this data.")
    return page.text()
