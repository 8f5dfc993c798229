"""The keys in use: the default ones, with those from the user's settings in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..text import did_you_mean
from .actions import ACTIONS_BY_ID
from .contexts import SCREEN_LAYOUTS, active_actions
from .key_names import KEY_NAMES, key_label, parse_key


class KeyMap:
    """The keys of every action. `problems` lists what is wrong with the user's overrides, one sentence each."""

    def __init__(self, overrides: Mapping[str, Iterable[str]] | None = None) -> None:
        """Apply `overrides`, the keys by action id, as far as they are valid and don't conflict."""
        self.problems: list[str] = []
        self._overrides: dict[str, tuple[str, ...]] = {}
        for action_id, keys in (overrides or {}).items():
            key_names = self._parse(action_id, tuple(keys))
            if key_names:
                self._overrides[action_id] = key_names
        for action_id in [action_id for action_id in self._overrides if self._has_conflict(action_id)]:
            del self._overrides[action_id]

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action by Textual's names."""
        return self._overrides.get(action_id, ACTIONS_BY_ID[action_id].keys)

    def label(self, action_id: str) -> str:
        """Return the label of an action's first key."""
        if action_id not in self._overrides:
            return ACTIONS_BY_ID[action_id].key_label
        return key_label(self._overrides[action_id][0])

    def all_labels(self, action_id: str) -> str:
        """Return the labels of all keys of an action, separated by two spaces."""
        labels = (key_label(key_name) for key_name in self.keys(action_id))
        return "  ".join(dict.fromkeys(labels))

    @property
    def textual_keymap(self) -> dict[str, str]:
        """The overrides in the form that `App.set_keymap` takes."""
        return {action_id: ",".join(key_names) for action_id, key_names in self._overrides.items()}

    def _parse(self, action_id: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        if action_id not in ACTIONS_BY_ID:
            self.problems.append(f"keys.{action_id}: unknown action{_suggestion(action_id, ACTIONS_BY_ID)}")
            return ()
        key_names = []
        for key in keys:
            key_name = parse_key(key)
            if key_name is None:
                self.problems.append(f"keys.{action_id}: unknown key “{key}”{_suggestion(key, sorted(KEY_NAMES))}")
                return ()
            key_names.append(key_name)
        if not key_names:
            self.problems.append(f"keys.{action_id}: no keys given")
        return tuple(key_names)

    def _has_conflict(self, action_id: str) -> bool:
        """Return whether a key of `action_id` runs another action wherever this one works, and report it."""
        for screen_name, layout in SCREEN_LAYOUTS.items():
            for pane_id in layout.panes:
                competing = active_actions(screen_name, pane_id)
                if action_id not in competing:
                    continue
                for other_id in competing:
                    shared = set(self.keys(action_id)) & set(self.keys(other_id)) if other_id != action_id else set()
                    if shared:
                        self._report_conflict(action_id, other_id, min(shared))
                        return True
        return False

    def _report_conflict(self, action_id: str, other_id: str, key_name: str) -> None:
        other = f"“{other_id}” ({ACTIONS_BY_ID[other_id].label})"
        self.problems.append(f"keys.{action_id}: {key_label(key_name)} is the key of {other}; keeping the default")


def _suggestion(text: str, candidates: Iterable[str]) -> str:
    question = did_you_mean(text, candidates)
    return f"; {question}" if question else ""
