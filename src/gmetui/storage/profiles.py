"""Profiles: what the user tells about themselves, in `profile.toml` or `profile.NAME.toml`, for them alone.

A profile is read strictly: every problem names file, line, and key. It is edited in place, so that comments survive,
and keys that a newer gmetui wrote. No other module writes these files, and nothing exports them.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataError, FileError, Problem
from ..planning.profile import EMPTY_PROFILE, FORMAT, Profile
from ..planning.profile_edits import NAME_KEYS, OTHER_SPELLINGS, UNIQUE_TABLES, EditValue
from ..text import sanitize
from .atomic import file_lock, write_atomic
from .paths import Paths
from .profile_files import DEFAULT_NAME, NO_PROFILE_VARIABLE, is_turned_off, profile_path
from .regular_file import read_user_file
from .toml_file import parse_toml, read_toml

if TYPE_CHECKING:
    from msgspec import Struct

    from ..catalog.schema import Field
    from ..datafiles.reader import TableReader

_PRIVATE_MODE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class StoredProfile(NamedTuple):
    """A profile with its file. `exists` is False where there is none; `newer_keys` are keys of a newer gmetui."""

    name: str
    path: Path
    profile: Profile
    exists: bool
    newer_keys: tuple[str, ...] = ()


def read_profile(user_files: Paths, name: str = DEFAULT_NAME) -> StoredProfile:
    """Return a profile; an empty one where there is no file.

    Raises `DataError` with every problem, `DamagedFileError` if the file isn't TOML, and `FileError`.
    """
    profile_file = profile_path(user_files, name)
    tables = None if is_turned_off() else read_toml(profile_file)
    if tables is None:
        return StoredProfile(name, profile_file, EMPTY_PROFILE, exists=False)
    toml_text = (read_user_file(profile_file) or b"").decode("utf-8-sig", "replace")
    profile, newer_keys = _parse(tables, toml_text, profile_file)
    return StoredProfile(name, profile_file, profile, exists=True, newer_keys=newer_keys)


def is_readable_by_others(profile_file: Path) -> bool:
    """Tell whether other users of this computer can read a file."""
    with suppress(OSError):
        return bool(profile_file.stat().st_mode & _OTHERS)
    return False


def key_line(profile_file: Path, key_path: str) -> int:
    """Return the line of a key in a profile, from 1."""
    toml_text = (read_user_file(profile_file) or b"").decode("utf-8-sig", "replace")
    from ..datafiles.line_numbers import LineLocator

    return LineLocator(toml_text).line_of(key_path)


def _parse(tables: Mapping[str, Any], toml_text: str, profile_file: Path) -> tuple[Profile, tuple[str, ...]]:
    """Return the profile in some tables, and the keys that only a newer gmetui knows. Raises `DataError`."""
    from ..datafiles.reader import TableReader  # most users have no profile
    from ..planning.profile_checks import profile_problems

    reader = TableReader(sanitize(str(profile_file)), toml_text)
    file_format = tables.get("format", FORMAT)
    is_newer = isinstance(file_format, int) and file_format > FORMAT
    content = {key: value for key, value in tables.items() if key != "format"}
    newer_keys: list[str] = []
    if is_newer:
        content = _without_unknown_keys(content, _fields_of(Profile), "", newer_keys)
    values = _read_table(reader, "", content, Profile)
    profile = Profile(**values) if values is not None else EMPTY_PROFILE
    for problem in profile_problems(profile) if values is not None else ():
        reader.report(_spelled_key(problem.key, tables), problem.message, problem.hint)
    if any(problem.fatal for problem in reader.problems):
        raise DataError([problem for problem in reader.problems if problem.fatal])
    return profile, tuple(newer_keys)


def _read_table(
    reader: TableReader, key_path: str, table: Mapping[str, Any], model: type[Struct]
) -> dict[str, Any] | None:
    """Return the values of a table under their own keys, with the empty lists that say "none"."""
    canonical_keys = {_spelled(stored_field, table).key: stored_field.key for stored_field in _fields_of(model)}
    stored_fields = [_spelled(stored_field, table) for stored_field in _fields_of(model)]
    values = reader.values(
        key_path,
        table,
        [stored_field for stored_field in stored_fields if stored_field.item_type is None],
        _nested(stored_fields),
    )
    is_valid = values is not None
    values = values or {}
    for stored_field in stored_fields:
        if stored_field.key not in table:
            continue
        if table[stored_field.key] == []:
            values[stored_field.key] = ()
        elif stored_field.item_type is not None:
            nested = _read_nested(
                reader, f"{key_path}.{stored_field.key}" if key_path else stored_field.key, table, stored_field
            )
            is_valid = is_valid and nested is not None
            values[stored_field.key] = nested
    return {canonical_keys[key]: value for key, value in values.items()} if is_valid else None


def _fields_of(model: type[Struct]) -> tuple[Field, ...]:
    from ..catalog.schema import fields_of

    return fields_of(model)


def _nested(stored_fields: Sequence[Field]) -> list[str]:
    return [stored_field.key for stored_field in stored_fields if stored_field.item_type is not None]


def _read_nested(reader: TableReader, key_path: str, table: Mapping[str, Any], stored_field: Field) -> Any:
    """Return the value of a nested table, or those of a list of tables; None if something is wrong in them."""
    assert stored_field.item_type is not None
    content = table[stored_field.key]
    if stored_field.shape == "item":
        if not isinstance(content, Mapping):
            reader.report(key_path, "expected a table", f"write [{key_path}]")
            return None
        values = _read_table(reader, key_path, content, stored_field.item_type)
        return None if values is None else stored_field.item_type(**values)
    if not isinstance(content, list) or not all(isinstance(element, Mapping) for element in content):
        reader.report(key_path, "expected a list of tables", f"write [[{key_path}]]")
        return None
    entries = [
        _read_table(reader, f"{key_path}[{index}]", element, stored_field.item_type)
        for index, element in enumerate(content)
    ]
    if any(entry is None for entry in entries):
        return None
    return tuple(stored_field.item_type(**entry) for entry in entries if entry is not None)


def _spelled(stored_field: Field, table: Mapping[str, Any]) -> Field:
    """Return a field under the key that a table has for it."""
    spelling = next(
        (spelling for spelling, key in OTHER_SPELLINGS.items() if key == stored_field.key and spelling in table), None
    )
    return stored_field if spelling is None or stored_field.key in table else stored_field._replace(key=spelling)


def _spelled_key(key: str, tables: Mapping[str, Any]) -> str:
    """Return a key path as the file spells its first step."""
    first = re.split(r"[.\[]", key)[0]
    spelling = next(
        (spelling for spelling, name in OTHER_SPELLINGS.items() if name == first and spelling in tables), first
    )
    return f"{spelling}{key[len(first) :]}"


def _without_unknown_keys(
    table: Mapping[str, Any], stored_fields: Sequence[Field], key_path: str, unknown_keys: list[str]
) -> dict[str, Any]:
    """Return a table without the keys that this gmetui does not know, which are added to `unknown_keys`."""
    known = {_spelled(stored_field, table).key: stored_field for stored_field in stored_fields}
    cleaned: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{key_path}.{key}" if key_path else key
        stored_field = known.get(key)
        if stored_field is None:
            unknown_keys.append(sanitize(path))
            continue
        inner_fields = _fields_of(stored_field.item_type) if stored_field.item_type else ()
        if inner_fields and isinstance(value, Mapping):
            value = _without_unknown_keys(value, inner_fields, path, unknown_keys)
        elif inner_fields and isinstance(value, list):
            value = [
                _without_unknown_keys(element, inner_fields, path, unknown_keys)
                if isinstance(element, Mapping)
                else element
                for element in value
            ]
        cleaned[key] = value
    return cleaned


def set_value(user_files: Paths, name: str, key_path: Sequence[str], value: EditValue | None) -> StoredProfile:
    """Write one value of a profile, or remove it (None), and return the profile.

    Raises `DataError` if the value is wrong, and `FileError`; the file is then as it was.
    """
    return _edit(user_files, name, lambda document: _set(document, key_path, value))


def add_entry(user_files: Paths, name: str, table: str, entry: Mapping[str, EditValue]) -> StoredProfile:
    """Add an entry to a list of a profile, or change the one of that name, and return the profile. Raises as above."""
    return _edit(user_files, name, lambda document: _add(document, table, entry))


def remove_entry(user_files: Paths, name: str, table: str, index: int) -> StoredProfile:
    """Remove an entry of a list, counted from 0, and return the profile. Raises as above, and IndexError."""

    def remove(document: Any) -> None:
        entries = document.get(_document_key(document, table), [])
        if not 0 <= index < len(entries):
            raise IndexError(index)
        del entries[index]

    return _edit(user_files, name, remove)


def change_entry(
    user_files: Paths, name: str, table: str, index: int, changes: Mapping[str, EditValue | None]
) -> StoredProfile:
    """Change keys of an entry, counted from 0, or remove them (None), and return the profile. Raises as above."""

    def change(document: Any) -> None:
        entries = document.get(_document_key(document, table), [])
        if not 0 <= index < len(entries):
            raise IndexError(index)
        for key, value in changes.items():
            _set(entries[index], (key,), value)

    return _edit(user_files, name, change)


def profile_text(user_files: Paths, name: str) -> str | None:
    """Return the text of a profile's file, whatever is in it; None where there is none. Raises `FileError`."""
    content = read_user_file(profile_path(user_files, name))
    return None if content is None else content.decode("utf-8-sig", "replace")


def write_profile_text(user_files: Paths, name: str, toml_text: str | None) -> StoredProfile:
    """Replace the text of a profile's file, or remove the file (None), and return the profile.

    Raises `DataError` with what is wrong in the text, and `FileError`; the file is then as it was.
    """
    _require_profiles()
    profile_file = profile_path(user_files, name)
    with file_lock(profile_file):
        if toml_text is not None:
            return _write(name, profile_file, toml_text)
        profile_file.unlink(missing_ok=True)
    return StoredProfile(name, profile_file, EMPTY_PROFILE, exists=False)


def _require_profiles() -> None:
    if is_turned_off():
        raise FileError(
            f"gmetui: profiles are turned off here ({NO_PROFILE_VARIABLE}); open the explorer in a terminal"
        )


def _edit(user_files: Paths, name: str, change: Any) -> StoredProfile:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    _require_profiles()
    profile_file = profile_path(user_files, name)
    with file_lock(profile_file):
        exists = read_toml(profile_file) is not None
        toml_text = (read_user_file(profile_file) or b"").decode("utf-8-sig") if exists else f"format = {FORMAT}\n"
        try:
            document = tomlkit.parse(toml_text)
            change(document)
            toml_text = tomlkit.dumps(document)
        except (ValueError, TOMLKitError) as error:  # in rare cases tomlkit is stricter than tomllib
            raise FileError(f"gmetui: cannot change {sanitize(str(profile_file))}: {sanitize(str(error))}") from error
        return _write(name, profile_file, toml_text)


def _write(name: str, profile_file: Path, toml_text: str) -> StoredProfile:
    """Write the text of a profile, for its owner alone, if nothing is wrong in it."""
    try:
        tables = parse_toml(toml_text)
    except ValueError as error:
        raise DataError([Problem(sanitize(str(profile_file)), _named_line(str(error)), "file", str(error))]) from error
    profile, newer_keys = _parse(tables, toml_text, profile_file)
    write_atomic(profile_file, toml_text)
    with suppress(OSError):
        profile_file.chmod(_PRIVATE_MODE)
    return StoredProfile(name, profile_file, profile, exists=True, newer_keys=newer_keys)


def _named_line(message: str) -> int:
    """Return the line that a message about TOML names, 1 if it names none."""
    match = re.search(r"line (\d+)", message)
    return int(match[1]) if match else 1


def _document_key(document: Mapping[str, Any], key: str) -> str:
    """Return the key that a file has for something, in either spelling."""
    spelling = next(
        (spelling for spelling, name in OTHER_SPELLINGS.items() if name == key and spelling in document), key
    )
    return key if key in document else spelling


def _set(document: Any, key_path: Sequence[str], value: EditValue | None) -> None:
    import tomlkit

    table = document
    for step in key_path[:-1]:
        if not isinstance(table.get(step), Mapping):
            table[step] = tomlkit.table()
        table = table[step]
    key = _document_key(table, key_path[-1])
    if value is None:
        table.pop(key, None)
        return
    if isinstance(table.get(key), list) and value == []:
        table.pop(key)  # an array of tables cannot become an empty list in place
    table[key] = value


def _add(document: Any, table: str, entry: Mapping[str, EditValue]) -> None:
    import tomlkit

    key = _document_key(document, table)
    entries = document.get(key)
    if not entries:
        document.pop(key, None)
        entries = tomlkit.aot()
        document.add(tomlkit.nl())
        document.append(key, entries)
    name_key = NAME_KEYS[table]
    same_entry = next(
        (
            old_entry
            for old_entry in entries
            if table in UNIQUE_TABLES and old_entry.get(name_key) == entry.get(name_key)
        ),
        None,
    )
    if same_entry is not None:
        same_entry.update(entry)
        return
    new_entry = tomlkit.table() if isinstance(entries, tomlkit.items.AoT) else tomlkit.inline_table()
    new_entry.update(entry)
    entries.append(new_entry)
