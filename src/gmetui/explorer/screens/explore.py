"""Explore: the query line, the filters, the list and the program under the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from ...catalog.model import Catalog, Program
from ...planning.shortlist import Shortlist
from ...searching import Query, Results, search
from ...searching.completing import complete
from ...searching.ticking import toggled
from ...searching.trail import Trail
from ..actions import bindings
from ..widgets.bars import KeyBar, StatusBar
from ..widgets.detail_pane import DetailPane
from ..widgets.facet_pane import FacetPane
from ..widgets.program_list import ProgramList
from ..widgets.query_line import QueryLine
from .places import Place, TitleBar, too_small

#: Columns from which filters, list and program stand side by side.
_THREE = 116
#: From so many columns on, the filters are so wide.
_FACETS = ((160, 36), (0, 30))


class ExploreScreen(Place):
    """Where programs are found and read."""

    KEYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "query": ("down", "next-pane", "facets", "help", "quit"),
        "facets": ("tick", "exclude", "clear-filters", "search", "back", "help"),
        "programs": ("search", "keep", "mark", "compare", "facets", "help"),
        "detail": ("next-section", "keep", "source", "back", "export", "help"),
    }

    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "search",
        "clear-filters",
        "clear-all",
        "query-before",
        "query-after",
        "facets",
        "list",
        "detail",
        "next-pane",
        "last-pane",
        "back",
        "open",
        "mark",
        "keep",
        "note",
        "source",
        "copy",
        "export",
        priority=("search",),
    )

    def __init__(self, catalog: Catalog, line: str = "") -> None:
        super().__init__(catalog)
        self.results: Results = search(catalog, Query.parse(line))
        self._line = line
        self._pane = "programs"
        self._trail = Trail()
        self._typing = False  # whether the query on screen is still being typed: it is one step of the trail
        self._states: dict[str, str] = {}  # what stands on the shortlist, for the filters

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, "Explore", id="title")
        with Horizontal(id="asking"):
            yield Label(" › ", id="prompt", markup=False)
            yield QueryLine(self._line, self._typed, self.to_list, self._completed, id="query")
        with Horizontal(id="panes"):
            yield FacetPane(id="facets")
            yield ProgramList(id="programs")
            yield DetailPane(self.catalog, id="detail")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")
        yield too_small()

    def on_mount(self) -> None:
        """Find the panes once, and follow the shortlist."""
        self.line = self.query_one(QueryLine)
        self.facets = self.query_one(FacetPane)
        self.programs = self.query_one(ProgramList)
        self.detail = self.query_one(DetailPane)
        self.status = self.query_one(StatusBar)
        self.keys = self.query_one(KeyBar)
        self.keys.show(self.KEYS["query"])
        self.watch(self.app, "shortlist", self._listed)
        self.watch(self.app, "marks", self.programs.show_marked)
        self._show(keep=False)

    # What is asked.

    def _typed(self, line: str) -> None:
        """Search for what the line says now; the best match comes under the cursor."""
        query = Query.parse(line)
        if query != self.results.query:
            if not self._typing:
                self._trail, self._typing = self._trail.left(self.results.query), True
            self._search(query, keep=False)

    def _completed(self, line: str) -> str | None:
        """Return how the line could go on."""
        ways = complete(self.results.index, line)
        return ways[0].line if ways else None

    def ask(self, query: Query, *, keep: bool = True) -> None:
        """Search for another query and write it into the line."""
        if query != self.results.query:
            self._trail = self._trail.left(self.results.query)
        self._show_query(query, keep=keep)

    def _show_query(self, query: Query, *, keep: bool) -> None:
        self._typing = False
        self.line.show(str(query))
        self._search(query, keep=keep)

    def action_trail(self, step: int) -> None:
        """Go back to the query that was asked before, or forward again."""
        way = self._trail.back if step < 0 else self._trail.forward
        self._trail, query = way(self.results.query)
        if query is None:
            self.gmetui.tell("Nothing was asked before this." if step < 0 else "Nothing was asked after this.")
        else:
            self._show_query(query, keep=True)

    def _search(self, query: Query, *, keep: bool) -> None:
        """The one place where results are made."""
        self.results = search(self.catalog, query, self._states)
        self._show(keep=keep)

    def use(self, catalog: Catalog) -> None:
        """Go on with another catalog: one that was being read."""
        self.catalog = self.detail.catalog = catalog
        self.query_one(TitleBar).use(catalog)
        self._search(Query.parse(self.line.value), keep=False)

    def _show(self, *, keep: bool) -> None:
        self.programs.show(self.results, keep=keep)
        self.facets.show(self.results)
        self.status.show(self.results)
        self.detail.show(self.programs.program)

    @on(FacetPane.Ticked)
    def _ticked(self, event: FacetPane.Ticked) -> None:
        index, query = self.results.index, self.results.query
        self.ask(toggled(index, query, event.dimension, event.value, exclude=event.exclude))

    @on(ProgramList.Relaxed)
    def _relaxed(self, event: ProgramList.Relaxed) -> None:
        self.ask(event.query)

    @on(StatusBar.ChipClosed)
    def _chip_closed(self, event: StatusBar.ChipClosed) -> None:
        self.ask(self.results.query.without_clause(event.clause))

    def action_clear_filters(self) -> None:
        """Drop all conditions and keep the words."""
        self.ask(self.results.query.without_conditions())

    def action_clear_all(self) -> None:
        """Begin again."""
        self.ask(Query())

    # What is read.

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        return self.programs.program

    @on(ProgramList.Highlighted)
    def _highlighted(self, event: ProgramList.Highlighted) -> None:
        self.detail.show(self.programs.program)

    @on(ProgramList.Opened)
    def _opened(self, event: ProgramList.Opened) -> None:
        self.action_focus_pane("detail")

    def _listed(self, shortlist: Shortlist) -> None:
        self.programs.show_listed({entry.id for entry in shortlist})
        states = {entry.id: entry.status for entry in shortlist}
        if states != self._states:
            self._states = states
            self._search(self.results.query, keep=True)
        self.query_one(TitleBar).show_count(len(shortlist))

    # Where the focus is.

    def lay_panes(self) -> None:
        """Show the panes that there is room for: all side by side, two, or the one in use."""
        width = self.size.width
        shown = {self._pane} if self.narrow else {"programs", "facets" if self._pane == "facets" else "detail"}
        for pane in (self.facets, self.programs, self.detail):
            pane.display = width >= _THREE or pane.id in shown
        self.facets.styles.width = "1fr" if self.narrow else next(size for least, size in _FACETS if width >= least)

    def action_focus_pane(self, name: str) -> None:
        """Go to a pane; on a narrow screen it comes over the list."""
        self._pane = name
        self.lay_panes()
        self.set_focus(self.query_one(f"#{name}", Widget))

    def to_list(self) -> None:
        """Go to the list."""
        self._typing = False
        self.action_focus_pane("programs")

    def action_search(self) -> None:
        """Go to the query line; at once, so that keys typed ahead find it."""
        self._pane = "programs"
        self.lay_panes()
        self.set_focus(self.line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave "/" to the line while it is typed in."""
        return not (action == "search" and self.focused is self.line)

    def action_next_pane(self, step: int) -> None:
        """Go round the panes."""
        order: list[Widget] = [self.line, self.facets, self.programs, self.detail]
        here = order.index(self.focused) if self.focused in order else 2
        there = order[(here + step) % len(order)]
        if there is self.line:
            self.action_search()
        else:
            self.action_focus_pane(str(there.id))

    def action_back(self) -> None:
        """Go back one level: to the list, and from the list to the query line."""
        if self.focused is self.programs:
            self.action_search()
        else:
            self.to_list()

    # What is done with a program.

    def action_open(self) -> None:
        """Read the program under the cursor."""
        if self.focused is self.programs:
            self.programs.action_open()

    def action_mark(self) -> None:
        """Mark the program under the cursor to compare it, or no longer."""
        if self.program is not None and self.focused is not self.facets:
            self.gmetui.toggle_mark(self.program)

    def action_keep(self) -> None:
        """Put the program on the shortlist, or take it off."""
        if self.program is not None:
            self.gmetui.toggle_listed(self.program)

    def action_note(self) -> None:
        """Write a note on the program."""
        from .dialogs import ask_note

        if self.program is not None:
            ask_note(self.gmetui, self.program)

    def action_export(self) -> None:
        """Ask where to write the shortlist or the list, and write it."""
        from ...export.rows import results_sheet, shortlist_sheet
        from .dialogs import ask_export

        shortlist = shortlist_sheet(self.catalog, self.gmetui.shortlist)
        found = results_sheet(self.catalog, self.results.programs(), str(self.results.query))
        ask_export(self.gmetui, shortlist, found)
