"""Open an imported file safely: a regular file of bounded size, rejected early when its first bytes show it is no list.

The file name never decides the format.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ...errors import UnreadableListError
from ...text import sanitize


class ReadLimits(NamedTuple):
    """The most that is read of a file: its bytes, the bytes of an unpacked workbook, rows, columns, characters a cell.

    A wider row or a longer cell is cut when `truncates` is set; otherwise the file is rejected.
    """

    file_bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cell_length: int
    truncates: bool = False

    def for_file(self, file_bytes: int) -> ReadLimits:
        """Return the limits for a file of this size: no useful file has a row in a few bytes."""
        return self._replace(rows=min(self.rows, _BASE_ROWS + file_bytes // _BYTES_PER_ROW))


_MEGABYTE = 1024 * 1024
_BASE_ROWS, _BYTES_PER_ROW = 60_000, 64
SHORTLIST_LIMITS = ReadLimits(32 * _MEGABYTE, 256 * _MEGABYTE, 20_000, 200, 32_767, truncates=True)
#: All programs of the country are about 14,000 rows.
PROGRAM_LIST_LIMITS = ReadLimits(1024 * _MEGABYTE, 1024 * _MEGABYTE, 2_000_000, 500, 32_767)
_HEAD_BYTES = 64 * 1024
#: The first bytes of files that are not lists, and what the error calls them.
_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or sound file"),
    (b"%PDF", "a PDF; copy its text into a file and import that"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file; save it as Excel (.xlsx) or CSV"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"BZh", "a compressed file; unpack it first"),
    (b"\xfd7zXZ", "a compressed file; unpack it first"),
    (b"(\xb5/\xfd", "a compressed file; unpack it first"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"SQLite format 3", "a database; export its table as CSV"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"\x7fELF", "an executable"),
    (b"MZ", "an executable"),
    (b"#!", "a script"),
    (b"{\\rtf", "a rich text document; save it as plain text"),
)


@contextmanager
def open_list_file(path: Path, limits: ReadLimits) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises `UnreadableListError` when it is not a regular file, is too large, empty or obviously not a list, or changes
    while it is read; `OSError` when it cannot be opened.
    """
    file_name = sanitize(path.name)
    # Without O_NONBLOCK, opening a pipe waits for someone to write to it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableListError(f"gmetui: {file_name}: not a regular file")
        if status.st_size > limits.file_bytes:
            raise UnreadableListError(f"gmetui: {file_name}: larger than {limits.file_bytes // _MEGABYTE:,} MB")
        _check_head(file_name, file.read(_HEAD_BYTES))
        file.seek(0)
        yield file
        final_status = os.fstat(descriptor)
        if (status.st_size, status.st_mtime_ns) != (final_status.st_size, final_status.st_mtime_ns):
            raise UnreadableListError(f"gmetui: {file_name}: changed while it was being read; try again later")


def _check_head(file_name: str, head: bytes) -> None:
    if not head.strip():
        raise UnreadableListError(f"gmetui: {file_name}: the file is empty")
    description = next((description for prefix, description in _OTHER_FORMATS if head.startswith(prefix)), "")
    if description:
        raise UnreadableListError(f"gmetui: {file_name}: not a program list: this is {description}")
