"""Checks of the settings that only the TUI can make: themes, keys and columns."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES

from ..storage.settings import Settings
from ..text import did_you_mean
from .keymap import KeyMap
from .themes import THEMES

THEME_NAMES = (*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES))


def check_settings(settings: Settings) -> tuple[KeyMap, list[str]]:
    """Return the keys in use, and the problems of the settings, each with the closest valid name."""
    key_map = KeyMap(settings.keys)
    problems = list(key_map.problems)
    if settings.columns:
        from ..documents.program_columns import column_errors

        problems += column_errors(settings.columns)
    theme = settings.theme
    if theme and theme not in THEME_NAMES:
        question = did_you_mean(theme, THEME_NAMES)
        problems.append(f"theme: unknown theme “{theme}”{f'; {question}' if question else ''}")
    return key_map, problems
