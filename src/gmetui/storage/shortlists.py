"""Shortlists on disk: TOML that a person can read, edit and keep in version control.

`NAME.toml` is the list as it is; `history/NAME/000007.toml` is what it was after its seventh change, so that undo
and redo outlast a restart. `revision` in the list says which of them it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..catalog.text import clean
from ..planning.form import list_toml
from ..planning.shortlist import BEST, Entry, Shortlist, merged
from .atomic import locked, set_aside, write_atomic
from .errors import BrokenFileError, FileError
from .tomlfile import read_toml

FORMAT = 1
_KEPT = 500  # versions of one list


class Version(NamedTuple):
    """One former state of a list."""

    revision: int
    saved_at: str
    change: str
    size: int


class _State(NamedTuple):
    shortlist: Shortlist
    revision: int = 0


class ShortlistStore:
    """One list and its file. Every change is on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self._known = _State(Shortlist(self.name))

    @property
    def shortlist(self) -> Shortlist:
        """The list as last read or written."""
        return self._known.shortlist

    def load(self) -> Shortlist:
        """Read the list; an absent file is an empty list. Raises `BrokenFileError` or `FileError`."""
        self._known = self._read()
        return self.shortlist

    def save(self, shortlist: Shortlist, change: str) -> Shortlist:
        """Write `shortlist`, joined with what another gmetui saved meanwhile, and return what is now on the disk.

        Raises `BrokenFileError` when the file on the disk cannot be read, and `FileError`; the file is then as it was.
        """
        with locked(self.path):
            disk = self._read()
            whole = merged(self.shortlist, shortlist, disk.shortlist)
            if whole == disk.shortlist:
                self._known = disk
                return whole
            revision = self._keep_what_history_lacks(disk) + 1
            self._write(_State(whole, revision), change, revision)
        return self.shortlist

    def undo(self) -> str | None:
        """Go back by one change and return what was undone, or None at the beginning."""
        with locked(self.path):
            revision = self._keep_what_history_lacks(self._read())
            if not revision:
                return None
            undone = self._version(revision)
            before = self._version(revision - 1)
            if before is None and revision > 1:
                return None  # older than what is kept
            shortlist = _shortlist(before, self.name, self.path) if before else Shortlist(self.name)
            self._write(_State(shortlist, revision - 1))
        return str(undone.get("change", "a change")) if undone else "a change"

    def redo(self) -> str | None:
        """Go forward again by one change and return what was redone, or None at the end."""
        with locked(self.path):
            revision = self._keep_what_history_lacks(self._read()) + 1
            after = self._version(revision)
            if after is None:
                return None
            self._write(_State(_shortlist(after, self.name, self.path), revision))
        return str(after.get("change", "a change"))

    def versions(self) -> list[Version]:
        """Return the kept versions, newest first."""
        found = []
        for file in sorted(self._history().glob("[0-9]*.toml"), reverse=True):
            try:
                tables = read_toml(file) or {}
            except BrokenFileError:
                continue  # one damaged version hides no other
            size = len(tables.get("program", ()))
            saved_at, change = (clean(str(tables.get(key, ""))) for key in ("saved_at", "change"))
            found.append(Version(int(file.stem), saved_at, change, size))
        return found

    def version(self, revision: int) -> Shortlist | None:
        """Return the list as it was after a change, or None where that is not kept."""
        tables = self._version(revision)
        return _shortlist(tables, self.name, self.path) if tables else None

    def set_aside(self) -> Path:
        """Keep a broken file under another name beside its place, so that a new list can begin."""
        aside = set_aside(self.path)
        self._known = _State(Shortlist(self.name))
        return aside

    def _read(self) -> _State:
        tables = read_toml(self.path)
        if tables is None:
            return _State(Shortlist(self.name))
        revision = tables.get("revision", 0)
        number = revision if isinstance(revision, int) and revision >= 0 else 0
        return _State(_shortlist(tables, self.name, self.path), number)

    def _write(self, state: _State, change: str = "", keep_as: int | None = None) -> None:
        tables = _tables(state.shortlist) | {"revision": state.revision}
        if keep_as is not None:
            self._keep(tables, change, keep_as)
        write_atomic(self.path, _toml(tables))
        self._known = state

    def _keep(self, tables: Mapping[str, Any], change: str, revision: int) -> None:
        for file in self._history().glob("[0-9]*.toml"):
            if int(file.stem) > revision or int(file.stem) <= revision - _KEPT:
                file.unlink(missing_ok=True)  # undone and now overtaken, or older than what is kept
        now = datetime.now(UTC).isoformat(timespec="seconds")
        version = {"saved_at": now, "change": change, **tables}
        write_atomic(self._history() / f"{revision:06}.toml", _toml(version))

    def _keep_what_history_lacks(self, disk: _State) -> int:
        """Keep a list edited by hand as a version of its own and return its number: undo must lead back to it."""
        kept = self._version(disk.revision)
        known = _shortlist(kept, self.name, self.path) if kept else Shortlist(self.name)
        if known.entries == disk.shortlist.entries:
            return disk.revision
        revision = disk.revision + 1
        self._keep(_tables(disk.shortlist) | {"revision": revision}, "edited by hand", revision)
        return revision

    def _version(self, revision: int) -> dict[str, Any] | None:
        try:
            return read_toml(self._history() / f"{revision:06}.toml")
        except BrokenFileError:
            return None

    def _history(self) -> Path:
        return self.path.resolve().parent / "history" / self.name


def list_names(directory: Path) -> list[str]:
    """Return the names of the lists in `directory`; one that does not exist holds none."""
    try:
        return sorted(file.stem for file in directory.glob("*.toml") if ".broken-" not in file.name)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(str(directory))}: {error.strerror}") from error


def _toml(tables: Mapping[str, Any]) -> str:
    head = {key: value for key, value in tables.items() if key != "program"}
    return list_toml(head, tables["program"])


_ENTRY_TEXTS = ("name", "institution", "note", "status")


def _tables(shortlist: Shortlist) -> dict[str, Any]:
    rows = []
    for entry in shortlist:
        texts = {key: getattr(entry, key) for key in _ENTRY_TEXTS if getattr(entry, key)}
        own: dict[str, Any] = {"rating": entry.rating} if entry.rating else {}
        own |= {"tags": list(entry.tags)} if entry.tags else {}
        own |= {"dates": dict(entry.dates)} if entry.dates else {}
        rows.append({"id": entry.id, **texts, **own, **entry.extra})
    return {"format": FORMAT, "name": shortlist.name, **shortlist.extra, "program": rows}


def _shortlist(tables: Mapping[str, Any], name: str, path: Path) -> Shortlist:
    """Read the tables of a list. Raises `BrokenFileError` that names the entry that is wrong."""
    shown = clean(str(path))
    written = tables.get("format", FORMAT)
    if not isinstance(written, int) or written > FORMAT:
        raise BrokenFileError(f"{shown}: was written by a newer gmetui (format {written!r}); it was left as it is")
    rows = tables.get("program", [])
    if not isinstance(rows, list):
        raise BrokenFileError(f"{shown}: program: must be [[program]] tables; it was left as it is")
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows):
        entry = _entry(row, f"{shown}: program[{number}]")
        entries.setdefault(entry.id, entry)
    known = ("format", "name", "program", "revision", "saved_at", "change")
    extra = {key: value for key, value in tables.items() if key not in known}
    return Shortlist(name, tuple(entries.values()), extra)


def _entry(row: object, where: str) -> Entry:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"].strip():
        raise BrokenFileError(f"{where}.id: is missing; every program has one; the file was left as it is")
    texts = {}
    for key in _ENTRY_TEXTS:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise BrokenFileError(f"{where}.{key}: must be text; the file was left as it is")
        texts[key] = clean(value, lines=key == "note")
    rating, tags = row.get("rating", 0), row.get("tags", [])
    if not isinstance(rating, int) or isinstance(rating, bool) or not 0 <= rating <= BEST:
        raise BrokenFileError(f"{where}.rating: must be a whole number from 0 to {BEST}; the file was left as it is")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BrokenFileError(f"{where}.tags: must be a list of texts; the file was left as it is")
    extra = {key: value for key, value in row.items() if key not in ("id", "rating", "tags", "dates", *_ENTRY_TEXTS)}
    kept = tuple(dict.fromkeys(filter(None, map(clean, tags))))
    return Entry(clean(row["id"]), **texts, rating=rating, tags=kept, dates=_dates(row, where), extra=extra)


def _dates(row: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    """Return a person's own dates; TOML's dates and texts are both taken."""
    dates = row.get("dates", {})
    if not isinstance(dates, Mapping):
        raise BrokenFileError(f"{where}.dates: must be a table of dates; the file was left as it is")
    found = {}
    for what, day in dates.items():
        try:
            found[clean(what)] = date.fromisoformat(str(day)).isoformat()
        except ValueError as error:
            raise BrokenFileError(
                f"{where}.dates.{clean(what)}: must be a day such as 2027-01-15; the file was left as it is"
            ) from error
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))
