"""A program as one row of the list, and the header of the list."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalog.completeness import is_name_only
from ...catalog.models import Program
from ...search import Results
from .program_columns import ProgramColumn
from .spans import StyledLine, align_right, cell_width, fit, highlight

#: Matched fields that the name or the columns already show.
_VISIBLE_FIELDS = ("name", "kind", "specialty.name", "specialty.display", "specialty_as_named", "id")
_ALIAS_FIELDS = ("abbreviations", "synonyms", "variants", "names_here")
_MARKS_WIDTH = 2
_MIN_REASON_WIDTH = 12
_SNIPPET_LENGTH = 64


def header_line(columns: Sequence[ProgramColumn], width: int, sort: str | None = None) -> StyledLine:
    """Return the column titles; an arrow marks the column that the list is sorted by."""
    cells = "".join(
        fit(f" {_title_with_arrow(column.title, column.sort_key, sort)}", column.width + 1) for column in columns
    )
    return ((fit(f"  {_title_with_arrow('Program', 'name', sort)}", width - len(cells)) + cells, "heading"),)


def _title_with_arrow(title: str, sort_key: str, sort: str | None) -> str:
    arrows = {sort_key: " ▲", f"-{sort_key}": " ▼"}
    return title + arrows.get(sort or "", "")


def sort_key_at(columns: Sequence[ProgramColumn], width: int, x: int) -> str:
    """Return the sort key of the column title at cell `x`."""
    start = width - sum(column.width + 1 for column in columns)
    for column in columns:
        if start <= x < start + column.width + 1:
            return column.sort_key
        start += column.width + 1
    return "name"


def program_row(
    results: Results,
    program: Program,
    width: int,
    columns: Sequence[ProgramColumn],
    *,
    is_saved: bool,
    is_marked: bool = False,
) -> StyledLine:
    """Return marks, the name with its matches or the reason of the match, and the columns."""
    catalog = results.index.catalog
    cells = "".join(_format_cell(column, column.cell_text(catalog, program)) for column in columns)
    name_width = width - _MARKS_WIDTH - cell_width(((cells, ""),))
    marks = f"{'★' if is_saved else ''}{'◆' if is_marked else ''}".ljust(_MARKS_WIDTH)
    return ((marks, "star"), *_name_spans(results, program, name_width), (cells, "muted"))


def _format_cell(column: ProgramColumn, text: str) -> str:
    if column.is_numeric:
        text = align_right(text, column.width - 1)
    return fit(f" {text}", column.width + 1)


def _name_spans(results: Results, program: Program, width: int) -> StyledLine:
    ranges = results.highlights(program.name)
    name = fit(program.name, width)
    trimmed_name = name.rstrip()
    free_width = width - cell_width(((trimmed_name, ""),))
    remark = ""
    if not ranges and results.tokens:
        remark = match_reason(results, program) if free_width >= _MIN_REASON_WIDTH else ""
    elif is_name_only(program):
        remark = "name only"
    if not remark:
        return highlight(name, ranges, "text")
    return (*highlight(trimmed_name, ranges, "text"), (fit(f"  {remark}", free_width), "muted"))


def match_reason(results: Results, program: Program) -> str:
    """Return the field and text that matched, or "" if the name or the columns show it."""
    for reason in results.reasons(program):
        if reason.field in _VISIBLE_FIELDS or reason.field.startswith("institution."):
            continue
        field_name = reason.field.split(".")[-1]
        if field_name in _ALIAS_FIELDS:
            return f"also: {reason.text}"
        return f"{field_name.replace('_', ' ')}: {results.snippet(reason.text, _SNIPPET_LENGTH)}"
    return ""
