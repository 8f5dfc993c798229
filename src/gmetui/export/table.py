"""What is exported: a list of programs, and the columns that every format shares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.facts import NOT_STATED, Citation, citations, program_fact, program_facts
from ..catalog.models import Program
from ..catalog.vocabulary import KIND_LABELS
from ..documents.document import Document
from ..documents.program_document import program_document
from ..documents.shared_parts import without_shared_parts
from ..shortlist.columns import NUMBER, RATING, TEXT, CustomColumn, Value, format_value
from ..shortlist.entries import SIGNALS, STATUSES, Entry, Shortlist
from ..shortlist.scores import Score, scores
from ..shortlist.stand_ins import absence_text
from ..shortlist.text_items import join_items, quoted_item
from ..text import format_date, plural, sanitize
from .headings import custom_heading


class ExportRow(NamedTuple):
    """One program to export. `program` is None when a shortlisted program is no longer in the data."""

    rank: int
    entry: Entry
    program: Program | None
    score: Score | None = None
    decision: str = ""  # what was decided in a quick pass over a search: "interested", "maybe", "no"


class ExportOccasion(NamedTuple):
    """When and for whom a table is exported. Without a `day`, nothing is past and no day is printed.

    `author` is the name of the user, if they want it printed. `revision` is the number of the newest version of the
    list, which never falls: events of a calendar are numbered with it. `previous` is the calendar that was exported to
    the same file before.
    """

    day: date | None = None
    author: str = ""
    has_past_dates: bool = False
    revision: int = 0
    previous: bytes = b""


class ExportTable(NamedTuple):
    """Programs to export: a shortlist with its custom columns, or the results of a search."""

    title: str
    catalog: Catalog
    rows: Sequence[ExportRow]
    is_shortlist: bool  # only a shortlist has notes, statuses and other personal data, except decisions
    custom_columns: tuple[CustomColumn, ...] = ()
    occasion: ExportOccasion = ExportOccasion()
    is_ranked: bool = True  # by the user; the order of a search is no rank list


def shortlist_table(catalog: Catalog, shortlist: Shortlist) -> ExportTable:
    """Return a shortlist as a table in rank order."""
    score_by_id = scores(shortlist)
    rows = tuple(
        ExportRow(rank, _sanitized(entry), catalog.program.get(entry.id), score_by_id[entry.id])
        for rank, entry in enumerate(shortlist, 1)
    )
    title = "Shortlist" if shortlist.name == "default" else f"Shortlist: {sanitize(shortlist.name)}"
    return ExportTable(title, catalog, rows, is_shortlist=True, custom_columns=shortlist.columns)


def results_table(
    catalog: Catalog, programs: Iterable[Program], query: str, decisions: Mapping[str, str] | None = None
) -> ExportTable:
    """Return the results of a search as a table, best first, with the user's decisions by program id."""
    rows = []
    for rank, program in enumerate(programs, 1):
        entry = Entry(program.id, program.name, catalog.institution[program.institution].name)
        rows.append(ExportRow(rank, entry, program, decision=(decisions or {}).get(program.id, "")))
    title = f"Programs: {sanitize(query)}" if query else "All programs"
    return ExportTable(title, catalog, tuple(rows), is_shortlist=False, is_ranked=False)


def with_notes_only_on(table: ExportTable, program_ids: Collection[str]) -> ExportTable:
    """Return the table to share with others: only these programs keep their notes and reviewers' comments."""
    rows = (
        row if row.entry.id in program_ids else row._replace(entry=replace(row.entry, note="", comments=()))
        for row in table.rows
    )
    return table._replace(rows=tuple(rows))


def without_personal_data(table: ExportTable) -> ExportTable:
    """Return the programs in their order with nothing that the user wrote."""
    rows = (
        ExportRow(row.rank, Entry(row.entry.id, row.entry.name, row.entry.institution), row.program)
        for row in table.rows
    )
    return table._replace(rows=tuple(rows), is_shortlist=False, custom_columns=())


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return what the user wrote about a program, except the score, by the keys of a shortlist file."""
    return {
        "note": entry.note,
        "status": entry.status,
        "signal": entry.signal or None,
        "rating": entry.rating or None,
        "tags": list(entry.tags),
        "dates": dict(entry.dates),
        "own": dict(entry.values),
        "remarks": dict(entry.comments),
    }


def table_summary(table: ExportTable) -> str:
    """Return a sentence with the number of programs and the data edition."""
    edition = table.catalog.edition
    return (
        f"{plural(len(table.rows), 'program')}; gmetui data edition {edition.version} of {format_date(edition.date)}."
    )


def program_sheet(catalog: Catalog, program: Program) -> Document:
    """Return the document of a program in a list, without what it shares with the others.

    Past cycles are those before the day of the data, so that the same list gives the same bytes on every day.
    """
    return without_shared_parts(program_document(catalog, program, edition_day(catalog), with_sources=False))


def edition_day(catalog: Catalog) -> date:
    """Return the day of the data; the first of all days, so that nothing is past, where it has none."""
    try:
        return date.fromisoformat(catalog.edition.date)
    except ValueError:
        return date.min


def _sanitized(entry: Entry) -> Entry:
    """Return an entry whose texts are safe in every format, wherever the list came from."""
    return replace(
        entry,
        id=sanitize(entry.id),
        name=sanitize(entry.name),
        institution=sanitize(entry.institution),
        status=sanitize(entry.status),
        note=sanitize(entry.note, keep_newlines=True),
        tags=tuple(map(sanitize, entry.tags)),
        dates=tuple((sanitize(label), day) for label, day in entry.dates),
        values=tuple((sanitize(name), _sanitized_value(value)) for name, value in entry.values),
        comments=tuple((sanitize(reviewer), sanitize(text, keep_newlines=True)) for reviewer, text in entry.comments),
    )


def _sanitized_value(value: Value) -> Value:
    return sanitize(value, keep_newlines=True) if isinstance(value, str) else value


CellText = Callable[[ExportRow, Catalog], str]


class ExportColumn(NamedTuple):
    """One column. `kind` is the kind of its cells, as of a custom column; personal columns hold what the user wrote.

    `choices` are the words that its cells usually have, `is_closed` tells that they have no others.
    """

    key: str  # also in the `facts` of a TOML export
    heading: str
    cell_text: CellText
    is_personal: bool = False
    kind: str = TEXT
    choices: tuple[str, ...] = ()
    is_closed: bool = False


def _program_name(row: ExportRow, _: Catalog) -> str:
    return row.program.name if row.program else row.entry.name


def _institution_name(row: ExportRow, catalog: Catalog) -> str:
    return catalog.institution[row.program.institution].name if row.program else row.entry.institution


def _kind_label(row: ExportRow, _: Catalog) -> str:
    return KIND_LABELS[row.program.kind] if row.program else absence_text(row.entry.id)


def labeled_dates(dates: Iterable[tuple[str, str]]) -> str:
    """Return dates as one cell that an import reads: "interview 2027-01-12 09:30, visit 2027-01-15"."""
    return ", ".join(f"{quoted_item(label)} {when.replace('T', ' ')}" for label, when in dates)


def _dates(row: ExportRow, _: Catalog) -> str:
    return labeled_dates(row.entry.dates)


def _fact(key: str) -> CellText:
    """Return a function that fills a column with one field of the programs."""

    def cell_text(row: ExportRow, catalog: Catalog) -> str:
        return program_fact(catalog, row.program, key).text if row.program else ""

    return cell_text


def _city(row: ExportRow, catalog: Catalog) -> str:
    return catalog.location_of(row.program)[0] or NOT_STATED if row.program else ""


def _state(row: ExportRow, catalog: Catalog) -> str:
    return catalog.location_of(row.program)[1] or NOT_STATED if row.program else ""


def _main_citation(row: ExportRow, catalog: Catalog) -> Citation | None:
    """Return the first source of a row's program."""
    if row.program is None:
        return None
    return next(iter(citations(catalog, row.program.provenance, row.program.provenance.source)), None)


def _source(row: ExportRow, catalog: Catalog) -> str:
    citation = _main_citation(row, catalog)
    return (citation.source.url or citation.source.title or citation.source.id) if citation else ""


def _source_date(row: ExportRow, catalog: Catalog) -> str:
    citation = _main_citation(row, catalog)
    return citation.date if citation else ""


def _third_party_facts(row: ExportRow, catalog: Catalog) -> str:
    """Return the names of exported facts that rest, at least in part, on third parties alone."""
    if row.program is None:
        return ""
    facts = {fact.key: fact for fact in program_facts(catalog, row.program)}
    stated = [facts[key] for key in _FACT_KEYS if facts[key].values]
    return ", ".join(
        fact.inline_label for fact in stated if fact.third_party or _has_third_party_item(row.program, fact.key)
    )


def _has_third_party_item(program: Program, key: str) -> bool:
    value = getattr(program, key)
    return isinstance(value, tuple) and any(getattr(item, "third_party", False) for item in value)


#: The program fields that have a column.
_FACT_KEYS = (
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

COLUMNS: tuple[ExportColumn, ...] = (
    ExportColumn("rank", "Rank", lambda row, _: str(row.rank), kind=NUMBER),
    ExportColumn("program", "Program", _program_name),
    ExportColumn("institution", "Institution", _institution_name),
    ExportColumn("kind", "Kind", _kind_label),
    ExportColumn("specialty", "Specialty", _fact("specialty")),
    ExportColumn("status", "Status", lambda row, _: row.entry.status, is_personal=True, choices=STATUSES),
    ExportColumn("rating", "Rating", lambda row, _: str(row.entry.rating or ""), is_personal=True, kind=RATING),
    ExportColumn("tags", "Tags", lambda row, _: join_items(row.entry.tags), is_personal=True),
    ExportColumn("my_dates", "My dates", _dates, is_personal=True),
    ExportColumn("note", "Note", lambda row, _: row.entry.note, is_personal=True),
    ExportColumn("city", "City", _city),
    ExportColumn("state", "State", _state),
    ExportColumn("length_in_years", "Length in years", _fact("length_years"), kind=NUMBER),
    ExportColumn("positions_a_year", "Positions a year", _fact("positions_per_year"), kind=NUMBER),
    ExportColumn("accreditation", "Accreditation", _fact("accreditation")),
    ExportColumn("apply_through", "Apply through", _fact("application_service")),
    ExportColumn("match", "Match", _fact("match")),
    ExportColumn("dates", "Dates", _fact("deadlines")),
    ExportColumn("requirements", "Requirements", _fact("requirements")),
    ExportColumn("visa", "Visa", _fact("visa")),
    ExportColumn("page", "Page", _fact("url")),
    ExportColumn("source", "Source", _source),
    ExportColumn("source_speaks_of", "Source date", _source_date),
    ExportColumn("by_third_parties", "Third-party facts", _third_party_facts),
    ExportColumn("id", "Id", lambda row, _: row.entry.id),
)


def table_columns(table: ExportTable) -> tuple[ExportColumn, ...]:
    """Return the columns of a table.

    Those of a shortlist have personal ones, with the custom ones after the note. A search has no ranks, and of personal
    columns only that of the decisions.
    """
    if not table.is_shortlist:
        columns = [column for column in COLUMNS if not column.is_personal and (table.is_ranked or column.key != "rank")]
        after_specialty = next(index for index, column in enumerate(columns, 1) if column.key == "specialty")
        return (*columns[:after_specialty], *_decision_columns(table), *columns[after_specialty:])
    after_note = next(index for index, column in enumerate(COLUMNS, 1) if column.key == "note")
    return (*COLUMNS[:after_note], *_list_columns(table), *COLUMNS[after_note:])


def personal_columns(table: ExportTable) -> tuple[ExportColumn, ...]:
    """Return the columns of what the user wrote, except the note, which formats show as a paragraph."""
    if not table.is_shortlist:
        return _decision_columns(table)
    return (*(column for column in COLUMNS if column.is_personal and column.key != "note"), *_list_columns(table))


def _decision_columns(table: ExportTable) -> tuple[ExportColumn, ...]:
    """Return the column of what was decided about the programs of a search, if anything was."""
    if not any(row.decision for row in table.rows):
        return ()
    return (ExportColumn("decision", "Decision", lambda row, _: row.decision, is_personal=True),)


def _list_columns(table: ExportTable) -> Iterator[ExportColumn]:
    """Yield the columns of this shortlist alone: signals, scores and comments where there are any, custom columns."""
    for column in _unmarked_list_columns(table):
        yield column._replace(is_personal=True)


def _unmarked_list_columns(table: ExportTable) -> Iterator[ExportColumn]:
    if any(row.entry.signal for row in table.rows):
        yield ExportColumn("signal", "Signal", lambda row, _: row.entry.signal, choices=SIGNALS, is_closed=True)
    row_scores = [row.score for row in table.rows if row.score]
    if any(score.value is not None for score in row_scores):
        yield ExportColumn("score", "Score", lambda row, _: format_value(row.score and row.score.value), kind=NUMBER)
    if any(score.is_manual for score in row_scores):
        yield ExportColumn("my_score", "My score", lambda row, _: format_value(row.entry.score), kind=NUMBER)
    if any(score.violations for score in row_scores):
        yield ExportColumn("violations", "Unmet requirements", _violations)
    for column in table.custom_columns:
        cell_text = partial(_custom_value, column.name)
        yield ExportColumn(f"custom {column.name}", custom_heading(column.name), cell_text, kind=column.kind)
    if any(row.entry.comments for row in table.rows):
        yield ExportColumn("comments", "Reviewer comments", _comments)


def _violations(row: ExportRow, _: Catalog) -> str:
    return ", ".join(row.score.violations) if row.score else ""


def _comments(row: ExportRow, _: Catalog) -> str:
    return "\n".join(f"{reviewer}: {text}" for reviewer, text in row.entry.comments)


def _custom_value(column_name: str, row: ExportRow, _: Catalog) -> str:
    return format_value(row.entry.value(column_name))
