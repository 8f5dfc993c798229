"""`gmetui sites` and `gmetui services`: list what several programs share, or show one."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...catalog.service_use import SERVICE_ROLES, specialties_using
from ...lean_typing import TYPE_CHECKING
from ...reports.reference_json import service_json, site_json, site_summary_json
from ...reports.reference_text import service_text, site_text
from ..context import find_site_or_service, read_catalog
from ..output import print_page
from ..record_output import columns_of, wants_json, write_record_json, write_records, write_records_json
from ..table_output import RecordTable
from ..terminal import text_width

if TYPE_CHECKING:
    from argparse import Namespace


def sites_command(options: Namespace) -> int:
    """Run `gmetui sites`: the site with the most programs first."""
    is_json = wants_json(options)
    catalog = read_catalog(options)
    if options.id is None:
        _list_sites(catalog, options, is_json=is_json)
        return 0
    site = find_site_or_service(catalog.sites, options.id, "site")
    if is_json:
        write_record_json(options, site_json(catalog, site))
    else:
        print_page(site_text(catalog, site, text_width()))
    return 0


def _list_sites(catalog: Catalog, options: Namespace, *, is_json: bool) -> None:
    summaries = [site_summary_json(catalog, site) for site in catalog.sites]
    summaries.sort(key=lambda summary: (-summary["program_count"], summary["name"]))
    if is_json:
        write_records_json(options, {"total": len(summaries), "sites": summaries}, "sites")
        return
    rows = [
        (summary["name"], summary["city"] or "", str(summary["program_count"]), summary["id"]) for summary in summaries
    ]
    write_records(options, RecordTable(columns_of("Site", "City", "Programs", "ID", numbers=("Programs",)), rows))


def services_command(options: Namespace) -> int:
    """Run `gmetui services`."""
    is_json = wants_json(options)
    catalog = read_catalog(options)
    if options.id is None:
        _list_services(catalog, options, is_json=is_json)
        return 0
    service = find_site_or_service(catalog.services, options.id, "service")
    if is_json:
        write_record_json(options, service_json(catalog, service))
    else:
        print_page(service_text(catalog, service, text_width()))
    return 0


def _list_services(catalog: Catalog, options: Namespace, *, is_json: bool) -> None:
    if is_json:
        documents = [service_json(catalog, service) for service in catalog.services]
        write_records_json(options, {"total": len(documents), "services": documents}, "services")
        return
    rows = []
    for service in catalog.services:
        specialty_count = len(specialties_using(catalog, service))
        rows.append((service.name, SERVICE_ROLES[service.role], str(specialty_count), service.id))
    columns = columns_of("Service", "Role", "Specialties", "ID", numbers=("Specialties",))
    write_records(options, RecordTable(columns, rows))
