"""The shortlist screen: custom columns, scores, versions, changed facts, imports, shared lists and long exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import ProgressBar

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId
from gmetui.export.formats import export_table
from gmetui.export.table import shortlist_table
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.fact_snapshots import FactSnapshots, save_snapshots
from gmetui.storage.paths import user_paths
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs import list_export
from gmetui.tui.dialogs.note_dialog import NoteDialog
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.dialogs.progress_dialog import CancelledError, ProgressDialog
from support import make_app, notifications, screen_text, type_text, until, until_notified, until_problem

CARDS, IM, EM = (
    "larkspur-cardiovascular-disease-fellowship",
    "larkspur-internal-medicine-residency",
    "larkspur-emergency-medicine-residency",
)
SIZES = ((80, 24), (120, 40), (200, 50))


def sample_shortlist(catalog: Catalog) -> Shortlist:
    shortlist = Shortlist()
    for program_id in (CARDS, IM, EM):
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[ProgramId(program_id)]))
    return shortlist


def save_shortlist(catalog: Catalog) -> Shortlist:
    shortlist = sample_shortlist(catalog)
    store = ShortlistStore(user_paths().shortlist("default"))
    save_snapshots(FactSnapshots(user_paths().shortlists), catalog, Shortlist(), shortlist)
    return store.save(shortlist, "made")


def program_ids(app: GmetuiApp) -> list[str]:
    return [entry.id for entry in app.session.shortlist]


@pytest.mark.parametrize("size", SIZES)
async def test_custom_column_is_added_weighted_and_filled_in(catalog: Catalog, size: tuple[int, int]) -> None:
    save_shortlist(catalog)
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f4", "C")
        await type_text(pilot, "Near family")
        await pilot.press("enter", "enter")  # the kind: 1-5
        await type_text(pilot, "weight")
        await pilot.press("enter", "3", "enter", "escape")
        assert app.session.shortlist.columns == (custom_column("Near family", "1-5", 3),)
        await pilot.press("v", "enter", "down", "enter", "escape")  # 4
        assert app.session.shortlist.entries[0].value("Near family") == 4
        assert "75" in screen_text(app)
        await pilot.press("down", "v", "enter", "enter", "escape", "O")
        await type_text(pilot, "score")
        await pilot.press("enter")
        text = screen_text(app)
        assert text.index("Internal Medicine") < text.index("Cardiovascular")
        assert program_ids(app) == [CARDS, IM, EM], "sorting leaves the ranks alone"
        await pilot.press("K")
        assert program_ids(app) == [CARDS, IM, EM]
        await pilot.press("O", *"score", "ctrl+x")
        assert program_ids(app) == [IM, CARDS, EM]
        await pilot.press("u")
        assert program_ids(app) == [CARDS, IM, EM]


async def test_manual_score_and_unmet_requirement(catalog: Catalog) -> None:
    save_shortlist(catalog)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "v", *"score", "enter", "8", "8", "enter", "escape")
        assert app.session.shortlist.entries[0].score == 88
        assert "88!" in screen_text(app)
        await pilot.press("C", *"visa", "enter", *"yes", "enter", *"requ", "enter", *"yes", "enter", "escape")
        await pilot.press("v", "enter", *"no", "enter", "escape")
        assert "out" in screen_text(app)
        assert "Out: does not meet your requirement for visa" in screen_text(app)
        await pilot.press("C", "ctrl+x")
        assert not app.session.shortlist.columns


async def test_invalid_values_are_reported_and_ignored(catalog: Catalog) -> None:
    save_shortlist(catalog)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "C", *"miles", "enter", *"number", "enter", *"weight", "enter", *"much", "enter")
        await until_problem(pilot, "is not a number")
        await pilot.press("escape", "down", "enter", "v", "enter", *"far", "enter")
        await until_problem(pilot, "is not a number")
        assert not app.session.shortlist.entries[0].values


async def test_versions_are_compared_and_restored(catalog: Catalog) -> None:
    save_shortlist(catalog)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "J", "down", "s", "H")
        assert "moved" in screen_text(app)
        await pilot.press("down", "down", "enter")
        text = screen_text(app)
        assert "Removed: " in text
        assert "compared with now" in text
        await pilot.press("escape", "ctrl+x", "up", "up", "enter")
        assert "compared with now" not in screen_text(app)
        await pilot.press("escape", "escape", "H", "down", "down", "enter", "enter")
        await pilot.pause()
        assert program_ids(app) == [CARDS, IM, EM]
        await pilot.press("u")
        assert len(app.session.shortlist) == 2


async def test_changed_facts_are_flagged_until_marked_as_seen(catalog: Catalog) -> None:
    save_shortlist(catalog)
    cardiology = catalog.program[ProgramId(CARDS)]
    larger = replace(cardiology, positions_per_year=99)
    programs = tuple(larger if program is cardiology else program for program in catalog.programs)
    later = replace(catalog, programs=programs)
    app = make_app(later)
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


async def test_changes_by_another_process_are_picked_up(catalog: Catalog) -> None:
    save_shortlist(catalog)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        other = ShortlistStore(user_paths().shortlist("default"))
        other.load()
        other.save(other.shortlist.with_status(IM, "invited"), "status")
        app.session.open_list.check_for_changes()
        await pilot.pause()
        assert app.session.shortlist.entries[1].status == "invited"
        await until_notified(pilot, "Changed by another program: ")
        other.path.unlink()
        app.session.open_list.check_for_changes()
        app.session.open_list.check_for_changes()
        await pilot.pause()
        assert " ".join(notifications(app)).count("is gone") == 1
        assert len(app.session.shortlist) == 3
        await pilot.press("J")
        assert len(ShortlistStore(other.path).load()) == 3


async def until_screen(pilot: Pilot[None], screen_type: type[object]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen_type), screen_type.__name__)
    await pilot.pause()


async def test_spreadsheet_is_previewed_and_imported(catalog: Catalog, tmp_path: Path) -> None:
    save_shortlist(catalog)
    file = tmp_path / "mine.csv"
    file.write_text(
        "Program,Hospital,My miles,Status\nInternal Medicine Residency,Larkspur,12,applied\nhepatology,larkspur,3,\n",
        encoding="utf-8",
    )
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await until_screen(pilot, OptionDialog)
        await pilot.pause()
        text = screen_text(app)
        assert "0 new, 1 changed" in text
        assert "Row 3: hepatology, larkspur: no matching program" in text
        assert "Keep 1 row without a program as they are" in text
        before = app.session.shortlist
        await pilot.press("down", "down", "enter")
        assert "it is this one" in screen_text(app)
        assert "Keep it as it is" in screen_text(app)
        await pilot.press("enter")
        assert "1 new, 1 changed" in screen_text(app)
        assert app.session.shortlist == before, "nothing changes before the import is confirmed"
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        assert len(app.session.shortlist) == 4
        assert app.session.shortlist.entries[1].value("My miles") == 12
        await pilot.press("u")
        assert app.session.shortlist == before


async def test_invalid_import_files_are_refused(catalog: Catalog, tmp_path: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await type_text(pilot, str(tmp_path / "nowhere.csv"))
        await pilot.press("enter")
        assert "No matches" in screen_text(app)
        await pilot.press("escape")
        (tmp_path / "empty.csv").write_text("", encoding="utf-8")
        await pilot.press("i")
        await type_text(pilot, str(tmp_path / "empty.csv"))
        await pilot.press("enter")
        await until_notified(pilot, "is empty")


async def test_shared_list_is_reviewed_and_comments_are_imported(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_bytes(export_table(shortlist_table(catalog, sample_shortlist(catalog).with_note(IM, "mine")), "toml"))
    before = file.read_bytes()
    store = ReviewStore(file, "Dr. Grey")
    store.load()
    app = make_app(catalog, None, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Shared with you, read-only" in screen_text(app)
        await pilot.press("J", "s")
        assert program_ids(app) == [CARDS, IM, EM]
        await until_notified(pilot, "a shared list is read-only")
        await pilot.press("n")
        assert isinstance(app.screen, NoteDialog)
        await pilot.press(*"strong", "ctrl+s")
        assert "Dr. Grey:" in screen_text(app)
        await pilot.press("L", "escape")
        assert app.session.store is store
    assert file.read_bytes() == before
    assert not user_paths().state.exists()
    ShortlistStore(user_paths().shortlist("default")).save(sample_shortlist(catalog), "made")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "i")
        await type_text(pilot, str(tmp_path / "list.remarks.toml"))
        await pilot.press("enter")
        await until_screen(pilot, OptionDialog)
        await pilot.press("enter")
        assert dict(app.session.shortlist.entries[0].comments) == {"Dr. Grey": "strong"}
        assert not app.session.shortlist.columns


async def test_note_in_an_external_editor(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    save_shortlist(catalog)
    monkeypatch.setenv("EDITOR", "nano")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4", "n")
        assert "ctrl+e opens your editor" in screen_text(app)
        await pilot.press("ctrl+e")  # a test has no terminal for an editor
        await until_problem(pilot, "cannot run another program")
        assert isinstance(app.screen, NoteDialog)


async def test_long_export_shows_progress_and_can_be_stopped(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "_MIN_ROWS_FOR_PROGRESS", 1)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "e", "enter")
        await until(pilot, (tmp_path / "gmetui-results.xlsx").exists, "exported file")
        await pilot.press("e")
        await pilot.pause()
        monkeypatch.setattr(ProgressDialog, "_run", lambda self: None)
        await pilot.press("enter")
        await until_screen(pilot, ProgressDialog)
        assert isinstance(app.screen, ProgressDialog)
        assert app.screen.query_one(ProgressBar).total == len(catalog.programs)
    screen = ProgressDialog("", lambda report: None, print, print, unit="programs")
    screen.action_close()
    with pytest.raises(CancelledError):
        screen._report(100)
