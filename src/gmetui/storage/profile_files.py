"""Where profiles are, and whether there are any. Most users have none, so this needs nothing of what reads them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .paths import Paths, require_slug

DEFAULT_NAME = "default"
NO_PROFILE_VARIABLE = "GMETUI_NO_PROFILE"
_FILE_NAME = re.compile(r"profile(?:\.([a-z0-9][a-z0-9-]*))?\.toml")


def is_turned_off() -> bool:
    """Tell whether there are no profiles here: `gmetui serve` sets the variable, since others may see a web page."""
    return bool(os.environ.get(NO_PROFILE_VARIABLE))


def profile_path(user_files: Paths, name: str = DEFAULT_NAME) -> Path:
    """Return the file of a profile, beside the settings. Raises `FileError` if the name cannot be one."""
    if name == DEFAULT_NAME:
        return user_files.settings.with_name("profile.toml")
    return user_files.settings.with_name(f"profile.{require_slug(name)}.toml")


def profile_names(user_files: Paths) -> tuple[str, ...]:
    """Return the names of the profiles that exist, the default one first."""
    try:
        matches = [_FILE_NAME.fullmatch(file.name) for file in user_files.settings.parent.iterdir() if file.is_file()]
    except OSError:
        return ()
    names = {match[1] or DEFAULT_NAME for match in matches if match}
    return tuple(sorted(names, key=lambda name: (name != DEFAULT_NAME, name)))
