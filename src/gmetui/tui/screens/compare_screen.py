"""Compare: the marked programs side by side."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ...catalog.ids import ProgramId
from ...catalog.models import Program
from ...text import plural
from ..actions import bindings
from ..context import AppContext
from ..contexts import COMPARE_ACTIONS
from ..widgets.bars import Bar
from ..widgets.comparison_view import ComparisonView
from .base_screen import BaseScreen
from .title_bar import TitleBar


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
        yield Bar(id="status")

    def on_mount(self) -> None:
        """Follow the marks and the shortlist."""
        session, title_bar = self.context.session, self.query_one(TitleBar)
        self.subscribe(session.marks, self._show_programs)
        self.subscribe(session.open_list.current, lambda shortlist: title_bar.set_saved_count(len(shortlist)))

    def _show_programs(self, marked_ids: tuple[ProgramId, ...]) -> None:
        programs = [self.catalog.program[marked] for marked in marked_ids if marked in self.catalog.program]
        self.comparison.show_programs(programs)
        count = f" {plural(len(programs), 'program')} side by side"
        hint = "  fields in bold differ; d shows only these" if len(programs) > 1 else ""
        self.query_one("#status", Bar).show_line(((count, "strong"), (hint, "muted")))

    @property
    def program(self) -> Program | None:
        """The program in the selected column."""
        return self.comparison.program

    def action_save(self) -> None:
        """Save the selected program to the shortlist, or remove it."""
        if self.program is not None:
            self.context.session.toggle_saved(self.program)

    def action_add_program(self) -> None:
        """Find a program to add."""
        from ..dialogs.command_palette import find_programs_to_compare

        find_programs_to_compare(self.context)

    def action_remove_program(self) -> None:
        """Remove the selected program from the comparison."""
        if self.program is not None:
            self.context.session.toggle_mark(self.program)

    def action_open_program(self) -> None:
        """Read the selected program."""
        if self.program is not None:
            self.context.open_query(f"id:{self.program.id}")

    def action_back(self) -> None:
        """Go back to the Explore screen."""
        self.context.action_open_screen("explore")
