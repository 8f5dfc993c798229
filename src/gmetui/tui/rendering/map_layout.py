"""Where the tiles of the map are: the states of the country, or the institutions in the states of New England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...catalog.us_map import GRID_COLUMNS, GRID_ROWS, NEW_ENGLAND, STATE_TILES
from ...search.places import MapPlace, StateCounts

_MIN_TILE, _MAX_TILE = (5, 2), (12, 5)  # cells: width and height, with the gap after each tile
_MIN_HOSPITAL_TILE = 16  # cells: width
_MAX_HOSPITAL_TILE = 4  # lines: its name, its city, its count and the gap
_GAP = 1
_SIDEWAYS = 3  # how much a tile beside the way counts, when the cursor looks for the next one


class MapTile(NamedTuple):
    """A tile: its state, its institution if it is one, what it says and how many programs it has."""

    state: str
    place: MapPlace | None
    program_count: int
    x: int
    y: int
    width: int
    height: int

    @property
    def key(self) -> str:
        """What the tile is, in any layout."""
        return f"{self.state} {self.place.value}" if self.place else self.state

    def contains(self, x: int, y: int) -> bool:
        """Tell whether a cell belongs to the tile."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class MapLayout(NamedTuple):
    """Tiles that don't overlap, in reading order, and the lines they take together."""

    tiles: tuple[MapTile, ...] = ()
    height: int = 0


def country_layout(counts: StateCounts, width: int, height: int) -> MapLayout:
    """Return a tile for each state, as large as `width` and `height` cells allow."""
    tile_width = max(_MIN_TILE[0], min(_MAX_TILE[0], width // GRID_COLUMNS))
    tile_height = max(_MIN_TILE[1], min(_MAX_TILE[1], height // GRID_ROWS))
    lines = tile_height - (_GAP if tile_height > _MIN_TILE[1] else 0)
    margin = max(0, (width - tile_width * GRID_COLUMNS) // 2)
    tiles = [
        MapTile(
            state,
            None,
            counts.by_state.get(state, 0),
            margin + column * tile_width,
            row * tile_height,
            tile_width - _GAP,
            lines,
        )
        for state, (column, row) in STATE_TILES.items()
    ]
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    return MapLayout(tuple(tiles), tile_height * GRID_ROWS)


def new_england_layout(
    counts: StateCounts, hospitals: Mapping[str, Sequence[MapPlace]], width: int, height: int
) -> MapLayout:
    """Return a tile for each state of New England, and below it one for each of its institutions.

    A state without institutions takes one line.
    """
    tile_rows = sum(_row_count(row, hospitals, width) for row in NEW_ENGLAND)
    free_lines = height - len(NEW_ENGLAND) * (1 + _GAP)
    tile_height = max(_MIN_TILE[1], min(_MAX_HOSPITAL_TILE, free_lines // max(1, tile_rows)))
    tiles: list[MapTile] = []
    top = 0
    for row in NEW_ENGLAND:
        state_width = width // len(row)
        for position, state in enumerate(row):
            left = position * state_width
            tiles.append(MapTile(state, None, counts.by_state.get(state, 0), left, top, state_width - _GAP, 1))
            tiles += _hospital_tiles(state, hospitals.get(state, ()), (left, top + 1), state_width, tile_height)
        top += 1 + tile_height * _row_count(row, hospitals, width) + _GAP
    return MapLayout(tuple(tiles), top)


def _per_line(state_width: int) -> int:
    return max(1, state_width // _MIN_HOSPITAL_TILE)


def _row_count(row: Sequence[str], hospitals: Mapping[str, Sequence[MapPlace]], width: int) -> int:
    """Return the lines of tiles that the institutions of states side by side need."""
    per_line = _per_line(width // len(row))
    return max(-(-len(hospitals.get(state, ())) // per_line) for state in row)


def _hospital_tiles(
    state: str, places: Sequence[MapPlace], origin: tuple[int, int], state_width: int, tile_height: int
) -> list[MapTile]:
    tile_width = state_width // _per_line(state_width)
    left, top = origin
    tiles = []
    for position, place in enumerate(places):
        line, column = divmod(position, _per_line(state_width))
        x, y = left + column * tile_width, top + line * tile_height
        lines = tile_height - (_GAP if tile_height > _MIN_TILE[1] else 0)
        tiles.append(MapTile(state, place, place.program_count, x, y, tile_width - _GAP, lines))
    return tiles


def neighbor(layout: MapLayout, tile: MapTile, step_x: int, step_y: int) -> MapTile:
    """Return the tile that is next in a direction, one of the steps being 0; the tile itself at the edge."""

    def distance(other: MapTile) -> tuple[int, int, int]:
        along_x = (other.x - tile.x) * step_x
        along_y = (other.y - tile.y) * step_y
        along = along_x + along_y
        aside_x = max(0, other.x - (tile.x + tile.width - 1), tile.x - (other.x + other.width - 1))
        aside_y = max(0, other.y - (tile.y + tile.height - 1), tile.y - (other.y + other.height - 1))
        aside = aside_y if step_x else aside_x
        return along + _SIDEWAYS * aside, along, other.x

    def is_ahead(other: MapTile) -> bool:
        return (other.x - tile.x) * step_x > 0 if step_x else (other.y - tile.y) * step_y > 0

    return min(filter(is_ahead, layout.tiles), key=distance, default=tile)
