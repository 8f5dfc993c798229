"""Opening the user's files: regular files of bounded size. Pipes, devices and directories are refused at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import DamagedFileError
from ..text import sanitize
from .atomic import file_error

_MEGABYTE = 1024 * 1024
#: The most that is read of one file, packed or unpacked. A list of all programs of the country needs a fifth of it.
MAX_FILE_BYTES = 16 * _MEGABYTE
#: Ends every message about a damaged file.
LEFT_UNTOUCHED = "; gmetui left the file untouched"
_FILE_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Without O_NONBLOCK, opening a pipe waits for someone to write to it; with a terminal, O_NOCTTY keeps ours.
_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
)  # Windows lacks the first two, others the last


def read_user_file(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes | None:
    """Return the content of one of the user's files, or None if it doesn't exist.

    Raises `DamagedFileError` if it isn't a regular file or is larger than `max_bytes`, and `FileError` if it cannot be
    read. Never waits for another program.
    """
    content = read_head(path, max_bytes + 1)
    if content is not None and len(content) > max_bytes:
        raise damaged(path, f"is larger than {max_bytes // _MEGABYTE:,} MB")
    return content


def read_head(path: Path, byte_count: int) -> bytes | None:
    """Return the first bytes of one of the user's files, or None if it doesn't exist. Raises as `read_user_file`."""
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise file_error("read", path, error) from error
    try:
        _require_regular(path, descriptor)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(byte_count)
    except OSError as error:
        raise file_error("read", path, error) from error
    finally:
        with suppress(OSError):
            os.close(descriptor)


def user_file_parts(path: Path, max_bytes: int) -> Iterator[bytes]:
    """Yield the content of one of the user's files in parts, none if it is missing. Raises as `read_user_file`."""
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise file_error("read", path, error) from error
    try:
        _require_regular(path, descriptor)
        size = 0
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            while part := file.read(_MEGABYTE):
                size += len(part)
                if size > max_bytes:
                    raise damaged(path, f"is larger than {max_bytes // _MEGABYTE:,} MB")
                yield part
    except OSError as error:
        raise file_error("read", path, error) from error
    finally:
        with suppress(OSError):
            os.close(descriptor)


def _require_regular(path: Path, descriptor: int) -> None:
    """Raise `DamagedFileError` if an open file is not a regular one."""
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        raise damaged(path, f"is {describe_kind(mode)}, not a regular file")


def describe_kind(mode: int) -> str:
    """Return what a file is that isn't regular, by its mode: "a directory", "a pipe"."""
    return next((kind for is_kind, kind in _FILE_KINDS if is_kind(mode)), "a special file")


def damaged(path: Path, reason: str) -> DamagedFileError:
    """Return the error for a file that isn't what it should be."""
    return DamagedFileError(f"{sanitize(str(path))}: {reason}{LEFT_UNTOUCHED}")
