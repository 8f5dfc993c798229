"""Any file as rows, recognised by what is in it: tables of text, workbooks, JSON, TOML, and copied public lists."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from json import JSONDecodeError
from pathlib import Path
from typing import BinaryIO

from ...text import clean
from ..import_errors import TableError
from ..sheets import Grid, Raw
from .delimited import delimited, delimiter_of, lines_of, sample_of, text_of
from .open_file import PROGRAMS, Bounds, opened
from .public_pages import bracketed, is_bracketed, is_listing, is_single_spaced, listing
from .records import json_rows, lines_rows, own_records, tables_rows
from .workbook import sheets_of

_LARGEST_WHOLE = 512 * 1024 * 1024  # bytes of a file that has to be read whole (JSON, TOML)


@contextmanager
def grids(path: Path, sheet: str | None = None, bounds: Bounds = PROGRAMS) -> Iterator[Iterator[Grid]]:
    """Give the sheets of a file, each to be gone through before the next; `sheet` picks one by its name or number.

    Raises `TableError` when it cannot be understood, also while rows are taken, and `OSError` when it cannot be read.
    """
    shown = clean(path.name)
    try:
        with opened(path, bounds) as file:
            yield _chosen(_grids(file, bounds), sheet)
    except (ValueError, KeyError, RecursionError, MemoryError, zipfile.BadZipFile) as error:
        raise TableError(f"gmetui: {shown}: cannot be understood as a list: {clean(str(error))[:200]}") from error


def _chosen(found: Iterator[Grid], sheet: str | None) -> Iterator[Grid]:
    if sheet is None:
        yield from found
        return
    names = []
    for number, grid in enumerate(found, 1):
        names.append(grid.name)
        if sheet in (grid.name, str(number)) or sheet.casefold() == grid.name.casefold():
            yield grid
            return
    raise ValueError(f"it has no sheet {sheet!r}; its sheets: {', '.join(names) or 'none'}")


def _grids(file: BinaryIO, bounds: Bounds) -> Iterator[Grid]:
    if file.read(2) == b"PK":
        for name, rows in sheets_of(file, bounds):
            yield Grid(name, _bounded(rows, bounds))
        return
    head = sample_of(file)
    first = next((line.strip() for line in head if line.strip()), "")
    if first[:1] == "{" and first.endswith("}") and len(head) > 1 and _is_lines(head):
        yield Grid("", _bounded(lines_rows(lines_of(file), bounds), bounds))
    elif is_bracketed(head) and any("|" in line for line in head):
        yield Grid("", _numbered(bracketed(lines_of(file)), bounds))
    elif first[:1] in "{[" and (whole := _whole(file, bounds)) is not None:
        yield Grid("", _bounded(whole, bounds))
    elif _is_toml(head) and (tables := _toml(file)) is not None:
        yield Grid("", _bounded(tables_rows(own_records(tables), bounds), bounds))
    else:
        yield _text(file, head, bounds)


def _text(file: BinaryIO, head: list[str], bounds: Bounds) -> Grid:
    if head and head[0].casefold().startswith("sep=") and len(head[0].strip()) == 5:  # Excel's word for the delimiter
        lines = islice(lines_of(file), 1, None)
        return Grid("", _bounded(chain([[]], delimited(lines, head[0][4], bounds)), bounds))
    delimiter, share = delimiter_of(head)
    if (share < 0.5 or delimiter == "\t") and is_listing(head) and not _has_headings(head, delimiter):
        return Grid("", _numbered(listing(lines_of(file), single=is_single_spaced(head)), bounds))
    return Grid("", _bounded(delimited(lines_of(file), delimiter, bounds), bounds))


def _has_headings(head: list[str], delimiter: str) -> bool:
    from ..column_detection import is_known

    return any(sum(is_known(cell) for cell in line.split(delimiter)) >= 3 for line in head)


def _is_lines(head: list[str]) -> bool:
    filled = [line.strip() for line in head if line.strip()]
    return all(line[:1] == "{" and line[-1:] == "}" for line in filled[:20])


def _is_toml(head: list[str]) -> bool:
    return any(line.startswith(("[", "#:schema")) or " = " in line for line in head)


def _whole(file: BinaryIO, bounds: Bounds) -> Iterator[list[str]] | None:
    """Return the rows of a JSON text; None where it is TOML, which may begin alike."""
    _check_size(file)
    try:
        rows = json_rows(text_of(file), bounds)
        first = next(rows)  # only now it is read
    except JSONDecodeError as error:
        if _toml(file) is not None:
            return None
        raise ValueError(f"it is no JSON: {error.msg} in line {error.lineno:,}") from error
    return chain([first], rows)


def _toml(file: BinaryIO) -> Mapping[str, object] | None:
    _check_size(file)
    try:
        tables = tomllib.loads(text_of(file))
    except tomllib.TOMLDecodeError:
        return None
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return tables if any(isinstance(own, list | dict) for own in tables.values()) else None


def _check_size(file: BinaryIO) -> None:
    if file.seek(0, 2) > _LARGEST_WHOLE:
        raise ValueError(f"a file of this kind may have {_LARGEST_WHOLE // 1024 // 1024} MB; save it as CSV")


def _bounded(rows: Iterator[list[str]], bounds: Bounds) -> Iterator[Raw]:
    """Number the rows as spreadsheets do."""
    return _numbered(enumerate(rows, 1), bounds)


def _numbered(rows: Iterator[Raw], bounds: Bounds) -> Iterator[Raw]:
    for number, cells in rows:
        if number > bounds.rows + 1:
            raise ValueError(f"it has more than {bounds.rows:,} rows")
        for cell in cells:
            if len(cell) > bounds.cell:
                raise ValueError(f"row {number:,} has a cell of more than {bounds.cell:,} letters")
        yield number, cells
