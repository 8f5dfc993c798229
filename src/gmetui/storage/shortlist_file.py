"""The format of a shortlist file: a list as TOML tables and back. Errors name the table and the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import DamagedFileError, FileError
from ..shortlist.columns import (
    KINDS,
    TEXT,
    CustomColumn,
    Value,
    column_table,
    custom_column,
    detect_kind,
    format_value,
    is_valid_value,
    parse_value,
)
from ..shortlist.date_entry import normalized_date
from ..shortlist.entries import MAX_RATING, MAX_SCORE, Entry, Shortlist, by_date, dates_table, with_converted_values
from ..shortlist.merge import join_entries, join_texts
from ..shortlist.toml_form import format_toml
from ..text import sanitize
from .regular_file import LEFT_UNTOUCHED, MAX_FILE_BYTES

FORMAT_VERSION = 1
#: Text fields of an entry, by their key in the file.
_TEXT_FIELDS = {
    "name": "name",
    "institution": "institution",
    "note": "note",
    "status": "status",
    "signal": "signal",
    "known": "fingerprint",
}
_ENTRY_KEYS = ("id", "rating", "tags", "dates", "times", "own", "score", "remarks", *_TEXT_FIELDS)
_LIST_KEYS = ("format", "name", "program", "column", "revision", "newest", "parent", "saved_at", "change", "size")
_COLUMN_KEYS = ("name", "kind", "weight", "must")


def format_list(tables: Mapping[str, Any]) -> str:
    """Return the tables of a list as TOML."""
    head = {key: value for key, value in tables.items() if key != "program"}
    return format_toml(head, tables["program"])


def encode_list(tables: Mapping[str, Any]) -> bytes:
    """Return the content of a list file. Raises `FileError` if it is larger than what gmetui reads."""
    content = format_list(tables).encode("utf-8", "replace")
    if len(content) > MAX_FILE_BYTES:
        raise FileError(f"gmetui: cannot save the list: it would be larger than {MAX_FILE_BYTES // 1024 // 1024} MB")
    return content


def list_tables(shortlist: Shortlist) -> dict[str, Any]:
    """Return a list as TOML tables."""
    head: dict[str, Any] = {"format": FORMAT_VERSION, "name": shortlist.name, **shortlist.extra}
    if shortlist.columns:
        head["column"] = [{**column_table(column), **column.extra} for column in shortlist.columns]
    return head | {"program": [_entry_table(entry) for entry in shortlist]}


def _entry_table(entry: Entry) -> dict[str, Any]:
    table: dict[str, Any] = {"id": entry.id}
    table |= {key: getattr(entry, field) for key, field in _TEXT_FIELDS.items() if getattr(entry, field)}
    if entry.rating:
        table["rating"] = entry.rating
    if entry.score is not None:
        table["score"] = entry.score
    if entry.tags:
        table["tags"] = list(entry.tags)
    pairs = {"own": entry.values, "remarks": entry.comments}
    pair_tables = {key: dict(values) for key, values in pairs.items() if values}
    return table | dates_table(entry) | pair_tables | dict(entry.extra)


def parse_list(tables: Mapping[str, Any], list_name: str, list_path: Path) -> Shortlist:
    """Return the list in the tables of the file at `path`. Raises `DamagedFileError` that names what is wrong."""
    shown_path = sanitize(str(list_path))
    version = tables.get("format", FORMAT_VERSION)
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise DamagedFileError(
            f"{shown_path}: was written by a newer version of gmetui (format {version!r}){LEFT_UNTOUCHED}"
        )
    program_tables, column_tables = tables.get("program", []), tables.get("column", [])
    for table_name, value in (("program", program_tables), ("column", column_tables)):
        if not isinstance(value, list):
            raise _error(f"{shown_path}: {table_name}", f"must be [[{table_name}]] tables")
    declared: dict[str, CustomColumn] = {}
    for index, table in enumerate(column_tables):
        column = _parse_column(table, f"{shown_path}: column[{index}]")
        declared.setdefault(column.name, column)
    entries: dict[str, Entry] = {}
    for index, table in enumerate(program_tables):
        entry = _parse_entry(table, f"{shown_path}: program[{index}]", declared)
        first_entry = entries.get(entry.id)
        entries[entry.id] = join_entries(first_entry, entry) if first_entry else entry
    unknown_keys = {key: value for key, value in tables.items() if key not in _LIST_KEYS}
    return _with_undeclared_columns(
        Shortlist(list_name, tuple(entries.values()), tuple(declared.values()), unknown_keys)
    )


def duplicate_ids(tables: Mapping[str, Any]) -> list[str]:
    """Return the ids of programs that are more than once in the tables of a list; `parse_list` joins their entries."""
    ids = [sanitize(program_table["id"]) for program_table in tables.get("program", ())]
    return [program_id for program_id, count in Counter(ids).items() if count > 1]


def _error(location: str, expected: str) -> DamagedFileError:
    return DamagedFileError(f"{location}: {expected}{LEFT_UNTOUCHED}")


def _with_undeclared_columns(shortlist: Shortlist) -> Shortlist:
    """Return the list with columns that only entries use, as in a file edited by hand, and their values converted."""
    undeclared_cells: dict[str, list[str]] = {}
    for entry in shortlist:
        for column_name, value in entry.values:
            if not shortlist.column(column_name):
                undeclared_cells.setdefault(column_name, []).append(format_value(value))
    if not undeclared_cells:
        return shortlist
    columns = (
        *shortlist.columns,
        *(CustomColumn(name, detect_kind(texts)) for name, texts in undeclared_cells.items()),
    )
    return replace(
        shortlist, columns=columns, entries=tuple(with_converted_values(entry, columns) for entry in shortlist)
    )


def _parse_column(table: object, location: str) -> CustomColumn:
    if not isinstance(table, Mapping) or not isinstance(table.get("name"), str):
        raise _error(f"{location}.name", "is missing; every column has one")
    kind, weight, requirement = table.get("kind", TEXT), table.get("weight", 0), table.get("must", "")
    if kind not in KINDS:
        raise _error(f"{location}.kind", f"must be one of {', '.join(KINDS)}")
    if not isinstance(weight, int | float) or isinstance(weight, bool):
        raise _error(f"{location}.weight", "must be a number")
    unknown_keys = {key: value for key, value in table.items() if key not in _COLUMN_KEYS}
    try:
        return custom_column(table["name"], kind, weight, str(requirement))._replace(extra=unknown_keys)
    except ValueError as error:
        raise _error(location, str(error)) from error


def _parse_entry(program_table: object, location: str, declared: Mapping[str, CustomColumn]) -> Entry:
    if (
        not isinstance(program_table, Mapping)
        or not isinstance(program_table.get("id"), str)
        or not program_table["id"].strip()
    ):
        raise _error(f"{location}.id", "is missing; every program has one")
    texts = {}
    for key, field in _TEXT_FIELDS.items():
        value = program_table.get(key, "")
        if not isinstance(value, str):
            raise _error(f"{location}.{key}", "must be text")
        texts[field] = sanitize(value, keep_newlines=key == "note")
    tags = program_table.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise _error(f"{location}.tags", "must be a list of texts")
    return Entry(
        sanitize(program_table["id"]),
        **texts,
        rating=_parse_whole_number(program_table, "rating", MAX_RATING, location) or 0,
        tags=tuple(dict.fromkeys(filter(None, map(sanitize, tags)))),
        dates=_parse_dates(program_table, location),
        values=_parse_values(program_table, location, declared),
        score=_parse_whole_number(program_table, "score", MAX_SCORE, location),
        comments=_parse_comments(program_table, location),
        extra={key: value for key, value in program_table.items() if key not in _ENTRY_KEYS},
    )


def _parse_whole_number(program_table: Mapping[str, Any], key: str, maximum: int, location: str) -> int | None:
    value = program_table.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= maximum):
        raise _error(f"{location}.{key}", f"must be a whole number from 0 to {maximum}")
    return value


def _table(program_table: Mapping[str, Any], key: str, location: str) -> Mapping[str, Any]:
    table = program_table.get(key, {})
    if not isinstance(table, Mapping):
        raise _error(f"{location}.{key}", "must be a table")
    return table


def _parse_comments(program_table: Mapping[str, Any], location: str) -> tuple[tuple[str, str], ...]:
    comments = _table(program_table, "remarks", location)
    if not all(isinstance(text, str) for text in comments.values()):
        raise _error(f"{location}.remarks", "must be texts by the name of the reviewer")
    joined: dict[str, str] = {}
    for raw_reviewer, raw_text in comments.items():
        reviewer, text = sanitize(raw_reviewer).strip(), sanitize(raw_text, keep_newlines=True).strip()
        if text:
            joined[reviewer] = join_texts(joined.get(reviewer, ""), text)
    return tuple(joined.items())


def _parse_values(
    program_table: Mapping[str, Any], location: str, declared: Mapping[str, CustomColumn]
) -> tuple[tuple[str, Value], ...]:
    """Return the values of custom columns. TOML dates and numbers written as text are accepted."""
    values: dict[str, Value] = {}
    for heading, value in _table(program_table, "own", location).items():
        column_name = " ".join(sanitize(heading).split())
        raw_value = value if isinstance(value, str | int | float | bool) else str(value)
        try:
            column = declared.get(column_name)
            column_name = column.name if column else custom_column(column_name).name
            parsed = _parse_cell(column, raw_value)
        except ValueError as error:
            raise _error(f"{location}.own.{column_name}", str(error)) from error
        if column_name in values:
            raise _error(f"{location}.own.{column_name}", "is there twice")
        if parsed is not None:
            values[column_name] = parsed
    return tuple(values.items())


def _parse_cell(column: CustomColumn | None, raw_value: Value) -> Value | None:
    """Return a value as its column reads it, None if it is blank. Raises ValueError."""
    if column is None:
        return parse_value(TEXT, raw_value) if isinstance(raw_value, str) else raw_value
    if is_valid_value(column.kind, raw_value) and not isinstance(raw_value, str):
        return raw_value
    return parse_value(column.kind, format_value(raw_value))


def _parse_dates(program_table: Mapping[str, Any], location: str) -> tuple[tuple[str, str], ...]:
    """Return the user's dates in date order. TOML dates and texts are accepted."""
    dates = {}
    times = {sanitize(label).strip(): str(text) for label, text in _table(program_table, "times", location).items()}
    for raw_label, day in _table(program_table, "dates", location).items():
        label = sanitize(raw_label).strip()
        if label in dates:
            raise _error(f"{location}.dates.{label}", "is there twice")
        try:
            dates[label] = normalized_date(str(day))
        except ValueError as error:
            raise _error(f"{location}.dates.{label}", "must be a date such as 2027-01-15") from error
        if label in times:
            dates[label] = _with_time(dates[label], times[label], f"{location}.times.{label}")
    return by_date(dates.items())


def _with_time(day: str, time_text: str, location: str) -> str:
    """Return a date with a time such as "09:30"."""
    try:
        return normalized_date(f"{day[:10]}T{time_text}")
    except ValueError as error:
        raise _error(location, "must be a time such as 09:30") from error
