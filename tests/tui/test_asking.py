"""Queries: brought back, gone back from, undone, ordered, kept with a name, and values found by typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from gmetui.catalog.models import Catalog
from gmetui.storage.settings import read_settings
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.pickers import LineDialog, Picker
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.option_list import Pick, PickList, fitting
from support import app_of, screen_text, typed_in

SIZE = (120, 40)


def line_of(app: GmetuiApp) -> str:
    return app.home.line.value


async def test_what_was_asked_before_comes_back_with_up_and_down(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        for query in ("cards", "ent", "em tufts"):
            await typed_in(pilot, query)
            await pilot.press("enter", "X", "slash")
        await pilot.press("up")
        assert line_of(app) == "em tufts"
        await pilot.press("up")
        assert line_of(app) == "ent"
        assert app.home.results.query == app.home.results.query.parse("ent")
        await pilot.press("down", "down")
        assert line_of(app) == ""
        await pilot.press("up", "up", "up", "up")
        assert line_of(app) == "cards"
        await pilot.press("enter", "u")
        assert line_of(app) == ""


async def test_back_and_forward_between_what_was_looked_at(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await typed_in(pilot, "cards")
        await pilot.press("enter", "f", "space", "I", "down", "p")
        assert app.room == "explore"
        assert line_of(app).startswith("institution:")
        await pilot.press("b")
        assert app.home.what == "cards institution:mgh"
        await pilot.press("b")
        assert app.room == "institutions"
        await pilot.press("b", "b")
        assert app.home.what == "cards"
        await pilot.press("b")
        assert app.home.what == ""
        await pilot.press("b")
        assert app.home.what == ""
        await pilot.press("B", "B", "B")
        assert app.room == "institutions"
        await pilot.press("B", "B")
        assert line_of(app).startswith("institution:")


async def test_chips_go_by_key_and_by_mouse(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts kind:fellowship")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "backspace")
        assert app.home.what == "cards tufts"
        status = screen_text(app).splitlines()[-2]
        await pilot.click("#status", offset=(status.index("cards"), 0))
        assert app.home.what == "tufts"
        await pilot.press("backspace", "backspace")
        assert app.home.what == ""
        await pilot.press("u", "u", "u")
        assert app.home.what == "cards tufts kind:fellowship"


async def test_undo_covers_queries_marks_and_the_list_in_their_order(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await typed_in(pilot, "neurology")
        await pilot.press("enter", "space", "s", "f", "space", "2")
        ticked = app.home.what
        assert ticked != "neurology"
        await pilot.press("u")
        assert app.home.what == "neurology"
        assert "Undone: the query" in screen_text(app)
        await pilot.press("u")
        assert len(app.shortlist) == 0
        await pilot.press("u")
        assert not app.marks
        await pilot.press("u")
        assert app.home.what == ""
        await pilot.press("u")
        assert "Nothing to undo" in screen_text(app)
        await pilot.press(*["ctrl+r"] * 4)
        assert (app.home.what, len(app.marks), len(app.shortlist)) == (ticked, 1, 1)


async def test_in_the_shortlist_undo_is_about_the_list(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", "f", "space", "S", "u")
        assert len(app.shortlist) == 0
        assert "institution:" in app.home.what


async def test_undo_outlasts_a_restart(catalog: Catalog) -> None:
    first = app_of(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await typed_in(pilot, "cards")
        await pilot.press("enter", "space", "x")
    second = app_of(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "u")
        assert not second.marks
        await pilot.press("u")
        assert second.home.what == ""


@pytest.mark.parametrize("by_mouse", [True, False])
async def test_ordering_by_a_column(catalog: Catalog, by_mouse: bool) -> None:
    app = app_of(catalog, "residency")
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("enter")
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"name", "enter", "escape")
        assert app.home.what == "residency sort:name"
        assert "Program ▲" in screen_text(app)
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"name", "enter", "escape")
        assert app.home.what == "residency -sort:name"
        assert "Program ▼" in screen_text(app)
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"best", "enter", "escape")
        assert app.home.what == "residency"


async def test_columns_are_chosen_shown_and_kept(catalog: Catalog, home: Path) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("enter", "C", *"city", "enter", "escape")
        assert "City" in screen_text(app).splitlines()[2]
        await pilot.press("C", *"years", "enter", "enter", "escape")
        assert "Years" not in screen_text(app).splitlines()[2]
    assert read_settings(home / "settings.toml")[0].columns == ("institution", "kind", "city")
    again = app_of(catalog)
    async with again.run_test(size=(200, 50)):
        assert "City" in screen_text(again).splitlines()[2]


async def test_unknown_columns_are_said_and_passed_over(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('columns = ["cty", "kind"]\n', encoding="utf-8")
    app = app_of(catalog)
    async with app.run_test(size=(200, 50), notifications=True):
        assert "no column 'cty'; did you mean 'city'?" in " ".join(app.complaints)
        assert "Kind" in screen_text(app).splitlines()[2]


async def test_a_value_is_found_by_typing_ticked_and_left_out(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        lines = app.home.facets
        await pilot.press("enter", "f")
        while lines.dimension is None or lines.dimension.name != "specialty":
            await pilot.press("down")
        await pilot.press("F")
        assert isinstance(app.screen, Picker)
        assert str(app.screen.query_one("#picker").border_title) == "Specialty"
        await pilot.press(*"neurol", "enter")
        assert app.home.what == "specialty:neurology"
        assert "✓ Neurology" in screen_text(app)
        await pilot.press("ctrl+x")
        assert app.home.what == "-specialty:neurology"
        await pilot.press("enter", "enter", "escape")
        assert app.home.what == ""
        await pilot.press("2", "F", *"worcester", "escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_the_heading_of_a_long_filter_leads_there_by_mouse(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if line.startswith(" Specialty") and "find" in line[:30])
        await pilot.click("#facets", offset=(26, row - 2))
        assert isinstance(app.screen, Picker)
        await pilot.click("#picks", offset=(5, 0))
        assert "specialty:" in app.home.what


async def test_a_right_click_leaves_out_and_marks(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click("#facets", offset=(5, 1), button=3)
        assert app.home.what == "-institution:mgh"
        await pilot.click("#programs", offset=(9, 2), button=3)
        assert len(app.marks) == 1
        await pilot.click("#programs", offset=(1, 2))
        assert len(app.shortlist) == 1


async def test_queries_are_kept_with_names_asked_and_forgotten(catalog: Catalog, home: Path) -> None:
    app = app_of(catalog, "cards boston")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "w")
        assert isinstance(app.screen, LineDialog)
        await typed_in(pilot, "my cards")
        await pilot.press("enter")
        await pilot.press("X", "W")
        assert "my cards" in screen_text(app)
        await pilot.press("enter")
        assert app.home.what == "cards boston"
        assert 'my cards" = "cards boston"' in (home / "settings.toml").read_text(encoding="utf-8")
        await pilot.press("W", "ctrl+x")
        assert not app.settings.searches
        await pilot.press("W")
        assert "You keep no queries yet" in screen_text(app)
        await pilot.press("X", "w")
        assert "no query to keep" in screen_text(app)


def test_what_fits() -> None:
    picks = [Pick("a", "Cardiology", also=("cards",)), Pick("b", "Pediatric cardiology"), Pick("c", "Río")]
    assert [pick.key for pick in fitting(picks, "card")] == ["a", "b"]
    assert [pick.key for pick in fitting(picks, "cards")] == ["a", "b"]
    assert [pick.key for pick in fitting(picks, "ped card")] == ["b"]
    assert [pick.key for pick in fitting(picks, "rio")] == ["c"]
    assert fitting(picks, "zz") == []
    assert fitting(picks, "") == picks


async def test_a_picker_that_fits_nothing_does_nothing(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "F", *"qqqq", "enter", "ctrl+x", "down", "up", "pagedown")
        assert "Nothing fits" in screen_text(app)
        assert app.screen.query_one(PickList).pick is None
        assert app.screen.query_one(Input).value == "qqqq"
        await pilot.press("escape")
        assert app.home.what == ""
