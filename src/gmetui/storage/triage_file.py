"""The file of the programs that were passed over, `triage.toml`. Unknown keys are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..shortlist.toml_form import format_toml
from ..shortlist.triage import VERDICTS, PassedProgram, Triage
from ..text import sanitize
from .atomic import file_lock, write_atomic
from .regular_file import damaged
from .toml_file import read_toml

_FORMAT_VERSION = 1
_TEXT_KEYS = ("name", "institution", "on")
_KEYS = ("id", "verdict", *_TEXT_KEYS)
_LIST_KEYS = ("format", "program")


def read_triage(path: Path) -> Triage:
    """Return what was passed over; nothing where there is no file. Raises `DamagedFileError` and `FileError`."""
    return _parse(read_toml(path) or {}, path)


def _parse(tables: Mapping[str, Any], path: Path) -> Triage:
    version = tables.get("format", _FORMAT_VERSION)
    if not isinstance(version, int) or version > _FORMAT_VERSION:
        raise damaged(path, f"was written by a newer version of gmetui (format {sanitize(str(version))})")
    program_tables = tables.get("program", [])
    if not isinstance(program_tables, list):
        raise damaged(path, "program: must be [[program]] tables")
    return Triage().with_programs(_program(table, index, path) for index, table in enumerate(program_tables))


def _program(table: object, index: int, path: Path) -> PassedProgram:
    if not isinstance(table, dict) or not isinstance(table.get("id"), str) or table.get("verdict") not in VERDICTS:
        raise damaged(path, f"program[{index}]: must have an id and a verdict, {' or '.join(VERDICTS)}")
    texts = (sanitize(str(table.get(key, ""))) for key in _TEXT_KEYS)
    return PassedProgram(sanitize(table["id"]), str(table["verdict"]), *texts)


def change_triage(path: Path, change: Callable[[Triage], Triage]) -> Triage:
    """Change the file, and return what is in it then. What another gmetui wrote meanwhile is kept.

    Raises `DamagedFileError` and `FileError`; the file is then as it was.
    """
    with file_lock(path):
        tables = read_toml(path) or {}
        before = _parse(tables, path)
        after = change(before)
        if after != before:
            write_atomic(path, _format(after, tables))
        return after


def _format(triage: Triage, tables: Mapping[str, Any]) -> str:
    """Return the file as TOML, with the unknown keys that it had."""
    unknown = {
        str(table.get("id")): {key: value for key, value in table.items() if key not in _KEYS}
        for table in tables.get("program", ())
    }
    head = {"format": _FORMAT_VERSION, **{key: value for key, value in tables.items() if key not in _LIST_KEYS}}
    programs = ({**_stated(program), **unknown.get(program.id, {})} for program in triage)
    return format_toml(head, programs)


def _stated(program: PassedProgram) -> dict[str, str]:
    return {key: value for key, value in program._asdict().items() if value}
