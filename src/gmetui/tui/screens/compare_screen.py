"""Compare: the marked programs side by side."""

from __future__ import annotations

from collections.abc import Set
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ...catalog.ids import ProgramId
from ...catalog.models import Program
from ...shortlist.entries import Shortlist
from ..actions import bindings
from ..context import AppContext
from ..contexts import COMPARE_ACTIONS
from ..widgets.cell_detail import CellDetail
from ..widgets.comparison_view import ComparisonView
from .base_screen import BaseScreen

_NEED_PROGRAMS = frozenset(("next-column", "differences", "open-program", "remove-program", "save", "source"))


class CompareScreen(BaseScreen):
    """Any number of programs side by side."""

    AUTO_FOCUS = "#comparison"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMPARE_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "compare")
        self.comparison = ComparisonView(self.catalog, id="comparison")

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.comparison
        yield CellDetail(id="cell")

    def on_mount(self) -> None:
        """Follow the marks and the shortlist."""
        session = self.context.session
        self.comparison.cell_callback = self._show_cell
        self.subscribe(session.marks, self._show_programs)
        self.subscribe(session.open_list.current, self._show_saved)

    def _show_programs(self, marked_ids: tuple[ProgramId, ...]) -> None:
        programs = [self.catalog.program[marked] for marked in marked_ids if marked in self.catalog.program]
        self.comparison.show_programs(programs)
        self.query_one(CellDetail).display = bool(programs)
        self.show_keys()

    def _show_saved(self, shortlist: Shortlist) -> None:
        self.comparison.show_saved(frozenset(entry.id for entry in shortlist))

    def idle_actions(self) -> Set[str]:
        """Return what needs programs while there are none."""
        return frozenset() if self.comparison.programs else _NEED_PROGRAMS

    def _show_cell(self) -> None:
        self.query_one(CellDetail).show_cell(self.comparison.cell)

    @property
    def program(self) -> Program | None:
        """The program in the selected column."""
        return self.comparison.program

    def action_add_program(self) -> None:
        """Find a program to add."""
        from ..dialogs.command_palette import find_programs_to_compare

        find_programs_to_compare(self.context)

    def action_remove_program(self) -> None:
        """Remove the selected program from the comparison."""
        if self.program is not None:
            self.context.session.toggle_mark(self.program)

    def action_move_program(self, step: int) -> None:
        """Move the selected program to the left (-1) or to the right (1)."""
        program = self.program
        marked_ids = list(self.context.session.marks.value)
        if program is None or program.id not in marked_ids:
            return
        place = marked_ids.index(program.id)
        target = place + step
        if 0 <= target < len(marked_ids):
            marked_ids[place], marked_ids[target] = marked_ids[target], marked_ids[place]
            self.context.session.set_marks(tuple(marked_ids), f"moved {program.name}")

    def action_open_program(self) -> None:
        """Read the program of the column; in a cell that lists programs, show them."""
        linked_ids = self.comparison.linked_program_ids
        if linked_ids:
            self.context.open_query(f"id:{','.join(linked_ids)}")
        elif self.program is not None:
            self.context.open_program(self.program.id)

    def action_source(self) -> None:
        """Open the page that states the cell under the cursor, or else the program's web page."""
        details = self.comparison.cell.details if self.comparison.cell else ()
        addresses = (citation.source.url for value in details for citation in value.citations)
        address = next(filter(None, addresses), None)
        if address is not None:
            self.open_web_page(address)
        else:
            super().action_source()

    def action_back(self) -> None:
        """Go back to the Explore screen."""
        self.context.action_open_screen("explore")
