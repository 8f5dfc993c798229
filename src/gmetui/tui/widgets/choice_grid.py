"""Choices in a grid of which exactly one is selected; arrows move the selection by what lies where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from ..rendering.spans import fit
from ..safe_text import safe_content, safe_line

_SIGN_WIDTH, _GAP = 2, 3  # cells


class ChoiceGrid(Widget, can_focus=True):
    """Shows labels by key, as many beside each other as `columns` says, or fewer where there is no room."""

    DEFAULT_CSS = """
    ChoiceGrid { height: auto; width: 1fr; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(0, -1)", "up", id="choices.up"),
        Binding("down,j", "move(0, 1)", "down", id="choices.down"),
        Binding("left,h", "move(-1, 0)", "left", id="choices.left"),
        Binding("right,l,space", "move(1, 0)", "right", id="choices.right"),
        Binding("enter", "submit", "submit", id="choices.submit"),
    ]

    class Changed(Message):
        """Another choice was selected."""

        def __init__(self, grid: ChoiceGrid, key: str) -> None:
            self.grid = grid
            self.key = key
            super().__init__()

        @property
        def control(self) -> ChoiceGrid:
            """The grid, for `@on` with a selector."""
            return self.grid

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, labels: Mapping[str, str], selected_key: str, columns: int, *, id: str) -> None:
        super().__init__(id=id)
        self.labels = dict(labels)
        self._keys = list(labels)
        self._selected = self._keys.index(selected_key)
        self._max_columns = columns

    @property
    def selected_key(self) -> str:
        """The key of the selected choice."""
        return self._keys[self._selected]

    def select(self, key: str) -> None:
        """Select a choice, without a message."""
        self._selected = self._keys.index(key)
        self.refresh()

    @property
    def _cell_width(self) -> int:
        return max(map(cell_len, self.labels.values())) + _SIGN_WIDTH + _GAP

    def _column_count(self, width: int) -> int:
        return max(1, min(self._max_columns, (width + _GAP) // self._cell_width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows that the choices take."""
        return -(-len(self._keys) // self._column_count(width))

    def render(self) -> RenderResult:
        """Draw the choices; the selected one has a full circle, and a ground while the grid has the focus."""
        column_count = self._column_count(self.size.width)
        spans: list[tuple[str, str]] = []
        lines: list[Content] = []
        for index, key in enumerate(self._keys):
            is_selected = index == self._selected
            style = "" if not is_selected else "bold $foreground on $secondary 60%" if self.has_focus else "bold"
            label_width = self._cell_width - _GAP
            text = fit(f"{'●' if is_selected else '○'} {self.labels[key]}", label_width)
            spans += [(text.rstrip(), style), (" " * (label_width + _GAP - cell_len(text.rstrip())), "")]
            if (index + 1) % column_count == 0 or index == len(self._keys) - 1:
                lines.append(safe_line(spans))
                spans = []
        return safe_content("\n").join(lines)

    def _index_at(self, column: int, row: int) -> int | None:
        """Return the index of the choice in a column and a row, or None if there is none."""
        column_count = self._column_count(self.size.width)
        index = row * column_count + column
        return index if 0 <= column < column_count and 0 <= index < len(self._keys) else None

    def action_move(self, columns: int, rows: int) -> None:
        """Select what lies beside, above or below; beyond the first and the last row, go to what is there."""
        row, column = divmod(self._selected, self._column_count(self.size.width))
        index = self._index_at(column + columns, row + rows)
        if index is not None:
            self._select_index(index)
        elif rows < 0 and row == 0:
            self.screen.focus_previous()
        elif rows > 0:
            self.screen.focus_next()

    def _select_index(self, index: int) -> None:
        if index != self._selected:
            self._selected = index
            self.refresh()
            self.post_message(self.Changed(self, self.selected_key))

    def action_submit(self) -> None:
        """Report that enter was pressed."""
        self.post_message(self.Submitted())

    def on_click(self, event: Click) -> None:
        """Select the clicked choice."""
        index = self._index_at(event.x // self._cell_width, event.y)
        if index is not None:
            self._select_index(index)
