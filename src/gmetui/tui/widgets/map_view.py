"""The map: a tile for each state with the number of its programs, and a cursor that moves by tiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ...catalog.us_map import is_new_england
from ...search import Results
from ...search.places import institutions_by_state, state_counts
from ..actions import bindings
from ..contexts import MAP_ACTIONS
from ..rendering.map_layout import MapLayout, MapTile, country_layout, neighbor, new_england_layout
from ..rendering.map_rows import map_line, map_notes, tile_text
from ..rendering.spans import BLANK_LINE, StyledLine, fit, pane_title
from .line_view import LineView

_MARGIN = 1
_TITLE_LINES = 2  # the title and an empty line
_NOTE_LINES = 2


class MapView(LineView):
    """Where the programs of a search are. New England is enlarged while all programs of the data are there.

    `all_results` are those of the query without its states, which the tiles of institutions count.
    """

    DEFAULT_CSS = "MapView { width: 4fr; height: 1fr; }"
    SELECTS_TEXT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(*MAP_ACTIONS)

    class Opened(Message):
        """The search is to be narrowed to the tile under the cursor."""

    def __init__(self, results: Results, all_results: Results, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor_callback: Callable[[], None] | None = None
        self._cursor_key = ""
        self._layouts: dict[tuple[int, int], MapLayout] = {}  # by size, of the present results
        self._is_enlarged = True  # if it can be
        self.show_results(results, all_results)

    def show_results(self, results: Results, all_results: Results) -> None:
        """Show the counts of other results."""
        self._results, self._all_results = results, all_results
        self._counts = state_counts(results)
        self._layouts = {}
        if not self._cursor_key:
            self._cursor_key = max(self._counts.by_state, key=self._counts.by_state.__getitem__, default="MA")
        if self.is_mounted:
            self.redraw()

    @property
    def has_enlargement(self) -> bool:
        """Whether all programs of the data are in New England."""
        return is_new_england(frozenset(self._counts.by_state))

    @property
    def tile(self) -> MapTile | None:
        """The tile under the cursor."""
        tiles = self._layout.tiles
        state = self._cursor_key.partition(" ")[0]
        fallback = next((tile for tile in tiles if tile.key == state), tiles[0] if tiles else None)
        return next((tile for tile in tiles if tile.key == self._cursor_key), fallback)

    @property
    def state(self) -> str:
        """The state under the cursor, by its two letters."""
        return self.tile.state if self.tile else ""

    @property
    def is_in_data(self) -> bool:
        """Whether any program of the data is in the state under the cursor."""
        return self.state in self._counts.by_state

    @property
    def _layout(self) -> MapLayout:
        width, height = self.text_width - _MARGIN, self.size.height - _TITLE_LINES - _NOTE_LINES
        layout = self._layouts.get((width, height))
        if layout is None:
            if self._is_enlarged and self.has_enlargement:
                layout = new_england_layout(self._counts, institutions_by_state(self._all_results), width, height)
            else:
                layout = country_layout(self._counts, width, height)
            self._layouts[width, height] = layout
        return layout

    # Lines.

    def line_count(self) -> int:
        """Return the number of lines of the tiles and the notes."""
        return self._layout.height + len(self._notes)

    @property
    def _notes(self) -> list[str]:
        return list(map_notes(self._counts, self._results.total))

    def header_lines(self, width: int) -> tuple[StyledLine, ...]:
        """Return the title with the number of programs."""
        total, size = self._results.total, self._results.index.size
        count = f"{total:,}" if total == size else f"{total:,} of {size:,} programs"
        hint = "z whole country " if self.has_enlargement and self._is_enlarged else ""
        return (pane_title("Map", count, width, has_focus=self.has_focus, hint=hint), BLANK_LINE)

    def get_line(self, line_number: int, width: int) -> StyledLine:
        """Return a line of the tiles, or a note."""
        layout = self._layout
        if line_number >= layout.height:
            return ((fit(f" {self._notes[line_number - layout.height]}", width), "muted"),)
        cursor_key = self.tile.key if self.tile else ""
        return ((" " * _MARGIN, "text"), *map_line(layout, line_number, self._counts, cursor_key))

    def tooltip_at(self, line_number: int, x: int) -> str | None:
        """Return the whole name of a tile, and its count."""
        tile = self._tile_at(line_number, x)
        return tile_text(tile) if tile else None

    # The cursor.

    def go_to(self, key: str) -> None:
        """Put the cursor on the tile of a state or an institution."""
        self._cursor_key = key
        tile = self.tile
        if tile is not None:
            self.scroll_line_into_view(tile.y)
        self.redraw()
        if self.cursor_callback is not None:
            self.cursor_callback()

    def _move(self, step_x: int, step_y: int) -> None:
        if self.tile is not None:
            self.go_to(neighbor(self._layout, self.tile, step_x, step_y).key)

    def action_move(self, step: int) -> None:
        """Go to the next tile to the south (1) or the north (-1)."""
        self._move(0, step)

    def action_column(self, step: int) -> None:
        """Go to the next tile to the east (1) or the west (-1)."""
        self._move(step, 0)

    def action_end(self, direction: int) -> None:
        """Go to the first tile (-1) or the last one (1)."""
        if self._layout.tiles:
            self.go_to(self._layout.tiles[0 if direction < 0 else -1].key)

    def action_zoom(self) -> None:
        """Show the whole country, or New England enlarged."""
        self._is_enlarged = not self._is_enlarged
        self._layouts = {}
        self._drawn_rows = []
        self.refresh()
        self.go_to(self._cursor_key)

    def _tile_at(self, line_number: int, x: int) -> MapTile | None:
        return next((tile for tile in self._layout.tiles if tile.contains(x - _MARGIN, line_number)), None)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Move the cursor to the clicked tile; a second click narrows the search to it."""
        tile = self._tile_at(line_number, x)
        if tile is None:
            return
        was_selected = tile == self.tile
        self.go_to(tile.key)
        if was_selected:
            self.post_message(self.Opened())
