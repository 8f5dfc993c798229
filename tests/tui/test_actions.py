"""Every action works by its key where it is said to work, from the palette anywhere, and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.models import Catalog
from gmetui.tools.keys_page import keys_page
from gmetui.tui.actions import ACTIONS, BY_ID
from gmetui.tui.app import GmetuiApp
from gmetui.tui.contexts import EVERYWHERE, PANES, ROOMS, in_room, live
from gmetui.tui.dialogs.command_palette import _ASIDE
from gmetui.tui.dialogs.pickers import Picker
from gmetui.tui.keymap import KeyMap, key_name
from gmetui.tui.widgets.option_list import PickList
from support import app_of, screen_text

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The actions that would have been run, by Textual's names; none is."""
    seen: list[str] = []

    async def run_action(self: GmetuiApp, action: object, default_namespace: object = None, **_: object) -> bool:
        seen.append(str(action))
        return True

    monkeypatch.setattr(GmetuiApp, "run_action", run_action)
    return seen


def test_every_action_is_explained() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    for action in ACTIONS:
        assert action.words
        assert action.help.endswith(".")


def test_every_action_works_somewhere() -> None:
    assert {action.id for action in ACTIONS} == {*EVERYWHERE, *(own for room in ROOMS for own in in_room(room))}


@pytest.mark.parametrize("pane", PANES)
def test_at_most_six_keys_are_shown_and_they_work_there(pane: str) -> None:
    assert len(PANES[pane].shown) <= 6
    for room, place in ROOMS.items():
        if pane in place.panes:
            assert {*PANES[pane].shown} & {*live(room, pane)}


def test_the_usual_keys_do_one_thing_each() -> None:
    """Where a key does two things, the pane's own comes before the place's, as it is meant to."""
    meant = {("tick", "open"), ("tick", "mark"), ("open-link", "open"), ("next-find", "note"), ("asked", "up")}
    for room, place in ROOMS.items():
        for pane in place.panes:
            first: dict[str, str] = {}
            for own in live(room, pane):
                for key in BY_ID[own].keys:
                    other = first.setdefault(key, own)
                    assert other == own or (other, own) in meant, (room, pane, key, other, own)


@pytest.mark.parametrize("room", ROOMS)
async def test_by_key(catalog: Catalog, room: str) -> None:
    """What Textual would run for each key of each action that is said to work in a pane."""
    app = app_of(catalog, "cards")
    async with app.run_test(size=(130, 40)) as pilot:
        app.action_place(room)
        await pilot.pause()
        for pane in ROOMS[room].panes:
            app.screen.set_focus(app.screen.query_one(f"#{pane}"))
            await pilot.pause()
            taken: set[str] = set()
            for own in live(room, pane):
                for key in set(BY_ID[own].keys) - taken:
                    taken.add(key)
                    if pane == "query" and _is_typing(key):
                        continue
                    assert app.screen.active_bindings[key].binding.action == BY_ID[own].name, (pane, key)


def _is_typing(key: str) -> bool:
    """Keys that the input has a use for."""
    signs = ("greater_than_sign", "less_than_sign", "colon", "question_mark", "slash", "space", "f3")
    return len(key) == 1 or key in signs or key in ("right", "left", "home", "end", "delete", "backspace", "enter")


async def test_from_the_palette_anywhere(catalog: Catalog, done: list[str]) -> None:
    app = app_of(catalog, "cards")
    async with app.run_test(size=(130, 40)) as pilot:
        for room in ROOMS:
            for action in ACTIONS:
                app.action_place(room)
                await pilot.pause(0)
                done.clear()
                await app.perform(action.id)
                assert done == [action.name], (room, action.id)


async def test_the_palette_offers_every_action(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "colon")
        assert isinstance(app.screen, Picker)
        offered = {pick.key for pick in app.screen.query_one(PickList)._all}
        assert {f"do:{action.id}" for action in ACTIONS if action.id not in _ASIDE} <= offered


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("shortlist open", lambda app: app.room == "shortlist"),
        ("tufts medicine institution", lambda app: "institution:tufts" in app.home.what),
        ("neuroradiology", lambda app: app.room == "specialties"),
        ("kind residency", lambda app: app.home.what == "kind:residency"),
        ("neurology residency tufts", lambda app: "Neurology" in (app.home.program.name if app.home.program else "")),
    ],
)
async def test_what_the_palette_finds(catalog: Catalog, typed: str, seen: Callable[[GmetuiApp], bool]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "ctrl+p")
        for letter in typed:
            await pilot.press("space" if letter == " " else letter)
        await pilot.press("enter")
        await pilot.pause()
        assert seen(app), screen_text(app)


async def test_the_palette_by_mouse(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("#title", offset=(3, 0))
        assert isinstance(app.screen, Picker)
        await pilot.press(*"institutions")
        await pilot.click("#picks", offset=(6, 0))
        await pilot.pause()
        assert app.room == "institutions"


async def _held_keys(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)


async def test_a_persons_own_keys(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text(
        '[keys]\nkeep = "z"\nnote = ["f12", "m"]\nmark = "k"\nexprot = "x"\ncopy = "blah"\n', encoding="utf-8"
    )
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await _held_keys(pilot, "enter", "s")
        assert len(app.shortlist) == 0
        text = " ".join(screen_text(app).split())
        assert "z keep" in text
        assert "did you mean 'export'" in " ".join(app.complaints)
        assert "no key 'blah'" in " ".join(app.complaints)
        assert "k is the key of 'up'" in " ".join(app.complaints)
        await _held_keys(pilot, "z", "space")
        assert len(app.shortlist) == 1
        assert len(app.marks) == 1


@pytest.mark.parametrize(
    ("key", "name"),
    [("?", "question_mark"), ("ctrl+k", "ctrl+k"), ("F5", "f5"), ("K", "K"), ("ctrl+alt+x", "ctrl+alt+x")],
)
def test_names_of_keys(key: str, name: str) -> None:
    assert key_name(key) == name


@pytest.mark.parametrize("key", ["", "ctrl+", "contrl+x", "blah", "+"])
def test_no_keys(key: str) -> None:
    assert key_name(key) in (None, "plus_sign" if key == "+" else None, "plus")


def test_a_swap_of_two_keys_is_no_clash() -> None:
    keys = KeyMap({"copy": ["e"], "export": ["y"]})
    assert not keys.wrong
    assert (keys.shown("copy"), keys.shown("export")) == ("e", "y")


def test_the_keys_page_is_up_to_date(request: pytest.FixtureRequest) -> None:
    file = DOCS / "keys.md"
    if request.config.getoption("--golden-update"):
        file.write_text(keys_page(), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == keys_page()
