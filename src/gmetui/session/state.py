"""The state of the app that survives a restart."""

from __future__ import annotations

from typing import NamedTuple

from .undo import UndoStack

MAX_QUERIES = 200  # the number of recent queries that are remembered
MAX_QUERY_LENGTH = 2_000  # characters; a longer query is not worth remembering


class SessionState(NamedTuple):
    """Where the user left off, the recent queries (newest last), and what can be undone.

    `planned_applications` are the numbers that were typed in for the costs of a season.
    """

    query: str = ""
    program_id: str = ""
    screen: str = "explore"
    marked_ids: tuple[str, ...] = ()
    expanded_facets: tuple[str, ...] = ()
    recent_queries: tuple[str, ...] = ()
    undo_stack: UndoStack = UndoStack()
    list_name: str = "default"
    planned_applications: str = ""

    @property
    def is_at_start(self) -> bool:
        """Whether nothing was open, so that the application begins with the first screen."""
        return not self.query and not self.program_id and self.screen == "explore"

    def with_recent_query(self, query: str) -> SessionState:
        """Return the state with `query` as the most recent one; empty and very long queries are not remembered."""
        if not query or len(query) > MAX_QUERY_LENGTH:
            return self
        others = (recent for recent in self.recent_queries if recent != query)
        return self._replace(recent_queries=(*others, query)[-MAX_QUERIES:])
