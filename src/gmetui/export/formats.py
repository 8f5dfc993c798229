"""The formats a list goes out in. Each turns a sheet into the bytes that are written, whoever asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..catalog.facts import ASIDES, Citation, citations, program_facts, source_name
from ..catalog.models import PUBLISHER_LABELS
from ..reports.program_json import program_json
from ..shortlist.columns import column_table
from ..shortlist.toml_form import list_toml
from ..text import clean, is_address
from .table import COLUMNS, Row, Sheet, columns, own_columns

#: What makes a spreadsheet run a cell: OWASP's list of CSV injection, full-width forms and leading blanks too.
_FORMULA = re.compile(r"^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|www)([:.])")


def export(sheet: Sheet, form: str) -> bytes:
    """Return `sheet` in the format `form`, one of `FORMATS`."""
    return FORMATS[form](sheet)


def guarded(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it; judged before cleaning could hide a tab."""
    risky = _FORMULA.search(cell)
    cell = clean(cell, lines=True)
    return f"'{cell}" if risky or _FORMULA.search(cell) else cell


def _csv(sheet: Sheet) -> bytes:
    """RFC 4180 with a byte order mark, which Excel needs to see UTF-8."""
    import csv
    import io

    shown = columns(sheet)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.heading for column in shown])
    writer.writerows([[guarded(column.cell(row, sheet.catalog)) for column in shown] for row in sheet.rows])
    return out.getvalue().encode("utf-8-sig")


def _tsv(sheet: Sheet) -> bytes:
    """Cells between tabs, a row a line: what a spreadsheet takes from the clipboard."""
    shown = columns(sheet)
    lines = ["\t".join(column.heading for column in shown)]
    for row in sheet.rows:
        cells = (clean(guarded(column.cell(row, sheet.catalog))) for column in shown)
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode()


def _json(sheet: Sheet) -> bytes:
    rows = []
    for row in sheet.rows:
        own = _own(row) | _standing(row) if sheet.listed else {}
        whole = program_json(sheet.catalog, row.program) if row.program else _gone(row)
        rows.append({"rank": row.rank, **own, **whole})
    edition = sheet.catalog.edition
    head = {"title": sheet.title, "edition": {"version": edition.version, "date": edition.date}}
    columns = {"columns": [column_table(own) for own in sheet.own]} if sheet.listed else {}
    return (json.dumps({**head, **columns, "programs": rows}, ensure_ascii=False, indent=2) + "\n").encode()


def _own(row: Row) -> dict[str, Any]:
    """Return a person's own remarks on a program, by the keys of a shortlist file."""
    entry = row.entry
    return {
        "note": entry.note,
        "status": entry.status,
        "rating": entry.rating or None,
        "tags": list(entry.tags),
        "dates": dict(entry.dates),
        "own": dict(entry.own),
        "remarks": dict(entry.remarks),
    }


def _standing(row: Row) -> dict[str, Any]:
    standing = row.standing
    if standing is None:
        return {}
    return {"score": standing.score, "score_by_hand": standing.by_hand, "lacks": list(standing.lacks)}


def _gone(row: Row) -> dict[str, object]:
    entry = row.entry
    return {"id": entry.id, "name": entry.name, "institution": {"id": None, "name": entry.institution}, "gone": True}


def _toml(sheet: Sheet) -> bytes:
    """The form of a shortlist file, with a copy of the facts under each program."""
    rows = []
    for row in sheet.rows:
        entry = row.entry
        own = _own(row) if sheet.listed else {}
        if entry.score is not None:
            own["score"] = entry.score
        facts = {
            column.heading.casefold().replace(" ", "_"): column.cell(row, sheet.catalog)
            for column in COLUMNS
            if not column.listed and column.heading not in ("Rank", "Program", "Institution", "Id")
        }
        named = {"id": entry.id, "name": entry.name, "institution": entry.institution}
        rows.append({**named, **{k: v for k, v in own.items() if v or k == "score"}, "facts": facts})
    head: dict[str, Any] = {"format": 1, "title": sheet.title, "edition": sheet.catalog.edition.version}
    if sheet.own:
        head["column"] = [column_table(own) for own in sheet.own]
    return list_toml(head, rows).encode()


_IN_MARKDOWN = ("Rank", "Program", "Institution", "Kind", "Specialty", "Status", "Score")


def _markdown(sheet: Sheet) -> bytes:
    lines = [f"# {escaped_markdown(sheet.title)}", "", _about(sheet), ""]
    shown = [column for column in columns(sheet) if column.heading in _IN_MARKDOWN]
    lines.append(f"| {' | '.join(column.heading for column in shown)} |")
    lines.append(f"|{' --- |' * len(shown)}")
    cells = ([escaped_markdown(column.cell(row, sheet.catalog)) for column in shown] for row in sheet.rows)
    lines += [f"| {' | '.join(row)} |" for row in cells]
    for row in sheet.rows:
        lines += ["", *_markdown_program(sheet, row)]
    return ("\n".join(lines) + "\n").encode()


def _markdown_program(sheet: Sheet, row: Row) -> list[str]:
    """Return a program as a section: its facts with numbers for their pages, and the pages at the end."""
    lines = [f"## {row.rank}. {escaped_markdown(row.program.name if row.program else row.entry.name)}", ""]
    if row.entry.note:
        lines += [f"> {escaped_markdown(part)}" for part in row.entry.note.splitlines()] + [""]
    own = [(column.heading, column.cell(row, sheet.catalog)) for column in own_columns(sheet)]
    lines += [f"- **{escaped_markdown(head)}:** {escaped_markdown(cell)}" for head, cell in own if cell]
    lines += [""] * any(cell for _, cell in own)
    if row.program is None:
        return [*lines, f"{escaped_markdown(row.entry.institution)}. No longer in the data."]
    pages: dict[Citation, int] = {}
    unstated = []
    for fact in program_facts(sheet.catalog, row.program):
        if fact.key in ("id", "name"):
            continue
        if not fact.values:
            unstated += [fact.name] * (fact.key not in ASIDES)
            continue
        values = [_md_link(value, value) if fact.key == "url" else escaped_markdown(value) for value in fact.shown]
        marks = _md_marks(fact.citations, pages)
        if len(values) == 1:
            lines.append(f"- **{fact.label}:** {values[0]} {marks}")
        else:
            lines += [f"- **{fact.label}:** {marks}", *(f"  - {value}" for value in values)]
    for statement in row.program.statements:
        cited = citations(sheet.catalog, row.program.provenance, statement.source)
        quoted = [f"> {escaped_markdown(quote)}" for quote in statement.quote]
        lines += ["", f"{statement.what.capitalize()}, quoted: {_md_marks(cited, pages)}", "", *quoted]
    if unstated:
        lines += ["", f"Not stated: {', '.join(unstated)}."]
    return [*lines, "", "Pages:", "", *(f"{number}. {_md_page(page)}" for page, number in pages.items())]


def escaped_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _AUTOLINK.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", clean(text)))


def _md_link(text: str, address: str) -> str:
    """Return `text` as a link, where `address` may be opened."""
    if not is_address(address):
        return escaped_markdown(text)
    return f"[{escaped_markdown(text)}](<{address.replace('<', '%3C').replace('>', '%3E')}>)"


def _md_marks(cited: tuple[Citation, ...], pages: dict[Citation, int]) -> str:
    """Return the numbers of pages, which are given out as pages come up."""
    numbers = [pages.setdefault(citation, len(pages) + 1) for citation in cited]
    return " ".join(f"\\[{number}\\]" for number in numbers) or "(general knowledge, no source)"


def _md_page(citation: Citation) -> str:
    source = citation.source
    name = _md_link(source_name(source), source.url) if source.url else escaped_markdown(source_name(source))
    return f"{name} ({PUBLISHER_LABELS[source.publisher]}; {escaped_markdown(citation.date)})"


def _text(sheet: Sheet) -> bytes:
    lines = [sheet.title, _about(sheet)]
    for row in sheet.rows:
        name = row.program.name if row.program else row.entry.name
        lines += ["", clean(f"{row.rank}. {name}")]
        shown = [c for c in columns(sheet) if c.heading not in ("Rank", "Program")]
        for column in shown:
            cell = clean(column.cell(row, sheet.catalog))
            if cell:
                lines.append(f"   {column.heading}: {cell}")
    return ("\n".join(lines) + "\n").encode()


def _about(sheet: Sheet) -> str:
    edition, count = sheet.catalog.edition, len(sheet.rows)
    return f"{count} program{'s' * (count != 1)}; gmetui data edition {edition.version} of {edition.date}."


# The libraries of these three are slow to import and are wanted only when they are.


def _xlsx(sheet: Sheet) -> bytes:
    from .xlsx import workbook

    return workbook(sheet)


def _html(sheet: Sheet) -> bytes:
    from .html import page

    return page(sheet)


def _ics(sheet: Sheet) -> bytes:
    from .ics import calendar

    return calendar(sheet)


FORMATS: Mapping[str, Callable[[Sheet], bytes]] = {
    "csv": _csv,
    "tsv": _tsv,
    "xlsx": _xlsx,
    "html": _html,
    "markdown": _markdown,
    "text": _text,
    "ics": _ics,
    "json": _json,
    "toml": _toml,
}
EXTENSIONS: Mapping[str, str] = {form: {"markdown": "md", "text": "txt"}.get(form, form) for form in FORMATS}
#: Formats that no terminal can show.
BINARY = ("xlsx",)
