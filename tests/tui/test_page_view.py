"""The program page: links, search matches across programs, and tabs in narrow panes."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.tui.rendering.program_page import program_page
from support import make_app, screen_text, until_notified

SIZE = (120, 40)
CARDS = "larkspur-cardiovascular-disease-fellowship"


async def test_link_on_a_value_narrows_the_search(catalog: Catalog) -> None:
    app = make_app(catalog, "cards")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "right", "right", "enter")
        assert app.explore_screen.history_key == "cards city:portellery"
        await pilot.press("3", "left", "enter")
        assert "institution:" in app.explore_screen.history_key
        assert app.explore_screen.history_key.startswith("cards city:portellery")


async def test_first_visible_link_is_chosen_first(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "enter")
        assert app.explore_screen.detail._selected_line is not None
        assert app.explore_screen.history_key == "cards larkspur"
        await pilot.press("enter")
        assert app.explore_screen.history_key == "cards larkspur institution:larkspur"


async def test_links_of_a_program_find_that_program(catalog: Catalog) -> None:
    for program in catalog.programs:
        detail = program_page(catalog, program, 80)
        for line in detail.lines:
            if line.query and not line.query.startswith("id:"):
                results = search(catalog, Query.parse(line.query))
                assert results.row_of(program.id) is not None, (program.id, line.query)
                assert not results.warnings


async def test_fellowships_at_the_same_institution(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=(120, 100)) as pilot:
        await pilot.press("enter", "enter", *["right_square_bracket"] * 3)
        text = screen_text(app)
        assert "Fellowships you could stay for at Larkspur" in text
        detail = program_page(catalog, app.explore_screen.program, 60) if app.explore_screen.program else None
        assert detail is not None
        link = next(line.query for line in detail.lines if line.query and line.query.startswith("id:"))
        app.explore_screen.follow_query(link)
        await pilot.pause()
        assert app.explore_screen.program is not None
        assert link == f"id:{app.explore_screen.program.id}"
        parents = catalog.specialty[app.explore_screen.program.specialty].parents
        assert "internal-medicine" in parents


async def test_source_page_is_opened_by_key(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(catalog, "cards larkspur")
    opened: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(app, "open_url", opened.append)
        await pilot.press("enter", "enter", "end", "left", "enter")
        assert opened
        assert opened[0].startswith("https://")


async def test_next_match_continues_across_programs(catalog: Catalog) -> None:
    app = make_app(catalog, "transplant")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter")
        first = app.explore_screen.program
        visited = set()
        for _ in range(40):
            await pilot.press("n")
            assert app.explore_screen.detail.program is app.explore_screen.program
            assert app.explore_screen.program is not None
            visited.add(app.explore_screen.program.id)
        assert len(visited) > 2
        for _ in range(40):
            await pilot.press("N")
        assert app.explore_screen.program is first


async def test_next_match_needs_words_in_the_query(catalog: Catalog) -> None:
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter", "n")
        await until_notified(pilot, "No words to find")


async def test_note_is_written_from_the_program_page(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "a", *"hi", "escape")
        assert app.session.shortlist.entries[0].note == "hi"


async def test_tabs_by_mouse_in_a_narrow_pane(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter")
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "Overview  Required" in line)
        column = lines[row].index("›", 70)
        await pilot.click(offset=(column, row))
        assert app.explore_screen.detail.section > 2
