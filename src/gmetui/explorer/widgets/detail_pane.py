"""The program under the cursor, in full: a heading and tabs that stay, and sections that scroll."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...catalog.model import Catalog, Program
from ..actions import bindings
from ..rendering.detail import Detail, program_detail
from ..rendering.lines import BLANK, Line
from .line_view import LineView

_EDGE = 1  # empty cells at the left
_SHORT = {"Requirements": "Required", "Institution": "Hospital"}


class DetailPane(LineView):
    """One program. Its lines are made when they are first drawn at a width."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("next-section", "last-section")

    class AddressChosen(Message):
        """The address of a source was activated."""

        def __init__(self, address: str) -> None:
            self.address = address
            super().__init__()

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.catalog = catalog
        self.program: Program | None = None
        self._made: tuple[str, int, Detail] | None = None

    def show(self, program: Program | None) -> None:
        """Show another program from its top."""
        if program is not self.program:
            self.program = program
            self._made = None
            self.top = 0
            self.update()

    def _detail(self, width: int) -> Detail | None:
        if self.program is None:
            return None
        if self._made is None or self._made[:2] != (self.program.id, width):
            room = max(10, width - _EDGE - 1)
            self._made = (self.program.id, width, program_detail(self.catalog, self.program, room))
        return self._made[2]

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
        detail = self._made[2] if self._made else None
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
        """Open the page whose address was clicked."""
        detail = self._detail(self.text_width)
        address = detail.lines[number].address if detail else None
        if address:
            self.post_message(self.AddressChosen(address))


def tab_titles(detail: Detail, width: int) -> tuple[list[str], str]:
    """Return the titles of the tabs, shortened where the pane is narrow, and the gap between them."""
    titles = [title for title, _ in detail.sections]
    if _EDGE + sum(len(title) + 2 for title in titles) <= width:
        return titles, "  "
    return [_SHORT.get(title, title) for title in titles], " "
