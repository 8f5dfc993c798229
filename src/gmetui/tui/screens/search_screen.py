"""The commands of a screen that searches: for its query, for the list that it finds, and for a program of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from ...search import Results
from ...shortlist.triage import Triage, decisions_of
from ..context import AppContext
from ..query_controller import QueryController
from ..shortlist_editor import ShortlistEditor
from ..widgets.bars import StatusBar
from ..widgets.query_input import QueryInput
from .base_screen import BaseScreen
from .explore_panes import ExplorePanes

if TYPE_CHECKING:
    from ...export.table import ExportTable


class SearchScreen(BaseScreen):
    """A screen with a query and panes that show what it finds."""

    def __init__(self, context: AppContext, screen_name: str, query_text: str) -> None:
        """Search for `query_text`."""
        super().__init__(context, screen_name)
        self.query_controller = QueryController(context.session, context, self, query_text)
        self.query_input = QueryInput(query_text, self.query_controller, id="query")
        self.panes = ExplorePanes(context, id="panes")

    # What the query controller shows here.

    def show_query_text(self, text: str) -> None:
        """Write a query into the search box."""
        self.query_input.set_query_text(text)

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show results in every pane."""
        self.panes.show_results(results, keep_cursor=keep_cursor)

    def profile_changed(self) -> None:
        """Compare the programs with another profile."""
        self.panes.show_fits()
        self.query_controller.profile_changed()

    def focus_list(self) -> None:
        """Go to the list."""
        self.focus_pane("programs")

    # The query.

    def follow_query(self, query_text: str) -> None:
        """Go to the list, narrowed to the programs that share a value."""
        self.query_controller.narrow(query_text)
        self.focus_list()

    @on(StatusBar.ChipClosed)
    def _remove_clause(self, event: StatusBar.ChipClosed) -> None:
        self.query_controller.remove_clause(event.clause_index)

    def action_clear_filters(self) -> None:
        """Remove all filters and keep the words."""
        self.query_controller.clear_filters()

    def action_clear_search(self) -> None:
        """Clear search and filters."""
        self.query_controller.clear()

    def action_remove_last_word(self) -> None:
        """Remove the last word or filter."""
        self.query_controller.remove_last_clause()

    def action_find_filter(self) -> None:
        """Find a value by typing: of the filter under the cursor, or of any."""
        from ..dialogs.query_dialogs import find_value

        facets = self.panes.facets
        find_value(self.context, facets.current_field if self.focused is facets else None)

    def action_sort(self) -> None:
        """Choose the sort order."""
        from ..dialogs.sort_dialogs import choose_sort

        choose_sort(self.context)

    def action_columns(self) -> None:
        """Choose the columns of the list."""
        from ..dialogs.columns_dialog import choose_columns

        panes = self.panes
        choose_columns(self.context, panes.visible_column_ids, panes.chosen_column_ids, panes.set_column_ids)

    def action_save_search(self) -> None:
        """Save the current search under a name."""
        from ..dialogs.query_dialogs import save_search

        self.query_controller.commit()
        save_search(self.context)

    @on(StatusBar.ExampleSelected)
    def _run_example(self, event: StatusBar.ExampleSelected) -> None:
        self.context.open_query(event.query_text)

    # The list.

    def action_export(self) -> None:
        """Export the shortlist or the list."""
        from ...export.table import shortlist_table
        from ..dialogs.list_export import ask_export

        ask_export(self.context, shortlist_table(self.catalog, self.context.session.shortlist), self._export_table())

    def action_copy_list(self) -> None:
        """Copy the list."""
        from ..dialogs.copy_dialog import copy_table

        copy_table(self.context, self._export_table())

    def _export_table(self) -> ExportTable:
        from ...export.table import results_table

        results, session = self.query_controller.results, self.context.session
        programs = results.programs()
        listed_ids = {entry.id for entry in session.shortlist}
        decisions = decisions_of(session.triage.verdicts, listed_ids, [program.id for program in programs])
        return results_table(self.catalog, programs, str(results.query), decisions)

    def decisions_changed(self, triage: Triage) -> None:
        """Use other decisions about programs. A pass over many of them searches again once, when it is over."""
        self.query_controller.set_triage(triage.verdicts, is_shown=self.is_current)

    def on_screen_resume(self) -> None:
        """Search again if something was decided meanwhile."""
        self.query_controller.refresh()

    def action_triage(self) -> None:
        """Decide on the programs of the list, one after the other."""
        from .triage_screen import open_triage

        open_triage(self.context)

    # The program under the cursor.

    def action_note(self) -> None:
        """Write a note on the program."""
        from ..dialogs.note_dialog import ask_program_note

        program = self.find_target()
        if program is not None:
            ask_program_note(self.context, program)

    def action_status(self) -> None:
        """Set the application status of the program, which saves it."""
        from ..dialogs.entry_dialogs import choose_status

        self._edit_entry(choose_status)

    def action_date(self) -> None:
        """Add a date to the program, which saves it."""
        from ..dialogs.entry_dialogs import ask_date

        self._edit_entry(ask_date)

    def _edit_entry(self, ask: Callable[[ShortlistEditor], None]) -> None:
        session, program = self.context.session, self.find_target()
        if program is not None and program.id not in session.shortlist:
            session.toggle_saved(program)
        entry = session.shortlist.entry(program.id) if program else None
        if entry is not None:
            ask(ShortlistEditor(self.context, lambda: (entry,)))
