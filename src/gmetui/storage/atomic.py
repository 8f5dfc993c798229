"""Atomic writes and file locks.

New content goes to a temporary file in the directory of the target, is flushed to disk, and then replaces the target
in one step. Symbolic links and permissions stay as the user set them. Until that step the old content is in place,
after it the new content, whatever fails.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import FileError
from ..text import sanitize

LOCK_TIMEOUT = 5.0  # seconds to wait for another gmetui to finish saving
_POLL_INTERVAL = 0.02  # seconds
_MAX_BACKUPS = 999
_MAX_NAME_BYTES = 200  # of a file name, so that there is room for what is added to it


def file_error(action: str, path: Path, error: OSError) -> FileError:
    """Return `gmetui: cannot ACTION PATH: REASON` for an error of the operating system."""
    return FileError(f"gmetui: cannot {action} {sanitize(str(path))}: {error.strerror or error}")


def write_atomic(path: Path, content: str | bytes, *, is_private: bool = True) -> None:
    """Replace the content of `path`. Raises `FileError`; the old content is then intact."""
    write_atomic_parts(path, (content,), is_private=is_private)


def write_atomic_parts(path: Path, parts: Iterable[str | bytes], *, is_private: bool = True) -> None:
    """Replace the content of `path` with `parts`, written one by one.

    A new file is for the user alone, or for those whom the umask allows if it is not private.

    Raises `FileError`, and whatever iterating over `parts` raises; the old content is then intact. Characters that
    UTF-8 lacks become question marks.
    """
    with staged_parts(path, parts, is_private=is_private) as staged:
        staged.publish()


@contextlib.contextmanager
def staged_parts(path: Path, parts: Iterable[str | bytes], *, is_private: bool = True) -> Iterator[StagedFile]:
    """Write new content for `path`, which replaces the old one when it is published, or else is removed.

    Raises as `write_atomic_parts` does.
    """
    staged = StagedFile(path, is_private=is_private)
    try:
        staged.write(parts)
        yield staged
    finally:
        staged.discard()


class StagedFile:
    """New content of a file, in a temporary file beside it until it is published."""

    def __init__(self, path: Path, *, is_private: bool) -> None:
        """Find a name for the temporary file. Raises `FileError` if `path` cannot be written."""
        self._path = path
        try:
            self._target = real_path(path)
            self._permissions = _permissions(path)
            self._target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise file_error("write", path, error) from error
        self._opener = _open_by_umask if self._permissions is None and not is_private else _open_privately
        self.temporary_path = self._target.with_name(f"{_temporary_prefix(self._target)}{os.urandom(4).hex()}.tmp")
        self._is_published = False

    def write(self, parts: Iterable[str | bytes]) -> None:
        """Write the content."""
        try:
            with open(self.temporary_path, "xb", opener=self._opener) as file:  # Path.open takes no opener
                for part in parts:
                    file.write(part.encode("utf-8", "replace") if isinstance(part, str) else part)
                file.flush()
                os.fsync(file.fileno())
            if self._permissions is not None:
                self.temporary_path.chmod(self._permissions)
        except OSError as error:
            raise file_error("write", self._path, error) from error

    def publish(self) -> None:
        """Replace the old content, once."""
        if self._is_published:
            return
        try:
            self.temporary_path.replace(self._target)
        except OSError as error:
            raise file_error("write", self._path, error) from error
        self._is_published = True
        _flush_directory(self._target.parent)

    def discard(self) -> None:
        """Remove the temporary file unless it was published."""
        if not self._is_published:
            with contextlib.suppress(OSError):
                self.temporary_path.unlink()


def real_path(path: Path) -> Path:
    """Return the file that a path leads to through symbolic links. Raises OSError if they form a loop."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        target.stat()  # raises the error that says so
    return target


def _open_privately(file_name: str, flags: int) -> int:
    return os.open(file_name, flags, 0o600)


def _open_by_umask(file_name: str, flags: int) -> int:
    return os.open(file_name, flags, 0o666)


def _temporary_prefix(target: Path) -> str:
    is_long = len(os.fsencode(target.name)) > _MAX_NAME_BYTES
    return f".{target.name[: _MAX_NAME_BYTES // 4] if is_long else target.name}."


def _permissions(path: Path) -> int | None:
    """Return the permissions of a file, None for a new one. Raises `FileError` if it is a pipe or device."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # for a directory, the system has the better message
        raise FileError(f"gmetui: cannot write {sanitize(str(path))}: it is not a regular file")
    return stat.S_IMODE(mode)


def _flush_directory(directory: Path) -> None:
    """Make a rename in the directory durable, on platforms that can. Where this fails, the file itself is safe."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def file_lock(path: Path, timeout: float | None = None) -> Iterator[None]:
    """Hold the lock file next to `path` while its content is read, merged and written.

    Raises `FileError` if another gmetui holds the lock for longer than `timeout` seconds (`LOCK_TIMEOUT` for None), or
    the directory cannot be written to.
    """
    from filelock import FileLock, Timeout  # slow to import; only saving needs it

    try:
        target = real_path(path)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        seconds = LOCK_TIMEOUT if timeout is None else timeout
        lock = FileLock(f"{target}.lock", timeout=seconds, mode=0o600, poll_interval=_POLL_INTERVAL)
        lock.acquire()
    except Timeout as error:
        reason = "another gmetui is saving it; try again in a moment"
        raise FileError(f"gmetui: cannot write {sanitize(str(path))}: {reason}") from error
    except OSError as error:
        lock_file = path.with_name(f"{path.name}.lock")
        if isinstance(error, PermissionError) and os.path.lexists(lock_file):
            reason = f"{sanitize(lock_file.name)} cannot be opened; it may belong to another user"
            raise FileError(f"gmetui: cannot write {sanitize(str(path))}: {reason}") from error
        raise file_error("write", path, error) from error
    try:
        remove_temporary_files(target.parent, _temporary_prefix(target))
        yield
    except OSError as error:
        raise file_error("write", path, error) from error
    finally:
        with contextlib.suppress(OSError):  # the lock ends with the process at the latest
            lock.release(force=True)


def undo_rename(path: Path, new_path: Path) -> None:
    """Rename `new_path` back to `path` if nothing has taken its place."""
    with contextlib.suppress(OSError):
        if not os.path.lexists(path):
            new_path.rename(path)


def exists(path: Path) -> bool:
    """Tell whether a file exists, if only as a symbolic link. Raises `FileError` if that cannot be told."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise file_error("read", path, error) from error
    return True


def remove_temporary_files(directory: Path, prefix: str = ".") -> None:
    """Remove what killed processes left behind. Only the holder of the lock for these files may do this."""
    with contextlib.suppress(OSError):
        for file in directory.iterdir():
            if file.name.startswith(prefix) and file.name.endswith(".tmp"):
                with contextlib.suppress(OSError):
                    file.unlink()


def rename_as_backup(path: Path) -> Path:
    """Rename a damaged file to `NAME.broken-1.EXTENSION` or the next free number, and return the new path."""
    for number in range(1, _MAX_BACKUPS + 1):
        backup = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
        if not os.path.lexists(backup):
            try:
                path.rename(backup)
            except OSError as error:
                raise file_error("back up", path, error) from error
            except BaseException:
                undo_rename(path, backup)
                raise
            return backup
    raise FileError(
        f"gmetui: cannot back up {sanitize(str(path))}: there are {_MAX_BACKUPS} backups already; delete some of them"
    )
