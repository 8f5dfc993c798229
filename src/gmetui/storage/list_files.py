"""The files of imported lists and calendars in a directory, which every start looks for; storing them takes more."""

from __future__ import annotations

import os

from ..text import is_slug

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".toml"


def file_names(directory: str | Path, suffix: str = SUFFIX) -> list[str]:
    """Return the sorted names of the files with a suffix, none where there is no such directory."""
    try:
        return sorted(name for name in os.listdir(directory) if name.endswith(suffix))
    except OSError:
        return []


def list_file_names(directory: str | Path) -> list[str]:
    """Return the names of the files of lists; other files, such as copies by a sync tool, are left out."""
    return [name for name in file_names(directory) if is_slug(name.removesuffix(SUFFIX))]


def ignored_file_names(directory: str | Path) -> list[str]:
    """Return the names of files beside the lists that look like lists and are ignored."""
    names = [name for name in file_names(directory) if not is_slug(name.removesuffix(SUFFIX))]
    return [name for name in names if not name.startswith(".")]
