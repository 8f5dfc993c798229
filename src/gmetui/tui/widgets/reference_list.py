"""The list of institutions or specialties, with the page of the selected one beside it.

It isn't Textual's OptionList because it shares with the other panes the movement keys that users can rebind, the fixed
header of its columns, and the callback that changes the page in the same frame as the cursor. Drawing is no reason:
233 specialties take OptionList a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.message import Message

from ..rendering.spans import StyledLine, align_right, fit
from .line_view import CursorView

_COLUMN_GAP = 2
_INDENT = "  "


class ReferenceItem(NamedTuple):
    """A row: the key and name of an item, its depth in the tree, and a value for each column."""

    key: str
    name: str
    depth: int = 0
    values: tuple[str, ...] = ()
    is_muted: bool = False


class ReferenceList(CursorView):
    """Items below each other. `headings` are the title of the names and those of the columns."""

    class Opened(Message):
        """A row was chosen to be read."""

    def __init__(self, headings: tuple[str, ...], items: Sequence[ReferenceItem], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings = headings
        self._items = items

    @property
    def item(self) -> ReferenceItem | None:
        """The item under the cursor."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def go_to(self, key: str) -> None:
        """Move the cursor to an item."""
        line_number = next((line_number for line_number, item in enumerate(self._items) if item.key == key), None)
        if line_number is not None:
            self.move_cursor_to(line_number)

    def line_count(self) -> int:
        """Return the number of rows."""
        return len(self._items)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the column titles."""
        name_title, *titles = self._headings
        columns = "".join(fit(title, len(title) + _COLUMN_GAP) for title in titles)
        return (((fit(f" {name_title}", width - len(columns)) + columns, "heading"),),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        item = self._items[line_number]
        columns = "".join(
            fit(align_right(value, len(title)), len(title) + _COLUMN_GAP)
            for value, title in zip(item.values, self._headings[1:], strict=True)
        )
        name = fit(f" {_INDENT * item.depth}{item.name}", width - len(columns))
        return ((name, "muted" if item.is_muted else "text"), (columns, "muted"))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the row."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if was_selected:
            self.post_message(self.Opened())
