"""A list that somebody handed over: it is read, never changed; what the reader remarks stands in a file beside it.

`LIST.toml` stays byte for byte as it came. `LIST.remarks.toml` holds the remarks by program, with the reader's name;
the owner of the list brings it in with `gmetui import`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ..shortlist.entries import Shortlist
from ..shortlist.toml_form import list_toml
from ..text import clean
from .atomic import write_atomic
from .shortlist_file import FORMAT, read_list
from .shortlist_store import ShortlistStore, Version
from .storage_errors import BrokenFileError, FileError
from .toml_file import read_toml

READ_ONLY = "this list was handed to you and is not changed; n writes your remark on a program, in a file beside it"


class HandedList(ShortlistStore):
    """Somebody's list with the remarks of the one who reads it. Raises `FileError` for any other change."""

    def __init__(self, path: Path, reader: str) -> None:
        super().__init__(path)
        self.reader = clean(reader).strip() or "reader"
        self.beside = path.with_name(f"{path.stem}.remarks.toml")
        self._former: list[Shortlist] = []
        self._later: list[Shortlist] = []

    def load(self) -> Shortlist:
        """Read the list with the remarks beside it. Raises `BrokenFileError`, `FileError` where there is no list."""
        shown = clean(str(self.path))
        tables = read_toml(self.path)
        if tables is None:
            raise FileError(f"gmetui: cannot read {shown}: there is no such file")
        if "program" not in tables:
            raise BrokenFileError(f"{shown}: is no list of programs; `gmetui export --format toml` writes one")
        shortlist = read_list(tables, clean(self.path.stem), self.path)
        beside = read_toml(self.beside)
        who, remarks = read_remarks(beside or {}, self.beside)
        self.reader = who or self.reader
        for own, text in remarks.items():
            shortlist = shortlist.remarked(own, self.reader, text)
        self._stamp = self._stamp_now()
        self._known = self._known._replace(shortlist=shortlist)
        return shortlist

    def save(self, shortlist: Shortlist, change: str) -> Shortlist:
        """Write the reader's remarks; anything else is refused."""
        if self._bare(shortlist) != self._bare(self.shortlist):
            raise FileError(f"gmetui: {READ_ONLY}")
        self._former.append(self.shortlist)
        self._later.clear()
        self._write_remarks(shortlist)
        return shortlist

    def undo(self) -> str | None:
        """Take the last remark back, as long as the list is open."""
        return self._step(self._former, self._later)

    def redo(self) -> str | None:
        """Bring it again."""
        return self._step(self._later, self._former)

    def _step(self, taken: list[Shortlist], kept: list[Shortlist]) -> str | None:
        if not taken:
            return None
        kept.append(self.shortlist)
        self._write_remarks(taken.pop())
        return "your remark"

    def versions(self) -> list[Version]:
        """Return nothing: the former versions are its owner's."""
        return []

    def set_aside(self) -> Path:
        """Refuse: the file is its owner's."""
        raise FileError(f"gmetui: {READ_ONLY}")

    def _bare(self, shortlist: Shortlist) -> Shortlist:
        """Return a list without what its reader remarked."""
        return shortlist.with_entries(
            replace(entry, remarks=tuple(pair for pair in entry.remarks if pair[0] != self.reader))
            for entry in shortlist
        )

    def _write_remarks(self, shortlist: Shortlist) -> None:
        rows = [
            {"id": entry.id, "name": entry.name, "remark": dict(entry.remarks)[self.reader]}
            for entry in shortlist
            if self.reader in dict(entry.remarks)
        ]
        write_atomic(self.beside, list_toml({"format": FORMAT, "reader": self.reader}, rows))
        self._known = self._known._replace(shortlist=shortlist)


def read_remarks(tables: dict[str, Any], path: Path) -> tuple[str, dict[str, str]]:
    """Return who remarked, and what by program id. Raises `BrokenFileError`."""
    shown = clean(str(path))
    rows = tables.get("program", [])
    if not isinstance(rows, list):
        raise BrokenFileError(f"{shown}: program: must be [[program]] tables; it was left as it is")
    found = {}
    for number, row in enumerate(rows):
        own, text = (row.get(key) if isinstance(row, dict) else None for key in ("id", "remark"))
        if not isinstance(own, str) or not isinstance(text, str):
            raise BrokenFileError(f"{shown}: program[{number}]: must have an id and a remark; it was left as it is")
        found[clean(own)] = clean(text, lines=True)
    return clean(str(tables.get("reader", ""))), found
