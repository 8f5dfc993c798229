"""Programs side by side as lines: labels at the left and names on top stay, the rest scrolls both ways."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ...catalog.comparison import Cell, Row
from ...catalog.facts import NOT_STATED
from ...catalog.models import Catalog, Program
from .spans import BLANK, Line, fit, wrap

LABEL = 15
_LEAST = 26  # cells below which a column is too narrow to read
_GAP = " │ "


def columns_shown(width: int, programs: int) -> int:
    """Return how many programs stand beside each other in `width` cells."""
    return max(1, min(programs, (width - LABEL) // (_LEAST + len(_GAP))))


def comparison_head(catalog: Catalog, programs: Sequence[Program], width: int, first: int, chosen: int) -> list[Line]:
    """Return the names and places of the programs from `first` on; the one chosen is marked."""
    shown = columns_shown(width, len(programs))
    column = _column(width, shown)
    here = programs[first : first + shown]
    names = [wrap(program.name, column)[:3] for program in here]
    lines = []
    for number, parts in enumerate(zip_longest(*names, fillvalue="")):
        spans = [(fit("" if number else _more(first, shown, len(programs)), LABEL), "muted")]
        for place, part in enumerate(parts):
            style = "tab-on" if first + place == chosen else "title"
            spans += [(part, style), (" " * (column - len(fit(part, column).rstrip())), "text"), (_GAP, "muted")]
        lines.append(tuple(spans[:-1]))
    places = [catalog.institution[program.institution].short for program in here]
    below = [(fit("", LABEL), "text")]
    for name in places:
        below += [(fit(name, column), "muted"), (_GAP, "muted")]
    return [*lines, tuple(below[:-1]), (("─" * width, "muted"),)]


def comparison_lines(rows: Sequence[Row], programs: int, width: int, first: int) -> list[Line]:
    """Return the fields of the programs from `first` on."""
    shown = columns_shown(width, programs)
    column = _column(width, shown)
    lines: list[Line] = []
    for row in rows:
        cells = [_cell(cell, column) for cell in row.cells[first : first + shown]]
        style = "heading" if row.differs else "label"
        for number, parts in enumerate(zip_longest(*cells, fillvalue=("", "text"))):
            spans = [(fit(row.label if not number else "", LABEL), style)]
            for text, kind in parts:
                spans += [(fit(text, column), kind), (_GAP, "muted")]
            lines.append(tuple(spans[:-1]))
        lines.append(BLANK)
    return lines


def _column(width: int, shown: int) -> int:
    return max(10, (width - LABEL) // shown - len(_GAP))


def _more(first: int, shown: int, count: int) -> str:
    return f"{first + 1}–{first + shown} of {count}" if shown < count else ""


def _cell(cell: Cell, column: int) -> list[tuple[str, str]]:
    if not cell.values:
        return [(NOT_STATED, "unstated")]
    lines: list[tuple[str, str]] = []
    for value in cell.values:
        bullet = "· " if len(cell.values) > 1 else ""
        for number, part in enumerate(wrap(value, column - len(bullet))):
            lines.append((f"{bullet if not number else ' ' * len(bullet)}{part}", "text"))
    third = any(page.source.publisher == "third-party" for page in cell.citations)
    dates = dict.fromkeys(page.date for page in cell.citations)
    said = f"{'third party, ' if third else ''}{', '.join(dates)}"
    return [*lines, *((part, "muted") for part in wrap(f"[{said}]", column))] if dates else lines
