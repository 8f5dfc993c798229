"""The settings file: a small TOML file that is read leniently.

An invalid setting is reported with the closest valid key and otherwise ignored. Changes made in the app edit the file
in place, so that comments and unknown keys survive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..errors import DamagedFileError, FileError
from ..text import did_you_mean, sanitize
from .atomic import file_lock, rename_as_backup, undo_rename, write_atomic
from .regular_file import read_user_file
from .toml_file import read_toml

_Parsed = TypeVar("_Parsed")


class Setting(NamedTuple):
    """One setting: its key in the file ("panes.filters"), the type it is expected to have, and a description."""

    key: str
    expected: str
    description: str
    minimum: int = 0
    maximum: int = 0


TEXT, TEXT_LIST, BOOLEAN, INTEGER = "text", "a list of texts", "true or false", "a whole number"
SETTINGS: tuple[Setting, ...] = (
    Setting("theme", TEXT, "the color theme; press F9 to choose one"),
    Setting("columns", TEXT_LIST, "the columns next to the program name, in this order"),
    Setting("mouse", BOOLEAN, "false leaves the mouse to the terminal"),
    Setting("profile", TEXT, "the name of the profile to compare programs with (default: default)"),
    Setting("versions", INTEGER, "how many versions of each list to keep", 10, 100_000),
    Setting("panes.filters", INTEGER, "the width of the filters, in characters", 20, 60),
    Setting("panes.program", INTEGER, "the width of the program pane, as a percentage of the remaining width", 25, 75),
)
#: Tables in which the user chooses the keys: action ids, names of saved searches.
TABLES: Mapping[str, str] = {"keys": "keys by action id", "searches": "saved searches by name"}
DEFAULT_VERSION_LIMIT = 500
_SETTINGS_BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings. `values` holds only the valid ones that are in the file.

    `versions_unknown` tells that the file is damaged or its `versions` invalid: no version may be deleted then.
    """

    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    searches: Mapping[str, str] = field(default_factory=dict, hash=False)
    versions_unknown: bool = field(default=False, compare=False)

    @property
    def version_limit(self) -> int | None:
        """How many versions of each list to keep; None for all, where the user's own limit cannot be read."""
        return None if self.versions_unknown else self.number("versions") or DEFAULT_VERSION_LIMIT

    @property
    def theme(self) -> str:
        """The name of the theme, "" for the default."""
        return str(self.values.get("theme", ""))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the program list, () for the default."""
        return tuple(self.values.get("columns", ()))

    @property
    def mouse(self) -> bool:
        """Whether the app uses the mouse."""
        return bool(self.values.get("mouse", True))

    @property
    def profile(self) -> str:
        """The name of the profile to compare programs with, "" for the default."""
        return str(self.values.get("profile", ""))

    def number(self, key: str) -> int | None:
        """Return an integer setting, None for the default."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None


def read_settings(settings_path: Path) -> tuple[Settings, list[str]]:
    """Return the settings and the problems of the file. A missing file means all defaults. Raises `FileError`."""
    try:
        tables = read_toml(settings_path) or {}
    except DamagedFileError as error:
        return Settings(versions_unknown=True), [str(error)]
    problems: list[str] = []
    values = {}
    for setting_key, value in _flatten(tables):
        problem = _problem(setting_key, value)
        if problem:
            problems.append(f"{sanitize(setting_key)}: {problem}")
        else:
            values[setting_key] = _sanitized(value)
    keys = _read_table(tables, "keys", "text or a list of texts", problems, _parse_keys)
    searches = _read_table(tables, "searches", "text", problems, _parse_text)
    versions_unknown = "versions" in tables and "versions" not in values
    return Settings(values, keys, searches, versions_unknown), [
        f"{sanitize(str(settings_path))}: {problem}" for problem in problems
    ]


def _flatten(tables: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return keys and values, with dotted keys for the content of tables such as `[panes]`."""
    pairs: list[tuple[str, Any]] = []
    for table_key, value in tables.items():
        if table_key in TABLES:
            continue
        has_settings = any(setting_key.startswith(f"{table_key}.") for setting_key in _SETTINGS_BY_KEY)
        if has_settings and isinstance(value, Mapping):
            pairs += [(f"{table_key}.{nested_key}", nested) for nested_key, nested in value.items()]
        else:
            pairs.append((table_key, value))
    return pairs


def _problem(setting_key: str, value: object) -> str | None:
    setting = _SETTINGS_BY_KEY.get(setting_key)
    if setting is None:
        hint = did_you_mean(setting_key, [*_SETTINGS_BY_KEY, *TABLES]) or "`gmetui settings` lists all settings"
        return f"unknown setting; {hint}"
    is_expected = {
        TEXT: isinstance(value, str),
        TEXT_LIST: isinstance(value, list) and all(isinstance(item, str) for item in value),
        BOOLEAN: isinstance(value, bool),
        INTEGER: isinstance(value, int) and not isinstance(value, bool),
    }[setting.expected]
    if not is_expected:
        return f"must be {setting.expected}"
    if setting.maximum and isinstance(value, int) and not setting.minimum <= value <= setting.maximum:
        return f"must be from {setting.minimum} to {setting.maximum}"
    return None


def _sanitized(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(sanitize, value))
    return sanitize(value) if isinstance(value, str) else value


def _read_table(
    tables: Mapping[str, Any],
    table_name: str,
    expected: str,
    problems: list[str],
    parse_entry: Callable[[object], _Parsed | None],
) -> dict[str, _Parsed]:
    """Return the valid entries of one of `TABLES` and add the problems of the others to `problems`."""
    table = tables.get(table_name, {})
    if not isinstance(table, Mapping):
        problems.append(f"{table_name}: must be a table of {TABLES[table_name]}")
        return {}
    entries = {}
    for entry_key, value in table.items():
        parsed = parse_entry(value)
        if parsed is None:
            problems.append(f"{table_name}.{sanitize(entry_key)}: must be {expected}")
        else:
            entries[sanitize(entry_key)] = parsed
    return entries


def _parse_keys(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(sanitize(key_name) for key_name in value.replace(",", " ").split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(sanitize(item).strip() for item in value)
    return None


def _parse_text(value: object) -> str | None:
    return sanitize(value) if isinstance(value, str) else None


def change_setting(settings_path: Path, setting_key: str | Sequence[str], value: Any) -> Path | None:
    """Write one setting, given as "panes.filters" or ("searches", "my name"); None removes it.

    The rest of the file stays as it is. A damaged file is renamed as a backup first; return the path of the backup.
    Raises `FileError`.
    """
    key_path = setting_key.split(".") if isinstance(setting_key, str) else setting_key
    with file_lock(settings_path):
        backup, text = None, ""
        try:
            if read_toml(settings_path) is not None:
                text = (read_user_file(settings_path) or b"").decode("utf-8-sig")
        except DamagedFileError:
            backup = rename_as_backup(settings_path)
        try:
            write_atomic(settings_path, _with_setting(settings_path, text, key_path, value))
        except BaseException:
            if backup:
                undo_rename(settings_path, backup)  # a damaged file is better than none
            raise
    return backup


def _with_setting(settings_path: Path, text: str, key_path: Sequence[str], value: Any) -> str:
    """Return the text of a settings file with one setting changed; None removes it. Raises `FileError`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        parent_table: Any = document
        for table_key in key_path[:-1]:
            if not isinstance(parent_table.get(table_key), Mapping):
                parent_table[table_key] = tomlkit.table()
            parent_table = parent_table[table_key]
        if value is None:
            parent_table.pop(key_path[-1], None)
        else:
            parent_table[key_path[-1]] = list(value) if isinstance(value, tuple) else value
        return tomlkit.dumps(document)
    except (ValueError, TOMLKitError) as error:  # in rare cases tomlkit is stricter than tomllib
        raise FileError(f"gmetui: cannot change {sanitize(str(settings_path))}: {sanitize(str(error))}") from error
