"""Explore: the search box, and below it ways in, or the filters, the list and the page of a program."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from ...catalog.models import Program
from ...documents.start_choices import data_note, start_page
from ...documents.start_page import StartPage
from ...search import Query, Results
from ...session.state import SessionState
from ...shortlist.entries import Shortlist
from .. import clock
from ..actions import bindings
from ..context import AppContext
from ..contexts import EXPLORE_ACTIONS, SCREEN_LAYOUTS
from ..widgets.bars import StatusBar
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.program_list import ProgramList
from ..widgets.start_view import StartView
from .reading_key import parse_reading_key, reading_key
from .search_box import SearchBox
from .search_screen import SearchScreen

#: The screen that shows a page of each kind.
_SCREENS = {"institution": "institutions", "specialty": "specialties"}


class ExploreScreen(SearchScreen):
    """Where programs are found and read."""

    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EXPLORE_ACTIONS, priority=("search",))

    def __init__(
        self,
        context: AppContext,
        query_text: str,
        on_ready: Callable[[], None],
        first_page: StartPage | None = None,
    ) -> None:
        """Search for `query_text`; `on_ready` is called when the first results are shown.

        `first_page` are the ways into the programs, if they are known already.
        """
        super().__init__(context, "explore", query_text)
        self._on_ready = on_ready
        self._start_page, self._start_catalog = first_page or StartPage(), context.catalog if first_page else None
        self.facets, self.programs, self.detail = self.panes.facets, self.panes.programs, self.panes.detail
        self.start = StartView(self._start_page, id="start")
        self.start.display, self.panes.display = not query_text, bool(query_text)  # in the first layout already
        self.search_box = SearchBox(self.query_input)
        self.status = StatusBar(id="status")

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.search_box
        yield self.status
        yield self.start
        yield self.panes

    def on_mount(self) -> None:
        """Follow the shortlist and the marks, and show the first results."""
        session = self.context.session
        self.facets.expanded = set(session.state.expanded_facets)
        self.panes.update_columns()
        self.show_keys()
        self.subscribe(session.open_list.current, self._shortlist_changed)
        self.subscribe(session.marks, self.programs.set_marked_ids)
        self.subscribe(session.triage.current, self.decisions_changed)
        self.subscribe(session.profile.changes, lambda _: self.profile_changed())
        self.show_results(self.query_controller.results, keep_cursor=False)
        self._on_ready()

    def catalog_replaced(self) -> None:
        """Show another catalog, which the session already has."""
        self.title_bar.set_data(data_note(self.catalog))
        self.panes.set_catalog(self.catalog)
        self.query_controller.catalog_replaced(self.query_input.value)

    def _shortlist_changed(self, shortlist: Shortlist) -> None:
        self.panes.reader.show_shortlist(shortlist)
        self.programs.set_saved_ids({entry.id for entry in shortlist})
        self.query_controller.set_statuses({entry.id: entry.status for entry in shortlist})

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show results in every pane."""
        self.search_box.show_total(results.index.size)
        if results.query == Query():
            self._show_start_page(results)
            self.status.show_examples(self._start_page.examples)
        else:
            self.status.show_results(results)
        if self.start.display != self._is_start:
            self.arrange_panes()
        super().show_results(results, keep_cursor=keep_cursor)
        self.show_keys()

    def _show_start_page(self, results: Results) -> None:
        """Show the ways into another catalog."""
        if self._start_catalog is not self.catalog:
            self._start_catalog = self.catalog
            is_offered = self.context.session.profile.is_offered
            self._start_page = start_page(results, clock.today(), offers_profile=is_offered)
            self.start.show_page(self._start_page)

    @property
    def _is_start(self) -> bool:
        """Whether to show the ways in: there is no search, and the user is in no pane."""
        return not self.query_controller.text and self.panes.open_pane_id == "start"

    # What is open, and what was.

    @property
    def program(self) -> Program | None:
        """The program under the cursor, if the list is shown."""
        return None if self._is_start else self.panes.program

    def find_target(self) -> Program | None:
        """Return the program that a command changes. In the filters there is none: the cursor is on a value."""
        if self.focused is self.facets:
            self.context.notify_status("Keys act on the program under the cursor; esc goes to the list.")
            return None
        return self.program

    def idle_actions(self) -> Set[str]:
        """Return the actions for a program while there is none under the cursor."""
        return frozenset() if self.program else {"save", "mark", "note", "source", "status", "date"}

    def reopen(self, state: SessionState) -> None:
        """Show what was open last, unless the user has gone on while the catalog was loading."""
        if self.query_input.value != state.query or self.focused is not self.query_input:
            return
        if state.program_id:
            self.panes.show_waiting_results()
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
        """The query, and where the reader is on the page of a program."""
        is_on_page = self.panes.reading is not None or self.focused is self.detail
        program_id = self.program.id if self.program and is_on_page else ""
        return reading_key(self.query_controller.text, program_id, self.detail.position)

    def restore(self, history_key: str) -> None:
        """Show a query again, and the program that was read at its place."""
        query_text, program_id, position = parse_reading_key(history_key)
        if query_text != self.query_controller.text:
            self.query_controller.show(Query.parse(query_text))
        program = self.catalog.program.get(program_id)
        if program is not None:
            self.read(program, position)
        elif self.panes.reading is not None:
            self.focus_pane("programs")

    # The focus.

    def arrange_panes(self) -> None:
        """Show the ways in, or the panes that there is room for."""
        self.start.display = self._is_start
        self.panes.display = not self.start.display
        if self.panes.display:
            self.panes.show_waiting_results()
        self.search_box.display = self.status.display = self.panes.reading is None
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
        if pane_id != "detail":
            self.panes.stop_reading()
        self.panes.open_pane_id = pane_id
        self.arrange_panes()
        self.set_focus(self.query_one(f"#{pane_id}", Widget))

    def read(self, program: Program, position: PagePosition = PAGE_TOP) -> None:
        """Read a program at full width; the filters and the list come back as they were."""
        self.query_controller.commit()
        self.panes.read(program, position)
        self.arrange_panes()
        self.set_focus(self.detail)

    def action_search(self) -> None:
        """Go to the search box; at once, so that keys typed ahead reach it."""
        self.panes.stop_reading()
        self.panes.open_pane_id = "start"
        self.arrange_panes()
        self.set_focus(self.query_input)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let "/" be typed in the search box."""
        return not (action == "search" and self.focused is self.query_input)

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane (1) or the previous one (-1); on the first screen, to the next box."""
        if self.start.display:
            self._next_box(step)
            return
        order = ["query", "facets", "programs", "detail"]
        focused_id = self.focused.id if self.focused else None
        index = order.index(focused_id) if focused_id in order else order.index("programs")
        self.focus_pane(order[(index + step) % len(order)])

    def _next_box(self, step: int) -> None:
        if self.focused is not self.start:
            self.start.enter_from(step)
            self.focus_pane("start")
        elif not self.start.enter_box(step):
            self.focus_pane("query")

    def action_back(self) -> None:
        """Go back one level: to the list, or to the ways in. There it stops, so that no letter is typed by mistake."""
        self.focus_pane("start" if self.start.display else "programs")

    # Commands for the program under the cursor and for the list.

    @on(StartView.Chosen)
    async def _follow_choice(self, event: StartView.Chosen) -> None:
        """Narrow the list, open a program or go to another place."""
        kind, value = event.target
        if kind == "query":
            self.context.open_query(value)
        elif kind == "program":
            self.context.open_program(value)
        else:
            await self.context.perform_action(value)

    def action_open(self) -> None:
        """Read the program under the cursor, or take the choice that the cursor is on."""
        (self.start if self.focused is self.start else self.programs).action_open()

    @on(ProgramList.OfferSelected)
    def _take_offer(self, event: ProgramList.OfferSelected) -> None:
        """Search for a query that was offered, or go to a page. A service has its page here only."""
        target = event.target
        if isinstance(target, Query):
            self.query_controller.run(target)
        elif target.kind == "service":
            self.focus_pane("detail")
        else:
            self.context.open_reference(_SCREENS[target.kind], target.page_id, target.section)

    @on(ProgramList.Opened)
    def _read_program(self) -> None:
        program = self.programs.program
        if program is not None:
            self.query_controller.commit()
            self.context.open_program(program.id)
