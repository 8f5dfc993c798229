"""The rows of a couple, which move and can be taken out."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from ...documents.couple_document import empty_text
from ...planning.couples import PairRow, RowKey, with_row_moved, without_row
from ..actions import bindings
from ..contexts import COUPLE_ROW_ACTIONS
from ..couple_editor import CoupleEditor
from ..rendering.couple_rows import CoupleRows, couple_header, couple_line, empty_lines, limit_line
from ..rendering.spans import StyledLine
from .line_view import CursorView


class CoupleView(CursorView):
    """Rows of both lists in their order, with the cursor on one of them. It stays on its row when the order changes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*COUPLE_ROW_ACTIONS)

    def __init__(self, editor: CoupleEditor, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor = editor
        self._rows: CoupleRows | None = None
        self._cursor_key: RowKey | None = None

    def show_rows(self, rows: CoupleRows | None) -> None:
        """Show other rows, or the same in another order."""
        self._rows = rows
        row_keys = [row.key for row in rows.plan.rows] if rows else []
        if self._cursor_key in row_keys:
            self.cursor = row_keys.index(self._cursor_key)
        self.cursor = max(0, min(self.cursor, len(row_keys) - 1))
        self._remember_row()
        self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))
        self.scroll_line_into_view(self.cursor)
        self.redraw()

    def _remember_row(self) -> None:
        self._cursor_key = self.row.key if self.row else None

    def cursor_moved(self) -> None:
        """Remember the row, so that the cursor stays on it."""
        self._remember_row()
        super().cursor_moved()

    @property
    def row(self) -> PairRow | None:
        """The row under the cursor."""
        rows = self._rows.plan.rows if self._rows else ()
        return rows[self.cursor] if self.cursor < len(rows) else None

    # Lines.

    @property
    def header_height(self) -> int:
        """The number of fixed lines: the title and the headings."""
        return 2

    def line_count(self) -> int:
        """Return the number of rows, with the line about their number."""
        if self._rows is None or not self._rows.plan.rows:
            return 2
        return len(self._rows.plan.rows) + 1

    def is_selectable(self, line_number: int) -> bool:
        """Return whether a line is a row."""
        return self._rows is not None and line_number < len(self._rows.plan.rows)

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on a row."""
        return self.is_selectable(line_number) and super().has_cursor(line_number)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title and the headings."""
        if self._rows is None:
            return ()
        return couple_header(self._rows, width, has_focus=self.has_focus)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return a row, or what is below the rows."""
        if self._rows is None:
            return ()
        couple_plan = self._rows.plan
        if not couple_plan.rows:
            return empty_lines(couple_plan.refusal or empty_text(couple_plan))[line_number]
        if line_number == len(couple_plan.rows):
            return limit_line(couple_plan, width)
        return couple_line(self._rows, line_number, width)

    # Actions.

    def action_move_row(self, step: int) -> None:
        """Move the row up (-1) or down (1). The order is the couple's own from then on."""
        couple_plan = self._editor.plan
        if couple_plan is not None and self.row is not None:
            self._editor.apply(with_row_moved(couple_plan, self.cursor, step), "moved a row")

    def action_take_out(self) -> None:
        """Take the row out."""
        couple_plan = self._editor.plan
        if couple_plan is not None and self.row is not None:
            row_keys = [row.key for row in couple_plan.rows]
            following = [*row_keys[self.cursor + 1 :], *reversed(row_keys[: self.cursor])]
            self._cursor_key = following[0] if following else None
            self._editor.apply(without_row(couple_plan, self.cursor), "removed a row")

    def action_no_match_rows(self) -> None:
        """Choose whether there are rows in which one of the couple goes without a place."""
        self._editor.choose_no_match()

    def action_row_order(self) -> None:
        """Choose the order of the rows."""
        self._editor.choose_order()

    def action_row_miles(self) -> None:
        """Choose how far apart the programs of a row may be."""
        self._editor.choose_miles()

    def action_export_halves(self) -> None:
        """Export both halves."""
        self._editor.export()

    def action_undo_row(self) -> None:
        """Undo the last change to the rows."""
        self._editor.undo()

    def action_redo_row(self) -> None:
        """Redo what was undone."""
        self._editor.redo()
