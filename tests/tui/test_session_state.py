"""State across restarts, pane sizes, copying and tooltips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.storage.settings import read_settings
from gmetui.tui.clipboard import copy_text
from support import make_app, screen_text, type_text, until_notified

SIZE = (120, 40)


async def test_open_screen_is_restored(catalog: Catalog) -> None:
    first = make_app(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await type_text(pilot, "cards kind:fellowship")
        await pilot.press("enter", "down", "down", "space", "I")
        program_under_cursor = first.explore_screen.program
    second = make_app(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert second.screen_name == "institutions"
        await pilot.press("escape")
        assert second.explore_screen.history_key == "cards kind:fellowship"
        assert second.explore_screen.program is program_under_cursor
        assert len(second.session.marks.value) == 1
        await pilot.press("right", "X")
        assert second.explore_screen.query_input.value == "cards kind:fellowshipX"


async def test_typing_first_replaces_the_restored_query(catalog: Catalog) -> None:
    first = make_app(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await type_text(pilot, "cards")
        await pilot.press("enter")
    second = make_app(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.press(*"psych")
        assert second.explore_screen.query_input.value == "psych"


async def test_query_on_the_command_line_takes_precedence(catalog: Catalog) -> None:
    first = make_app(catalog, "cards")
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S")
    second = make_app(catalog, "psych")
    async with second.run_test(size=SIZE):
        assert (second.screen_name, second.explore_screen.history_key) == ("explore", "psych")


async def test_invalid_state_file_is_ignored(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    state = {"query": "\x1b[2J", "program": "no-such", "place": "nowhere", "marks": ["gone"], "opened": ["x"]}
    (home / "state.json").write_text(json.dumps(state), encoding="utf-8")
    app = make_app(catalog, None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "c", "escape")
        assert "\x1b" not in screen_text(app)


async def test_pane_sizes_are_remembered(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("enter", "f", "greater_than_sign", "greater_than_sign")
        assert app.explore_screen.facets.size.width == 40
        await pilot.press("3", "less_than_sign")
        narrow = app.explore_screen.detail.size.width
        assert narrow < app.explore_screen.programs.size.width
    settings = read_settings(home / "settings.toml")[0]
    assert (settings.number("panes.filters"), settings.number("panes.program")) == (40, 45)
    again = make_app(catalog, "residency")
    async with again.run_test(size=(160, 40)):
        assert again.explore_screen.facets.size.width == 40
        assert again.explore_screen.detail.size.width == narrow


async def test_unwritable_settings_are_reported(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        home.mkdir(parents=True, exist_ok=True)
        (home / "settings.toml").mkdir()
        await pilot.press("enter", "f", "greater_than_sign")
        await until_notified(pilot, "settings.broken-1.toml")


def test_copying_reports_the_clipboard_used(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(catalog)
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    assert copy_text(app, "x") == "Copied"
    assert copied == ["x"]
    monkeypatch.setenv("SSH_CONNECTION", "1")
    assert "Copied via the terminal" in copy_text(app, "y")
    assert copied == ["x"]
    assert app.clipboard == "y"
    monkeypatch.delenv("SSH_CONNECTION")

    def refuse(text: str) -> None:
        raise OSError

    monkeypatch.setattr("pyperclip.copy", refuse)
    assert "press e to export" in copy_text(app, "z")


@pytest.mark.parametrize(
    ("place", "typed", "start"), [("S", "table", "Rank\tProgram"), ("2", "mark", "# Programs: cards")]
)
async def test_list_is_copied(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, place: str, typed: str, start: str
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", place, "Y", *typed, "enter")
        await pilot.pause()
    assert copied[0].startswith(start)
    assert "Cardiovascular Disease Fellowship" in copied[0]


async def test_tooltip_names_a_program_whose_row_is_cut(catalog: Catalog) -> None:
    program = max(catalog.programs, key=lambda program: len(program.name))
    app = make_app(catalog, f"id:{program.id}")
    async with app.run_test(size=(300, 50)) as pilot:
        await pilot.hover("#programs", offset=(10, 1))
        assert app.explore_screen.programs.tooltip is None
        await pilot.resize_terminal(116, 40)
        await pilot.pause()
        await pilot.hover("#programs", offset=(10, 1))
        assert program.name in str(app.explore_screen.programs.tooltip)
