"""The first screen: what it offers, where the cursor goes, and what each choice does."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.documents.start_choices import start_page
from gmetui.documents.start_page import StartPage
from gmetui.search import Query, search
from gmetui.tui import clock
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.rendering.start_layout import start_layout
from gmetui.tui.screens.explore_screen import ExploreScreen
from support import PROGRAM_COUNT, make_app, screen_text

SIZES = [(79, 20), (119, 34), (199, 44)]


@pytest.fixture
def page(catalog: Catalog) -> StartPage:
    return start_page(search(catalog, Query()), clock.today())


def test_every_count_is_what_its_search_finds(catalog: Catalog, page: StartPage) -> None:
    choices = [choice for box in page.boxes for choice in box.choices if choice.target.kind == "query"]
    assert len({choice.target for choice in choices}) == len(choices) > 5
    for choice in choices:
        assert search(catalog, Query.parse(choice.target.value)).total == int(choice.ending) > 0


def test_examples_find_programs(catalog: Catalog, page: StartPage) -> None:
    assert page.examples
    for example in page.examples:
        assert search(catalog, Query.parse(example)).total


def test_remark_says_where_the_programs_are(catalog: Catalog, page: StartPage) -> None:
    sponsors = {program.institution for program in catalog.programs}
    assert f"{PROGRAM_COUNT} programs of {len(sponsors)} hospitals and schools in Port Ellery" in page.remark


def test_nothing_is_offered_without_programs() -> None:
    layout = start_layout(StartPage(), 80, 24)
    assert not layout.stops


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_lines_fit_and_stops_are_on_them(page: StartPage, width: int, height: int) -> None:
    layout = start_layout(page, width, height)
    assert len(layout.lines) <= height
    assert all(cell_width(line) <= width for line in layout.lines)
    for stop in layout.stops:
        assert 0 <= stop.first_cell < stop.last_cell < width
        lit = start_layout(page, width, height, (stop.box, 0))
        assert any(style == "cursor" for line in lit.lines for _, style in line)
    assert {stop.box for stop in layout.stops} == {0, 1, 2, 3}


def test_the_profile_is_offered_where_it_pushes_nothing_out(catalog: Catalog, page: StartPage) -> None:
    for height, is_shown in ((20, False), (34, True)):
        targets = [stop.target.value for stop in start_layout(page, 119, height).stops]
        assert ("profile" in targets) is is_shown
    served = start_page(search(catalog, Query()), clock.today(), offers_profile=False)
    assert "profile" not in [stop.target.value for stop in start_layout(served, 119, 34).stops]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_boxes_are_entered_by_tab_and_arrows(catalog: Catalog, page: StartPage, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        assert screen.start.display
        assert not screen.panes.display
        assert screen.focused is screen.query_input
        await pilot.press("tab", "down")
        assert screen.focused is screen.start
        assert not screen.query_controller.text, "moving changes nothing"
        await pilot.press("right", "enter")
        await pilot.pause()
        assert screen.query_controller.text == page.boxes[1].choices[1].target.value
        assert screen.focused is screen.programs
        await pilot.press("X")
        assert screen.panes.display, "the list stays while it is in use"
        await pilot.press("slash")
        assert screen.start.display
        await pilot.press("tab", "tab", "tab", "tab", "tab")
        assert screen.focused is screen.query_input, "tab goes through the boxes and back to the search box"
        await pilot.press("escape")
        assert screen.focused is screen.start
        await pilot.press("slash", "c")
        assert screen.panes.display
        assert screen.query_input.value == "c", "typing works at once"
        await pilot.press("backspace")
        assert screen.start.display
        await pilot.press("enter")
        assert screen.focused is screen.programs
        assert f"Programs {PROGRAM_COUNT}" in screen_text(app)


async def test_choices_and_examples_are_clicked(catalog: Catalog, page: StartPage) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        stops = start_layout(page, 119, screen.start.size.height).stops
        program_stop = next(stop for stop in stops if stop.target.kind == "program")
        await pilot.click("#start", offset=(program_stop.first_cell + 3, program_stop.line_number))
        await pilot.pause()
        assert screen.program is not None
        assert screen.program.id == program_stop.target.value
        await pilot.press("escape", "slash")
        assert screen.start.display
        await pilot.click("#status", offset=(6, 0))
        await pilot.pause()
        assert screen.query_controller.query == Query.parse(page.examples[0])
        await pilot.press("slash", *["backspace"] * 40)
        other_place = next(stop for stop in stops if stop.target.value == "filters")
        await pilot.click("#start", offset=(other_place.first_cell + 3, other_place.line_number))
        await pilot.pause()
        assert screen.focused is screen.facets


async def test_question_mark_opens_the_help_in_the_empty_box_only(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        assert app.screen.is_modal
        await pilot.press("escape")
        await pilot.press("a", "question_mark")
        assert not app.screen.is_modal
        assert app.explore_screen.query_input.value == "a?"
