"""A JSON Schema of the data files, made from `fields`, so that editors complete and check while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..catalog import schema as f
from ..catalog.item_schema import ITEMS
from ..catalog.vocabulary import MOMENT_FORM, Field

_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_SINGLE = ("institution", "edition", "import")


def json_schema() -> dict[str, Any]:
    """Return the schema of one data file."""
    properties = {
        name: _table(name) if name in _SINGLE else {"type": "array", "items": _table(name)}
        for name in f.TABLES
        if "." not in name
    }
    short_names = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "gmetui data file",
        "type": "object",
        "properties": {**properties, "boards": short_names, "acgme_states": short_names},
        "additionalProperties": False,
    }


def _table(name: str) -> dict[str, Any]:
    declared = f.TABLES[name]
    properties = {field.key: _field(field) for field in declared}
    if any(field in f.PROVENANCE for field in declared):
        keys = {"type": "array", "items": {"enum": [field.key for field in declared]}}
        properties["sources"] = {"type": "object", "additionalProperties": keys}
    for nested in f.TABLES:
        owner, _, key = nested.partition(".")
        if key and owner == name:
            properties[key] = {"type": "array", "items": _table(nested)}
    required = [field.key for field in declared if field.required]
    if name == "program":
        required.append("source")
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _items(field: Field) -> dict[str, Any]:
    table = _object(ITEMS[field.table])
    if field.shape == "item":
        return {**table, "description": field.meaning}
    if any(inner.key == "text" for inner in ITEMS[field.table]):
        only_text = not any(inner.required and inner.key != "text" for inner in ITEMS[field.table])
        table = {"anyOf": [{"type": "string", "minLength": 1}, table]} if only_text else table
    return {"type": "array", "items": table, "description": field.meaning}


def _object(declared: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in declared},
        "required": [field.key for field in declared if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "minLength": 1},
        "id": _ID,
        "address": {"type": "string", "pattern": "^https?://"},
        "integer": {"type": "integer", "minimum": 1},
        "size": {"type": "integer", "minimum": 0},
        "flag": {"type": "boolean"},
        "texts": {"anyOf": [{"type": "string", "minLength": 1}, _TEXTS]},
        "names": _TEXTS,
        "pages": {"anyOf": [_ID, {"type": "array", "items": _ID}]},
        "ids": {"anyOf": [_ID, {"type": "array", "items": _ID}]},
        "moment": {"type": "string", "pattern": f"^{MOMENT_FORM}$"},
        "flag or names": {"anyOf": [{"type": "boolean"}, _TEXTS]},
        "pay": {"type": "object", "additionalProperties": {"type": "number"}},
        "figures": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    }
    if field.shape in ("item", "items"):
        return _items(field)
    made = dict(shapes[field.shape])
    if field.choices and field.shape == "texts":
        made = {"type": "array", "items": {"enum": list(field.choices)}}
    elif field.choices and field.shape == "figures":
        made["propertyNames"] = {"enum": list(field.choices)}
    elif field.choices:
        made = {"enum": list(field.choices)}
    return {**made, "description": f"{field.label}: {field.meaning}"}
