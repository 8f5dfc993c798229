"""The program page: reading at full width, sections, sources, links, and search matches across programs."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.tui.app import GmetuiApp
from gmetui.tui.widgets.program_reader import ProgramAside
from support import make_app, screen_text, until_notified

SIZE = (120, 40)
MEDICINE = "larkspur-internal-medicine-residency"


def stop_texts(app: GmetuiApp) -> list[str]:
    """Return the lines under the cursor of the page."""
    page, stop = app.explore_screen.detail, app.explore_screen.detail.stop
    assert stop is not None
    lines = (page.get_line(number, page.text_width) for number in range(stop.first_line, stop.last_line + 1))
    return ["".join(text for text, _ in line).strip() for line in lines]


async def go_to_stop(pilot: Pilot[None], app: GmetuiApp, text: str) -> None:
    """Move the cursor of the page down to a text."""
    for _ in range(200):
        if app.explore_screen.detail.stop is not None and text in " ".join(stop_texts(app)):
            return
        await pilot.press("down")
    pytest.fail(f"{text!r} is not on the page")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_enter_reads_at_full_width_and_esc_brings_the_list_back(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog, "larkspur kind:residency")
    async with app.run_test(size=size) as pilot:
        explore = app.explore_screen
        await pilot.press("enter", "down", "down")
        explore.facets.complete()  # which it would do by itself after a pause
        row, query, before = explore.programs.cursor, explore.query_controller.text, screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not explore.programs.display
        assert not explore.facets.display
        assert explore.detail.has_focus
        assert explore.panes.reader.size.width == size[0]
        assert explore.query_one(ProgramAside).display == (size[0] >= 110)
        await pilot.press("down", "7", "escape")
        await pilot.pause()
        assert explore.programs.has_focus
        assert (explore.programs.cursor, explore.query_controller.text) == (row, query)
        lines = [line[:50].rstrip() for line in screen_text(app).splitlines()]
        assert lines == [line[:50].rstrip() for line in before.splitlines()]


async def test_numbers_go_to_sections(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter")
        detail = app.explore_screen.detail
        for number in (3, 6, 2, 9):
            await pilot.press(str(number))
            assert detail.section == number - 1
        await pilot.press("left_square_bracket")
        assert detail.section == 7
        await pilot.press("end")
        assert detail.top_line + detail.visible_line_count == detail.line_count()
        await pilot.press("home", "pagedown")
        assert detail.top_line > 10
        assert detail.stop is not None
        assert detail.stop.first_line >= detail.top_line
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "2 Needs" in line)
        await pilot.click(offset=(lines[row].index("2 Needs") + 1, row))
        assert detail.section == 1


async def test_a_link_opens_what_it_names_and_back_returns_to_the_place(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        explore = app.explore_screen
        await pilot.press("enter", "enter", "5")
        await go_to_stop(pilot, app, "Cardiovascular Disease Fellowship")
        place, query = explore.detail.position, explore.query_controller.text
        await pilot.press("enter")
        await pilot.pause()
        assert explore.program is catalog.program["larkspur-cardiovascular-disease-fellowship"]
        assert explore.query_controller.text == query
        await pilot.press("b")
        assert explore.program is catalog.program[MEDICINE]
        assert explore.detail.position == place
        await pilot.press("1")
        await go_to_stop(pilot, app, "Larkspur University Hospital")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen_name == "institutions"
        await pilot.press("b")
        await pilot.pause()
        assert app.screen_name == "explore"
        assert explore.program is catalog.program[MEDICINE]
        assert "Larkspur University Hospital" in " ".join(stop_texts(app))


async def test_the_period_shows_the_source_and_o_opens_it(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    opened: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(app, "open_url", opened.append)
        await pilot.press("enter", "enter")
        await go_to_stop(pilot, app, "H-1B for candidates")
        count = app.explore_screen.detail.line_count()
        await pilot.press("full_stop")
        assert app.explore_screen.detail.line_count() > count
        assert "the institution's own page" in screen_text(app)
        await pilot.press("o")
        assert opened == [catalog.source["larkspur-internal-medicine-apply"].url]
        await pilot.press("full_stop")
        assert app.explore_screen.detail.line_count() == count


async def test_without_a_cursor_the_period_shows_the_sources_of_the_strip(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "full_stop")
        await pilot.pause()
        text = screen_text(app)
        assert "PGY-1 salary" in text
        assert "↳" in text


async def test_groups_open_and_close_with_enter(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "2")
        detail = app.explore_screen.detail
        await go_to_stop(pilot, app, "General rules")
        count = detail.line_count()
        await pilot.press("enter")
        assert detail.line_count() > count
        assert "General rules" in " ".join(stop_texts(app))
        await pilot.press("enter")
        assert detail.line_count() == count


async def test_a_value_narrows_the_search_by_its_own_key(catalog: Catalog) -> None:
    app = make_app(catalog, "cards")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter")
        await go_to_stop(pilot, app, "J-1; H-1B is not sponsored")
        await pilot.press("equals_sign")
        await pilot.pause()
        assert app.explore_screen.programs.has_focus
        assert "visa:" in app.explore_screen.query_controller.text
        await pilot.press("enter", "end", "equals_sign")
        await until_notified(pilot, "No filter for this value")


async def test_notes_stand_beside_the_page_or_below(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "s")
        shortlist = app.session.shortlist.with_note(MEDICINE, "ask about nights").with_status(MEDICINE, "applied")
        app.session.save_shortlist(shortlist, "note")
        await pilot.pause()
        text = screen_text(app)
        for expected in ("YOUR NOTE", "ask about nights", "★ 1st on your shortlist", "Applied", "HOW SURE IS THIS"):
            assert expected in text
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Note: ask about nights" in screen_text(app)


async def test_a_status_is_set_while_reading(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "t")
        await pilot.pause()
        assert app.screen.is_modal
        assert [entry.id for entry in app.session.shortlist] == [MEDICINE]
        await pilot.press(*"applied", "enter")
        await pilot.pause()
        assert app.session.shortlist.entries[0].status == "applied"
        assert "Applied" in screen_text(app)


async def test_next_match_continues_across_programs(catalog: Catalog) -> None:
    app = make_app(catalog, "transplant")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter")
        first = app.explore_screen.program
        visited = set()
        for _ in range(40):
            await pilot.press("n")
            assert app.explore_screen.detail.program is app.explore_screen.program
            assert app.explore_screen.program is not None
            visited.add(app.explore_screen.program.id)
        assert len(visited) > 2
        for _ in range(40):
            await pilot.press("N")
        assert app.explore_screen.program is first


async def test_next_match_needs_words_in_the_query(catalog: Catalog) -> None:
    app = make_app(catalog, "kind:residency")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter", "n")
        await until_notified(pilot, "No words to find")


async def test_note_is_written_from_the_program_page(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter", "a", *"hi", "ctrl+s")
        assert app.session.shortlist.entries[0].note == "hi"
