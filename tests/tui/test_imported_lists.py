"""Importing program lists on screen: preview, corrections, progress, saving, updating and removing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from gmetui.catalog.catalog import Catalog
from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import user_paths
from gmetui.tui.dialogs import progress_dialog
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.widgets.option_list import FilteredOptionList
from gmetui.tui.widgets.query_input import QueryInput
from importing.program_lists import IDS, ROWS, as_csv
from support import PROGRAM_COUNT, make_app, screen_text, type_text, until_notified, until_problem

pytestmark = pytest.mark.usefixtures("fixture_data")
SIZES = ((80, 24), (120, 40), (200, 50))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of ten programs with a column of unknown meaning."""
    path = tmp_path / "made-up.csv"
    path.write_text(as_csv(dict(row, thing="4") for row in ROWS), encoding="utf-8")
    return path


def import_store() -> ImportStore:
    return ImportStore(user_paths().programs)


async def until_idle(pilot: Pilot[None]) -> None:
    """Wait until the progress dialog has closed."""
    for _ in range(200):
        await pilot.pause(0.02)
        if not isinstance(pilot.app.screen, progress_dialog.ProgressDialog):
            await pilot.pause()
            if not isinstance(pilot.app.screen, progress_dialog.ProgressDialog):
                return
    raise AssertionError("the work does not end")


async def choose_option(pilot: Pilot[None], words: str) -> None:
    """Choose the option whose label contains some words."""
    screen = pilot.app.screen
    assert isinstance(screen, OptionDialog), screen_text(pilot.app)
    picks = screen.query_one(FilteredOptionList)
    place = next(place for place, pick in enumerate(picks.visible_options) if words in pick.label)
    picks.highlighted = place
    await pilot.press("enter")
    await until_idle(pilot)


async def open_import(pilot: Pilot[None], file: Path) -> None:
    """Choose a file to import and wait for the dialog with its columns."""
    if isinstance(pilot.app.focused, QueryInput):
        await pilot.press("escape")
    await pilot.press("A")
    await choose_option(pilot, "Import a program list")
    pilot.app.screen.query_one(Input).value = str(file)
    await pilot.pause()
    await pilot.press("enter")
    await until_idle(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_list_is_previewed_corrected_and_saved(catalog: Catalog, file: Path, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_import(pilot, file)
        text = screen_text(app)
        assert "acgme_id → ACGME id" in text
        assert "0400599901" in text, "the first rows"
        await choose_option(pilot, "thing →")
        await choose_option(pilot, "Positions a year")
        await choose_option(pilot, "Published: ")
        await pilot.press(*"2026", "enter")
        await choose_option(pilot, "Published at")
        await type_text(pilot, "nonsense")
        await pilot.press("enter")
        await until_problem(pilot, "is not a web address")
        await pilot.press("escape")
        await choose_option(pilot, "Discard what you typed")
        await choose_option(pilot, "Read the list")
        assert "10 rows read, 10 programs" in screen_text(app)
        assert import_store().lists() == [], "nothing is saved yet"
        await choose_option(pilot, "Import 10 programs")
        await until_idle(pilot)
        assert len(app.catalog.programs) == PROGRAM_COUNT + 10
        assert app.catalog.program[IDS[0]].positions_per_year == 4
        assert import_store().lists()[0].as_of == "2026"
        if size[0] > 120:
            assert "and your lists" in screen_text(app), "the title names imported lists"
        await pilot.press("slash")
        await type_text(pilot, "surgery pr")
        assert app.explore_screen.programs.program is not None
        assert app.explore_screen.programs.program.id == "acgme-4404299909"
        for key in ("f4", "f7", "f5"):
            await pilot.press("escape", key)
        assert "Harbor University" in screen_text(app)


async def test_canceling_at_any_step_saves_nothing(
    catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_import(pilot, file)
        await pilot.press("escape")
        await open_import(pilot, file)
        await choose_option(pilot, "Read the list")
        await pilot.press("escape")
        assert not isinstance(app.screen, OptionDialog)
        assert not user_paths().programs.exists()
        assert not user_paths().column_overrides.exists()
        assert app.catalog is catalog


async def test_import_can_be_stopped(catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gmetui.importing import program_builder

    monkeypatch.setattr(program_builder, "_PROGRESS_INTERVAL", 1)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_import(pilot, file)
        monkeypatch.setattr(
            progress_dialog.ProgressDialog,
            "on_mount",
            lambda self: (self.action_close(), self.run_worker(self._run, thread=True)),
        )
        await choose_option(pilot, "Read the list")
        assert not isinstance(app.screen, OptionDialog)
        assert not user_paths().programs.exists()


async def test_saving_can_be_stopped(catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_import(pilot, file)
        await choose_option(pilot, "Read the list")
        with monkeypatch.context() as patch:
            patch.setattr(
                progress_dialog.ProgressDialog,
                "on_mount",
                lambda self: (self.action_close(), self.run_worker(self._run, thread=True)),
            )
            await choose_option(pilot, "Import 10 programs")
        assert import_store().lists() == []
        assert app.catalog is catalog


async def test_list_is_updated_restored_and_removed(catalog: Catalog, file: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_import(pilot, file)
        await choose_option(pilot, "Read the list")
        await choose_option(pilot, "Import 10 programs")
        file.write_text(as_csv(ROWS[1:]), encoding="utf-8")
        await pilot.press("A")
        await choose_option(pilot, "made-up")
        await choose_option(pilot, "Update from a newer file")
        app.screen.query_one(Input).value = str(file)
        await pilot.pause()
        await pilot.press("enter")
        await until_idle(pilot)
        await choose_option(pilot, "Read the list")
        assert "0 new, 1 removed, 9 changed" in screen_text(app)
        await choose_option(pilot, "Import 9 programs")
        assert IDS[0] not in app.catalog.program
        for words, is_present in (("Undo its last change", True), ("Remove", False)):
            await pilot.press("A")
            await choose_option(pilot, "made-up")
            await choose_option(pilot, words)
            assert (IDS[0] in app.catalog.program) is is_present
        await pilot.press("A")
        await choose_option(pilot, "Restore made-up")
        assert IDS[0] in app.catalog.program


async def test_file_without_programs_is_reported(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear applicant,\nthank you.\n", encoding="utf-8")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_import(pilot, tmp_path / "letter.txt")
        await until_notified(pilot, "not a program list")
        await pilot.press("A")
        await choose_option(pilot, "Import a program list")
        (tmp_path / "lists").mkdir()
        (tmp_path / "lists" / "good.csv").touch()
        app.screen.query_one(Input).value = f"{tmp_path}/li"
        await pilot.pause()
        await choose_option(pilot, "lists")
        assert app.screen.query_one(Input).value == f"{tmp_path}/lists/", "a directory is gone into"
        await pilot.pause()
        assert "good.csv" in screen_text(app)


async def test_doubtful_rows_are_exported(catalog: Catalog, file: Path, tmp_path: Path) -> None:
    file.write_text(as_csv([dict(ROWS[0], specialty="Surgery"), *ROWS[1:]]), encoding="utf-8")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_import(pilot, file)
        await choose_option(pilot, "Read the list")
        await choose_option(pilot, "Export the doubtful rows")
        await pilot.press("enter")
        await pilot.pause()
        assert "but the row says Surgery" in (tmp_path / "made-up-doubts.csv").read_text(encoding="utf-8-sig")
