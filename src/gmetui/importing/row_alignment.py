"""Rows with more cells than headings: a comma inside a cell that nobody quoted has moved the cells behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .cell_values import clean_cell, parse_number, parse_state
from .column_detection import DetectedColumn, is_institution_name
from .identifiers import find_acgme_ids, find_match_codes
from .specialty_matcher import SpecialtyMatcher

_MAX_EXCESS = 3
_MIN_RECOGNIZED = 2  # cells; fewer fit by chance


def excess_cells(cells: Sequence[str], heading_count: int) -> int:
    """Return how many cells a row has beyond the headings, not counting empty ones at its end."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return max(0, width - heading_count)


def realigned(
    cells: Sequence[str], columns: Sequence[DetectedColumn], excess: int, matcher: SpecialtyMatcher
) -> Sequence[str] | None:
    """Return a row with the cells joined that a comma divided, or None where no joint or several fit best.

    `columns` are those with headings.
    """
    width = len(columns)
    if not 0 < excess <= _MAX_EXCESS or len(cells) < width + excess:
        return None
    joined = [_join(cells, index, excess) for index in range(width)]
    scores = [_recognized(row, columns, matcher) for row in joined]
    best = max(scores)
    if best < _MIN_RECOGNIZED or best <= _recognized(cells, columns, matcher) or scores.count(best) > 1:
        return None
    return joined[scores.index(best)][:width]


def _join(cells: Sequence[str], index: int, excess: int) -> list[str]:
    """Return a row with the cell at `index` joined with the `excess` cells behind it."""
    end = index + excess + 1
    return [*cells[:index], ", ".join(cell.strip() for cell in cells[index:end]), *cells[end:]]


def _recognized(cells: Sequence[str], columns: Sequence[DetectedColumn], matcher: SpecialtyMatcher) -> int:
    """Return how many cells look like what their columns hold, less those that don't."""
    score = 0
    for cell, column in zip(map(clean_cell, cells), columns, strict=False):
        if cell and column.field in _CHECKS:
            score += 1 if _CHECKS[column.field](cell, matcher) else -1
        elif cell and column.field in ("city", "name"):
            is_specialty = column.field == "city" and matcher.match(cell).unique is not None
            score -= bool(parse_state(cell) or cell.isdecimal() or is_specialty)
    return score


_CHECKS: Mapping[str, Callable[[str, SpecialtyMatcher], bool]] = {
    "acgme": lambda cell, matcher: bool(find_acgme_ids(cell)),
    "nrmp": lambda cell, matcher: bool(find_match_codes(cell)),
    "institution": lambda cell, matcher: is_institution_name(cell),
    "state": lambda cell, matcher: bool(parse_state(cell)),
    "specialty": lambda cell, matcher: bool(matcher.match(cell).specialties),
    "positions": lambda cell, matcher: parse_number(cell)[0] is not None,
    "length": lambda cell, matcher: parse_number(cell)[0] is not None,
}
