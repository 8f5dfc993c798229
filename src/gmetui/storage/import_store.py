"""The lists that a person brought in: one data file each, kept with the one before, so that undo can bring it back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ..text import clean, is_id
from .atomic import locked, write_atomic, write_parts
from .storage_errors import FileError

_HEAD = 16_384  # bytes that hold what a list is
_SHAPES = 200  # kinds of files whose corrected columns are remembered


class Brought(NamedTuple):
    """A list that was brought in: what it is, and how many programs are in it."""

    name: str
    path: Path
    title: str = ""
    url: str = ""
    as_of: str = ""
    file: str = ""
    programs: int = 0
    brought: str = ""
    trouble: str = ""


class Imports:
    """The data files below `programs`; `columns` is where corrections of columns are remembered."""

    def __init__(self, programs: Path, columns: Path) -> None:
        self._programs = programs
        self._columns = columns

    def path(self, name: str) -> Path:
        """Return the file of a list. Raises `FileError` when the name could lead elsewhere."""
        if not is_id(name):
            raise FileError(f"gmetui: {clean(name)!r} cannot name a list; use lower-case letters, digits and hyphens")
        return self._programs / f"{name}.toml"

    def kept(self, name: str) -> Path | None:
        """Return the file of a list that is there, or None."""
        path = self._programs / f"{name}.toml"
        return path if is_id(name) and path.exists() else None

    def all(self) -> list[Brought]:
        """Return what was brought in, by name. Reads only the head of each file."""
        try:
            files = sorted(self._programs.glob("*.toml"))
        except OSError:
            return []
        return [_about(file) for file in files]

    def removed(self) -> list[str]:
        """Return the names of lists that were removed and can be brought back."""
        return sorted(
            file.name.removesuffix(".toml.before")
            for file in self._programs.glob("*.toml.before")
            if not file.with_suffix("").exists()
        )

    def write(self, name: str, parts: Iterable[str]) -> None:
        """Write a list, whole or not at all; the file that stood there is kept as the one before."""
        path = self.path(name)
        new = path.with_name(f"{path.name}.new")
        with locked(path), _said_of(path):
            try:
                write_parts(new, parts)
                if path.exists():
                    path.replace(_before(path))
                new.replace(path)
            finally:
                with suppress(OSError):
                    new.unlink()

    def remove(self, name: str) -> None:
        """Take a list away; `undo` brings it back."""
        path = self.path(name)
        with locked(path), _said_of(path):
            path.replace(_before(path))

    def can_undo(self, name: str) -> bool:
        """Tell whether there is a state before."""
        return _before(self.path(name)).exists()

    def undo(self, name: str) -> bool:
        """Exchange a list with the one before, or bring back one that was removed; False where there is none."""
        path = self.path(name)
        before, aside = _before(path), path.with_name(f"{path.name}.aside")
        if not before.exists():
            return False
        with locked(path), _said_of(path):
            if path.exists():
                path.replace(aside)
            before.replace(path)
            if aside.exists():
                aside.replace(before)
        return True

    # What a person said of the columns of a kind of file.

    def columns(self, shape: str) -> Mapping[str, str]:
        """Return what was said of the columns of files of this shape."""
        own = self._said().get(shape, {})
        return {str(key): str(value) for key, value in own.items()} if isinstance(own, dict) else {}

    def remember_columns(self, shape: str, said: Mapping[str, str]) -> None:
        """Remember what was said of the columns of files of this shape."""
        whole = {key: value for key, value in self._said().items() if key != shape}
        kept = dict([*whole.items(), (shape, dict(said))][-_SHAPES:])
        write_atomic(self._columns, json.dumps(kept, ensure_ascii=False, indent=1))

    def _said(self) -> dict[str, Any]:
        try:
            whole = json.loads(self._columns.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return whole if isinstance(whole, dict) else {}


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Say what cannot be written as `FileError`."""
    try:
        yield
    except OSError as error:
        raise FileError(f"gmetui: cannot write {clean(str(path))}: {error.strerror or error}") from error


def _before(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")


def _about(path: Path) -> Brought:
    """Return what the head of a file says of its list."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
        own = tomllib.loads(head.partition("\n[[")[0])["import"]
        texts = {key: clean(str(own.get(key, ""))) for key in ("title", "url", "as_of", "file", "brought")}
        count = own.get("programs", 0)
        return Brought(path.stem, path, programs=count if isinstance(count, int) else 0, **texts)
    except (OSError, ValueError, KeyError, AttributeError, RecursionError) as error:
        return Brought(path.stem, path, trouble=clean(f"cannot be read: {error}")[:200])
