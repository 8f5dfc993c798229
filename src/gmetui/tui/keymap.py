"""The keys in use: the default ones, with those from the user's settings in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..text import did_you_mean
from .actions import ACTIONS_BY_ID
from .contexts import SCREEN_LAYOUTS, active_actions
from .key_names import KEY_NAMES, is_printable, key_label, parse_key


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

    def use(self, overrides: Mapping[str, Iterable[str]]) -> None:
        """Use other overrides, as far as they are valid and don't conflict."""
        other = KeyMap(overrides)
        self.problems, self._overrides = other.problems, other._overrides

    def is_custom(self, action_id: str) -> bool:
        """Tell whether the user chose the keys of an action."""
        return action_id in self._overrides

    def conflicting_action(self, action_id: str, key_name: str) -> str | None:
        """Return another action that a key runs where an action works, or None."""
        competing_ids = (
            other_id
            for screen_name, layout in SCREEN_LAYOUTS.items()
            for pane_id in layout.panes
            if action_id in (working_ids := active_actions(screen_name, pane_id))
            for other_id in working_ids
        )
        return next(
            (other_id for other_id in competing_ids if other_id != action_id and key_name in self.keys(other_id)), None
        )

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action by Textual's names."""
        return self._overrides.get(action_id, ACTIONS_BY_ID[action_id].keys)

    def label(self, action_id: str) -> str:
        """Return the label of an action's first key."""
        if action_id not in self._overrides:
            return ACTIONS_BY_ID[action_id].key_label
        return key_label(self._overrides[action_id][0])

    def typing_label(self, action_id: str) -> str:
        """Return the label of a key that works while letters are typed, or "" if there is none."""
        return next((key_label(key_name) for key_name in self.keys(action_id) if not is_printable(key_name)), "")

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
        for key_name in sorted(self.keys(action_id)):
            other_id = self.conflicting_action(action_id, key_name)
            if other_id is not None:
                self._report_conflict(action_id, other_id, key_name)
                return True
        return False

    def _report_conflict(self, action_id: str, other_id: str, key_name: str) -> None:
        other = f"“{other_id}” ({ACTIONS_BY_ID[other_id].label})"
        self.problems.append(f"keys.{action_id}: {key_label(key_name)} is the key of {other}; keeping the default")


def _suggestion(text: str, candidates: Iterable[str]) -> str:
    question = did_you_mean(text, candidates)
    return f"; {question}" if question else ""
