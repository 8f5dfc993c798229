"""What is asked in Explore: the query on screen, how it is edited, and what was asked before."""

from __future__ import annotations

from textual import on

from ...catalog.models import Catalog
from ...search import Query, Results, search
from ...search.facet_edits import toggled
from ...search.suggest import complete
from ...session.history import Visit
from ...session.undo import Step
from ..widgets.bars import StatusBar
from ..widgets.facet_list import FacetPane
from ..widgets.program_list import ProgramList
from ..widgets.query_input import QueryLine
from .base_screen import Place

_WORDS = 40  # letters of a query in a message


class AskingPlace(Place):
    """Holds the query and its results. `_search` is the one place where results are made."""

    line: QueryLine
    facets: FacetPane

    def __init__(self, catalog: Catalog, line: str = "") -> None:
        super().__init__(catalog)
        self.results: Results = search(catalog, Query.parse(line))
        self._line = line
        self._before: Query | None = None  # what was asked before the query that is being typed
        self._turning: int | None = None  # which earlier query is shown, counted from the newest
        self._states: dict[str, str] = {}  # what stands on the shortlist, for the filters

    def show(self, *, keep: bool) -> None:
        """Show the results."""

    def _search(self, query: Query, *, keep: bool) -> None:
        self.results = search(self.catalog, query, self._states)
        self.show(keep=keep)

    def typed(self, line: str) -> None:
        """Search for what the line says now; the best match comes under the cursor."""
        query = Query.parse(line)
        self._turning = None
        if query != self.results.query:
            if self._before is None:
                self._before = self.results.query
            self._search(query, keep=False)

    def completed(self, line: str) -> str | None:
        """Return how the line could go on."""
        ways = complete(self.results.index, line)
        return ways[0].line if ways else None

    def settle(self) -> None:
        """Take what was typed as asked: it can be undone, gone back from and asked again."""
        before, self._before, self._turning = self._before, None, None
        if before is not None and before != self.results.query:
            self._asked(before)

    def _asked(self, before: Query) -> None:
        now, app = self.results.query, self.gmetui
        app.trail = app.trail.left(Visit("explore", str(before)))
        app.state = app.state.with_asked(str(now))
        words = str(now) if len(str(now)) <= _WORDS else f"{str(now)[:_WORDS]}…"
        app.done(Step("query", str(before), str(now), f"the query {words}" if now else "all programs"))

    def ask(self, query: Query, *, keep: bool = True) -> None:
        """Search for another query and write it into the line."""
        self.settle()
        before = self.results.query
        self.show_query(query, keep=keep)
        if query != before:
            self._asked(before)

    def show_query(self, query: Query, *, keep: bool) -> None:
        """Show a query without noting that it was asked."""
        self._before = self._turning = None
        self.line.show(str(query))
        self._search(query, keep=keep)

    def action_asked(self, step: int) -> None:
        """Bring back an earlier query into the line, or go on to a later one."""
        asked = self.gmetui.state.asked
        now = self._turning
        if now is None:
            now = 0 if asked and asked[-1] == self.what else -1
        place = now - step
        if place >= len(asked):
            self.gmetui.tell("Nothing was asked before that.")
            return
        line = "" if place < 0 else asked[-1 - place]
        if self._before is None:
            self._before = self.results.query
        self.line.show(line)
        self._search(Query.parse(line), keep=False)
        self._turning = place if place >= 0 else None

    @property
    def turning(self) -> bool:
        """Whether an earlier query was brought back, so that the next key may go on to a later one."""
        return self._turning is not None

    @property
    def what(self) -> str:
        """The query that is asked."""
        return str(self.results.query)

    def look_at(self, what: str) -> None:
        """Ask what was asked."""
        self.show_query(Query.parse(what), keep=True)

    # Edits of the query.

    def tick(self, dimension_name: str, value: str, *, exclude: bool = False) -> None:
        """Ask for a value, or leave it out; or no longer."""
        index, query = self.results.index, self.results.query
        dimension = next(own for own in self.results.facets() if own.name == dimension_name)
        self.ask(toggled(index, query, dimension, value, exclude=exclude))

    @on(FacetPane.Ticked)
    def _ticked(self, event: FacetPane.Ticked) -> None:
        index, query = self.results.index, self.results.query
        self.ask(toggled(index, query, event.dimension, event.value, exclude=event.exclude))

    @on(ProgramList.Relaxed)
    def _relaxed(self, event: ProgramList.Relaxed) -> None:
        self.ask(event.query)

    @on(ProgramList.Ordered)
    def _ordered(self, event: ProgramList.Ordered) -> None:
        self.order_by(event.key)

    def narrow_to(self, query: str) -> None:
        """Ask for a value beside what is asked already; a program is gone to."""
        if query.startswith("id:"):
            self.gmetui.show_program(query.removeprefix("id:"))
            return
        now, more = self.results.query, Query.parse(query)
        for clause in more.clauses:
            now = now if clause in now.clauses else now.with_clause(*clause)
        self.ask(now)

    def order_by(self, key: str) -> None:
        """Order the list by a key; again turns it round, and once more brings back the best first."""
        now = self.results.query.sort
        self.ask(self.results.query.sorted_by({key: f"-{key}", f"-{key}": None}.get(now or "", key)))

    @on(StatusBar.ChipClosed)
    def _chip_closed(self, event: StatusBar.ChipClosed) -> None:
        self.ask(self.results.query.without_clause(event.clause))

    def action_clear_filters(self) -> None:
        """Drop all conditions and keep the words."""
        self.ask(self.results.query.without_conditions())

    def action_clear_all(self) -> None:
        """Begin again."""
        self.ask(Query())

    def action_drop_last(self) -> None:
        """Drop the last word or condition."""
        clauses = len(self.results.query.clauses)
        if clauses:
            self.ask(self.results.query.without_clause(clauses - 1))

    def action_find_value(self) -> None:
        """Find a value by typing: of the filter the cursor is in, or else of any."""
        from ..dialogs.pickers import pick_value

        pick_value(self, self.facets.dimension if self.focused is self.facets else None)

    @on(FacetPane.FindAsked)
    def _find_asked(self, event: FacetPane.FindAsked) -> None:
        from ..dialogs.pickers import pick_value

        pick_value(self, event.dimension)

    def action_order(self) -> None:
        """Choose what the list is ordered by."""
        from ..dialogs.pickers import pick_order

        pick_order(self)

    def action_columns(self) -> None:
        """Choose what the list shows beside the names."""
        from ..dialogs.pickers import pick_columns

        pick_columns(self.gmetui)

    def action_keep_query(self) -> None:
        """Give the query a name and keep it."""
        from ..dialogs.pickers import name_query

        self.settle()
        name_query(self.gmetui, str(self.results.query))
