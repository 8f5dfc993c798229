"""Compiled copies of large data: used when they are right, passed over when they are not; keys wait for slow data."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

import gmetui.loader as loader
from gmetui.catalog.models import Catalog
from gmetui.errors import DataError
from gmetui.search import Query, search
from gmetui.storage.paths import user_paths
from gmetui.tui.app import GmetuiApp
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.reference_screen import ReferenceScreen
from support import write_data


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of data that counts as large."""
    monkeypatch.setattr(loader, "WORTH_CACHING", 10)
    directory = tmp_path / "large"
    directory.mkdir()
    write_data(directory)
    return directory


def cached(name: str) -> list[Path]:
    """The cache's files of one name."""
    return sorted(user_paths().cache.rglob(name))


def same(first: Catalog, second: Catalog) -> bool:
    """Whether two catalogs hold the same."""
    names = ("programs", "institutions", "specialties", "services", "sites", "sources", "salaries", "requirements")
    return all(getattr(first, name) == getattr(second, name) for name in names)


def test_a_large_directory_is_read_once(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = loader.load([large])
    assert len(cached("_catalog.json")) == len(cached("_index.json")) == 1
    monkeypatch.setattr(loader, "load_catalog", lambda *_, **__: pytest.fail("read again"))
    second = loader.load([large])
    assert same(first, second)
    found = [search(catalog, Query.parse("harbor cards")).programs() for catalog in (first, second)]
    assert found[0] == found[1] != []


def test_a_changed_file_is_read_again(large: Path) -> None:
    loader.load([large])
    file = large / "harbor.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Harbor Hospital", "Haven Hospital"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert loader.load([large]).institution["harbor"].name == "Haven Hospital"


@pytest.mark.parametrize("name", ["_catalog.json", "_index.json"])
@pytest.mark.parametrize("content", [b"{", b"[]", b"[" * 100_000])
def test_a_damaged_cache_is_made_anew(large: Path, name: str, content: bytes) -> None:
    good = loader.load([large])
    cached(name)[0].write_bytes(content)
    again = loader.load([large])
    assert same(good, again)
    assert search(again, Query.parse("harbor")).total == 2


def test_a_cache_that_cannot_be_written(large: Path) -> None:
    cache = user_paths().cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("a file where the directory should be", encoding="utf-8")
    assert "harbor" in loader.load([large]).institution


def test_two_copies_at_once(large: Path) -> None:
    found: list[Catalog] = []
    threads = [threading.Thread(target=lambda: found.append(loader.load([large]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(same(found[0], catalog) for catalog in found)
    assert same(found[0], loader.load([large]))
    assert not [file for file in user_paths().cache.rglob("*") if file.suffix == ".tmp"]


def test_the_cache_keeps_the_last_few_and_nothing_of_others(large: Path, tmp_path: Path) -> None:
    cache = user_paths().cache
    for number in range(6):
        old = cache / f"{number:016x}"
        old.mkdir(parents=True)
        (old / "_catalog.json").write_text("{}", encoding="utf-8")
        os.utime(old / "_catalog.json", ns=(number, number))
    (cache / "somebody's").mkdir()
    (cache / "somebody's" / "_catalog.json").write_text("{}", encoding="utf-8")
    os.utime(cache / "somebody's" / "_catalog.json", ns=(0, 0))
    loader.load([large])
    left = sorted(place.name for place in cache.iterdir())
    assert "somebody's" in left
    assert len(left) == 5
    assert f"{5:016x}" in left
    assert f"{0:016x}" not in left


def test_wrong_data_is_said_and_nothing_is_kept(large: Path) -> None:
    (large / "more.toml").write_text('[[program]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(DataError):
        loader.load([large])
    assert not cached("*.json")


def test_small_data_is_not_cached(tmp_path: Path) -> None:
    write_data(tmp_path)
    assert loader.is_ready([tmp_path])
    loader.load([tmp_path])
    assert not cached("*.json")


async def test_keys_typed_before_the_programs_are_there_are_kept_in_order(catalog: Catalog) -> None:
    ready = threading.Event()

    def read() -> Catalog:
        ready.wait(10)
        return catalog

    app = GmetuiApp(None, user_paths(), read=read)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        await pilot.press(*"tufts cards", "enter", "s", "slash", *" fellowship")
        assert screen.line.value == "tufts cards"
        assert len(app.shortlist) == 0
        ready.set()
        for _ in range(200):
            if not app.reading:
                break
            await asyncio.sleep(0.02)
        await pilot.pause()
        assert screen.line.value == "tufts cards fellowship"
        assert [entry.id for entry in app.shortlist] == ["tufts-cardiovascular-disease-fellowship"]
        assert screen.results.total
        assert screen.results.index.catalog is catalog


async def test_wrong_data_ends_the_explorer_with_its_reason(tmp_path: Path) -> None:
    def read() -> Catalog:
        raise DataError([])

    app = GmetuiApp(None, user_paths(), read=read)
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            if app.failure is not None:
                break
            await asyncio.sleep(0.02)
        await pilot.pause()
    assert isinstance(app.failure, DataError)


async def test_no_place_is_made_before_the_programs_are_there(catalog: Catalog) -> None:
    ready = threading.Event()

    def read() -> Catalog:
        ready.wait(10)
        return catalog

    app = GmetuiApp(None, user_paths(), read=read)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.click("#title", offset=(52, 0))
        assert isinstance(app.screen, ExploreScreen)
        await pilot.press("enter", "I")
        ready.set()
        for _ in range(200):
            if not app.reading:
                break
            await asyncio.sleep(0.02)
        await pilot.pause()
        assert isinstance(app.screen, ReferenceScreen)
        assert app.screen.list.count() == len(catalog.institutions)


async def test_an_error_that_is_not_ours_ends_the_explorer_too(catalog: Catalog) -> None:
    def read() -> Catalog:
        raise RuntimeError("a mistake of ours")

    app = GmetuiApp(None, user_paths(), read=read)
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            if app.failure is not None:
                break
            await asyncio.sleep(0.02)
        await pilot.pause()
    assert isinstance(app.failure, RuntimeError)
