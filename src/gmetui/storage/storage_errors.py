"""What can go wrong with a person's own files."""

from __future__ import annotations

from ..errors import GmetuiError


class FileError(GmetuiError):
    """A file cannot be read or written; nothing half-written is left. The message names the file and says why."""


class BrokenFileError(GmetuiError):
    """A file of the person's is there but is not what it should be; it was left untouched."""
