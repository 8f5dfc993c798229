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
from gmetui.errors import DataError
from gmetui.storage.paths import user_paths
from gmetui.tui.app import GmetuiApp
from gmetui.tui.catalog_loader import CatalogLoader
from gmetui.tui.screens.explore_screen import ExploreScreen
from support import type_text, until


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
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        await type_text(pilot, "larkspur cards")
        await pilot.press("enter", "s", "slash")
        await type_text(pilot, " fellowship")
        assert screen.query_input.value == "larkspur cards"
        assert len(app.session.shortlist) == 0
        load.allowed.set()
        await until(pilot, lambda: screen.query_input.value == "larkspur cards fellowship", "replayed keys")
        assert not app.loader.is_loading
        assert [entry.id for entry in app.session.shortlist] == ["larkspur-cardiovascular-disease-fellowship"]
        assert app.catalog is catalog


async def test_no_other_screen_opens_before_the_catalog_is_loaded(catalog: Catalog) -> None:
    load = SlowLoad(catalog)
    app = GmetuiApp(None, user_paths(), load_catalog=load)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("enter", "I")
        assert isinstance(app.screen, ExploreScreen)
        load.allowed.set()
        await until(pilot, lambda: not isinstance(app.screen, ExploreScreen))


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
