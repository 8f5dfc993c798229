"""Faults at single file calls: an error, an interrupt, or the death of the process, before or after the call."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from types import TracebackType
from typing import Any, Self
from unittest.mock import patch

FILE_CALLS = (
    *("open", "fdopen", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "chmod"),
    *("stat", "lstat", "fstat", "listdir", "scandir", "readlink"),
)
ERROR_NUMBERS = (5, 28, 122, 13, 30)  # input/output error, no space, quota, no permission, read-only file system


class Fault(Enum):
    """What happens at one file call."""

    ERROR = "error"
    INTERRUPT = "interrupt"
    INTERRUPT_AFTER = "interrupt after the call"
    KILL = "kill"


class Killed(BaseException):
    """The process is dead: every further file call raises this, too."""


class FileCalls:
    """Counts file calls and makes the one numbered `number` fail; 0 for none."""

    def __init__(self, number: int, fault: Fault = Fault.ERROR, error_number: int = 5) -> None:
        self.count = 0
        self.call_name = ""
        self._number = number
        self._fault = fault
        self._error_number = error_number

    @property
    def has_failed(self) -> bool:
        return 0 < self._number <= self.count

    def run(self, call_name: str, call: Callable[[], Any]) -> Any:
        """Run one file call, or fail."""
        is_lock = sys._getframe(2).f_globals.get("__name__", "").startswith("filelock")
        if self._fault is Fault.KILL and is_lock:
            return call()  # the system releases the locks of a dead process
        self.count += 1
        if self.count == self._number:
            self.call_name = call_name
        if self._fault is Fault.KILL and self.has_failed:
            raise Killed
        if self.count != self._number:
            return call()
        if self._fault is Fault.ERROR:
            raise OSError(self._error_number, os.strerror(self._error_number))
        if self._fault is Fault.INTERRUPT:
            raise KeyboardInterrupt
        with suppress(OSError):
            result = call()
            if hasattr(result, "close"):
                result.close()
            elif call_name == "open":
                os.close(result)
        raise KeyboardInterrupt


class _FaultyFile:
    """An open file whose reads and writes are file calls."""

    def __init__(self, file: Any, calls: FileCalls) -> None:
        self._file = file
        self._calls = calls

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def fileno(self) -> int:
        return int(self._file.fileno())

    def read(self, count: int) -> Any:
        return self._calls.run("read", lambda: self._file.read(count))

    def write(self, content: bytes) -> None:
        self._file.write(content[: len(content) // 2])
        self._calls.run("write", lambda: self._file.write(content[len(content) // 2 :]))

    def flush(self) -> None:
        self._calls.run("flush", self._file.flush)


@contextmanager
def file_calls(number: int = 0, fault: Fault = Fault.ERROR, error_number: int = 5) -> Iterator[FileCalls]:
    """Make one file call of the storage layer fail within the context."""
    calls = FileCalls(number, fault, error_number)

    def faulty(call_name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **options: calls.run(call_name, lambda: call(*arguments, **options))

    def faulty_open(*arguments: Any, **options: Any) -> _FaultyFile:
        return _FaultyFile(open(*arguments, **options), calls)  # noqa: PTH123

    real_fdopen = os.fdopen

    def faulty_fdopen(*arguments: Any, **options: Any) -> _FaultyFile:
        return _FaultyFile(calls.run("fdopen", lambda: real_fdopen(*arguments, **options)), calls)

    replaced = {name: faulty(name, getattr(os, name)) for name in FILE_CALLS} | {"fdopen": faulty_fdopen}
    with patch.multiple(os, **replaced), patch("gmetui.storage.atomic.open", faulty_open, create=True):
        yield calls
