"""A JSON Schema of the data files, made from `fields`, so that editors complete and check while one types."""

from __future__ import annotations

from typing import Any

from . import fields as f

_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_SINGLE = ("institution", "edition")


def json_schema() -> dict[str, Any]:
    """Return the schema of one data file."""
    properties = {
        name: _table(name) if name in _SINGLE else {"type": "array", "items": _table(name)}
        for name in f.TABLES
        if "." not in name and name != "requirements"
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


def _field(field: f.Field) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "minLength": 1},
        "id": _ID,
        "address": {"type": "string", "pattern": "^https?://"},
        "integer": {"type": "integer", "minimum": 1},
        "flag": {"type": "boolean"},
        "texts": {"anyOf": [{"type": "string", "minLength": 1}, _TEXTS]},
        "names": _TEXTS,
        "pages": {"anyOf": [_ID, {"type": "array", "items": _ID}]},
        "pay": {"type": "object", "additionalProperties": {"type": "number"}},
    }
    if field.shape == "requirements":
        return {"type": "array", "items": _table("requirements"), "description": field.meaning}
    made = dict(shapes[field.shape])
    if field.choices:
        made = {"enum": list(field.choices)}
    return {**made, "description": f"{field.label}: {field.meaning}"}
