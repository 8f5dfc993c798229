"""The search box: recent queries, history, undo, sorting, saved searches and the pickers of filter values."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from gmetui.catalog.catalog import Catalog
from gmetui.storage.settings import read_settings
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.dialog_frame import DialogFrame
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.dialogs.prompt_dialog import PromptDialog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.option_list import FilteredOptionList, ListOption, matching_options
from support import make_app, screen_text, type_text, until_notified

SIZE = (120, 40)


def query_text_of(app: GmetuiApp) -> str:
    return app.explore_screen.query_input.value


async def test_recent_queries_return_with_up_and_down(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        for query in ("cards", "psych", "em larkspur"):
            await type_text(pilot, query)
            await pilot.press("enter", "X", "slash")
        await pilot.press("up")
        assert query_text_of(app) == "em larkspur"
        await pilot.press("up")
        assert query_text_of(app) == "psych"
        assert (
            app.explore_screen.query_controller.results.query
            == app.explore_screen.query_controller.results.query.parse("psych")
        )
        await pilot.press("down", "down")
        assert query_text_of(app) == ""
        await pilot.press("up", "up", "up", "up")
        assert query_text_of(app) == "cards"
        await pilot.press("enter", "u")
        assert query_text_of(app) == ""


async def test_back_and_forward_through_history(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await type_text(pilot, "cards")
        await pilot.press("enter", "f", "space", "I", "down", "p")
        assert app.screen_name == "explore"
        assert query_text_of(app).startswith("institution:")
        await pilot.press("b")
        assert app.explore_screen.history_key == "cards institution:larkspur"
        await pilot.press("b")
        assert app.screen_name == "institutions"
        await pilot.press("b", "b")
        assert app.explore_screen.history_key == "cards"
        await pilot.press("b")
        assert app.explore_screen.history_key == ""
        await pilot.press("b")
        assert app.explore_screen.history_key == ""
        await pilot.press("B", "B", "B")
        assert app.screen_name == "institutions"
        await pilot.press("B", "B")
        assert query_text_of(app).startswith("institution:")


async def test_parts_of_the_query_are_removed_by_key_and_by_mouse(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur kind:fellowship")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "backspace")
        assert app.explore_screen.history_key == "cards larkspur"
        status = next(line for line in screen_text(app).splitlines() if "cards ×" in line)
        await pilot.click("#status", offset=(status.index("cards"), 0))
        assert app.explore_screen.history_key == "larkspur"
        await pilot.press("backspace", "backspace")
        assert app.explore_screen.history_key == ""
        await pilot.press("u", "u", "u")
        assert app.explore_screen.history_key == "cards larkspur kind:fellowship"


async def test_undo_covers_queries_marks_and_the_shortlist_in_order(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await type_text(pilot, "neurology")
        await pilot.press("enter", "space", "s", "f", "space", "2")
        filtered_query = app.explore_screen.history_key
        assert filtered_query != "neurology"
        await pilot.press("u")
        assert app.explore_screen.history_key == "neurology"
        await until_notified(pilot, "Undone: search")
        await pilot.press("u")
        assert len(app.session.shortlist) == 0
        await pilot.press("u")
        assert not app.session.marks.value
        await pilot.press("u")
        assert app.explore_screen.history_key == ""
        await pilot.press("u")
        await until_notified(pilot, "Nothing to undo")
        await pilot.press(*["ctrl+r"] * 4)
        assert (app.explore_screen.history_key, len(app.session.marks.value), len(app.session.shortlist)) == (
            filtered_query,
            1,
            1,
        )


async def test_undo_on_the_shortlist_screen_changes_the_shortlist_only(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", "f", "space", "S", "u")
        assert len(app.session.shortlist) == 0
        assert "institution:" in app.explore_screen.history_key


async def test_undo_survives_a_restart(catalog: Catalog) -> None:
    first = make_app(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await type_text(pilot, "cards")
        await pilot.press("enter", "space", "x")
    second = make_app(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "u")
        assert not second.session.marks.value
        await pilot.press("u")
        assert second.explore_screen.history_key == ""


@pytest.mark.parametrize("by_mouse", [True, False])
async def test_sorting_by_a_column(catalog: Catalog, by_mouse: bool) -> None:
    app = make_app(catalog, "residency")
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("enter")
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"name", "enter", "escape")
        assert app.explore_screen.history_key == "residency sort:name"
        assert "Programs▲" in screen_text(app)
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"name", "enter", "escape")
        assert app.explore_screen.history_key == "residency -sort:name"
        assert "Programs▼" in screen_text(app)
        if by_mouse:
            await pilot.click("#programs", offset=(8, 0))
        else:
            await pilot.press("O", *"best", "enter", "escape")
        assert app.explore_screen.history_key == "residency"


def list_header(app: GmetuiApp) -> str:
    """Return the titles of the columns."""
    programs = app.explore_screen.programs
    return "".join(text for text, _ in programs.header_lines(programs.text_width)[0])


async def test_chosen_columns_are_shown_and_remembered(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("enter", "C", *"city", "enter", "escape")
        assert "City" in list_header(app)
        await pilot.press("C", *"years", "enter", "escape")
        assert "Years" not in list_header(app)
    column_ids = read_settings(home / "settings.toml")[0].columns
    assert column_ids[0] == "institution"
    assert column_ids[1] == "city", "what is chosen last has room"
    assert "length" not in column_ids
    again = make_app(catalog)
    async with again.run_test(size=(200, 50)) as pilot:
        await pilot.press("enter")
        assert "City" in list_header(again)


async def test_unknown_columns_are_reported_and_ignored(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('columns = ["cty", "kind"]\n', encoding="utf-8")
    app = make_app(catalog)
    async with app.run_test(size=(200, 50), notifications=True) as pilot:
        await pilot.press("enter")
        assert "unknown column “cty”; did you mean “city”?" in " ".join(app.session.startup_errors)
        assert "Kind" in list_header(app)


async def test_filter_value_is_found_by_typing_included_and_excluded(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        lines = app.explore_screen.facets
        await pilot.press("enter", "f")
        while lines.current_field is None or lines.current_field.name != "specialty":
            await pilot.press("down")
        await pilot.press("F")
        assert isinstance(app.screen, OptionDialog)
        assert app.screen.query_one(DialogFrame).title == "Specialty"
        await pilot.press(*"neurol", "enter")
        assert app.explore_screen.history_key == "specialty:neurology"
        assert "✓ Neurology" in screen_text(app)
        await pilot.press("ctrl+x")
        assert app.explore_screen.history_key == "-specialty:neurology"
        await pilot.press("enter", "enter", "escape")
        assert app.explore_screen.history_key == ""
        await pilot.press("2", "F", *"quillmont", "escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_heading_of_a_long_filter_opens_the_picker(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        facets = app.explore_screen.facets
        line_number = next(
            number
            for number, line in enumerate(facets._lines)
            if line.is_searchable and line.search_field and line.search_field.name == "specialty"
        )
        await pilot.click("#facets", offset=(26, line_number + 1))
        assert isinstance(app.screen, OptionDialog)
        await pilot.click("#options", offset=(5, 0))
        assert "specialty:" in app.explore_screen.history_key


async def test_right_click_excludes_and_marks(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await pilot.click("#facets", offset=(5, 2), button=3)
        assert app.explore_screen.history_key == "-institution:larkspur"
        await pilot.click("#programs", offset=(9, 2), button=3)
        assert len(app.session.marks.value) == 1
        await pilot.click("#programs", offset=(1, 2))
        assert len(app.session.shortlist) == 1


async def test_searches_are_saved_used_and_removed(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog, "cards port ellery")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "w")
        assert isinstance(app.screen, PromptDialog)
        await type_text(pilot, "my cards")
        await pilot.press("enter")
        await pilot.press("X", "W")
        assert "my cards" in screen_text(app)
        await pilot.press("enter")
        assert app.explore_screen.history_key == "cards port ellery"
        assert 'my cards" = "cards port ellery"' in (home / "settings.toml").read_text(encoding="utf-8")
        await pilot.press("W", "ctrl+x")
        assert not app.session.settings.searches
        await pilot.press("W")
        await until_notified(pilot, "No saved searches yet")
        await pilot.press("X", "w")
        await until_notified(pilot, "Nothing to save")


def test_matching_options() -> None:
    picks = [
        ListOption("a", "Cardiology", aliases=("cards",)),
        ListOption("b", "Pediatric cardiology"),
        ListOption("c", "Río"),
    ]
    assert [pick.key for pick in matching_options(picks, "card")] == ["a", "b"]
    assert [pick.key for pick in matching_options(picks, "cards")] == ["a", "b"]
    assert [pick.key for pick in matching_options(picks, "ped card")] == ["b"]
    assert [pick.key for pick in matching_options(picks, "rio")] == ["c"]
    assert matching_options(picks, "zz") == []
    assert matching_options(picks, "") == picks


async def test_picker_without_matches_does_nothing(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "F", *"qqqq", "enter", "ctrl+x", "down", "up", "pagedown")
        assert "No matches" in screen_text(app)
        assert app.screen.query_one(FilteredOptionList).chosen_option is None
        assert app.screen.query_one(Input).value == "qqqq"
        await pilot.press("escape")
        assert app.explore_screen.history_key == ""


async def test_pasted_lines_are_joined(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        app.explore_screen.query_input.post_message(Paste("cards\r\n  larkspur\n\n"))
        await pilot.pause()
        assert app.explore_screen.query_input.value == "cards larkspur"


async def test_a_suggestion_continues_what_is_typed(catalog: Catalog) -> None:
    """A completion in quotation marks can't: the list offers it instead."""
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)):
        suggest = app.query_controller.suggest
        assert suggest("near:quill") == "near:quillmont"
        assert suggest('near:"port el') == 'near:"Port Ellery, MA"'
        assert suggest("near:springf") is None
