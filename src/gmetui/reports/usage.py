"""What refers to a site."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from ..catalog.items import Partner, SiteReference
from ..catalog.models import Program, Site


def programs_at_site(catalog: Catalog, site: Site) -> list[Program]:
    """Return the programs whose trainees work at a site or a part of it, or that the site helps to run."""
    site_ids = {site.id, *(part.id for part in catalog.sites if part.part_of == site.id)}
    return [
        program
        for program in catalog.programs
        if any(site_ids & {*reference.site} for reference in site_references(program))
    ]


def site_references(program: Program) -> tuple[SiteReference | Partner, ...]:
    """Return the sites and the partners that a program names."""
    return (*program.sites, *program.joint_with)
