"""Programs side by side, in a pane that scrolls both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import MouseScrollLeft, MouseScrollRight

from ...catalog.comparison import Row, compared
from ...catalog.models import Catalog, Program
from ..actions import bindings
from ..contexts import COMPARISON
from ..rendering.comparison_rows import LABEL, columns_shown, comparison_head, comparison_lines
from ..rendering.spans import Line
from .line_view import LineView


class ComparisonPane(LineView):
    """The programs that are compared. One of them is chosen: keys act on it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMPARISON)

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.programs: Sequence[Program] = ()
        self.differences = False
        self.chosen = 0
        self.first = 0
        self._rows: Sequence[Row] = ()
        self._made: tuple[int, list[Line], list[Line]] | None = None

    @property
    def program(self) -> Program | None:
        """The program that is chosen."""
        return self.programs[self.chosen] if self.programs else None

    def show(self, programs: Sequence[Program]) -> None:
        """Compare other programs."""
        if [program.id for program in programs] != [program.id for program in self.programs]:
            self.programs = programs
            self._remake()

    def _remake(self) -> None:
        self.chosen = max(0, min(self.chosen, len(self.programs) - 1))
        self._rows = compared(self.catalog, self.programs, differences=self.differences) if self.programs else ()
        self._made = None
        self.update()

    def _lines(self, width: int) -> tuple[list[Line], list[Line]]:
        if not self.programs:
            return [], [
                (("", "text"),),
                (("  Nothing to compare yet.", "strong"),),
                (("  Mark programs with space in the list, then press c.", "muted"),),
            ]
        if self._made is None or self._made[0] != width:
            shown = columns_shown(width, len(self.programs))
            self.first = max(min(self.first, self.chosen), self.chosen - shown + 1, 0)
            self.first = max(0, min(self.first, len(self.programs) - shown))
            head = comparison_head(self.catalog, self.programs, width, self.first, self.chosen)
            body = comparison_lines(self._rows, len(self.programs), width, self.first)
            same: list[Line] = [(("  They say the same about everything.", "muted"),)]
            self._made = width, head, body or same
        return self._made[1:]

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines(self.text_width)[1])

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the names, which stay."""
        return tuple(self._lines(width)[0])

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return self._lines(width)[1][number]

    def action_column(self, step: int) -> None:
        """Choose the next program, or the one before; the columns follow."""
        self.chosen = max(0, min(self.chosen + step, len(self.programs) - 1))
        self._made = None
        self.update()

    def action_differences(self) -> None:
        """Show only what differs, or everything."""
        self.differences = not self.differences
        self.top = 0
        self._remake()

    def head_clicked(self, number: int, x: int) -> None:
        """Choose the program whose name was clicked."""
        shown = columns_shown(self.text_width, len(self.programs))
        if x >= LABEL and self.programs:
            place = (x - LABEL) * shown // max(1, self.text_width - LABEL)
            self.chosen = min(self.first + place, len(self.programs) - 1)
            self._made = None
            self.update()

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        """Scroll to the right with the wheel."""
        event.stop()
        self.action_column(1)

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        """Scroll to the left with the wheel."""
        event.stop()
        self.action_column(-1)
