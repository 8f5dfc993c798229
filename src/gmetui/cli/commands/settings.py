"""`gmetui settings`: what a person has chosen, what could be chosen, and what is wrong with the file."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from ...storage.paths import user_paths
from ...storage.settings import SETTINGS, read_settings
from ...text import clean

_WRONG = 3


def settings_command(options: Namespace) -> int:
    """Run `gmetui settings`. Returns 3 when something in the file is wrong."""
    from ...tui.rendering.program_columns import BY_ID
    from ...tui.settings_check import THEME_NAMES, judged

    path = user_paths().settings
    settings, wrong = read_settings(path)
    wrong += (f"{clean(str(path))}: {words}" for words in judged(settings)[1])
    choices = {"theme": ", ".join(THEME_NAMES), "columns": ", ".join(BY_ID)}
    if options.format == "json":
        own = {"values": settings.values, "keys": settings.keys, "searches": settings.searches}
        print(json.dumps({"file": str(path), **own, "wrong": wrong}, ensure_ascii=False, indent=2))
        return _WRONG if wrong else 0
    print(f"file: {clean(str(path))}{'' if path.exists() else ' (not there yet; all is as usual)'}")
    for setting in SETTINGS:
        value = settings.values.get(setting.key)
        print(f"\n{setting.key} = {_toml(value) if value is not None else '(as usual)'}")
        span = f" from {setting.least} to {setting.most}" if setting.most else ""
        print(f"  {setting.words}; {setting.must}{span}")
        if setting.key in choices:
            print(f"  {choices[setting.key]}")
    print("\n[keys]  # by the id of an action; docs/keys.md has the ids")
    for action, keys in settings.keys.items():
        print(f"{action} = {_toml(keys)}")
    print("\n[searches]  # queries with names; w keeps one, W asks one")
    for name, line in settings.searches.items():
        print(f"{_toml(name)} = {_toml(line)}")
    for words in wrong:
        print(words, file=sys.stderr)
    return _WRONG if wrong else 0


def _toml(value: object) -> str:
    """Return a value as it stands in the file; JSON writes texts, lists, numbers and switches as TOML does."""
    return json.dumps(value, ensure_ascii=False)
