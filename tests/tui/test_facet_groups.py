from __future__ import annotations

from gmetui.catalog.catalog import Catalog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.facet_list import FacetList
from support import make_app


async def test_group_of_specialties_opens_and_closes(catalog: Catalog) -> None:
    app = make_app(catalog, "larkspur medicine")
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("enter", "f")
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        facet_list = screen.query_one(FacetList)
        group_line = next(number for number, line in enumerate(facet_list._lines) if line.group_name)
        facet_list.move_cursor_to(group_line)
        closed_count = len(facet_list._lines)
        await pilot.press("right")
        members = [line for line in facet_list._lines if line.depth]
        assert members
        assert len(facet_list._lines) == closed_count + len(members)
        await pilot.press("down", "left")
        assert len(facet_list._lines) == closed_count
        assert facet_list.cursor == group_line
        await pilot.press("space")
        assert "family:" in str(screen.query_controller.query)
