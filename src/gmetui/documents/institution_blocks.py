"""What an institution says of itself, as blocks: for its own document and for those of its programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalog.catalog import Catalog
from ..catalog.facts import INLINE_LABELS, citations, item_citations
from ..catalog.item_notes import versions
from ..catalog.models import Institution, Program, Salary
from ..catalog.pay import pay_scales
from ..catalog.years import year_of
from ..text import format_date
from .document import (
    Block,
    Checklist,
    DisagreementVersions,
    FactRow,
    Group,
    Link,
    Quotation,
    Value,
)
from .fact_rows import institution_record_facts, stored_value, without_aspect

_ABOUT_FIELDS = (
    *("highlights", "published_counts", "programs_listed", "flagship", "medical_school", "system"),
    *("system_hospitals", "note", "url"),
)
_APPLYING_FIELDS = ("applying", "application_service", "match", "visa", "international_graduates")
_ROUTE_TITLES = {
    "rotator": "For residents and fellows of other programs who want to rotate",
    "visiting student": "For visiting students",
    "observer": "For observers",
    "verification of training": "For former trainees: verification of training",
}
NO_YEAR = "the page gives no year"


def about_blocks(catalog: Catalog, institution: Institution) -> Iterator[Block]:
    """Yield location, general facts, and the points on which pages disagree."""
    location = ", ".join(filter(None, (institution.city, institution.state)))
    if location:
        key = "city" if institution.city else "state"
        yield FactRow(key, "Location", (stored_value(catalog, institution, key, location),))
    for row in institution_record_facts(catalog, institution.id).stated_rows(_ABOUT_FIELDS):
        yield linked_row(row)
    yield from disagreement_blocks(catalog, institution)


def applying_blocks(catalog: Catalog, institution: Institution) -> Iterator[Block]:
    """Yield how to apply to any of its programs."""
    yield from institution_record_facts(catalog, institution.id).stated_rows(_APPLYING_FIELDS)


def requirement_blocks(catalog: Catalog, institution: Institution) -> Iterator[Block]:
    """Yield what it requires, by topic, each with the programs that it concerns."""
    values = institution_record_facts(catalog, institution.id).values("requirements")
    pairs = zip(institution.requirements, values, strict=True)
    yield from rows_by_topic("requirements", ((item.topic, value) for item, value in pairs))


def visiting_blocks(catalog: Catalog, institution: Institution, *, are_closed: bool = False) -> Iterator[Block]:
    """Yield how rotators, visiting students and observers apply, as checklists."""
    for route in institution.routes:
        title = _ROUTE_TITLES.get(route.kind, f"For a {route.kind}")
        steps = Checklist(title, route.steps, citations(catalog, institution.provenance, route.source))
        yield Group(title, (steps._replace(title=""),), is_closed=True, size=len(steps.steps)) if are_closed else steps


def pay_blocks(catalog: Catalog, institution: Institution, scale: Salary | None = None) -> Iterator[Block]:
    """Yield benefits, then pay scales: `scale` or the most recent one open, the others closed."""
    scales = pay_scales(catalog, institution.id)
    current = scale or next(iter(scales), None)
    for salary in (*([current] if current else []), *(salary for salary in scales if salary is not current)):
        title = f"Salary: {salary.employer}, {salary_year(salary) or NO_YEAR}"
        yield Group(title, tuple(_scale_rows(catalog, salary)), salary is not current, len(salary.pgy))
    benefits = institution_record_facts(catalog, institution.id).values("benefits")
    if benefits:
        pairs = zip(institution.benefits, benefits, strict=True)
        rows = rows_by_topic("benefits", ((item.topic or "benefits", value) for item, value in pairs))
        yield Group(f"Benefits for all programs of {institution.short_name}", tuple(rows))


def _scale_rows(catalog: Catalog, salary: Salary) -> Iterator[FactRow]:
    cited = citations(catalog, salary.provenance, salary.provenance.source)
    for level, dollars in salary.levels:
        yield FactRow("pay", level, (Value(f"${dollars:,.0f}", "a year", citations=cited),))
    if salary.note:
        yield FactRow("pay", "Note", (Value(salary.note, citations=cited),))


def salary_year(salary: Salary) -> str:
    """Return the year of a pay scale as people read it; "" if its page gives none."""
    return format_date(salary.year) if year_of(salary.year) else ""


def statement_blocks(catalog: Catalog, record: Program | Institution) -> Iterator[Block]:
    """Yield the mission, vision and values of a program or an institution, as quotations."""
    name = "the program" if isinstance(record, Program) else record.name
    for statement in record.statements:
        title = f"{statement.what.capitalize()} of {name}"
        cited = citations(catalog, record.provenance, statement.source)
        yield Quotation(title, statement.quote, cited, statement.note or "")


def disagreement_blocks(catalog: Catalog, record: Program | Institution) -> Iterator[Block]:
    """Yield every point on which pages disagree."""
    source_ids = record.provenance.sources_of("disagreements")
    for item in record.disagreements:
        cited = item_citations(catalog, item) or citations(catalog, record.provenance, source_ids)
        pairs = tuple((version.where, version.says) for version in versions(item))
        yield DisagreementVersions(INLINE_LABELS.get(item.about or "", ""), pairs, cited)


def rows_by_topic(key: str, values: Iterable[tuple[str, Value]]) -> Iterator[FactRow]:
    """Yield one row for each topic, in the order of their first values."""
    by_topic: dict[str, list[Value]] = {}
    for topic, value in values:
        by_topic.setdefault(topic, []).append(without_aspect(value, "strength"))
    for topic, topic_values in by_topic.items():
        yield FactRow(key, topic[:1].upper() + topic[1:], tuple(topic_values))


def linked_row(row: FactRow) -> FactRow:
    """Return a row whose values are web addresses, if it is one of these, with its links."""
    if row.key != "url":
        return row
    return row._replace(values=tuple(value._replace(link=Link("url", value.text)) for value in row.values))
