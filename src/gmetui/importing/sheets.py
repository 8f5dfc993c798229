"""Interpret a grid as a sheet of programs: find its headings, detect its columns, check that it lists programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from .cell_values import clean_cell, is_canadian
from .column_detection import DetectedColumn, detect_columns, is_known_heading
from .identifiers import find_acgme_ids
from .personal_data import surnames
from .readers.cells import CellText, GridRow
from .readers.grids import Grid
from .readers.sheet_notes import SheetNotes
from .row_alignment import excess_cells, realigned
from .specialty_matcher import SpecialtyMatcher

_SAMPLE_ROWS = 400
_HEADING_ROWS = 40  # the headings are searched for in so many rows
_MIN_PROGRAM_SHARE = 0.3  # of the sampled rows that must look like programs
_MAX_ID_CELL = 200
_MAX_TITLE_LENGTH = 120
#: The most characters of a cell that is parsed. The longest legitimate ones are addresses and notes on positions.
MAX_FIELD_LENGTH = 1_000
#: Returns the fields that the user assigned to columns, by heading, for the headings of a sheet.
ColumnOverrides = Callable[[Sequence[str]], Mapping[str, str]]


class SheetRow(NamedTuple):
    """One row: its number, the clean cells by field, (title, cell) pairs of other columns, and the cells as written.

    `cut_titles` are the columns whose cells were cut because they are too long for their field, `people` the last names
    in columns about people, `excess_cells` the number of cells beyond the headings.
    """

    number: int
    fields: Mapping[str, str]
    extras: tuple[tuple[str, str], ...]
    cells: Sequence[CellText]
    cut_titles: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    excess_cells: int = 0


class ProgramSheet(NamedTuple):
    """A sheet with its columns, and its rows to be read once. `rejection` says why a sheet does not list programs.

    `notes` are what the reader of the file noticed, complete when the rows are read.
    """

    name: str
    columns: tuple[DetectedColumn, ...]
    rows: Iterator[SheetRow]
    rejection: str = ""
    notes: SheetNotes | None = None


def interpret_grid(grid: Grid, matcher: SpecialtyMatcher, overrides: ColumnOverrides) -> ProgramSheet:
    """Return a sheet with its columns; `overrides` gives the fields that the user assigned to them."""
    if grid.notes.rejection:
        return ProgramSheet(grid.name, (), iter(()), grid.notes.rejection)
    head = list(islice((row for row in grid.rows if any(row[1])), _SAMPLE_ROWS))
    if not head:
        return ProgramSheet(grid.name, (), iter(()), "the sheet is empty")
    heading_index = _find_headings(head)
    headings = head[heading_index][1] if heading_index is not None else ()
    body = head[heading_index + 1 :] if heading_index is not None else head
    titles = _unique_titles(headings)
    width = max((len(cells) for _, cells in body), default=len(titles))
    titles += [f"Column {number}" for number in range(len(titles) + 1, width + 1)]
    sample = [cells for _, cells in body]
    columns = detect_columns(titles, sample, matcher, overrides(titles))
    if rejection := _reject(columns, sample, grid.name, matcher):
        return ProgramSheet(grid.name, columns, iter(()), rejection)
    stripped_headings = [cell.strip() for cell in headings]
    rows = _read_rows(chain(body, grid.rows), columns, stripped_headings, matcher)
    return ProgramSheet(grid.name, columns, rows, notes=grid.notes)


def _find_headings(head: Sequence[GridRow]) -> int | None:
    """Return the index of the row with the most known headings, or else of the first row that is not a program."""
    scores = [sum(is_known_heading(cell) for cell in cells if cell) for _, cells in head[:_HEADING_ROWS]]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    if scores[best] >= 2 or (scores[best] == 1 and sum(map(bool, head[best][1])) == 1 and best + 1 < len(head)):
        return best
    for index, (_, cells) in enumerate(head[:_HEADING_ROWS]):
        if any(find_acgme_ids(cell) for cell in cells if len(cell) < _MAX_ID_CELL):
            return None
        if sum(map(bool, cells)) > 1 and not any(cell.strip().isdecimal() for cell in cells):
            return index
    return None


def _unique_titles(cells: Sequence[str]) -> list[str]:
    """Return the headings; an empty one gets its column number, a repeated one a number."""
    titles: list[str] = []
    for number, cell in enumerate(cells, 1):
        title = clean_cell(cell)[:_MAX_TITLE_LENGTH].strip(' "') or f"Column {number}"
        titles.append(title if title not in titles else f"{title} ({number})")
    return titles


def _reject(
    columns: Sequence[DetectedColumn], rows: Sequence[Sequence[str]], sheet_name: str, matcher: SpecialtyMatcher
) -> str:
    """Return why a sheet is not a list of programs, or ""."""
    fields = {column.field for column in columns}
    if not rows:
        return "there are no rows below the headings"
    if _is_canadian(columns, rows):
        return "its programs are in Canada; gmetui's reference and rules are for the United States"
    if fields & {"acgme", "nrmp"}:
        return ""
    rows_with_id = sum(any(_contains_id(cell, matcher) for cell in cells) for cells in rows)
    if rows_with_id / len(rows) >= _MIN_PROGRAM_SHARE:
        return ""
    if not fields & {"name", "institution"}:
        return "no column has program ids, program names or institution names"
    rows_with_specialty = sum(_names_specialty(cells, columns, matcher) for cells in rows)
    if rows_with_specialty / len(rows) >= _MIN_PROGRAM_SHARE or matcher.match(sheet_name).unique:
        return ""
    return "its rows have no program id and name no specialty that gmetui knows"


def _is_canadian(columns: Sequence[DetectedColumn], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether most states of a list are Canadian provinces; two letters of a few rows may be mistakes."""
    indexes = [index for index, column in enumerate(columns) if column.field == "state"]
    cells = [cells[index] for cells in rows for index in indexes if index < len(cells) and cells[index]]
    return bool(cells) and sum(map(is_canadian, cells)) > len(cells) / 2


def _contains_id(cell: str, matcher: SpecialtyMatcher) -> bool:
    return len(cell) >= 9 and any(
        matcher.by_code(acgme_id[:3]) for acgme_id in find_acgme_ids(clean_cell(cell[:2_000]))
    )


def _names_specialty(cells: Sequence[str], columns: Sequence[DetectedColumn], matcher: SpecialtyMatcher) -> bool:
    specialty_indexes = [index for index, column in enumerate(columns) if column.field == "specialty"]
    if specialty_indexes:
        texts = (clean_cell(cells[index]) for index in specialty_indexes if index < len(cells))
        return any(matcher.match(text).specialties for text in texts if text)
    filled_cells = [cell for cell in cells if cell]
    if len(filled_cells) == 1 and matcher.match(clean_cell(filled_cells[0])).unique:
        return True
    names = (clean_cell(cell) for cell, column in zip(cells, columns, strict=False) if column.field == "name")
    return any(matcher.find_in(name).specialties for name in names)


def _read_rows(
    grid_rows: Iterable[GridRow],
    columns: Sequence[DetectedColumn],
    headings: Sequence[str],
    matcher: SpecialtyMatcher,
) -> Iterator[SheetRow]:
    column_fields = [column.field for column in columns]
    titles = [column.title for column in columns]
    for number, cells in grid_rows:
        if not any(cells):
            continue
        if headings and cells[0].strip() == headings[0] and [cell.strip() for cell in cells] == headings:
            continue  # the headings, repeated at the top of another page
        excess = excess_cells(cells, len(headings)) if headings else 0
        aligned = realigned(cells, columns[: len(headings)], excess, matcher) if excess else None
        cell_fields = zip(column_fields, titles, aligned or cells, strict=False)
        yield _sheet_row(number, cells, cell_fields, excess_cells=0 if aligned else excess)


def _sheet_row(
    number: int, cells: Sequence[CellText], cell_fields: Iterable[tuple[str, str, str]], *, excess_cells: int
) -> SheetRow:
    """Return a row from (field, title, cell) for each of its columns."""
    fields: dict[str, str] = {}
    extras: list[tuple[str, str]] = []
    cut_titles: list[str] = []
    personal_cells: list[str] = []
    for field, title, cell in cell_fields:
        if field == "nothing" or not (text := clean_cell(cell)):
            continue
        if field == "person":
            personal_cells.append(text)
        elif field == "extra":
            extras.append((title, text))
        else:
            if len(text) > MAX_FIELD_LENGTH:
                text = text[:MAX_FIELD_LENGTH].rstrip()
                cut_titles.append(title)
            fields[field] = f"{fields[field]}\n{text}" if field in fields else text
    return SheetRow(number, fields, tuple(extras), cells, tuple(cut_titles), surnames(personal_cells), excess_cells)
