"""The coverage of the data as a heat map, with a cursor that moves by cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from ...catalog.catalog import Catalog
from ...catalog.completeness import COUNTED_FIELDS
from ...documents.coverage_map import CoverageColumn, coverage_map, field_quality
from ...documents.document import Value
from ..actions import bindings
from ..contexts import COVERAGE_ACTIONS
from ..rendering.coverage_rows import CoverageSize, coverage_header, coverage_line, coverage_notes, quality_text
from ..rendering.spans import StyledLine
from .cell_detail import CellText
from .line_view import CursorView

_MAX_DETAILED = 2000  # programs of which the quality of a field is counted while the cursor moves


class CoverageView(CursorView):
    """Which share of each institution's programs states each field."""

    DEFAULT_CSS = "CoverageView { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COVERAGE_ACTIONS)

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog = catalog
        self._columns = coverage_map(catalog)
        self._notes = coverage_notes(catalog)
        self._first = 0  # index of the leftmost column in sight
        self.selected = 0
        self.cell_callback: Callable[[], None] | None = None
        self.cursor_callback = self._cell_changed

    @property
    def column(self) -> CoverageColumn:
        """The column under the cursor."""
        return self._columns[self.selected]

    @property
    def field_key(self) -> str:
        """The data key of the field under the cursor."""
        return COUNTED_FIELDS[self.cursor].key

    @property
    def cell(self) -> CellText:
        """The cell under the cursor, in words."""
        column, programs = self.column, self.column.programs
        quality = field_quality(self._catalog, programs, self.field_key) if len(programs) <= _MAX_DETAILED else None
        text = quality_text(column, self.cursor, quality)
        return CellText(f"{column.name} · {COUNTED_FIELDS[self.cursor].label}", (Value(text),))

    def line_count(self) -> int:
        """Return the number of fields and notes."""
        return len(COUNTED_FIELDS) + len(self._notes)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether a line is a field."""
        return line_number < len(COUNTED_FIELDS)

    def has_cursor(self, line_number: int) -> bool:
        """Light no whole line: the cursor is a cell."""
        return False

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title, the institutions and their numbers of programs."""
        return coverage_header(self._columns, self._grid_size(width), self.selected, has_focus=self.has_focus)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        if line_number >= len(COUNTED_FIELDS):
            return self._notes[line_number - len(COUNTED_FIELDS)]
        selected = self.selected if line_number == self.cursor else None
        return coverage_line(line_number, self._columns, self._grid_size(width), selected)

    def _grid_size(self, width: int) -> CoverageSize:
        """Return the columns in sight, with that of the cursor."""
        size = CoverageSize(width, len(self._columns))
        first = max(min(self._first, self.selected), self.selected - size.visible_count + 1)
        self._first = max(0, min(first, size.column_count - size.visible_count))
        return size._replace(first=self._first)

    def _cell_changed(self) -> None:
        if self.cell_callback is not None:
            self.cell_callback()

    def action_column(self, step: int) -> None:
        """Go to the next or the previous institution."""
        self._select(self.selected + step)

    def _select(self, column: int) -> None:
        self.selected = max(0, min(column, len(self._columns) - 1))
        self.redraw()
        self._cell_changed()

    def go_to(self, key: str) -> None:
        """Go to the column of an institution."""
        ids = [column.institution for column in self._columns]
        if key in ids:
            self._select(ids.index(key))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Put the cursor on the clicked cell."""
        super().line_clicked(line_number, x)
        self.header_clicked(0, x)

    def header_clicked(self, line_number: int, x: int) -> None:
        """Go to the institution that was clicked."""
        column = self._grid_size(self.text_width).column_at(x)
        if column is not None:
            self._select(column)
