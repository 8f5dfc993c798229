"""The list as a workspace on screen: own columns, orders, versions, what changed, import, a list handed over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import ProgressBar

from gmetui.catalog.models import Catalog, ProgramId
from gmetui.export.formats import export
from gmetui.export.table import shortlist_sheet
from gmetui.shortlist.columns import named_column
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.fact_snapshots import KnownFacts, keep_known
from gmetui.storage.paths import user_paths
from gmetui.storage.review_store import HandedList
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs import export_dialog as exporting
from gmetui.tui.dialogs.note_dialog import NoteDialog
from gmetui.tui.dialogs.pickers import Picker
from gmetui.tui.dialogs.progress_dialog import StoppedError, Working
from support import app_of, screen_text, typed_in

CARDS, IM, EM = (
    "tufts-cardiovascular-disease-fellowship",
    "mgh-internal-medicine-residency",
    "bmc-emergency-medicine-residency",
)
SIZES = ((80, 24), (120, 40), (200, 50))


def listed(catalog: Catalog) -> Shortlist:
    shortlist = Shortlist()
    for own in (CARDS, IM, EM):
        shortlist = shortlist.added(entry_of(catalog, catalog.program[ProgramId(own)]))
    return shortlist


def kept(catalog: Catalog) -> Shortlist:
    shortlist = listed(catalog)
    store = ShortlistStore(user_paths().shortlist("default"))
    keep_known(KnownFacts(user_paths().shortlists), catalog, Shortlist(), shortlist)
    return store.save(shortlist, "made")


def said(app: GmetuiApp) -> str:
    """Return what was said in passing."""
    return " ".join(message.message for message in app._notifications)


def ids(app: GmetuiApp) -> list[str]:
    return [entry.id for entry in app.shortlist]


@pytest.mark.parametrize("size", SIZES)
async def test_a_column_is_made_weighed_and_filled_in(catalog: Catalog, size: tuple[int, int]) -> None:
    kept(catalog)
    app = app_of(catalog)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f4", "C")
        await typed_in(pilot, "Near family")
        await pilot.press("enter", "enter")  # the kind: 1-5
        await typed_in(pilot, "weight")
        await pilot.press("enter", "3", "enter", "escape")
        assert app.shortlist.columns == (named_column("Near family", "1-5", 3),)
        await pilot.press("v", "enter", "down", "enter", "escape")  # 4
        assert app.shortlist.entries[0].value("Near family") == 4
        assert "75" in screen_text(app)
        await pilot.press("down", "v", "enter", "enter", "escape", "O")
        await typed_in(pilot, "score")
        await pilot.press("enter")
        text = screen_text(app)
        assert text.index("Internal Medicine") < text.index("Cardiovascular")
        assert ids(app) == [CARDS, IM, EM], "the ranks are the person's own"
        await pilot.press("K")
        assert ids(app) == [CARDS, IM, EM]
        await pilot.press("O", *"score", "ctrl+x")
        assert ids(app) == [IM, CARDS, EM]
        await pilot.press("u")
        assert ids(app) == [CARDS, IM, EM]


async def test_a_score_by_hand_and_a_knock_out(catalog: Catalog) -> None:
    kept(catalog)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "v", *"score", "enter", "8", "8", "enter", "escape")
        assert app.shortlist.entries[0].score == 88
        assert "88!" in screen_text(app)
        await pilot.press("C", *"visa", "enter", *"yes", "enter", *"knocks", "enter", *"yes", "enter", "escape")
        await pilot.press("v", "enter", *"no", "enter", "escape")
        assert "out" in screen_text(app)
        assert "Out: lacks what it must have in visa" in screen_text(app)
        await pilot.press("C", "ctrl+x")
        assert not app.shortlist.columns


async def test_what_makes_no_sense_is_said_and_changes_nothing(catalog: Catalog) -> None:
    kept(catalog)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "C", *"miles", "enter", *"number", "enter", *"weight", "enter", *"much", "enter")
        await pilot.pause()
        assert "is no number" in said(app)
        await pilot.press("v", "enter", *"far", "enter")
        await pilot.pause()
        assert "is no number" in said(app)
        assert not app.shortlist.entries[0].own


async def test_former_versions_are_compared_and_brought_back(catalog: Catalog) -> None:
    kept(catalog)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "J", "down", "s", "H")
        assert "moved" in screen_text(app)
        await pilot.press("down", "down", "enter")
        text = screen_text(app)
        assert "Removed: " in text
        assert "against now" in text
        await pilot.press("escape", "ctrl+x", "up", "up", "enter")
        assert "against now" not in screen_text(app)
        await pilot.press("escape", "escape", "H", "down", "down", "enter", "enter")
        await pilot.pause()
        assert ids(app) == [CARDS, IM, EM]
        await pilot.press("u")
        assert len(app.shortlist) == 2


async def test_what_changed_is_shown_until_it_is_seen(catalog: Catalog) -> None:
    kept(catalog)
    own = catalog.program[ProgramId(CARDS)]
    other = own._replace(positions_per_year=99)
    later = replace(catalog, programs=tuple(other if program is own else program for program in catalog.programs))
    app = app_of(later)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        text = screen_text(app)
        assert "Δ" in text
        assert "Positions:" in text
        assert "→ 99" in text
        await pilot.press("z")
        assert "Δ" not in screen_text(app)
        await pilot.press("u")
        assert "Δ" in screen_text(app)


async def test_another_gmetui_changes_the_list_meanwhile(catalog: Catalog) -> None:
    kept(catalog)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        other = ShortlistStore(user_paths().shortlist("default"))
        other.load()
        other.save(other.shortlist.with_status(IM, "invited"), "status")
        app.look_again()
        await pilot.pause()
        assert app.shortlist.entries[1].status == "invited"
        assert "Changed outside: status" in said(app)
        other.path.unlink()
        app.look_again()
        app.look_again()
        await pilot.pause()
        assert said(app).count("is gone") == 1
        assert len(app.shortlist) == 3
        await pilot.press("J")
        assert len(ShortlistStore(other.path).load()) == 3


async def settled(app: GmetuiApp, wanted: type[object]) -> None:
    for _ in range(200):
        if isinstance(app.screen, wanted):
            return
        await asyncio.sleep(0.02)


async def test_a_spreadsheet_comes_in_after_a_look(catalog: Catalog, tmp_path: Path) -> None:
    kept(catalog)
    file = tmp_path / "mine.csv"
    file.write_text(
        "Program,Hospital,My miles,Status\nInternal Medicine Residency Program,MGH,12,applied\nNeurology,tufts,3,\n",
        encoding="utf-8",
    )
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await typed_in(pilot, str(file))
        await pilot.press("enter")
        await settled(app, Picker)
        await pilot.pause()
        text = screen_text(app)
        assert "0 new, 1 changed" in text
        assert "Row 3: Neurology, tufts: not matched" in text
        before = app.shortlist
        await pilot.press("down", "enter")
        assert "it is this one" in screen_text(app)
        await pilot.press("enter")
        assert "1 new, 1 changed" in screen_text(app)
        assert app.shortlist == before, "nothing happens before it is said so"
        await pilot.press("up", "enter")
        await pilot.pause()
        assert len(app.shortlist) == 4
        assert app.shortlist.entries[1].value("My miles") == 12
        await pilot.press("u")
        assert app.shortlist == before


async def test_a_file_that_is_no_list_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await typed_in(pilot, str(tmp_path / "nowhere.csv"))
        await pilot.press("enter")
        assert "Nothing fits" in screen_text(app)
        await pilot.press("escape")
        (tmp_path / "empty.csv").write_text("", encoding="utf-8")
        await pilot.press("i")
        await typed_in(pilot, str(tmp_path / "empty.csv"))
        await pilot.press("enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if "empty.csv" in said(app):
                break
        assert "is empty" in said(app)


async def test_a_list_that_was_handed_over(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_bytes(export(shortlist_sheet(catalog, listed(catalog).noted(IM, "mine")), "toml"))
    before = file.read_bytes()
    store = HandedList(file, "Dr. Grey")
    store.load()
    app = GmetuiApp(catalog, user_paths(), handed=store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Handed to you: 3 programs" in screen_text(app)
        await pilot.press("J", "s")
        assert ids(app) == [CARDS, IM, EM]
        assert "handed to you" in said(app)
        await pilot.press("n")
        assert isinstance(app.screen, NoteDialog)
        await pilot.press(*"strong", "escape")
        assert "Dr. Grey:" in screen_text(app)
        await pilot.press("L", "escape")
        assert app.store is store
    assert file.read_bytes() == before
    assert not user_paths().state.exists()
    own = ShortlistStore(user_paths().shortlist("default"))
    own.save(listed(catalog), "made")
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await typed_in(pilot, str(tmp_path / "list.remarks.toml"))
        await pilot.press("enter")
        await settled(app, Picker)
        await pilot.press("enter")
        assert dict(app.shortlist.entries[0].remarks) == {"Dr. Grey": "strong"}
        assert not app.shortlist.columns


async def test_a_note_in_the_persons_editor(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(catalog)
    monkeypatch.setenv("EDITOR", "nano")
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "n")
        assert "ctrl+e opens your editor" in screen_text(app)
        await pilot.press("ctrl+e")  # a test's terminal cannot be lent
        assert "cannot be lent" in said(app)
        assert isinstance(app.screen, NoteDialog)


async def test_a_long_export_shows_how_far_it_is_and_can_be_stopped(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_LONG", 1)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "e", "enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if (tmp_path / "gmetui-results.csv").exists():
                break
        assert (tmp_path / "gmetui-results.csv").exists()
        await pilot.press("e")
        await pilot.pause()
        monkeypatch.setattr(Working, "_run", lambda self: None)
        await pilot.press("enter")
        await settled(app, Working)
        assert isinstance(app.screen, Working)
        assert app.screen.query_one(ProgressBar).total == len(catalog.programs)
    screen = Working("", lambda report: None, print, print, unit="programs")
    screen.action_stop()
    with pytest.raises(StoppedError):
        screen.report(100)
