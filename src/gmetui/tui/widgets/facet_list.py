"""The filters: every facet with its values and their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...search import Results
from ...search.facets import FacetValue
from ...search.fields import SearchField
from ..actions import bindings
from ..contexts import FILTER_ACTIONS
from ..delayed_call import DelayedCall
from ..rendering.facet_rows import NO_PINS, FacetLine, FieldGroup, facet_lines, field_groups, render_facet_line
from ..rendering.lazy_lines import LazyLines
from ..rendering.spans import BLANK_LINE, StyledLine, pane_title
from .line_view import CursorView

_COMPLETION_DELAY = 0.3  # seconds after which the filters out of sight are counted
_ARROW_CELLS = range(3, 6)  # where a click expands or collapses a group


class FacetList(CursorView):
    """Facets below each other. While the pane has the focus, values stay where they are."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*FILTER_ACTIONS)

    class Toggled(Message):
        """A value is to be included or excluded, or cleared if it was."""

        def __init__(self, search_field: SearchField, value: str, exclude: bool) -> None:
            self.search_field = search_field
            self.value = value
            self.exclude = exclude
            super().__init__()

    class FindRequested(Message):
        """The user wants to find a value of a facet by typing."""

        def __init__(self, search_field: SearchField) -> None:
            self.search_field = search_field
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results: Results | None = None
        self.expanded: set[str] = set()  # names of facets and groups
        self._value_order: dict[str, list[str]] = {}  # by field name, as shown without the focus
        self._cursor_key: tuple[str, str | None] | None = None
        self._shown_ids: dict[str, set[str]] = {}  # by field name: the values that stay while the pane has the focus
        self._lines: LazyLines[FacetLine] = LazyLines()
        self._line_total = 0  # of the lines before, until the present ones are complete
        self._is_complete = True
        self._keeps_order = False  # whether the pane had the focus when the lines were made
        self._completion = DelayedCall(self, _COMPLETION_DELAY, self.complete)

    @property
    def current_field(self) -> SearchField | None:
        """The field of the facet under the cursor."""
        line_number = self.cursor if self.cursor < len(self._lines) else -1
        while line_number >= 0 and self._lines[line_number].is_selectable:
            line_number -= 1
        return self._lines[line_number].search_field if line_number >= 0 else None

    def show_results(self, results: Results) -> None:
        """Show the counts and filters of other results."""
        self.results = results
        self._rebuild_lines()

    def _rebuild_lines(self) -> None:
        """Build the lines from the results: those in sight now, the others after a pause, unless they are needed."""
        assert self.results is not None
        if self._is_complete:
            self._cursor_key = self._line_key(self.cursor)
        self._keeps_order = self.has_focus
        pinned = self._shown_ids if self._keeps_order else NO_PINS
        groups_of = partial(self._groups, self.results)
        self._lines = LazyLines(facet_lines(self._facets(self.results), self.expanded, groups_of, pinned))
        self._is_complete = False
        if self._keeps_order or not self._lines.reaches(self.top_line + self.visible_line_count + 1):
            self.complete()
            return
        self._cursor_key = self._cursor_key or self._line_key(self._first_selectable())
        self._completion.request()
        self.redraw()

    def complete(self) -> None:
        """Build the lines that are out of sight, and keep the cursor on its value."""
        if self._is_complete:
            return
        self._line_total = len(self._lines)
        self._is_complete = True
        if not self._keeps_order:
            self._remember_shown_values()
        keys = [self._line_key(line_number) for line_number in range(self._line_total)]
        key = self._cursor_key
        self.cursor = keys.index(key) if key and key in keys else self._first_selectable()
        self.top_line = max(0, min(self.top_line, self._line_total - self.visible_line_count))
        self.redraw()

    def _facets(self, results: Results) -> Iterator[tuple[SearchField, Sequence[FacetValue]]]:
        """Yield each facet with its values, which are counted only then; those of a focused pane keep their order."""
        keeps_order = self._keeps_order
        for search_field in results.facet_fields:
            values = results.facet(search_field.name)
            if not keeps_order:
                self._value_order[search_field.name] = list(values.ids)
            yield search_field, self._in_shown_order(search_field, values) if keeps_order else values

    def _groups(self, results: Results, nested_field: SearchField) -> list[FieldGroup]:
        groups = field_groups(results, nested_field)
        if self._keeps_order:
            positions = self._positions(nested_field.parent)
            return sorted(groups, key=lambda group: positions.get(group.value, len(positions)))
        self._value_order[nested_field.parent] = [group.value for group in groups]
        return groups

    def _remember_shown_values(self) -> None:
        self._shown_ids = {}
        for line in self._lines:
            if line.value and line.value.value and line.search_field:
                self._shown_ids.setdefault(line.search_field.name, set()).add(line.value.value)

    def _in_shown_order(self, search_field: SearchField, values: Sequence[FacetValue]) -> list[FacetValue]:
        positions = self._positions(search_field.name)
        return sorted(values, key=lambda value: positions.get(value.value, len(positions)))

    def _positions(self, field_name: str) -> dict[str, int]:
        return {value: index for index, value in enumerate(self._value_order.get(field_name, ()))}

    def _line_key(self, line_number: int) -> tuple[str, str | None] | None:
        """Return what identifies a selectable line among other results."""
        if line_number < 0 or not self._lines.reaches(line_number + 1):
            return None
        line = self._lines[line_number]
        if line.search_field is None or not line.is_selectable:
            return None
        return line.search_field.name, line.value.value if line.value else None

    def _first_selectable(self) -> int:
        line_number = 0
        while self._lines.reaches(line_number + 1):
            if self._lines[line_number].is_selectable:
                return line_number
            line_number += 1
        return 0

    def line_count(self) -> int:
        """Return the number of lines. While those out of sight aren't complete: that before, or those in sight."""
        if self._is_complete:
            return self._line_total
        in_sight = self.top_line + self.visible_line_count + 1
        return max(self._line_total, in_sight) if self._lines.reaches(in_sight) else len(self._lines)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether the cursor can be on line `line_number`."""
        return self._lines.reaches(line_number + 1) and self._lines[line_number].is_selectable

    def on_focus(self) -> None:
        """Complete the lines, which stay where they are from now on."""
        self.complete()
        super().on_focus()

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on line `line_number`; it's hidden unless the pane has the focus."""
        return self.has_focus and super().has_cursor(line_number)

    @property
    def header_height(self) -> int:
        """One line."""
        return 1

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title of the pane, with the number of programs that match."""
        results = self.results
        count = f"{results.total:,} of {results.index.size:,}" if results and results.index.size else ""
        return (pane_title("Filters", count, width, has_focus=self.has_focus),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return line `line_number`."""
        is_there = self._lines.reaches(line_number + 1)
        return render_facet_line(self._lines[line_number], width) if is_there else BLANK_LINE

    def line_clicked(self, line_number: int, x: int) -> None:
        """Include the clicked value; expand or collapse a group by its arrow; or find a value by the heading."""
        self.complete()
        super().line_clicked(line_number, x)
        line = self._lines[line_number]
        if line.is_searchable and line.search_field is not None:
            self.post_message(self.FindRequested(line.search_field))
        if not line.is_selectable:
            return
        if line.group_name and x in _ARROW_CELLS:
            self.action_group(not line.is_expanded)
        else:
            self.action_include()

    def line_right_clicked(self, line_number: int, x: int) -> None:
        """Exclude the clicked value."""
        self.complete()
        super().line_clicked(line_number, x)
        if self.is_selectable(line_number):
            self.action_exclude()

    def action_group(self, expand: bool) -> None:
        """Expand or collapse the group at the cursor."""
        line_number = self.cursor
        while line_number and self._lines[line_number].depth:
            line_number -= 1
        group_name = self._lines[line_number].group_name if self._lines else ""
        if group_name:
            if expand:
                self.expanded.add(group_name)
            else:
                self.cursor = line_number
                self.expanded.discard(group_name)
            self._rebuild_lines()

    def action_include(self) -> None:
        """Include the value under the cursor, or clear it; or show the remaining values of its facet."""
        self._activate(exclude=False)

    def action_exclude(self) -> None:
        """Exclude the value under the cursor, or clear it."""
        self._activate(exclude=True)

    def _activate(self, *, exclude: bool) -> None:
        line = self._lines[self.cursor] if self._lines else None
        if line is None or line.search_field is None:
            return
        if line.value is not None:
            self.post_message(self.Toggled(line.search_field, line.value.value, exclude))
        elif line.is_toggle:
            self.expanded ^= {line.search_field.name}
            self._rebuild_lines()

    def on_blur(self) -> None:
        """Sort the values again."""
        super().on_blur()
        if self.results is not None:
            self.call_later(self._rebuild_lines)
