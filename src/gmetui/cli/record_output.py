"""Records in the format that the options name: a table, or JSON with all fields or some, as a document or as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import UsageError
from ..lean_typing import TYPE_CHECKING, Any
from ..text import did_you_mean, sanitize
from .output import write_json, write_json_lines, write_table

if TYPE_CHECKING:
    from argparse import Namespace

    from .table_output import Column, RecordTable


def wants_json(options: Namespace) -> bool:
    """Tell whether the options ask for JSON in any form. Raises `UsageError` where they also name another format."""
    format_name = str(options.format)
    is_json = format_name in ("json", "jsonl")
    wants_fields = options.json_fields is not None or options.jsonl
    if wants_fields and not is_json and format_name not in ("table", "text"):
        raise UsageError(f"gmetui: --json and --jsonl print JSON, not {format_name}; leave out --format {format_name}")
    return is_json or wants_fields


def write_records_json(options: Namespace, document: Mapping[str, Any], records_key: str) -> None:
    """Print a document, or only its records: with the fields that `--json` chooses, or one a line.

    Raises `UsageError` for a field that no record has.
    """
    records: Sequence[Mapping[str, Any]] = document[records_key]
    is_lines = options.jsonl or options.format == "jsonl"
    if options.json_fields is not None:
        records = choose_fields(records, options.json_fields)
    if is_lines:
        write_json_lines(records)
    else:
        write_json(document if options.json_fields is None else records)


def write_record_json(options: Namespace, record: Mapping[str, Any]) -> None:
    """Print one record, with the fields that `--json` chooses, on one line for `--jsonl`."""
    if options.json_fields is not None:
        record = choose_fields([record], options.json_fields)[0]
    if options.jsonl or options.format == "jsonl":
        write_json_lines([record])
    else:
        write_json(record)


def choose_fields(records: Sequence[Mapping[str, Any]], names: str) -> list[dict[str, Any]]:
    """Return records with some of their fields: "id,name,institution.name".

    Raises `UsageError` for a field that no record has.
    """
    keys = [name.strip() for name in names.split(",") if name.strip()]
    present = list(dict.fromkeys(key for record in records for key in record))
    unknown = [key for key in keys if key.partition(".")[0] not in present]
    if not keys or (unknown and records):
        field = unknown[0] if unknown else ""
        hint = did_you_mean(field, present)
        listed = f"the fields are {', '.join(present)}" if present else "name fields such as id,name"
        raise UsageError(f"gmetui: unknown field “{sanitize(field)}”; {hint}{' ' if hint else ''}{listed}")
    return [{key: _field_value(record, key) for key in keys} for record in records]


def _field_value(record: Mapping[str, Any], path: str) -> Any:
    """Return the value of a field, or of a field within it: "institution.name"."""
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def write_records(options: Namespace, table: RecordTable) -> None:
    """Print a table with the columns that the options name. An empty one has no headings."""
    from .table_output import select_columns

    columns = getattr(options, "columns", None)
    selected = select_columns(table, columns)
    if table.rows:
        write_table(selected, tab_separated=options.format == "tsv")


def columns_of(*headings: str, numbers: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return columns named by their headings; `numbers` are the headings of those aligned to the right."""
    from .table_output import Column

    return tuple(
        Column(heading.casefold().replace(" ", "-"), heading, is_number=heading in numbers) for heading in headings
    )
