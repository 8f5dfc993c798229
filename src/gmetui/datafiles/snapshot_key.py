"""The key of a compiled catalog, a digest of everything that it and its index follow from, and stamps of other files.

The key covers the content of the bundled data files and the source of the code that shapes the compiled form, so that a
changed data file, a changed model and a changed way of folding words are noticed at the next start, in an editable
checkout as well as after an upgrade. Nobody attacks it: it is a CRC-32 with a length, since importing `hashlib` takes
longer than reading all these files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from .files import bundled_files, open_data_file, read_files

_PACKAGE_ROOT = Path(__file__).resolve().parents[1]
#: What shapes the compiled form: the model, the pipeline from files to it, the index, and the text functions of all.
_CODE_PACKAGES = ("catalog", "compiled", "datafiles", "reports", "search")
_CODE_MODULES = ("loader.py", "text.py")


def bundled_key() -> str:
    """Return the key of the bundled data under this version of the code."""
    return digest([("code", code_digest().encode()), *bundled_files()])


def base_key(*, bundled: bool) -> str:
    """Return the key of what is compiled with the user's files: the bundled data and the code, or the code alone."""
    return bundled_key() if bundled else code_digest()


class FileStamp(NamedTuple):
    """What tells whether a file has changed: where it is, what the file system says of it, and what is in it."""

    path: str
    size: int
    modified: int
    changed: int
    inode: int
    content: str


def stamp(file: Path) -> FileStamp:
    """Return the stamp of a file. Raises OSError when it is missing or not a regular file."""
    from hashlib import file_digest, sha256

    path = os.path.realpath(file)
    with open_data_file(file) as stream:
        status = os.fstat(stream.fileno())
        content = file_digest(stream, sha256).hexdigest()
    return FileStamp(path, *_times(status), content)


def is_unchanged(file: Path, known: FileStamp) -> bool:
    """Tell whether a file is what it was when it was stamped.

    Its content is read (0.6 ms a megabyte) only if the file system knows of a change, as after a copy or a backup.
    """
    status = file.stat()
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
        for name, content in read_files(_PACKAGE_ROOT / package, ".py"):
            yield f"{package}/{name}", content
    for name in _CODE_MODULES:
        yield name, (_PACKAGE_ROOT / name).read_bytes()


def digest(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return a digest of names and contents."""
    total, length = 0, 0
    for name, content in contents:
        title = f"{name}\0{len(content)}\0".encode()
        total = crc32(content, crc32(title, total))
        length += len(title) + len(content)
    return f"{total:08x}{length % 2**32:08x}"
