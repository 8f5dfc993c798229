"""Sections of institution pages that the search and the command palette offer: visiting, pay, applying, mission."""

from __future__ import annotations

from typing import NamedTuple

from ...catalog.catalog import Catalog

#: Section of an institution's page -> words people use for what it covers.
_SECTION_TERMS = {
    "Visiting": "visiting rotators rotation rotating away elective observers observership shadowing verification",
    "Pay": "pay salary stipend benefits insurance vacation",
    "Applying": "applying application how to apply",
    "Mission": "mission vision values",
}


class Topic(NamedTuple):
    """A section of an institution's page, with the terms that find it."""

    institution: str
    section: str
    name: str
    search_terms: tuple[str, ...]


def institution_topics(catalog: Catalog) -> list[Topic]:
    """Return the sections with content of every institution's page."""
    paying_ids = {salary.institution for salary in catalog.salaries}
    topics = []
    for institution in catalog.institutions:
        pays = institution.id in paying_ids or bool(institution.benefits)
        has_content = {"Visiting": bool(institution.routes), "Pay": pays, "Mission": bool(institution.statements)}
        names = (institution.short_name, *institution.also_called)
        topics += [
            Topic(institution.id, section, f"{institution.name}: {section.casefold()}", (terms, *names))
            for section, terms in _SECTION_TERMS.items()
            if has_content.get(section, True)
        ]
    return topics
