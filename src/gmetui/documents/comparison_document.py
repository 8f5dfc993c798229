"""The document of a comparison: what is equal, tables of the facts that decide, and on request every field in full."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.catalog import Catalog
from ..catalog.comparison import ComparisonRow
from ..catalog.models import Program
from ..text import plural
from .comparison import Comparison, DecidingRow, RowGroup
from .deciding_facts import summary_remarks
from .document import (
    MARK_MEANINGS,
    Block,
    Document,
    FactRow,
    Group,
    Paragraph,
    Section,
    SourceEntry,
    Table,
    TableRow,
    Value,
    cited_in,
)

#: The cell of a fact that nobody publishes, and what it means.
EMPTY_CELL = "—"
EMPTY_CELL_MEANING = "— means nobody says; ask the program."
_NO_DIFFERENCES = "These programs do not differ in what is published."


def comparison_document(catalog: Catalog, comparison: Comparison, full_rows: Sequence[ComparisonRow] = ()) -> Document:
    """Return a comparison as a document; `full_rows` are fields to list in full below the tables."""
    programs = comparison.programs
    sections = [_section(catalog, comparison, group) for group in comparison.groups]
    if not sections and len(programs) > 1:
        sections = [Section("basics", "The basics", (Paragraph(Value(_NO_DIFFERENCES)),))]
    if comparison.common:
        rows = (FactRow(row.key, row.label, _common_value(row)) for row in comparison.common)
        sections.append(Section("common", "Same for all", tuple(rows)))
    if full_rows:
        groups = tuple(_full_group(catalog, programs, row) for row in full_rows)
        sections.append(Section("everything", "Every field in full", groups))
    cited = dict.fromkeys(citation for section in sections for citation in cited_in(section.blocks))
    return Document(
        kind="comparison",
        id=",".join(program.id for program in programs),
        title=f"{plural(len(programs), 'program')} compared",
        subtitle=common_line(comparison),
        sections=tuple(sections),
        not_published=comparison.not_published,
        reliability=(EMPTY_CELL_MEANING, *_mark_sentences(comparison)),
        sources=tuple(SourceEntry(citation) for citation in cited),
    )


def common_line(comparison: Comparison) -> str:
    """Return what is equal as one line: "Same for all: Residency · Internal medicine · ERAS", "" where nothing is."""
    texts = [row.common_text for row in comparison.common]
    return f"Same for all: {' · '.join(texts)}" if texts else ""


def column_title(catalog: Catalog, program: Program) -> str:
    """Return the heading of a program's column: its hospital in short, and its name."""
    return f"{catalog.institution[program.institution].short_name} · {program.name}"


def _common_value(row: DecidingRow) -> tuple[Value, ...]:
    summary = row.facts[0].summary
    return (summary,) if summary else ()


def _section(catalog: Catalog, comparison: Comparison, group: RowGroup) -> Section:
    titles = (column_title(catalog, program) for program in comparison.programs)
    table = Table(("", *titles), tuple(map(_table_row, group.rows)))
    notes = tuple(Paragraph(Value(row.note), "warning") for row in group.rows if row.note)
    return Section(group.id, group.title, (table, *notes))


def _table_row(row: DecidingRow) -> TableRow:
    return TableRow((Value(row.label), *(_cell(fact.summary) for fact in row.facts)))


def _cell(summary: Value | None) -> Value:
    """Return a summary with its signs and words as one text: a cell has no room for more."""
    if summary is None:
        return Value(EMPTY_CELL)
    return Value(f"{summary.measured_text}{summary_remarks(summary)}", citations=summary.citations, link=summary.link)


def _full_group(catalog: Catalog, programs: Sequence[Program], row: ComparisonRow) -> Group:
    """Return one field with all its values, a row for each program that states it."""
    blocks: list[Block] = []
    for program, cell in zip(programs, row.cells, strict=True):
        label = catalog.institution[program.institution].short_name
        *first_values, last_value = [Value(text) for text in cell.values] or [Value(EMPTY_CELL)]
        values = (*first_values, last_value._replace(citations=cell.citations))
        blocks.append(FactRow(row.key, label, values))
    return Group(row.label, tuple(blocks))


def _mark_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return what the signs in the cells mean, those that occur."""
    rows = (*comparison.rows, *comparison.common)
    marks = [fact.summary.mark for row in rows for fact in row.facts if fact.summary]
    marks += [fact.text for row in rows if row.key == "visa" for fact in row.facts]  # each visa has signs of its own
    used = {sign for mark in marks for sign in mark}
    legend = " · ".join(f"{sign} {meaning}" for sign, meaning in MARK_MEANINGS.items() if sign in used)
    return (f"{legend}.",) if legend else ()
