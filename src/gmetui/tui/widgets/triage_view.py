"""The page of a quick pass: how far it has come on top, below it the facts that decide about one program."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from ...documents.triage_document import progress_text
from ...shortlist.triage import TriageCounts
from ..actions import bindings
from ..contexts import SCROLL_ACTIONS, TRIAGE_ACTIONS
from ..rendering.spans import StyledLine, fit
from .page_view import PageView

_BAR_WIDTH, _SHORT_BAR_WIDTH = 24, 10  # cells
_WIDE = 100  # cells from which there is room for the long bar
_PROGRESS_LINES = 2
_STYLES = {"interested": "star", "maybe": "mark", "no": "warning"}


class TriageView(PageView, inherit_bindings=False):
    """A page without a cursor that goes to links: one key decides."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*TRIAGE_ACTIONS, *SCROLL_ACTIONS)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts = TriageCounts()
        self._place = self._verdict = ""

    def show_progress(self, counts: TriageCounts, place: str, verdict: str) -> None:
        """Show how many programs are decided, which one is shown ("3 of 137"), and what was decided about it."""
        self._counts, self._place, self._verdict = counts, place, verdict
        self.redraw()

    @property
    def header_height(self) -> int:
        """The height of the progress, the heading, the tabs and a rule."""
        return super().header_height + _PROGRESS_LINES

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the progress above the heading of the page."""
        return (*self._progress_lines(width), *super().header_lines(width))

    def _progress_lines(self, width: int) -> tuple[StyledLine, StyledLine]:
        bar_width = _BAR_WIDTH if width >= _WIDE else _SHORT_BAR_WIDTH
        filled = round(bar_width * self._counts.decided / max(1, self._counts.total))
        text = fit(f"  {progress_text(self._counts)}", max(0, width - bar_width - 1))
        bar: StyledLine = ((" ", "text"), ("━" * filled, "star"), ("─" * (bar_width - filled), "muted"), (text, "text"))
        verdict = f"  decided: {self._verdict}" if self._verdict else ""
        return bar, ((f" {self._place}", "muted"), (verdict, _STYLES.get(self._verdict, "muted")))

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self.scroll_to_line(self.top_line + step)
