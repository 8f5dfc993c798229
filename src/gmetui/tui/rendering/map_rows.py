"""The tiles of the map as lines: two letters and a number in each, on a ground that is stronger for more programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from ...catalog.us_map import STATE_TILES, state_name
from ...search.places import MapPlace, StateCounts
from ...text import plural
from .coverage_rows import heat_style
from .map_layout import MapLayout, MapTile
from .spans import Span, StyledLine, align_right, fit

_INCLUDED = "✓"
_STATE_WIDTH = 4  # cells: what the letters and the number of a state need


def map_line(layout: MapLayout, line_number: int, counts: StateCounts, cursor_key: str) -> StyledLine:
    """Return a line of the map; the tile under the cursor is lit."""
    largest_state = max((tile.program_count for tile in layout.tiles if not tile.place), default=0)
    largest_place = max((tile.program_count for tile in layout.tiles if tile.place), default=0)
    spans: list[Span] = []
    end = 0
    for tile in _tiles_on(layout.tiles, line_number):
        spans.append((" " * (tile.x - end), "text"))
        text = _tile_text(tile, line_number - tile.y, is_included=tile.state in counts.included)
        largest = largest_place if tile.place else largest_state
        style = "heat-cursor" if tile.key == cursor_key else _tile_style(tile.program_count, largest)
        spans.append((fit(text, tile.width), style))
        end = tile.x + tile.width
    return tuple(spans)


def _tiles_on(tiles: Sequence[MapTile], line_number: int) -> list[MapTile]:
    on_line = (tile for tile in tiles if tile.y <= line_number < tile.y + tile.height)
    return sorted(on_line, key=lambda tile: tile.x)


def _tile_style(count: int, largest: int) -> str:
    """Return the ground of a tile. The root tells small counts apart beside one that is far larger."""
    return heat_style(sqrt(count / largest)) if count else "muted"


def _tile_text(tile: MapTile, line: int, *, is_included: bool) -> str:
    sign = f" {_INCLUDED}" if is_included else ""
    if tile.place is not None:
        return _place_text(tile, tile.place, line)
    if tile.height == 1:
        name = f" {tile.state} {state_name(tile.state)}{sign}"
        has_room = len(name) + len(f" {tile.program_count:,} ") < tile.width
        return _name_and_count(name if has_room else f" {tile.state}{sign}", tile)
    middle = (tile.height - 2) // 2
    count = f"{tile.program_count:,}" if len(f"{tile.program_count:,}") <= tile.width else f"{tile.program_count}"
    text = {middle: f"{sign.strip()}{tile.state}", middle + 1: count}.get(line, "")
    return align_right(text, tile.width - (tile.width - _STATE_WIDTH) // 2)


def _place_text(tile: MapTile, place: MapPlace, line: int) -> str:
    """Return a line of a hospital: its name, its city where there is room, and its count on the last line."""
    if tile.height == 1:
        return _name_and_count(f" {place.name}", tile)
    if line == tile.height - 1:
        return align_right(f"{place.program_count:,} ", tile.width)
    return f" {(place.name, place.remark, '')[min(line, 2)]}"


def _name_and_count(name: str, tile: MapTile) -> str:
    count = f" {tile.program_count:,} "
    return fit(name, tile.width - len(count)) + count


def map_notes(counts: StateCounts, total: int) -> Iterator[str]:
    """Yield what the tiles don't show: programs elsewhere and those without a state."""
    elsewhere = {state: count for state, count in counts.by_state.items() if state not in STATE_TILES and count}
    if elsewhere:
        largest = sorted(elsewhere.items(), key=lambda pair: (-pair[1], pair[0]))
        yield f"Elsewhere: {', '.join(f'{state_name(state)} {count:,}' for state, count in largest)}"
    if counts.without_state:
        yield f"{plural(counts.without_state, 'program')} without a state"
    if not total:
        yield "No program matches the search"


def tile_text(tile: MapTile) -> str:
    """Return what a tile is and how many programs it has, in full."""
    name = tile.place.name if tile.place else state_name(tile.state)
    return f"{name}: {plural(tile.program_count, 'program')}"
