"""The sections of the pages about institutions and services, with the texts they are searched by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..lean_typing import TYPE_CHECKING, Literal, NamedTuple
from .documents import institution_names

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.items import Item
    from ..catalog.models import Institution, Salary, Service

PageKind = Literal["institution", "specialty", "service"]


class PageSection(NamedTuple):
    """One section of a page: its page, its title there, what it says, and words people use for what it covers."""

    kind: PageKind
    page_id: str
    title: str
    section: str
    texts: tuple[str, ...]
    terms: str
    names: tuple[str, ...]


_TERMS: Mapping[str, str] = {
    "Mission": "mission vision values statement",
    "About": "about overview highlights hospitals size",
    "Applying": "apply applying application applicants requirements visa international img",
    "Pay": "pay salary stipend compensation benefits perks insurance vacation leave",
}
#: Words for each kind of `Route`.
_ROUTE_TERMS: Mapping[str, str] = {
    "rotator": "visiting visit rotator rotating rotation rotate resident fellow",
    "visiting student": "visiting visit student medical elective away rotation rotate clerkship",
    "observer": "visiting visit observer observership observing shadow shadowing",
    "verification of training": "verification verify training former trainee alumni",
}
_ABOUT_KEYS = ("highlights", "published_counts", "system_hospitals", "disagreements")
_APPLYING_KEYS = ("applying", "visa", "requirements", "international_graduates")


def page_sections(catalog: Catalog) -> Iterator[PageSection]:
    """Yield every section that has a text."""
    from ..catalog.pay import pay_scales

    for institution in catalog.institutions:
        names = (*(name for _, name in institution_names(institution)), institution.city or "")
        salaries = pay_scales(catalog, institution.id)
        for section, texts, terms in _institution_sections(institution, salaries):
            if texts:
                yield PageSection("institution", institution.id, institution.name, section, texts, terms, names)
    for service in catalog.services:
        yield PageSection("service", service.id, service.name, "", _service_texts(service), "", service_names(service))


def service_names(service: Service) -> tuple[str, ...]:
    """Return the names of a service."""
    return tuple(filter(None, (service.name, service.full_name, service.id)))


def _institution_sections(
    institution: Institution, salaries: Iterable[Salary]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the title, the texts and the terms of each section of an institution's page."""
    statements = institution.statements
    quotes = tuple(text for statement in statements for text in (*statement.quote, statement.note) if text)
    yield "Mission", quotes, " ".join([_TERMS["Mission"], *(statement.what for statement in statements)])
    plain_facts = (institution.flagship, institution.medical_school, institution.system, institution.note)
    listed = f"{institution.programs_listed} programs listed" if institution.programs_listed else None
    about_texts = (*_item_texts(institution, _ABOUT_KEYS), *filter(None, (*plain_facts, listed)))
    yield "About", about_texts, _TERMS["About"]
    services = (*institution.application_service, *institution.match)
    yield "Applying", (*_item_texts(institution, _APPLYING_KEYS), *services), _TERMS["Applying"]
    steps = tuple(f"{route.kind.capitalize()}: {step}" for route in institution.routes for step in route.steps)
    yield "Visiting", steps, " ".join(_ROUTE_TERMS.get(route.kind, route.kind) for route in institution.routes)
    pay_texts = (*_item_texts(institution, ("benefits",)), *map(_salary_text, salaries))
    yield "Pay", pay_texts, _TERMS["Pay"]


def _item_texts(institution: Institution, keys: Iterable[str]) -> Iterator[str]:
    items: Iterator[Item] = (item for key in keys for item in getattr(institution, key))
    return (getattr(item, "text", "") for item in items)


def _salary_text(salary: Salary) -> str:
    levels = " · ".join(f"{level} ${dollars:,.0f}" for level, dollars in salary.levels)
    return f"{salary.employer}, {salary.year}: {levels}{f' ({salary.note})' if salary.note else ''}"


def _service_texts(service: Service) -> tuple[str, ...]:
    return tuple(filter(None, (service.about, *(date.text for date in service.dates))))
