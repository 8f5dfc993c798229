"""Excel workbooks to rows of texts, one sheet after the other."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, BinaryIO

from .open_file import Bounds

_HEAD = 4096


def check_workbook(file: BinaryIO, bounds: Bounds) -> None:
    """Raise `ValueError` when an archive is no workbook, unpacks to too much, is damaged, or declares entities."""
    try:
        _check(file, bounds)
    except ValueError:
        raise
    except Exception as error:  # a broken archive makes the library seek to nowhere, or name what it cannot unpack
        raise _damaged(error) from error
    file.seek(0)


def _check(file: BinaryIO, bounds: Bounds) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
        if len(parts) > 5_000 or sum(part.file_size for part in parts) > bounds.unpacked:
            raise ValueError("it unpacks to more than a list can be")
        names = {part.filename for part in parts}
        if "content.xml" in names:
            raise ValueError("it is a spreadsheet in another form; save it as Excel (.xlsx) or CSV")
        if "xl/workbook.xml" not in names:
            raise ValueError("it is an archive, not a workbook")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as inner:
                    if b"<!DOCTYPE" in inner.read(_HEAD):
                        raise ValueError("it declares entities, which no workbook does")


def sheets_of(file: BinaryIO, bounds: Bounds) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Yield the name and the rows of each sheet. Raises `ValueError` when the workbook is damaged."""
    check_workbook(file, bounds)
    import openpyxl  # half a second

    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever it trips over, SyntaxError for bad XML too
        raise _damaged(error) from error
    with closing(book):
        for sheet in book.worksheets:
            yield sheet.title, _rows(sheet, bounds)


def _rows(sheet: Any, bounds: Bounds) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    try:
        for row in sheet.iter_rows(values_only=True, max_col=bounds.columns):
            cells = [_text(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()  # rows are as wide as is allowed
            yield cells
    except ValueError:
        raise
    except Exception as error:
        raise _damaged(error) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _damaged(error: Exception) -> ValueError:
    return ValueError(f"the workbook is damaged ({type(error).__name__})")
