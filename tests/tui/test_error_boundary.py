"""Errors in one action are survived, and what cannot be survived ends the application with a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import ModalScreen

from gmetui.catalog.catalog import Catalog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.option_list import FilteredOptionList
from support import make_app, notifications, until_notified


@pytest.fixture
def strict() -> None:
    """Survive errors, as outside of tests."""


class BrokenDialog(ModalScreen[None]):
    """A dialog that can't be shown."""

    def on_mount(self) -> None:
        raise RuntimeError("a broken dialog")


async def test_an_error_restores_the_state_and_is_written_to_a_file(
    catalog: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(screen: ExploreScreen) -> None:
        assert screen.program is not None
        screen.context.session.toggle_mark(screen.program)
        raise RuntimeError("an injected error")

    monkeypatch.setattr(ExploreScreen, "action_mark", fail)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        state = app.session.state
        await pilot.press("space")
        await until_notified(pilot, "an error in gmetui")
        assert app.session.marks.value == ()
        assert app.session.state == state
        (report,) = (home / "error-reports").glob("*.txt")
        assert "an injected error" in report.read_text(encoding="utf-8")
        assert report.stem.rpartition("-")[2] in notifications(app)[-1]
        await pilot.press("s")
        assert len(app.session.shortlist) == 1


async def test_a_dialog_that_cannot_be_shown_is_closed(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_dialog(BrokenDialog())
        await until_notified(pilot, "an error in gmetui")
        await pilot.pause()
        assert not app.screen.is_modal


@pytest.mark.parametrize("way", ["timer", "callback", "worker"])
async def test_errors_beside_the_messages_are_survived(catalog: Catalog, way: str) -> None:
    def fail() -> None:
        raise RuntimeError("an injected error")

    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        if way == "timer":
            app.set_timer(0.01, fail)
        elif way == "callback":
            app.explore_screen.call_after_refresh(fail)
        else:
            app.run_worker(fail, thread=True)
        await until_notified(pilot, "an error in gmetui")
        await pilot.press("enter", "s")
        assert len(app.session.shortlist) == 1


async def test_errors_that_keep_coming_end_the_application(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(screen: ExploreScreen) -> None:
        raise RuntimeError("an injected error")

    monkeypatch.setattr(ExploreScreen, "action_mark", fail)
    app = make_app(catalog)
    with pytest.raises(RuntimeError, match="an injected error"):
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("enter", *["space"] * 15)
    assert app.return_code == 1


async def test_an_error_in_a_dialog_leaves_it_and_the_screen_usable(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(options: FilteredOptionList, text: str) -> None:
        raise RuntimeError("an injected error")

    monkeypatch.setattr(FilteredOptionList, "filter", fail)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "colon", "a")
        await until_notified(pilot, "an error in gmetui")
        await pilot.press("escape", "s")
        assert len(app.session.shortlist) == 1
