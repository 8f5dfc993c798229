"""Explore: the search box, the filters, the list of programs and the page of the program under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from ...catalog.models import Program
from ...search import Query, Results
from ...search.query import Word
from ...session.state import SessionState
from ...shortlist.entries import Shortlist
from ..actions import bindings
from ..context import AppContext
from ..contexts import EXPLORE_ACTIONS, PANES, SCREEN_LAYOUTS
from ..query_controller import QueryController
from ..widgets.bars import KeyBar, StatusBar
from ..widgets.option_list import ListOption, matching_options
from ..widgets.program_list import ProgramList
from ..widgets.query_input import QueryInput
from ..widgets.welcome_hint import WelcomeHint
from .base_screen import BaseScreen
from .explore_panes import ExplorePanes
from .title_bar import TitleBar

if TYPE_CHECKING:
    from ...export.table import ExportTable

_MAX_TOPICS = 6  # offered when no program matches


class ExploreScreen(BaseScreen):
    """Where programs are found and read."""

    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EXPLORE_ACTIONS, priority=("search",))

    def __init__(self, context: AppContext, query_text: str, on_ready: Callable[[], None]) -> None:
        """Search for `query_text`; `on_ready` is called when the first results are shown."""
        super().__init__(context, "explore")
        self._on_ready = on_ready
        self.query_controller = QueryController(context.session, context, self, query_text)
        self.query_input = QueryInput(query_text, self.query_controller, id="query")
        self.panes = ExplorePanes(context, self._find_topics, id="panes")
        self.facets, self.programs, self.detail = self.panes.facets, self.panes.programs, self.panes.detail
        self.status = StatusBar(id="status")

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="search"):
            yield Label(" › ", id="prompt", markup=False)
            yield self.query_input
        if not self.context.session.state.hint_seen:
            yield WelcomeHint(id="hint")
        yield self.panes
        yield self.status

    def on_mount(self) -> None:
        """Follow the shortlist and the marks, and show the first results."""
        session = self.context.session
        self.facets.expanded = set(session.state.expanded_facets)
        self.panes.update_columns()
        self.query_one(KeyBar).show_actions(PANES["query"].key_bar, session.key_map)
        self.subscribe(session.open_list.current, self._shortlist_changed)
        self.subscribe(session.marks, self.programs.set_marked_ids)
        self.show_results(self.query_controller.results, keep_cursor=False)
        self._on_ready()

    def catalog_replaced(self) -> None:
        """Show another catalog, which the session already has."""
        self.query_one(TitleBar).set_catalog(self.catalog)
        self.panes.set_catalog(self.catalog)
        self.query_controller.catalog_replaced(self.query_input.value)

    def _shortlist_changed(self, shortlist: Shortlist) -> None:
        self.programs.set_saved_ids({entry.id for entry in shortlist})
        self.query_controller.set_statuses({entry.id: entry.status for entry in shortlist})
        self.query_one(TitleBar).set_saved_count(len(shortlist))

    # What the query controller shows here.

    def show_query_text(self, text: str) -> None:
        """Write a query into the search box."""
        self.query_input.set_query_text(text)

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show results in every pane."""
        self.panes.show_results(results, keep_cursor=keep_cursor)
        self.status.show_results(results)

    def focus_list(self) -> None:
        """Go to the list."""
        self.focus_pane("programs")

    def _find_topics(self, results: Results) -> Sequence[ListOption]:
        """Return what institutions say about words that no program has."""
        from ..dialogs.command_palette import topic_options

        words = [str(term) for clause in results.query.clauses for term in clause if isinstance(term, Word)]
        return matching_options(topic_options(self.catalog), " ".join(words))[:_MAX_TOPICS] if words else ()

    # What is open, and what was.

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        return self.panes.program

    def reopen(self, state: SessionState) -> None:
        """Show what was open last, unless the user has gone on while the catalog was loading."""
        if self.query_input.value != state.query or self.panes.open_pane_id != "programs":
            return
        self.programs.go_to(state.program_id)
        self.query_input.select_all()
        if state.screen in SCREEN_LAYOUTS and state.screen != self.screen_name:
            self.context.action_open_screen(state.screen)

    def add_state(self, state: SessionState) -> SessionState:
        """Return `state` with what is open here."""
        return state._replace(
            query=self.query_controller.text,
            program_id=self.program.id if self.program else "",
            expanded_facets=tuple(sorted(self.facets.expanded)),
        )

    @property
    def history_key(self) -> str:
        """The query."""
        return self.query_controller.text

    def restore(self, history_key: str) -> None:
        """Show a query again."""
        self.query_controller.show(Query.parse(history_key))

    # The focus.

    def arrange_panes(self) -> None:
        """Show the panes that there is room for."""
        self.panes.arrange_panes(self.size.width, is_narrow=self.is_narrow)

    def resize_pane(self, step: int) -> None:
        """Make the focused pane wider (1) or narrower (-1)."""
        self.panes.resize_pane(self.focused, step)
        self.arrange_panes()

    def focus_pane(self, pane_id: str) -> None:
        """Go to a pane; on a narrow screen it covers the list."""
        if pane_id == "query":
            self.action_search()
            return
        self.query_controller.commit()
        self.panes.open_pane_id = pane_id
        self.arrange_panes()
        self.set_focus(self.query_one(f"#{pane_id}", Widget))

    def action_search(self) -> None:
        """Go to the search box; at once, so that keys typed ahead reach it."""
        self.panes.open_pane_id = "programs"
        self.arrange_panes()
        self.set_focus(self.query_input)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let "/" be typed in the search box."""
        return not (action == "search" and self.focused is self.query_input)

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane (1) or the previous one (-1)."""
        order = ["query", "facets", "programs", "detail"]
        focused_id = self.focused.id if self.focused else None
        index = order.index(focused_id) if focused_id in order else order.index("programs")
        self.focus_pane(order[(index + step) % len(order)])

    def action_back(self) -> None:
        """Go back one level: to the list, and from the list to the search box."""
        self.focus_pane("query" if self.focused is self.programs else "programs")

    # Commands for the program under the cursor and for the list.

    def _dismiss_hint(self) -> None:
        """Remove the welcome hint: whoever reads or saves a program has found out how."""
        session = self.context.session
        if not session.state.hint_seen:
            session.update_state(session.state._replace(hint_seen=True))
            self.query(WelcomeHint).remove()

    def action_open(self) -> None:
        """Read the program under the cursor, or choose what is offered when no program matches."""
        self.programs.action_open()

    @on(ProgramList.Opened)
    def _read_program(self) -> None:
        self._dismiss_hint()
        self.focus_pane("detail")

    def action_mark(self) -> None:
        """Mark or unmark the program for comparison."""
        if self.program is not None:
            self.context.session.toggle_mark(self.program)

    def action_save(self) -> None:
        """Save the program to the shortlist, or remove it."""
        self._dismiss_hint()
        if self.program is not None:
            self.context.session.toggle_saved(self.program)

    def action_note(self) -> None:
        """Write a note on the program."""
        from ..dialogs.note_dialog import ask_program_note

        if self.program is not None:
            ask_program_note(self.context, self.program)

    def action_export(self) -> None:
        """Export the shortlist or the list."""
        from ...export.table import shortlist_table
        from ..dialogs.export_dialog import ask_export

        ask_export(self.context, shortlist_table(self.catalog, self.context.session.shortlist), self._export_table())

    def action_copy_list(self) -> None:
        """Copy the list."""
        from ..dialogs.copy_dialog import copy_table

        copy_table(self.context, self._export_table())

    def _export_table(self) -> ExportTable:
        from ...export.table import results_table

        results = self.query_controller.results
        return results_table(self.catalog, results.programs(), str(results.query))

    # Commands for the query.

    def follow_query(self, query_text: str) -> None:
        """Follow a link: go to a program, or add a filter."""
        if query_text.startswith("id:"):
            self.context.open_program(query_text.removeprefix("id:"))
        else:
            self.query_controller.narrow(query_text)

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

        find_value(self.context, self.facets.current_field if self.focused is self.facets else None)

    def action_sort(self) -> None:
        """Choose the sort order."""
        from ..dialogs.sort_dialogs import choose_sort

        choose_sort(self.context)

    def action_columns(self) -> None:
        """Choose the columns of the list."""
        from ..dialogs.columns_dialog import choose_columns

        choose_columns(self.context, self.panes.visible_column_ids, self.panes.set_column_ids)

    def action_save_search(self) -> None:
        """Save the current search under a name."""
        from ..dialogs.query_dialogs import save_search

        self.query_controller.commit()
        save_search(self.context)
