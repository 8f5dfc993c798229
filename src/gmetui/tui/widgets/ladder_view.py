"""The tree of a ladder: rungs that unfold, with their years and programs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...catalog.catalog import Catalog
from ...planning.ladder import Branch, Ladder
from ..actions import bindings
from ..contexts import LADDER_ACTIONS
from ..rendering.ladder_rows import LadderRow, ladder_header, ladder_line, visible_rows
from ..rendering.spans import StyledLine
from .line_view import CursorView

_EMPTY_LINE: StyledLine = (("  Nothing in this data builds on it.", "muted"),)


class LadderView(CursorView):
    """A ladder whose rungs fold and unfold. The cursor goes through the rungs in sight."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*LADDER_ACTIONS)

    class Opened(Message):
        """A rung was chosen to be read."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog: Catalog | None = None
        self._ladder: Ladder | None = None
        self._today = date.min
        self._open_keys: frozenset[str] = frozenset()
        self._rows: tuple[LadderRow, ...] = ()

    def show_ladder(self, catalog: Catalog, ladder: Ladder, today: date, key: str = "") -> None:
        """Show a ladder, with the cursor on the rung of a key; what is unfolded stays so."""
        self._catalog, self._ladder, self._today = catalog, ladder, today
        parents = key.split("/")
        self._open_keys |= {"/".join(parents[:length]) for length in range(2, len(parents))}
        self._show_rows(key)

    def _show_rows(self, key: str) -> None:
        """Show what is unfolded, with the cursor on the rung of a key."""
        assert self._ladder is not None
        self._rows = visible_rows(self._ladder, self._open_keys)
        keys = [ladder_row.branch.key for ladder_row in self._rows]
        self.cursor = keys.index(key) if key in keys else 0
        self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))
        self.scroll_line_into_view(self.cursor)
        self.redraw()

    @property
    def branch(self) -> Branch | None:
        """The rung under the cursor."""
        return self._rows[self.cursor].branch if self.cursor < len(self._rows) else None

    def line_count(self) -> int:
        """Return the number of rungs in sight."""
        return len(self._rows) or 1

    def is_selectable(self, line_number: int) -> bool:
        """Return whether there are rungs."""
        return bool(self._rows)

    @property
    def header_height(self) -> int:
        """The number of fixed lines: the title, the start and the headings."""
        return 3

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title, the rung that the ladder starts at, and the headings."""
        if self._catalog is None or self._ladder is None:
            return ()
        return ladder_header(self._catalog, self._ladder, width, self._today, has_focus=self.has_focus)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return rung `line_number`."""
        if self._catalog is None or self._ladder is None or not self._rows:
            return _EMPTY_LINE
        return ladder_line(self._catalog, self._ladder, self._rows[line_number], width, self._today)

    def action_read_rung(self) -> None:
        """Read about the rung."""
        if self.branch is not None:
            self.post_message(self.Opened())

    # Folding.

    def action_unfold(self) -> None:
        """Show what follows the rung; go to the first of it if that is in sight already."""
        branch = self.branch
        if branch is None or not branch.next:
            return
        if branch.key in self._open_keys:
            self.move_cursor_to(self.cursor + 1)
        else:
            self._open_keys |= {branch.key}
            self._show_rows(branch.key)

    def action_fold(self) -> None:
        """Hide what follows the rung; go to the rung below it if nothing is in sight."""
        branch = self.branch
        if branch is None:
            return
        if branch.next and branch.key in self._open_keys:
            self._open_keys -= {branch.key}
            self._show_rows(branch.key)
        elif len(branch.chain) > 2:
            self._show_rows("/".join(branch.chain[:-1]))
            self.cursor_moved()

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click folds or unfolds the rung, or opens one that nothing follows."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        branch = self.branch
        if not was_selected or branch is None:
            return
        if not branch.next:
            self.post_message(self.Opened())
        elif branch.key in self._open_keys:
            self.action_fold()
        else:
            self.action_unfold()
