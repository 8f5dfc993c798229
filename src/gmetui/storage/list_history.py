"""The versions of one shortlist: `history/NAME/000007.toml.gz` is the list as it was after its seventh change.

The invariant: **the history only grows.** A version that was written stays readable, unchanged and under its number,
until it is older than the newest `limit` versions. Proof, by the operations that touch the directory (each runs under
the lock of the list):

- `add` takes the number after the highest one *in the directory*, never one from the list file, so that it replaces no
  file, whatever the list file says: emptied, deleted, older, foreign or damaged.
- `discard` deletes only a version that `add` returned within the same operation, when writing the list itself failed.
- `prune` deletes only files whose numbers are below the `limit` highest ones. It runs after the list was written, never
  when the user's limit is unknown because the settings are damaged, and for the default limit it deletes no more
  versions than were added: settings that were emptied or deleted don't cost the versions that a higher limit kept.

Nothing else deletes or writes there; if the directory cannot be listed, `add` fails instead of starting from 1.
Since versions are never rewritten, undo and redo cannot follow the numbers. Each version names its `parent`, the
version that was the list before the change (by default the number before its own): undo goes to the parent, redo to
the newest child. A change after an undo adds a child; the undone versions stay and can be restored.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DamagedFileError, FileError, GmetuiError
from ..text import sanitize
from .atomic import remove_temporary_files, write_atomic
from .numbered_files import NumberedFiles, discard
from .regular_file import MAX_FILE_BYTES, read_user_file
from .shortlist_file import encode_list
from .toml_file import parse_toml

_MAX_HEAD_BYTES = 1024 * 1024
# Very early versions were not compressed.
_SUFFIXES = (".toml", ".toml.gz")


class Version(NamedTuple):
    """One version of a list: when it was saved, and a description of the change that led to it."""

    revision: int
    saved_at: str
    change: str
    program_count: int


class ListHistory:
    """The versions of one list in a directory, at most `limit` of them; None for no limit."""

    def __init__(self, directory: Path, limit: int | None) -> None:
        self._files = NumberedFiles(directory, *_SUFFIXES)
        self._limit = limit

    def newest_revision(self) -> int:
        """Return the number of the newest version, 0 if there is none. Raises `FileError`."""
        return max(self._files.paths(), default=0)

    def __contains__(self, revision: int) -> bool:
        """Tell whether a version is saved. Raises `FileError`."""
        return revision in self._files.paths()

    def versions(self) -> list[Version]:
        """Return the versions, newest first. Damaged ones are left out."""
        numbered = reversed(self._files.paths().items())
        versions = (_describe(revision, version_file) for revision, version_file in numbered)
        return [version for version in versions if version]

    def newest_version(self) -> Version | None:
        """Return the newest version that isn't damaged."""
        numbered = reversed(self._files.paths().items())
        versions = (_describe(revision, version_file) for revision, version_file in numbered)
        return next((version for version in versions if version), None)

    def version(self, revision: int) -> Version | None:
        """Return the description of a version, or None if it is missing or damaged."""
        version_file = self._files.paths().get(revision)
        return _describe(revision, version_file) if version_file else None

    def read(self, revision: int) -> dict[str, Any] | None:
        """Return the tables of a version, or None if it is missing or damaged. Raises `FileError` if unreadable."""
        version_file = self._files.paths().get(revision)
        return _read_tables(version_file) if version_file else None

    def parent(self, revision: int) -> int:
        """Return the version that a version was made from, 0 for the empty list at the beginning.

        Raises `FileError`.
        """
        version_file = self._files.paths().get(revision)
        return _parent(revision, version_file) if version_file else 0

    def newest_child(self, revision: int) -> int | None:
        """Return the newest version that was made from a version, or None. Raises `FileError`."""
        for child, version_file in reversed(self._files.paths().items()):
            if child <= revision:
                break
            if _parent(child, version_file) == revision:
                return child
        return None

    def add(self, tables: Mapping[str, Any], change: str, parent: int) -> int:
        """Write a version under a new number and return the number. Raises `FileError`."""
        import gzip  # only saving needs it

        remove_temporary_files(self._files.directory)
        revision, version_file = self._files.next_path(self._files.paths())
        saved_at = datetime.now(UTC).isoformat(timespec="seconds")
        head: dict[str, Any] = {"saved_at": saved_at, "change": change, "size": len(tables["program"])}
        if parent != revision - 1:
            head["parent"] = parent
        content = encode_list(head | dict(tables) | {"revision": revision})
        try:
            write_atomic(version_file, gzip.compress(content, compresslevel=6, mtime=0))
        except BaseException:
            discard(version_file)
            raise
        return revision

    def discard(self, revision: int) -> None:
        """Delete a version that did not become the list."""
        with suppress(GmetuiError):
            if version_file := self._files.paths().get(revision):
                discard(version_file)

    def prune(self, at_most: int | None = None) -> None:
        """Delete the oldest versions beyond the limit, as far as possible, and `at_most` so many of them."""
        if self._limit is None:
            return
        with suppress(GmetuiError):
            numbered = self._files.paths()
            for revision in sorted(numbered)[: -self._limit][:at_most]:
                discard(numbered[revision])

    def ignored_names(self) -> list[str]:
        """Return the names of files in the directory that look like versions and are not."""
        return self._files.ignored_names()


def _describe(revision: int, version_file: Path) -> Version | None:
    """Return the description of a version, or None if it is damaged or unreadable."""
    with suppress(FileError):
        return _describe_readable(revision, version_file)
    return None


def _describe_readable(revision: int, version_file: Path) -> Version | None:
    head = _read_tables(version_file, head_only=True)
    if head is None:
        return None
    program_count = head.get("size")
    if not isinstance(program_count, int):  # an early version
        tables = _read_tables(version_file)
        if tables is None:
            return None
        programs = tables.get("program", ())
        program_count = len(programs) if isinstance(programs, list) else 0
    saved_at, change = (sanitize(str(head.get(key, ""))) for key in ("saved_at", "change"))
    return Version(revision, saved_at, change, program_count)


def _parent(revision: int, version_file: Path) -> int:
    head = _read_tables(version_file, head_only=True) or {}
    parent = head.get("parent")
    return parent if isinstance(parent, int) and 0 <= parent < revision else revision - 1


def _read_tables(version_file: Path, *, head_only: bool = False) -> dict[str, Any] | None:
    """Return the tables of a version, or only the keys above its first table; None if it is damaged."""
    import zlib

    try:
        packed = read_user_file(version_file)
        if packed is None:
            return None
        stream: BufferedIOBase = BytesIO(packed)
        if version_file.suffix == ".gz":
            import gzip

            stream = gzip.GzipFile(fileobj=stream)
        content = _read_head(stream) if head_only else stream.read(MAX_FILE_BYTES + 1)
        return parse_toml(content.decode()) if len(content) <= MAX_FILE_BYTES else None
    except (OSError, EOFError, ValueError, zlib.error, DamagedFileError):
        return None


def _read_head(stream: BufferedIOBase) -> bytes:
    """Return the lines above the first table. Raises ValueError if they are longer than any that gmetui writes."""
    head = bytearray()
    while (line := stream.readline(_MAX_HEAD_BYTES)) and not line.startswith(b"["):
        head += line
        if len(head) > _MAX_HEAD_BYTES:
            raise ValueError("the head of the version is too long")
    return bytes(head)
