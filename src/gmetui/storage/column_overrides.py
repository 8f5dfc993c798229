"""The meanings that the user gave to columns of files to import, remembered by the layout of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import GmetuiError
from .atomic import file_lock, write_atomic
from .regular_file import read_user_file

_MAX_LAYOUTS = 200  # the number of layouts that are remembered


class ColumnOverrideStore:
    """A JSON file of overrides: layout → heading → field. A damaged file counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, layout: str) -> Mapping[str, str]:
        """Return the overrides for files with this layout."""
        overrides = self._read().get(layout, {})
        return {str(key): str(value) for key, value in overrides.items()} if isinstance(overrides, dict) else {}

    def save(self, layout: str, overrides: Mapping[str, str]) -> None:
        """Remember the overrides for files with this layout; the oldest layout is forgotten. Raises `FileError`."""
        with file_lock(self._path):
            others = {key: value for key, value in self._read().items() if key != layout}
            recent = dict([*others.items(), (layout, dict(overrides))][-_MAX_LAYOUTS:])
            write_atomic(self._path, json.dumps(recent, ensure_ascii=False, indent=1))

    def _read(self) -> dict[str, Any]:
        try:
            overrides = json.loads(read_user_file(self._path) or b"{}")
        except (GmetuiError, ValueError, RecursionError):
            return {}
        return overrides if isinstance(overrides, dict) else {}
