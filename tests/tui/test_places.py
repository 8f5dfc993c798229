"""The places beside Explore: what they list, what their pages say, and how one comes and goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog
from gmetui.datafiles.files import load_catalog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.reference_screen import INSTITUTIONS, SPECIALTIES, ReferenceScreen
from gmetui.tui.widgets.page_view import ReadingPane
from gmetui.tui.widgets.reference_list import ChoiceList
from support import HOSTILE, INSTITUTION, app_of, is_harmless, screen_text, typed_in


async def test_each_place_is_one_key_away_and_keeps_its_state(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I", "down")
        institutions = app.screen
        assert isinstance(institutions, ReferenceScreen)
        assert institutions.reference is INSTITUTIONS
        assert institutions.list.choice is not None
        chosen = institutions.list.choice.key
        await pilot.press("T")
        assert isinstance(app.screen, ReferenceScreen)
        assert app.screen.reference is SPECIALTIES
        await pilot.press("S", "V", "E")
        assert isinstance(app.screen, ExploreScreen)
        await pilot.press("I")
        assert app.screen is institutions
        assert institutions.list.choice.key == chosen
        await pilot.press("escape")
        assert isinstance(app.screen, ExploreScreen)
        assert len(app.screen_stack) == 1


async def test_places_by_mouse(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("#title", offset=(54, 0))
        assert isinstance(app.screen, ReferenceScreen)
        await pilot.click("#choices", offset=(5, 2))
        assert app.screen.list.cursor == 1
        await pilot.click("#title", offset=(12, 0))
        assert isinstance(app.screen, ExploreScreen)


async def test_a_row_leads_to_its_programs(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I", "p")
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        first = catalog.institutions[0].id
        assert str(screen.results.query) == f"institution:{first}"
        assert screen.results.total == len(catalog.programs_of(first)) > len(catalog.sponsored_by(first))


async def test_a_program_on_a_page_leads_to_it(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I")
        screen = app.screen
        assert isinstance(screen, ReferenceScreen)
        page = screen.query_one(ReadingPane)
        detail = page._detail(page.text_width)
        assert detail is not None
        number, line = next((n, line) for n, line in enumerate(detail.lines) if line.query and line.query[:3] == "id:")
        page.clicked(number, 3)
        await pilot.pause()
        explore = app.screen
        assert isinstance(explore, ExploreScreen)
        assert explore.program is not None
        assert f"id:{explore.program.id}" == line.query


@pytest.mark.parametrize(
    ("key", "said"),
    [("I", ("57% of patients", "33 affiliated hospitals")), ("T", ("ACGME code",)), ("V", ("Requirements", "third"))],
)
async def test_what_the_pages_say(catalog: Catalog, key: str, said: tuple[str, ...]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(85, 200)) as pilot:
        await pilot.press("enter", key, *(["down"] * {"T": 3, "I": 2}.get(key, 0)), "enter")
        await pilot.pause()
        text = " ".join(screen_text(app).replace("┃", "").split())
        for words in said:
            assert words in text


async def test_below_ninety_columns_one_pane_is_seen(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "T")
        assert app.screen.query_one(ChoiceList).display
        assert not app.screen.query_one(ReadingPane).display
        await pilot.press("enter")
        assert app.screen.query_one(ReadingPane).has_focus
        await pilot.press("escape")
        assert app.screen.query_one(ChoiceList).has_focus


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_texts_in_every_place(tmp_path: Path, size: tuple[int, int]) -> None:
    escaped = " ".join(HOSTILE).encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', '\\"')
    data = INSTITUTION.replace("Harbor Hospital", escaped).replace("Care for all.", escaped)
    data = data.replace("Three letters | at least", escaped).replace(
        'steps = ["Ask", "Come"]', f'steps = ["{escaped}"]'
    )
    (tmp_path / "x.toml").write_text(data, encoding="utf-8")
    app = app_of(load_catalog([tmp_path], bundled=False))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "space", "down", "space", "c", "d", "d")
        for key in ("c", "I", "T", "V", "E"):
            await pilot.press(key)
            await pilot.pause()
            assert is_harmless(screen_text(app), lines=True)
            await pilot.press("enter", "right_square_bracket", "escape")


async def test_old_data_says_so(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of(catalog)
    monkeypatch.setattr("gmetui.tui.screens.base_screen.today", lambda: date(2028, 6, 1))
    async with app.run_test(size=(160, 40)):
        assert "data of 2026-11-22 is old" in screen_text(app)


async def test_programs_are_added_and_taken_out_without_leaving_compare(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "c", "plus")
        await typed_in(pilot, "neurology residency tufts")
        await pilot.press("enter")
        await pilot.press(*["backspace"] * 5)
        await typed_in(pilot, "mgh")
        await pilot.press("down", "enter", "escape")
        assert app.room == "compare"
        assert len(app.marks) == 2
        assert "2 programs side by side" in screen_text(app)
        await pilot.press("space")
        assert len(app.marks) == 1
        await pilot.press("u")
        assert len(app.marks) == 2
