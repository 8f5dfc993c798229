"""What takes long on a disk goes on beside the screen: saving a list, reading it, and reading its history."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.errors import FileError
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.paths import user_paths
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.dialogs.note_dialog import NoteDialog
from support import make_app, notifications, until, until_notified, until_problem


@pytest.fixture
def quick_saves() -> None:
    """Wait as short a time as outside of tests."""


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that takes saves of lists only when the event is set."""
    answers = threading.Event()
    save = ShortlistStore.save

    def save_later(
        store: ShortlistStore, shortlist: Shortlist, change: str, base: Shortlist | None = None
    ) -> Shortlist:
        answers.wait()
        return save(store, shortlist, change, base)

    monkeypatch.setattr(ShortlistStore, "save", save_later)
    yield answers
    answers.set()


async def test_the_screen_goes_on_and_saves_keep_their_order(catalog: Catalog, disk: threading.Event) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "s")
        await until_notified(pilot, "Saving …")
        await pilot.press("down", "s", "down", "s")
        assert len(app.session.shortlist) == 3
        app.action_undo()
        assert len(app.session.shortlist) == 2, "undo works on what is in memory"
        disk.set()
        await until(pilot, lambda: len(ShortlistStore(user_paths().shortlist("default")).load()) == 2, "saved list")
        await until(pilot, lambda: len(app.session.shortlist) == 2, "the list on disk")


async def test_a_save_that_fails_later_is_reported_and_keeps_the_draft(
    catalog: Catalog, disk: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: ShortlistStore, shortlist: Shortlist, change: str, base: Shortlist | None = None) -> Shortlist:
        disk.wait()
        raise FileError("gmetui: cannot write default.toml: no space left on device")

    monkeypatch.setattr(ShortlistStore, "save", fail)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "n", *"typed", "ctrl+s")
        await until_notified(pilot, "Saving …")
        disk.set()
        await until_notified(pilot, "no space left on device")
        assert len(app.session.shortlist) == 0
        await pilot.press("n")
        await until_problem(pilot, "Not saved on")


async def test_a_save_that_fails_at_once_leaves_the_note_open(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: ShortlistStore, shortlist: Shortlist, change: str, base: Shortlist | None = None) -> Shortlist:
        raise FileError("gmetui: cannot write default.toml: no space left on device")

    monkeypatch.setattr(ShortlistStore, "save", fail)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "n", *"typed", "ctrl+s")
        await until_problem(pilot, "no space left on device")
        assert isinstance(app.screen, NoteDialog)


async def test_leaving_waits_two_seconds_and_says_what_is_not_saved(catalog: Catalog, disk: threading.Event) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "s")
        await until_notified(pilot, "Saving …")
        start = time.monotonic()
    assert time.monotonic() - start < 10
    assert len(app.unsaved_changes) == 1
    assert app.unsaved_changes[0].startswith("added ")
    assert not any("error in gmetui" in message for message in notifications(app))


def ids_of(shortlist: Shortlist) -> set[str]:
    return {entry.id for entry in shortlist}


def hold(monkeypatch: pytest.MonkeyPatch, name: str) -> threading.Event:
    """Make a method of the store take until an event is set."""
    answers, method = threading.Event(), getattr(ShortlistStore, name)

    def answer_later(store: ShortlistStore, *arguments: Any) -> Any:
        answers.wait(30)
        return method(store, *arguments)

    monkeypatch.setattr(ShortlistStore, name, answer_later)
    return answers


async def test_a_list_that_takes_long_to_read_is_merged_with_what_is_saved_meanwhile(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_id, second_id = (program.id for program in catalog.programs[:2])
    store = ShortlistStore(user_paths().shortlist("default"))
    store.save(store.load().with_entry(entry_of(catalog, catalog.program[first_id])), "added a program")
    disk = hold(monkeypatch, "load")
    monkeypatch.setattr("gmetui.tui.session._LOAD_PATIENCE", 0.0)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_notified(pilot, "takes long")
        assert len(app.session.shortlist) == 0
        app.session.save_shortlist(app.session.shortlist.with_entry(entry_of(catalog, catalog.program[second_id])), "b")
        disk.set()
        await until(pilot, lambda: ids_of(app.session.shortlist) == {first_id, second_id}, "merged list")
    assert ids_of(store.load()) == {first_id, second_id}


async def test_a_history_that_takes_long_to_read_is_shown_later(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = hold(monkeypatch, "versions")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "s")
        await until(pilot, lambda: not app.session.saver.is_busy, "save")
        await pilot.press("f4", "H")
        await until_notified(pilot, "Reading …")
        assert not app.screen.is_modal
        disk.set()
        await until(pilot, lambda: app.screen.is_modal, "history")
