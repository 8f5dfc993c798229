"""The shortlist as rows, and the notes on the entry under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Set

from textual.message import Message

from ...shortlist.entries import Entry
from ..rendering.shortlist_rows import ShortlistRenderer
from ..rendering.spans import BLANK_LINE, StyledLine
from .line_view import CursorView, LineView

_EMPTY_LINES: tuple[StyledLine, ...] = (
    BLANK_LINE,
    (("  Your shortlist is empty.", "strong"),),
    (("  Go back (Esc), move the cursor to a program", "muted"),),
    (("  and press s to save it.", "muted"),),
)


class ShortlistView(CursorView):
    """Saved programs in rank order or another. The cursor stays on its program when the order changes."""

    class Opened(Message):
        """An entry is to be read."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    def __init__(self, renderer: ShortlistRenderer, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.renderer = renderer
        self.marked_ids: Set[str] = frozenset()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order on screen."""
        return self.renderer.sorted_shortlist.entries

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def show_entries(self, renderer: ShortlistRenderer) -> None:
        """Show another list, or the list in another order."""
        previous_entry = self.entry
        self.renderer = renderer
        position = renderer.sorted_shortlist.position(previous_entry.id) if previous_entry else None
        self.cursor = max(0, min(self.cursor, len(self.entries) - 1)) if position is None else position
        self.scroll_line_into_view(self.cursor)
        self.redraw()

    def set_marked_ids(self, marked_ids: Iterable[str]) -> None:
        """Show the comparison mark beside other programs."""
        self.marked_ids = frozenset(marked_ids)
        self.redraw()

    def go_to(self, program_id: str) -> None:
        """Move the cursor to a program, if it is on the list."""
        position = self.renderer.sorted_shortlist.position(program_id)
        if position is not None:
            self.move_cursor_to(position)

    def line_count(self) -> int:
        """Return the number of rows."""
        return len(self.entries) or len(_EMPTY_LINES)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether row `line_number` is an entry."""
        return bool(self.entries)

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on row `line_number`."""
        return bool(self.entries) and super().has_cursor(line_number)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the column titles."""
        return (self.renderer.header_line(width),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        if not self.entries:
            return _EMPTY_LINES[line_number]
        entry = self.entries[line_number]
        return self.renderer.row(entry, width, is_marked=entry.id in self.marked_ids)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the entry."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if was_selected and self.entry is not None:
            self.post_message(self.Opened(self.entry))


class EntryNotes(LineView, can_focus=False):
    """What changed about the entry under the cursor, and what was written about it.

    It isn't a Static in a scrolling container, since that would lay out the screen at each move of the cursor.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: Entry | None = None
        self._renderer: ShortlistRenderer | None = None

    def show_entry(self, renderer: ShortlistRenderer, entry: Entry | None) -> None:
        """Show the notes on another entry."""
        self._renderer, self._entry = renderer, entry
        self.top_line = 0
        self.redraw()

    def _note_lines(self, width: int) -> list[StyledLine]:
        if self._entry is None or self._renderer is None:
            return [BLANK_LINE]
        return self._renderer.note_lines(self._entry, width) or [((" None yet; n adds a note", "muted"),)]

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._note_lines(self.text_width))

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the heading."""
        return (((" Notes", "heading"),),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return self._note_lines(width)[line_number]
