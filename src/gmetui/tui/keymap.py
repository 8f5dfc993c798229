"""A person's own keys, by the id of an action: what they mean, and what is wrong with them."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping

from textual.keys import Keys, _character_to_key, format_key

from ..text import nearest
from .actions import BY_ID
from .contexts import ROOMS, live

_MODIFIERS = ("ctrl", "alt", "shift", "meta", "super", "hyper")
_NAMED = {key.value for key in Keys} | {_character_to_key(sign) for sign in string.punctuation} | {"space"}
_SIGNS = {
    "enter": "enter",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
}


class KeyMap:
    """The keys in use: the usual ones, and a person's own in their place."""

    def __init__(self, own: Mapping[str, Iterable[str]] | None = None) -> None:
        """Take what is right of `own`; `wrong` says what is not, and why."""
        self.wrong: list[str] = []
        self._own: dict[str, tuple[str, ...]] = {}
        for action, keys in (own or {}).items():
            named = self._named(action, tuple(keys))
            if named:
                self._own[action] = named
        for action in [action for action in self._own if self._clashes(action)]:
            del self._own[action]

    def keys(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action, by Textual's names."""
        return self._own.get(action, BY_ID[action].keys)

    def shown(self, action: str) -> str:
        """Return the key of an action as people write it."""
        if action not in self._own:
            return BY_ID[action].shown
        return key_sign(self._own[action][0])

    def all_shown(self, action: str) -> str:
        """Return every key of an action as people write them."""
        keys = (key_sign(key) for key in self.keys(action))
        return "  ".join(dict.fromkeys(keys))

    @property
    def for_textual(self) -> dict[str, str]:
        """The person's own keys as Textual takes them."""
        return {action: ",".join(keys) for action, keys in self._own.items()}

    def _named(self, action: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        if action not in BY_ID:
            near = nearest(action, list(BY_ID))
            self.wrong.append(f"keys.{action}: no such action{f'; did you mean {near!r}?' if near else ''}")
            return ()
        named = []
        for key in keys:
            name = key_name(key)
            if name is None:
                near = nearest(key, sorted(_NAMED))
                self.wrong.append(f"keys.{action}: no key {key!r}{f'; did you mean {near!r}?' if near else ''}")
                return ()
            named.append(name)
        if not named:
            self.wrong.append(f"keys.{action}: names no key")
        return tuple(named)

    def _clashes(self, action: str) -> bool:
        """Tell, and say, whether a key of `action` does something else where the action works."""
        for room, place in ROOMS.items():
            for pane in place.panes:
                working = live(room, pane)
                if action not in working:
                    continue
                for other in working:
                    shared = set(self.keys(action)) & set(self.keys(other)) if other != action else set()
                    if shared:
                        key = format_key(sorted(shared)[0])
                        words = BY_ID[other].words
                        self.wrong.append(
                            f"keys.{action}: {key} is the key of {other!r} ({words}); the usual one stays"
                        )
                        return True
        return False


def key_sign(key: str) -> str:
    """Return a key, by Textual's name, as people write it."""
    return _SIGNS.get(key) or format_key(key)


def key_name(key: str) -> str | None:
    """Return Textual's name of a key that a person wrote ("?", "ctrl+k", "f5"), or None for no key."""
    *modifiers, base = key.split("+") if len(key) > 1 else [key]
    if not base or any(modifier not in _MODIFIERS for modifier in modifiers):
        return None
    name = _character_to_key(base) if len(base) == 1 and base.isprintable() else base.casefold()
    known = len(base) == 1 or name in _NAMED
    return "+".join((*modifiers, name)) if known and name else None
