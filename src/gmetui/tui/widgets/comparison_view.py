"""Programs side by side, in a pane that scrolls in both directions, with a cursor that moves by cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.events import MouseScrollLeft, MouseScrollRight

from ...catalog.catalog import Catalog
from ...catalog.comparison import ComparisonRow, compare_programs
from ...catalog.models import Program
from ...documents.comparison import Comparison, compare_deciding_facts
from ...documents.comparison_document import common_line
from .. import clock
from ..actions import bindings
from ..contexts import COMPARISON_ACTIONS
from ..rendering.comparison_rows import (
    HINT_WIDTH,
    ComparisonGrid,
    GridSize,
    comparison_header,
    comparison_title,
    deciding_grid,
    full_grid,
)
from ..rendering.spans import BLANK_LINE, StyledLine
from .cell_detail import CellText
from .line_view import LineView

_EMPTY_LINES: tuple[StyledLine, ...] = (
    BLANK_LINE,
    (("  Nothing to compare yet.", "strong"),),
    (("  Mark programs with space in the list, then press c; or press + to find one.", "muted"),),
)


class _Layout(NamedTuple):
    """What is drawn at a size."""

    size: GridSize
    header: Sequence[StyledLine]
    grid: ComparisonGrid


class ComparisonView(LineView):
    """The compared programs, with a cursor that moves by cells; keys act on the program of its column."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMPARISON_ACTIONS)

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.programs: Sequence[Program] = ()
        self.is_full = False  # every field in full, not only what decides
        self.selected = 0  # index of the program under the cursor
        self.row = 0
        self.cell_callback: Callable[[], None] | None = None
        self._first = 0  # index of the leftmost program in sight
        self._comparison: Comparison | None = None
        self._saved_ids: Set[str] = frozenset()
        self._full_rows: Sequence[ComparisonRow] = ()
        self._current_layout: _Layout | None = None

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        return self.programs[self.selected] if self.programs else None

    @property
    def cell(self) -> CellText | None:
        """The cell under the cursor."""
        program, layout = self.program, self._get_layout(self.text_width)
        if program is None or layout is None or not layout.grid.rows:
            return None
        row = layout.grid.rows[min(self.row, len(layout.grid.rows) - 1)]
        hospital = self.catalog.institution[program.institution].short_name
        return CellText(f"{hospital} · {row.label}", row.details[self.selected])

    @property
    def linked_program_ids(self) -> tuple[str, ...]:
        """The ids of the programs that the cell under the cursor names."""
        links = (value.link for value in self.cell.details) if self.cell else ()
        return tuple(link.key for link in links if link and link.kind == "program")

    def show_programs(self, programs: Sequence[Program]) -> None:
        """Compare other programs."""
        if [program.id for program in programs] != [program.id for program in self.programs]:
            selected_id = self.program.id if self.program else ""
            ids: list[str] = [program.id for program in programs]
            self.programs = programs
            self._comparison = compare_deciding_facts(self.catalog, programs, clock.today()) if programs else None
            self._full_rows = compare_programs(self.catalog, programs) if programs and self.is_full else ()
            self._move_to(self.row, ids.index(selected_id) if selected_id in ids else self.selected)

    def show_saved(self, saved_ids: Set[str]) -> None:
        """Show which programs are on the shortlist."""
        if saved_ids != self._saved_ids:
            self._saved_ids = saved_ids
            self._current_layout = None
            self.redraw()

    def _move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell and draw it."""
        self.selected = max(0, min(column, len(self.programs) - 1))
        self._current_layout = None
        layout = self._get_layout(self.text_width)
        self.row = max(0, min(row, len(layout.grid.rows) - 1)) if layout else 0
        self.redraw()
        if self.cell_callback is not None:
            self.cell_callback()

    def _get_layout(self, width: int) -> _Layout | None:
        """Return what is drawn at a width; the column of the cursor is in sight."""
        if self._comparison is None:
            return None
        height = self.screen.size.height if self.is_attached else self.size.height
        if self._current_layout is None or self._current_layout.size[:2] != (width, height):
            size = GridSize(width, height, len(self.programs))
            first = max(min(self._first, self.selected), self.selected - size.column_count + 1)
            self._first = max(0, min(first, len(self.programs) - size.column_count))
            size = size._replace(first=self._first)
            grid = full_grid(self._full_rows, size) if self.is_full else deciding_grid(self._comparison, size)
            header = comparison_header(self.catalog, self._comparison, size, self.selected, self._saved_ids)
            self._current_layout = _Layout(size, header, grid)
        return self._current_layout

    def line_count(self) -> int:
        """Return the number of lines below the names."""
        layout = self._get_layout(self.text_width)
        return len(layout.grid.lines) if layout else len(_EMPTY_LINES)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title and the names of the programs."""
        layout = self._get_layout(width)
        common_text = common_line(self._comparison) if self._comparison else ""
        title = comparison_title(len(self.programs), common_text, width, is_full=self.is_full, has_focus=self.has_focus)
        return (title, *layout.header) if layout else (title,)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        layout = self._get_layout(width)
        if layout is None:
            return _EMPTY_LINES[line_number]
        line = layout.grid.lines[line_number]
        is_current = line.row is not None and line.row == self.row
        return line.draw(layout.size, self.selected if is_current else None)

    # Moving.

    def action_move(self, step: int) -> None:
        """Move the cursor to another row; a row taller than the pane scrolls first."""
        layout = self._get_layout(self.text_width)
        if layout is None:
            return
        line_numbers = [number for number, line in enumerate(layout.grid.lines) if line.row == self.row]
        bottom = self.top_line + self.visible_line_count
        if step == 1 and line_numbers and line_numbers[-1] >= bottom and line_numbers[0] <= self.top_line:
            self.scroll_to_line(self.top_line + 1)
            return
        if step == -1 and line_numbers and line_numbers[0] < self.top_line and line_numbers[-1] >= bottom - 1:
            self.scroll_to_line(self.top_line - 1)
            return
        self._move_to(self.row + step, self.selected)
        self._show_row()

    def action_page(self, step: int) -> None:
        """Move the cursor by as many rows as are in sight."""
        layout = self._get_layout(self.text_width)
        if layout is not None:
            visible = layout.grid.lines[self.top_line : self.top_line + self.visible_line_count]
            self._move_to(self.row + step * max(1, len({line.row for line in visible}) - 2), self.selected)
            self._show_row()

    def action_end(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        layout = self._get_layout(self.text_width)
        if layout is not None:
            self._move_to(self.row + direction * len(layout.grid.rows), self.selected)
            self._show_row()

    def _show_row(self) -> None:
        """Scroll so that the row of the cursor is in sight, and what is above the first and below the last one."""
        layout = self._get_layout(self.text_width)
        if layout is None or not layout.grid.rows:
            return
        line_numbers = [number for number, line in enumerate(layout.grid.lines) if line.row == self.row]
        if self.row == 0:
            line_numbers.insert(0, 0)
        if self.row == len(layout.grid.rows) - 1:
            line_numbers.append(self.line_count() - 1)
        self.scroll_line_into_view(line_numbers[-1])
        self.scroll_line_into_view(line_numbers[0])

    def action_column(self, step: int) -> None:
        """Move the cursor to the next or the previous program."""
        self._move_to(self.row, self.selected + step)

    def action_differences(self) -> None:
        """Show what decides between the programs, or every field in full."""
        self.is_full = not self.is_full
        if self.is_full and not self._full_rows:
            self._full_rows = compare_programs(self.catalog, self.programs)
        self.top_line = 0
        self._move_to(0, self.selected)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        super().on_resize()
        self._current_layout = None
        self._show_row()
        if self.cell_callback is not None:
            self.cell_callback()

    # Mouse.

    def header_clicked(self, line_number: int, x: int) -> None:
        """Select the program whose name was clicked, or show the other view."""
        layout = self._get_layout(self.text_width)
        if line_number == 0 and self.programs and x >= self.text_width - HINT_WIDTH:
            self.action_differences()
        elif layout is not None and (column := layout.size.column_at(x)) is not None:
            self._move_to(self.row, column)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Put the cursor on the clicked cell."""
        layout = self._get_layout(self.text_width)
        row = layout.grid.lines[line_number].row if layout else None
        if layout is not None and row is not None:
            column = layout.size.column_at(x)
            self._move_to(row, self.selected if column is None else column)

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        """Select the next program with the wheel."""
        event.stop()
        self.action_column(1)

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        """Select the previous program with the wheel."""
        event.stop()
        self.action_column(-1)
