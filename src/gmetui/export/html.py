"""A self-contained web page that also prints well: no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from ..catalog.facts import NO_SOURCE, SUPPLEMENTARY_FIELDS, Citation, Fact, citations, program_facts, source_name
from ..catalog.models import Program
from ..catalog.vocabulary import KIND_LABELS, PUBLISHER_LABELS
from ..reports.questions import questions
from ..text import is_web_url, sanitize
from .footnotes import Footnotes
from .table import ExportRow, ExportTable, personal_columns, table_summary

#: Facts that the heading of a program shows already.
_HEADING_FACTS = frozenset(("id", "name", "institution", "kind", "specialty"))
_TEMPLATE = Path(__file__).with_name("html_page.html.j2")


class _HtmlFact(NamedTuple):
    """A fact with the numbers of its sources; `url` when the value is a web address."""

    label: str
    values: tuple[str, ...]
    references: tuple[int, ...]
    is_third_party: bool
    url: str | None


class _HtmlSource(NamedTuple):
    """A numbered source below a program."""

    number: int
    name: str
    url: str | None
    details: str


def write_html(table: ExportTable) -> bytes:
    """Return `table` as one HTML file."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["sanitize"] = lambda text: sanitize(str(text), keep_newlines=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    programs = [_program(table, row) for row in table.rows]
    return template.render(
        title=table.title,
        summary=table_summary(table),
        programs=programs,
        has_scores=any(program["score"] for program in programs),
        has_statuses=any(program["status"] for program in programs),
        no_source=NO_SOURCE,
    ).encode()


def _program(table: ExportTable, row: ExportRow) -> dict[str, Any]:
    entry, program = row.entry, row.program
    cells = [(column.heading, column.cell_text(row, table.catalog)) for column in personal_columns(table)]
    context: dict[str, Any] = {
        "rank": row.rank,
        "name": program.name if program else entry.name,
        "institution": entry.institution,
        "status": entry.status,
        "score": row.score.text if row.score else "",
        "note": entry.note,
        "personal_cells": [(heading, cell) for heading, cell in cells if cell],
        "is_gone": program is None,
        "specialty": "",
        "kind": "",
    }
    return context if program is None else context | _published(table, program)


def _published(table: ExportTable, program: Program) -> dict[str, Any]:
    """Return what sources state about a program, and the questions they leave open."""
    catalog, footnotes = table.catalog, Footnotes()
    facts, unstated_keys = [], []
    for fact in program_facts(catalog, program):
        if fact.key in _HEADING_FACTS:
            continue
        if fact.values:
            facts.append(_fact(fact, footnotes))
        elif fact.key not in SUPPLEMENTARY_FIELDS:
            unstated_keys.append(fact.key)
    statements = [
        (
            statement.what.capitalize(),
            statement.quote,
            footnotes.numbers(citations(catalog, program.provenance, statement.source)),
        )
        for statement in program.statements
    ]
    return {
        "institution": catalog.institution[program.institution].name,
        "kind": KIND_LABELS[program.kind],
        "specialty": catalog.specialty[program.specialty].label,
        "facts": facts,
        "statements": statements,
        "questions": questions(unstated_keys),
        "sources": [_source(citation, number) for number, citation in footnotes],
    }


def _fact(fact: Fact, footnotes: Footnotes) -> _HtmlFact:
    url = fact.text if fact.key == "url" and is_web_url(fact.text) else None
    return _HtmlFact(fact.label, fact.display_values, footnotes.numbers(fact.citations), fact.third_party, url)


def _source(citation: Citation, number: int) -> _HtmlSource:
    source = citation.source
    url = source.url if source.url and is_web_url(source.url) else None
    details = f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}"
    return _HtmlSource(number, source_name(source), url, details)
