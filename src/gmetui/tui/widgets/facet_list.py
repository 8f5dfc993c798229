"""The filters: every facet with its values, counts and ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...search import Results
from ...search.facets import FacetValue
from ...search.fields import Dimension
from ..actions import bindings
from ..contexts import FACETS
from ..rendering.facet_rows import FacetLine, Family, facet_line, facet_lines, families_of
from ..rendering.spans import Line
from .line_view import CursorView

_MARK = range(3, 6)  # the cells of the mark that opens a field


class FacetPane(CursorView):
    """Facets as one list of lines. While it has the focus, values keep their order under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*FACETS)

    class Ticked(Message):
        """A value was ticked or unticked, as asked for or as excluded."""

        def __init__(self, dimension: Dimension, value: str, exclude: bool) -> None:
            self.dimension = dimension
            self.value = value
            self.exclude = exclude
            super().__init__()

    class FindAsked(Message):
        """A value of a facet is to be found by typing."""

        def __init__(self, dimension: Dimension) -> None:
            self.dimension = dimension
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results: Results | None = None
        self.opened: set[str] = set()
        self._order: dict[str, list[str]] = {}
        self._lines: list[FacetLine] = []

    def show(self, results: Results) -> None:
        """Show the counts and ticks of other results."""
        self.results = results
        self._relay()

    def _relay(self) -> None:
        assert self.results is not None
        facets = {}
        for dimension, values in self.results.facets().items():
            facets[dimension] = self._in_order(dimension, values) if self.has_focus else values
            if not self.has_focus:
                self._order[dimension.name] = list(values.ids)
        here = self._key(self.cursor)
        grouped = next((dimension for dimension in facets if dimension.within), None)
        families = self._families(self.results, grouped) if grouped else ()
        self._lines = facet_lines(facets, self.opened, families)
        keys = [self._key(number) for number in range(len(self._lines))]
        self.cursor = keys.index(here) if here is not None and here in keys else self._first()
        self.top = max(0, min(self.top, len(self._lines) - self.room))
        self.update()

    def _families(self, results: Results, dimension: Dimension) -> list[Family]:
        families = families_of(results, dimension)
        if self.has_focus:
            order = {own: place for place, own in enumerate(self._order.get(dimension.within, ()))}
            return sorted(families, key=lambda family: order.get(family.value, len(order)))
        self._order[dimension.within] = [family.value for family in families]
        return families

    def _in_order(self, dimension: Dimension, values: Sequence[FacetValue]) -> list[FacetValue]:
        order = {value: place for place, value in enumerate(self._order.get(dimension.name, ()))}
        return sorted(values, key=lambda value: order.get(value.value, len(order)))

    def _key(self, number: int) -> tuple[str, str | None] | None:
        if not 0 <= number < len(self._lines):
            return None
        line = self._lines[number]
        if line.dimension is None or not line.choosable:
            return None
        return line.dimension.name, line.value.value if line.value else None

    def _first(self) -> int:
        return next((number for number, line in enumerate(self._lines) if line.choosable), 0)

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on line `number`."""
        return self._lines[number].choosable

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return facet_line(self._lines[number], width)

    @property
    def dimension(self) -> Dimension | None:
        """The facet that the cursor is in; of a field and its specialties, the specialties."""
        number = self.cursor if self.cursor < len(self._lines) else -1
        while number >= 0 and self._lines[number].choosable:
            number -= 1
        return self._lines[number].dimension if number >= 0 else None

    def clicked_aside(self, number: int, x: int) -> None:
        """Leave out the value that was clicked with the other button, or no longer."""
        super().clicked(number, x)
        if self.choosable(number):
            self.action_exclude()

    def clicked(self, number: int, x: int) -> None:
        """Tick the value that was clicked; on a field's mark, show or hide what is in it."""
        super().clicked(number, x)
        line = self._lines[number]
        if line.long and line.dimension is not None:
            self.post_message(self.FindAsked(line.dimension))
        if not self.choosable(number):
            return
        if self._lines[number].group and x in _MARK:
            self.action_group(not self._lines[number].opened)
        else:
            self.action_tick()

    def action_group(self, show: bool) -> None:
        """Show or hide what stands under the field at the cursor, or around it."""
        number = self.cursor
        while number and self._lines[number].depth:
            number -= 1
        group = self._lines[number].group if self._lines else ""
        if group:
            self.cursor = number if not show else self.cursor
            self.opened = self.opened | {group} if show else self.opened - {group}
            self._relay()

    def action_tick(self) -> None:
        """Tick or untick the value under the cursor, or show the rest of its facet."""
        self._act(exclude=False)

    def action_exclude(self) -> None:
        """Leave out the value under the cursor, or no longer."""
        self._act(exclude=True)

    def _act(self, *, exclude: bool) -> None:
        if not self._lines:
            return
        line = self._lines[self.cursor]
        if line.dimension is None:
            return
        if line.value is not None:
            self.post_message(self.Ticked(line.dimension, line.value.value, exclude))
        elif line.more:
            self.opened ^= {line.dimension.name}
            self._relay()

    def on_blur(self) -> None:
        """Bring the values into their order again."""
        super().on_blur()
        if self.results is not None:
            self.call_later(self._relay)
