"""Lists of programs on screen: a file is looked at, corrected, read with progress, kept, refreshed and taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from gmetui.catalog.models import Catalog
from gmetui.storage.import_store import Imports
from gmetui.storage.paths import user_paths
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs import progress_dialog as working
from gmetui.tui.dialogs.pickers import Picker
from gmetui.tui.widgets.option_list import PickList
from gmetui.tui.widgets.query_input import QueryLine
from importing.lists_of_programs import IDS, ROWS, as_csv
from support import TOTAL, app_of, screen_text, typed_in

SIZES = ((80, 24), (120, 40), (200, 50))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of ten programs with a column that nobody knows."""
    path = tmp_path / "made-up.csv"
    path.write_text(as_csv(dict(row, thing="4") for row in ROWS), encoding="utf-8")
    return path


def kept() -> Imports:
    return Imports(user_paths().programs, user_paths().columns)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no work is under way."""
    for _ in range(200):
        await pilot.pause(0.02)
        if not isinstance(pilot.app.screen, working.Working):
            await pilot.pause()
            if not isinstance(pilot.app.screen, working.Working):
                return
    raise AssertionError("the work does not end")


async def choose(pilot: Pilot[None], words: str) -> None:
    """Choose the line that has some words."""
    screen = pilot.app.screen
    assert isinstance(screen, Picker), screen_text(pilot.app)
    picks = screen.query_one(PickList)
    place = next(place for place, pick in enumerate(picks._picks) if words in pick.name)
    picks.cursor = place
    await pilot.press("enter")
    await settled(pilot)


async def open_file(pilot: Pilot[None], file: Path) -> None:
    """Go as far as the columns of a file."""
    if isinstance(pilot.app.focused, QueryLine):
        await pilot.press("escape")
    await pilot.press("A")
    await choose(pilot, "Add a list of programs")
    pilot.app.screen.query_one(Input).value = str(file)
    await pilot.pause()
    await pilot.press("enter")
    await settled(pilot)


def said(app: GmetuiApp) -> str:
    return " ".join(message.message for message in app._notifications)


@pytest.mark.parametrize("size", SIZES)
async def test_a_list_is_looked_at_corrected_and_kept(catalog: Catalog, file: Path, size: tuple[int, int]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_file(pilot, file)
        shown = screen_text(app)
        assert "acgme_id → ACGME id" in shown
        assert "0400599901" in shown, "the first rows"
        await choose(pilot, "thing →")
        await choose(pilot, "Positions a year")
        await choose(pilot, "Speaks of")
        await pilot.press(*"2026", "enter")
        await choose(pilot, "Published at")
        await typed_in(pilot, "nonsense")
        await pilot.press("enter")
        assert "no web address" in said(app)
        await choose(pilot, "Read the list")
        assert "10 rows read, 10 programs" in screen_text(app)
        assert kept().all() == [], "nothing is kept yet"
        await choose(pilot, "Keep these 10 programs")
        await settled(pilot)
        assert len(app.catalog.programs) == TOTAL + 10
        assert app.catalog.program[IDS[0]].positions_per_year == 4
        assert kept().all()[0].as_of == "2026"
        if size[0] > 120:
            assert "and your lists" in screen_text(app), "what is not of the edition's date is said"
        await pilot.press("slash")
        await typed_in(pilot, "surgery pr")
        assert app.home.programs.program is not None
        assert app.home.programs.program.id == "acgme-4404299909"
        for key in ("f4", "f5", "f7"):
            await pilot.press("escape", key)
        assert "Harbor University" in screen_text(app)


async def test_leaving_at_any_step_leaves_no_trace(
    catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_file(pilot, file)
        await pilot.press("escape")
        await open_file(pilot, file)
        await choose(pilot, "Read the list")
        await pilot.press("escape")
        assert not isinstance(app.screen, Picker)
        assert not user_paths().programs.exists()
        assert not user_paths().columns.exists()
        assert app.catalog is catalog


async def test_reading_can_be_stopped(catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gmetui.importing import program_builder as gathering

    monkeypatch.setattr(gathering, "_EVERY", 1)
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_file(pilot, file)
        monkeypatch.setattr(
            working.Working, "on_mount", lambda self: (self.action_stop(), self.run_worker(self._run, thread=True))
        )
        await choose(pilot, "Read the list")
        assert not isinstance(app.screen, Picker)
        assert not user_paths().programs.exists()


async def test_a_list_is_refreshed_undone_and_taken_away(catalog: Catalog, file: Path) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_file(pilot, file)
        await choose(pilot, "Read the list")
        await choose(pilot, "Keep these 10 programs")
        file.write_text(as_csv(ROWS[1:]), encoding="utf-8")
        await pilot.press("A")
        await choose(pilot, "made-up")
        await choose(pilot, "Bring in a newer file")
        app.screen.query_one(Input).value = str(file)
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        await choose(pilot, "Read the list")
        assert "0 new, 1 gone, 0 changed" in screen_text(app).replace("9 changed", "0 changed")
        await choose(pilot, "Keep these 9 programs")
        assert IDS[0] not in app.catalog.program
        for words, there in (("Take the last change", True), ("Take it away", False)):
            await pilot.press("A")
            await choose(pilot, "made-up")
            await choose(pilot, words)
            assert (IDS[0] in app.catalog.program) is there
        await pilot.press("A")
        await choose(pilot, "Bring back made-up")
        assert IDS[0] in app.catalog.program


async def test_a_file_that_is_none_is_said(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear applicant,\nthank you.\n", encoding="utf-8")
    app = app_of(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_file(pilot, tmp_path / "letter.txt")
        assert "is no list of programs" in said(app)
        await pilot.press("A")
        await choose(pilot, "Add a list of programs")
        (tmp_path / "lists").mkdir()
        (tmp_path / "lists" / "good.csv").touch()
        app.screen.query_one(Input).value = f"{tmp_path}/li"
        await pilot.pause()
        await choose(pilot, "lists")
        assert app.screen.query_one(Input).value == f"{tmp_path}/lists/", "a directory is gone into"
        await pilot.pause()
        assert "good.csv" in screen_text(app)


async def test_doubtful_rows_are_written_from_the_screen(catalog: Catalog, file: Path, tmp_path: Path) -> None:
    file.write_text(as_csv([dict(ROWS[0], specialty="Surgery"), *ROWS[1:]]), encoding="utf-8")
    app = app_of(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_file(pilot, file)
        await choose(pilot, "Read the list")
        await choose(pilot, "Write the doubtful rows")
        await pilot.press("enter")
        await pilot.pause()
        assert "but it says Surgery" in (tmp_path / "made-up-doubts.csv").read_text(encoding="utf-8-sig")
