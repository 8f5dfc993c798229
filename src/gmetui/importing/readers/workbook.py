"""Read the sheets of an Excel workbook (ECMA-376) or an OpenDocument spreadsheet, row by row.

We don't use openpyxl: it builds all styles in memory (16 times their size), keeps an element of every row, and fills
gaps between row numbers, so that a workbook of 600 kB can take gigabytes and minutes. Neither do we use
python-calamine, which reads more formats: its work cannot be bounded, and it tells neither hidden rows nor links nor
formulas without values.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, NamedTuple
from xml.parsers import expat  # only for its error

from .open_file import ReadLimits
from .opendocument import CONTENT_PART, ContentHandler
from .read_budget import ReadBudget
from .sheet_notes import HIDDEN_SHEET, SheetNotes, hidden_rows_message
from .workbook_cells import StylesHandler, WorkbookCellDecoder
from .workbook_xml import (
    AttributeHandler,
    MergedCells,
    PartHandler,
    SharedStringsHandler,
    SheetHandler,
    cell_position,
    merged_cells,
    parse_part,
)

_MEGABYTE = 1024 * 1024
_MAX_PARTS = 5_000
_USUAL_WORKBOOK = "xl/workbook.xml"
_SCAN_BYTES = 256 * 1024
_LAYOUT_TAGS = (b"mergeCell", b"hyperlink")
_MAX_MERGED = 50_000
_NumberedRows = Iterator[tuple[int, list[str]]]


class _SheetPart(NamedTuple):
    name: str
    part: str
    is_hidden: bool


class _WorkbookParts(NamedTuple):
    """The sheets, the parts of shared strings and styles or "", and the day of serial 0."""

    sheets: list[_SheetPart]
    shared_strings: str
    styles: str
    epoch: datetime


class _PartReader:
    """Reads parts of one archive within bounds that follow from its size. Part names are those of `normalized_part`."""

    def __init__(self, archive: zipfile.ZipFile, file_bytes: int, budget: ReadBudget) -> None:
        self._archive = archive
        self._parts = {normalized_part(part.filename): part for part in archive.infolist()}
        self._max_elements = 2_000_000 + file_bytes
        self.max_string_bytes = 24 * _MEGABYTE + 6 * file_bytes
        self._budget = budget

    def __contains__(self, name: str) -> bool:
        return normalized_part(name) in self._parts

    def size_of(self, name: str) -> int:
        return self._parts[normalized_part(name)].file_size

    def read(self, name: str, handler: PartHandler) -> Iterator[None]:
        """Pass a part to `handler`, and yield after every chunk."""
        with self._archive.open(self._parts[normalized_part(name)]) as stream:
            yield from parse_part(stream, handler, self._max_elements, self._budget)  # type: ignore[arg-type]

    def read_all(self, name: str, handler: PartHandler) -> None:
        for _ in self.read(name, handler):
            pass

    def contains_tag(self, name: str, tags: tuple[bytes, ...]) -> bool:
        """Return whether a part may have an element with one of these names, without parsing it."""
        overlap = b""
        with self._archive.open(self._parts[normalized_part(name)]) as stream:
            while chunk := stream.read(_SCAN_BYTES):
                self._budget.check_time()
                if any(tag in overlap + chunk for tag in tags):
                    return True
                overlap = chunk[-max(map(len, tags)) :]
        return False


def normalized_part(name: str) -> str:
    """Return the name of a part as names are compared: programs write backslashes, capitals, or a leading slash."""
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).casefold()


def read_workbook(
    file: BinaryIO, limits: ReadLimits, budget: ReadBudget
) -> Iterator[tuple[str, _NumberedRows, SheetNotes]]:
    """Yield the name, the numbered rows, and the notes of each sheet.

    Raises `ValueError` when the archive is not a workbook, unpacks to too much, is damaged, or declares entities.
    """
    file_bytes = file.seek(0, 2)
    with _rewording_errors(), zipfile.ZipFile(file) as archive:
        _check_archive(archive, file_bytes, limits)
        reader = _PartReader(archive, file_bytes, budget)
        if CONTENT_PART in reader:
            yield from _read_opendocument(reader, limits)
            return
        parts = _find_parts(reader)
        styles = StylesHandler()
        if parts.styles in reader:
            reader.read_all(parts.styles, styles)
        strings = _read_shared_strings(reader, parts.shared_strings, limits)
        decoder = WorkbookCellDecoder(strings, frozenset(styles.date_styles), parts.epoch)
        for sheet in parts.sheets:
            notes = SheetNotes(rejection=HIDDEN_SHEET if sheet.is_hidden else "")
            yield sheet.name, _read_rows(reader, sheet.part, limits, decoder, notes), notes


def _read_opendocument(reader: _PartReader, limits: ReadLimits) -> Iterator[tuple[str, _NumberedRows, SheetNotes]]:
    handler = ContentHandler(limits.cell_length, limits.columns, reader.max_string_bytes, limits.rows)
    reader.read_all(CONTENT_PART, handler)
    if not handler.sheets:
        raise ValueError("it is an OpenDocument file, but not a spreadsheet")
    yield from ((sheet.name, iter(sheet.rows), sheet.notes) for sheet in handler.sheets)


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
    """Raise `ValueError` for an archive that unpacks to more than lists of its size do."""
    parts = archive.infolist()
    max_bytes = min(limits.unpacked_bytes, 32 * _MEGABYTE + 16 * file_bytes)
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > max_bytes:
        raise ValueError("it unpacks to more than a list can hold")


def _relationships(reader: _PartReader, part: str) -> list[dict[str, str]]:
    """Return the relationships of a part, each with the part in "Target" that it leads to."""
    directory, _, name = part.rpartition("/")
    relationships_part = posixpath.join(directory, "_rels", f"{name}.rels")
    handler = AttributeHandler("Relationship")
    if relationships_part in reader:
        reader.read_all(relationships_part, handler)
    relationships = []
    for _, attributes in handler.elements:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith(("/", "\\")) else posixpath.join(directory, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        relationships.append({"Id": attributes.get("Id", ""), "kind": kind, "Target": target})
    return relationships


def _find_workbook(reader: _PartReader) -> str:
    """Return the name of the workbook's main part. Raises `ValueError` for another archive."""
    targets = (
        relationship["Target"]
        for relationship in _relationships(reader, "")
        if relationship["kind"] == "officeDocument"
    )
    part = next((target for target in targets if target in reader), _USUAL_WORKBOOK)
    if normalized_part(part).endswith(".bin"):
        raise ValueError("it is a binary workbook (.xlsb); save it as Excel (.xlsx) or CSV")
    if part not in reader:
        raise ValueError("it is an archive, not a workbook")
    return part


def _find_parts(reader: _PartReader) -> _WorkbookParts:
    workbook_part = _find_workbook(reader)
    workbook = AttributeHandler("sheet", "workbookPr")
    reader.read_all(workbook_part, workbook)
    targets: dict[str, str] = {}
    parts_by_kind: dict[str, str] = {}
    for relationship in _relationships(reader, workbook_part):
        parts_by_kind.setdefault(relationship["kind"], relationship["Target"])
        if relationship["kind"] == "worksheet" and relationship["Target"] in reader:
            targets[relationship["Id"]] = relationship["Target"]
    sheets = [
        _SheetPart(attributes.get("name", ""), targets[attributes["id"]], attributes.get("state", "") in _HIDDEN_STATES)
        for name, attributes in workbook.elements
        if name == "sheet" and attributes.get("id") in targets  # the others are charts
    ]
    uses_1904 = any(
        attributes.get("date1904") in ("1", "true") for name, attributes in workbook.elements if name == "workbookPr"
    )
    epoch = datetime(1904, 1, 1) if uses_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # Excel has no time zones
    return _WorkbookParts(sheets, parts_by_kind.get("sharedStrings", ""), parts_by_kind.get("styles", ""), epoch)


_HIDDEN_STATES = ("hidden", "veryHidden")


def _read_shared_strings(reader: _PartReader, part: str, limits: ReadLimits) -> list[str]:
    handler = SharedStringsHandler(limits.cell_length)
    if part in reader:
        if reader.size_of(part) > reader.max_string_bytes:
            raise ValueError("it has more text than a list can hold")
        reader.read_all(part, handler)
    return handler.strings


def _read_rows(
    reader: _PartReader, part: str, limits: ReadLimits, decoder: WorkbookCellDecoder, notes: SheetNotes
) -> _NumberedRows:
    with _rewording_errors():
        merged = _read_layout(reader, part, notes)
        handler = SheetHandler(limits.cell_length, limits.columns, decoder, merged, notes)
        for _ in reader.read(part, handler):
            rows, handler.rows = handler.rows, []
            yield from rows
        if handler.hidden_count:
            notes.messages.append(hidden_rows_message(handler.hidden_count))


def _read_layout(reader: _PartReader, part: str, notes: SheetNotes) -> list[MergedCells]:
    """Return the merged cells of a sheet and note its links: both follow the rows in the part."""
    if not reader.contains_tag(part, _LAYOUT_TAGS):
        return []
    layout = AttributeHandler("mergeCell", "hyperlink")
    reader.read_all(part, layout)
    urls = {relationship["Id"]: relationship["Target"] for relationship in _relationships(reader, part)}
    merged: list[MergedCells] = []
    for name, attributes in layout.elements:
        if name == "mergeCell":
            if (cells := merged_cells(attributes.get("ref", ""))) is not None and len(merged) < _MAX_MERGED:
                merged.append(cells)
        else:
            row_number, column = cell_position(attributes.get("ref", ""))
            notes.add_link(row_number, column, urls.get(attributes.get("id", ""), ""))
    return merged
