"""A JSON Schema of what commands print as JSON: `python -m gmetui.tools.output_schema > FILE`.

`properties` has a schema for each command; "sites one" is what `gmetui sites ID` prints. `gmetui schema output` prints
it, and tests compare the output of every command with it.
"""

from __future__ import annotations

import json

from ..catalog.completeness import COUNTED_FIELDS
from ..catalog.vocabulary import KIND_LABELS
from .fits_schemas import fits_schemas
from .ladder_schemas import ladder_schemas
from .planning_schemas import import_schema, planning_schemas
from .record_schemas import (
    ANY,
    FLAG,
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    definitions,
    extended,
    list_of,
    nullable,
    object_schema,
    reference,
)


def output_schema() -> Schema:
    """Return the schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What gmetui prints with --format json, by command; --jsonl prints the records of the list in it",
        "type": "object",
        "properties": _commands(),
        "$defs": definitions(),
    }


def schema_text() -> str:
    """Return the content of docs/reference/output-schema.json."""
    return json.dumps(output_schema(), ensure_ascii=False, indent=2) + "\n"


def _records(key: str, record: Schema, **others: Schema) -> Schema:
    """Return the schema of a document with a list of records."""
    return object_schema({"total": INTEGER, **others, key: list_of(record)})


def _commands() -> dict[str, Schema]:
    specialties = _records("specialties", reference("specialty"), query=TEXT, warnings=list_of(TEXT))
    return {
        "search": _search(),
        "show": object_schema({"programs": list_of(reference("program_in_full")), "edition": _edition()}),
        "compare": _compare(),
        "institutions": _records("institutions", reference("institution")),
        "institutions one": reference("institution_in_full"),
        "specialties": specialties,
        "sites": _records("sites", reference("site")),
        "sites one": reference("site_in_full"),
        "services": _records("services", reference("service")),
        "services one": reference("service"),
        **_shortlist_commands(),
        **_data_commands(),
        **_general_commands(),
    }


def _search() -> Schema:
    match = {"field": TEXT, "term": TEXT, "text": TEXT, "snippet": TEXT, "spans": list_of(list_of(INTEGER))}
    matched = extended("program_fields", {"matched": list_of(object_schema(match))}, {"miles": nullable(INTEGER)})
    page = {"kind": TEXT, "id": TEXT, "title": TEXT, "section": nullable(TEXT), "text": TEXT}
    facet_value = {"value": nullable(TEXT), "label": TEXT, "count": INTEGER, "selected": FLAG, "excluded": FLAG}
    return object_schema(
        {
            "query": TEXT,
            "total": INTEGER,
            "programs": list_of(matched),
            "pages": list_of(object_schema(page)),
            "readings": list_of(object_schema({"words": TEXT, "condition": TEXT})),
            "ignored": list_of(TEXT),
            "warnings": list_of(TEXT),
        },
        {"facets": {"type": "object", "additionalProperties": list_of(object_schema(facet_value))}},
    )


def _compare() -> Schema:
    cell = nullable(object_schema({"values": list_of(ANY), "sources": list_of(reference("source"))}))
    fact = object_schema(
        {"summary": TEXT, "details": list_of(TEXT), "sources": list_of(reference("source"))}, {"amount": NUMBER}
    )
    row = {"fact": TEXT, "label": TEXT}
    return object_schema(
        {
            "programs": list_of(reference("program")),
            "fields": list_of(object_schema({"field": TEXT, "label": TEXT, "differs": FLAG, "values": list_of(cell)})),
            "common": list_of(object_schema({**row, "summary": TEXT})),
            "deciding": list_of(object_schema({**row, "note": nullable(TEXT), "values": list_of(nullable(fact))})),
            "not_published": list_of(TEXT),
        }
    )


def _edition() -> Schema:
    return object_schema({"version": TEXT, "date": TEXT, "title": nullable(TEXT), "read_by": nullable(TEXT)})


def _listed_program() -> Schema:
    names = {"type": "object", "additionalProperties": TEXT}
    entry = {
        "rank": INTEGER,
        "in_data": FLAG,
        "note": TEXT,
        "status": TEXT,
        "rating": nullable(INTEGER),
        "tags": list_of(TEXT),
        "dates": names,
        "own": {"type": "object"},
        "remarks": names,
        "score": nullable(INTEGER),
        "score_by_hand": FLAG,
        "lacks": list_of(TEXT),
    }
    optional = {"signal": nullable(TEXT)}
    return extended("program_fields", entry, optional)


def _shortlist_commands() -> dict[str, Schema]:
    column = {"name": TEXT, "kind": TEXT, "weight": nullable(NUMBER), "must": nullable(TEXT), "values": INTEGER}
    event = {
        **dict.fromkeys(("first", "last", "what"), TEXT),
        **{key: nullable(TEXT) for key in ("time", "cycle", "service", "text", "zone")},
        "own": FLAG,
        "third_party": FLAG,
        "program": nullable(reference("program_reference")),
    }
    changed = {
        "in_data": FLAG,
        "successor": nullable(reference("program_reference")),
        "changes": list_of(object_schema({"field": TEXT, "before": list_of(ANY), "after": list_of(ANY)})),
        "snapshot_missing": FLAG,
    }
    version = {"version": INTEGER, "saved_at": TEXT, "program_count": INTEGER, "change": TEXT}
    shown = _records("programs", _listed_program(), list=TEXT, columns=list_of(object_schema(column)))
    differences = {"old": TEXT, "new": nullable(TEXT), "total": INTEGER, "differences": list_of(TEXT)}
    return {
        "shortlist": shown,
        "shortlist show": shown,
        "shortlist dates": _records("dates", object_schema(event), today=TEXT),
        "shortlist columns": _records("columns", object_schema(column)),
        "shortlist changed": _records("programs", extended("program_names", changed)),
        "shortlist lists": _records("lists", object_schema({"name": TEXT, "program_count": INTEGER})),
        "shortlist history": _records("versions", object_schema(version)),
        "shortlist versions": object_schema(differences),
    }


def _data_commands() -> dict[str, Schema]:
    institution = {"institution": reference("institution_reference")}
    counts = ("programs", "useful", "residencies", "useful_residencies", "facts", "confirmed")
    share_counts = ("programs", "stated", "third_party", "undated", "older")
    share = {**institution, "field": {"enum": [field.key for field in COUNTED_FIELDS]}}
    problem = {
        **dict.fromkeys(("file", "key", "message"), TEXT),
        "line": INTEGER,
        "hint": nullable(TEXT),
        "doubtful": FLAG,
    }
    stale = extended("program_names", {"reasons": list_of(TEXT), "urls": list_of(TEXT)})
    change = {"program": TEXT, "what": TEXT, "field": nullable(TEXT), "before": list_of(ANY), "after": list_of(ANY)}
    edition = _edition()["properties"]
    kinds = object_schema(dict.fromkeys(KIND_LABELS, INTEGER))
    return {
        "coverage": object_schema(
            {
                "older_than": INTEGER,
                "institutions": list_of(object_schema({**institution, **dict.fromkeys(counts, INTEGER)})),
                "coverage": list_of(object_schema({**share, **dict.fromkeys(share_counts, INTEGER)})),
            }
        ),
        "changes": _records("changes", object_schema(change)),
        "check": _records("problems", object_schema(problem)),
        "check --stale": _records("programs", stale),
        "edition": {"type": "object", "properties": {**edition, "kinds": kinds}, "required": [*edition, "kinds"]},
        **planning_schemas(),
        **fits_schemas(),
        **ladder_schemas(),
    }


def _general_commands() -> dict[str, Schema]:
    setting = {
        **dict.fromkeys(("key", "description", "expected"), TEXT),
        "value": ANY,
        "minimum": nullable(NUMBER),
        "maximum": nullable(NUMBER),
        "choices": nullable(list_of(TEXT)),
    }
    imported = {
        **dict.fromkeys(("name", "path", "title", "file"), TEXT),
        **{key: nullable(TEXT) for key in ("url", "as_of", "imported_on", "error")},
        "program_count": INTEGER,
    }
    imports = _records("imports", object_schema(imported), removed=list_of(TEXT))
    path_names = ("data", "settings", "profile", "shortlists", "programs", "cache", "state", "columns")
    return {
        "settings": object_schema(
            {
                "file": TEXT,
                "settings": list_of(object_schema(setting)),
                "keys": {"type": "object"},
                "searches": {"type": "object", "additionalProperties": TEXT},
                "problems": list_of(TEXT),
            }
        ),
        "paths": object_schema(dict.fromkeys(path_names, TEXT)),
        "version": object_schema({"version": TEXT, "edition": _edition()}),
        "imports": imports,
        "imports list": imports,
        "imports fields": _records("fields", object_schema({"field": TEXT, "label": TEXT})),
        "import": import_schema(),
    }


if __name__ == "__main__":
    print(schema_text(), end="")
