"""`gmetui sites` and `gmetui services`: list what several programs share, or show one."""

from __future__ import annotations

from argparse import Namespace

from ...catalog.catalog import Catalog
from ...reports.reference_json import service_json, site_json, site_summary_json
from ...reports.reference_text import SERVICE_ROLES, service_text, site_text
from ...reports.usage import specialties_using
from ..context import find_site_or_service, read_catalog
from ..output import print_line, write_json, write_table


def sites_command(options: Namespace) -> int:
    """Run `gmetui sites`: the site with the most programs first."""
    catalog = read_catalog(options)
    if options.id is None:
        _list_sites(catalog, options)
        return 0
    site = find_site_or_service(catalog.sites, options.id, "site")
    if options.format == "json":
        write_json(site_json(catalog, site))
    else:
        print_line(site_text(catalog, site), end="")
    return 0


def _list_sites(catalog: Catalog, options: Namespace) -> None:
    summaries = [site_summary_json(catalog, site) for site in catalog.sites]
    summaries.sort(key=lambda summary: (-summary["programs"], summary["name"]))
    if options.format == "json":
        write_json({"total": len(summaries), "sites": summaries})
        return
    rows = [(summary["name"], summary["city"] or "", str(summary["programs"]), summary["id"]) for summary in summaries]
    write_table(("Site", "City", "Programs", "ID"), rows, no_color=options.no_color)


def services_command(options: Namespace) -> int:
    """Run `gmetui services`."""
    catalog = read_catalog(options)
    if options.id is None:
        _list_services(catalog, options)
        return 0
    service = find_site_or_service(catalog.services, options.id, "service")
    if options.format == "json":
        write_json(service_json(catalog, service))
    else:
        print_line(service_text(catalog, service), end="")
    return 0


def _list_services(catalog: Catalog, options: Namespace) -> None:
    if options.format == "json":
        documents = [service_json(catalog, service) for service in catalog.services]
        write_json({"total": len(documents), "services": documents})
        return
    rows = []
    for service in catalog.services:
        specialty_count = len(specialties_using(catalog, service))
        rows.append((service.name, SERVICE_ROLES[service.role], str(specialty_count), service.id))
    write_table(("Service", "Role", "Specialties", "ID"), rows, no_color=options.no_color)
