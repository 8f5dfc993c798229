"""The list of institutions or specialties, with the page of the selected one beside it.

It isn't Textual's OptionList because it shares with the other panes the movement keys that users can rebind, the fixed
header of its columns, and the callback that changes the page in the same frame as the cursor. Drawing is no reason:
233 specialties take OptionList a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message

from ..actions import bindings
from ..contexts import PLAN_LIST_ACTIONS
from ..rendering.spans import StyledLine, align_right, fit, pane_title
from .line_view import CursorView
from .list_filter import has_words

_COLUMN_GAP = 2
_INDENT = "  "
_NAME_COLUMN = 12  # cells of a name beside a description


class ReferenceItem(NamedTuple):
    """A row: the key and name of an item, its depth in the tree, a value for each column, and names to find it by.

    The description stands beside the name where there is room for all of it.
    """

    key: str
    name: str
    depth: int = 0
    values: tuple[str, ...] = ()
    is_muted: bool = False
    other_names: tuple[str, ...] = ()
    description: str = ""


class ReferenceList(CursorView):
    """Items below each other. `headings` are the title of the names and those of the columns."""

    class Opened(Message):
        """A row was chosen to be read."""

    def __init__(self, headings: tuple[str, ...], items: Sequence[ReferenceItem], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings = headings
        self._items = self._all_items = items
        self._filter_text = ""

    @property
    def item(self) -> ReferenceItem | None:
        """The item under the cursor."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def show_matches(self, text: str) -> None:
        """Show only the items with the words of a text, without their tree; the cursor stays on its item."""
        previous_item = self.item
        self._filter_text = text
        matching = [item._replace(depth=0) for item in self._all_items if _matches(item, text)]
        self._items = matching if text else self._all_items
        keys = [item.key for item in self._items]
        self.cursor = keys.index(previous_item.key) if previous_item and previous_item.key in keys else 0
        self.top_line = 0
        self.scroll_line_into_view(self.cursor)
        self.redraw()
        self.cursor_moved()

    def go_to(self, key: str) -> None:
        """Move the cursor to an item, showing all of them if a filter hides it."""
        if self._filter_text and all(item.key != key for item in self._items):
            self.show_matches("")
        line_number = next((line_number for line_number, item in enumerate(self._items) if item.key == key), None)
        if line_number is not None:
            self.move_cursor_to(line_number)

    def line_count(self) -> int:
        """Return the number of rows."""
        return len(self._items) or 1

    def is_selectable(self, line_number: int) -> bool:
        """Return whether row `line_number` is an item."""
        return bool(self._items)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title of the list, with the number of rows, and those of the columns."""
        name_title, *titles = self._headings
        columns = "".join(fit(title, len(title) + _COLUMN_GAP) for title in titles)
        shown, size = len(self._items), len(self._all_items)
        count = self.count_text(shown, size)
        title = pane_title(name_title, count, width - len(columns), has_focus=self.has_focus)
        return ((*title, (columns, "muted")),)

    def count_text(self, shown: int, size: int) -> str:
        """Return how many rows there are, for the title."""
        return f"{size:,}" if shown == size else f"{shown:,} of {size:,}"

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        if not self._items:
            return (("  No rows match. Esc shows all.", "muted"),)
        item = self._items[line_number]
        columns = "".join(
            fit(align_right(value, len(title)), len(title) + _COLUMN_GAP)
            for value, title in zip(item.values, self._headings[1:], strict=True)
        )
        style = "muted" if item.is_muted else "text"
        if item.description and width >= _NAME_COLUMN + cell_len(item.description):
            description = fit(item.description, width - _NAME_COLUMN - len(columns))
            return ((fit(f" {item.name}", _NAME_COLUMN), style), (description + columns, "muted"))
        name = fit(f" {_INDENT * item.depth}{item.name}", width - len(columns))
        return ((name, style), (columns, "muted"))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the row."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if was_selected and self.item is not None:
            self.post_message(self.Opened())


class PlanList(ReferenceList):
    """The rows of the plan."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAN_LIST_ACTIONS)

    def count_text(self, shown: int, size: int) -> str:
        """Return nothing: that there are seven rows says nothing."""
        return ""


def _matches(item: ReferenceItem, text: str) -> bool:
    return has_words((item.name, *item.other_names), text)
