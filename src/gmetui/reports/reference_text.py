"""Sites and services as plain text, with numbered sources."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from ..catalog.facts import citations
from ..catalog.models import Service, Site
from ..documents.service_document import service_document
from .document_text import document_text
from .text_page import TextPage
from .usage import programs_at_site, site_references


def site_text(catalog: Catalog, site: Site, width: int = 100) -> str:
    """Return a site with the programs whose trainees work there."""
    page = TextPage(site.name, catalog.edition.read_by, width)
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


def service_text(catalog: Catalog, service: Service, width: int = 100) -> str:
    """Return an application service or match, with its dates and the specialties that use it."""
    return document_text(service_document(catalog, service), catalog.edition.read_by, width)
