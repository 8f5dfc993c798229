"""The shortlist as rows that can be selected, filtered and dragged, and the notes on the entry under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Set

from textual.events import MouseDown, MouseMove, MouseUp
from textual.message import Message

from ...shortlist.entries import Entry
from ..labels import entry_label
from ..rendering.shortlist_rows import ShortlistRenderer
from ..rendering.spans import BLANK_LINE, StyledLine, pane_title
from .line_view import CursorView, LineView
from .list_filter import has_words

_EMPTY_LINES: tuple[StyledLine, ...] = (
    BLANK_LINE,
    (("  Your shortlist is empty.", "strong"),),
    (("  Go back (Esc), move the cursor to a program", "muted"),),
    (("  and press s to save it.", "muted"),),
)
_NO_MATCH_LINES: tuple[StyledLine, ...] = (BLANK_LINE, (("  No rows match. Esc shows all.", "muted"),))
_LEFT_BUTTON = 1


class ShortlistView(CursorView):
    """Saved programs in rank order or another. The cursor stays on its program when the order changes.

    `selected_ids` are the rows that commands act on in place of the row under the cursor. Only rows on screen can be
    selected: a filter deselects what it hides.
    """

    SELECTS_TEXT = False  # dragging a row moves it

    class Opened(Message):
        """An entry is to be read."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    class SelectionChanged(Message):
        """Other rows are selected."""

    class SortRequested(Message):
        """A column title was clicked: the list is to be sorted by its key."""

        def __init__(self, sort_key: str) -> None:
            self.sort_key = sort_key
            super().__init__()

    class Dropped(Message):
        """An entry was dragged to the row of another."""

        def __init__(self, entry: Entry, line_number: int) -> None:
            self.entry = entry
            self.line_number = line_number
            super().__init__()

    def __init__(self, renderer: ShortlistRenderer, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.renderer = renderer
        self.marked_ids: Set[str] = frozenset()
        self.selected_ids: frozenset[str] = frozenset()
        self.entries: tuple[Entry, ...] = ()  # in the order on screen
        self._filter_text = ""
        self._grabbed_line: int | None = None  # while the mouse button is down
        self._drop_line: int | None = None  # where a dragged row would come
        self._was_dragged = False  # so that the end of a drag isn't a click

    @property
    def targets(self) -> tuple[Entry, ...]:
        """The selected entries, or else the one under the cursor."""
        selected = tuple(entry for entry in self.entries if entry.id in self.selected_ids)
        return selected or ((self.entry,) if self.entry else ())

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def show_entries(self, renderer: ShortlistRenderer) -> None:
        """Show another list, or the list in another order."""
        self.renderer = renderer
        self._arrange_entries()

    def show_matches(self, text: str) -> None:
        """Show only the entries with the words of a text."""
        self._filter_text = text
        self._arrange_entries()
        self.cursor_moved()

    def _arrange_entries(self) -> None:
        """Take the entries to show from the list, keep the cursor on its entry, and deselect what isn't shown."""
        previous_entry = self.entry
        entries, names_of = self.renderer.sorted_shortlist.entries, self.renderer.names_of
        self.entries = tuple(entry for entry in entries if has_words(names_of(entry), self._filter_text))
        ids = [entry.id for entry in self.entries]
        is_shown = previous_entry is not None and previous_entry.id in ids
        self.cursor = ids.index(previous_entry.id) if previous_entry and is_shown else self.cursor
        self.cursor = max(0, min(self.cursor, len(ids) - 1))
        self._select(self.selected_ids.intersection(ids))
        self.scroll_line_into_view(self.cursor)
        self.redraw()

    def set_marked_ids(self, marked_ids: Iterable[str]) -> None:
        """Show the comparison mark beside other programs."""
        self.marked_ids = frozenset(marked_ids)
        self.redraw()

    def go_to(self, program_id: str) -> None:
        """Move the cursor to a program, if it is on the list."""
        line_number = next((line for line, entry in enumerate(self.entries) if entry.id == program_id), None)
        if line_number is not None:
            self.move_cursor_to(line_number)

    # The selection.

    def _select(self, ids: Set[str]) -> None:
        if ids != self.selected_ids:
            self.selected_ids = frozenset(ids)
            self.post_message(self.SelectionChanged())
            self.redraw()

    def toggle_selected(self) -> None:
        """Select the entry under the cursor, or deselect it."""
        if self.entry is not None:
            self._select(self.selected_ids ^ {self.entry.id})

    def extend_selection(self, step: int) -> None:
        """Select the entry under the cursor and the next one (1) or the one before (-1), and move the cursor there."""
        before = self.entry
        self.action_move(step)
        if before is not None and self.entry is not None:
            self._select(self.selected_ids | {before.id, self.entry.id})

    def select_all(self) -> None:
        """Select all entries on screen, or none if they are selected."""
        ids = {entry.id for entry in self.entries}
        self._select(frozenset() if ids == self.selected_ids else ids)

    def clear_selection(self) -> bool:
        """Deselect everything. Return False if nothing was selected."""
        had_selection = bool(self.selected_ids)
        self._select(frozenset())
        return had_selection

    def row_ground(self, line_number: int) -> str:
        """Return the ground of a selected row, and of the row to which one is dragged."""
        if line_number == self._drop_line:
            return "title-row-focused"
        is_entry = line_number < len(self.entries)
        return "selected-row" if is_entry and self.entries[line_number].id in self.selected_ids else ""

    # Lines.

    @property
    def _placeholder(self) -> tuple[StyledLine, ...]:
        return _NO_MATCH_LINES if self._filter_text and len(self.renderer.shortlist) else _EMPTY_LINES

    def line_count(self) -> int:
        """Return the number of rows."""
        return len(self.entries) or len(self._placeholder)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether row `line_number` is an entry."""
        return bool(self.entries)

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on row `line_number`."""
        return bool(self.entries) and super().has_cursor(line_number)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title of the list and those of the columns."""
        counts = len(self.entries), len(self.selected_ids)
        return (self.renderer.header_line(*counts, width, has_focus=self.has_focus),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        if not self.entries:
            return self._placeholder[line_number]
        entry = self.entries[line_number]
        is_marked, is_selected = entry.id in self.marked_ids, entry.id in self.selected_ids
        return self.renderer.row(entry, width, is_marked=is_marked, is_selected=is_selected)

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return the hospital and name of an entry whose row has no room for them."""
        if line_number >= len(self.entries) or not self.renderer.is_cut(self.entries[line_number], self.text_width):
            return None
        return entry_label(self.renderer.catalog, self.entries[line_number])

    # Mouse.

    def header_clicked(self, line_number: int, x: int) -> None:
        """Sort by the column whose title was clicked."""
        sort_key = self.renderer.sort_key_at(self.text_width, x)
        if sort_key:
            self.post_message(self.SortRequested(sort_key))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the entry."""
        if self._was_dragged:
            return
        was_under_cursor = line_number == self.cursor
        super().line_clicked(line_number, x)
        if was_under_cursor and self.entry is not None:
            self.post_message(self.Opened(self.entry))

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Select the clicked entry, or deselect it."""
        super().line_clicked(line_number, x)
        self.toggle_selected()

    def _line_at(self, y: int) -> int | None:
        """Return the entry at row `y` of the pane."""
        line_number = self.top_line + y - len(self.header_lines(self.text_width))
        return line_number if self.top_line <= line_number < len(self.entries) else None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Grab a row, in case the mouse drags it."""
        self._was_dragged = False
        if event.button == _LEFT_BUTTON and not event.ctrl and event.x < self.text_width:
            self._grabbed_line = self._line_at(event.y)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Show where the dragged row would come."""
        line_number = self._line_at(event.y)
        if self._grabbed_line is None or line_number is None or event.button != _LEFT_BUTTON:
            return
        if line_number != self._grabbed_line and self._drop_line is None:
            self.capture_mouse()
            self.move_cursor_to(self._grabbed_line)
        self._drop_line = line_number if line_number != self._grabbed_line else None
        self.redraw()

    def on_mouse_up(self, event: MouseUp) -> None:
        """Drop the dragged row."""
        grabbed_line, drop_line = self._grabbed_line, self._drop_line
        self._grabbed_line = self._drop_line = None
        if grabbed_line is not None and drop_line is not None:
            self._was_dragged = True
            self.release_mouse()
            self.post_message(self.Dropped(self.entries[grabbed_line], drop_line))
            self.redraw()


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
        """Return the title."""
        return (pane_title("Notes", "", width, has_focus=False, hint="n "),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        return self._note_lines(width)[line_number]
