"""JSON Schemas of what `season`, `costs`, `signals` and `import` print."""

from __future__ import annotations

from ..planning.couple_lists import PARTNERS
from ..planning.couples import ORDER_RULES
from .record_schemas import FLAG, INTEGER, NUMBER, TEXT, Schema, list_of, nullable, object_schema

_TEXTS = list_of(TEXT)
_COUNTS: Schema = {"type": "object", "additionalProperties": INTEGER}
#: The pages that a date, a fee or a number of signals comes from.
_PAGES = list_of(object_schema({"id": TEXT, "url": nullable(TEXT), "title": nullable(TEXT), "publisher": TEXT}))


def planning_schemas() -> dict[str, Schema]:
    """Return the schemas by command."""
    return {"season": _season(), "costs": _costs(), "signals": _signals(), "couple": _couple()}


def season_event_schema() -> Schema:
    """Return the schema of a date on the line of time."""
    return object_schema(
        {
            **dict.fromkeys(("what", "first", "last", "text"), TEXT),
            **dict.fromkeys(
                ("id", "service", "nature", "on", "time", "zone", "utc", "start", "note"),
                nullable(TEXT),
            ),
            **dict.fromkeys(("own", "third_party"), FLAG),
            "days": INTEGER,
            "programs": _TEXTS,
            "agree": nullable(INTEGER),
            "source": _PAGES,
            "disagrees": list_of(object_schema({"id": TEXT, "on": TEXT})),
        }
    )


def _season() -> Schema:
    event = season_event_schema()
    place = {"service": TEXT, "part": nullable(TEXT), "cycle": TEXT}
    return object_schema(
        {
            **dict.fromkeys(("cycle", "today", "zone"), TEXT),
            "services": list_of(object_schema({"service": TEXT, "specialties": _TEXTS, "programs": _TEXTS})),
            **dict.fromkeys(("next", "past", "for_others"), list_of(event)),
            "undated": list_of(object_schema({"program": TEXT, "text": TEXT, "cycle": nullable(TEXT)})),
            "last_known": list_of(object_schema({**place, "dates": _TEXTS})),
            "not_found": list_of(object_schema({**place, "look_at": nullable(TEXT)})),
            "rules": list_of(object_schema({"id": TEXT, "text": TEXT, "season": nullable(TEXT)})),
        }
    )


def _costs() -> Schema:
    line = object_schema(
        {
            **dict.fromkeys(("fee", "item", "currency", "season"), TEXT),
            **dict.fromkeys(("service", "payee", "specialty"), nullable(TEXT)),
            "specialties": _TEXTS,
            "n": INTEGER,
            "tiers": list_of(object_schema({"n": INTEGER}, {"each": NUMBER, "flat": NUMBER})),
            "amount": nullable(NUMBER),
            **dict.fromkeys(("other", "next"), nullable(NUMBER)),
            "third_party": FLAG,
            "source": _PAGES,
        }
    )
    total = object_schema({"currency": TEXT, "least": NUMBER, "most": NUMBER, "and_more": FLAG})
    assistance = {"fee": TEXT, **dict.fromkeys(("full", "by_announcement", "by_example"), nullable(NUMBER))}
    no_price = {"specialty": nullable(TEXT), "service": nullable(TEXT), "n": INTEGER}
    return object_schema(
        {
            "season": TEXT,
            "currency": TEXT,
            "lines": list_of(line),
            "applications": NUMBER,
            "total": total,
            "totals": list_of(total),
            "assistance": nullable(object_schema(assistance)),
            **dict.fromkeys(("other_season", "not_counted", "not_refunded", "unknown", "disagree"), _TEXTS),
            "no_price": list_of(object_schema(no_price)),
        }
    )


def _signals() -> Schema:
    counts = nullable(object_schema(dict.fromkeys(("gold", "silver", "signal", "total"), nullable(INTEGER))))
    allotment = {"season": TEXT, **dict.fromkeys(("gold", "silver", "total"), nullable(INTEGER)), "third_party": FLAG}
    meter = object_schema(
        {
            "specialties": _TEXTS,
            "service": nullable(TEXT),
            **dict.fromkeys(("have", "given", "left"), counts),
            "over": INTEGER,
            "programs": _TEXTS,
            "third_party": nullable(FLAG),
            "source": _PAGES,
            "last_known": list_of(object_schema(allotment)),
        }
    )
    size = {"specialty": TEXT, "programs": INTEGER, "guidance": nullable(TEXT), "year": nullable(INTEGER)}
    return object_schema(
        {
            "season": TEXT,
            "meters": list_of(meter),
            "list_sizes": list_of(object_schema({**size, "source": _PAGES})),
        }
    )


def import_schema() -> Schema:
    """Return the schema of what `import` prints: the report of a shortlist, or that of a program list."""
    problem = {"number": INTEGER, **dict.fromkeys(("row", "what", "why"), TEXT), "near": _TEXTS}
    shortlist = {
        **dict.fromkeys(("rows", "same"), INTEGER),
        **dict.fromkeys(("added", "changed", "columns"), _TEXTS),
        "not_understood": list_of(object_schema(problem)),
    }
    return {"anyOf": [object_schema(shortlist), _program_list()]}


def _program_list() -> Schema:
    finding = {"row": INTEGER, **dict.fromkeys(("sheet", "kind", "what", "why", "program"), TEXT)}
    column = dict.fromkeys(("sheet", "column", "field", "why"), TEXT)
    name_lists = ("joined", "joined_by_institution_and_specialty", "added", "gone", "changed")
    return object_schema(
        {
            "import": TEXT,
            "dry_run": FLAG,
            **dict.fromkeys(("rows", "programs", "several_rows", "headings", "left_out", "in_doubt"), INTEGER),
            **dict.fromkeys(name_lists, _TEXTS),
            **dict.fromkeys(("mended", "not_matched"), _COUNTS),
            "institutions": object_schema({"all": INTEGER, "known": INTEGER}),
            "spellings": {"type": "object", "additionalProperties": _TEXTS},
            "refreshed": FLAG,
            "columns": list_of(object_schema(column)),
            "passed_over": list_of(object_schema({"sheet": TEXT, "why": TEXT})),
            "findings": list_of(object_schema(finding)),
        }
    )


def _couple() -> Schema:
    half = object_schema({"rank": nullable(INTEGER), **dict.fromkeys(("id", "code"), nullable(TEXT))})
    row = {"row": INTEGER, "mine": half, "theirs": half, "miles": nullable(INTEGER), "same_city": FLAG, "new": FLAG}
    exclusion = {"whose": {"enum": list(PARTNERS)}, **dict.fromkeys(("id", "reason", "text"), TEXT)}
    left_out = {"miles": INTEGER, "by_hand": INTEGER, "programs": list_of(object_schema(exclusion))}
    return object_schema(
        {
            "match": nullable(TEXT),
            "order": {"enum": list(ORDER_RULES)},
            "own_order": FLAG,
            "miles": nullable(INTEGER),
            "rows": list_of(object_schema(row)),
            "left_out": object_schema(left_out),
            **dict.fromkeys(("possible", "no_match", "limit", "over_limit"), INTEGER),
            "refusal": nullable(TEXT),
            "warnings": _TEXTS,
        }
    )
