"""Archives as files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable

from ..compiled.archive import Archive, give_up, open_archive
from ..lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Lock

#: Opening never waits for whoever writes into a pipe.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class ArchiveFile:
    """A file open for reading, which is closed when nothing uses it anymore. Threads may read at once."""

    _descriptor = -1

    def __init__(self, path: str | Path) -> None:
        """Open a file. Raises OSError when it cannot be opened, or is a pipe or a device."""
        self._lock = _lock()
        self._descriptor = os.open(path, _FLAGS)
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            close(self._descriptor)

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return os.fstat(self._descriptor).st_size

    def read(self, offset: int, length: int) -> bytes:
        """Return the bytes at an offset, fewer where the file ends."""
        content = self._read(offset, length)
        while len(content) < length and (more := self._read(offset + len(content), length - len(content))):
            content += more
        return content

    def _read(self, offset: int, length: int) -> bytes:
        if self._lock is None:
            return os.pread(self._descriptor, length, offset)
        with self._lock:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, length)


def _lock() -> Lock | None:
    """Return a lock where reading at an offset takes two steps: on Windows."""
    if hasattr(os, "pread"):
        return None
    from threading import Lock

    return Lock()


def open_archive_file(path: str | Path, key: str, restore: Callable[[], Archive] = give_up) -> Archive | None:
    """Open the archive at `path`, or return None when its schema or its key is another.

    Nothing is locked. The file stays open as long as the archive is in use; it can be replaced meanwhile. When a part
    of it turns out to be damaged, `restore` returns the archive made again, or raises `FileError`. Raises OSError when
    the file cannot be read, and `FileError` or ValueError when it is damaged as a whole.
    """
    file = ArchiveFile(path)
    return open_archive(file.read, file.size, key, restore)
