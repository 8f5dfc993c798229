"""Read a file of any format as the table of a shortlist: rows of cells by normalized heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UnreadableListError
from ..export.headings import COLUMN_HEADINGS, FACT_HEADINGS
from ..text import sanitize
from .column_detection import normalize_heading
from .readers.cells import CellText, GridRow
from .readers.grids import Grid, open_grids
from .readers.open_file import SHORTLIST_LIMITS

_FORMULA_SIGNS = "=+-@\uff0b\uff0d\uff1d\uff20\t\r\n "
_MAX_HEADING_LENGTH = 80
#: Headings that only spreadsheets exported by gmetui have together, as this and earlier versions call them.
_EXPORT_HEADINGS = (
    frozenset(("id", "third-party facts", "source date")),
    frozenset(("id", "by third parties", "source speaks of")),
)


class ShortlistRow(NamedTuple):
    """One row: its number in the file, and its cells by normalized heading."""

    number: int
    cells: Mapping[str, str]


class ShortlistTable(NamedTuple):
    """The rows of a file and its headings: normalized heading -> heading as written.

    `declared_columns` are the custom columns that an exported file describes. `is_export` is set for files that
    gmetui wrote, `is_spreadsheet` for delimited text and workbooks.
    """

    rows: list[ShortlistRow]
    titles: Mapping[str, str]
    declared_columns: tuple[Mapping[str, Any], ...] = ()
    is_export: bool = False
    is_spreadsheet: bool = True


def read_shortlist_table(path: Path) -> ShortlistTable:
    """Return the rows of a file; of a workbook, those of its first sheet.

    Raises `UnreadableListError` when the file cannot be read as a list, `OSError` when it cannot be opened.
    """
    with open_grids(path, limits=SHORTLIST_LIMITS) as grids:
        grid = next(grids, None)
        table = _table(grid) if grid is not None else ShortlistTable([], {})
    if not table.rows:
        raise UnreadableListError(f"gmetui: {sanitize(path.name)}: no rows below a row of headings")
    return table


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


def _table(grid: Grid) -> ShortlistTable:
    """Return the rows below the headings: the keys of records, or the first row with two or more cells."""
    records = grid.records
    titles: dict[str, str] = {}
    rows: list[ShortlistRow] = []
    for number, cells in _clean_rows(grid):
        if not titles:
            if records is not None or sum(map(bool, cells)) > 1:
                titles = _unique_titles(cells)
        elif any(cells):
            by_heading = {heading: cell for heading, cell in zip(titles, cells, strict=False) if titles[heading]}
            rows.append(ShortlistRow(number, by_heading))
    used_titles = {heading: title for heading, title in titles.items() if title}
    if records is None:
        return ShortlistTable(rows, used_titles, is_export=is_export_headings([*titles]))
    rows = rows if records.is_export else [*map(_with_split_tags, rows)]
    return ShortlistTable(rows, used_titles, records.declared_columns, records.is_export, is_spreadsheet=False)


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


def _with_split_tags(row: ShortlistRow) -> ShortlistRow:
    """Return a row whose list of tags, which records join with semicolons, is separated by commas."""
    tags = {heading: cell.replace("; ", ", ") for heading, cell in row.cells.items() if _holds_tags(heading)}
    return row._replace(cells={**row.cells, **tags})


def _holds_tags(heading: str) -> bool:
    return COLUMN_HEADINGS.get(heading) == "tags"
