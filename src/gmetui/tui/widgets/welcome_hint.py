"""The three lines that a new person sees, until they have read them or found out for themselves."""

from __future__ import annotations

from ..rendering.spans import Line
from .line_view import LineView

_LINES: tuple[Line, ...] = (
    (
        ("   Type what you mean: ", "text"),
        ("cards tufts", "match"),
        (", ", "text"),
        ("em boston", "match"),
        (", ", "text"),
        ("h1b psychiatry", "match"),
    ),
    (
        ("   enter", "key"),
        (" goes to the list, again reads a program; ", "text"),
        ("esc", "key"),
        (" goes back; ", "text"),
        ("f", "key"),
        (" filters", "text"),
    ),
    (
        ("   s", "key"),
        (" keeps a program, ", "text"),
        ("e", "key"),
        (" takes your list out; the mouse works too; ", "text"),
        ("?", "key"),
        (" says more", "text"),
    ),
)


class Hint(LineView, can_focus=False):
    """How to begin."""

    def count(self) -> int:
        """Return how many lines there are."""
        return len(_LINES)

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return _LINES[number]
