"""Programs in the order in which they were read, encoded: in memory while they are few, else in a file without a name.

A program takes about 2 kB as a value and 0.4 kB encoded, and making a catalog looks at each one or two times.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, overload
from weakref import finalize

from msgspec import msgpack

from ..catalog.models import Program
from ..compiled.tables import Entries

#: Bytes of encoded programs in memory.
_MAX_MEMORY = 32 * 1024 * 1024
_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Program).decode


class ProgramSpool:
    """Encoded programs by number. Where no file can be written, all of them stay in memory."""

    def __init__(self, directory: Path | None = None) -> None:
        """Begin without programs. The file is made in `directory`, by default in the system's for temporary files."""
        self._directory = directory
        self._ends = array("Q", (0,))  # in the file
        self._recent: list[bytes] = []
        self._recent_size = 0
        self._file: IO[bytes] | None = None
        self._max_memory: float = _MAX_MEMORY

    def append(self, program: Program) -> int:
        """Add a program and return its number."""
        content = _encode(program)
        self._recent.append(content)
        self._recent_size += len(content)
        number = len(self._ends) + len(self._recent) - 2
        if self._recent_size > self._max_memory:
            self._write_recent()
        return number

    def _write_recent(self) -> None:
        try:
            if self._file is None:
                self._file = _temporary_file(self._directory)
                finalize(self, self._file.close)
            self._file.write(b"".join(self._recent))
            self._file.flush()
        except OSError:
            self._max_memory = float("inf")
            return
        end = self._ends[-1]
        for content in self._recent:
            end += len(content)
            self._ends.append(end)
        self._recent.clear()
        self._recent_size = 0

    def __getitem__(self, number: int) -> Program:
        """Return the program with a number."""
        file_count = len(self._ends) - 1
        if number >= file_count:
            return _decode(self._recent[number - file_count])
        assert self._file is not None
        start = self._ends[number]
        return _decode(_read_at(self._file, start, self._ends[number + 1] - start))


def _temporary_file(directory: Path | None) -> IO[bytes]:
    """Open a file that has no name, or none that outlives this process."""
    if directory is not None:
        with suppress(OSError):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            return tempfile.TemporaryFile(dir=directory)
    return tempfile.TemporaryFile()


def _read_at(file: IO[bytes], offset: int, length: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, offset)
    file.seek(offset)
    content = file.read(length)
    file.seek(0, os.SEEK_END)
    return content


class SpooledPrograms(Sequence[Program]):
    """Programs in a spool by number, in any order, each decoded when it is looked at."""

    def __init__(self, spool: ProgramSpool, numbers: Sequence[int]) -> None:
        self._spool = spool
        self._numbers = numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Program: ...
    @overload
    def __getitem__(self, index: slice) -> Entries[Program]: ...
    def __getitem__(self, index: int | slice) -> Program | Entries[Program]:
        """Return one program, or some of them, which are decoded when they are looked at."""
        if isinstance(index, slice):
            return Entries(self, range(len(self))[index])
        return self._spool[self._numbers[index]]

    def __iter__(self) -> Iterator[Program]:
        """Decode each program, without keeping any."""
        return map(self._spool.__getitem__, self._numbers)
