"""Settings: a small TOML file that is read leniently and written rarely. What is wrong in it is said, never fatal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..catalog.text import clean, nearest
from .atomic import set_aside, write_atomic
from .errors import BrokenFileError
from .tomlfile import read_toml

_KEYS = ("theme",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen. `extra` holds keys this version doesn't know; they are written back."""

    theme: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def with_theme(self, theme: str) -> Settings:
        """Return the settings with another theme."""
        return replace(self, theme=theme)


def read_settings(path: Path) -> tuple[Settings, list[str]]:
    """Return the settings and what is wrong with the file; an absent file is all defaults. Raises `FileError`."""
    try:
        tables = read_toml(path) or {}
    except BrokenFileError as error:
        return Settings(), [str(error)]
    warnings = []
    theme = tables.get("theme", "")
    if not isinstance(theme, str):
        warnings.append(f"{clean(str(path))}: theme: must be text; the usual theme is used")
        theme = ""
    for key in tables:
        near = nearest(key, list(_KEYS)) if key not in _KEYS else None
        if near:
            warnings.append(f"{clean(str(path))}: {clean(key)}: no such setting; did you mean {near!r}?")
    extra = {key: value for key, value in tables.items() if key not in _KEYS}
    return Settings(clean(theme), extra), warnings


def write_settings(path: Path, settings: Settings) -> Path | None:
    """Write the settings; a broken file is kept aside first, and where is returned. Raises `FileError`."""
    import tomli_w

    aside = None
    try:
        read_toml(path)
    except BrokenFileError:
        aside = set_aside(path)
    tables = dict(settings.extra) | ({"theme": settings.theme} if settings.theme else {})
    write_atomic(path, tomli_w.dumps(tables))
    return aside
