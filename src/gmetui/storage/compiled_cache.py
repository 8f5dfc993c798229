"""The cache of compiled data: each copy is in a directory of its own, and only those used last are kept."""

from __future__ import annotations

import os

from .paths import COMPILED_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MAX_CACHED_DIRECTORIES = 4
_MAX_WRITING_TIME = 3600.0  # seconds without a change after which whoever was writing a file is gone
_CACHE_NAME = r"[0-9a-f]{16}(?:-alone)?"


def write_compiled_copy(file_name: str, parts: Iterable[bytes]) -> bool:
    """Write a copy into the cache and return whether that was possible. Others are removed if there are too many."""
    from pathlib import Path

    from ..errors import FileError
    from .atomic import write_atomic_parts

    file = Path(file_name)
    try:
        write_atomic_parts(file, parts)
    except FileError:
        return False
    _prune(file)
    return True


def remove_compiled_copy(file: str) -> int:
    """Remove a damaged copy, so that it is made again, and return its size; 0 where that is impossible."""
    try:
        size = os.stat(file).st_size
        os.unlink(file)
    except OSError:
        return 0
    return size


def _prune(newest: Path) -> None:
    """Remove all but the last few compiled directories beside that of `newest`, and what killed processes left."""
    import re
    import shutil
    from contextlib import suppress

    cache = newest.parent.parent
    try:
        compiled = sorted(cache.glob(f"*/{COMPILED_FILE}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        latest_abandoned = newest.stat().st_mtime - _MAX_WRITING_TIME
        temporary = cache.glob("*/.*.gmetui.*.tmp")
        abandoned = [file for file in temporary if file.stat().st_mtime < latest_abandoned]
    except OSError:
        return  # another process is pruning
    for file in compiled[_MAX_CACHED_DIRECTORIES:]:
        if re.fullmatch(_CACHE_NAME, file.parent.name):
            shutil.rmtree(file.parent, ignore_errors=True)
    for file in abandoned:
        with suppress(OSError):
            file.unlink()
