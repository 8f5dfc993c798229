"""Errors of reading a file that the command line names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import FileError
from ..text import sanitize


@contextmanager
def reporting_read_errors(file: str) -> Iterator[None]:
    """Turn an `OSError` that reading `file` raises into a `FileError`."""
    try:
        yield
    except OSError as error:
        raise FileError(f"gmetui: cannot read {sanitize(file)}: {error.strerror}") from error
