"""Reading a program: links by key and by mouse, words found across programs, tabs where there is little room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from gmetui.tui.rendering.page_writer import Detail
from gmetui.tui.rendering.program_page import program_detail
from gmetui.tui.widgets.page_view import _EDGE, _GAP, tabs_in
from support import app_of, screen_text

SIZE = (120, 40)
CARDS = "tufts-cardiovascular-disease-fellowship"


async def test_a_value_narrows_by_key(catalog: Catalog) -> None:
    app = app_of(catalog, "cards")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "right", "right", "enter")
        assert app.home.what == "cards city:boston"
        await pilot.press("3", "left", "enter")
        assert "institution:" in app.home.what
        assert app.home.what.startswith("cards city:boston")


async def test_following_begins_at_the_first_link_in_sight(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "enter")
        assert app.home.detail._chosen is not None
        assert app.home.what == "cards tufts"
        await pilot.press("enter")
        assert app.home.what == "cards tufts institution:tufts"


async def test_every_link_of_every_program_leads_to_it(catalog: Catalog) -> None:
    for program in catalog.programs:
        detail = program_detail(catalog, program, 80)
        for line in detail.lines:
            if line.query and not line.query.startswith("id:"):
                results = search(catalog, Query.parse(line.query))
                assert results.row_of(program.id) is not None, (program.id, line.query)
                assert not results.warnings


async def test_where_one_can_stay(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology residency tufts")
    async with app.run_test(size=(120, 100)) as pilot:
        await pilot.press("enter", "enter", *["right_square_bracket"] * 3)
        text = screen_text(app)
        assert "What one can stay for at Tufts" in text
        detail = program_detail(catalog, app.home.program, 60) if app.home.program else None
        assert detail is not None
        own = next(line.query for line in detail.lines if line.query and line.query.startswith("id:"))
        app.home.narrow_to(own)
        await pilot.pause()
        assert app.home.program is not None
        assert own == f"id:{app.home.program.id}"
        parents = catalog.specialty[app.home.program.specialty].parents
        assert "neurology" in parents


async def test_a_page_is_opened_by_key(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of(catalog, "cards tufts")
    opened: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(app, "open_url", opened.append)
        await pilot.press("enter", "enter", "end", "left", "enter")
        assert opened
        assert opened[0].startswith("https://")


async def test_words_are_found_in_the_page_and_on_across_programs(catalog: Catalog) -> None:
    app = app_of(catalog, "transplant")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter")
        first = app.home.program
        seen = set()
        for _ in range(40):
            await pilot.press("n")
            assert app.home.detail.program is app.home.program
            assert app.home.program is not None
            seen.add(app.home.program.id)
        assert len(seen) > 2
        for _ in range(40):
            await pilot.press("N")
        assert app.home.program is first


async def test_without_words_there_is_nothing_to_find(catalog: Catalog) -> None:
    app = app_of(catalog, "kind:residency")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter", "n")
        assert "No words are searched for" in screen_text(app)


async def test_a_note_from_the_page(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "a", *"hi", "escape")
        assert app.shortlist.entries[0].note == "hi"


TITLES = st.lists(st.text("abcdefgh", min_size=3, max_size=12), min_size=1, max_size=9)


@given(TITLES, st.integers(20, 120), st.data())
def test_tabs_fit_and_show_where_one_is(titles: list[str], width: int, data: st.DataObject) -> None:
    section = data.draw(st.integers(0, len(titles) - 1))
    detail = Detail((), (), tuple((title, 0) for title in titles))
    tabs = tabs_in(detail, width, section)
    assert section in [place for place, _ in tabs]
    assert _EDGE + sum(len(title) + len(_GAP) for _, title in tabs) - len(_GAP) <= width
    assert [place for place, _ in tabs] == list(range(tabs[0][0], tabs[-1][0] + 1))


async def test_tabs_by_mouse_in_a_narrow_pane(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter")
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "Overview  Required" in line)
        column = lines[row].index("›", 70)
        await pilot.click(offset=(column, row))
        assert app.home.detail.section > 2
