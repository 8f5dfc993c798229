"""Markdown: a table of the programs, then a section for each with its facts and numbered sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalog.facts import NO_SOURCE, SUPPLEMENTARY_FIELDS, Citation, Fact, citations, program_facts, source_name
from ..catalog.models import Program
from ..catalog.vocabulary import PUBLISHER_LABELS
from ..text import is_web_url, sanitize
from .footnotes import Footnotes
from .table import ExportRow, ExportTable, personal_columns, table_columns, table_summary

_SPECIAL_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|www)([:.])")
_OVERVIEW_COLUMNS = frozenset(("rank", "program", "institution", "kind", "specialty", "status", "score"))


def write_markdown(table: ExportTable) -> bytes:
    """Return `table` as Markdown."""
    columns = [column for column in table_columns(table) if column.key in _OVERVIEW_COLUMNS]
    lines = [f"# {escape_markdown(table.title)}", "", table_summary(table), ""]
    lines.append(f"| {' | '.join(column.heading for column in columns)} |")
    lines.append(f"|{' --- |' * len(columns)}")
    for row in table.rows:
        cells = (escape_markdown(column.cell_text(row, table.catalog)) for column in columns)
        lines.append(f"| {' | '.join(cells)} |")
    for row in table.rows:
        lines += ["", *_row_lines(table, row)]
    return ("\n".join(lines) + "\n").encode()


def _row_lines(table: ExportTable, row: ExportRow) -> list[str]:
    """Return the section of one program."""
    lines = [f"## {row.rank}. {escape_markdown(row.program.name if row.program else row.entry.name)}", ""]
    lines += _personal_lines(table, row)
    if row.program is None:
        return [*lines, f"{escape_markdown(row.entry.institution)}. No longer in the data."]
    footnotes = Footnotes()
    lines += _fact_lines(table, row.program, footnotes)
    return [*lines, "", "Sources:", "", *(f"{number}. {_source_line(citation)}" for number, citation in footnotes)]


def _personal_lines(table: ExportTable, row: ExportRow) -> list[str]:
    """Return the user's note and personal columns, each block with a blank line below it."""
    lines = []
    if row.entry.note:
        lines += [*(f"> {escape_markdown(line)}" for line in row.entry.note.splitlines()), ""]
    cells = [(column.heading, column.cell_text(row, table.catalog)) for column in personal_columns(table)]
    values = [f"- **{escape_markdown(heading)}:** {escape_markdown(cell)}" for heading, cell in cells if cell]
    if values:
        lines += [*values, ""]
    return lines


def _fact_lines(table: ExportTable, program: Program, footnotes: Footnotes) -> list[str]:
    lines: list[str] = []
    unstated = []
    for fact in program_facts(table.catalog, program):
        if fact.key in ("id", "name"):
            continue
        if fact.values:
            lines += _fact(fact, footnotes)
        elif fact.key not in SUPPLEMENTARY_FIELDS:
            unstated.append(fact.inline_label)
    for statement in program.statements:
        cited_sources = citations(table.catalog, program.provenance, statement.source)
        lines += ["", f"{statement.what.capitalize()}, quoted: {_references(footnotes, cited_sources)}", ""]
        lines += [f"> {escape_markdown(quote)}" for quote in statement.quote]
    if unstated:
        lines += ["", f"Not stated: {', '.join(unstated)}."]
    return lines


def _fact(fact: Fact, footnotes: Footnotes) -> list[str]:
    values = [_link(value, value) if fact.key == "url" else escape_markdown(value) for value in fact.qualified_values]
    references = _references(footnotes, fact.citations)
    if len(values) == 1:
        return [f"- **{fact.label}:** {values[0]} {references}"]
    return [f"- **{fact.label}:** {references}", *(f"  - {value}" for value in values)]


def _references(footnotes: Footnotes, cited_sources: Sequence[Citation]) -> str:
    return " ".join(f"\\[{number}\\]" for number in footnotes.numbers(cited_sources)) or f"({NO_SOURCE})"


def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it literally and makes no links of it."""
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
