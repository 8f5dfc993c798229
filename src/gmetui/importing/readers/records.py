"""JSON, JSON Lines and TOML to rows: whatever the nesting, one row for each program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..column_detection import is_known
from .open_file import Bounds

_DEEP = 6  # tables inside tables that are looked through
_MANY = 4  # known headings that make a table a record of its own
_SETS = 2_000  # keys that records may have together


def json_rows(text: str, bounds: Bounds) -> Iterator[list[str]]:
    """Yield headings and rows of a JSON text. Raises `ValueError` when it is none, or has no records in it."""
    try:
        whole = json.loads(text, parse_constant=lambda word: None)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    yield from tables_rows(whole, bounds)


def lines_rows(lines: Iterable[str], bounds: Bounds) -> Iterator[list[str]]:
    """Yield headings and rows of JSON Lines: one record a line. Raises `ValueError` for a line that is none."""
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_constant=lambda word: None)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"line {number:,} is no JSON") from error
        records.append(record)
        if number > bounds.rows:
            raise ValueError(f"it has more than {bounds.rows:,} rows")
    yield from tables_rows(records, bounds)


def tables_rows(whole: Any, bounds: Bounds) -> Iterator[list[str]]:
    """Yield headings and rows of what a JSON or TOML file holds."""
    records = _records(whole, 0)
    if not records:
        raise ValueError("it holds no list of records")
    if all(isinstance(record, list) for record in records):
        yield from ([_cell(value, bounds) for value in record] for record in records)
        return
    rows = [row for record in records if isinstance(record, Mapping) for row in _flat(record, bounds)]
    keys: dict[str, None] = {}
    for row in rows:
        keys.update(dict.fromkeys(row))
        if len(keys) > _SETS:
            raise ValueError(f"its records have more than {_SETS:,} keys")
    titles = _short(list(keys))
    if len(titles) > bounds.columns:
        raise ValueError(f"its records have more than {bounds.columns:,} keys")
    yield titles
    for row in rows:
        yield [row.get(key, "") for key in keys]


def _records(whole: Any, depth: int) -> list[Any]:
    """Return the records of a file: the longest list in it, or a table of tables by name or id."""
    if isinstance(whole, list):
        return [own for own in whole if isinstance(own, Mapping | list)]
    if not isinstance(whole, Mapping) or depth > _DEEP:
        return []
    columns = [own for own in whole.values() if isinstance(own, list)]
    if len(columns) == len(whole) > 1 and len({len(own) for own in columns}) == 1 and _plain(columns):
        return [dict(zip(whole, values, strict=True)) for values in zip(*columns, strict=True)]
    if (split := _split(columns)) is not None:
        return split
    found = [_records(own, depth + 1) for own in whole.values()]
    keyed = [own for own in whole.values() if isinstance(own, Mapping)]
    if len(keyed) > 1 and len(keyed) > len(whole) / 2 and len(keyed) >= max(map(len, found), default=0):
        return [{"key": key, **own} for key, own in whole.items() if isinstance(own, Mapping)]
    groups = [own for own in whole.values() if isinstance(own, list) and own and isinstance(own[0], Mapping)]
    if len(groups) > 1 and len(groups) == len(whole):  # records by specialty or by state
        return [{"group": key, **record} for key, own in whole.items() for record in own if isinstance(record, Mapping)]
    return max(found, key=len, default=[])


def _split(lists: Sequence[list[Any]]) -> list[Any] | None:
    """Return the records of a table whose headings stand apart from its rows."""
    for heads in lists:
        if len(heads) > 1 and all(isinstance(head, str) for head in heads):
            for rows in lists:
                if rows and all(isinstance(row, list) and len(row) == len(heads) for row in rows):
                    return [heads, *rows]
    return None


def own_records(tables: Mapping[str, Any]) -> Any:
    """Return the programs of a data file of ours, each with its institution's name and place; others as they are."""
    programs, homes = tables.get("program"), tables.get("institution")
    if not isinstance(programs, list) or homes is None:
        return tables
    known = {own.get("id"): own for own in (homes if isinstance(homes, list) else [homes]) if isinstance(own, Mapping)}
    alone = next(iter(known.values())) if len(known) == 1 else {}
    return [_at_home(own, known.get(own.get("institution"), alone)) for own in programs if isinstance(own, Mapping)]


def _at_home(own: Mapping[str, Any], home: Mapping[str, Any]) -> dict[str, Any]:
    place = {key: own.get(key) or home.get(key) for key in ("city", "state")}
    left = ("id", "source", "sources", "disagreements")
    return {
        **{key: value for key, value in own.items() if key not in left},
        **place,
        "institution": home.get("name") or own.get("institution"),
    }


def _plain(columns: Sequence[list[Any]]) -> bool:
    return not any(isinstance(value, Mapping | list) for own in columns for value in own[:20])


def _flat(record: Mapping[str, Any], bounds: Bounds) -> Iterator[dict[str, str]]:
    """Yield the rows of a record: itself, or, where programs stand inside an institution, each of them with it."""
    inner = [
        (key, own)
        for key, own in record.items()
        if isinstance(own, list) and own and all(isinstance(part, Mapping) for part in own) and _holds_programs(own)
    ]
    if len(inner) != 1:
        yield dict(_cells("", record, bounds, 0))
        return
    name, programs = inner[0]
    outside = dict(_cells("", {key: own for key, own in record.items() if key != name}, bounds, 0))
    outside = {"institution" if key in ("name", "title") else key: own for key, own in outside.items()}
    for program in programs:
        yield outside | dict(_cells("", program, bounds, 0))


def _holds_programs(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether tables inside a record are programs themselves, not its tracks or sites."""
    return sum(is_known(str(key)) for key in rows[0]) >= 2


def _last(parts: Sequence[str]) -> str:
    ends = (" ".join(parts[start:]) for start in range(len(parts)))
    return next(filter(is_known, ends), parts[-1])


def _cells(path: str, record: Mapping[str, Any], bounds: Bounds, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        own = f"{path}.{key}" if path else str(key)
        if isinstance(value, Mapping) and depth < _DEEP and not _is_thing(value):
            yield from _cells(own, value, bounds, depth + 1)
        else:
            yield own, _cell(value, bounds)


def _is_thing(value: Mapping[str, Any]) -> bool:
    """Tell whether a table stands for one thing by its name, such as an institution with its id."""
    return ("name" in value or "value" in value) and sum(is_known(str(key)) for key in value) < _MANY


def _cell(value: Any, bounds: Bounds) -> str:
    if isinstance(value, Mapping):
        inner = value.get("name", value.get("value"))
        return _cell(inner, bounds) if inner is not None and not isinstance(inner, Mapping) else _listed(value, bounds)
    if isinstance(value, list):
        return "; ".join(cell for cell in (_cell(own, bounds) for own in value[:200]) if cell)[: bounds.cell]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)[: bounds.cell]


def _listed(value: Mapping[str, Any], bounds: Bounds) -> str:
    plain = ((key, own) for key, own in value.items() if not isinstance(own, Mapping | list))
    return ", ".join(f"{key} {_cell(own, bounds)}" for key, own in plain)[: bounds.cell]


def _short(keys: Sequence[str]) -> list[str]:
    """Return the last parts of each key: those that are a known heading, or the last where that is enough."""
    last = [_last(key.split(".")) for key in keys]
    return [short if last.count(short) == 1 else key.replace(".", " ") for key, short in zip(keys, last, strict=True)]
