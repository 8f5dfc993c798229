"""One program as one row of the list."""

from __future__ import annotations

from ...catalog.model import Catalog, Program
from ...planning.shortlist import Entry
from ...searching import Results
from .lines import Line, fit, marked

_KINDS = {"residency": "Residency", "fellowship": "Fellowship", "combined": "Combined", "other": "Other"}
_PLACE, _KIND, _SPECIALTY, _LENGTH = 7, 11, 26, 6
_WIDE = 96  # cells from which the specialty has a column of its own
_TINY = 62  # cells below which only the name and the place are shown
#: Reasons that the name or the columns already show.
_SEEN = ("name", "kind", "specialty.name", "specialty.display", "specialty_as_named", "id")


def heading(width: int) -> Line:
    """Return the headings of the list's columns."""
    cells = "".join(fit(text, size) for text, size in _columns(width, "Where", "Kind", "Specialty", "Years"))
    return ((fit("  Program", width - len(cells)) + cells, "heading"),)


def _columns(width: int, place: str, kind: str, specialty: str, length: str) -> list[tuple[str, int]]:
    if width < _TINY:
        return [(f" {place}", _PLACE + 1)]
    columns = [(f" {place}", _PLACE + 1), (f" {kind}", _KIND + 1)]
    if width >= _WIDE:
        columns = [(f" {specialty}", _SPECIALTY + 1), *columns, (f" {length}", _LENGTH + 1)]
    return columns


def program_row(results: Results, program: Program, width: int, *, listed: bool, compared: bool = False) -> Line:
    """Return a program as a row: star, name with matches marked, why it matched, and its columns."""
    catalog = results.index.catalog
    place = catalog.institution[program.institution].short
    specialty = catalog.specialty[program.specialty].label
    length = f"{program.length_years} y" if program.length_years else "–"
    cells = "".join(fit(text, size) for text, size in _columns(width, place, _KINDS[program.kind], specialty, length))
    room = width - 2 - len(cells)
    spans = results.highlights(program.name)
    name = fit(program.name, room)
    shown = marked(name, spans, "text")
    if not spans and results.tokens:
        shown = _with_reason(results, program, name, room)
    first = "★" if listed else "◆" if compared else " "
    star = (f"{first}{'◆' if listed and compared else ' '}", "star")
    return (star, *shown, (cells, "muted"))


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


def entry_heading(width: int) -> Line:
    """Return the headings of the shortlist's columns."""
    return ((fit("     Program", width - 34) + fit(" Institution", 22) + fit(" Status", 12), "heading"),)


def entry_row(catalog: Catalog, entry: Entry, rank: int, width: int) -> Line:
    """Return a listed program as a row: rank, name, note mark, institution, status."""
    program = catalog.program.get(entry.id)
    name = program.name if program else entry.name or entry.id
    place = catalog.institution[program.institution].short if program else entry.institution
    note = "✎ " if entry.note else "  "
    gone = "" if program else "  (no longer in the data)"
    return (
        (f"{rank:>3} ", "key"),
        (note, "star"),
        (fit(name + gone, width - 40), "text" if program else "warning"),
        (fit(f" {place}", 22), "muted"),
        (fit(f" {entry.status}", 12), "label"),
    )
