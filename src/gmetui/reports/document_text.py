"""A document as plain text with numbered sources, for terminals, screen readers and pagers."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalog.facts import after_runs, inline_label
from ..documents.document import (
    Block,
    Chart,
    Checklist,
    DisagreementVersions,
    Document,
    FactRow,
    Group,
    Paragraph,
    Quotation,
    Section,
    Table,
    Timeline,
    Value,
)
from .text_page import TextPage
from .text_table import table_lines, table_with_ids

_NOT_PUBLISHED = "not published"


def document_text(document: Document, read_by: str | None = None, width: int = 100) -> str:
    """Return a document as text; `read_by` is the month (YYYY-MM) through which the sources were read."""
    text_page = TextPage(document.title, read_by, width)
    shown_id = "" if document.kind in ("comparison", "plan") else document.id
    text_page.add_paragraph(" · ".join(filter(None, (document.subtitle, shown_id))))
    if document.strip:
        text_page.add_blank_line()
        for row in document.strip:
            _add_fact_row(text_page, row)
    for section in document.sections:
        _add_section(text_page, section)
    if document.not_published:
        text_page.add_heading("Not published")
        text_page.add_paragraph(f"{', '.join(inline_label(row.label) for row in document.not_published)}.")
    if document.reliability:
        text_page.add_heading("How sure is this")
        for sentence in document.reliability:
            text_page.add_paragraph(sentence)
    text_page.cite(entry.citation for entry in document.sources)
    return text_page.text()


def _add_section(text_page: TextPage, section: Section) -> None:
    text_page.add_heading(section.title)
    _add_blocks(text_page, section.blocks)
    if not section.blocks:
        text_page.add_paragraph("Not stated")


def _add_blocks(text_page: TextPage, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, FactRow):
            _add_fact_row(text_page, block)
        elif isinstance(block, Paragraph):
            citation_marks = text_page.references(block.value.citations) if block.value.citations else ""
            indent = "  " if block.is_remark else ""
            text_page.add_paragraph(f"{indent}{block.value.display()} {citation_marks}".rstrip())
        elif isinstance(block, Quotation):
            text_page.add_quote(block.title, [f"“{text}”" for text in block.paragraphs], block.citations)
            if block.note:
                text_page.add_paragraph(f"  ({block.note})")
        elif isinstance(block, Table):
            _add_table(text_page, block)
        elif isinstance(block, Timeline):
            _add_timeline(text_page, block)
        elif isinstance(block, Chart):
            from ..documents.chart_lines import chart_lines

            text_page.add_blank_line()
            for line in chart_lines(block, text_page.width):
                text_page.add_line(line)
        elif isinstance(block, DisagreementVersions):
            text_page.add_versions(block.topic, block.versions, block.citations)
        elif isinstance(block, Checklist):
            text_page.add_checklist(block.title or "Steps", block.steps, block.citations)
        else:
            _add_group(text_page, block)


def _add_group(text_page: TextPage, group: Group) -> None:
    """Add a group with everything in it: text has nothing to open."""
    text_page.add_subheading(group.title)
    _add_blocks(text_page, group.blocks)


def _add_fact_row(text_page: TextPage, row: FactRow) -> None:
    if not row.values:
        text_page.add_paragraph(f"{row.label}: {_NOT_PUBLISHED}")
        return
    texts = [value.display() for value in row.values]
    if any(value.citations for value in row.values):
        text_page.add_cited_fact(row.label, texts, after_runs([value.citations for value in row.values]))
    else:  # written for gmetui or calculated, without a source
        text_page.add_uncited_fact(row.label, texts)


def _add_table(text_page: TextPage, table: Table) -> None:
    """Add a table. Where its rows are records, their ids are in a last column, for use with other commands."""
    text_page.add_blank_line()
    rows = [
        [_cell_text(text_page, value, 0 if index else row.depth) for index, value in enumerate(row.cells)]
        for row in table.rows
    ]
    record_links = [row.cells[0].link for row in table.rows]
    if any(record_links):
        lines = table_with_ids(
            table.headings, rows, [link.key if link else "" for link in record_links], text_page.width
        )
    else:
        lines = table_lines(table.headings, rows, text_page.width)
    for line in lines:
        text_page.add_line(line)


def _add_timeline(text_page: TextPage, timeline: Timeline) -> None:
    rows = [[row.distance, row.day, row.clock, _cell_text(text_page, row.value, 0)] for row in timeline.rows]
    if not any(row.clock for row in timeline.rows):
        rows = [[distance, day, text] for distance, day, _, text in rows]
    sizes = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for *cells, text in rows:
        start = "  ".join(cell.ljust(size) for cell, size in zip(cells, sizes, strict=True))
        text_page.add_hanging(f"{start}  ", text)


def _cell_text(text_page: TextPage, value: Value, depth: int) -> str:
    citation_marks = text_page.references(value.citations) if value.citations else ""
    is_said = any(citation.source.publisher == "third-party" for citation in value.citations)  # beside its number
    text = value.display(omit=("third_party",) if is_said else ())
    return f"{'  ' * depth}{text} {citation_marks}".rstrip()
