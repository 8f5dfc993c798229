"""JSON Schemas of what `fits` and `profile` print."""

from __future__ import annotations

from .record_schemas import FLAG, INTEGER, TEXT, Schema, list_of, nullable, object_schema

_STATE: Schema = {"enum": ["meets", "does-not-meet", "cannot-tell"]}
_PAGES = list_of(object_schema({"id": TEXT, "url": nullable(TEXT), "title": nullable(TEXT), "publisher": TEXT}))
_MISSING = list_of(object_schema({"key": TEXT, "finer": nullable(TEXT), "changes": INTEGER}))


def fits_schemas() -> dict[str, Schema]:
    """Return the schemas by command."""
    return {"fits": _fits(), "profile": _profile()}


def _fits() -> Schema:
    aim = {"start": TEXT, "cycle": TEXT, "kind": nullable(TEXT), "specialties": list_of(TEXT)}
    return object_schema(
        {
            "profile": TEXT,
            "aim": object_schema(aim),
            "today": TEXT,
            "programs": list_of(_program()),
            "missing": _MISSING,
            "note": TEXT,
        }
    )


def _program() -> Schema:
    item = {
        "state": _STATE,
        "yet": FLAG,
        **dict.fromkeys(("topic", "text", "sentence"), TEXT),
        **dict.fromkeys(("why", "strength", "untested", "as_of"), nullable(TEXT)),
        "compared": list_of(TEXT),
        **dict.fromkeys(("read_first", "third_party"), FLAG),
        "source": _PAGES,
    }
    text = {"text": TEXT, "topic": TEXT, "source": _PAGES}
    letters = object_schema({"needs": INTEGER, "have": nullable(INTEGER)})
    visa = {"state": _STATE, "why": nullable(TEXT), "type": nullable(TEXT), "level": TEXT, "sentence": TEXT}
    return object_schema(
        {
            "id": TEXT,
            "verdict": _STATE,
            "why": nullable(TEXT),
            "yet": FLAG,
            "counts": object_schema(dict.fromkeys(("meets", "does_not_meet", "cannot_tell"), INTEGER)),
            "items": list_of(object_schema(item)),
            "visa": nullable(object_schema(visa)),
            "to_do": list_of(object_schema({**text, "letters": nullable(letters)})),
            **dict.fromkeys(("about", "not_for_you"), list_of(object_schema(text))),
            "also_asked": list_of(object_schema({"level": TEXT, **item})),
        }
    )


def _profile() -> Schema:
    return object_schema(
        {"profile": TEXT, "file": TEXT, "exists": FLAG, "values": {"type": "object"}, "missing": _MISSING}
    )
