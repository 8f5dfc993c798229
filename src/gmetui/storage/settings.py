"""Settings: a small TOML file that is read leniently. What is wrong in it is said, with the nearest right key, and
never fatal. Changes made on screen go into the file as it stands, so comments and unknown keys survive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..text import clean, nearest
from .atomic import locked, set_aside, write_atomic
from .storage_errors import BrokenFileError, FileError
from .toml_file import read_toml

_Own = TypeVar("_Own")


class Setting(NamedTuple):
    """One key of the file: where it stands ("panes.filters"), what it must be, and what it does."""

    key: str
    must: str
    words: str
    least: int = 0
    most: int = 0


TEXT, TEXTS, SWITCH, NUMBER = "text", "a list of texts", "true or false", "a whole number"
SETTINGS: tuple[Setting, ...] = (
    Setting("theme", TEXT, "the colours; f9 lists the names"),
    Setting("columns", TEXTS, "what the list shows beside the name, in this order"),
    Setting("mouse", SWITCH, "false leaves the mouse to the terminal"),
    Setting("versions", NUMBER, "how many former versions of a list are kept", 10, 100_000),
    Setting("panes.filters", NUMBER, "how wide the filters are, in cells", 20, 60),
    Setting("panes.program", NUMBER, "how much of the rest the program has, in hundredths", 25, 75),
)
#: Tables whose keys are a person's own: the id of an action, the name of a search.
TABLES: Mapping[str, str] = {"keys": "keys of an action, by its id", "searches": "queries with names"}
_BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen; `values` holds only what stands in the file and is right."""

    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    searches: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def theme(self) -> str:
        """The name of the theme, or "" for the usual one."""
        return str(self.values.get("theme", ""))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the list, or () for the usual ones."""
        return tuple(self.values.get("columns", ()))

    @property
    def mouse(self) -> bool:
        """Whether the mouse is used."""
        return bool(self.values.get("mouse", True))

    def number(self, key: str) -> int | None:
        """Return a number, or None for the usual one."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None


def read_settings(path: Path) -> tuple[Settings, list[str]]:
    """Return the settings and what is wrong with the file; an absent file is all defaults. Raises `FileError`."""
    try:
        tables = read_toml(path) or {}
    except BrokenFileError as error:
        return Settings(), [str(error)]
    wrong: list[str] = []
    values = {}
    for key, value in _flat(tables):
        setting = _BY_KEY.get(key)
        trouble = _trouble(setting, value) if setting else _unknown(key)
        if trouble:
            wrong.append(f"{clean(str(path))}: {clean(key)}: {trouble}")
        elif setting:
            values[key] = _cleaned(value)
    keys = _own(tables, "keys", path, wrong, _key_names)
    return Settings(values, keys, _own(tables, "searches", path, wrong, _line)), wrong


def _flat(tables: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = []
    for key, value in tables.items():
        if key in TABLES:
            continue
        inside = isinstance(value, Mapping) and any(known.startswith(f"{key}.") for known in _BY_KEY)
        found += [(f"{key}.{own}", below) for own, below in value.items()] if inside else [(key, value)]
    return found


def _unknown(key: str) -> str | None:
    near = nearest(key, [*_BY_KEY, *TABLES])
    return f"no such setting; did you mean {near!r}?" if near else "no such setting; `gmetui settings` lists them"


def _trouble(setting: Setting, value: object) -> str | None:
    right = {
        TEXT: isinstance(value, str),
        TEXTS: isinstance(value, list) and all(isinstance(item, str) for item in value),
        SWITCH: isinstance(value, bool),
        NUMBER: isinstance(value, int) and not isinstance(value, bool),
    }[setting.must]
    if not right:
        return f"must be {setting.must}"
    if setting.most and isinstance(value, int) and not setting.least <= value <= setting.most:
        return f"must be from {setting.least} to {setting.most}"
    return None


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(clean, value))
    return clean(value) if isinstance(value, str) else value


def _own(
    tables: Mapping[str, Any], name: str, path: Path, wrong: list[str], read: Callable[[object], _Own | None]
) -> dict[str, _Own]:
    """Return the entries of one of `TABLES` that are right."""
    table = tables.get(name, {})
    if not isinstance(table, Mapping):
        wrong.append(f"{clean(str(path))}: {name}: must be a table of {TABLES[name]}")
        return {}
    found = {}
    for key, value in table.items():
        own = read(value)
        if own is None:
            wrong.append(f"{clean(str(path))}: {name}.{clean(key)}: must be text{' or texts' * (name == 'keys')}")
        else:
            found[clean(key)] = own
    return found


def _key_names(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(clean(part) for part in value.replace(",", " ").split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(clean(item).strip() for item in value)
    return None


def _line(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else None


def change_setting(path: Path, key: str | Sequence[str], value: Any) -> Path | None:
    """Write one setting, given as "panes.filters" or as ("searches", "a name"); None takes it out.

    Everything else in the file stays as it is. A file that cannot be read is kept aside, and where is returned.
    Raises `FileError`.
    """
    import tomlkit

    parts = key.split(".") if isinstance(key, str) else key
    with locked(path):
        aside = None
        try:
            read_toml(path)
        except BrokenFileError:
            aside = set_aside(path)
        try:
            document = tomlkit.parse(path.read_bytes().decode("utf-8-sig") if path.exists() else "")
        except OSError as error:
            raise FileError(f"gmetui: cannot read {clean(str(path))}: {error.strerror}") from error
        except ValueError as error:  # stricter than what read it, in some corner of TOML
            raise FileError(f"gmetui: cannot change {clean(str(path))}: {clean(str(error))}") from error
        table: Any = document
        for part in parts[:-1]:
            if not isinstance(table.get(part), Mapping):
                table[part] = tomlkit.table()
            table = table[part]
        if value is None:
            table.pop(parts[-1], None)
        else:
            table[parts[-1]] = list(value) if isinstance(value, tuple) else value
        write_atomic(path, tomlkit.dumps(document))
    return aside
