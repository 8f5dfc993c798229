"""`gmetui settings`: show the settings, what they can be, and the problems of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import DamagedFileError
from ...lean_typing import TYPE_CHECKING
from ...storage.paths import user_paths
from ...storage.settings import SETTINGS, Setting, Settings, read_settings
from ...text import sanitize
from ..output import print_line, print_status, write_json

if TYPE_CHECKING:
    from argparse import Namespace


def settings_command(options: Namespace) -> int:
    """Run `gmetui settings`. Returns 3 when the file has problems."""
    from ...documents.program_columns import COLUMNS_BY_ID
    from ...tui.settings_check import THEME_NAMES, check_settings

    path = user_paths().settings
    settings, problems = read_settings(path)
    problems += (f"{sanitize(str(path))}: {problem}" for problem in check_settings(settings)[1])
    choices = {"theme": list(THEME_NAMES), "columns": list(COLUMNS_BY_ID)}
    if options.format == "json":
        write_json(
            {
                "file": str(path),
                "settings": [_setting_json(setting, settings, choices) for setting in SETTINGS],
                "keys": settings.keys,
                "searches": settings.searches,
                "problems": list(problems),
            }
        )
    else:
        _print_settings(path, settings, {key: ", ".join(values) for key, values in choices.items()})
        for problem in problems:
            print_status(problem)
    return DamagedFileError.exit_code if problems else 0


def _setting_json(setting: Setting, settings: Settings, choices: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return a setting; its value is null where the file doesn't set it."""
    return {
        "key": setting.key,
        "value": settings.values.get(setting.key),
        "description": setting.description,
        "expected": setting.expected,
        "minimum": setting.minimum or None,
        "maximum": setting.maximum or None,
        "choices": choices.get(setting.key),
    }


def _print_settings(path: Path, settings: Settings, choices: Mapping[str, str]) -> None:
    """Print the settings in the form of the file, with an explanation of each."""
    print_line(f"file: {path}{'' if path.exists() else ' (does not exist; using the defaults)'}")
    for setting in SETTINGS:
        value = settings.values.get(setting.key)
        print_line(f"\n{setting.key} = {_as_toml(value) if value is not None else '(default)'}")
        limits = f" from {setting.minimum} to {setting.maximum}" if setting.maximum else ""
        print_line(f"  {setting.description}; {setting.expected}{limits}")
        if setting.key in choices:
            print_line(f"  {choices[setting.key]}")
    print_line("\n[keys]  # by action id; docs/guide/keys.md lists the ids")
    for action, keys in settings.keys.items():
        print_line(f"{action} = {_as_toml(keys)}")
    print_line("\n[searches]  # saved searches: name = query")
    for name, query in settings.searches.items():
        print_line(f"{_as_toml(name)} = {_as_toml(query)}")


def _as_toml(value: object) -> str:
    """Return a value as the file has it; JSON writes texts, lists, numbers and booleans the way TOML does."""
    return json.dumps(value, ensure_ascii=False)
