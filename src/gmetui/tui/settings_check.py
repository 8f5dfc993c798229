"""What of a person's settings only the explorer can judge: themes, keys and columns."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES

from ..storage.settings import Settings
from ..text import nearest
from .keymap import KeyMap
from .rendering.program_columns import unknown_columns
from .themes import THEMES

THEME_NAMES = (*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES))


def judged(settings: Settings) -> tuple[KeyMap, list[str]]:
    """Return the keys in use, and what is wrong with the settings, each with the nearest right name."""
    keys = KeyMap(settings.keys)
    wrong = [*keys.wrong, *unknown_columns(settings.columns)]
    theme = settings.theme
    if theme and theme not in THEME_NAMES:
        near = nearest(theme, list(THEME_NAMES))
        wrong.append(f"theme: no theme {theme!r}{f'; did you mean {near!r}?' if near else ''}")
    return keys, wrong
