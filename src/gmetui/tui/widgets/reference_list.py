"""A list of things to read about: institutions, specialties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.message import Message

from ..rendering.spans import Line, fit, right
from .line_view import CursorView

_GAP = 2  # cells between columns


class Choice(NamedTuple):
    """One thing: what stands for it, its name, how deep it stands, and what is said at the right."""

    key: str
    name: str
    depth: int = 0
    cells: tuple[str, ...] = ()
    faint: bool = False


class ChoiceList(CursorView):
    """Things under each other; the page of the one under the cursor is shown beside."""

    class Opened(Message):
        """A row was chosen to be read."""

    def __init__(self, headings: tuple[str, ...], choices: Sequence[Choice], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings = headings
        self._choices = choices

    @property
    def choice(self) -> Choice | None:
        """The row under the cursor."""
        return self._choices[self.cursor] if self.cursor < len(self._choices) else None

    def go_to(self, key: str) -> None:
        """Put the cursor on a row."""
        place = next((place for place, choice in enumerate(self._choices) if choice.key == key), None)
        if place is not None:
            self.move_to(place)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._choices)

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the headings of the columns."""
        name, *cells = self._headings
        words = "".join(fit(cell, len(cell) + _GAP) for cell in cells)
        return (((fit(f" {name}", width - len(words)) + words, "heading"),),)

    def line(self, number: int, width: int) -> Line:
        """Return row `number`."""
        choice = self._choices[number]
        titles = self._headings[1:]
        words = "".join(
            fit(right(cell, len(title)), len(title) + _GAP) for cell, title in zip(choice.cells, titles, strict=True)
        )
        name = fit(f" {'  ' * choice.depth}{choice.name}", width - len(words))
        return ((name, "muted" if choice.faint else "text"), (words, "muted"))

    def clicked(self, number: int, x: int) -> None:
        """Choose a row; a second click opens it."""
        again = number == self.cursor
        super().clicked(number, x)
        if again:
            self.post_message(self.Opened())
