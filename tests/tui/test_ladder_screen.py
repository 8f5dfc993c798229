"""The Ladder row of the plan, at every size: the tree of rungs, the ways to a specialty, and how one gets there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.planning.ladder import branches_of, ladder_from
from gmetui.tui import clock
from gmetui.tui.rendering.ladder_rows import ladder_header, ladder_line, visible_rows
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.plan_screen import PlanScreen
from support import is_harmless, make_app, screen_text

MEDICINE = "larkspur-internal-medicine-residency"
SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_program_to_its_rungs_and_the_ways_to_a_specialty(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog, "larkspur internal medicine residency")
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "R")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        assert screen.focused is screen.ladder.view
        assert "Ladder from Larkspur" in screen_text(app)
        assert "Interventional cardiology" not in screen_text(app)
        await pilot.press("right", "right")
        assert "Interventional cardiology · builds on Cardiology" in screen_text(app)
        await pilot.press("left")
        assert "Cardiology · builds on Internal medicine" in screen_text(app)
        await pilot.press("left")
        assert "Interventional cardiology" not in screen_text(app)
        await pilot.press("tab")
        assert screen.focused is screen.ladder.page
        await pilot.press("escape")
        assert screen.focused is screen.ladder.view
        await pilot.press("t", *"interventional", "enter")
        assert "To become: Interventional cardiology" in screen_text(app)
        assert "Internal medicine 3 → Cardiology 3" in screen_text(app)
        assert "From where you are" in screen_text(app)
        assert screen.focused is screen.ladder.page
        await pilot.press("p")
        assert app.query_controller.text == "specialty:interventional-cardiology"
        await pilot.press("b", "b")
        assert "To become: Interventional cardiology" in screen_text(app)


async def test_ways_into_the_ladder(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f10")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        screen.rows.go_to("ladder")
        await pilot.pause()
        assert "Press f to choose where to start" in screen_text(app)
        await pilot.press("enter", "f", *"internal medicine", "enter")
        assert "Ladder from Internal medicine" in screen_text(app)
        assert "programs" in screen_text(app)
        await pilot.press("e")
        assert app.query_controller.text == "specialty:cardiovascular-disease"
        await pilot.press("b", "b", "enter")
        assert app.screen_name == "specialties"
        await pilot.press("escape", "R")
        assert "Ladder from Cardiology" in screen_text(app)
        screen.ladder.view.focus()
        app.session.toggle_saved(catalog.program[MEDICINE])
        await pilot.press("f")
        assert "on your list" in screen_text(app)
        await pilot.press(*"quillmont neuro", "enter")
        assert "Ladder from Quillmont" in screen_text(app)
        await pilot.press("question_mark")
        assert "Export the dates of the season" not in screen_text(app)


async def test_the_ladder_of_a_profile(catalog: Catalog, home: Path) -> None:
    home.mkdir()
    profile = f'format = 1\n[[training]]\nprogram = "{MEDICINE}"\nlast = "2028-06-30"\nfinished = false\n'
    (home / "profile.toml").write_text(profile, encoding="utf-8")
    (home / "profile.toml").chmod(0o600)
    app = make_app(catalog)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("f10")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        screen.rows.go_to("ladder")
        await pilot.pause()
        assert "you: until Jun 30, 2028, 1 year 8 months to go" in screen_text(app)
        assert "June 2031" in screen_text(app)
        await app.perform_action("ladder-target")
        await pilot.press(*"transplant hepatology", "enter")
        assert "FROM WHERE YOU ARE" in screen_text(app)


@pytest.mark.parametrize("width", [20, 62, 79, 103, 180])
def test_lines_fit_their_pane(catalog: Catalog, hostile_catalog: Catalog, width: int) -> None:
    for each in (catalog, hostile_catalog):
        for program in each.programs:
            ladder = ladder_from(each, program.specialty, program)
            open_keys = frozenset(branch.key for branch in branches_of(ladder.branches))
            header = ladder_header(each, ladder, width, clock.today(), has_focus=True)
            lines = [ladder_line(each, ladder, row, width, clock.today()) for row in visible_rows(ladder, open_keys)]
            for line in (*header, *lines):
                assert cell_width(line) <= max(width, 40)
                assert is_harmless("".join(text for text, _ in line))
