"""Programs side by side as lines: labels on the left and names on top stay fixed, columns scroll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from ...catalog.catalog import Catalog
from ...catalog.comparison import ComparisonCell, ComparisonRow
from ...catalog.facts import NOT_STATED, Citation
from ...catalog.models import Program
from .spans import BLANK_LINE, Span, StyledLine, fit, wrap

LABEL_WIDTH = 15
_MIN_COLUMN_WIDTH = 26
_MAX_NAME_LINES = 3
_SEPARATOR: Span = (" │ ", "muted")


def visible_column_count(width: int, programs: int) -> int:
    """Return how many programs fit side by side in `width` cells."""
    return max(1, min(programs, (width - LABEL_WIDTH) // (_MIN_COLUMN_WIDTH + len(_SEPARATOR[0]))))


def comparison_header(
    catalog: Catalog, programs: Sequence[Program], width: int, first: int, selected: int
) -> list[StyledLine]:
    """Return the names and institutions of the programs from index `first` on; the selected name is highlighted."""
    count = visible_column_count(width, len(programs))
    column_width = _column_width(width, count)
    visible_programs = programs[first : first + count]
    position = f"{first + 1}–{first + count} of {len(programs)}" if count < len(programs) else ""
    names = [wrap(program.name, column_width)[:_MAX_NAME_LINES] for program in visible_programs]
    lines = []
    for line_index, parts in enumerate(zip_longest(*names, fillvalue="")):
        cells: list[list[Span]] = []
        for index, part in enumerate(parts, first):
            padding = " " * (column_width - len(fit(part, column_width).rstrip()))
            cells.append([(part, "tab-active" if index == selected else "title"), (padding, "text")])
        lines.append(_join_cells("" if line_index else position, "muted", cells))
    institutions = [catalog.institution[program.institution].short_name for program in visible_programs]
    cells = [[(fit(name, column_width), "muted")] for name in institutions]
    return [*lines, _join_cells("", "text", cells), (("─" * width, "muted"),)]


def comparison_lines(rows: Sequence[ComparisonRow], programs: int, width: int, first: int) -> list[StyledLine]:
    """Return the compared fields of the programs from index `first` on."""
    count = visible_column_count(width, programs)
    column_width = _column_width(width, count)
    lines: list[StyledLine] = []
    for row in rows:
        columns = [_cell_lines(cell, column_width) for cell in row.cells[first : first + count]]
        label_style = "heading" if row.differs else "label"
        for line_index, spans in enumerate(zip_longest(*columns, fillvalue=("", "text"))):
            cells = [[(fit(text, column_width), style)] for text, style in spans]
            lines.append(_join_cells("" if line_index else row.label, label_style, cells))
        lines.append(BLANK_LINE)
    return lines


def _column_width(width: int, count: int) -> int:
    return max(10, (width - LABEL_WIDTH) // count - len(_SEPARATOR[0]))


def _join_cells(label: str, label_style: str, cells: Iterable[Iterable[Span]]) -> StyledLine:
    """Put cells behind a label, with a separator between them."""
    line: list[Span] = [(fit(label, LABEL_WIDTH), label_style)]
    for index, spans in enumerate(cells):
        line += [_SEPARATOR, *spans] if index else spans
    return tuple(line)


def _cell_lines(cell: ComparisonCell, width: int) -> list[Span]:
    if not cell.values:
        return [(NOT_STATED, "unstated")]
    lines: list[Span] = []
    bullet = "· " if len(cell.values) > 1 else ""
    for value in cell.values:
        for index, text in enumerate(wrap(value, width - len(bullet))):
            lines.append((f"{' ' * len(bullet) if index else bullet}{text}", "text"))
    mark = _citation_mark(cell.citations)
    return [*lines, *((text, "muted") for text in wrap(mark, width))] if mark else lines


def _citation_mark(citations: Sequence[Citation]) -> str:
    """Return the dates of a cell's sources: "[third party, 2023, undated]"."""
    if not citations:
        return ""
    is_third_party = any(citation.source.publisher == "third-party" for citation in citations)
    dates = dict.fromkeys(citation.date for citation in citations)
    return f"[{', '.join([*(['third party'] if is_third_party else []), *dates])}]"
