"""Generates docs/guide/keys.md from the actions: `python -m gmetui.tools.keys_page > docs/guide/keys.md`."""

from __future__ import annotations

from collections.abc import Iterable

from ..tui.actions import ACTIONS
from ..tui.contexts import GLOBAL_ACTIONS, PANES, SCREEN_LAYOUTS, SCROLL_ACTIONS
from ..tui.keymap import KeyMap

_HEADER = """# Keys

This page is generated from `gmetui/tui/actions.py` and `gmetui/tui/contexts.py`. Every action can also be found by name
in the command palette (`:`) and used with the mouse. To change a key, choose “Change a key” in the palette, choose the
command, and press the key. The keys are in the settings file (`gmetui paths` shows where it is) under the id of the
action, where you can edit them too:

```toml
[keys]
save = "z"
note = ["n", "f12"]
```

A key that conflicts with another action where the action works is ignored, and so is an unknown id; `gmetui settings`
reports both.
"""


#: Panes by screen that the page has already described on another screen.
_REPEATED = {
    "shortlist": ("detail",),
    "map": ("filter",),
    "specialties": ("items", "page"),
    "coverage": ("items", "page"),
}


def keys_page() -> str:
    """Return the page as Markdown."""
    parts = [_HEADER]
    for screen_name, layout in SCREEN_LAYOUTS.items():
        repeated = _REPEATED.get(screen_name, ())
        panes = [pane_id for pane_id in layout.panes if pane_id not in repeated]
        for pane_id in panes:
            pane = PANES[pane_id]
            parts.append(f"\n## {_title(screen_name, pane_id)}\n\n{pane.help}\n")
            specific = [action_id for action_id in pane.actions if action_id not in SCROLL_ACTIONS]
            if specific:
                parts.append(f"\n{_table(specific)}")
        if panes:
            parts.append(f"\n### Anywhere on this screen\n\n{_table(layout.actions)}")
    parts.append(f"\n## Moving, in every list and page\n\n{_table(SCROLL_ACTIONS)}")
    parts.append(f"\n## Everywhere\n\n{_table(GLOBAL_ACTIONS)}")
    return "".join(parts)


def _title(screen_name: str, pane_id: str) -> str:
    screen_title = "Institutions, Specialties, Coverage" if screen_name == "institutions" else screen_name.capitalize()
    return f"{screen_title}: {PANES[pane_id].title.casefold()}"


def _table(action_ids: Iterable[str]) -> str:
    """Return a table of actions, in the order of `ACTIONS`."""
    key_map, wanted = KeyMap(), set(action_ids)
    rows = [
        f"| `{key_map.all_labels(action.id)}` | {action.help} | `{action.id}` |"
        for action in ACTIONS
        if action.id in wanted
    ]
    return "\n".join(["| key | action | id |", "| --- | --- | --- |", *rows]) + "\n"


if __name__ == "__main__":
    print(keys_page(), end="")
