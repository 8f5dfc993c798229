"""Turn JSON, JSON Lines and TOML of any nesting into rows, one for each program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..column_detection import is_known_heading
from .gmetui_files import exported_records, is_gmetui_export
from .open_file import ReadLimits

_MAX_DEPTH = 6
_MANY_KNOWN_KEYS = 4  # a table with this many known headings is a record, not one named value
_MAX_KEYS = 2_000  # of all records together
_CELLS_PER_ROW = 12  # on average, in a file with as many rows as the limits allow
_MAX_ITEMS = 200  # of a list in a cell
_MAX_INTEGER_BITS = 4096  # str() limits the digits; TOML can write more as a hexadecimal number
_SAMPLE = 20
_MAX_SAMPLE_LINE = 100_000
_Path = tuple[str, ...]


def parse_json(text: str) -> Any:
    """Return what a JSON text holds. Raises `ValueError` when it is not JSON or nested too deeply."""
    try:
        return json.loads(text, parse_constant=lambda word: None)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except ValueError as error:  # int() limits its digits
        raise ValueError("it has a number with too many digits") from error


def parse_json_lines(lines: Iterable[str], limits: ReadLimits) -> list[Any]:
    """Return the records of JSON Lines, one a line. Raises `ValueError` for a line that is not JSON."""
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line, parse_constant=lambda word: None))
        except (ValueError, RecursionError) as error:
            raise ValueError(f"line {number:,} is not valid JSON") from error
        if number > limits.rows:
            raise ValueError(f"it has more than {limits.rows:,} rows")
    return records


def are_json_lines(sample: Sequence[str]) -> bool:
    """Return whether each line of a sample is an object, or each is a list."""
    filled_lines = [line.strip().removeprefix("\ufeff") for line in sample if line.strip()][:_SAMPLE]
    if len(filled_lines) > 1 and all(line[:1] == "{" and line[-1:] == "}" for line in filled_lines):
        return True
    if len(filled_lines) < 2 or not all(line[:1] == "[" and line[-1:] == "]" for line in filled_lines):
        return False
    try:
        return all(isinstance(parse_json(line[:_MAX_SAMPLE_LINE]), list) for line in filled_lines)
    except ValueError:
        return False


def record_rows(document: Any, limits: ReadLimits) -> Iterator[list[str]]:
    """Yield headings and rows of what a JSON or TOML file holds. Raises `ValueError` when it holds no records."""
    if is_gmetui_export(document):
        flat_records = _collect(
            (dict(_flatten((), record, limits, 0)) for record in exported_records(document)), limits
        )
    else:
        records = _find_records(document, 0)
        if not records:
            raise ValueError("it contains no list of records")
        if all(isinstance(record, list) for record in records):
            yield from ([_cell_text(value, limits) for value in record] for record in records)
            return
        mappings = (record for record in records if isinstance(record, Mapping))
        flat_records = _collect((flat for record in mappings for flat in _flatten_record(record, limits)), limits)
    paths: dict[_Path, None] = {}
    for flat_record in flat_records:
        paths.update(dict.fromkeys(flat_record))
        if len(paths) > _MAX_KEYS:
            raise ValueError(f"its records have more than {_MAX_KEYS:,} keys")
    if len(paths) > limits.columns and not limits.truncates:
        raise ValueError(f"its records have more than {limits.columns:,} keys")
    used_paths = list(paths)[: limits.columns]
    yield _shorten(used_paths)
    for flat_record in flat_records:
        yield [flat_record.get(path, "") for path in used_paths]


def _collect(flat_records: Iterable[dict[_Path, str]], limits: ReadLimits) -> list[dict[_Path, str]]:
    """Return the records that are not empty. Raises `ValueError` when there are too many, or too many cells in them."""
    collected: list[dict[_Path, str]] = []
    cells = 0
    for flat_record in filter(None, flat_records):
        cells += len(flat_record)
        if len(collected) == limits.rows or cells > limits.rows * _CELLS_PER_ROW:
            raise ValueError(f"it has more than {limits.rows:,} rows, or too many values in them")
        collected.append(flat_record)
    return collected


def _find_records(value: Any, depth: int) -> list[Any]:
    """Return the records of a file: the longest list in it, or a table of tables by name or id."""
    if isinstance(value, list):
        return [record for record in value if isinstance(record, Mapping | list)]
    if not isinstance(value, Mapping) or depth > _MAX_DEPTH:
        return []
    if isinstance(value.get("schema"), Mapping) and isinstance(value.get("data"), list):
        return _find_records(value["data"], depth + 1)  # a table of pandas, or a data package
    if depth == 0 and sum(is_known_heading(str(key)) for key in value) >= _MANY_KNOWN_KEYS and _is_flat(value):
        return [value]  # a list of one program
    lists = [item for item in value.values() if isinstance(item, list)]
    if len(lists) == len(value) > 1 and len({len(column) for column in lists}) == 1 and _hold_plain_values(lists):
        return [dict(zip(value, cells, strict=True)) for cells in zip(*lists, strict=True)]
    if (split_table := _find_split_table(lists)) is not None:
        return split_table
    found_lists = [_find_records(item, depth + 1) for item in value.values()]
    longest = max(map(len, found_lists), default=0)
    tables = [item for item in value.values() if isinstance(item, Mapping)]
    if len(tables) > 1 and len(tables) == len(value) and (rows := _rows_of_columns(value)):
        return rows
    if len(tables) > 1 and len(tables) > len(value) / 2 and len(tables) >= longest:
        return _records_by_key(value)
    groups = [records for records in lists if records and isinstance(records[0], Mapping)]
    if len(groups) > 1 and len(groups) == len(value):  # records by specialty or by state
        return [
            {"group": key, **record} for key, group in value.items() for record in group if isinstance(record, Mapping)
        ]
    return max(found_lists, key=len, default=[])


def _is_flat(record: Mapping[str, Any]) -> bool:
    return not any(isinstance(item, Mapping | list) for item in record.values())


def _rows_of_columns(columns: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Return the records of a table that holds its columns by heading, each with its cells by row, as pandas does."""
    row_names = list(next(iter(columns.values())))
    is_rectangular = all(list(column) == row_names and _is_flat(column) for column in columns.values())
    headings = sum(is_known_heading(str(heading)) for heading in columns)
    if not is_rectangular or headings < 2 or headings <= sum(is_known_heading(str(name)) for name in row_names):
        return []
    return [{heading: column[name] for heading, column in columns.items()} for name in row_names]


def _records_by_key(tables: Mapping[str, Any]) -> list[Any]:
    """Return the records of a table by name or id; their numbers, if these are the keys, say nothing."""
    is_numbered = all(key == str(number) for number, key in enumerate(tables))
    return [
        table if is_numbered else {"key": key, **table} for key, table in tables.items() if isinstance(table, Mapping)
    ]


def _find_split_table(lists: Sequence[list[Any]]) -> list[Any] | None:
    """Return headings and rows of a table that keeps them in two lists."""
    for headings in lists:
        if len(headings) > 1 and all(isinstance(heading, str) for heading in headings):
            for rows in lists:
                if rows and all(isinstance(row, list) and len(row) == len(headings) for row in rows):
                    return [headings, *rows]
    return None


def _hold_plain_values(columns: Sequence[list[Any]]) -> bool:
    return not any(isinstance(value, Mapping | list) for column in columns for value in column[:_SAMPLE])


def _flatten_record(record: Mapping[str, Any], limits: ReadLimits) -> Iterator[dict[_Path, str]]:
    """Yield the rows of a record: itself, or, when it is an institution that holds programs, one row for each."""
    program_lists = [
        (key, value)
        for key, value in record.items()
        if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value)
        if _are_programs(value)
    ]
    if len(program_lists) != 1:
        yield dict(_flatten((), record, limits, 0))
        return
    list_key, programs = program_lists[0]
    institution = {
        ("institution",) if path in (("name",), ("title",)) else path: cell
        for path, cell in _flatten((), {key: value for key, value in record.items() if key != list_key}, limits, 0)
    }
    for program in programs:
        yield institution | dict(_flatten((), program, limits, 0))


def _are_programs(tables: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether tables inside a record are programs, not tracks or sites of one."""
    return sum(is_known_heading(str(key)) for key in tables[0]) >= 2


def _flatten(path: _Path, record: Mapping[str, Any], limits: ReadLimits, depth: int) -> Iterator[tuple[_Path, str]]:
    for key, value in record.items():
        key_path = (*path, str(key))
        if isinstance(value, Mapping) and depth < _MAX_DEPTH and not _is_named_value(value):
            yield from _flatten(key_path, value, limits, depth + 1)
        else:
            yield key_path, _cell_text(value, limits)


def _is_named_value(table: Mapping[str, Any]) -> bool:
    """Return whether a table stands for one value by its name, such as an institution with its id."""
    return ("name" in table or "value" in table) and sum(is_known_heading(str(key)) for key in table) < _MANY_KNOWN_KEYS


def _cell_text(value: Any, limits: ReadLimits) -> str:
    if isinstance(value, Mapping):
        inner = value.get("name", value.get("value"))
        if inner is not None and not isinstance(inner, Mapping):
            return _cell_text(inner, limits)
        plain = ((key, item) for key, item in value.items() if not isinstance(item, Mapping | list))
        return ", ".join(f"{key} {_cell_text(item, limits)}" for key, item in plain)[: limits.cell_length]
    if isinstance(value, list):
        cells = (_cell_text(item, limits) for item in value[:_MAX_ITEMS])
        return "; ".join(filter(None, cells))[: limits.cell_length]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > _MAX_INTEGER_BITS:
        return "a number with too many digits"
    return "" if value is None else str(value)[: limits.cell_length]


def _shorten(paths: Sequence[_Path]) -> list[str]:
    """Return a heading for each path: its longest known suffix or its last part; all parts if that is ambiguous."""
    parts = [[part for key in path for part in ((key,) if ": " in key else key.split("."))] for path in paths]
    short_names = [_short_name(path_parts) for path_parts in parts]
    return [
        short_name if short_names.count(short_name) == 1 else " ".join(path_parts)
        for path_parts, short_name in zip(parts, short_names, strict=True)
    ]


def _short_name(parts: Sequence[str]) -> str:
    suffixes = (" ".join(parts[start:]) for start in range(len(parts)))
    return next(filter(is_known_heading, suffixes), parts[-1])
