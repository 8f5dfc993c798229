"""Triage: a quick pass over the programs of a search, at every size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.shortlist.triage import TriageCounts, verdict_of
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.triage_file import read_triage
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.command_palette import command_options
from gmetui.tui.keymap import KeyMap
from gmetui.tui.screens.triage_screen import TriageScreen
from gmetui.tui.widgets.option_list import matching_options
from support import make_app, screen_text

SIZES = [(80, 24), (120, 40), (200, 50)]


def verdict_counts(app: GmetuiApp, program_ids: Sequence[str]) -> TriageCounts:
    listed_ids = {entry.id for entry in app.session.shortlist}
    triage = app.session.triage.current.value
    return TriageCounts.of(verdict_of(each, triage, listed_ids) for each in program_ids)


@pytest.mark.parametrize("size", SIZES)
async def test_a_pass_over_the_residencies(catalog: Catalog, size: tuple[int, int], home: Path) -> None:
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        ids = [program.id for program in app.query_controller.results.programs()]
        await pilot.press("d")
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.program is not None
        assert screen.program.id == ids[0]
        assert f"0 of {len(ids)} programs decided" in screen_text(app)
        assert catalog.program[ids[0]].name in screen_text(app)
        await pilot.press("i", "m", "n")
        assert verdict_counts(app, ids) == (1, 1, 1, len(ids) - 3)
        assert screen.program.id == ids[3]
        assert ids[0] in app.session.shortlist
        assert "3 of " in screen_text(app)
        await pilot.press("u")
        assert screen.program.id == ids[2]
        await pilot.press("u", "u")
        assert verdict_counts(app, ids) == (0, 0, 0, len(ids))
        assert screen.program.id == ids[0]
        await pilot.press("ctrl+r", "ctrl+r")
        assert verdict_counts(app, ids) == (1, 1, 0, len(ids) - 2)
        await pilot.press("left", "left", "left", "delete")
        await pilot.press("escape", "d")
        assert screen.program.id == ids[2]
        await pilot.press("enter")
        assert app.screen_name == "explore"
        await pilot.press("b")
        assert app.screen is screen
    assert read_triage(home / "triage.toml").verdicts == {ids[1]: "maybe"}


async def test_decisions_filter_the_search_and_hide_nothing(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        total = app.query_controller.results.total
        ids = [program.id for program in app.query_controller.results.programs()]
        assert all(facet.name != "triage" for facet in app.query_controller.results.facets())
        await pilot.press("d", "n", "n", "m", "i", "escape")
        assert app.query_controller.results.total == total
        assert any(facet.name == "triage" for facet in app.query_controller.results.facets())
        marked_rows = screen_text(app)
        assert f"– {catalog.program[ids[0]].name}" in marked_rows
        assert f"? {catalog.program[ids[2]].name}" in marked_rows
        app.open_query("triage:no")
        assert [program.id for program in app.query_controller.results.programs()] == ids[:2]
        app.open_query("kind:residency triage:new")
        assert app.query_controller.results.total == total - 4
        app.open_query("kind:residency -triage:no")
        assert app.query_controller.results.total == total - 2
        app.open_query("triage:maybe")
        await pilot.press("d")
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.program is None
        assert "Everything here is decided" in screen_text(app)
        await pilot.press("left")
        assert "decided: maybe" in screen_text(app)
        await pilot.press("i")
        assert ids[2] in app.session.shortlist
        await pilot.press("X", "enter")  # keeps them
        assert len(app.session.triage.current.value) == 3
        await pilot.press("X", "down", "enter")
        assert not app.session.triage.current.value
        await pilot.press("u")
        assert app.session.triage.verdicts == {ids[0]: "no", ids[1]: "no", ids[2]: "maybe"}
    assert len(read_triage(home / "triage.toml")) == 3


@pytest.mark.parametrize("words", ["passed over", "maybe", "no"])
def test_the_palette_shows_decisions_before_it_changes_them(words: str) -> None:
    offered = matching_options(command_options(KeyMap({})), words)
    show_index, *other_indexes = (
        next((index for index, option in enumerate(offered) if option.key == key), len(offered))
        for key in ("search:triage:no,maybe", "command:triage-maybe", "command:triage-no", "command:triage-forget-all")
    )
    assert show_index < min(other_indexes)


async def test_a_file_that_cannot_be_read_or_written(catalog: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "triage.toml").write_text("format = 99\n", encoding="utf-8")
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "d", "n")
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        assert not app.session.triage.current.value
        assert screen.program is not None
        assert screen.program.id == app.query_controller.results.programs()[0].id
    assert (home / "triage.toml").read_text(encoding="utf-8") == "format = 99\n"


async def test_a_profile_is_compared(catalog: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "profile.toml").write_text('format = 1\nvisa = { needed = true, will_take = ["H-1B"] }\n', encoding="utf-8")
    (home / "profile.toml").chmod(0o600)
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=(120, 40)) as pilot:
        await app.perform_action("triage")
        await pilot.pause()
        assert "You               " in screen_text(app)


async def test_a_shared_list_is_not_decided_on(catalog: Catalog, home: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared.toml"
    shared.write_text('format = 1\n[[program]]\nid = "larkspur-surgery-residency"\n', encoding="utf-8")
    app = make_app(catalog, "kind:residency", ReviewStore(shared, "me"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.perform_action("triage")
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        first = screen.program
        await pilot.press("n", "X", "delete")
        assert screen.program is first
        assert not app.session.triage.current.value
    assert not (home / "triage.toml").exists()


async def test_the_palette_leads_to_the_ladder_and_to_triage(catalog: Catalog) -> None:
    app = make_app(catalog, "larkspur cardiovascular disease")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter", "colon", *"what training can follow", "enter")
        assert "Ladder from Larkspur · Cardiovascular Disease" in screen_text(app)
        await pilot.press("colon", *"swipe", "enter")
        assert isinstance(app.screen, TriageScreen)
