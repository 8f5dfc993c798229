"""docs/keys.md, written from the actions: `python -m gmetui.explorer.keys_page > docs/keys.md`."""

from __future__ import annotations

from collections.abc import Iterable

from ..tui.actions import ACTIONS, BY_ID
from ..tui.contexts import EVERYWHERE, LINES, PANES, ROOMS
from ..tui.keymap import KeyMap

_HEAD = """# Keys

Written from `explorer/actions.py` and `explorer/panes.py`; a test keeps it so. Every action is also found by name (`:`)
and works by mouse. Your own keys go into the settings (`gmetui paths` says where), by the id of the action:

```toml
[keys]
keep = "z"
note = ["n", "f12"]
```

A key that does something else where the action works is refused, and so is an unknown id; `gmetui settings` says which.
"""


def keys_page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for room, place in ROOMS.items():
        for name in place.panes:
            pane = PANES[name]
            if room in ("specialties", "coverage") or (room == "shortlist" and name == "detail"):
                continue  # told already
            parts.append(f"\n## {_title(room, name)}\n\n{pane.help}\n")
            own = [action for action in pane.own if action not in LINES]
            if own:
                parts.append(_table(own))
        parts.append("" if room in ("specialties", "coverage") else f"\n### In all of it\n\n{_table(place.actions)}")
    parts.append(f"\n## Moving, in every list and page\n\n{_table(LINES)}")
    parts.append(f"\n## Everywhere\n\n{_table(EVERYWHERE)}")
    return "".join(parts)


def _title(room: str, pane: str) -> str:
    where = "Institutions, Specialties, Coverage" if room == "institutions" else room.capitalize()
    return f"{where}: {PANES[pane].title.casefold()}"


def _table(ids: Iterable[str]) -> str:
    keys = KeyMap()
    order = {action.id: place for place, action in enumerate(ACTIONS)}
    rows = [f"| `{keys.all_shown(own)}` | {BY_ID[own].help} | `{own}` |" for own in sorted(ids, key=order.__getitem__)]
    return "\n".join(["| key | does | id |", "| --- | --- | --- |", *rows]) + "\n"


if __name__ == "__main__":
    print(keys_page(), end="")  # noqa: T201
