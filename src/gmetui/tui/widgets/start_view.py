"""The first screen: ways in, each of which narrows the list, opens a program or goes to another place."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...documents.start_page import StartPage, Target
from ..actions import bindings
from ..contexts import START_ACTIONS
from ..rendering.spans import StyledLine
from ..rendering.start_layout import StartLayout, Stop, start_layout
from .line_view import LineView


class StartView(LineView):
    """Boxes of choices. The cursor is on a choice of a box; it's shown while the pane has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*START_ACTIONS)

    class Chosen(Message):
        """A choice was made."""

        def __init__(self, target: Target) -> None:
            self.target = target
            super().__init__()

    def __init__(self, page: StartPage, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page = page
        self._cursor = 0, 0  # box, row in it
        self._layout: tuple[object, StartLayout] | None = None  # what it was made from, and the layout

    def show_page(self, page: StartPage) -> None:
        """Show another page."""
        self._page = page
        self._cursor = 0, 0
        self._layout = None
        self.redraw()

    def _get_layout(self) -> StartLayout:
        cursor = self._cursor if self.has_focus else None
        key = self.text_width, self.size.height, cursor
        if self._layout is None or self._layout[0] != key:
            layout = start_layout(self._page, *key)
            self._layout = key, layout
        return self._layout[1]

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._get_layout().lines)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return self._get_layout().lines[line_number]

    def _stops_of(self, box: int) -> list[Stop]:
        return [stop for stop in self._get_layout().stops if stop.box == box]

    def _go_to(self, box: int, row: int) -> None:
        self._cursor = box, row
        self.redraw()
        stops = self._stops_of(box)
        if stops:
            self.scroll_line_into_view(stops[row].line_number)

    def enter_box(self, step: int) -> bool:
        """Go to the next box (1) or the one before (-1), or return False after the last one."""
        box = self._cursor[0] + step
        if not self._stops_of(box):
            return False
        self._go_to(box, 0)
        return True

    def enter_from(self, step: int) -> None:
        """Go to the first box (1), or to the last one (-1)."""
        boxes = [stop.box for stop in self._get_layout().stops]
        if boxes:
            self._go_to(boxes[0] if step > 0 else boxes[-1], 0)

    def action_move(self, step: int) -> None:
        """Go up or down; from the last choice of a box to the programs below, and back."""
        box, row = self._cursor
        stops = self._stops_of(box)
        if 0 <= row + step < len(stops):
            self._go_to(box, row + step)
            return
        last_box = max((stop.box for stop in self._get_layout().stops), default=0)
        if step > 0 and box < last_box:
            self._go_to(last_box, 0)
        elif step < 0 and box == last_box:
            self._go_to(0, len(self._stops_of(0)) - 1)

    def action_end(self, direction: int) -> None:
        """Go to the first choice (-1) or the last one (1) of the box."""
        box = self._cursor[0]
        self._go_to(box, 0 if direction < 0 else len(self._stops_of(box)) - 1)

    def action_box(self, step: int) -> None:
        """Go to the box on the right (1) or on the left (-1), to the same row if there is one."""
        box, row = self._cursor
        stops = self._stops_of(box + step)
        if stops:
            self._go_to(box + step, min(row, len(stops) - 1))

    def action_open(self) -> None:
        """Take the choice under the cursor."""
        stops = self._stops_of(self._cursor[0])
        if stops:
            self.post_message(self.Chosen(stops[self._cursor[1]].target))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Take the clicked choice."""
        for stop in self._get_layout().stops:
            if stop.line_number == line_number and stop.first_cell <= x <= stop.last_cell:
                self.post_message(self.Chosen(stop.target))
