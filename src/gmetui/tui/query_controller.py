"""The query of the Explore screen: how typing, filters and commands change it, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..search import Query, Results, search
from ..search.facet_edits import toggle_facet_value
from ..search.fields import FIELDS_BY_NAME
from ..session.history import Location
from ..session.undo import Edit
from .notifier import Notifier
from .observable import Observable
from .session import Session

_MAX_QUOTED = 40  # characters of a query quoted in a message


class QueryView(Protocol):
    """What shows the query and its results."""

    def show_query_text(self, text: str) -> None:
        """Write a query into the search box."""

    def show_results(self, results: Results, *, keep_cursor: bool) -> None:
        """Show results; `keep_cursor` leaves the cursor on its program if that still matches."""

    def focus_list(self) -> None:
        """Go to the list of programs."""


class QueryController:
    """Holds the query and its results.

    Typing changes both at once; `commit` then turns everything typed since the last commit into one edit, which can be
    undone, navigated back from, and recalled in the search box.
    """

    def __init__(self, session: Session, notifier: Notifier, view: QueryView, query_text: str) -> None:
        """Search for `query_text` without showing anything yet."""
        self._session = session
        self._notifier = notifier
        self._view = view
        self._committed: Query | None = None  # the last committed query, while another one is being typed
        self._recalled_index: int | None = None  # which recent query is shown, counted from the newest
        self._statuses: Mapping[str, str] = {}  # application status by program id, for the filters
        self._triage: Mapping[str, str] = session.triage.verdicts
        self.shown_results = Observable(self.search(Query.parse(query_text)))

    @property
    def results(self) -> Results:
        """The results of the current query."""
        return self.shown_results.value

    @property
    def query(self) -> Query:
        """The current query."""
        return self.results.query

    @property
    def text(self) -> str:
        """The current query as text."""
        return str(self.results.query)

    def _search(self, query: Query, *, keep_cursor: bool) -> None:
        """Search and show the results. Every search goes through here."""
        results = self.search(query)
        self.shown_results.set(results)
        self._view.show_results(results, keep_cursor=keep_cursor)

    def search(self, query: Query) -> Results:
        """Return the results of another query without showing them."""
        catalog = self._session.catalog
        fits = self._session.profile.fits_of(catalog)
        verdicts = fits.programs_by_value if fits else None
        return search(catalog, query, self._statuses, fits=verdicts, triage=self._triage)

    def profile_changed(self) -> None:
        """Search again if the programs were compared with another profile."""
        fits = self._session.profile.fits_of(self._session.catalog)
        if (fits.programs_by_value if fits else None) is not self.results.fits:
            self.search_again()

    def search_again(self) -> None:
        """Search again, since what filters can ask for has changed."""
        self._search(self.query, keep_cursor=True)

    def catalog_replaced(self, query_text: str) -> None:
        """Search the session's new catalog for what the search box says."""
        self._search(Query.parse(query_text), keep_cursor=False)

    def set_statuses(self, statuses: Mapping[str, str]) -> None:
        """Search again if the shortlist, which filters can ask for, has changed."""
        if statuses != self._statuses:
            self._statuses = statuses
            self.search_again()

    def set_triage(self, verdicts: Mapping[str, str], *, is_shown: bool) -> None:
        """Use other decisions, which filters can ask for: at once if the results are in sight, else by `refresh`."""
        self._triage = verdicts
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Search again if decisions have changed since the last search."""
        if self.results.triage is not self._triage:
            self.search_again()

    # The search box.

    def query_typed(self, text: str) -> None:
        """Search for what the search box says; the best match comes under the cursor."""
        query = Query.parse(text)
        self._recalled_index = None
        if query != self.query:
            if self._committed is None:
                self._committed = self.query
            self._search(query, keep_cursor=False)

    def query_typed_elsewhere(self, text: str) -> None:
        """Search for what the box of another screen says, and write it into the search box."""
        self._view.show_query_text(text)
        self.query_typed(text)

    def suggest(self, text: str) -> str | None:
        """Return what the text in the search box could be completed to, or None."""
        from ..search.suggest import complete

        lines = (completion.line for completion in complete(self.results.index, text))
        return next((line for line in lines if line.casefold().startswith(text.casefold())), None)

    @property
    def is_browsing_history(self) -> bool:
        """Whether a recent query was recalled, so that the next key may go on to a later one."""
        return self._recalled_index is not None

    def recall_query(self, step: int) -> None:
        """Show an earlier query (-1) in the search box, or a later one (1)."""
        recent = self._session.state.recent_queries
        current = self._recalled_index
        if current is None:
            current = 0 if recent and recent[-1] == self.text else -1
        index = current - step
        if index >= len(recent):
            self._notifier.notify_status("No earlier searches.")
            return
        text = "" if index < 0 else recent[-1 - index]
        if self._committed is None:
            self._committed = self.query
        self._view.show_query_text(text)
        self._search(Query.parse(text), keep_cursor=False)
        self._recalled_index = index if index >= 0 else None

    def focus_list(self) -> None:
        """Go from the search box to the list."""
        self._view.focus_list()

    def accept(self) -> None:
        """Go to the list; but where a mistake leaves it empty, search for what was meant first."""
        from ..search.corrections import corrections

        offers = corrections(self.results) if not self.results.total else []
        if offers:
            self.run(offers[0].query, keep_cursor=False)
        else:
            self.focus_list()

    # Edits.

    def commit(self) -> None:
        """Make what was typed since the last commit one edit."""
        before, self._committed, self._recalled_index = self._committed, None, None
        if before is not None and before != self.query:
            self._record(before)

    def _record(self, before: Query) -> None:
        session, after = self._session, self.text
        session.history = session.history.visit(Location("explore", str(before)))
        session.state = session.state.with_recent_query(after)
        quoted = after if len(after) <= _MAX_QUOTED else f"{after[:_MAX_QUOTED]}…"
        session.record_edit(Edit("query", str(before), after, f"search “{quoted}”" if after else "all programs"))

    def run(self, query: Query, *, keep_cursor: bool = True) -> None:
        """Search for another query and write it into the search box, as an edit."""
        self.commit()
        before = self.query
        self.show(query, keep_cursor=keep_cursor)
        if query != before:
            self._record(before)

    def show(self, query: Query, *, keep_cursor: bool = True) -> None:
        """Search for another query and write it into the search box, without recording an edit."""
        self._committed = self._recalled_index = None
        self._view.show_query_text(str(query))
        self._search(query, keep_cursor=keep_cursor)

    def narrow(self, query_text: str) -> None:
        """Add the filters of `query_text` to the query, unless it has them already."""
        query = self.query
        for clause in Query.parse(query_text).clauses:
            query = query if clause in query.clauses else query.with_clause(*clause)
        self.run(query)

    def toggle_value(self, field_name: str, value: str, *, exclude: bool = False) -> None:
        """Include or exclude a value of a filter, or clear it if that is done already."""
        search_field = FIELDS_BY_NAME[field_name]
        self.run(toggle_facet_value(self.results.index, self.query, search_field, value, exclude=exclude))

    def sort_by(self, key: str) -> None:
        """Sort by a key; the second time in descending order, and the third time by relevance again."""
        sort = {key: f"-{key}", f"-{key}": None}.get(self.query.sort or "", key)
        self.run(self.query.sorted_by(sort))

    def remove_clause(self, index: int) -> None:
        """Remove one word or filter."""
        self.run(self.query.without_clause(index))

    def remove_last_clause(self) -> None:
        """Remove the last word or filter, if there is one."""
        if self.query.clauses:
            self.remove_clause(len(self.query.clauses) - 1)

    def clear_filters(self) -> None:
        """Remove all filters and keep the words."""
        self.run(self.query.without_conditions())

    def clear(self) -> None:
        """Remove all words and filters."""
        self.run(Query())
