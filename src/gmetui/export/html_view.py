"""A document as HTML: its texts, escaped, in the elements that the style sheet of the page knows.

Every text goes through `_text`. The page around it is a template; filling a template with each value of each program
would take three times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

from ..catalog.facts import Citation, after_runs, inline_label, source_name
from ..catalog.vocabulary import PUBLISHER_LABELS
from ..documents.chart_lines import chart_lines
from ..documents.document import (
    MARK_MEANINGS,
    MARKS,
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
    TableRow,
    Timeline,
    Value,
)
from ..reports.questions import questions
from ..text import is_web_url, sanitize
from .footnotes import Footnotes

_CHART_WIDTH = 100  # characters
_GRID_COLUMNS = 4  # from which a table scrolls below its first column
_TIMELINE_HEADINGS = ("In", "Date", "Time", "What")


def document_fragment(document: Document) -> str:
    """Return a document below its title and subtitle; its sources are numbered in the order of the page."""
    return "\n".join(_document_elements(document))


@lru_cache(maxsize=8192)
def _text(text: str) -> str:
    """Return a text that shows as it is in any element or attribute. Labels, names and addresses repeat."""
    return escape(sanitize(text, keep_newlines=True))


def _document_elements(document: Document) -> Iterator[str]:
    footnotes = Footnotes()
    strip = "".join(_fact(fact_row, footnotes) for fact_row in document.strip if fact_row.values)
    if strip:
        yield f'<dl class="strip">{strip}</dl>'
    for section in document.sections:
        content = "\n".join(_block_elements(section.blocks, footnotes)) or '<p class="quiet">Not stated.</p>'
        yield f"<section>\n<h3>{_text(section.title)}</h3>\n{content}\n</section>"
    if document.not_published:
        labels = ", ".join(inline_label(fact_row.label) for fact_row in document.not_published)
        asked = "".join(f"<li>{each}</li>" for each in questions(fact_row.key for fact_row in document.not_published))
        question_list = f"\n<ul>{asked}</ul>" if asked else ""
        paragraph = f"<p>Not published: {_text(labels)}.</p>"
        yield f'<section class="ask">\n<h3>To ask</h3>\n{paragraph}{question_list}\n</section>'
    if document.reliability:
        yield f'<p class="quiet">{_text(" · ".join(document.reliability))}</p>'
    footnotes.numbers(entry.citation for entry in document.sources)
    sources = "\n".join(_source(citation, number) for number, citation in footnotes)
    if sources:
        yield f'<section>\n<h3>Sources</h3>\n<ol class="sources">\n{sources}\n</ol>\n</section>'


def _source(citation: Citation, number: int) -> str:
    source = citation.source
    name = f"<bdi>{_text(source_name(source))}</bdi>"
    details = f"{PUBLISHER_LABELS[source.publisher]}; {citation.date}"
    if source.url and is_web_url(source.url):
        name = _web_link(source.url, name)
    return f'<li value="{number}">{name} ({_text(details)})</li>'


def _web_link(url: str, content: str) -> str:
    return f'<a href="{_text(url)}" rel="noreferrer">{content}</a>'


# Blocks.


def _block_elements(blocks: Iterable[Block], footnotes: Footnotes) -> Iterator[str]:
    """Yield blocks; consecutive facts are one list, so that their values line up."""
    for is_list, group in groupby(blocks, key=lambda block: isinstance(block, FactRow)):
        if is_list:
            yield f"<dl>{''.join(_fact(block, footnotes) for block in group if isinstance(block, FactRow))}</dl>"
        else:
            for block in group:
                yield from _other_block(block, footnotes)


def _other_block(block: Block, footnotes: Footnotes) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f'<p class="{block.tone}">{_value(block.value, block.value.citations, footnotes)}</p>'
    elif isinstance(block, Table):
        yield _table(block, footnotes)
    elif isinstance(block, Timeline):
        rows = (TableRow((*map(Value, (row.distance, row.day, row.clock)), row.value)) for row in block.rows)
        yield _table(Table(_TIMELINE_HEADINGS, tuple(rows)), footnotes)
    elif isinstance(block, Chart):
        picture = "".join(f"{_text(line)}\n" for line in chart_lines(block, _CHART_WIDTH))
        yield f'<pre class="chart">{picture}</pre>'
    elif isinstance(block, Group):
        yield f"<h4>{_text(block.title)}</h4>"
        yield from _block_elements(block.blocks, footnotes)
    elif isinstance(block, Quotation):
        yield f"<h4>{_text(block.title)}, quoted {_references(block.citations, footnotes)}</h4>"
        yield f"<blockquote>{''.join(f'<p><bdi>{_text(text)}</bdi></p>' for text in block.paragraphs)}</blockquote>"
        if block.note:
            yield f'<p class="muted">{_text(block.note)}</p>'
    elif isinstance(block, Checklist):
        yield from _cited_list("checklist", block.title, block.steps, block.citations, footnotes)
    elif isinstance(block, DisagreementVersions):
        title = f"Sources disagree about {block.topic}" if block.topic else "Sources disagree"
        versions = (f"{page_name}: {text}" if page_name else text for page_name, text in block.versions)
        yield from _cited_list("versions", title, versions, block.citations, footnotes)


def _cited_list(
    css_class: str, title: str, texts: Iterable[str], citations: tuple[Citation, ...], footnotes: Footnotes
) -> Iterator[str]:
    items = "".join(f"<li><bdi>{_text(text)}</bdi></li>" for text in texts)
    yield f"<h4>{_text(title)} {_references(citations, footnotes)}</h4>"
    yield f'<ul class="{css_class}">{items}</ul>'


def _table(table: Table, footnotes: Footnotes) -> str:
    headings = "".join(f"<th>{_text(heading)}</th>" for heading in table.headings)
    css_class = ' class="grid"' if len(table.headings) >= _GRID_COLUMNS else ""
    rows = "\n".join(_table_row(row, footnotes) for row in table.rows)
    header = f"<thead><tr>{headings}</tr></thead>"
    return f'<div class="wide"><table{css_class}>\n{header}\n<tbody>{rows}\n</tbody>\n</table></div>'


def _table_row(row: TableRow, footnotes: Footnotes) -> str:
    first, *others = (_value(cell, cell.citations, footnotes) for cell in row.cells)
    css_class = ' class="deep"' if row.depth else ""
    cells = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row"{css_class}>{first}</th>{cells}</tr>'


# Values.


def _fact(fact_row: FactRow, footnotes: Footnotes) -> str:
    """Return a fact; the sources of several values in a row stand behind the last of them."""
    return f"<div><dt>{_text(fact_row.label)}</dt><dd>{_fact_values(fact_row.values, footnotes)}</dd></div>"


def _fact_values(values: tuple[Value, ...], footnotes: Footnotes) -> str:
    if not values:
        return '<span class="quiet">not published</span>'
    if len(values) == 1:
        return _value(values[0], values[0].citations, footnotes)
    cited = after_runs([value.citations for value in values])
    items = (f"<li>{_value(value, pages, footnotes)}</li>" for value, pages in zip(values, cited, strict=True))
    return f"<ul>{''.join(items)}</ul>"


def _value(value: Value, citations: tuple[Citation, ...], footnotes: Footnotes) -> str:
    content = f"<bdi>{_text(value.measured_text)}</bdi>"
    if value.link is not None and value.link.kind == "url" and is_web_url(value.text):
        content = _web_link(value.text, content)
    marks = ""
    if value.qualifiers:
        remarks = ", ".join(each.text for each in value.qualifiers if each.aspect not in MARKS)
        content += f' <span class="remark">({_text(remarks)})</span>' if remarks else ""
        marks = "".join(f' <span class="mark">{_text(MARK_MEANINGS[sign])}</span>' for sign in value.mark)
    css_class = ' class="past"' if value.is_past else ""
    references = f" {_references(citations, footnotes)}" if citations else ""
    return f"<span{css_class}>{content}</span>{marks}{references}"


def _references(citations: Iterable[Citation], footnotes: Footnotes) -> str:
    numbers = "".join(f"[{number}]" for number in footnotes.numbers(citations))
    return f'<span class="references">{numbers}</span>' if numbers else ""
