"""The cities and institutions of a state, with the number of their programs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from ...search.places import MapPlace
from ..rendering.spans import StyledLine, fit, pane_title
from .line_view import CursorView

_INDENT = "  "


class MapPlaceList(CursorView):
    """Cities, each above its institutions."""

    DEFAULT_CSS = "MapPlaceList { width: 1fr; min-width: 24; max-width: 40; height: 1fr; background: $surface; }"

    class Opened(Message):
        """The search is to be narrowed to a place."""

        def __init__(self, place: MapPlace) -> None:
            self.place = place
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = ""
        self._places: Sequence[MapPlace] = ()

    @property
    def place(self) -> MapPlace | None:
        """The place under the cursor."""
        return self._places[self.cursor] if self.cursor < len(self._places) else None

    def show_places(self, title: str, places: Sequence[MapPlace]) -> None:
        """Show the places of another state, or those of other results."""
        if title != self._title:
            self.cursor = self.top_line = 0
        self._title, self._places = title, places
        self.cursor = max(0, min(self.cursor, len(places) - 1))
        self.top_line = max(0, min(self.top_line, self.line_count() - self.visible_line_count))
        self.redraw()

    def line_count(self) -> int:
        """Return the number of places."""
        return len(self._places) or 1

    def is_selectable(self, line_number: int) -> bool:
        """Return whether there is a place."""
        return bool(self._places)

    def has_cursor(self, line_number: int) -> bool:
        """Return whether the cursor is on a line; without the focus, it's on the map."""
        return self.has_focus and super().has_cursor(line_number)

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the name of the state and the number of its programs."""
        total = sum(place.program_count for place in self._places if not place.depth)
        return (pane_title(self._title, f"{total:,}", width, has_focus=self.has_focus),)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return the name and the count of a place."""
        if not self._places:
            return ((fit("  No programs", width), "muted"),)
        place = self._places[line_number]
        count = f" {place.program_count:,} "
        name = fit(f" {_INDENT * place.depth}{place.name}", width - len(count))
        return ((name, "text" if place.depth else "strong"), (count, "muted"))

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return the whole name where it is cut."""
        place = self._places[line_number] if line_number < len(self._places) else None
        return place.name if place and len(place.name) > self.text_width - 8 else None

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor; a second click narrows the search to the place."""
        was_selected = line_number == self.cursor and self.has_focus
        super().line_clicked(line_number, x)
        if was_selected and self.place is not None:
            self.post_message(self.Opened(self.place))
