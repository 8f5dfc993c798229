"""The list of programs that match, below the pages and the values that the query asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...documents.program_columns import (
    EMPTY_CELL,
    MILES_ID,
    CellText,
    ProgramColumn,
    miles_column,
    remembering_columns,
)
from ...search import Query, Results
from ...search.page_hits import PageHit
from .. import clock
from ..rendering.column_widths import MAX_MEASURED, fitted_columns
from ..rendering.program_row import header_line, is_cut, match_reason, program_row, sort_key_at
from ..rendering.spans import BLANK_LINE, StyledLine, pane_title
from .line_view import CursorView

if TYPE_CHECKING:
    from ..rendering.list_offers import ListOffer

_STAR_CELLS = 2  # where a click saves the program


def _miles_text(results: Results, _: Catalog, program: Program, _today: date) -> str:
    miles = results.miles_of(program)
    return EMPTY_CELL if miles is None else str(miles)


class ProgramList(CursorView):
    """Programs as rows. Draws only the rows in sight, however many there are."""

    class Opened(Message):
        """A program is to be read."""

        def __init__(self, program: Program) -> None:
            self.program = program
            super().__init__()

    class OfferSelected(Message):
        """A line that is no program was chosen: a page, or a query."""

        def __init__(self, target: PageHit | Query) -> None:
            self.target = target
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
        self._column_ids: Sequence[str] = ()  # those that the user chose; () for the default ones
        self._columns: dict[int, tuple[ProgramColumn, ...]] = {}  # by width
        self._fits_text: CellText | None = None
        self._all_columns = remembering_columns()
        self._offers: list[ListOffer] = []
        self._row_cache: dict[tuple[int, int], StyledLine] = {}

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        return self._program_at(self.cursor)

    @property
    def page_hit(self) -> PageHit | None:
        """The page under the cursor, if it is on one."""
        target = self._offers[self.cursor].target if self.cursor < len(self._offers) else None
        return target if isinstance(target, PageHit) else None

    @property
    def row(self) -> int:
        """The row of the cursor among the programs."""
        return max(0, self.cursor - len(self._offers))

    def _program_at(self, line_number: int) -> Program | None:
        row = line_number - len(self._offers)
        return self.results.programs(row, row + 1)[0] if self.results and 0 <= row < self.results.total else None

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show other results; `keep_cursor` leaves the cursor on its program if that still matches."""
        previous_program = self.program
        if self.results is None or self.results.index.catalog is not results.index.catalog:
            self._all_columns = remembering_columns(self._fits_text)
        self.results = results
        self._row_cache, self._columns = {}, {}
        from ..rendering.list_offers import list_offers

        self._offers = list_offers(results)
        row = results.row_of(previous_program.id) if keep_cursor and previous_program else None
        if row is None:
            self.cursor = self._first_line()
            self.top_line = 0
        else:
            self.cursor = len(self._offers) + row
            self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))
            self.scroll_line_into_view(self.cursor)
        self.redraw()
        if self.program is not previous_program:
            self.cursor_moved()

    def _first_line(self) -> int:
        """Return where the cursor begins: on the best program, unless an offer is likelier meant or no program matches.

        That a name has a page of its own is no reason to leave the programs.
        """
        targets = [(line_number, offer.target) for line_number, offer in enumerate(self._offers) if offer.target]
        if self.results and self.results.total:
            targets = [pair for pair in targets if not isinstance(pair[1], PageHit) or pair[1].is_answer]
        return targets[0][0] if targets else len(self._offers) if self.results and self.results.total else 0

    def set_column_ids(self, column_ids: Sequence[str]) -> None:
        """Show the columns with some ids, or the default ones for ()."""
        self._column_ids = column_ids
        self._columns = {}
        self._redraw_rows()

    def show_fits(self, fits_text: CellText | None) -> None:
        """Show in a column what `fits_text` returns for a program; None: there is no profile to compare with."""
        self._fits_text = fits_text
        self._all_columns = remembering_columns(fits_text)
        self._columns = {}
        self._redraw_rows()

    def columns_at(self, width: int) -> tuple[ProgramColumn, ...]:
        """Return the columns for a width."""
        if self.results is None:
            return ()
        columns = self._columns.get(width)
        if columns is None:
            first_programs = self.results.programs(0, MAX_MEASURED)
            catalog = self.results.index.catalog
            today = clock.today()

            def cell_text(column: ProgramColumn, program: Program) -> str:
                return column.cell_text(catalog, program, today)

            columns = fitted_columns(first_programs, cell_text, width, self._column_ids, self._offered_columns())
            self._columns[width] = columns
        return columns

    def _offered_columns(self) -> Mapping[str, ProgramColumn]:
        """Return the columns that the list may show, with the miles where the search asks for a distance."""
        if self.results is None or not self.results.asks_distance:
            return self._all_columns
        return {**self._all_columns, MILES_ID: miles_column(partial(_miles_text, self.results))}

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
            self.go_to_row(row)

    def go_to_row(self, row: int) -> None:
        """Move the cursor to a row of the programs."""
        self.move_cursor_to(len(self._offers) + row)

    # Lines.

    def line_count(self) -> int:
        """Return the number of rows."""
        if self.results is None:
            return 0
        return len(self._offers) + self.results.total

    def is_selectable(self, line_number: int) -> bool:
        """Return whether the cursor can be on row `line_number`."""
        return line_number >= len(self._offers) or self._offers[line_number].target is not None

    @property
    def header_height(self) -> int:
        """One line."""
        return 1

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title of the list and of its columns."""
        if self.results is None:
            return (pane_title("Programs", "", width, has_focus=self.has_focus),)
        total, size = self.results.total, self.results.index.size
        count = f"{total:,}" if total == size else f"{total:,} of {size:,}"
        columns, sort = self.columns_at(width), self.results.query.sort
        return (header_line("Programs", count, columns, width, sort, has_focus=self.has_focus),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return row `line_number`."""
        if line_number < len(self._offers):
            return self._offers[line_number].render(width)
        row = self._row_cache.get((line_number, width))
        if row is None:
            program = self._program_at(line_number)
            if program is None or self.results is None:
                return BLANK_LINE
            columns = self.columns_at(width)
            is_saved, is_marked = program.id in self.saved_ids, program.id in self.marked_ids
            row = program_row(self.results, program, width, columns, is_saved=is_saved, is_marked=is_marked)
            self._row_cache[line_number, width] = row
        return row

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return a program's name and location in full, and why it matched, where the row has no room for its name."""
        program = self._program_at(line_number)
        if (
            program is None
            or self.results is None
            or not is_cut(program, self.text_width, self.columns_at(self.text_width))
        ):
            return None
        catalog = self.results.index.catalog
        city, _ = catalog.location_of(program)
        location = ", ".join(filter(None, (catalog.institution[program.institution].name, city)))
        reason = match_reason(self.results, program) if self.results.tokens else ""
        return "\n".join(filter(None, (program.name, location, reason)))

    # Mouse and keys.

    def header_clicked(self, line_number: int, x: int) -> None:
        """Sort by the column whose title was clicked."""
        columns = self.columns_at(self.text_width)
        self.post_message(self.SortRequested(sort_key_at(columns, self.text_width, x)))

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click opens the row, a click on the star saves the program."""
        was_selected = line_number == self.cursor
        super().line_clicked(line_number, x)
        if x < _STAR_CELLS and self.program is not None:
            self.post_message(self.SaveToggled(self.program))
        elif self.is_selectable(line_number) and (was_selected or line_number < len(self._offers)):
            self.action_open()

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Mark or unmark the clicked program for comparison."""
        super().line_clicked(line_number, x)
        if self.program is not None:
            self.post_message(self.MarkToggled(self.program))

    def action_open(self) -> None:
        """Open the program or the offer under the cursor."""
        program = self.program
        target = self._offers[self.cursor].target if self.cursor < len(self._offers) else None
        if program is not None:
            self.post_message(self.Opened(program))
        elif isinstance(target, PageHit):
            self.post_message(self.OfferSelected(target))
        elif target is not None:
            self.post_message(self.OfferSelected(target.query))
