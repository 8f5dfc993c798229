"""The row of a screen with the filter of its list."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from ..widgets.list_filter import ListFilter


class FilterRow(Horizontal):
    """The filter behind its key, and a remark. It's always there, so that nothing moves when it is used or clicked."""

    def __init__(self, list_filter: ListFilter, *remarks: Widget) -> None:
        super().__init__(id="search")
        self._list_filter = list_filter
        self._remarks = remarks

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        yield Label(" / ", id="prompt", markup=False)
        yield self._list_filter
        yield from self._remarks
