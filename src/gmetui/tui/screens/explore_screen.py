"""Explore: the query line, the filters, the list and the program under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from ...catalog.models import Catalog, Program
from ...search import Query, Results
from ...search.query import Word
from ...shortlist.entries import Shortlist
from ...storage.session_file import State
from ..actions import bindings
from ..contexts import EXPLORE, PANES, ROOMS
from ..rendering.program_columns import columns_for
from ..widgets.bars import KeyBar, StatusBar
from ..widgets.facet_list import FacetPane
from ..widgets.option_list import Pick, fitting
from ..widgets.program_list import ProgramList
from ..widgets.program_view import DetailPane
from ..widgets.query_input import QueryLine
from ..widgets.welcome_hint import Hint
from .acting_screen import ActingPlace
from .base_screen import TitleBar, too_small

#: Columns from which filters, list and program stand side by side.
_THREE = 116
#: From so many columns on, the filters are so wide.
_FACETS = ((160, 36), (0, 30))
_STEP, _SHARE = 2, 5  # how much a key widens the filters, in cells, and the program, in hundredths
_HALF = 50
_BEYOND = 6  # things to read that are offered when no program matches
_FURTHER = 200  # programs whose pages are looked through for the next match


class ExploreScreen(ActingPlace):
    """Where programs are found and read."""

    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EXPLORE, priority=("search",))

    def __init__(self, catalog: Catalog, line: str = "") -> None:
        super().__init__(catalog, line)
        self._pane = "programs"

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TitleBar(self.catalog, "Explore", id="title")
        with Horizontal(id="asking"):
            yield Label(" › ", id="prompt", markup=False)
            yield QueryLine(self._line, self, id="query")
        if not self.gmetui.state.met:
            yield Hint(id="hint")
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
        self.facets.opened = set(self.gmetui.state.opened)
        self.programs.on_moved = self._follow
        self.programs.look_beyond = self._beyond
        self.show_columns()
        self.query_one(KeyBar).show(PANES["query"].shown, self.gmetui.key_map)
        self.watch(self.app, "shortlist", self._listed)
        self.watch(self.app, "marks", self.programs.show_marked)
        self.show(keep=False)
        self.gmetui.ready()

    def use(self, catalog: Catalog) -> None:
        """Go on with another catalog: one that was being read."""
        self.catalog = self.detail.catalog = catalog
        self.query_one(TitleBar).use(catalog)
        self.show_columns()
        self._search(Query.parse(self.line.value), keep=False)

    def show(self, *, keep: bool) -> None:
        """Show the results in every pane."""
        self.programs.show(self.results, keep=keep)
        self.facets.show(self.results)
        self.status.show(self.results)
        self.detail.show(self.programs.program, self.results)

    def reopen(self, state: State) -> None:
        """Show what was open last; what is typed takes the place of the query that was asked."""
        if self.line.value != state.query or self._pane != "programs":
            return  # somebody has gone on already, while the programs were read
        self.programs.go_to(state.program)
        self.line.select_all()
        if state.place in ROOMS and state.place != "explore":
            self.gmetui.action_place(state.place)

    def open_now(self, state: State) -> State:
        """Return `state` with what is open here."""
        program = self.program.id if self.program else ""
        return state._replace(query=self.what, program=program, opened=tuple(sorted(self.facets.opened)))

    def show_columns(self) -> None:
        """Show the columns that the person chose."""
        chosen = self.gmetui.settings.columns
        self.programs.show_columns(columns_for(self.catalog, chosen))

    # What is read.

    @property
    def program(self) -> Program | None:
        """The program under the cursor."""
        return self.programs.program

    def _follow(self) -> None:
        self.detail.show(self.programs.program, self.results)

    @on(ProgramList.Opened)
    def _opened(self, event: ProgramList.Opened) -> None:
        self.met()
        self.action_focus_pane("detail")

    def _listed(self, shortlist: Shortlist) -> None:
        self.programs.show_listed({entry.id for entry in shortlist})
        states = {entry.id: entry.status for entry in shortlist}
        if states != self._states:
            self._states = states
            self._search(self.results.query, keep=True)
        self.query_one(TitleBar).show_count(len(shortlist))

    @on(DetailPane.FindOn)
    def _find_on(self, event: DetailPane.FindOn) -> None:
        """Go on to the next program whose page has the words."""
        if not self.results.tokens:
            self.gmetui.tell("No words are searched for; / begins.")
            return
        row = self.programs.cursor
        for _ in range(_FURTHER):
            row += event.step
            if not 0 <= row < self.results.total:
                break
            self.detail.show(self.results.programs(row, row + 1)[0], self.results)
            if self.detail.to_match(event.step):
                self.programs.move_to(row)
                return
        self.detail.show(self.program, self.results)
        self.gmetui.tell("No further place in these programs has the words.")

    def _beyond(self, results: Results) -> Sequence[Pick]:
        """Return what institutions say about words that no program has."""
        from ..dialogs.command_palette import topic_picks

        words = [str(term) for clause in results.query.clauses for term in clause if isinstance(term, Word)]
        return fitting(topic_picks(self.gmetui), " ".join(words))[:_BEYOND] if words else ()

    @on(ProgramList.BeyondChosen)
    def _beyond_chosen(self, event: ProgramList.BeyondChosen) -> None:
        _, institution, section = event.pick.key.split(":")
        self.gmetui.read_about("institutions", institution, section)

    # Where the focus is.

    def lay_panes(self) -> None:
        """Show the panes that there is room for: all side by side, two, or the one in use."""
        width = self.size.width
        shown = {self._pane} if self.narrow else {"programs", "facets" if self._pane == "facets" else "detail"}
        for pane in (self.facets, self.programs, self.detail):
            pane.display = width >= _THREE or pane.id in shown
        if self.narrow:
            self.facets.styles.width = self.detail.styles.width = self.programs.styles.width = "1fr"
            return
        settings = self.gmetui.settings
        usual = next(size for least, size in _FACETS if width >= least)
        self.facets.styles.width = settings.number("panes.filters") or usual
        share = settings.number("panes.program") or _HALF
        self.detail.styles.width, self.programs.styles.width = f"{share}fr", f"{100 - share}fr"

    def widen(self, step: int) -> None:
        """Make the pane in use wider or narrower, and keep it so."""
        settings = self.gmetui.settings
        if self.focused is self.facets:
            width = max(20, min(60, self.facets.size.width + step * _STEP))
            self.gmetui.choose("panes.filters", width)
        else:
            share = settings.number("panes.program") or _HALF
            share += step * (_SHARE if self.focused is self.detail else -_SHARE)
            self.gmetui.choose("panes.program", max(25, min(75, share)))
        self.lay_panes()

    def action_focus_pane(self, name: str) -> None:
        """Go to a pane; on a narrow screen it comes over the list."""
        self.settle()
        self._pane = name
        self.lay_panes()
        self.set_focus(self.query_one(f"#{name}", Widget))

    def focus_pane(self, name: str) -> None:
        """Go to a pane."""
        if name == "query":
            self.action_search()
        else:
            self.action_focus_pane(name)

    def to_list(self) -> None:
        """Go to the list."""
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
