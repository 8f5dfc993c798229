"""Read the sheets of an Excel workbook (ECMA-376), row by row.

We don't use openpyxl: it builds all styles in memory (16 times their size), keeps an element of every row, and fills
gaps between row numbers, so that a workbook of 600 kB can take gigabytes and minutes.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import BinaryIO, NamedTuple
from xml.parsers import expat  # only for its error

from .open_file import ReadLimits
from .read_budget import ReadBudget
from .workbook_xml import AttributeHandler, PartHandler, SharedStringsHandler, SheetHandler, parse_part

_MEGABYTE = 1024 * 1024
_MAX_PARTS = 5_000
_WORKBOOK_PART, _RELATIONSHIPS_PART = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
#: Ids of the built-in number formats that show a date or a time.
_DATE_FORMAT_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FORMAT_LITERAL = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]\[]*\]|[_\\*].')
_DATE_CODE = re.compile(r"[dmhysDMHYS]")
_MAX_SERIAL = 2_958_466  # the day after December 31, 9999
_FIRST_RELIABLE_SERIAL = 60  # Excel counts February 29, 1900, which was not a day


class _WorkbookParts(NamedTuple):
    """Names of parts: (name, part) of the sheets, shared strings and styles or ""; `epoch` is the day of serial 0."""

    sheets: list[tuple[str, str]]
    shared_strings: str
    styles: str
    epoch: datetime


class _PartReader:
    """Reads parts of one archive within bounds that follow from its size."""

    def __init__(self, archive: zipfile.ZipFile, file_bytes: int, budget: ReadBudget) -> None:
        self._archive = archive
        self._max_elements = 2_000_000 + file_bytes
        self.max_string_bytes = 24 * _MEGABYTE + 6 * file_bytes
        self._budget = budget

    def size_of(self, name: str) -> int:
        return self._archive.getinfo(name).file_size

    def read(self, name: str, handler: PartHandler) -> Iterator[None]:
        """Pass a part to `handler`, and yield after every chunk."""
        with self._archive.open(name) as stream:
            yield from parse_part(stream, handler, self._max_elements, self._budget)  # type: ignore[arg-type]

    def read_all(self, name: str, handler: PartHandler) -> None:
        for _ in self.read(name, handler):
            pass


def read_workbook(
    file: BinaryIO, limits: ReadLimits, budget: ReadBudget
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield the name and the numbered rows of each sheet.

    Raises `ValueError` when the archive is not a workbook, unpacks to too much, is damaged, or declares entities.
    """
    file_bytes = file.seek(0, 2)
    with _rewording_errors(), zipfile.ZipFile(file) as archive:
        _check_archive(archive, file_bytes, limits)
        reader = _PartReader(archive, file_bytes, budget)
        parts = _find_parts(reader)
        decoder = _CellDecoder(
            _read_shared_strings(reader, parts.shared_strings, limits), _date_styles(reader, parts.styles), parts.epoch
        )
        for name, part in parts.sheets:
            yield name, _read_rows(reader, part, limits, decoder)


@contextmanager
def _rewording_errors() -> Iterator[None]:
    """Raise `ValueError` for a damaged workbook."""
    try:
        yield
    except (ValueError, MemoryError):
        raise
    except expat.ExpatError as error:
        raise ValueError(f"the workbook is damaged: {error}") from error
    except Exception as error:  # on a damaged archive, zipfile may seek outside the file or meet unknown compression
        raise ValueError(f"the workbook is damaged ({type(error).__name__})") from error


def _check_archive(archive: zipfile.ZipFile, file_bytes: int, limits: ReadLimits) -> None:
    """Raise `ValueError` for an archive that is not a workbook, or that unpacks to more than lists of its size do."""
    parts = archive.infolist()
    max_bytes = min(limits.unpacked_bytes, 32 * _MEGABYTE + 16 * file_bytes)
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > max_bytes:
        raise ValueError("it unpacks to more than a list can hold")
    part_names = {part.filename for part in parts}
    if "content.xml" in part_names:
        raise ValueError("it is an OpenDocument spreadsheet; save it as Excel (.xlsx) or CSV")
    if _WORKBOOK_PART not in part_names:
        raise ValueError("it is an archive, not a workbook")


def _find_parts(reader: _PartReader) -> _WorkbookParts:
    workbook, relationships = AttributeHandler("sheet", "workbookPr"), AttributeHandler("Relationship")
    reader.read_all(_WORKBOOK_PART, workbook)
    reader.read_all(_RELATIONSHIPS_PART, relationships)
    targets: dict[str, str] = {}
    parts_by_type: dict[str, str] = {}
    sheet_ids = set()
    for _, attributes in relationships.elements:
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        kind = attributes.get("Type", "").rpartition("/")[2]
        targets[attributes.get("Id", "")] = part
        parts_by_type.setdefault(kind, part)
        if kind == "worksheet":
            sheet_ids.add(attributes.get("Id", ""))
    sheets = [
        (attributes.get("name", ""), targets[attributes["id"]])
        for name, attributes in workbook.elements
        if name == "sheet" and attributes.get("id") in sheet_ids  # the others are charts
    ]
    uses_1904 = any(
        attributes.get("date1904") in ("1", "true") for name, attributes in workbook.elements if name == "workbookPr"
    )
    epoch = datetime(1904, 1, 1) if uses_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # Excel has no time zones
    return _WorkbookParts(sheets, parts_by_type.get("sharedStrings", ""), parts_by_type.get("styles", ""), epoch)


def _read_shared_strings(reader: _PartReader, part: str, limits: ReadLimits) -> list[str]:
    handler = SharedStringsHandler(limits.cell_length)
    if part:
        if reader.size_of(part) > reader.max_string_bytes:
            raise ValueError("it has more text than a list can hold")
        reader.read_all(part, handler)
    return handler.strings


def _date_styles(reader: _PartReader, part: str) -> frozenset[str]:
    """Return the indexes of the cell styles that show a date or a time."""
    handler = _StylesHandler()
    if part:
        reader.read_all(part, handler)
    return frozenset(handler.date_styles)


class _StylesHandler(PartHandler):
    """Collects the indexes of the cell styles that show a date or a time. Only these two tables of styles matter."""

    def __init__(self) -> None:
        super().__init__(0)
        self._is_in_cell_styles = False
        self._style_count = 0
        self._date_formats = {str(format_id) for format_id in _DATE_FORMAT_IDS}
        self.date_styles: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Read a number format or a cell style."""
        if name == "numFmt":
            first_format = attributes.get("formatCode", "")[:1024].split(";", 1)[0]
            if _DATE_CODE.search(_FORMAT_LITERAL.sub("", first_format)):
                self._date_formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._is_in_cell_styles = True
        elif name == "xf" and self._is_in_cell_styles:
            if attributes.get("numFmtId") in self._date_formats:
                self.date_styles.add(str(self._style_count))
            self._style_count += 1

    def end(self, name: str) -> None:
        """Leave the table of cell styles."""
        if name == "cellXfs":
            self._is_in_cell_styles = False


class _CellDecoder:
    """Turns what a cell holds into the text that it shows, with dates in ISO 8601."""

    def __init__(self, shared_strings: list[str], date_styles: frozenset[str], epoch: datetime) -> None:
        self._shared_strings = shared_strings
        self._date_styles = date_styles
        self._epoch = epoch

    def __call__(self, text: str, cell_type: str, style: str) -> str:
        if cell_type == "s":
            return self._shared_string(text)
        if cell_type == "n":
            return self._number(text, style)
        if cell_type == "b":
            return "True" if text.strip() in ("1", "true") else "False"
        return _without_midnight(text) if cell_type == "d" else text

    def _shared_string(self, text: str) -> str:
        index = int(text) if text.isdecimal() and len(text) < 10 else len(self._shared_strings)
        if index >= len(self._shared_strings):
            raise ValueError("the workbook is damaged: it lacks the text of a cell")
        return self._shared_strings[index]

    def _number(self, text: str, style: str) -> str:
        if style not in self._date_styles and text.removeprefix("-").isdecimal():
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        if style in self._date_styles and 0 <= number < _MAX_SERIAL:
            return self._date(number)
        return str(number) if math.isfinite(number) else text

    def _date(self, serial: float) -> str:
        if serial < 1:
            return str((self._epoch + _duration(serial)).time())
        if serial < _FIRST_RELIABLE_SERIAL and self._epoch.year == 1899:
            serial += 1
        try:
            return _without_midnight((self._epoch + _duration(serial)).isoformat())
        except OverflowError:
            return str(serial)


def _duration(serial: float) -> timedelta:
    """Return days as Excel shows them: to the second."""
    return timedelta(seconds=round(serial * 86_400))


def _without_midnight(text: str) -> str:
    return text.removesuffix("T00:00:00")


def _read_rows(
    reader: _PartReader, part: str, limits: ReadLimits, decoder: _CellDecoder
) -> Iterator[tuple[int, list[str]]]:
    handler = SheetHandler(limits.cell_length, limits.columns, decoder)
    with _rewording_errors():
        for _ in reader.read(part, handler):
            rows, handler.rows = handler.rows, []
            yield from rows
