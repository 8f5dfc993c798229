"""The form of a shortlist file: a list as the tables of TOML, and back, with every mistake named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..shortlist.columns import (
    KINDS,
    TEXT,
    OwnColumn,
    Value,
    column_table,
    fits,
    kind_of,
    named_column,
    read_value,
    shown,
)
from ..shortlist.entries import BEST, Entry, Shortlist
from ..shortlist.scores import WHOLE
from ..shortlist.toml_form import list_toml
from ..text import clean
from .storage_errors import BrokenFileError

FORMAT = 1
_TEXTS = ("name", "institution", "note", "status", "known")
_ENTRY = ("id", "rating", "tags", "dates", "own", "score", "remarks", *_TEXTS)
_LIST = ("format", "name", "program", "column", "revision", "saved_at", "change", "size")
_COLUMN = ("name", "kind", "weight", "must")
_LEFT = "; the file was left as it is"


def written(tables: Mapping[str, Any]) -> str:
    """Return the tables of a list as TOML."""
    head = {key: value for key, value in tables.items() if key != "program"}
    return list_toml(head, tables["program"])


def list_tables(shortlist: Shortlist) -> dict[str, Any]:
    """Return a list as tables."""
    head: dict[str, Any] = {"format": FORMAT, "name": shortlist.name, **shortlist.extra}
    if shortlist.columns:
        head["column"] = [{**column_table(own), **own.extra} for own in shortlist.columns]
    return head | {"program": [_entry_table(entry) for entry in shortlist]}


def _entry_table(entry: Entry) -> dict[str, Any]:
    texts = {key: getattr(entry, key) for key in _TEXTS if getattr(entry, key)}
    return {"id": entry.id, **texts, **own_table(entry), **entry.extra}


def own_table(entry: Entry) -> dict[str, Any]:
    """Return what is no text of an entry, where there is something."""
    table: dict[str, Any] = {"rating": entry.rating} if entry.rating else {}
    table |= {} if entry.score is None else {"score": entry.score}
    table |= {"tags": list(entry.tags)} if entry.tags else {}
    table |= {key: dict(getattr(entry, key)) for key in ("dates", "own", "remarks") if getattr(entry, key)}
    return table


def read_list(tables: Mapping[str, Any], name: str, path: Path) -> Shortlist:
    """Read the tables of a list. Raises `BrokenFileError` that names the entry that is wrong."""
    shown_path = clean(str(path))
    form = tables.get("format", FORMAT)
    if not isinstance(form, int) or form > FORMAT:
        raise BrokenFileError(f"{shown_path}: was written by a newer gmetui (format {form!r}); it was left as it is")
    rows, columns = tables.get("program", []), tables.get("column", [])
    for key, value in (("program", rows), ("column", columns)):
        if not isinstance(value, list):
            raise BrokenFileError(f"{shown_path}: {key}: must be [[{key}]] tables; it was left as it is")
    declared: dict[str, OwnColumn] = {}
    for number, row in enumerate(columns):
        column = _column(row, f"{shown_path}: column[{number}]")
        declared.setdefault(column.name, column)
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows):
        entry = _entry(row, f"{shown_path}: program[{number}]", declared)
        entries.setdefault(entry.id, entry)
    extra = {key: value for key, value in tables.items() if key not in _LIST}
    return Shortlist(name, tuple(entries.values()), _with_undeclared(declared, entries), extra)


def _with_undeclared(declared: Mapping[str, OwnColumn], entries: Mapping[str, Entry]) -> tuple[OwnColumn, ...]:
    """Return the columns with those that only entries have: somebody wrote them by hand."""
    cells: dict[str, list[str]] = {}
    for entry in entries.values():
        for name, value in entry.own:
            if name not in declared:
                cells.setdefault(name, []).append(shown(value))
    return (*declared.values(), *(OwnColumn(name, kind_of(own)) for name, own in cells.items()))


def _column(row: object, where: str) -> OwnColumn:
    if not isinstance(row, Mapping) or not isinstance(row.get("name"), str):
        raise BrokenFileError(f"{where}.name: is missing; every column has one{_LEFT}")
    kind, weight, must = row.get("kind", TEXT), row.get("weight", 0), row.get("must", "")
    if kind not in KINDS:
        raise BrokenFileError(f"{where}.kind: must be one of {', '.join(KINDS)}{_LEFT}")
    if not isinstance(weight, int | float) or isinstance(weight, bool):
        raise BrokenFileError(f"{where}.weight: must be a number{_LEFT}")
    extra = {key: value for key, value in row.items() if key not in _COLUMN}
    try:
        column = named_column(row["name"], kind, weight, str(must))
    except ValueError as error:
        raise BrokenFileError(f"{where}: {error}{_LEFT}") from error
    return OwnColumn(column.name, column.kind, column.weight, column.must, extra)


def _entry(row: object, where: str, declared: Mapping[str, OwnColumn]) -> Entry:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"].strip():
        raise BrokenFileError(f"{where}.id: is missing; every program has one{_LEFT}")
    texts = {}
    for key in _TEXTS:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise BrokenFileError(f"{where}.{key}: must be text{_LEFT}")
        texts[key] = clean(value, lines=key == "note")
    tags = row.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BrokenFileError(f"{where}.tags: must be a list of texts{_LEFT}")
    return Entry(
        clean(row["id"]),
        **texts,
        rating=_whole(row, "rating", BEST, where) or 0,
        tags=tuple(dict.fromkeys(filter(None, map(clean, tags)))),
        dates=_dates(row, where),
        own=_own(row, where, declared),
        score=_whole(row, "score", WHOLE, where),
        remarks=_remarks(row, where),
        extra={key: value for key, value in row.items() if key not in _ENTRY},
    )


def _whole(row: Mapping[str, Any], key: str, most: int, where: str) -> int | None:
    value = row.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most):
        raise BrokenFileError(f"{where}.{key}: must be a whole number from 0 to {most}{_LEFT}")
    return value


def _table(row: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    table = row.get(key, {})
    if not isinstance(table, Mapping):
        raise BrokenFileError(f"{where}.{key}: must be a table{_LEFT}")
    return table


def _remarks(row: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    remarks = _table(row, "remarks", where)
    if not all(isinstance(text, str) for text in remarks.values()):
        raise BrokenFileError(f"{where}.remarks: must be texts by the name of who says them{_LEFT}")
    return tuple((clean(who), clean(text, lines=True)) for who, text in remarks.items())


def _own(row: Mapping[str, Any], where: str, declared: Mapping[str, OwnColumn]) -> tuple[tuple[str, Value], ...]:
    """Return the values of a person's own columns; a day of TOML, and a number as text, are taken as what they are."""
    found: list[tuple[str, Value]] = []
    for key, value in _table(row, "own", where).items():
        name = " ".join(clean(key).split())
        column = declared.get(name)
        plain = value if isinstance(value, str | int | float | bool) else str(value)
        if column is None or not fits(column.kind, plain) or isinstance(plain, str):
            try:
                read = read_value(column.kind if column else TEXT, shown(plain))
            except ValueError as error:
                raise BrokenFileError(f"{where}.own.{name}: {error}{_LEFT}") from error
            plain = read if read is not None and column else plain
            if isinstance(plain, str) and not plain.strip():
                continue
        found.append((name, plain))
    return tuple(found)


def _dates(row: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    """Return a person's own dates; TOML's dates and texts are both taken."""
    found = {}
    for what, day in _table(row, "dates", where).items():
        try:
            found[clean(what)] = date.fromisoformat(str(day)).isoformat()
        except ValueError as error:
            raise BrokenFileError(f"{where}.dates.{clean(what)}: must be a day such as 2027-01-15{_LEFT}") from error
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))
