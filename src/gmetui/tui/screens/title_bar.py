"""The bar at the top of every screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from textual.message import Message

from ...documents.start_page import DataNote
from ...text import format_date, plural
from .. import clock
from ..keymap import KeyMap
from ..rendering.spans import Span, StyledLine, cell_width
from ..widgets.bars import Bar

_OUTDATED_AFTER = 400  # days; such data has missed an application season
_WIDE_GAPS_WIDTH = 118  # columns from which the places stand farther apart
#: The places in the order of the bar: the action that opens each, and its title.
_PLACES: Mapping[str, str] = {
    "explore": "Explore",
    "shortlist": "Shortlist",
    "plan": "Plan",
    "compare": "Compare",
    "institutions": "Hospitals",
    "specialties": "Specialties",
    "map": "Map",
    "coverage": "Coverage",
}


class _Part(NamedTuple):
    """A piece of the bar, and the action that a click on it runs, if any."""

    span: Span
    action_id: str = ""


class TitleBar(Bar):
    """The places with their keys and counts, the open one lit; and where there is room, the data and two more keys."""

    class ActionSelected(Message):
        """A part of the bar was clicked."""

        def __init__(self, action_id: str) -> None:
            self.action_id = action_id
            super().__init__()

    def __init__(self, data: DataNote, screen_name: str, key_map: KeyMap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._data = data
        self._screen_name = screen_name
        self._key_map = key_map
        self._counts: dict[str, int] = {"shortlist": 0, "compare": 0}

    def set_data(self, data: DataNote) -> None:
        """Say what other data there are."""
        self._data = data
        self.refresh()

    def set_count(self, place: str, count: int) -> None:
        """Show how many programs are in a place: on the shortlist, or marked for comparison."""
        if count != self._counts[place]:
            self._counts[place] = count
            self.refresh()

    def get_line(self, width: int) -> StyledLine:
        """Return the line for a width."""
        return tuple(part.span for part in self._parts(width))

    def span_clicked(self, index: int) -> None:
        """Run the action of the part that was clicked."""
        action_id = self._parts(self.size.width)[index].action_id
        if action_id:
            self.post_message(self.ActionSelected(action_id))

    def _parts(self, width: int) -> list[_Part]:
        """Return the parts that fit: all places but the last if need be, then a warning, the keys and the edition."""
        is_wide = width >= _WIDE_GAPS_WIDTH
        parts = [_Part((" ≡ gmetui", "heading"), "palette")]
        text, style = self._edition()
        is_outdated = style == "warning" and is_wide
        ending = [_Part((text, style))] if is_outdated else self._ending(is_wide=is_wide)
        end_width = cell_width([part.span for part in ending])
        used = cell_width([part.span for part in parts])
        gap = "   " if is_wide else "  "
        places = {place: self._place_parts(place, title, gap) for place, title in _PLACES.items()}
        sizes = {place: cell_width([part.span for part in place_parts]) for place, place_parts in places.items()}
        free_width = width - used - end_width - sizes.get(self._screen_name, 0)
        for place, place_parts in places.items():
            is_open = place == self._screen_name
            if is_open or sizes[place] <= free_width:
                parts += place_parts
                used += sizes[place]
                free_width -= 0 if is_open else sizes[place]
        edition_width = cell_width(((text, style),))
        if style != "warning" and used + edition_width + 2 + end_width <= width:
            ending, end_width = [_Part((f"{text}  ", style)), *ending], edition_width + 2 + end_width
        if used + end_width > width:
            return parts
        return [*parts, _Part((" " * (width - used - end_width), "text")), *ending]

    def _place_parts(self, place: str, title: str, gap: str) -> list[_Part]:
        """Return the key, the title and the count of a place."""
        count = self._counts.get(place, 0)
        if count or place == "shortlist":
            title = f"{title} {count:,}"
        style = "tab-active" if place == self._screen_name else "tab"
        key = self._key_map.label(place)
        return [_Part((gap, "text")), _Part((f"{key} ", "key"), place), _Part((title, style), place)]

    def _ending(self, *, is_wide: bool) -> list[_Part]:
        palette_key, help_key = (self._key_map.label(action_id) for action_id in ("palette", "help"))
        if not is_wide:
            return [_Part((f"  {help_key} ", "key"), "help")]
        return [
            _Part((f"   {palette_key} ", "key"), "palette"),
            _Part(("find anything", "tab"), "palette"),
            _Part((f"  {help_key} ", "key"), "help"),
            _Part(("help ", "tab"), "help"),
        ]

    def _edition(self) -> Span:
        """Return the size and date of the data with a style, or a warning if the data is old."""
        count, edition, has_imported_programs = self._data
        source = "data and your lists" if has_imported_programs else "data"
        text = f"  {plural(count, 'program')} · {source} of {format_date(edition)}" if edition else ""
        try:
            age = (clock.today() - date.fromisoformat(edition)).days
        except ValueError:  # other data than the bundled one may have any text for a date
            return text, "muted"
        if age <= _OUTDATED_AFTER:
            return text, "muted"
        return f"  Data of {format_date(edition)} is outdated: ask the programs ", "warning"
