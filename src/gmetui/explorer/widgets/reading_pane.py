"""A page to read: a heading and tabs that stay, and sections that scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ..actions import bindings
from ..rendering.lines import BLANK, Line
from ..rendering.writing import Detail
from .line_view import LineView

_EDGE = 1  # empty cells at the left
_SHORT = {"Requirements": "Required", "Institution": "Hospital"}


class ReadingPane(LineView):
    """A page about one thing. Its lines are made when they are first drawn at a width."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("next-section", "last-section")

    class AddressChosen(Message):
        """The address of a source was activated."""

        def __init__(self, address: str) -> None:
            self.address = address
            super().__init__()

    class QueryChosen(Message):
        """A value that narrows was activated."""

        def __init__(self, query: str) -> None:
            self.query = query
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Detail] | None = None
        self._made: tuple[int, Detail] | None = None

    def show_page(self, make: Callable[[int], Detail] | None) -> None:
        """Show another page, made for a width, from its top."""
        self._make = make
        self._made = None
        self.top = 0
        self.update()

    def _detail(self, width: int) -> Detail | None:
        if self._make is None:
            return None
        if self._made is None or self._made[0] != width:
            self._made = (width, self._make(max(10, width - _EDGE - 1)))
        return self._made[1]

    def count(self) -> int:
        """Return how many lines the sections have."""
        detail = self._detail(self.text_width)
        return len(detail.lines) if detail else 0

    def line(self, number: int, width: int) -> Line:
        """Return line `number` of the sections."""
        detail = self._detail(width)
        return (("" + " " * _EDGE, "text"), *detail.lines[number].line) if detail else BLANK

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the program's name and the tabs."""
        detail = self._detail(width)
        if detail is None:
            return ((("  Nothing to show.", "muted"),),)
        edge = (" " * _EDGE, "text")
        return (*((edge, *line) for line in detail.heading), self._tabs(detail, width), BLANK)

    def _tabs(self, detail: Detail, width: int) -> Line:
        line: list[tuple[str, str]] = [(" " * _EDGE, "text")]
        titles, gap = tab_titles(detail, width)
        for place, title in enumerate(titles):
            line += [(title, "tab-on" if place == self.section else "tab"), (gap, "text")]
        return tuple(line)

    @property
    def section(self) -> int:
        """The section that is seen at the top."""
        detail = self._made[1] if self._made else None
        if detail is None:
            return 0
        last_seen = self.top + max(1, self.size.height - len(detail.heading) - 2)
        if self.top and last_seen >= len(detail.lines):
            chosen = [place for place, (_, start) in enumerate(detail.sections) if start >= self.top]
            return chosen[0] if chosen else len(detail.sections) - 1
        return max((place for place, (_, start) in enumerate(detail.sections) if start <= self.top), default=0)

    def to_section(self, place: int) -> None:
        """Scroll to section `place`, counted from 0."""
        detail = self._detail(self.text_width)
        if detail is not None:
            self.scroll_top(detail.sections[max(0, min(place, len(detail.sections) - 1))][1])

    def action_section(self, step: int) -> None:
        """Scroll to the next section, or to the one before."""
        self.to_section(self.section + step)

    def head_clicked(self, number: int, x: int) -> None:
        """Go to the section whose tab was clicked."""
        detail = self._detail(self.text_width)
        if detail is None or number != len(detail.heading):
            return
        place = _EDGE
        titles, gap = tab_titles(detail, self.text_width)
        for index, title in enumerate(titles):
            if place <= x < place + len(title):
                self.to_section(index)
            place += len(title) + len(gap)

    def clicked(self, number: int, x: int) -> None:
        """Open the page, or ask for the value, that was clicked."""
        detail = self._detail(self.text_width)
        if detail is None:
            return
        line = detail.lines[number]
        if line.address:
            self.post_message(self.AddressChosen(line.address))
        elif line.query:
            self.post_message(self.QueryChosen(line.query))


def tab_titles(detail: Detail, width: int) -> tuple[list[str], str]:
    """Return the titles of the tabs, shortened where the pane is narrow, and the gap between them."""
    titles = [title for title, _ in detail.sections]
    if _EDGE + sum(len(title) + 2 for title in titles) <= width:
        return titles, "  "
    return [_SHORT.get(title, title) for title in titles], " "
