"""The dates of the shortlist as bars over the months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..rendering.spans import StyledLine
from ..rendering.timeline_rows import TimelineBar, timeline_rows
from ..widgets.line_view import LineView
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog

_MARGIN = 1


class TimelineView(LineView):
    """The bars, with a margin at the left."""

    DEFAULT_CSS = "TimelineView { height: 1fr; background: $surface; }"

    def __init__(self, bars: Sequence[TimelineBar], undated: Sequence[str], today: date) -> None:
        super().__init__(id="timeline")
        self._bars, self._undated, self._today = bars, undated, today
        self._rows: tuple[int, tuple[StyledLine, ...]] = (0, ())  # for a width

    def _get_rows(self, width: int) -> tuple[StyledLine, ...]:
        if self._rows[0] != width:
            self._rows = width, timeline_rows(self._bars, self._undated, self._today, width - 2 * _MARGIN)
        return self._rows[1]

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._get_rows(self.text_width))

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return a line."""
        return ((" " * _MARGIN, "text"), *self._get_rows(width)[line_number])


class TimelineDialog(Dialog):
    """Shows the bars. `open_list` goes back to the same dates as a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="timeline.close"),
        Binding("ctrl+x,enter", "open_list", "the list", id="timeline.list"),
    ]

    def __init__(
        self, bars: Sequence[TimelineBar], undated: Sequence[str], today: date, open_list: Callable[[], None]
    ) -> None:
        super().__init__()
        self._view = TimelineView(bars, undated, today)
        self._open_list = open_list

    def compose(self) -> ComposeResult:
        """Show the bars."""
        with DialogFrame("Dates of your shortlist", "ctrl+x list · esc closes", id="picker", classes="-wide"):
            yield self._view

    def action_open_list(self) -> None:
        """Show the dates as a list."""
        if close_dialog(self):
            self._open_list()
