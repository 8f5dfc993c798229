"""A line of time as lines of a page: how far, the day, the time, and what happens, in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...documents.document import Timeline, TimelineRow
from .spans import Span, StyledLine, cell_width, fit, wrap
from .value_spans import value_spans, wrap_spans

_GAP = 2
_COMPACT = 96  # width below which years are left out
_YEAR = re.compile(r", \d{4}\b")
_NARROW = 60  # width below which the text is in a line of its own


def timeline_lines(timeline: Timeline, width: int) -> Iterator[list[StyledLine]]:
    """Yield the lines of each row for `width` cells; where they are few, without years."""
    if width < _COMPACT:
        timeline = timeline._replace(rows=tuple(map(_compact, timeline.rows)))
    sizes = [max((len(text) for text in texts), default=0) for texts in zip(*map(_cells, timeline.rows), strict=True)]
    for row in timeline.rows:
        yield _row_lines(row, [size + _GAP if size else 0 for size in sizes], width, is_muted=timeline.is_muted)


def _compact(row: TimelineRow) -> TimelineRow:
    """Return a row without the year of its day, which the distance tells."""
    return row._replace(distance=row.distance.removeprefix("in "), day=_YEAR.sub("", row.day))


def _cells(row: TimelineRow) -> tuple[str, str, str]:
    return row.distance, row.day, row.clock


def _row_lines(row: TimelineRow, sizes: list[int], width: int, *, is_muted: bool) -> list[StyledLine]:
    styles = ("muted", "muted", "muted") if is_muted else ("muted", "strong", "text")
    start: tuple[Span, ...] = tuple(
        (fit(text, size), style) for text, size, style in zip(_cells(row), sizes, styles, strict=True)
    )
    spans = [(text, "muted" if is_muted and style == "text" else style) for text, style in value_spans(row.value)]
    indent = cell_width(start)
    if width < _NARROW:
        when = wrap(" · ".join(filter(None, _cells(row))), width)
        return [
            *(((text_line, "strong"),) for text_line in when),
            *(_indented(line) for line in wrap_spans(spans, width - 2)),
        ]
    first_line, *other_lines = wrap_spans(spans, width - indent)
    return [(*start, *first_line), *(((" " * indent, "text"), *line) for line in other_lines)]


def _indented(line: StyledLine) -> StyledLine:
    return (("  ", "text"), *line)
