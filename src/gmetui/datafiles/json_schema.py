"""A JSON Schema of the data files, derived from the model, so that editors complete and check keys during typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..catalog.schema import PROVENANCE, TABLES, Field, fields_of
from ..catalog.vocabulary import CLOCK_PATTERN, DATE_PATTERN, PARTIAL_DATE_PATTERN

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
_ID_OR_IDS = {"anyOf": [_ID, {"type": "array", "items": _ID}]}
_SHAPES: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "texts": {"anyOf": [_TEXT, _TEXTS]},
    "names": _TEXTS,
    "id": _ID,
    "ids": _ID_OR_IDS,
    "pages": _ID_OR_IDS,
    "address": {"type": "string", "pattern": "^https?://"},
    "integer": {"type": "integer", "minimum": 1},
    "integers": {"type": "array", "items": {"type": "integer", "minimum": 1}},
    "size": {"type": "integer", "minimum": 0},
    "money": {"type": "number", "minimum": 0},
    "clock time": {"type": "string", "pattern": f"^{CLOCK_PATTERN}$"},
    "flag": {"type": "boolean"},
    "flag or names": {"anyOf": [{"type": "boolean"}, _TEXTS]},
    "moment": {"type": "string", "pattern": f"^{DATE_PATTERN}$"},
    "partial date": {"type": "string", "pattern": f"^{PARTIAL_DATE_PATTERN}$"},
    "pay": {"type": "object", "additionalProperties": {"type": "number"}},
    "figures": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
}
_SINGLE_TABLES = ("edition", "import")
_NAME_TABLE = {"type": "object", "additionalProperties": {"type": "string"}}


def json_schema() -> dict[str, Any]:
    """Return the schema of one data file."""
    properties = {table_name: _top_level(table_name) for table_name in TABLES if "." not in table_name}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "gmetui data file",
        "type": "object",
        "properties": {**properties, "boards": _NAME_TABLE, "acgme_states": _NAME_TABLE, "publishers": _NAME_TABLE},
        "additionalProperties": False,
    }


def _top_level(table_name: str) -> dict[str, Any]:
    """Return the schema of a table: single, a list, or either for institutions (an imported list has several)."""
    table = _table(table_name)
    if table_name in _SINGLE_TABLES:
        return table
    tables = {"type": "array", "items": table}
    return {"anyOf": [table, tables]} if table_name == "institution" else tables


def _table(table_name: str) -> dict[str, Any]:
    fields = TABLES[table_name]
    schema = _object(fields)
    if fields[-len(PROVENANCE) :] == PROVENANCE:
        field_names = {"type": "array", "items": {"enum": [field.key for field in fields]}}
        schema["properties"]["sources"] = {"type": "object", "additionalProperties": field_names}
    for nested_name in TABLES:
        parent_name, _, key = nested_name.partition(".")
        if key and parent_name == table_name:
            schema["properties"][key] = {"type": "array", "items": _table(nested_name)}
    if table_name == "program":
        schema["required"].append("source")
    return schema


def _object(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    if field.item_type is not None:
        return _items(field, fields_of(field.item_type))
    schema = dict(_SHAPES[field.shape])
    if field.choices and field.shape == "texts":
        schema = {"type": "array", "items": {"enum": list(field.choices)}}
    elif field.choices and field.shape == "figures":
        schema["propertyNames"] = {"enum": list(field.choices)}
    elif field.choices:
        schema = {"enum": list(field.choices)}
    return {**schema, "description": f"{field.label}: {field.meaning}"}


def _items(field: Field, item_fields: Sequence[Field]) -> dict[str, Any]:
    """Return the schema of a table or a list of tables; one that needs nothing but text can be written as text."""
    table = _object(item_fields)
    if field.shape == "item":
        return {**table, "description": field.meaning}
    if table["required"] == ["text"]:
        table = {"anyOf": [_TEXT, table]}
    return {"type": "array", "items": table, "description": field.meaning}
