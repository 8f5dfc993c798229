"""The explorer, driven by keys and mouse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gmetui.catalog.models import Catalog
from gmetui.cli import main
from gmetui.search import Query
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.export_dialog import ExportDialog
from gmetui.tui.dialogs.help_dialog import HelpScreen
from gmetui.tui.dialogs.note_dialog import NoteDialog
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.screens.shortlist_screen import ShortlistScreen
from support import ALL, HOSTILE, TOTAL, app_of, screen_text, until_notified

CARDS = "tufts-cardiovascular-disease-fellowship"
SIZES = [(80, 24), (120, 40), (200, 50)]


def explore(app: GmetuiApp) -> ExploreScreen:
    screen = app.screen
    assert isinstance(screen, ExploreScreen)
    return screen


async def typed(pilot: Pilot[None], line: str) -> None:
    """Type into the query line as a person would paste: one value, one search."""
    explore(pilot.app).line.value = line  # type: ignore[arg-type]
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_main_job(catalog: Catalog, size: tuple[int, int]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=size, notifications=True) as pilot:
        assert ALL in screen_text(app)
        await pilot.press(*"cards tufts")
        assert f"4 of {TOTAL}" in screen_text(app)
        screen = explore(app)
        assert screen.program is not None
        assert screen.program.id == CARDS
        await pilot.press("enter", "s")
        assert [entry.id for entry in app.shortlist] == [CARDS]
        assert "★" in screen_text(app)
        await pilot.press("enter")
        text = screen_text(app)
        assert "Overview" in text
        assert "not stated" in text
        assert "undated" in text
        await pilot.press("S")
        assert isinstance(app.screen, ShortlistScreen)
        assert "Cardiovascular" in screen_text(app)
    assert [entry.id for entry in ShortlistStore(app.store.path).load()] == [CARDS]


async def test_typing_searches_once_a_key(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    searches: list[str] = []
    shown = ExploreScreen._search

    def count(self: ExploreScreen, query: Query, *, keep: bool) -> None:
        searches.append(str(query))
        shown(self, query, keep=keep)

    monkeypatch.setattr(ExploreScreen, "_search", count)
    app = app_of(catalog)
    async with app.run_test() as pilot:
        await pilot.press(*"card")
        assert searches == ["c", "ca", "car", "card"]


async def test_keys_typed_ahead_find_their_place(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "slash", *"s x", "enter", "s")
        assert explore(app).line.value == "s x"


async def test_a_tick_rewrites_the_line_and_an_edit_moves_the_ticks(catalog: Catalog) -> None:
    app = app_of(catalog, "cards")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f", "space")
        screen = explore(app)
        assert screen.line.value == "cards institution:mgh"
        await pilot.press("down", "space")
        assert screen.line.value in ("cards institution:mgh,bmc", "cards institution:mgh,tufts")
        await pilot.press("space", "up", "space")
        assert screen.line.value == "cards"
        await pilot.press("minus")
        assert screen.line.value == "cards -institution:mgh"
        await typed(pilot, "cards kind:r")
        kinds = {value.value: value.selected for value in screen.results.facet("kind")}
        assert kinds["residency"]
        assert not kinds["fellowship"]
        await pilot.press("x")
        assert screen.line.value == "cards"
        await pilot.press("X")
        assert screen.line.value == ""


async def test_values_keep_their_order_under_the_cursor(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f")
        pane = explore(app).facets
        before = [line.value.value for line in pane._lines if line.value]
        await pilot.press("down", "down", "space")
        after = [line.value.value for line in pane._lines if line.value]
        assert after[:3] == before[:3]
        assert pane.cursor == 3


async def test_the_cursor_stays_on_its_program_when_filters_change(catalog: Catalog) -> None:
    app = app_of(catalog, "surgery")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", *["down"] * 7)
        screen = explore(app)
        chosen = screen.program
        assert chosen is not None
        screen.ask(Query.parse(f"surgery inst:{chosen.institution}"))
        await pilot.pause()
        assert screen.program is chosen
        assert screen.detail.program is chosen


async def test_the_detail_follows_the_cursor(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "down", "j", "G", "k", "home", "pagedown")
        screen = explore(app)
        assert screen.detail.program is screen.program
        assert screen.programs.cursor > 5


async def test_sections(catalog: Catalog) -> None:
    app = app_of(catalog, "internal medicine residency mgh")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "enter")
        detail = explore(app).detail
        seen = []
        for _ in range(5):
            seen.append(detail.section)
            await pilot.press("right_square_bracket")
        assert seen == [0, 1, 2, 3, 4]
        assert "Sources" in screen_text(app)
        assert "https://" in screen_text(app)
        await pilot.press("home")
        assert detail.section == 0


async def test_an_empty_list_offers_ways_out(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts xqzzv")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "without xqzzv → 4" in screen_text(app)
        await pilot.press("enter", "enter")
        assert explore(app).line.value == "cards tufts"
        assert f"4 of {TOTAL}" in screen_text(app)


async def test_what_no_program_says_is_found_with_its_institution(catalog: Catalog) -> None:
    app = app_of(catalog, "rotator tufts")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "≡ Tufts Medicine: visiting" in screen_text(app)
        await pilot.press("enter", "end", "enter")
        await pilot.pause()
        await pilot.pause()
        assert app.room == "institutions"
        assert "want to rotate" in screen_text(app)
        await pilot.press("b")
        assert app.home.what == "rotator tufts"


async def test_a_condition_is_completed(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"cards inst:t")
        await pilot.pause()
        await pilot.press("right")
        assert explore(app).line.value == "cards inst:tufts"


async def test_what_is_not_understood_is_said(catalog: Catalog) -> None:
    app = app_of(catalog, "lenght:2 nuerology")
    async with app.run_test(size=(160, 40)):
        text = screen_text(app)
        assert "no field “lenght”; length?" in text
        assert "looked for “neurology”" in text


async def test_going_back_one_level_at_a_time(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = explore(app)
        await pilot.press("enter", "enter")
        assert screen.focused is screen.detail
        await pilot.press("escape")
        assert screen.focused is screen.programs
        await pilot.press("escape")
        assert screen.focused is screen.line
        await pilot.press("tab")
        assert screen.focused is screen.facets
        await pilot.press("shift+tab")
        assert screen.focused is screen.line


async def test_help_opens_and_closes(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("q")
        assert isinstance(app.screen, ExploreScreen)
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize("size", [(59, 24), (80, 15)])
async def test_a_screen_that_is_too_small_says_so(catalog: Catalog, size: tuple[int, int]) -> None:
    app = app_of(catalog)
    async with app.run_test(size=size) as pilot:
        assert "needs 60 columns and 16 rows" in screen_text(app)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert ALL in screen_text(app)


async def test_resizing_rearranges(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = explore(app)
        assert not screen.detail.display
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert screen.detail.display
        assert screen.facets.display
        await pilot.resize_terminal(60, 16)
        await pilot.pause()
        assert ALL in screen_text(app)


# The mouse.


async def test_the_mouse(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = explore(app)
        await pilot.click("#facets", offset=(5, 1))
        assert screen.line.value == "institution:mgh"
        await pilot.click("#programs", offset=(5, 3))
        assert screen.programs.cursor == 2
        await pilot.click("#programs", offset=(5, 3))
        assert screen.focused is screen.detail
        await pilot.click("#status", offset=(26, 0))
        assert screen.line.value == ""
        await pilot.click("#keys", offset=(2, 0))
        assert screen.detail.section == 1
        await pilot.click("#title", offset=(24, 0))
        assert isinstance(app.screen, ShortlistScreen)
        await pilot.click("#title", offset=(12, 0))
        assert isinstance(app.screen, ExploreScreen)


async def test_the_wheel_scrolls(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        programs = explore(app).programs
        await pilot._post_mouse_events([_wheel()], programs)
        assert programs.top == 3


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


# The shortlist.


async def test_ranking_noting_and_undoing(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology residency")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "s", "down", "s", "down", "s", "S")
        first, second, third = (entry.id for entry in app.shortlist)
        await pilot.press("J")
        assert [entry.id for entry in app.shortlist] == [second, first, third]
        await pilot.press("J", "K")
        assert [entry.id for entry in app.shortlist] == [second, first, third]
        await pilot.press("n")
        assert isinstance(app.screen, NoteDialog)
        await pilot.press(*"good", "enter", *"food", "escape")
        assert app.shortlist.entries[1].note == "good\nfood"
        assert "good" in screen_text(app)
        await pilot.press("s")
        assert [entry.id for entry in app.shortlist] == [second, third]
        await pilot.press("u")
        assert app.shortlist.entries[1].note == "good\nfood"
        await pilot.press("ctrl+r")
        assert len(app.shortlist) == 2
        await pilot.press("escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_a_discarded_note_is_not_kept(catalog: Catalog) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "n", *"oops")
        await pilot.click("#discard")
        await pilot.pause()
        assert len(app.shortlist) == 0


async def test_an_empty_shortlist_says_what_to_do(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "S")
        assert "Your shortlist is empty" in screen_text(app)
        await pilot.press("J", "n", "s", "o", "y", "enter", "escape")
        assert isinstance(app.screen, ExploreScreen)


async def test_a_broken_list_is_said_kept_and_replaced(catalog: Catalog, home: Path) -> None:
    file = home / "shortlists" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[[program", encoding="utf-8")
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until_notified(pilot, "valid TOML: Expected")
        assert file.read_text(encoding="utf-8") == "[[program"
        await pilot.press("enter", "s")
        assert len(app.shortlist) == 1
    assert (file.parent / "default.broken-1.toml").read_text(encoding="utf-8") == "[[program"
    assert [entry.id for entry in ShortlistStore(file).load()] == [CARDS]


async def test_broken_settings_are_said(catalog: Catalog, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('theme = "no such"\nthem = 1', encoding="utf-8")
    app = app_of(catalog)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until_notified(pilot, "no theme")
        await until_notified(pilot, "no such setting")


async def test_a_chosen_theme_is_kept(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test() as pilot:
        app.theme = "gmetui-light"
        await pilot.pause()
    assert app_of(catalog).theme == "gmetui-light"


# Export.


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "toml", "text"])
async def test_the_same_bytes_from_screen_and_command_line(
    catalog: Catalog, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "s", "e")
        assert isinstance(app.screen, ExportDialog)
        for button in app.screen.query("#formats Choice").results():
            if button.name == form:
                await pilot.click(button)
        await pilot.click("#write")
        await pilot.pause()
    ending = {"markdown": "md", "text": "txt"}.get(form, form)
    written = (tmp_path / f"gmetui-shortlist.{ending}").read_bytes()
    assert main(["export", "--format", form, "--output", str(tmp_path / "other")]) == 0
    assert written == (tmp_path / "other").read_bytes()


async def test_notes_stay_at_home_when_they_are_asked_to(catalog: Catalog, tmp_path: Path) -> None:
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "n", *"secret", "escape", "e")
        assert "▐●▌ With my notes" in screen_text(app)
        for button in app.screen.query("#notes Choice").results():
            if button.name == "none":
                await pilot.click(button)
        assert "▐●▌ Without my notes" in screen_text(app)
        await pilot.click("#write")
        await pilot.pause()
    written = (tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig")
    assert "Cardiovascular" in written
    assert "secret" not in written


async def test_results_go_out_too_and_no_file_is_replaced_unasked(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "gmetui-results.json").write_text("mine", encoding="utf-8")
    app = app_of(catalog, "cards tufts")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "e")
        dialog = app.screen
        await pilot.press(*["backspace"] * 40, *"gmetui-results.json", "enter")
        assert app.screen is dialog
        assert (tmp_path / "gmetui-results.json").read_text(encoding="utf-8") == "mine"
        await pilot.press("escape", "e")
        for button in app.screen.query("#formats Choice").results():
            if button.name == "json":
                await pilot.click(button)
        await pilot.press("enter")
        await pilot.click("#write")
        await pilot.pause()
    found = json.loads((tmp_path / "gmetui-results-2.json").read_text(encoding="utf-8"))
    assert len(found["programs"]) == 4


# Hostile data.


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_programs_everywhere(small: Catalog, size: tuple[int, int]) -> None:
    app = app_of(small)
    async with app.run_test(size=size, notifications=True) as pilot:
        text = screen_text(app)
        assert "Psychiatry [R3 track] [/b]" in text
        await pilot.press("enter", "s", "s", "s", "enter", "right_square_bracket", "right_square_bracket", "escape")
        await pilot.press("G", "s", "y", "enter", "escape", "f", "down", "down", "space", "S", "n", "escape", "escape")
        await pilot.pause()
    assert app.return_code is None or app.return_code == 0


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_queries_and_notes(small: Catalog, text: str) -> None:
    app = app_of(small)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await typed(pilot, text.replace("\n", " "))
        assert "\x1b" not in screen_text(app)
        await typed(pilot, "")
        screen = explore(app)
        assert screen.program is not None
        app.toggle_listed(screen.program)
        app.change_list(app.shortlist.noted(screen.program.id, text), text)
        app.tell(text)
        app.complain(text)
        await pilot.press("enter", "S")
        await pilot.pause()
        assert "\u202e" not in screen_text(app)
