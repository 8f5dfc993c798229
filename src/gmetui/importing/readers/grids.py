"""Read any file as grids of cells: delimited text, workbooks, JSON, JSON Lines, TOML, and copied public pages.

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
from .documents import parse_json_file, parse_toml_file
from .encodings import read_lines, sample_lines
from .gmetui_files import data_file_records, declared_columns, is_gmetui_export
from .open_file import PROGRAM_LIST_LIMITS, ReadLimits, open_list_file
from .public_pages import is_acgme_list, is_eras_list, is_single_spaced, read_acgme_list, read_eras_list
from .read_budget import ReadBudget
from .records import parse_json_lines, record_rows
from .workbook import read_workbook

_MAX_REASON_LENGTH = 200
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

    `records` is None for delimited text and workbooks.
    """

    name: CellText
    rows: Iterator[GridRow]
    records: RecordsOrigin | None = None


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
            yield grid
            return
    raise ValueError(f"no sheet {sheet_name!r}; its sheets: {', '.join(names) or 'none'}")


def _read_grids(file: BinaryIO, limits: ReadLimits) -> Iterator[Grid]:
    file_bytes = file.seek(0, 2)
    budget, limits = ReadBudget(file_bytes), limits.for_file(file_bytes)
    file.seek(0)

    def grid(name: str, rows: Iterable[tuple[int, Sequence[str]]], records: RecordsOrigin | None = None) -> Grid:
        return Grid(clean_text(" ".join(name[:_MAX_SHEET_NAME].split())), clean_rows(rows, limits, budget), records)

    if file.read(2) == b"PK":
        for number, (name, numbered_rows) in enumerate(read_workbook(file, limits, budget)):
            if number == _MAX_SHEETS:
                raise ValueError(f"it has more than {_MAX_SHEETS:,} sheets")
            yield grid(name, numbered_rows)
        return
    sample = sample_lines(file)
    first_line = next((line.strip() for line in sample if line.strip()), "").removeprefix("\ufeff")
    if first_line[:1] == "{" and first_line.endswith("}") and len(sample) > 1 and _are_json_lines(sample):
        records = parse_json_lines(read_lines(file), limits)
        yield grid("", enumerate(record_rows(records, limits), 1), RecordsOrigin())
    elif is_acgme_list(sample) and any("|" in line for line in sample):
        yield grid("", read_acgme_list(read_lines(file)))
    elif first_line[:1] in ("{", "[") and (document := parse_json_file(file)) is not None:
        yield grid("", _document_rows(document, limits), _origin(document))
    elif _may_be_toml(sample) and (tables := parse_toml_file(file)) is not None:
        yield grid("", _document_rows(tables, limits), _origin(tables))
    else:
        yield grid("", _text_rows(file, sample, limits))


def _document_rows(document: Any, limits: ReadLimits) -> Iterable[tuple[int, list[str]]]:
    """Return the rows of a JSON or TOML file. They raise `ValueError` when it holds no records."""
    records = data_file_records(document) if isinstance(document, Mapping) else document
    return enumerate(record_rows(records, limits), 1)


def _origin(document: Any) -> RecordsOrigin:
    return RecordsOrigin(is_gmetui_export(document), declared_columns(document))


def _text_rows(file: BinaryIO, sample: list[str], limits: ReadLimits) -> Iterator[tuple[int, list[str]]]:
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

    return any(sum(map(is_heading, line[:_MAX_HEADING_LINE].split(delimiter))) >= 3 for line in sample)


def _are_json_lines(sample: list[str]) -> bool:
    filled_lines = [line.strip() for line in sample if line.strip()]
    return all(line[:1] == "{" and line[-1:] == "}" for line in filled_lines[:20])


def _may_be_toml(sample: list[str]) -> bool:
    return any(line.startswith(("[", "#:schema")) or " = " in line for line in sample)
