"""Writing to a file that the user names: exports and lists of doubtful rows.

A regular file is replaced completely or not at all; a new one has the permissions that the umask gives it. A pipe, a
device or a descriptor such as `/dev/stdout` is written to in place and never replaced. Terminals and disks are refused.
"""

from __future__ import annotations

import os
import re
import select
import stat
from contextlib import suppress
from pathlib import Path

from ..errors import FileError
from ..text import sanitize
from .atomic import file_error, real_path, write_atomic
from .regular_file import describe_kind

_WAIT_LIMIT = 30.0  # seconds to wait for a reader to take the next bytes
_CHUNK_SIZE = 65536  # bytes; the capacity of a pipe on Linux
_DESCRIPTOR_PATH = re.compile(r"/dev/fd/(\d{1,9})|/proc/self/fd/(\d{1,9})|/dev/(stdin|stdout|stderr)")
_STANDARD_DESCRIPTORS = {"stdin": 0, "stdout": 1, "stderr": 2}
_IS_WINDOWS = os.name == "nt"
# What Windows takes for a device, with any extension: writing to it prints or loses the content.
_DEVICE_NAME = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ .]*(\..*)?", re.IGNORECASE)
# Characters that no file name has there. After a colon, the content would go to a hidden stream of another file.
_INVALID_CHARACTERS = re.compile(r'[<>:"|?*\x01-\x1f]')
# Without O_NONBLOCK, opening a pipe waits for a reader; without O_NOCTTY, a terminal may become ours.
_OPEN_FLAGS = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def output_path(text: str) -> Path:
    """Return the file that a user names, with `~` expanded. Raises `FileError` if it cannot be a file."""
    if not text.strip():
        raise FileError("gmetui: the file name is empty")
    if "\0" in text:
        raise FileError(f"gmetui: “{sanitize(text)}” is not a file name")
    if _IS_WINDOWS:
        _require_windows_name(Path(text).name)
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise FileError(f"gmetui: cannot find the home directory of {sanitize(Path(text).parts[0])}") from error


def _require_windows_name(name: str) -> None:
    """Raise `FileError` for a file name that Windows takes for something else."""
    if _DEVICE_NAME.fullmatch(name):
        raise FileError(f"gmetui: “{sanitize(name)}” is the name of a device on Windows")
    if invalid := _INVALID_CHARACTERS.search(name):
        raise FileError(f"gmetui: “{sanitize(name)}” is not a file name on Windows: it has “{sanitize(invalid[0])}”")
    if name.rstrip(". ") != name and name not in (".", ".."):  # they would be cut, and another file replaced
        raise FileError(f"gmetui: “{sanitize(name)}” is not a file name on Windows: it ends in a dot or a blank")


def is_regular_output(path: Path) -> bool:
    """Tell whether output to a path makes or replaces a regular file, rather than going to a pipe or device."""
    if _descriptor(path) is not None:
        return False
    try:
        mode = _mode(path)
    except OSError:
        return True
    return mode is None or stat.S_ISREG(mode)


def write_output(path: Path, content: str | bytes, *, makes_folders: bool = False) -> None:
    """Write an export to a file, pipe or device. Raises `FileError`; a regular file then has its old content.

    The folder must exist unless `makes_folders` is set: a folder that a typing mistake made is hard to find.
    """
    encoded = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        descriptor = _descriptor(path)
        if descriptor is not None:
            _write_to(_refuse_terminal(os.dup(descriptor), path), encoded)
            return
        mode = _mode(path)
        if mode is None and not makes_folders:
            _require_folder(path)
        if mode is None or stat.S_ISREG(mode):
            write_atomic(path, encoded, is_private=False)
        elif stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            _write_in_place(path, encoded)
        else:
            raise _refusal(path, f"it is {describe_kind(mode)}")
    except BrokenPipeError as error:
        raise _refusal(path, "its reader has closed it") from error
    except ValueError as error:
        raise _refusal(path, "it is not a file name") from error
    except OSError as error:
        raise file_error("write", path, error) from error


def _require_folder(path: Path) -> None:
    """Raise `FileError` if the folder of a new file doesn't exist. A link may lead to a file in another folder."""
    folder = real_path(path).parent
    if not folder.exists():
        raise _refusal(path, f"there is no folder {sanitize(str(folder))}")


def _descriptor(path: Path) -> int | None:
    """Return the open descriptor that a path such as `/dev/fd/63` names, or None."""
    match = _DESCRIPTOR_PATH.fullmatch(path.as_posix())
    if match is None:
        return None
    name = match[1] or match[2]
    return int(name) if name else _STANDARD_DESCRIPTORS[match[3]]


def _mode(path: Path) -> int | None:
    """Return the mode of the file that a path leads to, or None if it doesn't exist."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _refusal(path: Path, reason: str) -> FileError:
    return FileError(f"gmetui: cannot write {sanitize(str(path))}: {reason}")


def _write_in_place(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        if _is_pipe(path):
            raise _refusal(path, "no program is reading this pipe") from error
        raise
    _write_to(_refuse_terminal(descriptor, path), content)


def _refuse_terminal(descriptor: int, path: Path) -> int:
    """Return the descriptor unless it leads to a terminal, where an export would only disturb what is on screen."""
    if os.isatty(descriptor):
        os.close(descriptor)
        raise _refusal(path, "it is a terminal")
    return descriptor


def _is_pipe(path: Path) -> bool:
    with suppress(OSError):
        return path.is_fifo()
    return False


def _write_to(descriptor: int, content: bytes) -> None:
    """Write everything to a descriptor and close it. Raises `OSError`, even when its reader stalls for long."""
    try:
        remaining = memoryview(content)
        while remaining:
            _wait_for_reader(descriptor)
            try:
                remaining = remaining[os.write(descriptor, remaining[:_CHUNK_SIZE]) :]
            except BlockingIOError:
                continue
    finally:
        os.close(descriptor)


def _wait_for_reader(descriptor: int) -> None:
    if os.name != "posix":  # Windows cannot wait for anything but sockets
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    if not poll.poll(_WAIT_LIMIT * 1000):
        raise TimeoutError(None, "its reader takes nothing")
