"""Shortlists on disk, as TOML that the user can read, edit and keep in version control.

`NAME.toml` is the current list. Its key `revision` tells which version in the history it is, so that undo and redo
survive a restart; after an undo, `newest` is the version that was the newest one. Both only say where undo leads: the
history itself doesn't depend on them.

A store can be used from several threads. What it holds is always what was last read from or written to disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DamagedFileError, FileError, GmetuiError
from ..shortlist.entries import Shortlist
from ..shortlist.merge import merge
from ..text import is_slug, sanitize
from .atomic import exists, file_error, file_lock, rename_as_backup, write_atomic
from .list_history import ListHistory, Version
from .lost_programs import LostPrograms, find_lost_programs
from .numbered_files import NumberedFiles, ignored_files_notice
from .regular_file import read_user_file
from .settings import DEFAULT_VERSION_LIMIT
from .shortlist_file import duplicate_ids, encode_list, list_tables, parse_list
from .toml_file import read_toml

_EDITED_BY_HAND = "edited by hand"
_EMPTIED = "the file was emptied"
_UNKNOWN_CHANGE = "a change"
#: Files next to lists that are not lists.
_OTHER_FILES = (".broken-", ".remarks")


class _State(NamedTuple):
    """A list, its revision (0 for the empty list at the beginning), and the newest revision at that time.

    `revision` is None if the file names none: it is missing, empty, or not written by gmetui.
    """

    shortlist: Shortlist
    revision: int | None = None
    newest_revision: int = 0
    duplicate_ids: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether the file is missing or was emptied; a list that gmetui emptied names its revision."""
        return self.revision is None and not self.shortlist.entries and not self.shortlist.columns

    def tables(self) -> dict[str, Any]:
        """Return the tables of the list file."""
        tables = list_tables(self.shortlist) | {"revision": self.revision or 0}
        is_newest = self.newest_revision == self.revision
        return tables if is_newest else tables | {"newest": self.newest_revision}


class ShortlistStore:
    """One list and its file. Every change is on disk when the call returns; one that fails changes nothing.

    `version_limit` is the number of versions to keep, None for all of them.
    """

    def __init__(
        self, path: Path, version_limit: int | None = DEFAULT_VERSION_LIMIT, lock_timeout: float | None = None
    ) -> None:
        self.path = path
        self.name = path.stem
        self.lost_programs: LostPrograms | None = None
        self.notices: tuple[str, ...] = ()
        self._version_limit = version_limit
        self._lock_timeout = lock_timeout
        self._thread_lock = threading.RLock()
        self._state = _State(Shortlist(self.name))
        self._file_stamp: tuple[int, ...] = ()
        self._wrote_file = False  # whether this store wrote the file last, as far as it knows

    @property
    def shortlist(self) -> Shortlist:
        """The list as last read or written."""
        return self._state.shortlist

    @property
    def newest_revision(self) -> int:
        """The number of the newest version when the list was last read or written; it never falls."""
        return self._state.newest_revision

    def load(self) -> Shortlist:
        """Read the list; a missing file is an empty list. Raises `DamagedFileError` or `FileError`.

        Then `notices` are sentences to show the user, and `lost_programs` is the version to offer if the file lacks
        programs of it; it is in `notices` too.
        """
        with self._thread_lock:
            try:
                self._state = self._read()
            except DamagedFileError as error:
                self._update_notices(_State(Shortlist(self.name)))
                if self.lost_programs is None:
                    raise
                command = self.lost_programs.restore_command
                raise DamagedFileError(
                    f"{error}; to restore the last version, move it away and run: {command}"
                ) from error
            self._update_notices(self._state)
            return self.shortlist

    def save(self, shortlist: Shortlist, change: str, base: Shortlist | None = None) -> Shortlist:
        """Write `shortlist`, merged with what another gmetui saved meanwhile, and return the merged list.

        `base` is the list that `shortlist` was made from, by default the one last read or written. Raises
        `DamagedFileError` if the file cannot be parsed, and `FileError`; the file is then unchanged.
        """
        with self._changing() as added_versions:
            is_current = self._wrote_file and not self.changed_by_others()
            on_disk = self._state if is_current else self._read()
            if not is_current:
                self._update_notices(on_disk)
            has_vanished = on_disk.is_blank and bool(self.shortlist.entries)
            if has_vanished:
                on_disk = self._state  # the file is missing or was emptied, but its content is still in memory
            merged = merge(self.shortlist if base is None else base, shortlist, on_disk.shortlist)
            if merged == on_disk.shortlist and not has_vanished and self._current_stamp():
                self._state = on_disk
                return merged
            history = self._history
            parent = on_disk.revision if is_current else None
            if parent is None or parent not in history:
                parent = self._record_manual_edit(on_disk, added_versions, ignore_unreadable=True)
            added_versions.append(history.add(list_tables(merged), sanitize(change), parent))
            self._write(_State(merged, added_versions[-1], added_versions[-1]))
            is_default_limit = self._version_limit == DEFAULT_VERSION_LIMIT
            history.prune(len(added_versions) if is_default_limit else None)
            return self.shortlist

    def undo(self) -> str | None:
        """Undo one change and return its description, or None at the beginning."""
        with self._changing() as added_versions:
            history, on_disk = self._history, self._read()
            revision = self._record_manual_edit(on_disk, added_versions)
            if not revision:
                return None
            change, parent = history.read(revision), history.parent(revision)
            if on_disk.is_blank:
                change, parent = {"change": _EMPTIED}, revision
            before = self.version(parent) if parent else Shortlist(self.name)
            if before is None:
                return None  # older than the history
            self._write(_State(before, parent, history.newest_revision()))
            return _change_of(change)

    def redo(self) -> str | None:
        """Redo one change and return its description, or None at the end."""
        with self._changing() as added_versions:
            history = self._history
            child = history.newest_child(self._record_manual_edit(self._read(), added_versions))
            after = self.version(child) if child else None
            if child is None or after is None:
                return None
            self._write(_State(after, child, history.newest_revision()))
            return _change_of(history.read(child))

    def versions(self) -> list[Version]:
        """Return the saved versions, newest first."""
        return self._history.versions()

    def version_on(self, day: str) -> Version | None:
        """Return the last version saved on a day, YYYY-MM-DD, or before it."""
        return next((version for version in self.versions() if _local_day(version.saved_at) <= day), None)

    def version(self, revision: int) -> Shortlist | None:
        """Return the list as it was after a change, or None if that version isn't saved or is damaged.

        Raises `FileError` if it cannot be read.
        """
        tables = self._history.read(revision)
        try:
            return self._parse(tables) if tables else None
        except DamagedFileError:
            return None

    def changed_by_others(self) -> bool:
        """Tell whether the file isn't the one that this store last read or wrote."""
        return self._current_stamp() != self._file_stamp

    def rename_as_backup(self) -> Path:
        """Rename a damaged file, so that a new list can be saved. Return the new path. Raises `FileError`.

        Then `lost_programs` is the last version, if there is one.
        """
        with self._thread_lock:
            backup = rename_as_backup(self.path)
            self._state = _State(Shortlist(self.name))
            self._update_notices(self._state)
            return backup

    @property
    def _history(self) -> ListHistory:
        try:
            directory = Path(os.path.realpath(self.path)).parent / "history" / self.name
        except OSError as error:
            raise file_error("read", self.path, error) from error
        return ListHistory(directory, self._version_limit)

    @contextmanager
    def _changing(self) -> Iterator[list[int]]:
        """Hold the lock of the list. Versions put on the yielded list are discarded unless the list was written."""
        added_versions: list[int] = []
        with self._thread_lock, file_lock(self.path, self._lock_timeout):
            try:
                yield added_versions
            except BaseException:
                if self._state.revision not in added_versions:
                    for revision in added_versions:
                        self._history.discard(revision)
                raise

    def _parse(self, tables: Mapping[str, Any]) -> Shortlist:
        return parse_list(tables, self.name, self.path)

    def _current_stamp(self) -> tuple[int, ...]:
        try:
            status = self.path.stat()
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> _State:
        self._file_stamp, self._wrote_file = self._current_stamp(), False
        tables = read_toml(self.path)
        if not tables:
            return _State(Shortlist(self.name))
        revision, newest_revision = (_revision_in(tables, key) for key in ("revision", "newest"))
        newest_revision = max(newest_revision or 0, revision or 0)
        return _State(self._parse(tables), revision, newest_revision, tuple(duplicate_ids(tables)))

    def _write(self, state: _State) -> None:
        """Write the list file. If the write is interrupted, the store still holds what is on disk."""
        content = encode_list(state.tables())
        try:
            write_atomic(self.path, content)
            self._adopt(state)
        except BaseException:
            with suppress(GmetuiError):
                if read_user_file(self.path) == content:
                    self._adopt(state)
            raise

    def _adopt(self, state: _State) -> None:
        self._state = state
        self._file_stamp, self._wrote_file = self._current_stamp(), True

    def _record_manual_edit(
        self, on_disk: _State, added_versions: list[int], *, ignore_unreadable: bool = False
    ) -> int:
        """Save a list edited by hand as a version, so that undo leads back to it. Return the revision on disk.

        A list that names no version in the history takes the place of the newest one: undo leads back to that. So does
        a file that is missing or was emptied, but nothing is saved for it. With `ignore_unreadable`, a version that
        cannot be read counts as a different one, so that it doesn't stop saving.
        """
        history, revision = self._history, on_disk.revision
        if revision is None or (revision and revision not in history):
            revision = history.newest_revision()
        newest_revision = history.newest_revision()
        if on_disk.is_blank:
            return newest_revision
        for saved_revision in dict.fromkeys((revision, max(revision, newest_revision))):
            try:
                if self._is_version(saved_revision, on_disk.shortlist):
                    return saved_revision
            except FileError:
                if not ignore_unreadable:
                    raise
        edited_revision = history.add(list_tables(on_disk.shortlist), _EDITED_BY_HAND, revision)
        added_versions.append(edited_revision)
        return edited_revision

    def _is_version(self, revision: int, shortlist: Shortlist) -> bool:
        saved = self.version(revision) if revision else Shortlist(self.name)
        return saved is not None and _content(saved) == _content(shortlist)

    def _update_notices(self, state: _State) -> None:
        """Set `lost_programs` and `notices` for a list file that was just read."""
        self.lost_programs, self.notices = None, ()
        with suppress(GmetuiError):  # if the history cannot be read, saving reports it
            history = self._history
            program_count = len(state.shortlist)
            lost = find_lost_programs(history, self.name, program_count, state.revision, state.newest_revision)
            if lost and _content(self.version(lost.revision) or Shortlist()) != _content(state.shortlist):
                self.lost_programs = lost
            known_files = NumberedFiles(self.path.parent / "known", ".json.gz")
            notices = (
                self.lost_programs.text if self.lost_programs else "",
                _duplicates_notice(self.path, state.duplicate_ids),
                ignored_files_notice(self.path.parent / "history" / self.name, history.ignored_names()),
                ignored_files_notice(known_files.directory, known_files.ignored_names()),
            )
            self.notices = tuple(filter(None, notices))


def _content(shortlist: Shortlist) -> tuple[object, ...]:
    return shortlist.entries, shortlist.columns


def _revision_in(tables: Mapping[str, Any], key: str) -> int | None:
    revision = tables.get(key)
    is_valid = isinstance(revision, int) and not isinstance(revision, bool) and revision >= 0
    return revision if is_valid else None


def _duplicates_notice(list_path: Path, repeated_ids: tuple[str, ...]) -> str:
    if not repeated_ids:
        return ""
    more = f" and {len(repeated_ids) - 1:,} more" if len(repeated_ids) > 1 else ""
    programs = f"“{repeated_ids[0]}”{more}"
    return f"{sanitize(str(list_path))} lists {programs} more than once; gmetui joins the entries and all their notes"


def _change_of(tables: Mapping[str, Any] | None) -> str:
    return sanitize(str(tables.get("change", _UNKNOWN_CHANGE))) if tables else _UNKNOWN_CHANGE


def _local_day(saved_at: str) -> str:
    """Return the day of a version in the local time zone."""
    try:
        return datetime.fromisoformat(saved_at).astimezone().date().isoformat()
    except (ValueError, OverflowError, OSError):  # the years 1 and 9999 have days that no time zone has
        return saved_at[:10]


def list_exists(list_path: Path) -> bool:
    """Tell whether a list has a file or, if that is gone, versions that can be restored. Raises `FileError`."""
    return exists(list_path) or exists(list_path.parent / "history" / list_path.stem)


def list_names(directory: Path) -> list[str]:
    """Return the names of the lists in a directory, [] if it doesn't exist. Raises `FileError`."""
    return _names_in(directory, is_slug)


def ignored_lists_notice(directory: Path) -> str:
    """Return one sentence about files beside the lists that no list name leads to, such as copies by a sync tool."""
    names = _names_in(directory, lambda name: not is_slug(name) and not name.startswith("."))
    return ignored_files_notice(directory, [f"{name}.toml" for name in names], "to open it as a list, rename it")


def _names_in(directory: Path, is_wanted: Callable[[str], bool]) -> list[str]:
    try:
        file_names = [file.name for file in directory.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise file_error("read", directory, error) from error
    names = [file_name.removesuffix(".toml") for file_name in file_names if file_name.endswith(".toml")]
    return sorted(name for name in names if is_wanted(name) and not any(part in name for part in _OTHER_FILES))
