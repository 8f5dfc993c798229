"""What is exported: programs with a person's remarks, as a table of columns that every format shares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ..catalog.facts import NOT_STATED, Citation, citations, program_fact, program_facts
from ..catalog.models import KIND_LABELS, Catalog, Program
from ..shortlist.columns import GRADE, NUMBER, TEXT, OwnColumn, Value, shown
from ..shortlist.entries import Entry, Shortlist
from ..shortlist.scores import Standing, standings
from ..text import clean
from .headings import own_heading


class Row(NamedTuple):
    """One program on its way out. `program` is None when a listed program is no longer in the data."""

    rank: int
    entry: Entry
    program: Program | None
    standing: Standing | None = None


class Sheet(NamedTuple):
    """Rows with what they are: a shortlist, with the person's `own` columns, or the matches of a query."""

    title: str
    catalog: Catalog
    rows: tuple[Row, ...]
    listed: bool  # a shortlist: notes and status belong to it
    own: tuple[OwnColumn, ...] = ()


def shortlist_sheet(catalog: Catalog, shortlist: Shortlist) -> Sheet:
    """Return the shortlist in rank order."""
    standing = standings(shortlist)
    rows = (
        Row(n, _harmless(entry), catalog.program.get(entry.id), standing[entry.id])
        for n, entry in enumerate(shortlist, 1)
    )
    name = "" if shortlist.name == "default" else f": {shortlist.name}"
    return Sheet(f"Shortlist{name}", catalog, tuple(rows), listed=True, own=shortlist.columns)


def with_notes_of(sheet: Sheet, ids: Collection[str]) -> Sheet:
    """Return a sheet to hand to somebody else: notes on these programs, and others' remarks on them, go with it."""
    silent = (row._replace(entry=replace(row.entry, note="", remarks=())) for row in sheet.rows)
    rows = (row if row.entry.id in ids else bare for row, bare in zip(sheet.rows, silent, strict=True))
    return sheet._replace(rows=tuple(rows))


def without_remarks(sheet: Sheet) -> Sheet:
    """Return a sheet of the programs in their order, with nothing that the person wrote."""
    bare = (Entry(row.entry.id, row.entry.name, row.entry.institution) for row in sheet.rows)
    rows = tuple(Row(row.rank, entry, row.program) for row, entry in zip(sheet.rows, bare, strict=True))
    return sheet._replace(rows=rows, listed=False, own=())


def _harmless(entry: Entry) -> Entry:
    """Return an entry whose texts can go anywhere, wherever they came from."""
    return replace(
        entry,
        id=clean(entry.id),
        name=clean(entry.name),
        institution=clean(entry.institution),
        status=clean(entry.status),
        note=clean(entry.note, lines=True),
        tags=tuple(map(clean, entry.tags)),
        dates=tuple((clean(what), day) for what, day in entry.dates),
        own=tuple((clean(name), _clean_value(value)) for name, value in entry.own),
        remarks=tuple((clean(who), clean(text, lines=True)) for who, text in entry.remarks),
    )


def _clean_value(value: Value) -> Value:
    return clean(value, lines=True) if isinstance(value, str) else value


def results_sheet(catalog: Catalog, programs: Iterable[Program], query: str) -> Sheet:
    """Return the matches of a query, best first."""
    places = {own.id: own.name for own in catalog.institutions}
    rows = (
        Row(n, Entry(program.id, program.name, places[program.institution]), program)
        for n, program in enumerate(programs, 1)
    )
    return Sheet(f"Programs: {query}" if query else "All programs", catalog, tuple(rows), listed=False)


class Column(NamedTuple):
    """One column: a heading and how to fill it, and what its cells are. `listed` columns are the person's own."""

    heading: str
    cell: Callable[[Row, Catalog], str]
    listed: bool = False
    kind: str = TEXT


def _fact(key: str) -> Callable[[Row, Catalog], str]:
    def cell(row: Row, catalog: Catalog) -> str:
        if row.program is None:
            return ""
        return program_fact(catalog, row.program, key).text

    return cell


def _name(row: Row, _: Catalog) -> str:
    return row.program.name if row.program else row.entry.name


def _institution(row: Row, catalog: Catalog) -> str:
    return catalog.institution[row.program.institution].name if row.program else row.entry.institution


def _kind(row: Row, _: Catalog) -> str:
    return KIND_LABELS[row.program.kind] if row.program else "no longer in the data"


def _place(part: int) -> Callable[[Row, Catalog], str]:
    def cell(row: Row, catalog: Catalog) -> str:
        if row.program is None:
            return ""
        return catalog.place_of(row.program)[part] or NOT_STATED

    return cell


def cited(row: Row, catalog: Catalog) -> Citation | None:
    """Return the page that a row's program stands on."""
    if row.program is None:
        return None
    found = citations(catalog, row.program.provenance, row.program.provenance.source)
    return found[0] if found else None


def _source(row: Row, catalog: Catalog) -> str:
    citation = cited(row, catalog)
    return (citation.source.url or citation.source.title or citation.source.id) if citation else ""


def _as_of(row: Row, catalog: Catalog) -> str:
    citation = cited(row, catalog)
    return citation.date if citation else ""


def _by_others(row: Row, catalog: Catalog) -> str:
    """Which of the columns' facts, or some of their values, nobody but a third party says."""
    if row.program is None:
        return ""
    facts = {fact.key: fact for fact in program_facts(catalog, row.program)}
    said = (facts[key] for key in _FACTS if facts[key].values)
    return ", ".join(fact.name for fact in said if fact.third_party or any(_marked(row.program, fact.key)))


def _marked(program: Program, key: str) -> Iterator[bool]:
    value = getattr(program, key)
    yield from (getattr(item, "third_party", False) for item in value) if isinstance(value, tuple) else ()


#: The fields that have a column.
_FACTS = (
    "length_years",
    "positions_per_year",
    "accreditation",
    "application_service",
    "match",
    "deadlines",
    "requirements",
    "visa",
    "url",
)

COLUMNS: tuple[Column, ...] = (
    Column("Rank", lambda row, _: str(row.rank), kind=NUMBER),
    Column("Program", _name),
    Column("Institution", _institution),
    Column("Kind", _kind),
    Column("Specialty", _fact("specialty")),
    Column("Status", lambda row, _: row.entry.status, listed=True),
    Column("Rating", lambda row, _: str(row.entry.rating or ""), listed=True, kind=NUMBER),
    Column("Tags", lambda row, _: ", ".join(row.entry.tags), listed=True),
    Column("My dates", lambda row, _: ", ".join(f"{what} {day}" for what, day in row.entry.dates), listed=True),
    Column("Note", lambda row, _: row.entry.note, listed=True),
    Column("City", _place(0)),
    Column("State", _place(1)),
    Column("Length in years", _fact("length_years"), kind=NUMBER),
    Column("Positions a year", _fact("positions_per_year"), kind=NUMBER),
    Column("Accreditation", _fact("accreditation")),
    Column("Apply through", _fact("application_service")),
    Column("Match", _fact("match")),
    Column("Dates", _fact("deadlines")),
    Column("Requirements", _fact("requirements")),
    Column("Visa", _fact("visa")),
    Column("Page", _fact("url")),
    Column("Source", _source),
    Column("Source speaks of", _as_of),
    Column("By third parties", _by_others),
    Column("Id", lambda row, _: row.entry.id),
)


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns of a sheet; a person's own only for a shortlist, and those of their making after the note."""
    if not sheet.listed:
        return tuple(column for column in COLUMNS if not column.listed)
    place = 1 + max(number for number, column in enumerate(COLUMNS) if column.listed)
    return (*COLUMNS[:place], *_made_columns(sheet), *COLUMNS[place:])


def own_columns(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns of what a person wrote, without the note: it is a text of its own."""
    if not sheet.listed:
        return ()
    return (*(own for own in COLUMNS if own.listed and own.heading != "Note"), *_made_columns(sheet))


def _made_columns(sheet: Sheet) -> Iterator[Column]:
    standing = [row.standing for row in sheet.rows if row.standing]
    if any(own.score is not None for own in standing):
        yield Column("Score", lambda row, _: shown(row.standing.score if row.standing else None), kind=NUMBER)
    if any(own.by_hand for own in standing):
        yield Column("My score", lambda row, _: shown(row.entry.score), kind=NUMBER)
    if any(own.lacks for own in standing):
        yield Column("Lacks", lambda row, _: ", ".join(row.standing.lacks if row.standing else ()))
    for own in sheet.own:
        kind = NUMBER if own.kind == GRADE else own.kind
        yield Column(own_heading(own.name), partial(_own_cell, own.name), kind=kind)
    if any(row.entry.remarks for row in sheet.rows):
        yield Column("Remarks", lambda row, _: "\n".join(f"{who}: {text}" for who, text in row.entry.remarks))


def _own_cell(name: str, row: Row, _: Catalog) -> str:
    return shown(row.entry.value(name))
