"""The key of a compiled catalog, which tells whether anything that it follows from changed, and stamps of other files.

A key has two parts. One is a digest of the content of the bundled data files and of the source of the code that shapes
the compiled form, so that a changed data file, a changed model and a changed way of folding words are noticed at the
next start, in an editable checkout as well as after an upgrade. The other is an outline of these files: their names and
sizes. Nobody attacks either: they are a CRC-32 with a length, since importing `hashlib` takes longer than reading all
these files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from zlib import crc32

from ..compiled.archive import read_mark
from ..lean_typing import TYPE_CHECKING, NamedTuple
from . import files
from .data_file import open_data_file

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE_ROOT = files.PACKAGE_ROOT
#: What shapes the compiled form: the model, the pipeline from files to it, the index, and the text functions of all.
_CODE_PACKAGES = ("catalog", "compiled", "datafiles", "reports", "search")
_CODE_MODULES = ("archive_writer.py", "loader.py", "text.py")
_MAX_MARK_SIZE = 100
#: Nanoseconds that installing a wheel takes at most.
_INSTALLING_TIME = 60 * 10**9


def bundled_key(compiled_file: str = "", data_root: str = "") -> str:
    """Return the key of the bundled data under this version of the code; `data_root` is where they are if elsewhere.

    Reading all files takes 5 ms, and longer with more data. They are not read as long as the file that the package has
    compiled, if it is named, carries a key with their outline and is at least as new as each of them.
    """
    data_root = data_root or files.bundled_data_root()
    outline, last_change = _survey(data_root)
    if compiled_file:
        key, written = _mark(compiled_file)
        if key.endswith(outline) and written >= last_change:
            return key
    return digest([("code", code_digest().encode()), *files.stored_files(data_root)]) + outline


def base_key(compiled_file: str, *, bundled: bool) -> str:
    """Return the key of what is compiled with the user's files: the bundled data and the code, or the code alone."""
    return bundled_key(compiled_file) if bundled else code_digest()


def _mark(compiled_file: str) -> tuple[str, int]:
    """Return the key that a compiled file carries, and when it was written; "" for any other file or none."""
    try:
        with open(compiled_file, "rb", buffering=0) as file:
            return read_mark(file.read(_MAX_MARK_SIZE)), os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return "", 0


def _survey(data_root: str) -> tuple[str, int]:
    """Return the outline of the files that a key follows from, and when the last of them was changed.

    In a source tree, copying an older file over another one is a change. The files of a wheel are replaced together,
    in any order and within a minute; their links and copies are as old as the files.
    """
    is_installed = data_root.startswith(_PACKAGE_ROOT)
    outline, last_change = [], 0
    for name, status in _statuses(data_root):
        outline.append(f"{name} {status.st_size}")
        change = status.st_mtime_ns - _INSTALLING_TIME if is_installed else max(status.st_mtime_ns, status.st_ctime_ns)
        last_change = max(last_change, change)
    return digest([("\n".join(outline), b"")]), last_change


def _statuses(data_root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what the file system says of each file that a key follows from, in a fixed order."""
    directories: list[tuple[str, str | tuple[str, ...]]] = [
        (directory, files.DATA_SUFFIXES) for directory in files.data_directories(data_root)
    ]
    directories += [(f"{_PACKAGE_ROOT}/{package}", ".py") for package in _CODE_PACKAGES]
    for directory, suffix in directories:
        for entry in files.list_files(directory, suffix):
            yield entry.name, entry.stat()
    for name in _CODE_MODULES:
        yield name, os.stat(f"{_PACKAGE_ROOT}/{name}")


class FileStamp(NamedTuple):
    """What tells whether a file has changed: where it is, what the file system says of it, and what is in it."""

    path: str
    size: int
    modified: int
    changed: int
    inode: int
    content: str


def stamp(file: str | Path) -> FileStamp:
    """Return the stamp of a file. Raises OSError when it is missing or not a regular file."""
    from hashlib import file_digest, sha256

    path = os.path.realpath(file)
    with open_data_file(file) as stream:
        status = os.fstat(stream.fileno())
        content = file_digest(stream, sha256).hexdigest()
    return FileStamp(path, *_times(status), content)


def is_unchanged(file: str | Path, known: FileStamp) -> bool:
    """Tell whether a file is what it was when it was stamped.

    Its content is read (0.6 ms a megabyte) only if the file system knows of a change, as after a copy or a backup.
    """
    status = os.stat(file)
    if os.path.realpath(file) != known.path or status.st_size != known.size:
        return False
    return FileStamp(known.path, *_times(status), known.content) == known or stamp(file).content == known.content


def _times(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@cache
def code_digest() -> str:
    """Return a digest of the source that shapes the compiled form."""
    return digest(_source_files())


def _source_files() -> Iterator[tuple[str, bytes]]:
    for package in _CODE_PACKAGES:
        for name, content in files.read_files(f"{_PACKAGE_ROOT}/{package}", ".py"):
            yield f"{package}/{name}", content
    for name in _CODE_MODULES:
        with open(f"{_PACKAGE_ROOT}/{name}", "rb", buffering=0) as file:
            yield name, file.read()


def digest(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return a digest of names and contents."""
    total, length = 0, 0
    for name, content in contents:
        title = f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass")  # of any file
        total = crc32(content, crc32(title, total))
        length += len(title) + len(content)
    return f"{total:08x}{length % 2**32:08x}"
