"""The short page of a program for a quick decision: the facts that decide, and what its page emphasizes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..catalog.vocabulary import KIND_LABELS
from ..planning.fit_words import short_verdict_words
from ..planning.program_fit import ProgramFit
from ..shortlist.triage import TriageCounts
from ..text import plural
from .comparison import RowGroup, compare_deciding_facts
from .document import Block, Document, FactRow, Paragraph, Section, Value
from .fact_rows import RecordFacts
from .fits_document import reason_text
from .institution_document import section_sources

_MAX_HIGHLIGHTS = 4
_LAST_SECTION = "salary"  # nearly equal in all programs of a place


def triage_document(catalog: Catalog, program: Program, today: date, fit: ProgramFit | None = None) -> Document:
    """Return the page of a program that is to be decided on; with how it compares with the reader's profile, if any."""
    comparison = compare_deciding_facts(catalog, [program], today)
    sections = [Section(group.id, group.title, tuple(_rows(group))) for group in comparison.groups]
    if fit is not None:
        sections[0] = sections[0]._replace(blocks=(_fit_row(fit), *sections[0].blocks))
    highlights = tuple(_highlights(catalog, program))
    if highlights:
        sections.append(Section("highlights", "Highlights", highlights))
    sections.sort(key=lambda section: section.id == _LAST_SECTION)
    institution = catalog.institution[program.institution]
    location = ", ".join(filter(None, catalog.location_of(program)))
    return Document(
        kind="plan",
        id=f"triage-{program.id}",
        title=program.name,
        subtitle=" · ".join(filter(None, (institution.name, KIND_LABELS[program.kind], location))),
        sections=tuple(sections),
        not_published=comparison.not_published,
        reliability=comparison.page_dates,
        sources=section_sources(sections),
    )


def _fit_row(fit: ProgramFit) -> FactRow:
    reason = reason_text(fit)
    return FactRow("fits", "You", (Value(" · ".join(filter(None, (short_verdict_words(fit.verdict), reason)))),))


def _rows(group: RowGroup) -> Iterator[Block]:
    for row in group.rows:
        yield FactRow(row.key, row.label, tuple(fact.summary for fact in row.facts if fact.summary))


def _highlights(catalog: Catalog, program: Program) -> Iterator[Block]:
    for row in RecordFacts(catalog, program).stated_rows(("highlights",)):
        yield row._replace(values=row.values[:_MAX_HIGHLIGHTS])


def finished_document(counts: TriageCounts) -> Document:
    """Return the page after the last program."""
    lines = (
        "Everything here is decided. u undoes the last decision, ← goes through the programs again, esc returns to the "
        "search.",
        "triage:maybe and triage:no in the search box show what you passed over; no other search hides it.",
    )
    blocks = tuple(Paragraph(Value(line)) for line in lines)
    subtitle = progress_text(counts)
    return Document("plan", "triage", "Done", subtitle, sections=(Section("done", "Done", blocks),))


def progress_text(counts: TriageCounts) -> str:
    """Return how far a pass has come: "12 of 137 decided · 3 interested · 2 maybe · 7 no"."""
    decided = f"{counts.decided:,} of {plural(counts.total, 'program')} decided"
    return f"{decided} · {counts.interested:,} interested · {counts.maybe:,} maybe · {counts.no:,} no"
