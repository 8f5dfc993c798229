"""JSON Schemas of what `ladder` and `triage` print."""

from __future__ import annotations

from ..shortlist.triage import VERDICTS
from .planning_schemas import season_event_schema
from .record_schemas import FLAG, INTEGER, TEXT, Schema, extended, list_of, nullable, object_schema, reference

_TEXTS = list_of(TEXT)
_RANGE = {"least": INTEGER, "most": nullable(INTEGER), "general_knowledge": FLAG}
_TOTAL = object_schema(_RANGE)
_YEARS = object_schema({**_RANGE, "from": {"enum": ["reference", "program", "unknown"]}})
_PGY = nullable(list_of(INTEGER))
_MONTHS = nullable(_TEXTS)
_NEAR = list_of(object_schema({"id": TEXT, "years": nullable(INTEGER), "joint": FLAG}))


def ladder_schemas() -> dict[str, Schema]:
    """Return the schemas by command."""
    return {"ladder": _ladder(), "ladder --to": _ways(), "triage": _triage(), "triage list": _triage()}


def _rung() -> dict[str, Schema]:
    earlier = object_schema({"service": TEXT, "part": nullable(TEXT), "cycle": TEXT})
    return {
        **dict.fromkeys(("specialty", "label"), TEXT),
        "years": _YEARS,
        "total": _TOTAL,
        "pgy": _PGY,
        **dict.fromkeys(("base_year", "prerequisite", "accreditation", "match", "match_month"), nullable(TEXT)),
        **dict.fromkeys(("program_years", "prerequisite_years"), nullable(INTEGER)),
        "prerequisite_sources": list_of(reference("source")),
        **dict.fromkeys(("boards", "application"), _TEXTS),
        "dates": list_of(season_event_schema()),
        "last_known": list_of(earlier),
    }


def _ladder() -> Schema:
    start = {"specialty": TEXT, "label": TEXT, "program": nullable(TEXT), "years": _YEARS, "total": _TOTAL, "pgy": _PGY}
    places = {"here": _NEAR, "joint": _NEAR, "system": _NEAR, "elsewhere": _TEXTS}
    rung = object_schema({**_rung(), **places, "then": {"type": "array"}})
    ends = {"type": "object", "additionalProperties": _MONTHS}
    return object_schema(
        {
            "from": object_schema(start),
            "rungs": list_of(rung),
            "me": nullable(object_schema({"specialty": TEXT, "until": nullable(TEXT), "ends": ends})),
            "own_residents": _TEXTS,
            "notes": _TEXTS,
        }
    )


def _ways() -> Schema:
    path = object_schema(
        {
            "chain": _TEXTS,
            "years": list_of(_YEARS),
            "total": _TOTAL,
            "done": INTEGER,
            "remaining": _TOTAL,
            "ends": _MONTHS,
        }
    )
    return object_schema(
        {
            "to": _TEXTS,
            "total": _TOTAL,
            "paths": list_of(path),
            "combined_paths": list_of(path),
            "rungs": list_of(object_schema({**_rung(), "programs": _TEXTS})),
            "me": nullable(object_schema({"specialty": TEXT, "until": nullable(TEXT)})),
            "notes": _TEXTS,
        }
    )


def _triage() -> Schema:
    verdict: Schema = {"enum": list(VERDICTS)}
    passed = extended("program_names", {"verdict": verdict, "on": nullable(TEXT), "in_data": FLAG})
    return object_schema({"total": INTEGER, "programs": list_of(passed)})
