"""JSON and TOML that gmetui wrote: exported lists, and data files of programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...shortlist.text_items import join_items, quoted_item
from .cells import clean_text

CUSTOM_COLUMN_PREFIX = "own: "
COMMENT_PREFIX = "remarks: "
_NOT_FACTS = ("id", "source", "sources", "disagreements")
_MAX_DECLARED_COLUMNS = 200


def is_gmetui_export(document: Any) -> bool:
    """Return whether a parsed file is a list that gmetui exported or stored."""
    if not isinstance(document, Mapping) or not _listed_programs(document):
        return False
    return "format" in document or "edition" in document or bool(document.get("reader"))


def _listed_programs(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    programs = document.get("programs", document.get("program"))
    return [program for program in programs if isinstance(program, Mapping)] if isinstance(programs, list) else []


def declared_columns(document: Any) -> tuple[Mapping[str, Any], ...]:
    """Return the custom columns that an exported list describes, with clean texts."""
    columns = document.get("column", document.get("columns", [])) if isinstance(document, Mapping) else []
    tables = columns[:_MAX_DECLARED_COLUMNS] if isinstance(columns, list) else []
    return tuple(
        {key: clean_text(value) if isinstance(value, str) else value for key, value in table.items()}
        for table in tables
        if isinstance(table, Mapping)
    )


def exported_records(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the programs of an export; keys tell what the user wrote from published facts.

    Custom columns become "own: Title", comments "remarks: Reviewer", dates "my dates" and a manual score "my score".
    """
    reviewer = str(document.get("reader") or "")
    return [dict(_personal_keys(program, reviewer)) for program in _listed_programs(document)]


def _personal_keys(program: Mapping[str, Any], reviewer: str) -> Iterator[tuple[str, Any]]:
    for key, value in program.items():
        if key == "own" and isinstance(value, Mapping):
            yield from ((f"{CUSTOM_COLUMN_PREFIX}{title}", cell) for title, cell in value.items())
        elif key == "remarks" and isinstance(value, Mapping):
            yield from ((f"{COMMENT_PREFIX}{name}", comment) for name, comment in value.items())
        elif key == "remark" and reviewer:
            yield f"{COMMENT_PREFIX}{reviewer}", value
        elif key == "dates" and isinstance(value, Mapping):
            times = program.get("times")
            yield "my dates", _dates_text(value, times if isinstance(times, Mapping) else {})
        elif key == "times" and isinstance(program.get("dates"), Mapping):
            continue
        elif key in ("sources", "also_read"):
            continue  # pages by field: nothing to import
        elif key == "tags" and isinstance(value, list):
            yield key, join_items(map(str, value))
        elif key == "score":
            yield "my score", value if program.get("score_by_hand", True) else None
        else:
            yield key, value


def _dates_text(days: Mapping[str, Any], times: Mapping[str, Any]) -> str:
    """Return dates as a spreadsheet has them; a shortlist file keeps the times of days apart."""
    moments = ((label, f"{day} {times[label]}" if label in times else str(day)) for label, day in days.items())
    return ", ".join(f"{quoted_item(str(label))} {moment.replace('T', ' ')}" for label, moment in moments)


def data_file_records(tables: Mapping[str, Any]) -> Any:
    """Return the programs of a data file, each with the name and location of its institution; other tables as is."""
    programs, institutions = tables.get("program"), tables.get("institution")
    if not isinstance(programs, list) or institutions is None:
        return tables
    listed = institutions if isinstance(institutions, list) else [institutions]
    by_id = {str(table.get("id")): table for table in listed if isinstance(table, Mapping)}
    only_institution = next(iter(by_id.values())) if len(by_id) == 1 else {}
    return [
        _with_institution(program, by_id.get(str(program.get("institution")), only_institution))
        for program in programs
        if isinstance(program, Mapping)
    ]


def _with_institution(program: Mapping[str, Any], institution: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{key: value for key, value in program.items() if key not in _NOT_FACTS},
        **{key: program.get(key) or institution.get(key) for key in ("city", "state")},
        "institution": institution.get("name") or program.get("institution"),
    }
