"""Writing a file whole or not at all, and keeping others out meanwhile.

The text goes to a temporary file in the target's own directory, is flushed to the disk and then takes the target's
place in one step; links and permissions stay as the person chose them.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..text import clean
from .storage_errors import FileError

_PATIENCE = 5.0  # seconds to wait for another gmetui to finish saving


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace what is in `path` with `content`. Raises `FileError`; the former content is then still whole."""
    write_parts(path, (content,))


def write_parts(path: Path, parts: Iterable[str | bytes]) -> None:
    """Replace what is in `path` with `parts`, one after the other. Raises `FileError`, and what `parts` raises; the
    former content is then still whole."""
    import tempfile  # slow to import; only saving needs it

    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    file.write(part.encode("utf-8") if isinstance(part, str) else part)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_mode(target))
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        _flush_directory(target.parent)
    except OSError as error:
        raise FileError(f"gmetui: cannot write {clean(str(path))}: {error.strerror or error}") from error


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return 0o600


def _flush_directory(directory: Path) -> None:
    """Make the renaming itself last, where the platform can."""
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems refuse; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock beside `path` while its content is read, merged and written.

    Raises `FileError` when another gmetui holds it for too long, or the place cannot be written to.
    """
    from filelock import FileLock, Timeout  # slow to import; only saving needs it

    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(f"{target}.lock", timeout=_PATIENCE):
            _sweep(target)
            yield
    except Timeout as error:
        raise FileError(f"gmetui: another gmetui is saving {clean(str(path))}; try again") from error
    except OSError as error:
        raise FileError(f"gmetui: cannot write {clean(str(path))}: {error.strerror or error}") from error


def _sweep(target: Path) -> None:
    """Remove what a killed save left behind; only the holder of the lock may."""
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def set_aside(path: Path) -> Path:
    """Give a broken file another name beside its place and return it; nothing is overwritten."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
        if not aside.exists():
            try:
                path.rename(aside)
            except OSError as error:
                raise FileError(f"gmetui: cannot keep {clean(str(path))} aside: {error.strerror}") from error
            return aside
    raise FileError(f"gmetui: too many broken files beside {clean(str(path))}")
