"""What a person says of listed programs: status, rating, tags; marks as what is meant; several lists."""

from __future__ import annotations

from pathlib import Path

from gmetui.catalog.models import Catalog
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from support import app_of, screen_text, typed_in

SIZE = (120, 40)
THREE = ("enter", "s", "down", "s", "down", "s", "S")


def first(app: GmetuiApp) -> tuple[str, int, tuple[str, ...]]:
    entry = app.shortlist.entries[0]
    return entry.status, entry.rating, entry.tags


async def test_status_rating_and_tags(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*THREE, "home", "t", *"appl", "enter")
        await pilot.press("r", "enter", "number_sign")
        await typed_in(pilot, "near home, boston")
        await pilot.press("enter")
        assert first(app) == ("applied", 5, ("near home", "boston"))
        text = screen_text(app)
        assert "applied" in text
        assert "★★★★★" in text
        assert "#near home" in text
        await pilot.press("u", "u")
        assert first(app) == ("applied", 0, ())
    read = ShortlistStore(app.store.path).load()
    assert read.entries == app.shortlist.entries


async def test_a_status_of_ones_own(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", "S", "t")
        await typed_in(pilot, "waiting for a letter")
        await pilot.press("enter")
        assert first(app)[0] == "waiting for a letter"
        await pilot.press("E", "f")
        assert "Waiting for a" in screen_text(app)


async def test_what_is_marked_is_meant(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*THREE, "home", "space", "down", "space")
        assert screen_text(app).count("◆") == 2
        await pilot.press("t", *"invited", "enter")
        assert [entry.status for entry in app.shortlist] == ["invited", "invited", ""]
        await pilot.press("s")
        assert len(app.shortlist) == 1
        await pilot.press("u", "u")
        assert [entry.status for entry in app.shortlist] == ["", "", ""]


async def test_several_lists(catalog: Catalog, home: Path) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "s", "L")
        await typed_in(pilot, "second choices")
        await pilot.press("enter")
        assert (app.store.name, len(app.shortlist)) == ("second-choices", 0)
        await pilot.press("u")
        assert len(ShortlistStore(home / "shortlists" / "default.toml").load()) == 1
        await pilot.press("2", "down", "s", "S")
        assert "1 program in second-choices" in screen_text(app)
        await pilot.press("L", *"default", "enter")
        assert (app.store.name, len(app.shortlist)) == ("default", 1)
        await pilot.press("L", *"second", "enter")
    again = app_of(catalog)
    async with again.run_test(size=SIZE):
        assert (again.store.name, len(again.shortlist)) == ("second-choices", 1)


async def test_on_an_empty_list_nothing_is_meant(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "t", "r", "number_sign", "space", "s")
        assert app.room == "shortlist"
        assert len(app.screen_stack) == 2


async def test_dates_of_ones_own_stand_in_one_line_of_time(catalog: Catalog) -> None:
    app = app_of(catalog, "internal medicine residency mgh")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "D")
        assert "No dates stand on your list" in screen_text(app)
        await pilot.press("s", "S", "at")
        app.screen.query_one("#name").value = "interview 2999-01-15"  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.shortlist.entries[0].dates == (("interview", "2999-01-15"),)
        assert "2999-01-15 interview" in screen_text(app)
        await pilot.press("D")
        text = screen_text(app)
        assert text.index("interview:") < text.index("application:")
        await pilot.press("enter")
        assert app.room == "explore"
        await pilot.press("S", "at")
        app.screen.query_one("#name").value = "tomorrow"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause()
        assert "write it like:" in screen_text(app)
        await pilot.press("at")
        app.screen.query_one("#name").value = "interview"  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.shortlist.entries[0].dates == ()
