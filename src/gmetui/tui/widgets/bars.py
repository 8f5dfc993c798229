"""The one-line bars: what is asked and found, and the keys that matter here."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from ...search import Results
from ..actions import BY_ID
from ..keymap import KeyMap
from ..rendering.spans import Line, fit, width_of
from .line_view import LineView

_CHIPS = 20  # more fit no screen


class Bar(LineView, can_focus=False):
    """A line whose parts can be clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line: Line = ()

    def show_line_of(self, line: Line) -> None:
        """Show another line."""
        if line != self._line:
            self._line = line
            self.update()

    def count(self) -> int:
        """Return one."""
        return 1

    def line(self, number: int, width: int) -> Line:
        """Return the line."""
        return self._line

    def span_at(self, x: int) -> int | None:
        """Return which span of the line covers cell `x`."""
        place = 0
        for number, span in enumerate(self.line(0, self.text_width)):
            place += width_of((span,))
            if x < place:
                return number
        return None


class StatusBar(Bar):
    """How many programs match, the active terms as chips, and what was not understood."""

    class ChipClosed(Message):
        """A chip was clicked: its clause is to go."""

        def __init__(self, clause: int) -> None:
            self.clause = clause
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._results: Results | None = None
        self._chips: dict[int, int] = {}  # span -> clause

    def show(self, results: Results) -> None:
        """Show what was found."""
        self._results = results
        self.update()

    def line(self, number: int, width: int) -> Line:
        """Return the line; where there is no room for all chips, the newest ones, which were added last."""
        if self._results is None:
            return ()
        clauses = len(self._results.query.clauses)
        first = max(0, clauses - _CHIPS)
        line = self._from(self._results, first)
        while first < clauses - 1 and width_of(line) > width:
            first += 1
            line = self._from(self._results, first)
        return line

    def _from(self, results: Results, first: int) -> Line:
        """Return the line with the chips from clause `first` on."""
        total = len(results.index.catalog.programs)
        line: list[tuple[str, str]] = [(f" {results.total:,} of {total:,}", "strong"), (" programs  ", "muted")]
        self._chips = {}
        if first:
            line.append(("‹ ", "muted"))
        for place in range(first, len(results.query.clauses)):
            self._chips[len(line)] = place
            words = fit(results.query.clause_text(place), 30).rstrip()
            if place in results.ignored:
                line += [(f"({words} passed over) ×", "muted"), (" ", "text")]
            else:
                line += [(f" {words} × ", "chip"), (" ", "text")]
        if results.query.sort:
            line.append((f"sorted by {results.query.sort}  ", "muted"))
        for warning in results.warnings:
            line.append((f" ! {warning}", "warning"))
        return tuple(line)

    def clicked(self, number: int, x: int) -> None:
        """Take away the clause whose chip was clicked."""
        span = self.span_at(x)
        if span in self._chips:
            self.post_message(self.ChipClosed(self._chips[span]))


class KeyBar(Bar):
    """At most six keys, those that matter where the focus is, as far as there is room. Each can be clicked."""

    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[tuple[str, str], ...] = ()  # action, its key

    def show(self, ids: Sequence[str], keys: KeyMap) -> None:
        """Show the keys of some actions."""
        shown = tuple((own, keys.shown(own)) for own in ids)
        if shown != self._keys:
            self._keys = shown
            self.update()

    def _shown(self, width: int) -> tuple[tuple[str, str], ...]:
        """Return the keys that have room; the last one, which leads to all others, stays."""
        shown = self._keys
        while len(shown) > 1 and 1 + sum(len(key) + len(BY_ID[own].words) + 4 for own, key in shown) - 3 > width:
            shown = (*shown[:-2], shown[-1])
        return shown

    def line(self, number: int, width: int) -> Line:
        """Return the line."""
        parts = [((key, "key"), (f" {BY_ID[own].words}   ", "muted")) for own, key in self._shown(width)]
        return ((" ", "text"), *(span for pair in parts for span in pair))

    def _action_at(self, x: int) -> str | None:
        span = self.span_at(x)
        shown = self._shown(self.text_width)
        return shown[(span - 1) // 2][0] if span and (span - 1) // 2 < len(shown) else None

    def words_at(self, number: int, x: int) -> str | None:
        """Return what a key does."""
        own = self._action_at(x)
        return BY_ID[own].help if own else None

    def clicked(self, number: int, x: int) -> None:
        """Run the action whose key was clicked."""
        own = self._action_at(x)
        if own:
            self.post_message(self.Chosen(own))
