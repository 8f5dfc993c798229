"""A self-contained web page that also prints well: no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any, NamedTuple

import jinja2

from ..documents.document import Document
from ..shortlist.columns import format_value
from ..shortlist.entries import MAX_RATING, Shortlist
from ..shortlist.timeline import timeline
from ..text import format_date, sanitize
from .headings import custom_heading
from .html_view import document_fragment
from .table import (
    ExportOccasion,
    ExportRow,
    ExportTable,
    edition_day,
    personal_columns,
    program_sheet,
    table_summary,
)

_MAX_NOTE = 80  # characters of a note in the table at the top
#: Custom columns in that table, the first so many whose cells are all this short.
_MAX_CUSTOM_COLUMNS, _MAX_CUSTOM_CELL = 2, 24
_TEMPLATE = Path(__file__).with_name("html_page.html.j2")


class HtmlEntry(NamedTuple):
    """A program of the list: what the user wrote about it, and its document as HTML, "" if it left the data.

    `overview` are its cells in the table at the top, by heading, after the rank and the program.
    """

    rank: int
    name: str
    institution: str
    overview: tuple[tuple[str, str], ...]
    note: str
    personal_cells: tuple[tuple[str, str], ...]
    subtitle: str
    content: str


def write_html(table: ExportTable) -> bytes:
    """Return `table` as one HTML file."""
    next_dates = _next_dates(table)
    short_names = _short_custom_columns(table)
    entries = [_entry(table, row, next_dates.get(row.entry.id, ""), short_names) for row in table.rows]
    all_cells = [cell for entry in entries for cell in entry.overview]
    headings = list(dict.fromkeys(heading for heading, _ in all_cells))
    headings = [heading for heading in headings if any(cell for name, cell in all_cells if name == heading)]
    entries = [
        entry._replace(overview=tuple((heading, cell) for heading, cell in entry.overview if heading in headings))
        for entry in entries
    ]
    return _render(
        title=table.title,
        summary=table_summary(table),
        colophon=_colophon(table.occasion),
        headings=headings,
        entries=entries,
        content="",
    ).encode()


def _short_custom_columns(table: ExportTable) -> tuple[str, ...]:
    """Return the names of the custom columns that the table at the top has room for."""
    names = (
        column.name
        for column in table.custom_columns
        if all(len(format_value(row.entry.value(column.name))) <= _MAX_CUSTOM_CELL for row in table.rows)
    )
    return tuple(islice(names, _MAX_CUSTOM_COLUMNS))


def _colophon(occasion: ExportOccasion) -> str:
    """Return who exported a list, and when: "Jane Doe · Nov 26, 2026"."""
    day = format_date(occasion.day.isoformat()) if occasion.day else ""
    return " · ".join(filter(None, (occasion.author, day)))


def _next_dates(table: ExportTable) -> dict[str, str]:
    """Return the next date of each program that has one, by id: "Jan 12, 2027 9:30 AM interview"."""
    today = table.occasion.day or edition_day(table.catalog)
    shortlist = Shortlist(entries=tuple(row.entry for row in table.rows))
    next_dates: dict[str, str] = {}
    for event in timeline(table.catalog, shortlist, today):
        if event.last >= today:
            is_running = event.first < today
            day = f"until {format_date(event.last.isoformat())}" if is_running else format_date(event.iso_text)
            next_dates.setdefault(event.entry.id, f"{day}: {event.label}")
    return next_dates


def document_html(document: Document) -> str:
    """Return a document as one HTML page."""
    content = document_fragment(document)
    return _render(
        title=document.title, summary=document.subtitle, colophon="", headings=[], entries=[], content=content
    )


def _render(**context: Any) -> str:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["sanitize"] = lambda text: sanitize(str(text), keep_newlines=True)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(**context)


def _entry(table: ExportTable, row: ExportRow, next_date: str, short_names: Sequence[str]) -> HtmlEntry:
    entry, program, catalog = row.entry, row.program, table.catalog
    cells = ((column.heading, column.cell_text(row, catalog)) for column in personal_columns(table))
    document = program_sheet(catalog, program) if program else None
    return HtmlEntry(
        rank=row.rank,
        name=program.name if program else entry.name,
        institution=catalog.institution[program.institution].name if program else entry.institution,
        overview=tuple(_overview(table, row, next_date, short_names)),
        note=entry.note,
        personal_cells=tuple((heading, cell) for heading, cell in cells if cell),
        subtitle=document.subtitle if document else f"{entry.institution} · no longer in the data",
        content=document_fragment(document) if document else "",
    )


def _overview(
    table: ExportTable, row: ExportRow, next_date: str, short_names: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the headings and cells of a program in the table at the top; columns without a cell are left out later."""
    entry, program, catalog = row.entry, row.program, table.catalog
    yield "Specialty", catalog.specialty[program.specialty].label if program else ""
    yield "Status", entry.status
    yield "Rating", f"{entry.rating} of {MAX_RATING}" if entry.rating else ""
    yield "Signal", entry.signal
    yield "Score", row.score.text if row.score else ""
    yield "Tags", ", ".join(entry.tags)
    for name in short_names:
        yield custom_heading(name), format_value(entry.value(name))
    yield "Next date", next_date
    yield "Note", shorten(entry.note, _MAX_NOTE, placeholder="…")
