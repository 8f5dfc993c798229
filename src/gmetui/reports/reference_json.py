"""Institutions, specialties, sites and services as JSON: plain values, and `sources` by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.facts import Fact, citations, institution_facts, specialty_facts
from ..catalog.models import Institution, Route, Salary, Service, Site, Specialty
from ..catalog.schema import INSTITUTION, SERVICE
from ..catalog.service_use import specialties_using
from .json_report import (
    field_value_json,
    institution_reference_json,
    program_summary_json,
    sources_json,
    specialty_reference_json,
    statement_json,
)
from .season_json import season_date_json
from .usage import programs_at_site

_INSTITUTION_FIELDS = {field.key: field for field in INSTITUTION}
_SERVICE_FIELDS = tuple(field for field in SERVICE if field.key in ("full_name", "about", "dates"))


def institution_summary_json(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    """Return an institution's names, location and number of programs."""
    return {
        "id": institution.id,
        "name": institution.name,
        "also_called": list(institution.also_called),
        "city": institution.city,
        "state": institution.state,
        "program_count": len(catalog.programs_of(institution.id)),
    }


def institution_json(catalog: Catalog, institution: Institution) -> dict[str, Any]:
    """Return every stored field of an institution, with its statements, salaries and programs."""
    document = institution_summary_json(catalog, institution)
    facts = [fact for fact in institution_facts(catalog, institution) if fact.key != "id"]
    for fact in facts:
        value = field_value_json(catalog, institution, _INSTITUTION_FIELDS[fact.key]) if fact.values else None
        document[fact.key] = value if fact.values or fact.key != "also_called" else []
    return {
        **document,
        "statements": [statement_json(catalog, institution, statement) for statement in institution.statements],
        "routes": [_route_json(catalog, institution, route) for route in institution.routes],
        "salaries": [
            _salary_json(catalog, salary) for salary in catalog.salaries if salary.institution == institution.id
        ],
        "programs": [program_summary_json(catalog, program) for program in catalog.programs_of(institution.id)],
        "not_stated": [fact.key for fact in facts if not fact.values],
        "general_knowledge": _general_knowledge(facts, institution),
        "sources": _sources_by_field(facts),
    }


def _sources_by_field(facts: Iterable[Fact]) -> dict[str, Any]:
    return {fact.key: sources_json(fact.citations) for fact in facts if fact.values}


def _general_knowledge(facts: Iterable[Fact], record: Institution | Specialty) -> list[str]:
    """Return the fields that are general knowledge, which no page needs to state."""
    return [fact.key for fact in facts if fact.values and fact.key in record.provenance.general_knowledge]


def _route_json(catalog: Catalog, institution: Institution, route: Route) -> dict[str, Any]:
    cited_sources = citations(catalog, institution.provenance, route.source)
    return {"kind": route.kind, "steps": list(route.steps), "sources": sources_json(cited_sources)}


def _salary_json(catalog: Catalog, salary: Salary) -> dict[str, Any]:
    cited_sources = citations(catalog, salary.provenance, salary.provenance.source)
    return {
        "employer": salary.employer,
        "year": salary.year,
        "pgy": dict(salary.pgy),
        "note": salary.note,
        "sources": sources_json(cited_sources),
    }


def specialty_json(catalog: Catalog, specialty: Specialty) -> dict[str, Any]:
    """Return every stored field of a specialty, with its programs."""
    document = specialty_reference_json(catalog, specialty.id)
    facts = [fact for fact in specialty_facts(catalog, specialty) if fact.key not in ("id", "name")]
    for fact in facts:
        value = getattr(specialty, fact.key)
        document[fact.key] = list(value) if isinstance(value, tuple) and value else value or None
    programs = catalog.programs_in(specialty.id)
    return {
        **document,
        "programs": [program_summary_json(catalog, program) for program in programs],
        "not_stated": [fact.key for fact in facts if document[fact.key] is None],
        "general_knowledge": _general_knowledge(facts, specialty),
        "sources": _sources_by_field(facts),
    }


def site_summary_json(catalog: Catalog, site: Site) -> dict[str, Any]:
    """Return a site's names, location and number of programs."""
    return {
        "id": site.id,
        "name": site.name,
        "institution": institution_reference_json(catalog, site.institution) if site.institution else None,
        "part_of": site.part_of,
        "city": site.city,
        "state": site.state,
        "also_called": list(site.also_called),
        "program_count": len(programs_at_site(catalog, site)),
    }


def site_json(catalog: Catalog, site: Site) -> dict[str, Any]:
    """Return a site with the programs whose trainees work there."""
    cited_sources = citations(catalog, site.provenance, site.provenance.sources_of("city"))
    return {
        **site_summary_json(catalog, site),
        "programs": [program_summary_json(catalog, program) for program in programs_at_site(catalog, site)],
        "sources": {"city": sources_json(cited_sources)} if site.city else {},
    }


def service_json(catalog: Catalog, service: Service) -> dict[str, Any]:
    """Return an application service or match, with the specialties that use it."""
    cited_sources = citations(catalog, service.provenance, service.provenance.source)
    document: dict[str, Any] = {"id": service.id, "name": service.name, "role": service.role}
    for field in _SERVICE_FIELDS:
        document[field.key] = field_value_json(catalog, service, field) or None
    specialties = [specialty_reference_json(catalog, specialty.id) for specialty in specialties_using(catalog, service)]
    stated = [field.key for field in _SERVICE_FIELDS if document[field.key] is not None]
    return {
        **document,
        "season": [season_date_json(catalog, each) for each in catalog.season.dates if each.service == service.id],
        "specialties": specialties,
        "sources": {key: sources_json(cited_sources) for key in stated},
    }
