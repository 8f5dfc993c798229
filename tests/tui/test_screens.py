"""What whole screens look like. `pytest --golden-update` writes them anew; look at the diff.

The text is the same in dark, light and without colour, so there is one golden of it for each place and size; the
colours have goldens of their own at one size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot

from gmetui.catalog.models import Catalog
from gmetui.shortlist.entries import entry_of
from gmetui.tui.app import GmetuiApp
from gmetui.tui.widgets.page_view import ReadingPane
from support import app_of, screen_looks, screen_text

SIZES = [(80, 24), (120, 40), (200, 50)]
PLACES = [
    ("explore", "cards", ["enter"]),
    ("program", "internal medicine residency mgh", ["enter", "enter"]),
    ("filters", "boston kind:residency", ["enter", "f"]),
    ("empty", "cards tufts xqzzv", ["enter"]),
    ("shortlist", "", ["enter", "S"]),
    ("compare", "neurology kind:residency", ["enter", "space", "down", "space", "down", "space", "c"]),
    ("institutions", "", ["enter", "I", "enter"]),
    ("specialties", "", ["enter", "T"]),
    ("coverage", "", ["enter", "V", "enter"]),
    ("help", "", ["enter", "question_mark"]),
    ("anything", "", ["enter", "colon", *"tufts"]),
    ("brought", "", ["enter", "A"]),
]
Golden = Callable[[str, bytes], None]


async def shown(pilot: Pilot[None], app: GmetuiApp, keys: Sequence[str]) -> None:
    kept = app.shortlist
    for own in ("tufts-neurology-residency", "tufts-cardiovascular-disease-fellowship"):
        kept = kept.added(entry_of(app.catalog, app.catalog.program[own]))
    app.change_list(kept.noted("tufts-neurology-residency", "ask about nights"), "kept")
    await pilot.press(*keys)
    await pilot.pause()
    for pane in app.screen.query(ReadingPane):
        pane.complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "line", "keys"), PLACES)
async def test_in_dark_and_in_light(
    catalog: Catalog, golden: Golden, size: tuple[int, int], name: str, line: str, keys: Sequence[str]
) -> None:
    app = app_of(catalog, line)
    async with app.run_test(size=size) as pilot:
        await shown(pilot, app, keys)
        text = screen_text(app)
        golden(f"{name}-{size[0]}x{size[1]}.txt", text.encode())
        looks = {"dark": screen_looks(app)}
        app.theme = "gmetui-light"
        await pilot.pause()
        assert screen_text(app) == text
        looks["light"] = screen_looks(app)
        assert looks["light"] != looks["dark"]
        if size == (120, 40):
            for theme, look in looks.items():
                golden(f"{name}-{theme}.txt", look.encode())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "line", "keys"), PLACES)
async def test_without_colour(
    catalog: Catalog,
    golden: Golden,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    size: tuple[int, int],
    name: str,
    line: str,
    keys: Sequence[str],
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_of(catalog, line)
    async with app.run_test(size=size) as pilot:
        await shown(pilot, app, keys)
        if not request.config.getoption("--golden-update"):
            golden(f"{name}-{size[0]}x{size[1]}.txt", screen_text(app).encode())
        for colour in re.findall(r"#(\w{6})\b", screen_looks(app)):
            assert colour[0:2] == colour[2:4] == colour[4:6], colour


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-dark", "nord", "textual-light"])
async def test_in_themes_that_are_not_ours(catalog: Catalog, theme: str) -> None:
    app = app_of(catalog, "cards")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f")
        before = screen_text(app)
        app.theme = theme
        await pilot.pause()
        assert screen_text(app) == before
