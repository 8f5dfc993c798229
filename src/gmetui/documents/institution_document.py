"""The document of an institution: its mission, what it is, how to apply and to visit, its pay and its programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from ..catalog.catalog import Catalog
from ..catalog.models import Institution, Program
from ..catalog.training_length import program_years, years_text
from ..catalog.vocabulary import KIND_LABELS, KINDS
from ..text import plural
from .document import Block, Document, Group, Link, Paragraph, Section, SourceEntry, Table, TableRow, Value, cited_in
from .institution_blocks import (
    about_blocks,
    applying_blocks,
    pay_blocks,
    requirement_blocks,
    statement_blocks,
    visiting_blocks,
)

#: Section -> its title, in the order of the page.
INSTITUTION_SECTIONS: Mapping[str, str] = {
    "mission": "Mission",
    "about": "About",
    "applying": "Applying",
    "visiting": "Visiting",
    "pay": "Pay",
    "programs": "Programs",
}
_OPTIONAL_SECTIONS = frozenset(("visiting",))  # without content they are left out
_NO_PROGRAMS = "No programs in this data."


def institution_document(catalog: Catalog, institution: Institution) -> Document:
    """Return everything there is to say about an institution."""
    programs = catalog.programs_of(institution.id)
    builders: Mapping[str, Callable[[], Iterable[Block]]] = {
        "mission": lambda: statement_blocks(catalog, institution),
        "about": lambda: about_blocks(catalog, institution),
        "applying": lambda: _applying(catalog, institution),
        "visiting": lambda: visiting_blocks(catalog, institution),
        "pay": lambda: pay_blocks(catalog, institution),
        "programs": lambda: program_blocks(catalog, programs, institution),
    }
    built = [Section(key, INSTITUTION_SECTIONS[key], tuple(build())) for key, build in builders.items()]
    sections = tuple(section for section in built if section.blocks or section.id not in _OPTIONAL_SECTIONS)
    location = ", ".join(filter(None, (institution.city, institution.state)))
    return Document(
        kind="institution",
        id=institution.id,
        title=institution.name,
        subtitle=" · ".join(filter(None, (location, program_count_text(catalog, institution)))),
        sections=sections,
        sources=section_sources(sections),
    )


def program_count_text(catalog: Catalog, institution: Institution) -> str:
    """Return how many programs an institution has: "24 programs, 2 of them sponsored by a partner"."""
    count = len(catalog.programs_of(institution.id))
    joint_count = count - len(catalog.sponsored_by(institution.id))
    joint_text = f", {joint_count} of them sponsored by a partner" if joint_count else ""
    return f"{plural(count, 'program')}{joint_text}"


def section_sources(sections: Iterable[Section]) -> tuple[SourceEntry, ...]:
    """Return the pages that sections cite, in their order, each once."""
    entries = {
        citation.source.id: SourceEntry(citation) for section in sections for citation in cited_in(section.blocks)
    }
    return tuple(entries.values())


def _applying(catalog: Catalog, institution: Institution) -> Iterator[Block]:
    yield from applying_blocks(catalog, institution)
    requirements = tuple(requirement_blocks(catalog, institution))
    if requirements:
        yield Group("Required of applicants to its programs", requirements)


def program_blocks(
    catalog: Catalog, programs: Iterable[Program], institution: Institution | None = None
) -> Iterator[Block]:
    """Yield programs as tables by kind, with their years; with the hospital of each, unless it is `institution`."""
    ordered = sorted(programs, key=lambda program: (KINDS.index(program.kind), program.name))
    for kind, group in groupby(ordered, key=lambda program: program.kind):
        rows = tuple(_program_row(catalog, program, institution) for program in group)
        headings = (KIND_LABELS[kind], "Years", *([] if institution else ["Hospital"]))
        yield Table(headings, rows)
    if not ordered:
        yield Paragraph(Value(_NO_PROGRAMS), "muted")


def _program_row(catalog: Catalog, program: Program, institution: Institution | None) -> TableRow:
    sponsor = catalog.institution[program.institution]
    is_joint = institution is not None and sponsor.id != institution.id
    name = f"{program.name} ({sponsor.short_name})" if is_joint else program.name
    cells = [Value(name, link=Link("program", program.id)), Value(years_text(program_years(catalog, program)) or "—")]
    if institution is None:
        cells.append(Value(sponsor.short_name, link=Link("institution", sponsor.id)))
    return TableRow(tuple(cells))
