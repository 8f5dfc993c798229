"""The document of an application service or match: what it is for, its dates, and the specialties that use it."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.catalog import Catalog
from ..catalog.facts import UNDATED, Citation, citations
from ..catalog.models import Service
from ..catalog.season import UNDATED_SEASON
from ..catalog.service_use import SERVICE_ROLES, specialties_using
from ..catalog.training_length import years_text
from ..planning.cycle import cycle_order
from .document import Block, Document, FactRow, Link, Section, Table, TableRow, Value
from .institution_document import section_sources
from .season_words import cycle_text, date_value


def service_document(catalog: Catalog, service: Service) -> Document:
    """Return everything there is to say about a service."""
    provenance = service.provenance
    cited = citations(catalog, provenance, (*provenance.source, *provenance.also_read))
    sections = (
        Section("overview", "Overview", tuple(_overview(service, cited))),
        Section("dates", "Dates", (*_dates(service, cited), *_season_dates(catalog, service))),
        Section("specialties", "Specialties", tuple(_specialties(catalog, service))),
    )
    shown = tuple(section for section in sections if section.blocks)
    role = SERVICE_ROLES[service.role]
    return Document(
        kind="service",
        id=service.id,
        title=service.name,
        subtitle=" · ".join(filter(None, (service.full_name, role[:1].upper() + role[1:]))),
        sections=shown,
        sources=section_sources(shown),
    )


def _overview(service: Service, cited: tuple[Citation, ...]) -> Iterator[Block]:
    if service.about:
        yield FactRow("about", "About", (Value(service.about, citations=cited),))


def _dates(service: Service, cited: tuple[Citation, ...]) -> Iterator[Block]:
    """Yield the dates by cycle, in the order of the data."""
    for cycle in dict.fromkeys(date.cycle for date in service.dates):
        values = tuple(Value(date.text, citations=cited) for date in service.dates if date.cycle == cycle)
        yield FactRow("dates", f"{cycle} cycle" if cycle else UNDATED.capitalize(), values)


def _season_dates(catalog: Catalog, service: Service) -> Iterator[Block]:
    """Yield the dates of the service in every cycle, the newest cycle first."""
    dates = [season_date for season_date in catalog.season.dates if season_date.service == service.id]
    for cycle in sorted({season_date.cycle for season_date in dates}, key=cycle_order, reverse=True):
        values = tuple(date_value(catalog, season_date) for season_date in dates if season_date.cycle == cycle)
        yield FactRow("dates", "No year" if cycle == UNDATED_SEASON else f"{cycle_text(cycle)} cycle", values)


def _specialties(catalog: Catalog, service: Service) -> Iterator[Block]:
    rows = tuple(
        TableRow(
            (
                Value(specialty.label, link=Link("specialty", specialty.id)),
                Value(years_text((years, years)) if (years := specialty.length_years) else "—"),
            )
        )
        for specialty in specialties_using(catalog, service)
    )
    if rows:
        yield Table(("Specialties that use it", "Years"), rows)
