"""Opening a file that somebody gives us: only a plain file, bounded before anything is made of it, and only whole.

What it is, is told from its first bytes, never from its name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ...text import clean
from ..import_errors import TableError


class Bounds(NamedTuple):
    """What is read at most: bytes of the file and of a workbook once unpacked, rows, columns, letters of a cell."""

    size: int
    unpacked: int
    rows: int
    columns: int
    cell: int


_MB = 1024 * 1024
#: A person's own list.
LISTS = Bounds(32 * _MB, 256 * _MB, 20_000, 200, 32_767)
#: A list of programs; the whole country has 14,000.
PROGRAMS = Bounds(1024 * _MB, 1024 * _MB, 2_000_000, 500, 32_767)
_HEAD = 64 * 1024
#: How files begin that are no lists.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a sound"),
    (b"%PDF", "a PDF; copy its text into a file and import that"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as Excel (.xlsx) or CSV"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"\xfd7zXZ", "compressed; unpack it first"),
    (b"(\xb5/\xfd", "compressed; unpack it first"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"SQLite format 3", "a database; export its table as CSV"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"\x7fELF", "a program for computers"),
    (b"MZ", "a program for computers"),
    (b"#!", "a script"),
    (b"{\\rtf", "a text document (RTF); save it as plain text"),
)


@contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[BinaryIO]:
    """Open a file for reading. Raises `TableError` when it is no plain file, too large, empty, clearly something else,
    or changes while it is read; `OSError` when it cannot be opened."""
    shown = clean(path.name)
    # Opening a pipe would wait for somebody to write into it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise TableError(f"gmetui: {shown}: is no file that holds a list")
        if before.st_size > bounds.size:
            raise TableError(f"gmetui: {shown}: is larger than {bounds.size // _MB:,} MB")
        _check_head(shown, file.read(_HEAD))
        file.seek(0)
        yield file
        after = os.fstat(handle)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise TableError(f"gmetui: {shown}: changed while it was read; import it again when it is whole")


def _check_head(shown: str, head: bytes) -> None:
    if not head.strip():
        raise TableError(f"gmetui: {shown}: is empty")
    for start, what in _OTHERS:
        if head.startswith(start):
            raise TableError(f"gmetui: {shown}: is no list of programs: it is {what}")
    if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        words = "it is a web page; copy its table into a spreadsheet, or its text into a file"
        raise TableError(f"gmetui: {shown}: is no list of programs: {words}")
