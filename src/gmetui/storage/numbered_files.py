"""A directory of numbered files: `000001.toml.gz`, `000002.toml.gz` … A number is never used twice.

Sync tools leave conflicted copies there, and people leave anything; such files are ignored and never removed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path

from ..errors import FileError
from ..text import sanitize
from .atomic import file_error

_LAST_NUMBER = 999_999_999
_NUMBER = r"(\d{1,9})"


class NumberedFiles:
    """The numbered files of one directory. With several suffixes, the last one wins for the same number."""

    def __init__(self, directory: Path, *suffixes: str) -> None:
        self.directory = directory
        self._suffixes = suffixes

    def paths(self) -> dict[int, Path]:
        """Return the files by number, in ascending order. Raises `FileError` if the directory cannot be read."""
        return {number: self.directory / name for number, name in sorted(self._names()[0].items())}

    def ignored_names(self) -> list[str]:
        """Return the names of files that look numbered and are not. Raises `FileError`."""
        return self._names()[1]

    def next_path(self, numbered: Mapping[int, Path]) -> tuple[int, Path]:
        """Return the number after those of `numbered`, and its file. Raises `FileError` after the last number."""
        number = max(numbered, default=0) + 1
        if number > _LAST_NUMBER:
            raise FileError(
                f"gmetui: cannot write to {sanitize(str(self.directory))}: "
                f"remove the file numbered {_LAST_NUMBER}, which gmetui didn’t write"
            )
        return number, self.directory / f"{number:06}{self._suffixes[-1]}"

    def _names(self) -> tuple[dict[int, str], list[str]]:
        """Return the names by number, and the names of files that look numbered and are not."""
        numbered: dict[int, str] = {}
        ignored_names = []
        try:
            names = sorted(file.name for file in self.directory.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return {}, []
        except OSError as error:
            raise file_error("read", self.directory, error) from error
        for suffix in self._suffixes:
            pattern = re.compile(_NUMBER + re.escape(suffix), re.ASCII)
            numbered |= {int(match[1]): match[0] for match in map(pattern.fullmatch, names) if match}
        for name in names:
            is_numbered = any(re.fullmatch(_NUMBER + re.escape(suffix), name, re.ASCII) for suffix in self._suffixes)
            if name[0].isdigit() and not is_numbered:
                ignored_names.append(name)
        return numbered, ignored_names


def discard(path: Path) -> None:
    """Delete a file if possible."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def ignored_files_notice(directory: Path, names: list[str], advice: str = "move it elsewhere") -> str:
    """Return one sentence about files that are ignored, "" if there are none."""
    if not names:
        return ""
    more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    location = sanitize(str(directory))
    return f"ignoring “{sanitize(names[0])}”{more} in {location}: not written by gmetui; {advice}"
