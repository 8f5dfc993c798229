"""`gmetui sites` and `gmetui services`: what several programs share."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from ...catalog.facts import citations
from ...catalog.items import Partner, SiteUse
from ...catalog.models import Catalog, Program, Service, Site, Specialty
from ...catalog.schema import SERVICE
from ...loader import load
from ...reports.brief import brief_json
from ...reports.program_json import fact_json, value_json
from ...reports.text_page import Page
from ...search.normalize import joined
from ..cli_errors import UnknownError
from ..output import write_json, write_table


def sites_command(options: Namespace) -> int:
    """Run `gmetui sites`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    if options.id is not None:
        site = _found(catalog.sites, options.id, "site")
        if options.format == "json":
            write_json(_site_json(catalog, site))
        else:
            print(_site_text(catalog, site), end="")
        return 0
    used = [(site, _programs_at(catalog, site)) for site in catalog.sites]
    used.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    if options.format == "json":
        write_json({"total": len(used), "sites": [_site_brief(site, programs) for site, programs in used]})
        return 0
    rows = [(site.name, site.city or "", str(len(programs)), site.id) for site, programs in used]
    write_table(("Site", "City", "Programs", "Id"), rows, no_colour=options.no_color)
    return 0


def _programs_at(catalog: Catalog, site: Site) -> list[Program]:
    """Programs whose trainees work at a site or a part of it, or that it runs with others."""
    here = {site.id, *(other.id for other in catalog.sites if other.part_of == site.id)}
    return [program for program in catalog.programs if any(here & {*used.site} for used in _places_of(program))]


def _places_of(program: Program) -> tuple[SiteUse | Partner, ...]:
    return (*program.sites, *program.joint_with)


def _site_brief(site: Site, programs: list[Program]) -> dict[str, Any]:
    plain = {key: getattr(site, key) for key in ("id", "name", "institution", "part_of", "city", "state")}
    return {**plain, "also_called": list(site.also_called), "programs": len(programs)}


def _site_json(catalog: Catalog, site: Site) -> dict[str, Any]:
    programs = _programs_at(catalog, site)
    cited = citations(catalog, site.provenance, site.provenance.source)
    city = fact_json(site.city, cited) if site.city else None
    brief = [brief_json(catalog, program) for program in programs]
    return {**_site_brief(site, programs), "city": city, "programs": brief}


def _site_text(catalog: Catalog, site: Site) -> str:
    page = Page(site.name, catalog.edition.read_by)
    if site.also_called:
        page.line(f"Also called: {'; '.join(site.also_called)}")
    if site.city:
        page.fact("City", [site.city], citations(catalog, site.provenance, site.provenance.source))
    if site.part_of:
        page.line(f"Part of: {catalog.site[site.part_of].name}")
    if site.institution in catalog.institution:
        page.line(f"Belongs to: {catalog.institution[str(site.institution)].name}")
    page.heading("Programs whose trainees work here, or that it helps to run")
    for program in _programs_at(catalog, site):
        said = dict.fromkeys(used.text for used in _places_of(program) if site.id in used.site)
        remark = "; ".join(text for text in said if text != site.name)
        page.line(f"  {program.name}{f' ({remark})' if remark else ''} · {program.id}")
    return page.text()


def services_command(options: Namespace) -> int:
    """Run `gmetui services`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    if options.id is not None:
        service = _found(catalog.services, options.id, "service")
        if options.format == "json":
            write_json(_service_json(catalog, service))
        else:
            print(_service_text(catalog, service), end="")
        return 0
    if options.format == "json":
        write_json(
            {
                "total": len(catalog.services),
                "services": [_service_json(catalog, service) for service in catalog.services],
            }
        )
        return 0
    rows = [
        (service.name, _ROLES[service.role], str(len(_specialties_through(catalog, service))), service.id)
        for service in catalog.services
    ]
    write_table(("Service", "Role", "Specialties", "Id"), rows, no_colour=options.no_color)
    return 0


_ROLES = {"application": "application", "match": "match", "both": "application and match"}


def _specialties_through(catalog: Catalog, service: Service) -> list[Specialty]:
    """The specialties of the reference that name the service."""
    name = service.name.casefold()
    return [
        specialty
        for specialty in catalog.specialties
        if any(name in said.casefold() for said in (*specialty.application, specialty.match or ""))
    ]


def _service_json(catalog: Catalog, service: Service) -> dict[str, Any]:
    cited = citations(catalog, service.provenance, service.provenance.source)
    whole: dict[str, Any] = {"id": service.id, "name": service.name, "role": service.role}
    for field in SERVICE:
        if field.key in ("full_name", "about", "dates"):
            stated = getattr(service, field.key)
            whole[field.key] = fact_json(value_json(catalog, service, field), cited) if stated else None
    whole["specialties"] = [specialty.id for specialty in _specialties_through(catalog, service)]
    return whole


def _service_text(catalog: Catalog, service: Service) -> str:
    page = Page(service.full_name or service.name, catalog.edition.read_by)
    cited = citations(catalog, service.provenance, (*service.provenance.source, *service.provenance.also_read))
    page.line(f"{service.name} · {_ROLES[service.role]} · {service.id}")
    if service.about:
        page.fact("About", [service.about], cited)
    if service.dates:
        page.fact("Dates", [f"{item.text} ({item.cycle or 'undated'})" for item in service.dates], cited)
    specialties = _specialties_through(catalog, service)
    if specialties:
        page.heading("Specialties that use it")
        page.line(f"{'; '.join(specialty.label for specialty in specialties)}.")
    return page.text()


def _found(known: Iterable[Any], wanted: str, what: str) -> Any:
    known = tuple(known)
    for thing in known:
        if wanted == thing.id or joined(wanted) in map(joined, (thing.name, *getattr(thing, "also_called", ()))):
            return thing
    raise UnknownError(what, wanted, [thing.id for thing in known])
