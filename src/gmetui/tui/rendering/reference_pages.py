"""The pages of institutions, specialties and services."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...catalog.ids import InstitutionId, SpecialtyId
from ...documents.institution_document import institution_document
from ...documents.service_document import service_document
from ...documents.specialty_document import specialty_document
from ...search.page_hits import PageHit
from .document_lines import document_page
from .page import NOTHING_OPEN, Page, PageState


def institution_page(catalog: Catalog, key: str, width: int, state: PageState = NOTHING_OPEN) -> Page:
    """Return the page of an institution for a pane of `width` cells."""
    return document_page(institution_document(catalog, catalog.institution[InstitutionId(key)]), width, state)


def specialty_page(catalog: Catalog, key: str, width: int, state: PageState = NOTHING_OPEN) -> Page:
    """Return the page of a specialty for a pane of `width` cells."""
    return document_page(specialty_document(catalog, catalog.specialty[SpecialtyId(key)]), width, state)


def service_page(catalog: Catalog, key: str, width: int, state: PageState = NOTHING_OPEN) -> Page:
    """Return the page of an application service or match for a pane of `width` cells."""
    service = next(service for service in catalog.services if service.id == key)
    return document_page(service_document(catalog, service), width, state)


_PAGES = {"institution": institution_page, "specialty": specialty_page, "service": service_page}


def hit_page(catalog: Catalog, hit: PageHit, width: int, state: PageState = NOTHING_OPEN) -> Page:
    """Return the page that a search is about."""
    return _PAGES[hit.kind](catalog, hit.page_id, width, state)
