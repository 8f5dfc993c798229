"""The filters: every facet with its values and their counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...search import Results
from ...search.facets import FacetValue
from ...search.fields import SearchField
from ..actions import bindings
from ..contexts import FILTER_ACTIONS
from ..rendering.facet_rows import NO_PINS, FacetLine, FieldGroup, facet_lines, field_groups, render_facet_line
from ..rendering.spans import StyledLine, pane_title
from .line_view import CursorView

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
        self._shown_ids: dict[str, set[str]] = {}  # by field name: the values that stay while the pane has the focus
        self._lines: list[FacetLine] = []

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
        """Build the lines from the results, and keep the cursor on its value."""
        assert self.results is not None
        facets: dict[SearchField, Sequence[FacetValue]] = {}
        for search_field, values in self.results.facets().items():
            facets[search_field] = self._in_shown_order(search_field, values) if self.has_focus else values
            if not self.has_focus:
                self._value_order[search_field.name] = list(values.ids)
        nested_field = next((search_field for search_field in facets if search_field.parent), None)
        groups = self._groups(self.results, nested_field) if nested_field else ()
        cursor_key = self._line_key(self.cursor)
        self._lines = facet_lines(facets, self.expanded, groups, self._shown_ids if self.has_focus else NO_PINS)
        if not self.has_focus:
            self._remember_shown_values()
        keys = [self._line_key(line_number) for line_number in range(len(self._lines))]
        self.cursor = keys.index(cursor_key) if cursor_key and cursor_key in keys else self._first_selectable()
        self.top_line = max(0, min(self.top_line, len(self._lines) - self.visible_line_count))
        self.redraw()

    def _groups(self, results: Results, nested_field: SearchField) -> list[FieldGroup]:
        groups = field_groups(results, nested_field)
        if self.has_focus:
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
        if not 0 <= line_number < len(self._lines):
            return None
        line = self._lines[line_number]
        if line.search_field is None or not line.is_selectable:
            return None
        return line.search_field.name, line.value.value if line.value else None

    def _first_selectable(self) -> int:
        return next((line_number for line_number, line in enumerate(self._lines) if line.is_selectable), 0)

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def is_selectable(self, line_number: int) -> bool:
        """Return whether the cursor can be on line `line_number`."""
        return line_number < len(self._lines) and self._lines[line_number].is_selectable

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
        return render_facet_line(self._lines[line_number], width)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Include the clicked value; expand or collapse a group by its arrow; or find a value by the heading."""
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
