"""A program as one row of the list, and the header of the list."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalog.models import Program
from ...catalog.vocabulary import SHORT_KIND_LABELS
from ...documents.program_columns import MILES_ID, ProgramColumn
from ...search import Results
from ...search.field_names import NEAR
from .. import clock
from .spans import StyledLine, align_right, cell_width, fit, highlight, pane_title

#: Matched fields that the name or the columns already show.
_VISIBLE_FIELDS = ("name", "kind", "specialty.name", "specialty.display", "specialty_as_named", "id")
_ALIAS_FIELDS = ("abbreviations", "synonyms", "variants", "names_here")
_MARKS_WIDTH = 2
#: Of programs that were passed over, where the ★ of the others is.
DECISION_SIGNS = {"maybe": "?", "no": "–"}
_MIN_REASON_WIDTH = 12
_SNIPPET_LENGTH = 64


def header_line(
    title: str,
    count: str,
    columns: Sequence[ProgramColumn],
    width: int,
    sort: str | None = None,
    *,
    has_focus: bool = False,
) -> StyledLine:
    """Return the title of the list with a count, and those of the columns; an arrow marks the one sorted by."""
    cells = "".join(_header_cell(column, sort) for column in columns)
    name_width = max(0, width - cell_width(((cells, ""),)))
    title = _title_with_arrow(title, "name", sort)
    return (*pane_title(title, count, name_width, has_focus=has_focus), (cells, "muted"))


def _header_cell(column: ProgramColumn, sort: str | None) -> str:
    title = _title_with_arrow(column.title, column.sort_key, sort)
    return fit(f" {align_right(title, column.width) if column.is_numeric else title}", column.width + 1)


def _title_with_arrow(title: str, sort_key: str, sort: str | None) -> str:
    arrows = {sort_key: "▲", f"-{sort_key}": "▼"}
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
    catalog, today = results.index.catalog, clock.today()
    cells = "".join(_format_cell(column, column.cell_text(catalog, program, today)) for column in columns)
    name_width = width - _MARKS_WIDTH - cell_width(((cells, ""),))
    decision = DECISION_SIGNS.get((results.triage or {}).get(program.id, ""), " ")
    marks = (("★", "star") if is_saved else (decision, "muted"), ("◆" if is_marked else " ", "mark"))
    has_miles = any(column.id == MILES_ID for column in columns)
    return (*marks, *_name_spans(results, program, name_width, has_miles=has_miles), (cells, "muted"))


def is_cut(program: Program, width: int, columns: Sequence[ProgramColumn]) -> bool:
    """Tell whether a row has no room for the whole name of a program."""
    return cell_width(((program.name, ""),)) > width - _MARKS_WIDTH - sum(column.width + 1 for column in columns)


def _format_cell(column: ProgramColumn, text: str) -> str:
    if column.is_numeric:
        text = align_right(text, column.width)
    return fit(f" {text}", column.width + 1)


def _name_spans(results: Results, program: Program, width: int, *, has_miles: bool) -> StyledLine:
    ranges = results.name_highlights(program.name)
    name = fit(program.name, width)
    trimmed_name = name.rstrip()
    free_width = width - cell_width(((trimmed_name, ""),))
    remark = ""
    if (results.tokens or results.asks_distance) and free_width >= _MIN_REASON_WIDTH:
        remark = match_reason(results, program, has_miles=has_miles)
    if not remark and _is_name_only(program):
        remark = "name only"
    remark = remark or kind_remark(program)
    if not remark:
        return highlight(name, ranges, "text")
    return (*highlight(trimmed_name, ranges, "text"), (fit(f"  {remark}", free_width), "muted"))


def kind_remark(program: Program) -> str:
    """Return the kind of a program whose name doesn't say it: "fellowship" for “Advanced Hepatology”."""
    kind = SHORT_KIND_LABELS[program.kind].casefold()
    return "" if kind in program.name.casefold() or program.kind == "other" else kind


def match_reason(results: Results, program: Program, *, has_miles: bool = False) -> str:
    """Return the field and text that matched, or "" if the name or the columns show it."""
    for reason in results.reasons(program):
        if reason.field in _VISIBLE_FIELDS or reason.field.startswith("institution."):
            continue
        if reason.field == NEAR:
            if has_miles:
                continue
            return reason.text
        field_name = reason.field.split(".")[-1]
        if field_name in _ALIAS_FIELDS:
            return f"also: {reason.text}"
        return f"{field_name.replace('_', ' ').replace('-', ' ')}: {results.snippet(reason.text, _SNIPPET_LENGTH)}"
    return ""


def _is_name_only(program: Program) -> bool:
    from ...catalog.completeness import is_name_only  # for rows, which the first frame doesn't show

    return is_name_only(program)
