"""The map: its tiles at any size, and the screen that narrows the search with it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Label

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.us_map import GRID_COLUMNS, GRID_ROWS, NEW_ENGLAND, STATE_TILES, is_new_england, state_name
from gmetui.catalog.us_states import STATES
from gmetui.search import Query, search
from gmetui.search.places import StateCounts, institutions_by_state, state_counts
from gmetui.tui.rendering.map_layout import MapLayout, country_layout, neighbor, new_england_layout
from gmetui.tui.rendering.map_rows import map_line, map_notes
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.map_screen import MapScreen
from support import make_app, until, until_problem

SIZES = [(55, 16), (84, 33), (150, 43)]
COUNTS = StateCounts({"MA": 1234, "NH": 43, "ON": 7}, frozenset(["NH"]), 2)


def overlapping_cells(layout: MapLayout) -> int:
    cells = [
        (x, y)
        for tile in layout.tiles
        for x in range(tile.x, tile.x + tile.width)
        for y in range(tile.y, tile.y + tile.height)
    ]
    return len(cells) - len(set(cells))


def test_every_state_has_a_tile_of_its_own() -> None:
    assert set(STATES) < set(STATE_TILES)
    assert len(set(STATE_TILES.values())) == len(STATE_TILES)
    assert all(column < GRID_COLUMNS and row < GRID_ROWS for column, row in STATE_TILES.values())
    assert state_name("VI") == "US Virgin Islands"
    assert state_name("ON") == "ON"


def test_new_england_is_told_from_the_country() -> None:
    assert is_new_england(frozenset(["MA", "NH"]))
    assert not is_new_england(frozenset(["MA", "NY"]))
    assert not is_new_england(frozenset())


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tiles_of_the_country_fit_and_say_letters_and_number(width: int, height: int) -> None:
    layout = country_layout(COUNTS, width, height)
    assert layout.height <= height
    assert not overlapping_cells(layout)
    lines = [map_line(layout, number, COUNTS, "CA") for number in range(layout.height)]
    assert all(cell_width(line) <= width for line in lines)
    text = "\n".join("".join(span for span, _ in line) for line in lines)
    assert "1,234" in text or "1234" in text
    assert "✓NH" in text
    assert all(state in text for state in STATE_TILES)
    assert sum(style == "heat-cursor" for line in lines for _, style in line) >= 2


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tiles_of_hospitals_fit(catalog: Catalog, width: int, height: int) -> None:
    results = search(catalog, Query())
    hospitals = institutions_by_state(results)
    layout = new_england_layout(state_counts(results), hospitals, width, height)
    assert not overlapping_cells(layout)
    assert all(tile.x + tile.width <= width for tile in layout.tiles)
    assert {tile.state for tile in layout.tiles} == {state for row in NEW_ENGLAND for state in row}
    shown = [tile.place.value for tile in layout.tiles if tile.place]
    assert sorted(shown) == sorted(place.value for places in hospitals.values() for place in places)


def test_the_cursor_goes_to_the_neighbor() -> None:
    layout = country_layout(COUNTS, 55, 16)
    tiles = {tile.key: tile for tile in layout.tiles}
    assert neighbor(layout, tiles["NY"], 1, 0).key == "RI"
    assert neighbor(layout, tiles["KS"], 0, -1).key == "NE"
    assert neighbor(layout, tiles["AK"], -1, 0).key == "AK"
    assert neighbor(layout, tiles["TX"], 0, 1).key == "TX"
    assert neighbor(layout, tiles["TX"], 1, 0).key == "LA"
    reached, frontier = {"MA"}, ["MA"]
    while frontier:
        tile = tiles[frontier.pop()]
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            next_key = neighbor(layout, tile, *step).key
            if next_key not in reached:
                reached.add(next_key)
                frontier.append(next_key)
    assert reached == set(tiles)


def test_notes_tell_what_has_no_tile() -> None:
    assert list(map_notes(COUNTS, 10)) == ["Elsewhere: ON 7", "2 programs without a state"]
    assert list(map_notes(StateCounts({"MA": 0}, frozenset(), 0), 0)) == ["No program matches the search"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_map_follows_and_narrows_the_search(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "M")
        screen = app.screen
        assert isinstance(screen, MapScreen)
        controller = screen.query_controller
        assert screen.map.state == "MA"
        screen.map.go_to("NH")
        await pilot.press("space")
        assert str(controller.query) == "state:nh"
        assert screen.filter.value == "state:nh"
        await pilot.press("space", "slash", *"medicine")
        await until(pilot, lambda: controller.text == "medicine")
        await pilot.press("enter")
        assert screen.focused is screen.map
        await pilot.press("z")
        screen.map.go_to("NH")
        await pilot.press("tab")
        assert screen.places.place is not None
        assert screen.places.place.field == "city"
        await pilot.press("enter")
        assert app.screen is not screen
        assert str(controller.query) == "medicine state:NH city:Quillmont"
        assert controller.results.total


async def test_a_radius_leads_to_the_programs_around_a_city(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "M")
        screen = app.screen
        assert isinstance(screen, MapScreen)
        screen.map.go_to("NH")
        await pilot.press("r")
        field = app.screen.query_one("#answer", Input)
        assert field.value == "Quillmont, NH, 50"
        assert field.selected_text == field.value, "typing replaces it"
        assert "programs" in str(app.screen.query_one("#preview", Label).content)
        field.value = "springfield, 30"
        await pilot.press("enter")
        await until_problem(pilot, "name the state")
        field.value = "quillmont, 1"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen_name == "explore")
        controller = app.query_controller
        assert controller.text == "near:quillmont,1"
        assert controller.results.total == search(catalog, Query.parse("city:quillmont")).total
        await pilot.press("M", "r")
        assert isinstance(app.screen.query_one("#answer", Input), Input)


async def test_a_click_selects_a_tile_and_a_second_one_narrows_the_search(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "M", "z")
        screen = app.screen
        assert isinstance(screen, MapScreen)
        width, height = screen.map.text_width - 1, screen.map.size.height - 4
        layout = country_layout(state_counts(screen.query_controller.results), width, height)
        tile = next(tile for tile in layout.tiles if tile.key == "NH")
        position = tile.x + 1, tile.y + 2  # a margin at the left; the title and an empty line above
        await pilot.click("#map", offset=position)
        assert screen.map.state == "NH"
        await pilot.press("space", "left", "space")
        assert screen.query_controller.text == "state:nh", "no program is in Vermont"
        await pilot.press("space", "right", "space")
        await pilot.click("#map", offset=position)
        assert screen.query_controller.text == "state:NH"
        assert app.screen is not screen
