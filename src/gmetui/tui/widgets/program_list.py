"""The list of programs that match, or, when none does, what would bring some back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set

from textual.message import Message

from ...catalog.models import Program
from ...search import Query, Results
from ..rendering.program_columns import Column, columns_in
from ..rendering.program_row import column_at, heading, program_row, reason_words
from ..rendering.spans import BLANK, Line, fit
from .line_view import CursorView
from .option_list import Pick

_STAR = 2  # cells left of a name


class ProgramList(CursorView):
    """Programs as rows. Draws only the rows that are seen, however many there are."""

    class Opened(Message):
        """A program was chosen to be read."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    class Relaxed(Message):
        """One of the ways out of an empty list was chosen."""

        def __init__(self, query: Query) -> None:
            self.query = query
            super().__init__()

    class BeyondChosen(Message):
        """Something to read beyond programs was chosen."""

        def __init__(self, pick: Pick) -> None:
            self.pick = pick
            super().__init__()

    class Ordered(Message):
        """A heading was chosen: the list is to be ordered by its key."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    class Kept(Message):
        """The star of a program was clicked."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    class Marked(Message):
        """A program was clicked with the other button."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results: Results | None = None
        self._columns: Callable[[int], tuple[Column, ...]] = columns_in
        self.listed: Set[str] = frozenset()
        self.marked: Set[str] = frozenset()
        self._ways_out: list[tuple[Query, str, int]] = []
        self._beyond: Sequence[Pick] = ()
        self.look_beyond: Callable[[Results], Sequence[Pick]] = lambda results: ()
        self._rows: dict[tuple[int, int], Line] = {}

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        if self.results is None or not self.results.total:
            return None
        return self.results.programs(self.cursor, self.cursor + 1)[0]

    def show(self, results: Results, *, keep: bool) -> None:
        """Show other results; `keep` leaves the cursor on its program where that still matches."""
        before = self.program
        self.results = results
        self._rows = {}
        self._ways_out = [] if results.total else results.relaxed()
        self._beyond = () if results.total else self.look_beyond(results)
        row = results.row_of(before.id) if keep and before else None
        self.cursor = row or (0 if results.total else self._first_choosable())
        if row is None:
            self.top = 0
        else:
            self.top = max(0, min(self.top, results.total - self.room))
            self.show_line(row)
        self.update()
        if self.program is not before:
            self.moved()

    def show_columns(self, columns: Callable[[int], tuple[Column, ...]]) -> None:
        """Show other columns, chosen for a width."""
        self._columns = columns
        self._rows = {}
        self.update()

    def go_to(self, program: str) -> None:
        """Put the cursor on a program, where it matches."""
        row = self.results.row_of(program) if self.results else None
        if row is not None:
            self.move_to(row)

    def show_listed(self, listed: Set[str]) -> None:
        """Show other stars."""
        self.listed = listed
        self._rows = {}
        self.update()

    def show_marked(self, marks: Collection[str]) -> None:
        """Show other marks."""
        self.marked = frozenset(marks)
        self._rows = {}
        self.update()

    def count(self) -> int:
        """Return how many rows there are."""
        if self.results is None:
            return 0
        return self.results.total or self._first_beyond() + len(self._beyond)

    def _first_way_out(self) -> int:
        return 3

    def _first_choosable(self) -> int:
        return self._first_way_out() if self._ways_out else self._first_beyond()

    def _first_beyond(self) -> int:
        """The row of the first thing to read beyond programs; two rows above it stand a blank and a heading."""
        return self._first_way_out() + len(self._ways_out) + (2 if self._beyond else 0)

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on row `number`."""
        if self.results and self.results.total:
            return True
        place = number - self._first_way_out()
        return 0 <= place < len(self._ways_out) or number >= self._first_beyond()

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the headings of the columns."""
        return (heading(self._columns(width), width, self.results.query.sort if self.results else None),)

    def head_clicked(self, number: int, x: int) -> None:
        """Order by the column whose heading was clicked."""
        width = self.text_width
        self.post_message(self.Ordered(column_at(self._columns(width), width, x)))

    def line(self, number: int, width: int) -> Line:
        """Return row `number`."""
        if self.results is None:
            return BLANK
        if not self.results.total:
            return self._empty_line(number, width)
        row = self._rows.get((number, width))
        if row is None:
            program = self.results.programs(number, number + 1)[0]
            listed, compared = program.id in self.listed, program.id in self.marked
            columns = self._columns(width)
            row = program_row(self.results, program, width, columns, listed=listed, compared=compared)
            self._rows[number, width] = row
        return row

    def _empty_line(self, number: int, width: int) -> Line:
        if self.results is not None and not self.results.index.size:
            return (("  Reading the programs …", "muted"),) if not number else BLANK
        if number == 0:
            return (("  No program matches.", "strong"), (fit("  esc A adds lists of more.", width - 22), "muted"))
        if number == 1:
            words = "  These would bring some back; enter takes one:" if self._ways_out else "  Try fewer words."
            return ((words, "muted"),)
        place = number - self._first_way_out()
        beyond = number - self._first_beyond()
        if self._beyond and beyond == -1:
            return (("  Institutions say more:", "muted"),)
        if self._beyond and beyond >= 0:
            return (("  ≡ ", "tick"), (self._beyond[beyond].name, "match"))
        if not 0 <= place < len(self._ways_out):
            return BLANK
        _, clause, total = self._ways_out[place]
        return (("  without ", "muted"), (fit(clause, max(8, width - 28)).rstrip(), "match"), (f" → {total}", "text"))

    def clicked(self, number: int, x: int) -> None:
        """Choose a row; a second click opens it."""
        again = number == self.cursor
        super().clicked(number, x)
        if x < _STAR and self.program is not None:
            self.post_message(self.Kept(self.program))
            return
        if self.choosable(number) and (again or not (self.results and self.results.total)):
            self.action_open()

    def clicked_aside(self, number: int, x: int) -> None:
        """Mark the program that was clicked with the other button, or no longer."""
        super().clicked(number, _STAR)
        if self.program is not None:
            self.post_message(self.Marked(self.program))

    def words_at(self, number: int, x: int) -> str | None:
        """Return a program's name whole, where it is, and why it matched."""
        if self.results is None or not self.results.total:
            return None
        program = self.results.programs(number, number + 1)[0]
        catalog = self.results.index.catalog
        institution = catalog.institution[program.institution]
        reason = reason_words(self.results, program) if self.results.tokens else ""
        where = f"{institution.name}, {catalog.place_of(program)[0] or ''}"
        return "\n".join(filter(None, (program.name, where, reason)))

    def action_open(self) -> None:
        """Open the program under the cursor, or take the way out under it."""
        program = self.program
        if program is not None:
            self.post_message(self.Opened(program))
        elif self.results is not None:
            place = self.cursor - self._first_way_out()
            beyond = self.cursor - self._first_beyond()
            if 0 <= place < len(self._ways_out):
                self.post_message(self.Relaxed(self._ways_out[place][0]))
            elif 0 <= beyond < len(self._beyond):
                self.post_message(self.BeyondChosen(self._beyond[beyond]))
