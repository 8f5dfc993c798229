"""Status, rating, tags and dates of saved programs, marked programs, and several shortlists."""

from __future__ import annotations

from pathlib import Path

from gmetui.catalog.catalog import Catalog
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from support import make_app, screen_text, type_text, until_notified, until_problem

SIZE = (120, 40)
THREE = ("enter", "s", "down", "s", "down", "s", "S")


def first_entry_fields(app: GmetuiApp) -> tuple[str, int, tuple[str, ...]]:
    entry = app.session.shortlist.entries[0]
    return entry.status, entry.rating, entry.tags


async def test_status_rating_and_tags(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press(*THREE, "home", "t", *"appl", "enter")
        await pilot.press("r", "enter", "number_sign")
        await type_text(pilot, "near home, boston")
        await pilot.press("enter")
        assert first_entry_fields(app) == ("applied", 5, ("near home", "boston"))
        text = screen_text(app)
        assert "applied" in text
        assert "★★★★★" in text
        assert "#near home" in text
        await pilot.press("u", "u")
        assert first_entry_fields(app) == ("applied", 0, ())
    read = ShortlistStore(app.session.store.path).load()
    assert read.entries == app.session.shortlist.entries


async def test_custom_status(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "s", "S", "t")
        await type_text(pilot, "waiting for a letter")
        await pilot.press("enter")
        assert first_entry_fields(app)[0] == "waiting for a letter"
        await pilot.press("E", "f")
        assert "Waiting for a" in screen_text(app)


async def test_actions_apply_to_selected_programs_and_never_to_marked_ones(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*THREE, "home", "space", "down", "space")
        assert screen_text(app).count("◆") == 2
        await pilot.press("down", "t", *"invited", "enter")
        assert [entry.status for entry in app.session.shortlist] == ["", "", "invited"]
        await pilot.press("u", "home", "x", "down", "x", "t", *"invited", "enter")
        assert [entry.status for entry in app.session.shortlist] == ["invited", "invited", ""]
        await pilot.press("s")
        assert len(app.session.shortlist) == 1
        await pilot.press("u", "u")
        assert [entry.status for entry in app.session.shortlist] == ["", "", ""]


async def test_several_shortlists(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "s", "L")
        await type_text(pilot, "second choices")
        await pilot.press("enter")
        assert (app.session.store.name, len(app.session.shortlist)) == ("second-choices", 0)
        await pilot.press("u")
        assert len(ShortlistStore(home / "shortlists" / "default.toml").load()) == 1
        await pilot.press("2", "down", "s", "S")
        assert "second-choices · " in screen_text(app)
        await pilot.press("L", *"default", "enter")
        assert (app.session.store.name, len(app.session.shortlist)) == ("default", 1)
        await pilot.press("L", *"second", "enter")
    again = make_app(catalog)
    async with again.run_test(size=SIZE):
        assert (again.session.store.name, len(again.session.shortlist)) == ("second-choices", 1)


async def test_actions_on_an_empty_shortlist_do_nothing(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "t", "r", "number_sign", "space", "s")
        assert app.screen_name == "shortlist"
        assert len(app.screen_stack) == 2


async def test_own_dates_appear_on_the_timeline(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "D")
        await until_notified(pilot, "No dates on your shortlist")
        await pilot.press("s", "S", "at")
        app.screen.query_one("#answer").value = "interview 2999-01-15"  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.session.shortlist.entries[0].dates == (("interview", "2999-01-15"),)
        assert "Jan 15, 2999 interview" in screen_text(app)
        await pilot.press("D")
        text = screen_text(app)
        assert text.index("Application · Larkspur") < text.index("Interview · Larkspur")
        await pilot.press("enter")
        assert app.screen_name == "explore"
        await pilot.press("S", "at")
        app.screen.query_one("#answer").value = "interview next Monday"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_problem(pilot, "Write Nov 23 or Nov 30.")
        app.screen.query_one("#answer").value = "interview"  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.session.shortlist.entries[0].dates == ()
