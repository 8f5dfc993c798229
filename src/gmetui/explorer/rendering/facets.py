"""Facets as lines: a heading, its values with tick and count, and the rest behind one more line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from ...searching.dimensions import Dimension
from ...searching.faceting import FacetValue, FacetValues
from .lines import Line, fit, right

#: Values of one facet shown before the rest is asked for.
SHOWN = 8


class FacetLine(NamedTuple):
    """One line of the pane: a heading (no value), a value, or the line that shows the rest."""

    dimension: Dimension | None
    value: FacetValue | None = None
    hidden: int = 0
    more: bool = False

    @property
    def choosable(self) -> bool:
        """Whether the cursor can stand on it."""
        return self.value is not None or self.more


def facet_lines(facets: Mapping[Dimension, FacetValues | Sequence[FacetValue]], opened: Set[str]) -> list[FacetLine]:
    """Return all lines of the pane; facets named in `opened` show every value."""
    lines: list[FacetLine] = []
    for dimension, values in facets.items():
        if lines:
            lines.append(FacetLine(None))
        lines.append(FacetLine(dimension))
        whole = dimension.name in opened
        ticked, useful = _numbers(values)
        shown = len(values) if whole or len(values) <= SHOWN + 1 else max(min(SHOWN, useful), ticked, 1)
        lines += [FacetLine(dimension, value) for value in values[:shown]]
        if whole and len(values) > SHOWN + 1:
            lines.append(FacetLine(dimension, more=True))
        elif shown < len(values):
            lines.append(FacetLine(dimension, hidden=len(values) - shown, more=True))
    return lines


def _numbers(values: FacetValues | Sequence[FacetValue]) -> tuple[int, int]:
    """Return how many values are ticked, and how many are ticked or have a program."""
    if isinstance(values, FacetValues):
        return values.ticked, values.useful
    ticked = sum(value.selected or value.excluded for value in values)
    return ticked, sum(value.selected or value.excluded or value.count > 0 for value in values)


def facet_line(line: FacetLine, width: int) -> Line:
    """Return one line of the pane as text."""
    if line.dimension is None:
        return ()
    value = line.value
    if value is not None:
        tick, style = _tick(value)
        count = right(str(value.count), 4)
        name = "unstated" if not value.value else "text"
        faint = "muted" if not value.count and not value.selected else name
        return ((f" {tick} ", style), (fit(value.label, width - 8), faint), (f"{count} ", "muted"))
    if line.more:
        words = f"{line.hidden} more {line.dimension.plural} …" if line.hidden else "fewer"
        return (("   ", "text"), (fit(words, width - 3).rstrip(), "link"))
    return ((fit(f" {line.dimension.label}", width), "heading"),)


def _tick(value: FacetValue) -> tuple[str, str]:
    if value.excluded:
        return "−", "warning"
    return ("✓", "tick") if value.selected else ("·", "muted")
