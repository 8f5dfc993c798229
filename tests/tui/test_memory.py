"""What is a person's own: what was open, sizes of panes, the first hint, copying, words under the mouse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog
from gmetui.storage.paths import user_paths
from gmetui.storage.settings import read_settings
from gmetui.tui.app import GmetuiApp
from gmetui.tui.clipboard import copy
from support import app_of, screen_text, typed_in

SIZE = (120, 40)


async def test_what_was_open_is_open_again(catalog: Catalog) -> None:
    first = app_of(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await typed_in(pilot, "cards kind:fellowship")
        await pilot.press("enter", "down", "down", "space", "I")
        chosen = first.home.program
    second = app_of(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert second.room == "institutions"
        await pilot.press("escape")
        assert second.home.what == "cards kind:fellowship"
        assert second.home.program is chosen
        assert len(second.marks) == 1
        await pilot.press("right", "X")
        assert second.home.line.value == "cards kind:fellowshipX"


async def test_typing_at_the_start_replaces_what_was_asked(catalog: Catalog) -> None:
    first = app_of(catalog)
    async with first.run_test(size=SIZE) as pilot:
        await typed_in(pilot, "cards")
        await pilot.press("enter")
    second = app_of(catalog, None)
    async with second.run_test(size=SIZE) as pilot:
        await pilot.press(*"ent")
        assert second.home.line.value == "ent"


async def test_a_query_on_the_command_line_comes_first(catalog: Catalog) -> None:
    first = app_of(catalog, "cards")
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S")
    second = app_of(catalog, "ent")
    async with second.run_test(size=SIZE):
        assert (second.room, second.home.what) == ("explore", "ent")


async def test_a_state_of_nonsense_opens_on_everything(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    state = {"query": "\x1b[2J", "program": "no-such", "place": "nowhere", "marks": ["gone"], "opened": ["x"]}
    (home / "state.json").write_text(json.dumps(state), encoding="utf-8")
    app = app_of(catalog, None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "c", "escape")
        assert "\x1b" not in screen_text(app)


async def test_the_first_hint_is_shown_until_a_program_is_read(catalog: Catalog) -> None:
    app = GmetuiApp(catalog, user_paths())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Type what you mean" in screen_text(app)
        await typed_in(pilot, "cards")
        assert "Type what you mean" in screen_text(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Type what you mean" not in screen_text(app)
    again = GmetuiApp(catalog, user_paths())
    async with again.run_test(size=(80, 24)):
        assert "Type what you mean" not in screen_text(again)


async def test_sizes_of_panes_are_kept(catalog: Catalog, home: Path) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("enter", "f", "greater_than_sign", "greater_than_sign")
        assert app.home.facets.size.width == 40
        await pilot.press("3", "less_than_sign")
        narrow = app.home.detail.size.width
        assert narrow < app.home.programs.size.width
    settings = read_settings(home / "settings.toml")[0]
    assert (settings.number("panes.filters"), settings.number("panes.program")) == (40, 45)
    again = app_of(catalog)
    async with again.run_test(size=(160, 40)):
        assert again.home.facets.size.width == 40
        assert again.home.detail.size.width == narrow


async def test_a_setting_that_cannot_be_written_is_said(catalog: Catalog, home: Path) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        home.mkdir(parents=True, exist_ok=True)
        (home / "settings.toml").mkdir()
        await pilot.press("enter", "f", "greater_than_sign")
        assert "settings.toml" in " ".join(screen_text(app).split())
        (home / "settings.toml").rmdir()


def test_copying_says_honestly_where_it_went(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of(catalog)
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    assert copy(app, "x") == "Copied"
    assert copied == ["x"]
    monkeypatch.setenv("SSH_CONNECTION", "1")
    assert "terminal's clipboard" in copy(app, "y")
    assert copied == ["x"]
    assert app.clipboard == "y"
    monkeypatch.delenv("SSH_CONNECTION")

    def refuse(text: str) -> None:
        raise OSError

    monkeypatch.setattr("pyperclip.copy", refuse)
    assert "e writes a file" in copy(app, "z")


@pytest.mark.parametrize(
    ("place", "typed", "start"), [("S", "table", "Rank\tProgram"), ("2", "mark", "# Programs: cards")]
)
async def test_a_list_is_copied(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, place: str, typed: str, start: str
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", place, "Y", *typed, "enter")
        await pilot.pause()
    assert copied[0].startswith(start)
    assert "Cardiovascular Disease Fellowship" in copied[0]


async def test_words_under_the_mouse(catalog: Catalog) -> None:
    app = app_of(catalog, "cards")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.hover("#programs", offset=(10, 1))
        said = str(app.home.programs.tooltip)
        program = app.home.results.programs(0, 1)[0]
        assert program.name in said
        assert "Boston" in said
        await pilot.hover("#keys", offset=(3, 0))
        assert str(app.home.query_one("#keys").tooltip)
        await pilot.hover("#programs", offset=(10, 39 - 5))
        assert app.home.programs.tooltip is None
