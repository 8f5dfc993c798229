"""Names of keys: Textual's, the ones users write in their settings, and the labels shown on screen."""

from __future__ import annotations

import string
import unicodedata

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

_MODIFIERS = frozenset({"ctrl", "alt", "shift", "meta", "super", "hyper"})
_LABELS = {"enter": "enter"}  # Textual shows a symbol that many fonts lack


def _character_name(character: str) -> str:
    """Return Textual's name of a printable key: its Unicode name in snake case, unless it's a letter or digit."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_SIGN_NAMES = frozenset(map(_character_name, string.punctuation))
KEY_NAMES = frozenset({key.value for key in Keys} | _SIGN_NAMES | {"space"})


def key_label(key_name: str) -> str:
    """Return the label of a key given by Textual's name: "/" for "slash"."""
    return _LABELS.get(key_name) or format_key(key_name)


def is_printable(key_name: str) -> bool:
    """Tell whether a key given by Textual's name types a character."""
    return len(key_name) == 1 or key_name == "space" or key_name in _SIGN_NAMES


def parse_key(text: str) -> str | None:
    """Return Textual's name of a key that a user wrote ("?", "ctrl+k", "f5"), or None if there is no such key."""
    *modifiers, base = text.split("+") if len(text) > 1 else [text]
    if not base or not _MODIFIERS.issuperset(modifiers):
        return None
    is_character = len(base) == 1
    name = _character_name(base) if is_character and base.isprintable() else base.casefold()
    return "+".join((*modifiers, name)) if is_character or name in KEY_NAMES else None
