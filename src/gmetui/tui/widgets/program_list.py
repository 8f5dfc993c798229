"""The list of programs that match, or, if none does, what the user can do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from typing import NamedTuple

from textual.message import Message

from ...catalog.models import Program
from ...search import Query, Results
from ...search.relaxations import Relaxation, relaxations
from ..rendering.program_columns import ProgramColumn, columns_for_width
from ..rendering.program_row import header_line, match_reason, program_row, sort_key_at
from ..rendering.spans import BLANK_LINE, StyledLine, fit
from .line_view import CursorView
from .option_list import ListOption

_STAR_CELLS = 2  # where a click saves the program
_RELAXATION_MARGIN = 28  # cells beside the removed term
_MIN_TERM_WIDTH = 8


class _Suggestion(NamedTuple):
    """A line of an empty list: a text, or a target that opens when it is chosen."""

    line: StyledLine = BLANK_LINE
    target: Relaxation | ListOption | None = None

    def render(self, width: int) -> StyledLine:
        """Return the line for a width."""
        if isinstance(self.target, Relaxation):
            removed_term = fit(self.target.removed, max(_MIN_TERM_WIDTH, width - _RELAXATION_MARGIN)).rstrip()
            return (("  without ", "muted"), (removed_term, "match"), (f" → {self.target.total:,}", "text"))
        if self.target is not None:
            return (("  ≡ ", "tick"), (self.target.label, "match"))
        return self.line


class ProgramList(CursorView):
    """Programs as rows. Draws only the rows in sight, however many there are."""

    class Opened(Message):
        """A program is to be read."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    class RelaxationSelected(Message):
        """A term is to be removed from a query without results."""

        def __init__(self, query: Query) -> None:
            self.query = query
            super().__init__()

    class TopicSelected(Message):
        """A section of an institution's page was chosen."""

        def __init__(self, topic: ListOption) -> None:
            self.topic = topic
            super().__init__()

    class SortRequested(Message):
        """A column title was clicked: the list is to be sorted by its key."""

        def __init__(self, sort_key: str) -> None:
            self.sort_key = sort_key
            super().__init__()

    class SaveToggled(Message):
        """The star of a program was clicked."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    class MarkToggled(Message):
        """A program was right-clicked."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results: Results | None = None
        self.saved_ids: Set[str] = frozenset()
        self.marked_ids: Set[str] = frozenset()
        self.find_topics: Callable[[Results], Sequence[ListOption]] = lambda results: ()
        self._columns_for_width: Callable[[int], tuple[ProgramColumn, ...]] = columns_for_width
        self._suggestions: list[_Suggestion] = []
        self._row_cache: dict[tuple[int, int], StyledLine] = {}

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        if self.results is None or not self.results.total:
            return None
        return self.results.programs(self.cursor, self.cursor + 1)[0]

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show other results; `keep_cursor` leaves the cursor on its program if that still matches."""
        previous_program = self.program
        self.results = results
        self._row_cache = {}
        self._suggestions = [] if results.total else self._suggest(results)
        row = results.row_of(previous_program.id) if keep_cursor and previous_program else None
        if row is None:
            self.cursor = next((line_number for line_number, item in enumerate(self._suggestions) if item.target), 0)
            self.top_line = 0
        else:
            self.cursor = row
            self.top_line = max(0, min(self.top_line, results.total - self.visible_line_count))
            self.scroll_line_into_view(row)
        self.redraw()
        if self.program is not previous_program:
            self.cursor_moved()

    def set_columns(self, columns: Callable[[int], tuple[ProgramColumn, ...]]) -> None:
        """Show other columns; `columns` returns those for a width."""
        self._columns_for_width = columns
        self._redraw_rows()

    def set_saved_ids(self, saved_ids: Set[str]) -> None:
        """Show a star beside other programs."""
        self.saved_ids = saved_ids
        self._redraw_rows()

    def set_marked_ids(self, marked_ids: Collection[str]) -> None:
        """Show the comparison mark beside other programs."""
        self.marked_ids = frozenset(marked_ids)
        self._redraw_rows()

    def _redraw_rows(self) -> None:
        self._row_cache = {}
        self.redraw()

    def go_to(self, program_id: str) -> None:
        """Move the cursor to a program, if it is in the list."""
        row = self.results.row_of(program_id) if self.results else None
        if row is not None:
            self.move_cursor_to(row)

    # Lines.

    def line_count(self) -> int:
        """Return the number of rows."""
        if self.results is None:
            return 0
        return self.results.total or len(self._suggestions)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether the cursor can be on row `line_number`."""
        return not self._suggestions or self._suggestions[line_number].target is not None

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the column titles."""
        return (header_line(self._columns_for_width(width), width, self.results.query.sort if self.results else None),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        if self.results is None:
            return BLANK_LINE
        if self._suggestions:
            return self._suggestions[line_number].render(width)
        row = self._row_cache.get((line_number, width))
        if row is None:
            program = self.results.programs(line_number, line_number + 1)[0]
            columns = self._columns_for_width(width)
            is_saved, is_marked = program.id in self.saved_ids, program.id in self.marked_ids
            row = program_row(self.results, program, width, columns, is_saved=is_saved, is_marked=is_marked)
            self._row_cache[line_number, width] = row
        return row

    def _suggest(self, results: Results) -> list[_Suggestion]:
        """Return the lines shown when no program matches."""
        if not results.index.size:
            return [_Suggestion((("  Loading programs …", "muted"),))]
        alternatives, topics = relaxations(results), self.find_topics(results)
        advice = "Try fewer words, or import more programs (Esc, A)."
        if alternatives:
            advice = "Remove a term to see results (Enter):"
        lines = [
            _Suggestion((("  No programs match.", "strong"),)),
            _Suggestion(((f"  {advice}", "muted"),)),
            _Suggestion(),
            *(_Suggestion(target=alternative) for alternative in alternatives),
        ]
        if topics:
            lines += [_Suggestion(), _Suggestion((("  On the pages of institutions:", "muted"),))]
        return [*lines, *(_Suggestion(target=topic) for topic in topics)]

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return a program's name and location in full, and why it matched."""
        if self.results is None or not self.results.total:
            return None
        program = self.results.programs(line_number, line_number + 1)[0]
        catalog = self.results.index.catalog
        city, _ = catalog.location_of(program)
        location = ", ".join(filter(None, (catalog.institution[program.institution].name, city)))
        reason = match_reason(self.results, program) if self.results.tokens else ""
        return "\n".join(filter(None, (program.name, location, reason)))

    # Mouse and keys.

    def header_clicked(self, line_number: int, x: int) -> None:
        """Sort by the column whose title was clicked."""
        columns = self._columns_for_width(self.text_width)
        self.post_message(self.SortRequested(sort_key_at(columns, self.text_width, x)))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the row, a click on the star saves the program."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if x < _STAR_CELLS and self.program is not None:
            self.post_message(self.SaveToggled(self.program))
        elif self.is_selectable(line_number) and (was_selected or self._suggestions):
            self.action_open()

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Mark or unmark the clicked program for comparison."""
        super().line_clicked(line_number, x)
        if self.program is not None:
            self.post_message(self.MarkToggled(self.program))

    def action_open(self) -> None:
        """Open the program or the suggestion under the cursor."""
        program = self.program
        target = self._suggestions[self.cursor].target if self._suggestions else None
        if program is not None:
            self.post_message(self.Opened(program))
        elif isinstance(target, Relaxation):
            self.post_message(self.RelaxationSelected(target.query))
        elif target is not None:
            self.post_message(self.TopicSelected(target))
