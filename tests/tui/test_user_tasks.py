"""Common tasks by mouse alone and by keyboard alone, at the smallest usual size and at a large one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.tui.app import GmetuiApp
from support import make_app, screen_text, type_text

SIZES = [(80, 24), (200, 50)]


async def click_words(pilot: Pilot[None], words: str) -> None:
    """Click on words on the screen."""
    app = pilot.app
    assert isinstance(app, GmetuiApp)
    lines = screen_text(app).splitlines()
    row, line = next((row, line) for row, line in enumerate(lines) if words in line)
    await pilot.click(offset=(line.index(words) + 1, row))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_save_rank_and_export_by_mouse(catalog: Catalog, size: tuple[int, int], tmp_path: Path) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=size) as pilot:
        for row in (1, 2, 3):
            await pilot.click("#programs", offset=(0, row))
        assert len(app.session.shortlist) == 3
        before = [entry.id for entry in app.session.shortlist]
        await click_words(pilot, "Shortlist 3")
        await pilot.click("#entries", offset=(10, 3))
        await click_words(pilot, "K rank up")
        assert [entry.id for entry in app.session.shortlist] == [before[0], before[2], before[1]]
        await click_words(pilot, "t status")
        await click_words(pilot, "Applied")
        assert app.session.shortlist.entries[1].status == "applied"
        await click_words(pilot, "e export")
        await click_words(pilot, "CSV")
        await pilot.click("#export")
        await pilot.pause()
    rows = list(csv.DictReader((tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Id"] for row in rows] == [before[0], before[2], before[1]]


@pytest.mark.parametrize("size", SIZES)
async def test_filter_read_and_compare_by_mouse(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=size) as pilot:
        await pilot.click("#programs", offset=(9, 2))
        await click_words(pilot, "f filters")
        await click_words(pilot, "· Larkspur Uni")
        assert app.explore_screen.history_key.endswith("institution:larkspur")
        await click_words(pilot, "institution:larkspur ×")
        if size == (80, 24):
            await click_words(pilot, "esc back")
        for row in (1, 2, 3):
            await pilot.click("#programs", offset=(9, row), button=3)
        await click_words(pilot, "Compare 3")
        assert app.screen_name == "compare"
        await click_words(pilot, "Explore")
        await pilot.click("#programs", offset=(9, 1))
        await pilot.click("#programs", offset=(9, 1))
        await pilot.pause()
        assert "OVERVIEW" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_rules_for_rotators_by_mouse(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await click_words(pilot, "Hospitals")
        await click_words(pilot, "Larkspur University")
        if size == (80, 24):
            await click_words(pilot, "Larkspur University")
        await click_words(pilot, "Visiting")
        assert "Letter of good standing" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_fellowships_with_visa_facts_by_keyboard(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await type_text(pilot, "cards port ellery")
        await pilot.press("enter", "F")
        await type_text(pilot, "visa not stated")
        await pilot.press("ctrl+x", "escape")
        assert app.explore_screen.history_key == "cards port ellery -no:visa"
        assert 0 < app.explore_screen.query_controller.results.total < 15
        await pilot.press("2", "enter", "right_square_bracket")
        assert "REQUIREMENTS" in screen_text(app)
