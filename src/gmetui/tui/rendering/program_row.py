"""One program as one row of the list."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalog.completeness import named_only
from ...catalog.models import Program
from ...search import Results
from .program_columns import Column
from .spans import Line, fit, marked, right, width_of

#: Reasons that the name or the columns already show.
_SEEN = ("name", "kind", "specialty.name", "specialty.display", "specialty_as_named", "id")


_ORDERS = {"": " ▲", "-": " ▼"}


def heading(columns: Sequence[Column], width: int, sort: str | None = None) -> Line:
    """Return the headings of the list; the column that the list is ordered by has an arrow."""
    cells = "".join(fit(f" {_titled(column.title, column.sort, sort)}", column.width + 1) for column in columns)
    return ((fit(f"  {_titled('Program', 'name', sort)}", width - len(cells)) + cells, "heading"),)


def _titled(title: str, key: str, sort: str | None) -> str:
    descending = "-" if sort and sort.startswith("-") else ""
    return f"{title}{_ORDERS[descending]}" if sort and sort.removeprefix("-") == key else title


def column_at(columns: Sequence[Column], width: int, x: int) -> str:
    """Return what a click on cell `x` of the heading orders by."""
    start = width - sum(column.width + 1 for column in columns)
    for column in columns:
        if start <= x < start + column.width + 1:
            return column.sort
        start += column.width + 1
    return "name"


def program_row(
    results: Results,
    program: Program,
    width: int,
    columns: Sequence[Column],
    *,
    listed: bool,
    compared: bool = False,
) -> Line:
    """Return a program as a row: star, name with matches marked, why it matched, and its columns."""
    catalog = results.index.catalog
    cells = "".join(_cell(column, column.words(catalog, program)) for column in columns)
    room = width - 2 - width_of(((cells, ""),))
    spans = results.highlights(program.name)
    name = fit(program.name, room)
    shown = marked(name, spans, "text")
    if not spans and results.tokens:
        shown = _with_reason(results, program, name, room)
    elif named_only(program):
        used = name.rstrip()
        shown = (*marked(used, spans, "text"), (fit("  only a name", room - width_of(((used, ""),))), "muted"))
    first = "★" if listed else "◆" if compared else " "
    star = (f"{first}{'◆' if listed and compared else ' '}", "star")
    return (star, *shown, (cells, "muted"))


def _cell(column: Column, words: str) -> str:
    if column.numeric:
        words = right(words, column.width - 1)
    return fit(f" {words}", column.width + 1)


def _with_reason(results: Results, program: Program, name: str, room: int) -> Line:
    """Say where the words were found, in the room the name leaves."""
    used = len(name.rstrip())
    reason = reason_words(results, program)
    if not reason or room - used < 12:
        return ((name, "text"),)
    return ((name[:used], "text"), (fit(f"  {reason}", room - used), "muted"))


def reason_words(results: Results, program: Program) -> str:
    """Return why a program matched, when neither its name nor its columns show it."""
    for reason in results.reasons(program):
        if reason.field in _SEEN or reason.field.startswith("institution."):
            continue
        field = reason.field.split(".")[-1]
        if field in ("abbreviations", "synonyms", "variants", "names_here"):
            return f"also: {reason.text}"
        return f"{field.replace('_', ' ')}: {results.snippet(reason.text, 64)}"
    return ""
