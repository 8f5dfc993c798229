"""The Compare screen: marked programs side by side, or the first ones of the shortlist; and the Coverage screen."""

from __future__ import annotations

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import COUNTED_FIELDS
from gmetui.tui.screens.compare_screen import CompareScreen
from gmetui.tui.screens.coverage_screen import CoverageScreen
from gmetui.tui.screens.explore_screen import ExploreScreen
from support import make_app, screen_text

MEDICINE, QUILLMONT_MEDICINE = "larkspur-internal-medicine-residency", "quillmont-internal-medicine-residency"


async def test_marked_programs_are_compared(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "space", "down", "space", "down", "space")
        assert screen_text(app).count("◆") == 3
        await pilot.press("c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.comparison.programs) == 3
        line_count = screen.comparison.line_count()
        await pilot.press("d")
        assert screen.comparison.line_count() > line_count, "every field in full"
        await pilot.press("d", "right", "s")
        assert [entry.id for entry in app.session.open_list.current.value] == [screen.comparison.programs[1].id]
        assert screen_text(app).count("★ ") == 1, "a saved program has a star"
        first_id = screen.comparison.programs[0].id
        await pilot.press("left", "J")
        assert [program.id for program in screen.comparison.programs].index(first_id) == 1
        assert screen.comparison.program is not None
        assert screen.comparison.program.id == first_id, "the cursor stays on the program that moves"
        await pilot.press("space")
        assert len(screen.comparison.programs) == 2


async def test_the_cell_under_the_cursor_is_shown_and_opens_what_it_names(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        app.session.set_marks((MEDICINE, QUILLMONT_MEDICINE), "marked")
        await pilot.press("enter", "c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert "Same for all" in screen_text(app)
        while screen.comparison.cell is None or not screen.comparison.cell.heading.endswith("Letters"):
            await pilot.press("down")
        assert "one from the department of medicine" in screen_text(app)
        await pilot.press("end")
        linked_ids = screen.comparison.linked_program_ids
        assert linked_ids
        await pilot.press("enter")
        explore = app.screen
        assert isinstance(explore, ExploreScreen)
        assert {program.id for program in explore.query_controller.results.programs()} == set(linked_ids)


async def test_without_marks_the_first_programs_of_the_shortlist_are_compared(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "s", "down", "s", "c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.comparison.programs) == 2


async def test_a_cell_of_the_coverage_leads_to_the_programs_without_the_fact(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "V")
        screen = app.screen
        assert isinstance(screen, CoverageScreen)
        field_index = [field.key for field in COUNTED_FIELDS].index("visa")
        await pilot.press(*["down"] * field_index, "right")
        assert (screen.coverage.field_key, screen.coverage.column.institution) == ("visa", catalog.institutions[0].id)
        column = screen.coverage.column
        missing_count = len(column.programs) - column.stated[field_index]
        await pilot.press("enter")
        explore = app.screen
        assert isinstance(explore, ExploreScreen)
        assert explore.query_controller.results.total == missing_count > 0
