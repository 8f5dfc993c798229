"""A shared list: a reviewer reads somebody else's shortlist and comments on its programs.

`LIST.toml` is never written. `LIST.remarks.toml` next to it holds the reviewer's name and comments; the owner of the
list imports it with `gmetui import`. Every further reviewer has a file of their own: `LIST.remarks-2.toml` and so on.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..errors import DamagedFileError, FileError, GmetuiError
from ..shortlist.entries import Shortlist
from ..shortlist.merge import merge_texts
from ..text import sanitize
from .atomic import file_lock, write_atomic
from .comments_file import Comment, CommentsFile, format_comments, parse_comments
from .list_history import Version
from .regular_file import read_user_file
from .shortlist_file import parse_list
from .shortlist_store import ShortlistStore
from .toml_file import read_toml

READ_ONLY = "a shared list is read-only; press n to comment on a program, the comments are saved in a separate file"
_CHANGE = "your comment"
_MAX_REVIEWERS = 99


class _CommentChange(NamedTuple):
    """One comment that was written, edited or removed ("")."""

    program_id: str
    program_name: str
    before: str
    after: str

    def reversed(self) -> _CommentChange:
        return self._replace(before=self.after, after=self.before)


class ReviewStore(ShortlistStore):
    """A shared list with the comments of one reviewer. Comments are the only change it accepts.

    Without a `reviewer`, it continues the comments that are next to the list, or starts some as `default_reviewer`.
    """

    def __init__(
        self, path: Path, reviewer: str, lock_timeout: float | None = None, *, default_reviewer: str = ""
    ) -> None:
        super().__init__(path, lock_timeout=lock_timeout)
        self._is_named = bool(sanitize(reviewer).strip())
        self.reviewer = sanitize(reviewer).strip() or sanitize(default_reviewer).strip() or "reader"
        self.comments_path = self._numbered_path(1)
        self._shared_list = Shortlist(self.name)
        self._comments = CommentsFile(self.reviewer)
        self._undo_stack: list[tuple[_CommentChange, ...]] = []
        self._redo_stack: list[tuple[_CommentChange, ...]] = []

    def load(self) -> Shortlist:
        """Read the list and the comments. Raises `DamagedFileError`, and `FileError` if there is no list."""
        with self._thread_lock:
            self._file_stamp = self._current_stamp()
            shared_list = self._read_list()
            self._find_comments()
            self._shared_list = shared_list
            self._file_stamp = self._current_stamp()
            self._show_comments()
            return self.shortlist

    def save(self, shortlist: Shortlist, change: str, base: Shortlist | None = None) -> Shortlist:
        """Write the reviewer's comments. Raises `FileError` if anything else in the list changed."""
        base = self.shortlist if base is None else base
        if self._without_own_comments(shortlist) != self._without_own_comments(base):
            raise FileError(f"gmetui: {READ_ONLY}")
        changes = self._changes_between(base, shortlist)
        if changes:
            with self._thread_lock:
                self._write_changes(changes)
                self._undo_stack.append(changes)
                self._redo_stack.clear()
        return self.shortlist

    def undo(self) -> str | None:
        """Undo the last comment of this session and return a description of it, or None."""
        return self._reverse(self._undo_stack, self._redo_stack)

    def redo(self) -> str | None:
        """Redo the last undone comment and return a description of it, or None."""
        return self._reverse(self._redo_stack, self._undo_stack)

    def _reverse(
        self, source: list[tuple[_CommentChange, ...]], target: list[tuple[_CommentChange, ...]]
    ) -> str | None:
        with self._thread_lock:
            if not source:
                return None
            changes = tuple(change.reversed() for change in source[-1])
            self._write_changes(changes)
            source.pop()
            target.append(changes)
            return _CHANGE

    def versions(self) -> list[Version]:
        """Return no versions: they belong to the owner of the list."""
        return []

    def rename_as_backup(self) -> Path:
        """Raise `FileError`: the file belongs to somebody else."""
        raise FileError(f"gmetui: {READ_ONLY}")

    def _read_list(self) -> Shortlist:
        list_path = sanitize(str(self.path))
        tables = read_toml(self.path)
        if tables is None:
            raise FileError(f"gmetui: cannot read {list_path}: no such file")
        if "program" not in tables:
            raise DamagedFileError(f"{list_path}: is not a shortlist; `gmetui export --format toml` writes one")
        return parse_list(tables, sanitize(self.path.stem), self.path)

    def _numbered_path(self, number: int) -> Path:
        suffix = "" if number == 1 else f"-{number}"
        return self.path.with_name(f"{self.path.stem}.remarks{suffix}.toml")

    def _find_comments(self) -> None:
        """Find the reviewer's file and read it. A new reviewer gets the first file that doesn't exist."""
        for number in range(1, _MAX_REVIEWERS + 1):
            comments_path = self._numbered_path(number)
            tables = read_toml(comments_path)
            if tables is None:
                self.comments_path, self._comments = comments_path, CommentsFile(self.reviewer)
                return
            comments = parse_comments(tables, comments_path)
            if not comments.reviewer or not self._is_named or comments.reviewer == self.reviewer:
                self.reviewer = comments.reviewer or self.reviewer
                self._is_named = True
                self.comments_path, self._comments = comments_path, comments._replace(reviewer=self.reviewer)
                return
        raise FileError(f"gmetui: cannot comment on {sanitize(str(self.path))}: it has {_MAX_REVIEWERS} reviewers")

    def _current_stamp(self) -> tuple[int, ...]:
        try:
            status = self.comments_path.stat()
        except OSError:
            return super()._current_stamp()
        return *super()._current_stamp(), status.st_mtime_ns, status.st_size, status.st_ino

    def _without_own_comments(self, shortlist: Shortlist) -> Shortlist:
        return shortlist.with_entries(
            replace(entry, comments=tuple(pair for pair in entry.comments if pair[0] != self.reviewer))
            for entry in shortlist
        )

    def _changes_between(self, base: Shortlist, shortlist: Shortlist) -> tuple[_CommentChange, ...]:
        changes = []
        for old_entry, new_entry in zip(base, shortlist, strict=True):
            before, after = (dict(entry.comments).get(self.reviewer, "") for entry in (old_entry, new_entry))
            if before != after:
                changes.append(_CommentChange(new_entry.id, new_entry.name, before, after))
        return tuple(changes)

    def _write_changes(self, changes: tuple[_CommentChange, ...]) -> None:
        """Merge changes of comments into the file, under its lock. If writing fails, the store stays as it is."""
        with file_lock(self._numbered_path(1), self._lock_timeout):
            self._find_comments()
            saved = dict(self._comments.comments)
            for change in changes:
                comment = saved.pop(change.program_id, Comment(change.program_name))
                text = merge_texts(change.before, change.after, comment.text)
                if text:
                    saved[change.program_id] = comment._replace(text=text)
            updated = self._comments._replace(comments=saved)
            content = format_comments(updated).encode("utf-8", "replace")
            try:
                write_atomic(self.comments_path, content)
                self._adopt_comments(updated)
            except BaseException:
                with suppress(GmetuiError):
                    if read_user_file(self.comments_path) == content:
                        self._adopt_comments(updated)
                raise

    def _adopt_comments(self, comments: CommentsFile) -> None:
        self._comments = comments
        self._file_stamp = self._current_stamp()
        self._show_comments()

    def _show_comments(self) -> None:
        """Put the reviewer's comments on the list; those on programs that the owner removed stay in the file."""
        shortlist = self._shared_list
        for program_id, comment in self._comments.comments.items():
            shortlist = shortlist.with_comment(program_id, self.reviewer, comment.text)
        self._state = self._state._replace(shortlist=shortlist)
