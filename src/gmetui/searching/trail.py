"""The queries that were asked one after another, to go back and forward between them."""

from __future__ import annotations

from typing import NamedTuple

from .query import Query

_LONGEST = 100  # queries that are remembered


class Trail(NamedTuple):
    """What was asked before the query that is asked now, and what comes after it when one has gone back."""

    past: tuple[Query, ...] = ()
    future: tuple[Query, ...] = ()

    def left(self, query: Query) -> Trail:
        """Return the trail after another query was asked in place of `query`."""
        if self.past and self.past[-1] == query:
            return Trail(self.past)
        return Trail((*self.past, query)[-_LONGEST:])

    def back(self, now: Query) -> tuple[Trail, Query | None]:
        """Return the trail one step back, and the query that stood there; None at the beginning."""
        if not self.past:
            return self, None
        return Trail(self.past[:-1], (now, *self.future)), self.past[-1]

    def forward(self, now: Query) -> tuple[Trail, Query | None]:
        """Return the trail one step forward, and the query that stood there; None at the end."""
        if not self.future:
            return self, None
        return Trail((*self.past, now), self.future[1:]), self.future[0]
