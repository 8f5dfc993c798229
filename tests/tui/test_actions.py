"""Every action works by its key in its panes, from the command palette anywhere, and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.couples import CoupleFile, PartnerSource, write_couple
from gmetui.storage.paths import user_paths
from gmetui.storage.profiles import set_value
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tools.keys_page import keys_page
from gmetui.tui.actions import ACTIONS, ACTIONS_BY_ID
from gmetui.tui.app import GmetuiApp
from gmetui.tui.contexts import (
    GLOBAL_ACTIONS,
    PANES,
    SCREEN_LAYOUTS,
    TYPING_PANES,
    active_actions,
    screen_actions,
)
from gmetui.tui.dialogs.command_palette import HIDDEN_ACTIONS
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.key_names import is_printable, parse_key
from gmetui.tui.keymap import KeyMap
from gmetui.tui.screens.base_screen import BaseScreen
from gmetui.tui.widgets.option_list import FilteredOptionList
from support import make_app, screen_text, until_notified

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def requested_actions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The actions that would have been run, by Textual's names; none is."""
    actions: list[str] = []

    async def run_action(self: GmetuiApp, action: object, default_namespace: object = None, **_: object) -> bool:
        actions.append(str(action))
        return True

    monkeypatch.setattr(GmetuiApp, "run_action", run_action)
    return actions


def test_every_action_has_a_label_and_help() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    for action in ACTIONS:
        assert action.label
        assert action.help.endswith(".")


def test_every_action_belongs_to_a_screen() -> None:
    assert {action.id for action in ACTIONS} == {
        *GLOBAL_ACTIONS,
        *(action_id for screen_name in SCREEN_LAYOUTS for action_id in screen_actions(screen_name)),
    }


@pytest.mark.parametrize("pane", PANES)
def test_key_bar_has_at_most_six_keys_of_its_pane_and_help(pane: str) -> None:
    assert len({*PANES[pane].key_bar} - {"help"}) <= 6
    for screen_name, layout in SCREEN_LAYOUTS.items():
        if pane in layout.panes:
            assert {*PANES[pane].key_bar} & {*active_actions(screen_name, pane)}


@pytest.mark.parametrize("pane", TYPING_PANES)
def test_keys_shown_while_typing_type_nothing(pane: str) -> None:
    for action_id in PANES[pane].key_bar:
        assert KeyMap().typing_label(action_id), action_id


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_key_bar_shows_keys_that_work(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        assert screen_text(app).splitlines()[-1].startswith(" enter list")
        assert "f filters" not in screen_text(app).splitlines()[-1]
        await pilot.press(*"xqzzv", "enter")
        keys = screen_text(app).splitlines()[-1]
        assert "s save" not in keys, "there is no program to save"
        assert keys.endswith("? help")
        await pilot.press("X")
        assert "s save" in screen_text(app).splitlines()[-1]


async def test_title_bar_shows_keys_and_counts(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('[keys]\nspecialties = ["f12"]\n', encoding="utf-8")
    app = make_app(catalog, "cards")
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("enter", "s", "space")
        title = screen_text(app).splitlines()[0]
        assert "S Shortlist 1  P Plan  c Compare 1  I Hospitals  f12 Specialties" in title
        await pilot.press("V")
        assert "Coverage" in screen_text(app).splitlines()[0], "the open place is always named"


async def test_suspending_says_why_it_is_impossible(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+z")
        await until_notified(pilot, "No shell is waiting")


def test_default_keys_are_unambiguous() -> None:
    """Where a key does two things, the pane's own action comes first on purpose."""
    allowed_pairs = {
        ("include", "open"),
        ("include", "mark"),
        ("follow-link", "open"),
        ("next-match", "note"),
        ("previous-search", "up"),
        ("to-list", "open"),
        ("to-list", "narrow-to-place"),
        *(("section-number", pane_action) for pane_action in ("filters", "list", "program")),
        *(
            ("edit-row", "follow-link"),
            ("read-rung", "open"),
            ("rung-programs", "export-calendar"),
            ("export-plan", "export-calendar"),
            ("edit-row", "open"),
            ("open-profile-file", "source"),
            ("profiles", "programs"),
        ),
        *(("undo-profile", "undo"), ("redo-profile", "redo"), ("open-fit", "open"), ("other-programs", "all-services")),
        *(("row-order", "source"), ("export-halves", "export-calendar"), ("undo-row", "undo"), ("redo-row", "redo")),
    }
    for screen_name, layout in SCREEN_LAYOUTS.items():
        for pane in layout.panes:
            first: dict[str, str] = {}
            for action_id in active_actions(screen_name, pane):
                for key in ACTIONS_BY_ID[action_id].keys:
                    other = first.setdefault(key, action_id)
                    assert other == action_id or (other, action_id) in allowed_pairs, (
                        screen_name,
                        pane,
                        key,
                        other,
                        action_id,
                    )


def fill_plan(catalog: Catalog) -> None:
    """Save a shortlist, a partner and a profile, so that every pane of the plan has something to show."""
    entries = (entry_of(catalog, catalog.program["larkspur-surgery-residency"]),)
    for list_name in ("default", "partner"):
        ShortlistStore(user_paths().shortlist(list_name)).save(Shortlist(list_name, entries), "a list")
    write_couple(user_paths().couple("default"), CoupleFile(PartnerSource(list_name="partner")))
    set_value(user_paths(), "default", ("degree",), "MD")


@pytest.mark.parametrize("screen_name", SCREEN_LAYOUTS)
async def test_keys_run_their_actions(catalog: Catalog, screen_name: str) -> None:
    """What Textual would run for each key of each action of a pane."""
    fill_plan(catalog)
    app = make_app(catalog, "cards")
    async with app.run_test(size=(130, 40)) as pilot:
        app.action_open_screen(screen_name)
        await pilot.pause()
        for pane in SCREEN_LAYOUTS[screen_name].panes:
            assert isinstance(app.screen, BaseScreen)
            app.screen.focus_pane(pane)
            await pilot.pause()
            taken: set[str] = set()
            for action_id in active_actions(screen_name, pane):
                for key in set(ACTIONS_BY_ID[action_id].keys) - taken:
                    taken.add(key)
                    if pane in TYPING_PANES and _is_typing(key):
                        continue
                    command = ACTIONS_BY_ID[action_id].command.replace("{key}", key)
                    assert app.screen.active_bindings[key].binding.action == command, (pane, key)


def _is_typing(key: str) -> bool:
    """Keys that the input has a use for."""
    return is_printable(key) or key in ("f3", "right", "left", "home", "end", "delete", "backspace", "enter", "ctrl+a")


async def test_palette_runs_actions_on_every_screen(catalog: Catalog, requested_actions: list[str]) -> None:
    app = make_app(catalog, "cards")
    async with app.run_test(size=(130, 40)) as pilot:
        for screen_name in SCREEN_LAYOUTS:
            for action in ACTIONS:
                app.action_open_screen(screen_name)
                await pilot.pause(0)
                requested_actions.clear()
                await app.perform_action(action.id)
                assert requested_actions == [action.command], (screen_name, action.id)


async def test_palette_offers_every_action(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "colon")
        assert isinstance(app.screen, OptionDialog)
        offered = {pick.key for pick in app.screen.query_one(FilteredOptionList).all_options}
        assert {f"command:{action.id}" for action in ACTIONS if action.id not in HIDDEN_ACTIONS} <= offered


@pytest.mark.parametrize(
    ("typed", "is_reached"),
    [
        ("shortlist open", lambda app: app.screen_name == "shortlist"),
        ("larkspur institution", lambda app: "institution:larkspur" in app.explore_screen.history_key),
        ("gastroenterology", lambda app: app.screen_name == "specialties"),
        ("kind residency", lambda app: app.explore_screen.history_key == "kind:residency"),
        (
            "neurology residency larkspur",
            lambda app: "Neurology" in (app.explore_screen.program.name if app.explore_screen.program else ""),
        ),
    ],
)
async def test_palette_search(catalog: Catalog, typed: str, is_reached: Callable[[GmetuiApp], bool]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "ctrl+p")
        for letter in typed:
            await pilot.press("space" if letter == " " else letter)
        await pilot.press("enter")
        await pilot.pause()
        assert is_reached(app), screen_text(app)


async def test_palette_by_mouse(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("#title", offset=(3, 0))
        assert isinstance(app.screen, OptionDialog)
        await pilot.press(*"institutions")
        await pilot.click("#options", offset=(6, 0))
        await pilot.pause()
        assert app.screen_name == "institutions"


async def _held_keys(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)


async def test_custom_keys(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text(
        '[keys]\nsave = "z"\nnote = ["f12", "m"]\nmark = "k"\nexprot = "x"\ncopy = "blah"\n', encoding="utf-8"
    )
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await _held_keys(pilot, "enter", "s")
        assert len(app.session.shortlist) == 0
        text = " ".join(screen_text(app).split())
        assert "z save" in text
        assert "did you mean “export”" in " ".join(app.session.startup_errors)
        assert "unknown key “blah”" in " ".join(app.session.startup_errors)
        assert "k is the key of “up”" in " ".join(app.session.startup_errors)
        await _held_keys(pilot, "z", "space")
        assert len(app.session.shortlist) == 1
        assert len(app.session.marks.value) == 1


@pytest.mark.parametrize(
    ("key", "name"),
    [("?", "question_mark"), ("ctrl+k", "ctrl+k"), ("F5", "f5"), ("K", "K"), ("ctrl+alt+x", "ctrl+alt+x")],
)
def test_parse_key(key: str, name: str) -> None:
    assert parse_key(key) == name


@pytest.mark.parametrize("key", ["", "ctrl+", "contrl+x", "blah", "+"])
def test_parse_key_rejects_invalid_names(key: str) -> None:
    assert parse_key(key) in (None, "plus_sign" if key == "+" else None, "plus")


def test_swapping_two_keys_is_no_conflict() -> None:
    keys = KeyMap({"copy": ["e"], "export": ["y"]})
    assert not keys.problems
    assert (keys.label("copy"), keys.label("export")) == ("e", "y")


def test_keys_page_is_up_to_date(request: pytest.FixtureRequest) -> None:
    file = DOCS / "guide" / "keys.md"
    if request.config.getoption("--golden-update"):
        file.write_text(keys_page(), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == keys_page()
