"""A list as one self-contained page that prints like a careful report: no script, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from ..catalog.facts import ASIDES, Citation, citations, program_facts, source_name
from ..catalog.models import KIND_LABELS, PUBLISHER_LABELS, Program
from ..reports.questions import questions
from ..text import clean, is_address
from .table import Row, Sheet, own_columns

_ASIDE = ("id", "name", "institution", "kind", "specialty")
_TEMPLATE = Path(__file__).with_name("html_page.html.j2")


class Said(NamedTuple):
    """One fact: its label, its values, the numbers of its pages, and whether only a third party says it."""

    label: str
    values: tuple[str, ...]
    marks: tuple[int, ...]
    third_party: bool = False
    address: str | None = None


class Page(NamedTuple):
    """A page that facts stand on."""

    number: int
    name: str
    address: str | None
    about: str


def page(sheet: Sheet) -> bytes:
    """Return a sheet as HTML."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["clean"] = lambda text: clean(str(text), lines=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    edition = sheet.catalog.edition
    programs = [_program(sheet, row) for row in sheet.rows]
    scored, with_status = (any(program[key] for program in programs) for key in ("score", "status"))
    return template.render(
        title=sheet.title, edition=edition, programs=programs, scored=scored, with_status=with_status
    ).encode()


def _program(sheet: Sheet, row: Row) -> dict[str, Any]:
    entry, program = row.entry, row.program
    whole: dict[str, Any] = {
        "rank": row.rank,
        "name": program.name if program else entry.name,
        "institution": entry.institution,
        "status": entry.status,
        "score": row.standing.words if row.standing else "",
        "note": entry.note,
        "own": [(own.heading, cell) for own in own_columns(sheet) if (cell := own.cell(row, sheet.catalog))],
        "gone": program is None,
        "specialty": "",
        "kind": "",
    }
    return whole if program is None else whole | _facts(sheet, program)


def _facts(sheet: Sheet, program: Program) -> dict[str, Any]:
    catalog = sheet.catalog
    pages: dict[Citation, int] = {}

    def marks(cited: tuple[Citation, ...]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(pages.setdefault(citation, len(pages) + 1) for citation in cited))

    said, unstated = [], []
    for fact in program_facts(catalog, program):
        if fact.key in _ASIDE:
            continue
        if fact.values:
            address = fact.text if fact.key == "url" and is_address(fact.text) else None
            said.append(Said(fact.label, fact.measured, marks(fact.citations), fact.third_party, address))
        elif fact.key not in ASIDES:
            unstated.append(fact.key)
    quoted = [
        (own.what.capitalize(), own.quote, marks(citations(catalog, program.provenance, own.source)))
        for own in program.statements
    ]
    return {
        "institution": catalog.institution[program.institution].name,
        "kind": KIND_LABELS[program.kind],
        "specialty": catalog.specialty[program.specialty].label,
        "facts": said,
        "quoted": quoted,
        "questions": questions(unstated),
        "pages": [_page(citation, number) for citation, number in pages.items()],
    }


def _page(citation: Citation, number: int) -> Page:
    source = citation.source
    address = source.url if source.url and is_address(source.url) else None
    return Page(number, source_name(source), address, f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}")
