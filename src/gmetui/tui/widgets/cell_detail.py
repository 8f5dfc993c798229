"""The whole text of the cell under the cursor of a grid, and the pages that state it."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from ...documents.document import Value
from ..rendering.comparison_rows import cell_detail
from ..rendering.spans import StyledLine
from .line_view import LineView


class CellText(NamedTuple):
    """A cell: its heading and everything that is known."""

    heading: str
    details: tuple[Value, ...]


class CellDetail(LineView, can_focus=False):
    """Shows a cell. It takes more lines for a longer text, up to a quarter of the screen."""

    DEFAULT_CSS = "CellDetail { height: 3; background: $panel; }"
    MIN_LINES: ClassVar[int] = 3

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cell: CellText | None = None

    def show_cell(self, cell: CellText | None) -> None:
        """Show another cell."""
        self._cell = cell
        height = max(self.MIN_LINES, len(self._lines()))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.redraw()

    def _lines(self) -> list[StyledLine]:
        if self._cell is None:
            return []
        max_lines = max(self.MIN_LINES, self.screen.size.height // 4) if self.is_attached else self.MIN_LINES
        return cell_detail(self._cell.heading, self._cell.details, self.text_width, max_lines)

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines())

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return self._lines()[line_number]
