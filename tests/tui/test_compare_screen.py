"""The Compare screen: marked programs side by side, or the first ones of the shortlist."""

from __future__ import annotations

from gmetui.catalog.catalog import Catalog
from gmetui.tui.screens.compare_screen import CompareScreen
from support import make_app, screen_text


async def test_marked_programs_are_compared(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "space", "down", "space", "down", "space")
        assert screen_text(app).count("◆") == 3
        await pilot.press("c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.comparison.programs) == 3
        row_count = screen.comparison.line_count()
        await pilot.press("d")
        assert screen.comparison.line_count() < row_count, "only the rows that differ"
        await pilot.press("right", "s")
        assert [entry.id for entry in app.session.open_list.current.value] == [screen.comparison.programs[1].id]
        await pilot.press("space")
        assert len(screen.comparison.programs) == 2


async def test_without_marks_the_first_programs_of_the_shortlist_are_compared(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "s", "down", "s", "c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.comparison.programs) == 2
