"""The explore screen, driven by keys and mouse: search, filters, panes, saving and exporting."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.help_dialog import HelpDialog
from gmetui.tui.dialogs.note_dialog import NoteDialog
from gmetui.tui.query_controller import QueryController
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.shortlist_screen import ShortlistScreen
from support import HOSTILE_TEXTS, PROGRAM_COUNT, make_app, screen_text, type_text, until_notified

CARDS = "larkspur-cardiovascular-disease-fellowship"
SIZES = [(80, 24), (120, 40), (200, 50)]


def explore(app: GmetuiApp) -> ExploreScreen:
    screen = app.screen
    assert isinstance(screen, ExploreScreen)
    return screen


async def paste_query(pilot: Pilot[None], line: str) -> None:
    """Put a query into the search box at once, as pasting does: one value, one search."""
    explore(pilot.app).query_input.value = line  # type: ignore[arg-type]
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_search_save_and_read_a_program(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size, notifications=True) as pilot:
        assert f"Programs {PROGRAM_COUNT}" not in screen_text(app), "the first screen is no alphabetical list"
        await pilot.press(*"cards larkspur")
        assert f"2 of {PROGRAM_COUNT}" in screen_text(app)
        screen = explore(app)
        assert screen.program is not None
        assert screen.program.id == CARDS
        await pilot.press("enter", "s")
        assert [entry.id for entry in app.session.shortlist] == [CARDS]
        assert "★" in screen_text(app)
        await pilot.press("enter")
        text = screen_text(app)
        assert "OVERVIEW" in text
        assert "3 years" in text
        await pilot.press("S")
        assert isinstance(app.screen, ShortlistScreen)
        assert "Cardiovascular" in screen_text(app)
    assert [entry.id for entry in ShortlistStore(app.session.store.path).load()] == [CARDS]


async def test_each_key_searches_once(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    searches: list[str] = []
    original_search = QueryController._search

    def count(self: QueryController, query: Query, *, keep_cursor: bool) -> None:
        searches.append(str(query))
        original_search(self, query, keep_cursor=keep_cursor)

    monkeypatch.setattr(QueryController, "_search", count)
    app = make_app(catalog)
    async with app.run_test() as pilot:
        await pilot.press(*"card")
        assert searches == ["c", "ca", "car", "card"]


async def test_keys_typed_ahead_reach_the_search_box(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "slash", *"s x", "enter", "s")
        assert explore(app).query_input.value == "s x"


async def test_filters_and_search_box_follow_each_other(catalog: Catalog) -> None:
    app = make_app(catalog, "cards")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f", "space")
        screen = explore(app)
        assert screen.query_input.value == "cards institution:larkspur"
        await pilot.press("down", "space")
        assert screen.query_input.value in (
            "cards institution:larkspur,marrowby",
            "cards institution:larkspur,quillmont",
        )
        await pilot.press("space", "up", "space")
        assert screen.query_input.value == "cards"
        await pilot.press("minus")
        assert screen.query_input.value == "cards -institution:larkspur"
        await paste_query(pilot, "cards kind:r")
        kinds = {value.value: value.selected for value in screen.query_controller.results.facet("kind")}
        assert kinds["residency"]
        assert not kinds["fellowship"]
        await pilot.press("x")
        assert screen.query_input.value == "cards"
        await pilot.press("X")
        assert screen.query_input.value == ""


async def test_filter_values_keep_their_order_under_the_cursor(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f")
        pane = explore(app).facets
        before = [line.value.value for line in pane._lines if line.value]
        await pilot.press("down", "down", "space")
        after = [line.value.value for line in pane._lines if line.value]
        assert after[:3] == before[:3]
        assert pane.cursor == 3


async def test_cursor_stays_on_its_program_when_filters_change(catalog: Catalog) -> None:
    app = make_app(catalog, "transplant")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", *["down"] * 3)
        screen = explore(app)
        program = screen.program
        assert program is not None
        screen.query_controller.run(Query.parse(f"transplant inst:{program.institution}"))
        await pilot.pause()
        assert screen.program is program
        assert screen.detail.program is program


async def test_program_page_follows_the_cursor(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "down", "j", "G", "k", "home", "pagedown")
        screen = explore(app)
        assert screen.detail.program is screen.program
        assert screen.programs.cursor > 5


async def test_sections_of_the_program_page(catalog: Catalog) -> None:
    app = make_app(catalog, "internal medicine residency larkspur")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "enter")
        detail = explore(app).detail
        sections = []
        for _ in range(5):
            sections.append(detail.section)
            await pilot.press("right_square_bracket")
        assert sections == [0, 1, 2, 3, 4]
        await pilot.press("end")
        assert "https://" in screen_text(app)
        await pilot.press("home")
        assert detail.section == 0


async def test_empty_results_offer_shorter_queries(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur xqzzv")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "without xqzzv → 2" in screen_text(app)
        await pilot.press("enter", "enter")
        assert explore(app).query_input.value == "cards larkspur"
        assert f"2 of {PROGRAM_COUNT}" in screen_text(app)


async def test_filter_in_the_search_box_is_completed(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"cards inst:q")
        await pilot.pause()
        await pilot.press("right")
        assert explore(app).query_input.value == "cards inst:quillmont"


async def test_escape_goes_back_one_pane_at_a_time(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = explore(app)
        await pilot.press("enter", "enter")
        assert screen.focused is screen.detail
        await pilot.press("escape")
        assert screen.focused is screen.programs
        await pilot.press("escape", "escape")
        assert screen.focused is screen.programs, "esc stops at the list, so that letters stay commands"
        await pilot.press("shift+tab", "shift+tab")
        assert screen.focused is screen.query_input
        await pilot.press("l", "tab")
        assert screen.focused is screen.facets
        await pilot.press("shift+tab")
        assert screen.focused is screen.query_input
        await pilot.press("escape")
        assert screen.focused is screen.programs


async def test_help_opens_and_closes(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "question_mark")
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("escape")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("question_mark")
        assert isinstance(app.screen, ExploreScreen)
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize("size", [(59, 24), (80, 15)])
async def test_too_small_terminal_shows_a_message(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        assert "needs 60 columns and 16 rows" in screen_text(app)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "Start with a specialty" in screen_text(app)


async def test_panes_follow_the_terminal_size(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = explore(app)
        await pilot.press("enter")
        assert not screen.panes.reader.display
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert screen.panes.reader.display
        assert screen.facets.display
        await pilot.resize_terminal(60, 16)
        await pilot.pause()
        assert f"Programs {PROGRAM_COUNT}" in screen_text(app)


# The mouse.


async def test_clicks(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = explore(app)
        await pilot.press("enter")
        await pilot.click("#facets", offset=(5, 2))
        assert screen.query_input.value == "institution:larkspur"
        await pilot.click("#programs", offset=(5, 3))
        assert screen.programs.cursor == 2
        await pilot.click("#programs", offset=(5, 3))
        assert screen.focused is screen.detail
        await pilot.press("escape")
        await pilot.click("#status", offset=(5, 0))
        assert screen.query_input.value == ""
        await pilot.click("#keys", offset=(2, 0))
        assert screen.focused is screen.detail
        await pilot.click("#title", offset=(24, 0))
        assert isinstance(app.screen, ShortlistScreen)
        await pilot.click("#title", offset=(14, 0))
        assert isinstance(app.screen, ExploreScreen)


async def test_mouse_wheel_scrolls(catalog: Catalog) -> None:
    app = make_app(catalog, "sort:name")
    async with app.run_test(size=(120, 20)) as pilot:
        programs = explore(app).programs
        await pilot._post_mouse_events([_wheel()], programs)
        assert programs.top_line == 3
        assert explore(app).focused is explore(app).query_input, "the wheel changes no focus"


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


# The shortlist.


async def test_rank_note_remove_and_undo(catalog: Catalog) -> None:
    app = make_app(catalog, "neurology residency")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "s", "down", "s", "down", "s", "S")
        first, second, third = (entry.id for entry in app.session.shortlist)
        await pilot.press("J")
        assert [entry.id for entry in app.session.shortlist] == [second, first, third]
        await pilot.press("J", "K")
        assert [entry.id for entry in app.session.shortlist] == [second, first, third]
        await pilot.press("n")
        assert isinstance(app.screen, NoteDialog)
        await pilot.press(*"good", "enter", *"food", "ctrl+s")
        assert app.session.shortlist.entries[1].note == "good\nfood"
        assert "good" in screen_text(app)
        await pilot.press("s")
        assert [entry.id for entry in app.session.shortlist] == [second, third]
        await pilot.press("u")
        assert app.session.shortlist.entries[1].note == "good\nfood"
        await pilot.press("ctrl+r")
        assert len(app.session.shortlist) == 2
        await pilot.press("escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_empty_shortlist_shows_a_hint(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "S")
        assert "Your shortlist is empty" in screen_text(app)
        await pilot.press("J", "n", "s", "o", "y", "enter", "escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_damaged_list_is_reported_and_backed_up(catalog: Catalog, home: Path) -> None:
    file = home / "shortlists" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[[program", encoding="utf-8")
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until_notified(pilot, "valid TOML: Expected")
        assert file.read_text(encoding="utf-8") == "[[program"
        await pilot.press("enter", "s")
        assert len(app.session.shortlist) == 1
    assert (file.parent / "default.broken-1.toml").read_text(encoding="utf-8") == "[[program"
    assert [entry.id for entry in ShortlistStore(file).load()] == [CARDS]


async def test_errors_in_settings_are_reported(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('theme = "no such"\nthem = 1', encoding="utf-8")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until_notified(pilot, "unknown theme")
        await until_notified(pilot, "unknown setting")


# Hostile data.


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_programs(hostile_catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(hostile_catalog)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("enter")
        assert "Psychiatry [R3 track]" in screen_text(app)
        await pilot.press("s", "s", "s", "enter", "right_square_bracket", "right_square_bracket", "escape")
        await pilot.press("G", "s", "y", "enter", "escape", "f", "down", "down", "space", "S", "n", "escape", "escape")
        await pilot.pause()
    assert app.return_code is None or app.return_code == 0


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
async def test_hostile_queries_and_notes(hostile_catalog: Catalog, text: str) -> None:
    app = make_app(hostile_catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await paste_query(pilot, text.replace("\n", " "))
        assert "\x1b" not in screen_text(app)
        await paste_query(pilot, "")
        await pilot.press("enter")
        screen = explore(app)
        assert screen.program is not None
        app.session.toggle_saved(screen.program)
        app.session.save_shortlist(app.session.shortlist.with_note(screen.program.id, text), text)
        app.notify_status(text)
        app.notify_error(text)
        await pilot.press("S")
        await pilot.pause()
        assert "\u202e" not in screen_text(app)


async def test_back_returns_to_the_place_on_the_page_and_then_to_the_list(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.explore_screen
        await type_text(pilot, "internal medicine larkspur")
        await pilot.press("enter", "enter", "5", "down")
        program, position = screen.panes.reading, screen.detail.position
        await pilot.press("enter")
        assert screen.panes.reading is not program
        await pilot.press("b")
        assert (screen.panes.reading, screen.detail.position) == (program, position)
        await pilot.press("b")
        assert screen.panes.reading is None
        assert screen.query_controller.text == "internal medicine larkspur"
        assert screen.focused is screen.programs
