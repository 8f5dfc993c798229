"""The institutions, specialties and coverage screens, and navigation between screens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import read_catalog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.reference_screen import INSTITUTIONS, SPECIALTIES, ReferenceScreen
from gmetui.tui.widgets.page_view import PageView
from gmetui.tui.widgets.reference_list import ReferenceList
from support import HOSTILE_INSTITUTION, HOSTILE_TEXTS, is_harmless, make_app, screen_text, type_text


async def test_each_screen_opens_by_key_and_keeps_its_state(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I", "down")
        institutions = app.screen
        assert isinstance(institutions, ReferenceScreen)
        assert institutions.reference is INSTITUTIONS
        assert institutions.items.item is not None
        chosen_key = institutions.items.item.key
        await pilot.press("T")
        assert isinstance(app.screen, ReferenceScreen)
        assert app.screen.reference is SPECIALTIES
        await pilot.press("S", "V", "E")
        assert isinstance(app.screen, ExploreScreen)
        await pilot.press("I")
        assert app.screen is institutions
        assert institutions.items.item.key == chosen_key
        await pilot.press("escape")
        assert isinstance(app.screen, ExploreScreen)
        assert len(app.screen_stack) == 1


async def test_screens_open_by_mouse(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("#title", offset=(66, 0))
        assert isinstance(app.screen, ReferenceScreen)
        await pilot.click("#items", offset=(5, 2))
        assert app.screen.items.cursor == 1
        await pilot.click("#title", offset=(12, 0))
        assert isinstance(app.screen, ExploreScreen)


async def test_row_leads_to_its_programs(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I", "p")
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        first = catalog.institutions[0].id
        assert str(screen.query_controller.results.query) == f"institution:{first}"
        assert (
            screen.query_controller.results.total == len(catalog.programs_of(first)) > len(catalog.sponsored_by(first))
        )


async def test_program_link_on_a_page_opens_the_program(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "I")
        screen = app.screen
        assert isinstance(screen, ReferenceScreen)
        page = screen.query_one(PageView)
        detail = page._get_page(page.text_width)
        assert detail is not None
        stop = next(stop for stop in detail.stops if stop.link and stop.link.kind == "program")
        page.line_clicked(stop.first_line, 3)
        await pilot.pause()
        explore = app.screen
        assert isinstance(explore, ExploreScreen)
        assert explore.program is not None
        assert stop.link is not None
        assert explore.program.id == stop.link.key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("I", ("57% of patients", "33 affiliated hospitals")),
        ("T", ("ACGME code",)),
        ("V", ("Requirements", "facts known")),
    ],
)
async def test_contents_of_pages(catalog: Catalog, key: str, words: tuple[str, ...]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(85, 200)) as pilot:
        await pilot.press("enter", key, *{"T": ["down"] * 3 + ["enter"], "V": []}.get(key, ["enter"]))
        await pilot.pause()
        text = " ".join(screen_text(app).replace("┃", "").split())
        for phrase in words:
            assert phrase in text


async def test_one_pane_below_ninety_columns(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "T")
        assert app.screen.query_one(ReferenceList).display
        assert not app.screen.query_one(PageView).display
        await pilot.press("enter")
        assert app.screen.query_one(PageView).has_focus
        await pilot.press("escape")
        assert app.screen.query_one(ReferenceList).has_focus


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_texts_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    escaped = " ".join(HOSTILE_TEXTS).encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', '\\"')
    data = HOSTILE_INSTITUTION.replace("Harbor Hospital", escaped).replace("Care for all.", escaped)
    data = data.replace("Three letters | at least", escaped).replace(
        'steps = ["Ask", "Come"]', f'steps = ["{escaped}"]'
    )
    (tmp_path / "x.toml").write_text(data, encoding="utf-8")
    app = make_app(read_catalog([tmp_path], bundled=False))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "space", "down", "space", "c", "d", "d")
        for key in ("c", "I", "T", "V", "E"):
            await pilot.press(key)
            await pilot.pause()
            assert is_harmless(screen_text(app), lines=True)
            await pilot.press("enter", "right_square_bracket", "escape")


async def test_old_data_is_flagged(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(catalog)
    monkeypatch.setattr("gmetui.tui.clock.today", lambda: date(2028, 6, 1))
    async with app.run_test(size=(160, 40)):
        assert "Data of Oct 15, 2026 is outdated" in screen_text(app)


async def test_programs_are_added_and_removed_on_the_compare_screen(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "c", "plus")
        await type_text(pilot, "neurology residency larkspur")
        await pilot.press("enter")
        await pilot.press(*["backspace"] * len("larkspur"))
        await type_text(pilot, "quillmont")
        await pilot.press("down", "enter", "escape")
        assert app.screen_name == "compare"
        assert len(app.session.marks.value) == 2
        assert "Compare 2" in screen_text(app)
        await pilot.press("space")
        assert len(app.session.marks.value) == 1
        await pilot.press("u")
        assert len(app.session.marks.value) == 2
