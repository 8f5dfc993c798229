"""Institutions, specialties, sites and services as JSON, each fact with its sources."""

from __future__ import annotations

from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.facts import citations, institution_facts, specialty_facts
from ..catalog.models import Institution, Route, Salary, Service, Site, Specialty
from ..catalog.schema import INSTITUTION, SERVICE
from .json_report import fact_json, field_value_json, program_summary_json, source_json, statement_json
from .usage import programs_at_site, specialties_using

_INSTITUTION_FIELDS = {field.key: field for field in INSTITUTION}


def institution_summary_json(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    """Return an institution's names, location and number of programs."""
    return {
        "id": institution.id,
        "name": institution.name,
        "also_called": list(institution.also_called),
        "city": institution.city,
        "state": institution.state,
        "programs": len(catalog.programs_of(institution.id)),
    }


def institution_json(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    """Return every stored field of an institution, with its statements, salaries and programs."""
    document: dict[str, Any] = {"id": institution.id}
    not_stated = []
    for fact in institution_facts(catalog, institution):
        if fact.key == "id":
            continue
        if fact.values:
            value = field_value_json(catalog, institution, _INSTITUTION_FIELDS[fact.key])
            is_general = fact.key in institution.provenance.general_knowledge
            document[fact.key] = fact_json(value, fact.citations, is_general_knowledge=is_general)
        else:
            document[fact.key] = None
            not_stated.append(fact.key)
    return {
        **document,
        "statements": [statement_json(catalog, institution, statement) for statement in institution.statements],
        "routes": [_route_json(catalog, institution, route) for route in institution.routes],
        "salaries": [
            _salary_json(catalog, salary) for salary in catalog.salaries if salary.institution == institution.id
        ],
        "programs": [program_summary_json(catalog, program) for program in catalog.programs_of(institution.id)],
        "not_stated": not_stated,
    }


def _route_json(catalog: Catalog, institution: Institution, route: Route) -> dict[str, Any]:
    cited_sources = citations(catalog, institution.provenance, route.source)
    return {"kind": route.kind, "steps": list(route.steps), "source": source_json(cited_sources[0])}


def _salary_json(catalog: Catalog, salary: Salary) -> dict[str, Any]:
    cited_sources = citations(catalog, salary.provenance, salary.provenance.source)
    return {
        "employer": salary.employer,
        "year": salary.year,
        "pgy": dict(salary.pgy),
        "note": salary.note,
        "source": source_json(cited_sources[0]) if cited_sources else None,
    }


def specialty_json(catalog: Catalog, specialty: Specialty) -> dict[str, Any]:
    """Return every stored field of a specialty, with the ids of its programs."""
    document: dict[str, Any] = {"id": specialty.id, "name": specialty.name}
    not_stated = []
    for fact in specialty_facts(catalog, specialty):
        if fact.key in ("id", "name"):
            continue
        value = getattr(specialty, fact.key)
        if value in (None, ()):
            document[fact.key] = None
            not_stated.append(fact.key)
        else:
            value = list(value) if isinstance(value, tuple) else value
            is_general = fact.key in specialty.provenance.general_knowledge
            document[fact.key] = fact_json(value, fact.citations, is_general_knowledge=is_general)
    document["programs"] = [program.id for program in catalog.programs if program.specialty == specialty.id]
    document["not_stated"] = not_stated
    return document


def site_summary_json(catalog: Catalog, site: Site) -> dict[str, Any]:
    """Return a site's names, location and number of programs."""
    return {
        "id": site.id,
        "name": site.name,
        "institution": site.institution,
        "part_of": site.part_of,
        "city": site.city,
        "state": site.state,
        "also_called": list(site.also_called),
        "programs": len(programs_at_site(catalog, site)),
    }


def site_json(catalog: Catalog, site: Site) -> dict[str, Any]:
    """Return a site with the programs whose trainees work there."""
    cited_sources = citations(catalog, site.provenance, site.provenance.sources_of("city"))
    return {
        **site_summary_json(catalog, site),
        "city": fact_json(site.city, cited_sources) if site.city else None,
        "programs": [program_summary_json(catalog, program) for program in programs_at_site(catalog, site)],
    }


def service_json(catalog: Catalog, service: Service) -> dict[str, Any]:
    """Return an application service or match, with the ids of the specialties that use it."""
    cited_sources = citations(catalog, service.provenance, service.provenance.source)
    document: dict[str, Any] = {"id": service.id, "name": service.name, "role": service.role}
    for field in SERVICE:
        if field.key in ("full_name", "about", "dates"):
            is_stated = bool(getattr(service, field.key))
            document[field.key] = (
                fact_json(field_value_json(catalog, service, field), cited_sources) if is_stated else None
            )
    document["specialties"] = [specialty.id for specialty in specialties_using(catalog, service)]
    return document
