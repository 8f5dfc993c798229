"""The shortlist as rows, and the note on the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Set

from textual.message import Message

from ...shortlist.entries import Entry
from ..rendering.shortlist_rows import Listing
from ..rendering.spans import BLANK, Line, fit
from .line_view import CursorView, LineView


class ListedPrograms(CursorView):
    """Listed programs in rank order or another. The cursor stays on its program when the order changes."""

    class Opened(Message):
        """An entry was chosen to be read."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    def __init__(self, listing: Listing, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing = listing
        self.marked: Set[str] = frozenset()

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        entries = self.listing.shown.entries
        return entries[self.cursor] if self.cursor < len(entries) else None

    def show(self, listing: Listing) -> None:
        """Show another list."""
        before = self.entry
        self.listing = listing
        shown = listing.shown
        place = shown.position(before.id) if before else None
        self.cursor = max(0, min(self.cursor, len(shown) - 1)) if place is None else place
        self.show_line(self.cursor)
        self.update()

    def show_marked(self, marks: Iterable[str]) -> None:
        """Show other marks."""
        self.marked = frozenset(marks)
        self.update()

    def _row(self, number: int, width: int) -> Line:
        entry = self.listing.shown.entries[number]
        return self.listing.row(entry, width, marked=entry.id in self.marked)

    def go_to(self, program: str) -> None:
        """Put the cursor on a program, where it is listed."""
        place = self.listing.shown.position(program)
        if place is not None:
            self.move_to(place)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.listing.shown) or 4

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on row `number`."""
        return bool(self.listing.shown.entries)

    def has_cursor(self, number: int) -> bool:
        """Tell whether the cursor stands on row `number`."""
        return bool(self.listing.shown.entries) and super().has_cursor(number)

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the headings of the columns."""
        return (self.listing.heading(width),)

    def line(self, number: int, width: int) -> Line:
        """Return row `number`."""
        if self.listing.shown.entries:
            return self._row(number, width)
        words = ("", "  Your shortlist is empty.", "  Go back with esc, put the cursor on a program", "  and press s.")
        return ((fit(words[number], width), "strong" if number == 1 else "muted"),)

    def clicked(self, number: int, x: int) -> None:
        """Choose a row; a second click opens it."""
        again = number == self.cursor
        super().clicked(number, x)
        if again and self.entry is not None:
            self.post_message(self.Opened(self.entry))


class Remark(LineView, can_focus=False):
    """What is new about the entry under the cursor, and what was written on it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: Entry | None = None
        self._listing: Listing | None = None

    def show(self, listing: Listing, entry: Entry | None) -> None:
        """Show what belongs to another entry."""
        self._listing, self._entry = listing, entry
        self.top = 0
        self.update()

    def _lines(self, width: int) -> list[Line]:
        if self._entry is None or self._listing is None:
            return []
        return self._listing.remarks(self._entry, width)

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines(self.text_width)) or 1

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the heading."""
        return (((" Notes", "heading"),),)

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        lines = self._lines(width)
        if lines:
            return lines[number]
        return ((" none; n writes one", "muted"),) if self._entry else BLANK
