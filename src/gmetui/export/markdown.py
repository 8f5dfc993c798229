"""Markdown: a table of the programs, then the document of each with numbered sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..catalog.facts import Citation, after_runs, inline_label, source_name
from ..catalog.vocabulary import PUBLISHER_LABELS
from ..documents.chart_lines import chart_lines
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
    Table,
    Timeline,
    Value,
)
from ..shortlist.stand_ins import absence_text
from ..text import is_web_url, sanitize
from .footnotes import Footnotes
from .table import ExportRow, ExportTable, personal_columns, program_sheet, table_columns, table_summary

_SPECIAL_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_CHART_WIDTH = 100
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|www)([:.])")
_OVERVIEW_COLUMNS = frozenset(("rank", "program", "institution", "kind", "specialty", "status", "score"))


def write_markdown(table: ExportTable) -> bytes:
    """Return `table` as Markdown."""
    columns = [column for column in table_columns(table) if column.key in _OVERVIEW_COLUMNS]
    markdown_lines = [f"# {escape_markdown(table.title)}", "", table_summary(table), ""]
    markdown_lines.append(f"| {' | '.join(column.heading for column in columns)} |")
    markdown_lines.append(f"|{' --- |' * len(columns)}")
    for export_row in table.rows:
        cells = (escape_markdown(column.cell_text(export_row, table.catalog)) for column in columns)
        markdown_lines.append(f"| {' | '.join(cells)} |")
    for export_row in table.rows:
        markdown_lines += ["", *_row_lines(table, export_row)]
    return ("\n".join(_single_spaced(markdown_lines)) + "\n").encode()


def document_markdown(document: Document) -> str:
    """Return a document as a Markdown page of its own."""
    markdown_lines = [f"# {escape_markdown(document.title)}", "", *_document_lines(document, "##")]
    return "\n".join(_single_spaced(markdown_lines)) + "\n"


def _single_spaced(markdown_lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with no more than one empty line in a row."""
    previous = ""
    for line in markdown_lines:
        if line or previous:
            yield line
        previous = line


def _row_lines(table: ExportTable, export_row: ExportRow) -> list[str]:
    """Return the section of one program: what the user wrote, then its document."""
    name = export_row.program.name if export_row.program else export_row.entry.name
    markdown_lines = [f"## {export_row.rank}. {escape_markdown(name)}", ""]
    markdown_lines += _personal_lines(table, export_row)
    if export_row.program is None:
        absence = absence_text(export_row.entry.id).capitalize()
        return [*markdown_lines, f"{escape_markdown(export_row.entry.institution)}. {absence}."]
    return [*markdown_lines, *_document_lines(program_sheet(table.catalog, export_row.program), "###")]


def _personal_lines(table: ExportTable, export_row: ExportRow) -> list[str]:
    """Return the user's note and personal columns, each block with a blank line below it."""
    markdown_lines = []
    if export_row.entry.note:
        markdown_lines += [*(f"> {escape_markdown(line)}" for line in export_row.entry.note.splitlines()), ""]
    cells = [(column.heading, column.cell_text(export_row, table.catalog)) for column in personal_columns(table)]
    values = [f"- **{escape_markdown(heading)}:** {escape_markdown(cell)}" for heading, cell in cells if cell]
    if values:
        markdown_lines += [*values, ""]
    return markdown_lines


def _document_lines(document: Document, heading: str) -> list[str]:
    """Return a document below its title; `heading` is the mark of its sections."""
    footnotes = Footnotes()
    markdown_lines = [escape_markdown(document.subtitle), ""] if document.subtitle else []
    for fact_row in document.strip:
        markdown_lines += _fact_lines(fact_row, footnotes) if fact_row.values else ()
    for section in document.sections:
        markdown_lines += ["", f"{heading} {escape_markdown(section.title)}", ""]
        markdown_lines += list(_block_lines(section.blocks, footnotes)) or ["Not stated."]
    if document.not_published:
        labels = ", ".join(inline_label(fact_row.label) for fact_row in document.not_published)
        markdown_lines += ["", f"{heading} To ask", "", f"Not published: {escape_markdown(labels)}."]
    if document.reliability:
        sentences = ". ".join(sentence.rstrip(".") for sentence in document.reliability)
        markdown_lines += ["", f"{escape_markdown(sentences)}."]
    footnotes.numbers(entry.citation for entry in document.sources)
    sources = [f"{number}. {_source_line(citation)}" for number, citation in footnotes]
    return [*markdown_lines, "", f"{heading} Sources", "", *sources] if sources else markdown_lines


def _block_lines(blocks: Iterable[Block], footnotes: Footnotes) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, FactRow):
            yield from _fact_lines(block, footnotes)
        elif isinstance(block, Paragraph):
            yield from ("", _value_text(block.value, footnotes), "")
        elif isinstance(block, Quotation):
            yield from _quotation_lines(block, footnotes)
        elif isinstance(block, Table):
            yield from ("", *_table_lines(block, footnotes), "")
        elif isinstance(block, Timeline):
            yield from ("", *_timeline_lines(block, footnotes), "")
        elif isinstance(block, Chart):
            yield from ("", "```text", *chart_lines(block, _CHART_WIDTH), "```", "")
        elif isinstance(block, DisagreementVersions):
            topic = f" about {escape_markdown(block.topic)}" if block.topic else ""
            yield f"- **Sources disagree{topic}:** {_references(block.citations, footnotes)}".rstrip()
            for page_name, text in block.versions:
                yield f"  - {escape_markdown(f'{page_name}: {text}' if page_name else text)}"
        elif isinstance(block, Checklist):
            title = f"**{escape_markdown(block.title or 'Steps')}**"
            yield from ("", f"{title} {_references(block.citations, footnotes)}".rstrip(), "")
            yield from (f"- [ ] {escape_markdown(step)}" for step in block.steps)
        else:
            yield from _group_lines(block, footnotes)


def _group_lines(group: Group, footnotes: Footnotes) -> Iterator[str]:
    yield from ("", f"**{escape_markdown(group.title)}**", "")
    yield from _block_lines(group.blocks, footnotes)


def _fact_lines(fact_row: FactRow, footnotes: Footnotes) -> Iterator[str]:
    """Yield a fact: on one line, or with a line for each value; the sources of a run of values follow its last one."""
    label = f"- **{escape_markdown(fact_row.label)}:**"
    if not fact_row.values:
        yield f"{label} *not published*"
        return
    if len(fact_row.values) == 1:
        yield f"{label} {_value_text(fact_row.values[0], footnotes)}"
        return
    yield label
    for value, pages in zip(fact_row.values, after_runs([value.citations for value in fact_row.values]), strict=True):
        yield f"  - {_value_text(value._replace(citations=pages), footnotes)}"


def _quotation_lines(quotation: Quotation, footnotes: Footnotes) -> Iterator[str]:
    references = _references(quotation.citations, footnotes)
    yield from ("", f"{escape_markdown(quotation.title)}, quoted: {references}".rstrip(), "")
    for index, paragraph in enumerate(quotation.paragraphs):
        yield from ([">"] if index else [])
        yield f"> {escape_markdown(paragraph)}"
    if quotation.note:
        yield from ("", escape_markdown(quotation.note))


def _table_lines(table: Table, footnotes: Footnotes) -> Iterator[str]:
    yield f"| {' | '.join(map(escape_markdown, table.headings))} |"
    yield f"|{' --- |' * len(table.headings)}"
    for table_row in table.rows:
        cells = [_value_text(value, footnotes) for value in table_row.cells]
        cells[0] = "&nbsp;&nbsp;" * table_row.depth + cells[0]
        yield f"| {' | '.join(cells)} |"


def _timeline_lines(timeline: Timeline, footnotes: Footnotes) -> Iterator[str]:
    yield from ("| In | Date | Time | What |", f"|{' --- |' * 4}")
    for row in timeline.rows:
        cells = (*map(escape_markdown, (row.distance, row.day, row.clock)), _value_text(row.value, footnotes))
        yield f"| {' | '.join(cells)} |"


def _value_text(value: Value, footnotes: Footnotes) -> str:
    is_address = value.link is not None and value.link.kind == "url"
    text = _link(value.text, value.text) if is_address else escape_markdown(value.display())
    return f"{text} {_references(value.citations, footnotes)}".rstrip()


def _references(cited_sources: Sequence[Citation], footnotes: Footnotes) -> str:
    return " ".join(f"\\[{number}\\]" for number in footnotes.numbers(cited_sources))


@lru_cache(maxsize=8192)
def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it literally and makes no links of it. Many texts repeat."""
    return _AUTOLINK.sub(r"\1\\\2", _SPECIAL_CHARACTERS.sub(r"\\\1", sanitize(text)))


def _link(text: str, url: str) -> str:
    """Return `text` as a link, or as plain text when `url` is not a web address."""
    if not is_web_url(url):
        return escape_markdown(text)
    return f"[{escape_markdown(text)}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"


def _source_line(citation: Citation) -> str:
    source = citation.source
    name = _link(source_name(source), source.url) if source.url else escape_markdown(source_name(source))
    return f"{name} ({PUBLISHER_LABELS[source.publisher]}; {escape_markdown(citation.date)})"
