"""Read any file as grids of cells: delimited text, workbooks, JSON, JSON Lines, TOML, and copied public pages.

The content decides the format, never the file name. Shortlists and program lists are both read from these grids.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from json import JSONDecodeError
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ...errors import UnreadableListError
from ...export.headings import COLUMN_HEADINGS
from ...text import sanitize
from .delimited import detect_delimiter, parse_delimited
from .encodings import read_lines, read_text, sample_lines
from .gmetui_files import data_file_records
from .open_file import PROGRAM_LIST_LIMITS, ReadLimits, open_list_file
from .public_pages import is_acgme_list, is_eras_list, is_single_spaced, read_acgme_list, read_eras_list
from .records import parse_json, parse_json_lines, record_rows
from .workbook import read_workbook

_MAX_DOCUMENT_BYTES = 512 * 1024 * 1024  # JSON and TOML have to be read whole
_MAX_REASON_LENGTH = 200
#: The number of a row, as spreadsheets count them, and its cells.
GridRow = tuple[int, Sequence[str]]


class Grid(NamedTuple):
    """The rows of one sheet, or of a file without sheets.

    `document` is what surrounds the records of a JSON or TOML file (empty for a bare list), None for other formats.
    The first row of records has their keys.
    """

    name: str
    rows: Iterator[GridRow]
    document: Mapping[str, Any] | None = None


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
    except (ValueError, KeyError, RecursionError, MemoryError, zipfile.BadZipFile) as error:
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
            yield grid
            return
    raise ValueError(f"no sheet {sheet_name!r}; its sheets: {', '.join(names) or 'none'}")


def _read_grids(file: BinaryIO, limits: ReadLimits) -> Iterator[Grid]:
    if file.read(2) == b"PK":
        for name, rows in read_workbook(file, limits):
            yield Grid(name, _check_cells(enumerate(rows, 1), limits))
        return
    sample = sample_lines(file)
    first_line = next((line.strip() for line in sample if line.strip()), "").removeprefix("\ufeff")
    if first_line[:1] == "{" and first_line.endswith("}") and len(sample) > 1 and _are_json_lines(sample):
        yield _record_grid(parse_json_lines(read_lines(file), limits), limits)
    elif is_acgme_list(sample) and any("|" in line for line in sample):
        yield Grid("", _check_cells(read_acgme_list(read_lines(file)), limits))
    elif first_line[:1] in ("{", "[") and (document := _parse_json_file(file)) is not None:
        yield _record_grid(document, limits)
    elif _may_be_toml(sample) and (tables := _parse_toml_file(file)) is not None:
        yield _record_grid(tables, limits)
    else:
        yield Grid("", _check_cells(_text_rows(file, sample, limits), limits))


def _record_grid(document: Any, limits: ReadLimits) -> Grid:
    """Return the grid of a JSON or TOML file. Raises `ValueError` when it holds no records."""
    records = data_file_records(document) if isinstance(document, Mapping) else document
    rows = record_rows(records, limits)
    headings = next(rows)
    numbered_rows = enumerate(chain([headings], rows), 1)
    return Grid("", _check_cells(numbered_rows, limits), document if isinstance(document, Mapping) else {})


def _text_rows(file: BinaryIO, sample: list[str], limits: ReadLimits) -> Iterator[GridRow]:
    first_line = sample[0].strip() if sample else ""
    if first_line.casefold().startswith("sep=") and len(first_line) == len("sep=;"):  # Excel declares a delimiter so
        lines = islice(read_lines(file), 1, None)
        return enumerate(parse_delimited(lines, first_line[-1], limits), 2)
    delimiter, share = detect_delimiter(sample)
    if (share < 0.5 or delimiter == "\t") and is_eras_list(sample) and not _has_headings(sample, delimiter):
        return read_eras_list(read_lines(file), single_spaced=is_single_spaced(sample))
    return enumerate(parse_delimited(read_lines(file), delimiter, limits), 1)


def _has_headings(sample: list[str], delimiter: str) -> bool:
    from ..column_detection import is_known_heading, normalize_heading

    def is_heading(cell: str) -> bool:
        return is_known_heading(cell) or normalize_heading(cell) in COLUMN_HEADINGS

    return any(sum(map(is_heading, line.split(delimiter))) >= 3 for line in sample)


def _are_json_lines(sample: list[str]) -> bool:
    filled_lines = [line.strip() for line in sample if line.strip()]
    return all(line[:1] == "{" and line[-1:] == "}" for line in filled_lines[:20])


def _may_be_toml(sample: list[str]) -> bool:
    return any(line.startswith(("[", "#:schema")) or " = " in line for line in sample)


def _parse_json_file(file: BinaryIO) -> Any:
    """Return what a JSON file holds; None when it is TOML, which can start with a bracket too."""
    _check_size(file)
    try:
        return parse_json(read_text(file).removeprefix("\ufeff"))
    except JSONDecodeError as error:
        if _parse_toml_file(file) is not None:
            return None
        raise ValueError(f"invalid JSON: {error.msg} in line {error.lineno:,}") from error


def _parse_toml_file(file: BinaryIO) -> Mapping[str, Any] | None:
    _check_size(file)
    try:
        tables = tomllib.loads(read_text(file).removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return None
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return tables if any(isinstance(table, list | dict) for table in tables.values()) else None


def _check_size(file: BinaryIO) -> None:
    if file.seek(0, 2) > _MAX_DOCUMENT_BYTES:
        raise ValueError(f"JSON and TOML can have {_MAX_DOCUMENT_BYTES // 1024 // 1024} MB; save it as CSV")


def _check_cells(rows: Iterator[GridRow], limits: ReadLimits) -> Iterator[GridRow]:
    """Yield the rows. Raises `ValueError` for more rows or longer cells than the limits, unless these truncate."""
    for number, cells in rows:
        if number > limits.rows + 1:
            raise ValueError(f"it has more than {limits.rows:,} rows")
        if any(len(cell) > limits.cell_length for cell in cells):
            if not limits.truncates:
                raise ValueError(f"row {number:,} has a cell with more than {limits.cell_length:,} characters")
            cells = [cell[: limits.cell_length] for cell in cells]
        yield number, cells
