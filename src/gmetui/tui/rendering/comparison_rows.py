"""Programs side by side as lines: labels on the left and names on top stay fixed, columns scroll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import zip_longest
from typing import NamedTuple

from ...catalog.catalog import Catalog
from ...catalog.comparison import ComparisonCell, ComparisonRow
from ...catalog.facts import source_name
from ...documents.comparison import Comparison, DecidingRow
from ...documents.comparison_document import EMPTY_CELL
from ...documents.deciding_facts import DecidingFact, summary_remarks
from ...documents.document import Value
from .spans import BLANK_LINE, Span, StyledLine, cell_width, fit, pane_title, wrap

_MIN_COLUMN_WIDTH = 21
_COLUMN_GAP = 2
_MARGIN = 1
_LABEL_WIDTH, _NARROW_LABEL_WIDTH = 20, 14
_WIDE = 100  # columns from which labels have more room
_TALL = 30  # rows from which groups have titles and blank lines between them
_MAX_BAR_WIDTH = 14
_BAR, _HALF_BAR = "━", "╸"
#: The key for the other view, at the right end of the title; both texts have the same width.
_FULL_HINT, _DECIDING_HINT = " d differences ", " d everything  "
HINT_WIDTH = len(_FULL_HINT)
#: Labels for a narrow gutter.
_SHORT_LABELS = {
    "application_service": "Apply via",
    "positions_per_year": "Positions",
    "graduation": "Grad. limit",
    "afterwards": "Stay for",
}


class GridSize(NamedTuple):
    """The room for a comparison, and which columns are in sight."""

    width: int
    height: int
    program_count: int
    first: int = 0

    @property
    def label_width(self) -> int:
        """The width of the labels, with a margin on their left."""
        return _LABEL_WIDTH if self.width >= _WIDE else _NARROW_LABEL_WIDTH

    @property
    def is_tall(self) -> bool:
        """Whether there is room for titles and blank lines."""
        return self.height >= _TALL

    @property
    def column_count(self) -> int:
        """How many programs fit side by side."""
        return max(1, min(self.program_count, (self.width - self.label_width) // _MIN_COLUMN_WIDTH))

    @property
    def column_width(self) -> int:
        """The width of a column without the gap at its right."""
        return max(10, (self.width - self.label_width) // self.column_count - _COLUMN_GAP)

    @property
    def columns(self) -> range:
        """The indexes of the programs in sight."""
        return range(self.first, self.first + self.column_count)

    def column_at(self, x: int) -> int | None:
        """Return the index of the program whose column is at cell `x`, or None left of all columns."""
        if x < self.label_width:
            return None
        return min(self.columns[-1], self.first + (x - self.label_width) // (self.column_width + _COLUMN_GAP))


class GridLine(NamedTuple):
    """A line of the grid: a label and cells of one row, or (`row` None) text across all columns."""

    row: int | None
    label: Span
    cells: tuple[StyledLine, ...] = ()

    def draw(self, grid_size: GridSize, selected_column: int | None) -> StyledLine:
        """Return the line; the cell of the selected column is lit."""
        if not self.cells:
            return ((" " * _MARGIN, "text"), self.label)
        text, style = self.label
        label_style = "strong" if selected_column is not None and style == "label" else style
        line: list[Span] = [(" " * _MARGIN, "text"), (fit(text, grid_size.label_width - _MARGIN), label_style)]
        for column, cell in zip(grid_size.columns, self.cells, strict=True):
            padding = " " * (grid_size.column_width - cell_width(cell))
            if column == selected_column:
                line += [(f"{''.join(part for part, _ in cell)}{padding}", "cursor")]
                line.append((" " * _COLUMN_GAP, "text"))
            else:
                line += [*cell, (padding + " " * _COLUMN_GAP, "text")]
        return tuple(line)


class GridRow(NamedTuple):
    """What the cursor can be on: a label, and for each program the whole texts of its cell."""

    label: str
    details: tuple[tuple[Value, ...], ...]


class ComparisonGrid(NamedTuple):
    """The lines below the names, and the rows they belong to."""

    lines: tuple[GridLine, ...]
    rows: tuple[GridRow, ...]


def comparison_header(
    catalog: Catalog, comparison: Comparison, grid_size: GridSize, selected: int, saved_ids: Set[str] = frozenset()
) -> list[StyledLine]:
    """Return the names of the programs in sight; the selected one is marked and lit, saved ones have a star."""
    programs = [comparison.programs[column] for column in grid_size.columns]
    names = [program.name for program in programs]
    is_cut = grid_size.column_count < grid_size.program_count
    position = f"{grid_size.first + 1}–{grid_size.columns[-1] + 1} of {grid_size.program_count}" if is_cut else ""
    hospitals = [
        f"{'★ ' if program.id in saved_ids else ''}{catalog.institution[program.institution].short_name}"
        for program in programs
    ]
    grid_lines: list[StyledLine] = [BLANK_LINE] if grid_size.is_tall else []
    grid_lines.append(_header_line(grid_size, selected, position, hospitals, "title"))
    shared = {row.key for row in comparison.common}
    if grid_size.is_tall or not {"kind", "specialty"} <= shared:
        grid_lines.append(_header_line(grid_size, selected, "", names, "text"))
    dates = [comparison.page_dates[column] for column in grid_size.columns]
    grid_lines.append(_header_line(grid_size, selected, "", dates, "muted"))
    return [*grid_lines, (("─" * grid_size.width, "muted"),)]


def comparison_title(program_count: int, common_text: str, width: int, *, is_full: bool, has_focus: bool) -> StyledLine:
    """Return the title of the pane: how many programs, what is equal, and the key for the other view."""
    hint = _FULL_HINT if is_full else _DECIDING_HINT
    return pane_title(f"Compare {program_count}", f" {common_text}", width, has_focus=has_focus, hint=hint)


def _header_line(grid_size: GridSize, selected: int, label: str, texts: Sequence[str], style: str) -> StyledLine:
    line: list[Span] = [(" " * _MARGIN, "text"), (fit(label, grid_size.label_width - _MARGIN - 1), "muted")]
    for column, text in zip(grid_size.columns, texts, strict=True):
        is_selected = column == selected
        line.append(("▌" if is_selected else " ", "pane-focused"))
        text_style = "tab-active" if is_selected and style == "title" else style
        visible_text = fit(text, grid_size.column_width).rstrip()
        line += [
            (visible_text, text_style),
            (" " * (grid_size.column_width + 1 - cell_width([(visible_text, "")])), "text"),
        ]
    return tuple(line)


def deciding_grid(comparison: Comparison, grid_size: GridSize) -> ComparisonGrid:
    """Return the facts that decide, one line each."""
    grid_lines: list[GridLine] = []
    rows: list[GridRow] = []
    for group in comparison.groups:
        if grid_size.is_tall:
            grid_lines += [_text_line("", "text")] if grid_lines else []
            if group.id != "salary":  # its first row is its title
                grid_lines.append(_text_line(group.title.upper(), "heading"))
        highest = max((deciding_fact.amount or 0.0 for row in group.rows for deciding_fact in row.facts), default=0.0)
        for row in group.rows:
            grid_lines.append(_deciding_line(row, len(rows), grid_size, highest))
            rows.append(GridRow(row.label, tuple(deciding_fact.details for deciding_fact in row.facts)))
        grid_lines += [_text_line(row.note, "warning") for row in group.rows if row.note]
    if comparison.not_published:
        labels = ", ".join(row.label for row in comparison.not_published)
        grid_lines += [_text_line("", "text")] if grid_size.is_tall else []
        text = f"Nobody says: {labels}"
        grid_lines += [_text_line(part, "muted") for part in wrap(text, grid_size.width - _MARGIN)]
    return ComparisonGrid(tuple(grid_lines), tuple(rows))


def _text_line(text: str, style: str) -> GridLine:
    return GridLine(None, (text, style))


def _deciding_line(row: DecidingRow, index: int, grid_size: GridSize, highest: float) -> GridLine:
    """Return a row as a line; `highest` is the amount whose bar is the longest."""
    is_title = row.key == "salary_year" and grid_size.is_tall
    label = "SALARY" if is_title else row.label
    if grid_size.label_width < _LABEL_WIDTH:
        label = _SHORT_LABELS.get(row.key, label)
    if row.key.startswith("salary_") and row.key != "salary_year" and not grid_size.is_tall:
        label = f"  {label}"
    width = grid_size.column_width
    drawn_cells = tuple(_summary_cell(row.facts[column], width, highest) for column in grid_size.columns)
    return GridLine(index, (label, "heading" if is_title else "label"), drawn_cells)


def _summary_cell(deciding_fact: DecidingFact, width: int, highest: float) -> StyledLine:
    """Return a summary cut to a column; its signs and remarks stay in sight. Amounts have a bar."""
    if deciding_fact.summary is None:
        return ((EMPTY_CELL, "unstated"),)
    words = summary_remarks(deciding_fact.summary)
    opens = " ▸" if deciding_fact.summary.link and deciding_fact.summary.link.kind == "program" else ""
    text = deciding_fact.summary.measured_text
    if cell_width([(text + words + opens, "")]) > width:
        text = fit(text, max(1, width - len(words) - len(opens))).rstrip()
    style = "muted" if deciding_fact.summary.is_past else "text"
    cell: list[Span] = [(text, style), (words, "muted"), (opens, "key")]
    if deciding_fact.amount is not None and highest:
        cell += [(" ", "text"), *_bar(deciding_fact.amount / highest, min(_MAX_BAR_WIDTH, width - len(text) - 1))]
    return tuple(span for span in cell if span[0])


def _bar(share: float, width: int) -> Iterator[Span]:
    """Yield a bar from zero, in steps of half a cell."""
    half_cells = round(share * width * 2)
    yield _BAR * (half_cells // 2) + _HALF_BAR * (half_cells % 2), "thumb"


def full_grid(rows: Sequence[ComparisonRow], grid_size: GridSize) -> ComparisonGrid:
    """Return every field with all its values, wrapped."""
    grid_lines: list[GridLine] = []
    for index, row in enumerate(rows):
        columns = [_full_cell(row.cells[column].values, grid_size.column_width) for column in grid_size.columns]
        label_style = "heading" if row.differs else "label"
        for line_index, drawn_cells in enumerate(zip_longest(*columns, fillvalue=())):
            label = "" if line_index else row.label
            grid_lines.append(GridLine(index, (label, label_style), tuple(drawn_cells)))
        grid_lines.append(_text_line("", "text"))
    grid_rows = (GridRow(row.label, tuple(map(_full_details, row.cells))) for row in rows)
    return ComparisonGrid(tuple(grid_lines), tuple(grid_rows))


def _full_cell(values: Sequence[str], width: int) -> list[StyledLine]:
    if not values:
        return [((EMPTY_CELL, "unstated"),)]
    bullet = "· " if len(values) > 1 else ""
    return [
        ((f"{' ' * len(bullet) if index else bullet}{text}", "text"),)
        for value in values
        for index, text in enumerate(wrap(value, width - len(bullet)))
    ]


def _full_details(cell: ComparisonCell) -> tuple[Value, ...]:
    return tuple(Value(text, citations=cell.citations) for text in cell.values)


def cell_detail(heading: str, details: Sequence[Value], width: int, max_lines: int) -> list[StyledLine]:
    """Return the whole text of a cell, and the pages that state it, in at most `max_lines` lines."""
    texts = dict.fromkeys(value.display(omit=("past",)) for value in details)
    text = "; ".join(texts) or "nobody says; ask the program"
    cited = dict.fromkeys(citation for value in details for citation in value.citations)
    source_text = " · ".join(dict.fromkeys(f"{source_name(each.source)}, {each.date}" for each in cited))
    room = max(1, max_lines - bool(source_text))
    text_lines = wrap(f"{heading}: {text}", max(10, width - _MARGIN))
    if len(text_lines) > room:
        text_lines = [*text_lines[: room - 1], fit(f"{text_lines[room - 1]} …", width - _MARGIN)]
    styled_lines: list[StyledLine] = [((" " * _MARGIN, "text"), (line, "text")) for line in text_lines]
    first = text_lines[0]
    styled_lines[0] = ((" " * _MARGIN, "text"), (first[: len(heading)], "strong"), (first[len(heading) :], "text"))
    if source_text:
        styled_lines.append(((" " * _MARGIN, "text"), (fit(source_text, width - _MARGIN), "muted")))
    return styled_lines
