"""Navigation history: the locations visited before and after the current one, as in a web browser."""

from __future__ import annotations

from typing import NamedTuple

_MAX_LOCATIONS = 100  # the number of earlier locations that are remembered


class Location(NamedTuple):
    """A screen and what it shows: a query, or the id of a row."""

    screen: str
    target: str = ""


class NavigationHistory(NamedTuple):
    """The locations around the current one: `past` oldest first, `future` nearest first."""

    past: tuple[Location, ...] = ()
    future: tuple[Location, ...] = ()

    def visit(self, location: Location) -> NavigationHistory:
        """Return the history after leaving `location` for a new one; there is no future then."""
        if self.past and self.past[-1] == location:
            return NavigationHistory(self.past)
        return NavigationHistory((*self.past, location)[-_MAX_LOCATIONS:])

    def back(self, current: Location) -> tuple[NavigationHistory, Location | None]:
        """Return the history after going back, and the location to show; None at the beginning."""
        if not self.past:
            return self, None
        return NavigationHistory(self.past[:-1], (current, *self.future)), self.past[-1]

    def forward(self, current: Location) -> tuple[NavigationHistory, Location | None]:
        """Return the history after going forward, and the location to show; None at the end."""
        if not self.future:
            return self, None
        return NavigationHistory((*self.past, current), self.future[1:]), self.future[0]
