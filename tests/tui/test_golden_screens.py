"""Golden files of whole screens. `pytest --golden-update` writes them again; read the diff.

The text is the same in dark, light and without color, so each screen has one golden text per size; styles have golden
files at one size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.shortlist.entries import entry_of
from gmetui.tui.app import GmetuiApp
from gmetui.tui.widgets.facet_list import FacetList
from gmetui.tui.widgets.page_view import PageView
from support import make_app, screen_styles, screen_text

SIZES = [(80, 24), (120, 40), (200, 50)]
SCREENS = [
    ("start", "", []),
    ("explore", "cards", ["enter"]),
    ("program", "internal medicine residency larkspur", ["enter", "enter"]),
    ("filters", "port ellery kind:residency", ["enter", "f"]),
    ("no-matches", "cards larkspur xqzzv", ["enter"]),
    ("shortlist", "", ["enter", "S"]),
    ("plan", "", ["f10"]),
    ("ladder", "internal medicine residency larkspur", ["enter", "R", "right"]),
    ("triage", "kind:residency", ["enter", "d", "n", "m"]),
    ("compare", "neurology kind:residency", ["enter", "space", "down", "space", "down", "space", "c"]),
    ("institutions", "", ["enter", "I", "enter"]),
    ("specialties", "", ["enter", "T"]),
    ("coverage", "", ["enter", "V", "right", "down"]),
    ("map", "", ["enter", "M", "up"]),
    ("help", "", ["enter", "question_mark"]),
    ("palette", "", ["enter", "colon", *"larkspur"]),
    ("imported-lists", "", ["enter", "A"]),
]
Golden = Callable[[str, bytes], None]


async def open_screen(pilot: Pilot[None], app: GmetuiApp, keys: Sequence[str]) -> None:
    shortlist = app.session.shortlist
    for program_id in ("larkspur-neurology-residency", "larkspur-cardiovascular-disease-fellowship"):
        shortlist = shortlist.with_entry(entry_of(app.catalog, app.catalog.program[program_id]))
    app.session.save_shortlist(shortlist.with_note("larkspur-neurology-residency", "ask about nights"), "note")
    await pilot.press(*keys)
    await pilot.pause()
    for screen in app.screen_stack:
        for pane in (*screen.query(PageView), *screen.query(FacetList)):
            pane.complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "line", "keys"), SCREENS)
async def test_dark_and_light(
    catalog: Catalog, golden: Golden, size: tuple[int, int], name: str, line: str, keys: Sequence[str]
) -> None:
    app = make_app(catalog, line)
    async with app.run_test(size=size) as pilot:
        await open_screen(pilot, app, keys)
        text = screen_text(app)
        golden(f"{name}-{size[0]}x{size[1]}.txt", text.encode())
        styles_by_theme = {"dark": screen_styles(app)}
        app.theme = "gmetui-light"
        await pilot.pause()
        assert screen_text(app) == text
        styles_by_theme["light"] = screen_styles(app)
        assert styles_by_theme["light"] != styles_by_theme["dark"]
        if size == (120, 40):
            for theme, styles in styles_by_theme.items():
                golden(f"{name}-{theme}.txt", styles.encode())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "line", "keys"), SCREENS)
async def test_without_color(
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
    app = make_app(catalog, line)
    async with app.run_test(size=size) as pilot:
        await open_screen(pilot, app, keys)
        if not request.config.getoption("--golden-update"):
            golden(f"{name}-{size[0]}x{size[1]}.txt", screen_text(app).encode())
        for color in re.findall(r"#(\w{6})\b", screen_styles(app)):
            assert color[0:2] == color[2:4] == color[4:6], color


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-dark", "nord", "textual-light"])
async def test_textual_themes_change_no_text(catalog: Catalog, theme: str) -> None:
    app = make_app(catalog, "cards")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f")
        before = screen_text(app)
        app.theme = theme
        await pilot.pause()
        assert screen_text(app) == before
