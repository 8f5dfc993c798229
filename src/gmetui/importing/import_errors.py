"""What can be wrong with a file that is brought in."""

from __future__ import annotations

from ..errors import GmetuiError


class TableError(GmetuiError):
    """A file that is no list of programs, or too large to be one."""


class NoProgramsError(TableError):
    """A file in which nothing is a program; the message says why, without the file."""
