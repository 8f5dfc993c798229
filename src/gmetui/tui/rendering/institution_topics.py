"""What institutions say that no program says: how to visit, what is paid. Found by name like everything else."""

from __future__ import annotations

from typing import NamedTuple

from ...catalog.models import Catalog

#: Section of an institution's page -> what people call what stands there.
_SECTIONS = {
    "Visiting": "visiting rotators rotation rotating away elective observers observership shadowing verification",
    "Pay": "pay salary stipend benefits insurance vacation",
    "Applying": "applying application how to apply",
    "Mission": "mission vision values",
}


class Topic(NamedTuple):
    """A section of an institution's page, with the words it is found by."""

    institution: str
    section: str
    name: str
    also: tuple[str, ...]


def topics(catalog: Catalog) -> list[Topic]:
    """Return the sections of every institution's page that have something to say."""
    found = []
    for own in catalog.institutions:
        paid = bool(own.benefits) or any(salary.institution == own.id for salary in catalog.salaries)
        says = {"Visiting": bool(own.routes), "Pay": paid, "Applying": True, "Mission": bool(own.statements)}
        found += [
            Topic(own.id, section, f"{own.name}: {section.casefold()}", (words, own.short, *own.also_called))
            for section, words in _SECTIONS.items()
            if says[section]
        ]
    return found
