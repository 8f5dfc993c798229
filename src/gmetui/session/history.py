"""What was looked at one after another, to go back and forward between it."""

from __future__ import annotations

from typing import NamedTuple

_LONGEST = 100  # visits that are remembered


class Visit(NamedTuple):
    """A place and what was looked at there: a query, or the id of a row."""

    place: str
    what: str = ""


class Trail(NamedTuple):
    """What was looked at before what is looked at now, and what comes after it when one has gone back."""

    past: tuple[Visit, ...] = ()
    future: tuple[Visit, ...] = ()

    def left(self, visit: Visit) -> Trail:
        """Return the trail after one has gone on from `visit`."""
        if self.past and self.past[-1] == visit:
            return Trail(self.past)
        return Trail((*self.past, visit)[-_LONGEST:])

    def back(self, now: Visit) -> tuple[Trail, Visit | None]:
        """Return the trail one step back, and what was looked at there; None at the beginning."""
        if not self.past:
            return self, None
        return Trail(self.past[:-1], (now, *self.future)), self.past[-1]

    def forward(self, now: Visit) -> tuple[Trail, Visit | None]:
        """Return the trail one step forward, and what was looked at there; None at the end."""
        if not self.future:
            return self, None
        return Trail((*self.past, now), self.future[1:]), self.future[0]
