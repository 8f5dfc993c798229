"""What the application reads of its user before it shows anything: the settings, the keys, and what was open last."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import FileError
from ..session.state import SessionState
from ..storage.paths import Paths
from ..storage.session_file import read_session
from ..storage.settings import Settings, read_settings
from .keymap import KeyMap
from .settings_check import check_settings


class Preferences(NamedTuple):
    """Settings, keys and the last state; `problems` are sentences about the files, to be shown on screen."""

    state: SessionState
    settings: Settings
    key_map: KeyMap
    problems: tuple[str, ...]


def read_preferences(paths: Paths) -> Preferences:
    """Read the user's files. What is wrong in them has its default."""
    settings, problems = Settings(versions_unknown=True), list[str]()
    try:
        settings, problems = read_settings(paths.settings)
    except FileError as error:
        problems.append(str(error))
    key_map, key_problems = check_settings(settings)
    problems += (f"settings: {problem}" for problem in key_problems)
    return Preferences(read_session(paths.state), settings, key_map, tuple(problems))
