"""Read any file as grids of cells: text, workbooks, JSON, JSON Lines, TOML, tables of web pages, and copied pages.

The content decides the format, never the file name. Shortlists and program lists are both read from these grids.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ...errors import UnreadableListError
from ...export.headings import COLUMN_HEADINGS
from ...text import sanitize
from .cells import CellText, GridRow, clean_rows, clean_text
from .delimited import detect_delimiter, parse_delimited
from .documents import parse_json_file, parse_script_data, parse_toml_file
from .encodings import read_lines, sample_lines
from .gmetui_files import data_file_records, declared_columns, is_gmetui_export
from .html_tables import is_web_page, read_html_tables
from .match_directory import is_match_directory, read_match_directory
from .open_file import PROGRAM_LIST_LIMITS, ReadLimits, open_list_file
from .other_texts import data_of_script, has_scattered_ids, reject_other_text
from .public_pages import is_acgme_list, is_eras_list, is_single_spaced, read_acgme_list, read_eras_list
from .read_budget import ReadBudget
from .records import are_json_lines, parse_json_lines, record_rows
from .sheet_notes import SheetNotes
from .text_tables import (
    find_columns,
    has_markdown_table,
    is_gapped_table,
    is_quoted_table,
    read_fixed_width,
    read_gapped_table,
    read_markdown,
    read_quoted_table,
)
from .workbook import read_workbook

_MAX_REASON_LENGTH = 200
_COPIED_PAGE = (
    "this looks like text copied from a web page, with one value in each line, in an order that gmetui doesn't "
    "recognize; copy the table into a spreadsheet"
)
_MAX_SHEETS = 200
_MAX_HEADING_LINE = 20_000
_MAX_SHEET_NAME = 100  # Excel allows 31


class RecordsOrigin(NamedTuple):
    """What surrounds the records of a JSON or TOML file.

    `declared_columns` are the custom columns that an exported list describes.
    """

    is_export: bool = False
    declared_columns: tuple[Mapping[str, Any], ...] = ()


class Grid(NamedTuple):
    """The rows of one sheet, or of a file without sheets. The first row of records has their keys.

    `records` is None for text and workbooks. `notes` are complete when the rows are read.
    """

    name: CellText
    rows: Iterator[GridRow]
    records: RecordsOrigin | None
    notes: SheetNotes


@contextmanager
def open_grids(
    path: Path, sheet_name: str | None = None, limits: ReadLimits = PROGRAM_LIST_LIMITS
) -> Iterator[Iterator[Grid]]:
    """Provide the grids of a file, each to be read before the next; `sheet_name` selects one by name or number.

    Raises `UnreadableListError` when the file cannot be read as a list, also while rows are read, and `OSError` when it
    cannot be opened.
    """
    try:
        with open_list_file(path, limits) as file:
            yield _select_sheet(_read_grids(file, limits), sheet_name)
    except (ValueError, RecursionError, MemoryError, zipfile.BadZipFile) as error:
        reason = sanitize(str(error))[:_MAX_REASON_LENGTH]
        raise UnreadableListError(f"gmetui: {sanitize(path.name)}: cannot be read as a list: {reason}") from error


def _select_sheet(grids: Iterator[Grid], sheet_name: str | None) -> Iterator[Grid]:
    if sheet_name is None:
        yield from grids
        return
    names = []
    for number, grid in enumerate(grids, 1):
        names.append(grid.name)
        if sheet_name in (grid.name, str(number)) or sheet_name.casefold() == grid.name.casefold():
            grid.notes.rejection = ""  # the user wants it, hidden or not
            yield grid
            return
    raise ValueError(f"no sheet {sheet_name!r}; its sheets: {', '.join(names) or 'none'}")


def _read_grids(file: BinaryIO, limits: ReadLimits) -> Iterator[Grid]:
    file_bytes = file.seek(0, 2)
    budget, limits = ReadBudget(file_bytes), limits.for_file(file_bytes)
    file.seek(0)
    is_archive = file.read(2) == b"PK"
    for number, raw_grid in enumerate((_workbook_grids if is_archive else _text_grids)(file, limits, budget)):
        if number == _MAX_SHEETS:
            raise ValueError(f"it has more than {_MAX_SHEETS:,} sheets or tables")
        name = clean_text(" ".join(raw_grid.name[:_MAX_SHEET_NAME].split()))
        yield Grid(name, clean_rows(raw_grid.rows, limits, budget), raw_grid.records, raw_grid.notes)


class _RawGrid(NamedTuple):
    """A grid whose cells are still as in the file."""

    rows: Iterable[tuple[int, Sequence[str]]]
    notes: SheetNotes
    name: str = ""
    records: RecordsOrigin | None = None


def _workbook_grids(file: BinaryIO, limits: ReadLimits, budget: ReadBudget) -> Iterator[_RawGrid]:
    for name, rows, notes in read_workbook(file, limits, budget):
        yield _RawGrid(rows, notes, name)


def _text_grids(file: BinaryIO, limits: ReadLimits, budget: ReadBudget) -> Iterator[_RawGrid]:
    sample = sample_lines(file)
    if is_web_page(sample):
        for table in read_html_tables(read_lines(file), limits, budget):
            yield _RawGrid(table.rows, table.notes, table.name)
        return
    records = _read_records(file, sample, limits)
    if records is not None:
        yield records
        return
    reject_other_text(sample)
    if has_markdown_table(sample):
        for markdown_table in read_markdown(read_lines(file), limits):
            yield _RawGrid(markdown_table.rows, markdown_table.notes, markdown_table.name)
        return
    notes = SheetNotes()
    yield _RawGrid(_text_rows(file, sample, limits, notes), notes)


def _read_records(file: BinaryIO, sample: list[str], limits: ReadLimits) -> _RawGrid | None:
    """Return the records of JSON, JSON Lines, TOML or a script of data, or None for other text."""
    first_line = next((line.strip() for line in sample if line.strip()), "").removeprefix("\ufeff")
    if len(sample) > 1 and are_json_lines(sample):
        records = parse_json_lines(read_lines(file), limits)
        return _RawGrid(enumerate(record_rows(records, limits), 1), SheetNotes(), records=RecordsOrigin())
    if is_acgme_list(sample) and any("|" in line for line in sample):
        return None
    document = None
    if start := data_of_script(sample):
        document = parse_script_data(file, start)
    elif first_line[:1] in ("{", "["):
        document = parse_json_file(file)
    if document is None and _may_be_toml(sample):
        document = parse_toml_file(file)
    if document is None:
        return None
    return _RawGrid(_document_rows(document, limits), SheetNotes(), records=_origin(document))


def _document_rows(document: Any, limits: ReadLimits) -> Iterable[tuple[int, list[str]]]:
    """Return the rows of a JSON or TOML file. They raise `ValueError` when it holds no records."""
    records = data_file_records(document) if isinstance(document, Mapping) else document
    return enumerate(record_rows(records, limits), 1)


def _origin(document: Any) -> RecordsOrigin:
    return RecordsOrigin(is_gmetui_export(document), declared_columns(document))


def _text_rows(
    file: BinaryIO, sample: list[str], limits: ReadLimits, notes: SheetNotes
) -> Iterator[tuple[int, list[str]]]:
    first_line = sample[0].strip() if sample else ""
    if first_line.casefold().startswith("sep=") and len(first_line) == len("sep=;"):  # Excel declares a delimiter so
        lines = islice(read_lines(file), 1, None)
        return enumerate(parse_delimited(lines, first_line[-1], limits, notes, 2), 2)
    if is_acgme_list(sample) and any("|" in line for line in sample):
        return read_acgme_list(read_lines(file))
    if is_match_directory(sample):
        return read_match_directory(read_lines(file))
    if is_quoted_table(sample):
        return enumerate(read_quoted_table(read_lines(file)), 1)
    delimiter, share = detect_delimiter(sample)
    has_headings = _has_headings(sample, delimiter)
    if share < 0.5 and not has_headings and (starts := find_columns(sample)):
        return enumerate(read_fixed_width(read_lines(file), starts), 1)
    if share < 0.5 and not has_headings and is_gapped_table(sample):
        return enumerate(read_gapped_table(read_lines(file)), 1)
    if (share < 0.5 or delimiter == "\t") and is_eras_list(sample) and not has_headings:
        return read_eras_list(read_lines(file), single_spaced=is_single_spaced(sample))
    if share < 0.5 and has_scattered_ids(sample):
        raise ValueError(_COPIED_PAGE)
    return enumerate(parse_delimited(read_lines(file), delimiter, limits, notes), 1)


def _has_headings(sample: list[str], delimiter: str) -> bool:
    from ..column_detection import is_known_heading, normalize_heading

    def is_heading(cell: str) -> bool:
        return is_known_heading(cell) or normalize_heading(cell) in COLUMN_HEADINGS

    return any(sum(map(is_heading, line[:_MAX_HEADING_LINE].split(delimiter))) >= 3 for line in sample)


def _may_be_toml(sample: list[str]) -> bool:
    return any(line.startswith(("[", "#:schema")) or " = " in line for line in sample)
