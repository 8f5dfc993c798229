"""The shortlist as rows, and the note on the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Set

from textual.message import Message

from ...catalog.model import Catalog
from ...planning.shortlist import Entry, Shortlist
from ..rendering.lines import BLANK, Line, fit, wrap
from ..rendering.rows import entry_heading, entry_row
from .line_view import CursorView, LineView


class ListedPrograms(CursorView):
    """Listed programs in rank order. The cursor stays on its program when the order changes."""

    class Opened(Message):
        """An entry was chosen to be read."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.shortlist = Shortlist()
        self.marked: Set[str] = frozenset()

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        entries = self.shortlist.entries
        return entries[self.cursor] if self.cursor < len(entries) else None

    def show(self, shortlist: Shortlist) -> None:
        """Show another list."""
        before = self.entry
        self.shortlist = shortlist
        place = shortlist.position(before.id) if before else None
        self.cursor = max(0, min(self.cursor, len(shortlist) - 1)) if place is None else place
        self.show_line(self.cursor)
        self.update()

    def show_marked(self, marks: Iterable[str]) -> None:
        """Show other marks."""
        self.marked = frozenset(marks)
        self.update()

    def _row(self, number: int, width: int) -> Line:
        entry = self.shortlist.entries[number]
        return entry_row(self.catalog, entry, number + 1, width, marked=entry.id in self.marked)

    def go_to(self, program: str) -> None:
        """Put the cursor on a program, where it is listed."""
        place = self.shortlist.position(program)
        if place is not None:
            self.move_to(place)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.shortlist) or 4

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on row `number`."""
        return bool(self.shortlist.entries)

    def has_cursor(self, number: int) -> bool:
        """Tell whether the cursor stands on row `number`."""
        return bool(self.shortlist.entries) and super().has_cursor(number)

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the headings of the columns."""
        return (entry_heading(width),)

    def line(self, number: int, width: int) -> Line:
        """Return row `number`."""
        if self.shortlist.entries:
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
    """The note on the entry under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: Entry | None = None

    def show(self, entry: Entry | None) -> None:
        """Show the note of another entry."""
        self._entry = entry
        self.top = 0
        self.update()

    def _lines(self, width: int) -> list[str]:
        if self._entry is None:
            return []
        tags = wrap(" ".join(f"#{tag}" for tag in self._entry.tags), width - 2) if self._entry.tags else []
        dates = [f"{day} {what}" for what, day in self._entry.dates]
        return dates + tags + (wrap(self._entry.note, width - 2) if self._entry.note else [])

    def count(self) -> int:
        """Return how many lines the note has."""
        return len(self._lines(self.text_width)) or 1

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the heading."""
        return (((" Your note", "heading"),),)

    def line(self, number: int, width: int) -> Line:
        """Return line `number` of the note."""
        lines = self._lines(width)
        if lines:
            return ((f" {lines[number]}", "text"),)
        return ((" none; n writes one", "muted"),) if self._entry else BLANK
