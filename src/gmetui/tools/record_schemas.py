"""JSON Schemas of the records that commands print: programs, institutions, specialties, sites and services.

The fields come from the model of the data. `tools.output_schema` puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..catalog.schema import INSTITUTION, PROGRAM, SPECIALTY, Field, fields_of
from ..catalog.vocabulary import KIND_LABELS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
ANY: Schema = {}
_PLAIN: Mapping[str, Schema] = {
    "integer": INTEGER,
    "size": NUMBER,
    "money": NUMBER,
    "flag": FLAG,
    "pay": {"type": "object", "additionalProperties": NUMBER},
    "figures": {"type": "object", "additionalProperties": INTEGER},
    "integers": {"type": "array", "items": INTEGER},
}
_LIST_SHAPES = ("texts", "names", "ids", "pages")
_MARKS: Mapping[str, Schema] = {"third_party": FLAG, "unconfirmed": FLAG, "past": FLAG}


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null: not stated."""
    if schema == ANY:
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def object_schema(properties: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return an object that has these keys, may have the optional ones, and no others."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def _open(properties: Mapping[str, Schema]) -> Schema:
    """Return an object that has these keys, to be extended."""
    return {key: value for key, value in object_schema(properties).items() if key != "additionalProperties"}


def extended(base: str, properties: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return an object that has the keys of a definition and more."""
    extended = object_schema(properties, optional)
    del extended["additionalProperties"]
    return {"allOf": [reference(base)], **extended, "unevaluatedProperties": False}


def reference(name: str) -> Schema:
    """Return a reference to one of `definitions`."""
    return {"$ref": f"#/$defs/{name}"}


def _field(field: Field) -> Schema:
    """Return the schema of a field that is stated."""
    if field.shape in ("items", "item"):
        assert field.item_type is not None
        properties = {item_field.key: _item_field(item_field) for item_field in fields_of(field.item_type)}
        item = {"type": "object", "properties": {**properties, **_MARKS, "sources": list_of(reference("source"))}}
        return item if field.shape == "item" else list_of(item)
    schema = list_of(TEXT) if field.shape in _LIST_SHAPES else dict(_PLAIN.get(field.shape, TEXT))
    return {**schema, "description": field.meaning or field.label}


def _item_field(field: Field) -> Schema:
    return ANY if field.shape == "flag or names" else _field(field)


def _fields(fields: tuple[Field, ...], omitted: tuple[str, ...]) -> dict[str, Schema]:
    return {field.key: nullable(_field(field)) for field in fields if field.key not in omitted}


def definitions() -> dict[str, Schema]:
    """Return the schemas that others refer to, by name."""
    source = {"id": TEXT, "url": nullable(TEXT), "title": nullable(TEXT), "as_of": nullable(TEXT)}
    identity = ("id", "name", "kind", "institution", "specialty")
    sources = {"type": "object", "additionalProperties": list_of(reference("source"))}
    institution_reference = object_schema({"id": nullable(TEXT), "name": TEXT})
    specialty_reference = object_schema({"id": TEXT, "name": TEXT, "label": TEXT})
    summary_properties = {
        "id": TEXT,
        "name": TEXT,
        "kind": nullable({"enum": list(KIND_LABELS)}),
        "institution": reference("institution_reference"),
        "specialty": nullable(reference("specialty_reference")),
    }
    record_properties = {**summary_properties, **_fields(PROGRAM, identity)}
    return {
        "source": object_schema({**source, "publisher": TEXT}),
        "sources": sources,
        "institution_reference": institution_reference,
        "specialty_reference": specialty_reference,
        "program_names": _open(summary_properties),
        "program_fields": _open(record_properties),
        "program_reference": extended("program_names", {}),
        "program": extended("program_fields", {}),
        "program_in_full": extended("program_fields", _program_details()),
        **_provenance_definitions(),
        **_reference_definitions(),
    }


def _provenance_definitions() -> dict[str, Schema]:
    return {
        "statement": object_schema(
            {
                "what": TEXT,
                "quote": list_of(TEXT),
                "note": nullable(TEXT),
                "sources": list_of(reference("source")),
            }
        ),
        "salary": object_schema(
            {
                "employer": TEXT,
                "year": nullable(TEXT),
                "pgy": dict(_PLAIN["pay"]),
                "sources": list_of(reference("source")),
            },
            {"note": nullable(TEXT), "hospital_wide": FLAG},
        ),
    }


def _program_details() -> dict[str, Schema]:
    next_program = {
        "years": nullable(list_of(INTEGER)),
        "total_years": nullable(list_of(INTEGER)),
        "step": INTEGER,
    }
    rule_properties = {"by": TEXT, "text": TEXT, "sources": list_of(reference("source"))}
    return {
        "mission": nullable(TEXT),
        "statements": list_of(reference("statement")),
        "partners": list_of(reference("institution_reference")),
        "salary": nullable(reference("salary")),
        "next_programs": list_of(extended("program_names", next_program)),
        "not_stated": list_of(TEXT),
        "third_party_fields": list_of(TEXT),
        "unconfirmed_fields": list_of(TEXT),
        "third_party": FLAG,
        "name_only": FLAG,
        "as_of": nullable(TEXT),
        "as_of_added": ANY,
        "sources": reference("sources"),
        "also_read": list_of(reference("source")),
        "requirements_elsewhere": list_of(
            {"type": "object", "properties": rule_properties, "required": list(rule_properties)}
        ),
    }


def _reference_definitions() -> dict[str, Schema]:
    institution_properties = {
        "id": TEXT,
        "name": TEXT,
        "also_called": list_of(TEXT),
        "city": nullable(TEXT),
        "state": nullable(TEXT),
        "program_count": INTEGER,
    }
    programs = list_of(reference("program_reference"))
    fact_properties = {"not_stated": list_of(TEXT), "general_knowledge": list_of(TEXT), "sources": reference("sources")}
    route_properties = {"kind": TEXT, "steps": list_of(TEXT), "sources": list_of(reference("source"))}
    return {
        "institution": object_schema(institution_properties),
        "institution_in_full": object_schema(
            {
                **_fields(INSTITUTION, ("id", "name", "also_called", "city", "state")),
                **institution_properties,
                "statements": list_of(reference("statement")),
                "routes": list_of(object_schema(route_properties)),
                "salaries": list_of(reference("salary")),
                "programs": programs,
                **fact_properties,
            }
        ),
        "specialty": object_schema(
            {"id": TEXT, "name": TEXT, "label": TEXT, "programs": programs, **fact_properties},
            _fields(SPECIALTY, ("id", "name")),
        ),
        **_shared_definitions(institution_properties),
    }


def _shared_definitions(institution_properties: Mapping[str, Schema]) -> dict[str, Schema]:
    programs = list_of(reference("program_reference"))
    site_properties = {
        **institution_properties,
        "institution": nullable(reference("institution_reference")),
        "part_of": nullable(TEXT),
    }
    service_properties = {"id": TEXT, "name": TEXT, "role": TEXT, "full_name": nullable(TEXT), "about": nullable(TEXT)}
    return {
        "site": object_schema(site_properties),
        "site_in_full": object_schema({**site_properties, "programs": programs, "sources": reference("sources")}),
        "service": object_schema(
            {
                **service_properties,
                "dates": nullable(list_of({"type": "object"})),
                "specialties": list_of(reference("specialty_reference")),
                "sources": reference("sources"),
            },
            {"season": {"type": "array"}},
        ),
    }
