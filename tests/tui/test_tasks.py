"""What students come for, by mouse alone and by keyboard alone, at the smallest usual size and at a large one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.models import Catalog
from gmetui.tui.app import GmetuiApp
from support import app_of, screen_text, typed_in

SIZES = [(80, 24), (200, 50)]


async def click(pilot: Pilot[None], words: str) -> None:
    """Click on words where they stand on the screen."""
    app = pilot.app
    assert isinstance(app, GmetuiApp)
    lines = screen_text(app).splitlines()
    row, line = next((row, line) for row, line in enumerate(lines) if words in line)
    await pilot.click(offset=(line.index(words) + 1, row))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_keep_rank_and_export_by_mouse(catalog: Catalog, size: tuple[int, int], tmp_path: Path) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=size) as pilot:
        for row in (1, 2, 3):
            await pilot.click("#programs", offset=(0, row))
        assert len(app.shortlist) == 3
        before = [entry.id for entry in app.shortlist]
        await click(pilot, "Shortlist 3")
        await pilot.click("#listed", offset=(10, 3))
        await click(pilot, "K rank up")
        assert [entry.id for entry in app.shortlist] == [before[0], before[2], before[1]]
        await click(pilot, "t status")
        await click(pilot, "Applied")
        assert app.shortlist.entries[1].status == "applied"
        await click(pilot, "e export")
        await click(pilot, "Write")
    rows = list(csv.DictReader((tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Id"] for row in rows] == [before[0], before[2], before[1]]


@pytest.mark.parametrize("size", SIZES)
async def test_narrow_read_and_compare_by_mouse(catalog: Catalog, size: tuple[int, int]) -> None:
    app = app_of(catalog, "internal medicine kind:residency")
    async with app.run_test(size=size) as pilot:
        await click(pilot, "f filters")
        await click(pilot, "Tufts Medicine")
        assert app.home.what.endswith("institution:tufts")
        await click(pilot, "institution:tufts ×")
        if size == (80, 24):
            await click(pilot, "esc back")
        for row in (1, 2, 3):
            await pilot.click("#programs", offset=(9, row), button=3)
        await click(pilot, "Compare")
        assert "3 programs side by side" in screen_text(app)
        await click(pilot, "Explore")
        await pilot.click("#programs", offset=(9, 1))
        await pilot.click("#programs", offset=(9, 1))
        await pilot.pause()
        assert "Overview" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_an_institution_asks_of_a_rotator_by_mouse(catalog: Catalog, size: tuple[int, int]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=size) as pilot:
        await click(pilot, "Institutions")
        await click(pilot, "Tufts Medicine")
        if size == (80, 24):
            await click(pilot, "Tufts Medicine")
        await click(pilot, "Visiting")
        assert "want to rotate" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_fellowships_that_say_something_about_visas_by_keyboard(catalog: Catalog, size: tuple[int, int]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=size) as pilot:
        await typed_in(pilot, "cards boston")
        await pilot.press("enter", "F")
        await typed_in(pilot, "visa not stated")
        await pilot.press("ctrl+x", "escape")
        assert app.home.what == "cards boston -no:visa"
        assert 0 < app.home.results.total < 15
        await pilot.press("2", "enter", "right_square_bracket")
        assert "Requirements" in screen_text(app)
