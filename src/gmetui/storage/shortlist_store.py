"""Shortlists on disk: TOML that a person can read, edit and keep in version control.

`NAME.toml` is the list as it is; `history/NAME/000007.toml.gz` is what it was after its seventh change, so that undo
and redo outlast a restart. `revision` in the list says which of them it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from ..shortlist.entries import Shortlist
from ..shortlist.versions import merged
from ..text import clean
from .atomic import locked, set_aside, write_atomic
from .shortlist_file import list_tables, read_list, written
from .storage_errors import FileError
from .toml_file import read_toml

KEPT = 500  # versions of one list, where the settings say nothing else


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

    def __init__(self, path: Path, keep: int = KEPT) -> None:
        self.path = path
        self.name = path.stem
        self._keep_at_most = keep
        self._stamp: tuple[int, ...] = ()
        self._ours = False
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
            ours = self._ours and not self.changed_by_others()  # the file is the one that was written here last
            disk = self._known if ours or self._vanished() else self._read()
            whole = merged(self.shortlist, shortlist, disk.shortlist)
            if whole == disk.shortlist and self.path.exists():
                self._known = disk
                return whole
            revision = (disk.revision if ours else self._keep_what_history_lacks(disk)) + 1
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
            shortlist = read_list(before, self.name, self.path) if before else Shortlist(self.name)
            self._write(_State(shortlist, revision - 1))
        return str(undone.get("change", "a change")) if undone else "a change"

    def redo(self) -> str | None:
        """Go forward again by one change and return what was redone, or None at the end."""
        with locked(self.path):
            revision = self._keep_what_history_lacks(self._read()) + 1
            after = self._version(revision)
            if after is None:
                return None
            self._write(_State(read_list(after, self.name, self.path), revision))
        return str(after.get("change", "a change"))

    def versions(self) -> list[Version]:
        """Return the kept versions, newest first."""
        found = []
        for revision, file in sorted(self._files().items(), reverse=True):
            head = _loaded(file, whole=False)
            if head is None:
                continue  # one damaged version hides no other
            if "size" not in head:  # of the time before they were packed
                head["size"] = len((_loaded(file, whole=True) or {}).get("program", ()))
            saved_at, change = (clean(str(head.get(key, ""))) for key in ("saved_at", "change"))
            found.append(Version(revision, saved_at, change, head["size"]))
        return found

    def saved_on(self, day: str) -> Version | None:
        """Return the last version of a day, YYYY-MM-DD, or of the last day before it on which there is one."""
        return next((own for own in self.versions() if _day_of(own.saved_at) <= day), None)

    def changed_by_others(self) -> bool:
        """Tell whether the file is another than the one that was last read or written here."""
        return self._stamp_now() != self._stamp

    def _stamp_now(self) -> tuple[int, ...]:
        try:
            status = self.path.stat()
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _vanished(self) -> bool:
        """Tell whether the file that was known is gone: somebody moved the place, and the list is still here."""
        return bool(self._known.shortlist.entries) and bool(self._known.revision) and not self.path.exists()

    def version(self, revision: int) -> Shortlist | None:
        """Return the list as it was after a change, or None where that is not kept."""
        tables = self._version(revision)
        return read_list(tables, self.name, self.path) if tables else None

    def set_aside(self) -> Path:
        """Keep a broken file under another name beside its place, so that a new list can begin."""
        aside = set_aside(self.path)
        self._known = _State(Shortlist(self.name))
        return aside

    def _read(self) -> _State:
        self._stamp, self._ours = self._stamp_now(), False
        tables = read_toml(self.path)
        if tables is None:
            return _State(Shortlist(self.name))
        revision = tables.get("revision", 0)
        number = revision if isinstance(revision, int) and revision >= 0 else 0
        return _State(read_list(tables, self.name, self.path), number)

    def _write(self, state: _State, change: str = "", keep_as: int | None = None) -> None:
        tables = list_tables(state.shortlist) | {"revision": state.revision}
        if keep_as is not None:
            self._keep(tables, change, keep_as)
        try:
            write_atomic(self.path, written(tables))
        except FileError:
            if keep_as is not None and (lost := self._files().get(keep_as)):
                lost.unlink(missing_ok=True)  # redo must not bring what never was
            raise
        self._stamp, self._ours = self._stamp_now(), True
        self._known = state

    def _keep(self, tables: Mapping[str, Any], change: str, revision: int) -> None:
        for number, file in self._files().items():
            if number > revision or number <= revision - self._keep_at_most:
                file.unlink(missing_ok=True)  # undone and now overtaken, or older than what is kept
        now = datetime.now(UTC).isoformat(timespec="seconds")
        head = {"saved_at": now, "change": change, "size": len(tables["program"])}
        import gzip  # only saving needs it

        packed = gzip.compress(written(head | dict(tables)).encode(), compresslevel=6, mtime=0)
        write_atomic(self._history() / f"{revision:06}.toml.gz", packed)

    def _keep_what_history_lacks(self, disk: _State) -> int:
        """Keep a list edited by hand as a version of its own and return its number: undo must lead back to it."""
        kept = self._version(disk.revision)
        known = read_list(kept, self.name, self.path) if kept else Shortlist(self.name)
        if (known.entries, known.columns) == (disk.shortlist.entries, disk.shortlist.columns):
            return disk.revision
        revision = disk.revision + 1
        self._keep(list_tables(disk.shortlist) | {"revision": revision}, "edited by hand", revision)
        return revision

    def _version(self, revision: int) -> dict[str, Any] | None:
        file = self._files().get(revision)
        if file is None:
            return None
        return _loaded(file, whole=True)

    def _files(self) -> dict[int, Path]:
        """Return the kept versions by number; before they were packed they ended in .toml."""
        found = {int(file.name.split(".")[0]): file for file in self._history().glob("[0-9]*.toml")}
        return found | {int(file.name.split(".")[0]): file for file in self._history().glob("[0-9]*.toml.gz")}

    def _history(self) -> Path:
        return self.path.resolve().parent / "history" / self.name


def list_names(directory: Path) -> list[str]:
    """Return the names of the lists in `directory`; one that does not exist holds none."""
    try:
        return sorted(file.stem for file in directory.glob("*.toml") if ".broken-" not in file.name)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {clean(str(directory))}: {error.strerror}") from error


def _day_of(saved_at: str) -> str:
    """Return the day where the person is."""
    try:
        return datetime.fromisoformat(saved_at).astimezone().date().isoformat()
    except ValueError:
        return saved_at[:10]


def _loaded(file: Path, *, whole: bool) -> dict[str, Any] | None:
    """Return the tables of a version, or only what stands above them; None where it is damaged."""
    import gzip
    import tomllib

    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as version:
            lines = list(version) if whole else list(takewhile(lambda line: not line.startswith(b"["), version))
        return tomllib.loads(b"".join(lines).decode())
    except (OSError, EOFError, ValueError):
        return None
