"""The explorer starts before its catalog is loaded: no key is lost, and an error ends it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest
from textual.app import App
from textual.events import Event, Key

from gmetui.catalog.catalog import Catalog
from gmetui.documents.start_choices import start_page
from gmetui.errors import DataError
from gmetui.search import Query, search
from gmetui.storage.paths import user_paths
from gmetui.tui import clock
from gmetui.tui.app import GmetuiApp
from gmetui.tui.catalog_loader import CatalogLoader
from gmetui.tui.preferences import Start, read_preferences
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.opening_screen import OpeningScreen
from gmetui.tui.screens.reference_screen import ReferenceScreen
from support import screen_styles, screen_text, type_text, until


class SlowLoad:
    """Loads a catalog when it is allowed to."""

    def __init__(self, catalog: Catalog) -> None:
        self.allowed = threading.Event()
        self._catalog = catalog

    def __call__(self) -> Catalog:
        self.allowed.wait(10)
        return self._catalog


async def test_keys_pressed_before_the_catalog_is_loaded_are_replayed_in_order(catalog: Catalog) -> None:
    load = SlowLoad(catalog)
    app = GmetuiApp(None, user_paths(), load_catalog=load)
    async with app.run_test(size=(100, 30)) as pilot:
        opening = app.screen
        assert isinstance(opening, OpeningScreen)
        await type_text(pilot, "larkspur cards")
        await pilot.press("enter", "s", "slash")
        await type_text(pilot, " fellowship")
        assert opening.query_input.value == "larkspur cards"
        load.allowed.set()
        await until(pilot, lambda: isinstance(app.screen, ExploreScreen))
        query_input = app.explore_screen.query_input
        await until(pilot, lambda: query_input.value == "larkspur cards fellowship", "replayed keys")
        assert not app.loader.is_loading
        assert [entry.id for entry in app.session.shortlist] == ["larkspur-cardiovascular-disease-fellowship"]
        assert app.catalog is catalog


async def test_no_other_screen_opens_before_the_catalog_is_loaded(catalog: Catalog) -> None:
    load = SlowLoad(catalog)
    app = GmetuiApp(None, user_paths(), load_catalog=load)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("?", "escape", "enter", "I")
        await pilot.click("#title", offset=(25, 0))
        assert isinstance(app.screen, OpeningScreen)
        load.allowed.set()
        await until(pilot, lambda: isinstance(app.screen, ReferenceScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_explorer_looks_as_the_opening_screen_did(catalog: Catalog, size: tuple[int, int]) -> None:
    """Nothing moves, appears, or changes its color when the programs are there."""
    load = SlowLoad(catalog)
    page = start_page(search(catalog, Query()), clock.today())
    start = Start(read_preferences(user_paths()), page=page)
    app = GmetuiApp(None, user_paths(), start, load_catalog=load)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        opening = screen_styles(app)
        assert isinstance(app.screen, OpeningScreen)
        assert page.boxes[0].choices[0].label in screen_text(app)
        load.allowed.set()
        await until(pilot, lambda: isinstance(app.screen, ExploreScreen) and not app.loader.is_loading)
        await pilot.pause()
        assert screen_styles(app) == opening


async def test_quitting_while_loading_leaves_the_files_alone(catalog: Catalog) -> None:
    load = SlowLoad(catalog)
    app = GmetuiApp(None, user_paths(), load_catalog=load)
    async with app.run_test(size=(100, 30)) as pilot:
        await type_text(pilot, "cards")
        await pilot.press("ctrl+q")
    load.allowed.set()
    assert not user_paths().state.exists()


def fail_with(error: Exception) -> Callable[[], Catalog]:
    def load() -> Catalog:
        raise error

    return load


@pytest.mark.parametrize("error", [DataError([]), RuntimeError("a bug")])
async def test_an_error_ends_the_explorer(error: Exception) -> None:
    app = GmetuiApp(None, user_paths(), load_catalog=fail_with(error))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.loader.error is not None)
    assert app.loader.error is error


async def test_keys_wait_for_the_first_focus() -> None:
    app = SimpleNamespace(focused=None)
    loader = CatalogLoader(cast("App[None]", app), None, lambda catalog: None)
    received: list[str] = []

    async def dispatch(event: Event) -> None:
        assert isinstance(event, Key)
        received.append(event.key)

    assert all(loader.buffer(Key(letter, letter)) for letter in "mgh")
    replay = asyncio.create_task(loader.replay(dispatch))
    await asyncio.sleep(0)
    assert received == []
    app.focused = object()
    await replay
    assert received == ["m", "g", "h"]
    assert not loader.buffer(Key("x", "x"))
