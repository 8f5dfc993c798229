"""Where a person's files live: `GMETUI_HOME`, or else where the platform puts such files. Makes no directory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..text import is_id
from .storage_errors import FileError


@dataclass(frozen=True, slots=True)
class Paths:
    """The places, whether they exist or not."""

    settings: Path
    shortlists: Path
    programs: Path
    cache: Path
    state: Path
    columns: Path

    def shortlist(self, name: str) -> Path:
        """Return the file of the list `name`. Raises `FileError` when the name could lead elsewhere."""
        if not is_id(name):
            raise FileError(f"gmetui: {name!r} cannot name a list; use lower-case letters, digits and hyphens")
        return self.shortlists / f"{name}.toml"


def user_paths() -> Paths:
    """Return where this person's files are kept."""
    home = os.environ.get("GMETUI_HOME")
    if home:
        root = Path(home).expanduser()
        names = ("settings.toml", "shortlists", "programs", "cache", "state.json", "columns.json")
        return Paths(*(root / name for name in names))
    from platformdirs import PlatformDirs  # slow to import, and not needed with GMETUI_HOME

    places = PlatformDirs("gmetui", appauthor=False)
    data = Path(places.user_data_dir)
    return Paths(
        Path(places.user_config_dir) / "settings.toml",
        data / "shortlists",
        data / "programs",
        Path(places.user_cache_dir),
        Path(places.user_state_dir) / "state.json",
        Path(places.user_state_dir) / "columns.json",
    )
