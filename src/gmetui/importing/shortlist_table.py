"""Read a file of any format as the table of a shortlist: rows of cells by normalized heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UnreadableListError
from ..export.headings import COLUMN_HEADINGS, FACT_HEADINGS, date_label
from ..text import sanitize
from .column_detection import FIELD_HEADINGS, normalize_heading
from .readers.cells import CellText, GridRow
from .readers.grids import Grid, open_grids
from .readers.open_file import SHORTLIST_LIMITS

_FORMULA_SIGNS = "=+-@\uff0b\uff0d\uff1d\uff20\t\r\n "
_MAX_HEADING_LENGTH = 80
#: Headings in a second row, below one that they share.
_LOWER_HEADINGS = frozenset(("date", "time", "day"))
_HEADING_ROWS = 40  # the headings are searched for in so many rows
#: Headings of published facts that help to find a program -> its field.
_IDENTIFYING_HEADINGS: Mapping[str, str] = {
    heading: field
    for field in ("specialty", "city", "state", "place", "kind")
    for heading in FIELD_HEADINGS[field]
    if heading in FACT_HEADINGS
}
_NO_PROGRAM_HEADING = "none of its headings is one of programs; write Program, Hospital or Specialty above the column"
_NAMING_FIELDS = frozenset(("id", "name", "institution", "acgme", "nrmp", "specialty"))
#: Headings that only spreadsheets exported by gmetui have together, as this and earlier versions call them.
_EXPORT_HEADINGS = (
    frozenset(("id", "third-party facts", "source date")),
    frozenset(("id", "by third parties", "source speaks of")),
)


class ShortlistRow(NamedTuple):
    """One row: its number in the sheet, its cells by normalized heading, its sheet, and what may be wrong with it.

    `label` tells it from the other rows of the file: "5", or "Rank list!5" when several sheets are read.
    """

    number: int
    cells: Mapping[str, str]
    sheet: str = ""
    label: str = ""
    doubt: str = ""


class ShortlistTable(NamedTuple):
    """The rows of a file and its headings: normalized heading -> heading as written.

    `declared_columns` are the custom columns that an exported file describes. `is_export` is set for files that
    gmetui wrote, `is_spreadsheet` for text and workbooks. `messages` are about the file, not about a row.
    """

    rows: list[ShortlistRow]
    titles: Mapping[str, str]
    declared_columns: tuple[Mapping[str, Any], ...] = ()
    is_export: bool = False
    is_spreadsheet: bool = True
    messages: tuple[str, ...] = ()


def read_shortlist_table(path: Path, sheet_name: str | None = None) -> ShortlistTable:
    """Return the rows of a file: of a workbook or web page, those of all sheets or tables that may list programs.

    Raises `UnreadableListError` when the file cannot be read as a list, `OSError` when it cannot be opened.
    """
    tables: list[tuple[str, ShortlistTable]] = []
    messages: list[str] = []
    with open_grids(path, sheet_name, limits=SHORTLIST_LIMITS) as grids:
        for grid in grids:
            if grid.notes.rejection:
                messages.append(f"ignored the sheet “{grid.name}”: {grid.notes.rejection}")
                continue
            tables.append((grid.name, _table(grid)))
            messages += grid.notes.messages
    table = _joined(tables)
    if not table.rows:
        raise UnreadableListError(f"gmetui: {sanitize(path.name)}: no rows below a row of headings")
    return table._replace(messages=(*table.messages, *messages))


def _joined(tables: Sequence[tuple[str, ShortlistTable]]) -> ShortlistTable:
    """Return the tables that list programs as one; if gmetui wrote some of them, only these."""
    filled = [(name, table) for name, table in tables if table.rows]
    exported = [(name, table) for name, table in filled if table.is_export]
    naming = exported or [(name, table) for name, table in filled if _names_programs(table)]
    used = naming or filled[:1]
    if not used:
        return ShortlistTable([], {})
    rows = [
        row._replace(label=f"{name}!{row.number}" if len(used) > 1 and name else str(row.number))
        for name, table in used
        for row in table.rows
    ]
    titles = {heading: title for _name, table in reversed(used) for heading, title in table.titles.items()}
    ordered = {heading: titles[heading] for _name, table in used for heading in table.titles}
    messages = () if naming else (_NO_PROGRAM_HEADING,)
    return used[0][1]._replace(rows=rows, titles=ordered, messages=messages)


def _names_programs(table: ShortlistTable) -> bool:
    return not _NAMING_FIELDS.isdisjoint(map(shortlist_field, table.titles))


def is_export_headings(headings: Sequence[str]) -> bool:
    """Return whether headings are those of a spreadsheet that gmetui exported."""
    normalized = set(map(shortlist_heading, headings))
    return any(normalized >= export_headings for export_headings in _EXPORT_HEADINGS)


def shortlist_heading(title: str) -> str:
    """Return a heading as `COLUMN_HEADINGS` and `FACT_HEADINGS` list it: "myRank" and "My_Rank" are "my rank".

    Headings in neither keep their signs, since custom columns are named after them.
    """
    heading = " ".join(_title(title).replace("_", " ").casefold().split())[:_MAX_HEADING_LENGTH]
    if heading in COLUMN_HEADINGS or heading in FACT_HEADINGS:
        return heading
    words = normalize_heading(title)
    return words if words in COLUMN_HEADINGS or words in FACT_HEADINGS else heading


def _title(text: str) -> str:
    """Return a heading without a byte order mark that another program misread as text, and without quotation marks."""
    return sanitize(text).strip().removeprefix("ï»¿").strip(' "')


def shortlist_field(heading: str) -> str:
    """Return the field of a normalized heading, of a shortlist or of what identifies a program, or ""."""
    return COLUMN_HEADINGS.get(heading) or _IDENTIFYING_HEADINGS.get(heading, "")


def fields_of(row: ShortlistRow) -> dict[str, str]:
    """Return the cells under known headings, by field; of two columns for a field, the first filled one counts."""
    fields: dict[str, str] = {}
    for heading, cell in row.cells.items():
        field = shortlist_field(heading)
        if field and not fields.get(field):
            fields[field] = cell
    return fields


def _table(grid: Grid) -> ShortlistTable:
    """Return the rows below the headings: the keys of records, or the row with the most known headings."""
    records = grid.records
    all_rows = _clean_rows(grid)
    head = list(islice(all_rows, 1 if records is not None else _HEADING_ROWS))
    heading_index = 0 if records is not None else _find_headings(head)
    if not head or heading_index is None:
        return ShortlistTable([], {})
    headings: Sequence[str] = head[heading_index][1]
    body = head[heading_index + 1 :]
    if records is None and body and _are_lower_headings(body[0][1]):
        headings, body = _joined_headings(headings, body[0][1]), body[1:]
    titles = _unique_titles(headings)
    rows = [
        ShortlistRow(
            number,
            {heading: cell for heading, cell in zip(titles, cells, strict=False) if titles[heading]},
            grid.name,
            str(number),
            grid.notes.doubts.pop(number, ""),
        )
        for number, cells in chain(body, all_rows)
        if any(cells)
    ]
    used_titles = {heading: title for heading, title in titles.items() if title}
    if records is None:
        return ShortlistTable(rows, used_titles, is_export=is_export_headings([*titles]))
    return ShortlistTable(rows, used_titles, records.declared_columns, records.is_export, is_spreadsheet=False)


def _are_lower_headings(cells: Sequence[str]) -> bool:
    filled_cells = [cell.casefold() for cell in cells if cell]
    return bool(filled_cells) and _LOWER_HEADINGS.issuperset(filled_cells)


def _joined_headings(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the headings of two rows, where "Interview" stands above "Date" and "Time"."""
    headings: list[str] = []
    group = ""
    for upper_cell, lower_cell in zip_longest(upper, lower, fillvalue=""):
        group = upper_cell or group
        headings.append(f"{group} {lower_cell}" if lower_cell else upper_cell)
    return headings


def _find_headings(head: Sequence[GridRow]) -> int | None:
    """Return the index of the row with the most known headings, or else of the first one with two or more cells."""
    scores = [sum(map(_is_known_heading, cells)) for _number, cells in head]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index), default=None)
    if best is not None and scores[best] > 1:
        return best
    wide = next((index for index, (_number, cells) in enumerate(head) if sum(map(bool, cells)) > 1), None)
    return best if wide is None and best is not None and scores[best] else wide


def _is_known_heading(cell: str) -> bool:
    if not cell or len(cell) > _MAX_HEADING_LENGTH:
        return False
    heading = shortlist_heading(cell)
    return bool(shortlist_field(heading) or heading in FACT_HEADINGS or date_label(cell))


def _clean_rows(grid: Grid) -> Iterator[GridRow]:
    """Yield the rows of a grid with clean cells; records are numbered from 1, without the row of their keys."""
    if grid.records is None:
        yield from ((number, [_clean_cell(cell) for cell in cells]) for number, cells in grid.rows)
    else:
        for number, cells in grid.rows:
            yield number - 1, [CellText(cell.strip()) for cell in cells]


def _clean_cell(cell: CellText) -> CellText:
    """Return a cell without the sign that keeps spreadsheets from running it as a formula."""
    if cell[:1] == "'" and cell[1:2] and cell[1] in _FORMULA_SIGNS:
        return CellText(cell[1:].strip())
    return CellText(cell.strip())


def _unique_titles(cells: Sequence[str]) -> dict[str, str]:
    """Return the headings, normalized and as written; a second heading of the same name is numbered."""
    titles: dict[str, str] = {}
    for cell in cells:
        heading, number = shortlist_heading(cell), 1
        while heading in titles:
            number += 1
            heading = f"{shortlist_heading(cell)} ({number})"
        titles[heading] = _title(cell)
    return titles
