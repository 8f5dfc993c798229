"""Any file of rows as rows of texts: CSV and TSV, Excel, JSON, TOML, recognised by what is in them.

A file may be hostile: it is bounded in size, rows, columns and letters before anything is made of it, and no cell of it
runs or reaches the terminal as it is.
"""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ...text import clean
from ..import_errors import TableError
from .delimited import delimited, delimiter_of, lines_of, sample_of, text_of
from .open_file import LISTS, opened
from .workbook import sheets_of

_ROWS, _COLUMNS, _CELL = LISTS.rows, LISTS.columns, LISTS.cell
_WIDEST = 1_000_000  # columns of a row of which the first are read
_FORMULA_SIGNS = "=+-@\uff0b\uff0d\uff1d\uff20\t\r\n "


class Record(NamedTuple):
    """One row: where it stands in the file, and its cells by heading in small letters."""

    number: int
    cells: Mapping[str, str]


class Table(NamedTuple):
    """The rows of a file, its headings as they are written, and the own columns that a list of ours declares.

    `ours`: gmetui wrote it, so what stands under an unknown heading is no column of the person's.
    """

    records: list[Record]
    titles: Mapping[str, str]
    columns: tuple[Mapping[str, Any], ...] = ()
    ours: bool = False


def read_table(path: Path) -> Table:
    """Return the rows of a file. Raises `TableError` that says what is wrong, `OSError` when it cannot be read."""
    shown = clean(path.name)
    try:
        with opened(path, LISTS) as file:
            rows = _workbook(file) if file.read(2) == b"PK" else _text(file)
    except (ValueError, KeyError, RecursionError, zipfile.BadZipFile) as error:
        raise TableError(f"gmetui: {shown}: cannot be understood as a list: {clean(str(error))[:200]}") from error
    if not rows.records:
        raise TableError(f"gmetui: {shown}: has no rows with headings above them")
    return rows


def _text(file: BinaryIO) -> Table:
    text = text_of(file)
    start = text.lstrip("\ufeff \r\n\t")[:1]
    if start in "{[" and (found := _json(text)) is not None:
        return found
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        delimiter, _ = delimiter_of(sample_of(file))
        return _headed(delimited(lines_of(file), delimiter, LISTS._replace(columns=_WIDEST)))
    return _records(tables.get("program", []), tables)


def _json(text: str) -> Table | None:
    try:
        whole = json.loads(text)
    except ValueError:
        return None  # "[[program]]" begins like JSON
    head = whole if isinstance(whole, dict) else {}
    if isinstance(whole, dict):
        lists = [value for key, value in whole.items() if isinstance(value, list) and value and key != "columns"]
        whole = next((value for value in lists if isinstance(value[0], dict)), [])
    return _records(whole, head)


def _records(rows: object, head: Mapping[str, Any]) -> Table:
    """Return tables as rows; a value with its source, as gmetui writes it, is its value."""
    found = []
    titles: dict[str, str] = {}
    reader = clean(str(head.get("reader", "")))
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        if number > _ROWS:
            raise ValueError(f"it has more than {_ROWS:,} rows")
        if isinstance(row, dict):
            cells = {}
            for title, value in list(_titled(row, reader))[:_COLUMNS]:
                titles.setdefault(_heading(title), clean(title))
                cells[_heading(title)] = _cell(value)
            found.append(Record(number, cells))
    columns = head.get("column", head.get("columns", []))
    declared = tuple(own for own in columns if isinstance(own, Mapping)) if isinstance(columns, list) else ()
    return Table(found, titles, declared[:_COLUMNS], ours="format" in head or "edition" in head or bool(reader))


def _titled(row: Mapping[str, Any], reader: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands in a table by its heading. What a person wrote is told apart from what a page says."""
    for key, value in row.items():
        if key in ("own", "remarks") and isinstance(value, Mapping):
            yield from ((f"{key}: {name}", own) for name, own in value.items())
        elif key == "dates" and isinstance(value, Mapping):
            yield "my dates", value
        elif key == "remark" and reader:
            yield f"remarks: {reader}", value
        elif key == "score":
            yield "my score", value if row.get("score_by_hand", True) else None
        else:
            yield key, value


def _cell(value: Any) -> str:
    if isinstance(value, Mapping) and "name" in value:
        return _cell(value["name"])
    if isinstance(value, Mapping) and "value" in value:
        return _cell(value["value"])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{clean(str(key))} {_cell(own)}" for key, own in value.items())
    if isinstance(value, list):
        return ", ".join(_cell(own) for own in value)
    return "" if value is None else clean(str(value)[:_CELL], lines=True).strip()


def _workbook(file: BinaryIO) -> Table:
    sheets = sheets_of(file, LISTS)  # it closes the workbook when it is let go of
    _, rows = next(sheets)
    return _headed(rows)


def _headed(rows: Iterable[Sequence[str]]) -> Table:
    """Return rows by the headings above them: the first row with two or more cells."""
    headings: list[str] = []
    titles: dict[str, str] = {}
    found = []
    for number, row in enumerate(rows, 1):
        if number > _ROWS + 1:
            raise ValueError(f"it has more than {_ROWS:,} rows")
        cells = [_plain(cell) for cell in row[:_COLUMNS]]
        if not headings:
            if sum(map(bool, cells)) > 1:
                titles = _told_apart(cells)
                headings = [*titles]
        elif any(cells):
            found.append(Record(number, {h: cell for h, cell in zip(headings, cells, strict=False) if titles[h]}))
    return Table(found, {h: title for h, title in titles.items() if title}, ours=set(headings) >= OURS)


#: Headings that together only a list of ours has.
OURS = {"id", "by third parties", "source speaks of"}


def _told_apart(cells: Sequence[str]) -> dict[str, str]:
    """Return headings in small letters with what is written; a second of the same name is numbered."""
    found: dict[str, str] = {}
    for cell in cells:
        heading, number = _heading(cell), 1
        while heading in found:
            number += 1
            heading = f"{_heading(cell)} ({number})"
        found[heading] = _title(cell)
    return found


def _plain(cell: str) -> str:
    """Return a cell without the sign that keeps spreadsheets from running it."""
    if cell[:1] == "'" and cell[1:2] and cell[1] in _FORMULA_SIGNS:
        cell = cell[1:]
    return clean(cell[:_CELL], lines=True).strip()


def _title(text: object) -> str:
    """Return a heading as it was meant: without what a program left of a byte order mark that it did not know."""
    return clean(str(text)).strip().removeprefix("ï»¿").strip(' "')


def _heading(text: object) -> str:
    return " ".join(_title(text).replace("_", " ").casefold().split())[:80]
