"""Opening a data file."""

from __future__ import annotations

import errno
import os
import stat

from ..lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

_MAX_FILE_SIZE = 1024 * 1024 * 1024  # bytes; the whole country needs a hundredth of it


def open_data_file(path: str | Path) -> BufferedReader:
    """Open a regular file of bounded size. Raises `OSError` for any other file, without waiting for a pipe."""
    # Without O_NONBLOCK, opening a pipe waits for someone to write to it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        if status.st_size > _MAX_FILE_SIZE:
            raise OSError(errno.EFBIG, f"it is larger than {_MAX_FILE_SIZE // 1024 // 1024} MB")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
