"""Programs side by side, in a pane that scrolls in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.events import MouseScrollLeft, MouseScrollRight

from ...catalog.catalog import Catalog
from ...catalog.comparison import ComparisonRow, compare_programs
from ...catalog.models import Program
from ..actions import bindings
from ..contexts import COMPARISON_ACTIONS
from ..rendering.comparison_rows import LABEL_WIDTH, comparison_header, comparison_lines, visible_column_count
from ..rendering.spans import BLANK_LINE, StyledLine
from .line_view import LineView

_EMPTY_LINES: tuple[StyledLine, ...] = (
    BLANK_LINE,
    (("  Nothing to compare yet.", "strong"),),
    (("  Mark programs with space in the list, then press c.", "muted"),),
)
_NO_DIFFERENCES: StyledLine = (("  These programs do not differ.", "muted"),)


class _Layout(NamedTuple):
    """The lines for a width."""

    width: int
    header: Sequence[StyledLine]
    body: Sequence[StyledLine]


class ComparisonView(LineView):
    """The compared programs. One column is selected; keys act on its program."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMPARISON_ACTIONS)

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.programs: Sequence[Program] = ()
        self.differences_only = False
        self.selected = 0
        self.first = 0  # index of the leftmost visible program
        self._rows: Sequence[ComparisonRow] = ()
        self._current_layout: _Layout | None = None

    @property
    def program(self) -> Program | None:
        """The selected program."""
        return self.programs[self.selected] if self.programs else None

    def show_programs(self, programs: Sequence[Program]) -> None:
        """Compare other programs."""
        if [program.id for program in programs] != [program.id for program in self.programs]:
            self.programs = programs
            self._compare()

    def _compare(self) -> None:
        self._rows = ()
        if self.programs:
            self._rows = compare_programs(self.catalog, self.programs, differences=self.differences_only)
        self._select(self.selected)

    def _select(self, index: int) -> None:
        self.selected = max(0, min(index, len(self.programs) - 1))
        self._current_layout = None
        self.redraw()

    def _get_layout(self, width: int) -> _Layout:
        """Return the lines for a width; the visible columns include the selected one."""
        if not self.programs:
            return _Layout(width, (), _EMPTY_LINES)
        if self._current_layout is None or self._current_layout.width != width:
            count = len(self.programs)
            visible_count = visible_column_count(width, count)
            first = max(min(self.first, self.selected), self.selected - visible_count + 1)
            self.first = max(0, min(first, count - visible_count))
            header = comparison_header(self.catalog, self.programs, width, self.first, self.selected)
            body = comparison_lines(self._rows, count, width, self.first)
            self._current_layout = _Layout(width, header, body or [_NO_DIFFERENCES])
        return self._current_layout

    def line_count(self) -> int:
        """Return the number of lines below the names."""
        return len(self._get_layout(self.text_width).body)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the names of the programs."""
        return tuple(self._get_layout(width).header)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return self._get_layout(width).body[line_number]

    def action_column(self, step: int) -> None:
        """Select the next or the previous program."""
        self._select(self.selected + step)

    def action_differences(self) -> None:
        """Show only the rows that differ, or all rows."""
        self.differences_only = not self.differences_only
        self.top_line = 0
        self._compare()

    def header_clicked(self, line_number: int, x: int) -> None:
        """Select the program whose name was clicked."""
        if x >= LABEL_WIDTH and self.programs:
            visible_count = visible_column_count(self.text_width, len(self.programs))
            self._select(self.first + (x - LABEL_WIDTH) * visible_count // max(1, self.text_width - LABEL_WIDTH))

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        """Select the next program with the wheel."""
        event.stop()
        self.action_column(1)

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        """Select the previous program with the wheel."""
        event.stop()
        self.action_column(-1)
