"""Imported program lists: one data file each. The previous version of each file is kept for undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ..errors import GmetuiError
from ..text import is_slug, sanitize
from .atomic import StagedFile, exists, file_error, file_lock, staged_parts, write_atomic_parts
from .list_files import file_names, ignored_file_names, list_file_names
from .numbered_files import discard, ignored_files_notice
from .paths import require_slug
from .regular_file import read_head, user_file_parts
from .toml_file import parse_toml

_HEAD_BYTES = 16_384  # enough for the [import] table at the top of a file
_MAX_LIST_BYTES = 1024 * 1024 * 1024  # as much as an imported file can have
_MAX_ERROR_LENGTH = 200


class ImportedList(NamedTuple):
    """An imported list, described by the head of its file. `error` tells why the head cannot be read."""

    name: str
    path: Path
    title: str = ""
    url: str = ""
    as_of: str = ""
    source_file: str = ""
    program_count: int = 0
    imported_on: str = ""
    error: str = ""
    file_id: str = ""


class StagedList:
    """A list that is written, but not yet in its place."""

    def __init__(self, list_path: Path, file: StagedFile, former_digest: bytes | None) -> None:
        self.list_path, self.path = list_path, file.temporary_path
        self._file = file
        self._former_digest = former_digest
        self.is_changed = _digest(self.path) != former_digest

    def publish(self) -> None:
        """Put the list in its place."""
        self._file.publish()
        if self._former_digest is None:
            discard(_previous(self.list_path))

    def retract(self) -> None:
        """Put back what was there before, where the list was published."""
        if _digest(self.list_path) == self._former_digest:
            return
        if self._former_digest is None:
            self.list_path.unlink()
        else:
            _outgoing(self.list_path).replace(self.list_path)


class ImportStore:
    """The imported lists in one directory. Writing methods raise `FileError`.

    A list is in its place at every moment: what replaces it takes its name in one step. Before that, its content is
    copied to `NAME.toml.outgoing`, which then becomes the previous version; if gmetui is killed in between, the next
    operation on the list finishes this.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def path(self, list_name: str) -> Path:
        """Return the file of a list. Raises `FileError` if the name isn't a slug: it could lead elsewhere."""
        return self._directory / f"{require_slug(list_name)}.toml"

    def find(self, list_name: str) -> Path | None:
        """Return the file of a list if it exists, or None."""
        list_path = self._directory / f"{list_name}.toml"
        return list_path if is_slug(list_name) and list_path.exists() else None

    def files(self) -> list[Path]:
        """Return the files of the lists by name; other files, such as copies by a sync tool, are left out."""
        return [self._directory / name for name in list_file_names(self._directory)]

    def ignored_files_notice(self) -> str:
        """Return one sentence about files beside the lists that are ignored, "" if there are none."""
        return ignored_files_notice(self._directory, ignored_file_names(self._directory))

    def lists(self) -> list[ImportedList]:
        """Return the imported lists by name. Reads only the head of each file."""
        return [_describe(file) for file in self.files()]

    def removed_names(self) -> list[str]:
        """Return the names of removed lists that `undo` can restore."""
        suffix = ".toml.before"
        names = [name.removesuffix(suffix) for name in file_names(self._directory, suffix)]
        return [name for name in names if is_slug(name) and not exists(self._directory / f"{name}.toml")]

    def write(self, list_name: str, parts: Iterable[str]) -> bool:
        """Write a list atomically, and return whether that changed it.

        The file it replaces becomes the previous version. A new list has none: undoing it removes the list.
        """
        with self.staged(list_name, parts) as staged:
            staged.publish()
            return staged.is_changed

    @contextmanager
    def staged(self, list_name: str, parts: Iterable[str]) -> Iterator[StagedList]:
        """Write a list beside its place, which it takes when it is published, or else is removed."""
        with self._replacing(self.path(list_name)) as list_path:
            former_digest = _digest(list_path)
            with staged_parts(list_path, parts) as file:
                yield StagedList(list_path, file, former_digest)

    def remove(self, list_name: str) -> None:
        """Remove a list; `undo` restores it."""
        with _locked(self.path(list_name)) as list_path:
            list_path.replace(_previous(list_path))

    def can_undo(self, list_name: str) -> bool:
        """Tell whether there is a previous version, or a list whose import can be reversed."""
        return exists(_previous(self.path(list_name))) or exists(self.path(list_name))

    def undo(self, list_name: str) -> bool:
        """Swap a list with its previous version, restore a removed list, or remove a new one.

        Return False if there is none.
        """
        if not self.can_undo(list_name):
            return False
        if not exists(_previous(self.path(list_name))):
            self.remove(list_name)
            return True
        with self._replacing(self.path(list_name)) as list_path:
            _previous(list_path).replace(list_path)
        return True

    @contextmanager
    def _replacing(self, list_path: Path) -> Iterator[Path]:
        """Make the present content of a list its previous version if the body replaces the list."""
        with _locked(list_path):
            try:
                if exists(list_path):
                    write_atomic_parts(_outgoing(list_path), user_file_parts(list_path, _MAX_LIST_BYTES))
                yield list_path
            finally:
                _finish_whatever_happens(list_path)


@contextmanager
def _locked(list_path: Path) -> Iterator[Path]:
    """Hold the lock of a file, finish what a killed process began, and report errors as `FileError`."""
    with file_lock(list_path):
        try:
            _finish_replacing(list_path)
            yield list_path
        except OSError as error:
            raise file_error("write", list_path, error) from error


def _finish_whatever_happens(list_path: Path) -> None:
    """Finish replacing a list, at a second attempt if the first one fails or is interrupted."""
    try:
        _finish_replacing(list_path)
    except BaseException as error:
        with suppress(OSError, GmetuiError):
            _finish_replacing(list_path)
        if not isinstance(error, OSError | GmetuiError):
            raise


def _finish_replacing(list_path: Path) -> None:
    """Make the copy of a list its previous version if the list was replaced since, or else delete the copy."""
    outgoing = _outgoing(list_path)
    digest = _digest(outgoing)
    if digest is None:
        return
    if _digest(list_path) == digest:
        discard(outgoing)
    else:
        outgoing.replace(_previous(list_path))


def _digest(path: Path) -> bytes | None:
    """Return the digest of a file, or None without one."""
    from hashlib import sha256  # listing the files needs none

    if not exists(path):
        return None
    digest = sha256()
    for part in user_file_parts(path, _MAX_LIST_BYTES):
        digest.update(part)
    return digest.digest()


def _outgoing(list_path: Path) -> Path:
    return list_path.with_name(f"{list_path.name}.outgoing")


def _previous(list_path: Path) -> Path:
    return list_path.with_name(f"{list_path.name}.before")


def _describe(list_path: Path) -> ImportedList:
    """Return what the head of a file says about its list."""
    try:
        head = (read_head(list_path, _HEAD_BYTES) or b"").decode("utf-8", "replace")
        table = parse_toml(head.partition("\n[[")[0])["import"]
        texts = {
            key: sanitize(str(table.get(key, ""))) for key in ("title", "url", "as_of", "file", "file_id", "brought")
        }
        count = table.get("programs", 0)
    except (GmetuiError, ValueError, KeyError, AttributeError) as error:
        return ImportedList(list_path.stem, list_path, error=sanitize(f"cannot be read: {error}")[:_MAX_ERROR_LENGTH])
    return ImportedList(
        list_path.stem,
        list_path,
        title=texts["title"],
        url=texts["url"],
        as_of=texts["as_of"],
        source_file=texts["file"],
        program_count=count if isinstance(count, int) else 0,
        imported_on=texts["brought"],
        file_id=texts["file_id"],
    )
