"""What all dialogs share: the mouse closes them, refused text stays, and they are as large as their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import MouseMove
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId
from gmetui.export.formats import FORMATS
from gmetui.shortlist.entries import entry_of
from gmetui.storage.settings import read_settings
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.actions import ACTIONS_BY_ID
from gmetui.tui.app import GmetuiApp
from gmetui.tui.command_words import COMMAND_WORDS, EXPORT_WORDS
from gmetui.tui.dialogs.command_palette import command_options
from gmetui.tui.dialogs.dialog import Dialog
from gmetui.tui.dialogs.dialog_frame import DialogFrame
from gmetui.tui.dialogs.help_dialog import HelpRow, HelpSection, matching_sections
from gmetui.tui.dialogs.key_dialogs import KeyDialog
from gmetui.tui.dialogs.note_dialog import NoteDialog
from gmetui.tui.dialogs.option_dialog import OptionDialog
from gmetui.tui.dialogs.prompt_dialog import PromptDialog
from gmetui.tui.keymap import KeyMap
from gmetui.tui.widgets.option_list import matching_options
from gmetui.tui.widgets.page_view import PageView
from support import make_app, screen_text, type_text, until, until_notified, until_problem

SIZE = (80, 24)
CARDIOLOGY = ProgramId("larkspur-cardiovascular-disease-fellowship")


@pytest.fixture
def app(catalog: Catalog) -> GmetuiApp:
    """The explorer with one program on the shortlist."""
    app = make_app(catalog, "cards larkspur")
    shortlist = app.session.shortlist.with_entry(entry_of(catalog, catalog.program[CARDIOLOGY]))
    app.session.save_shortlist(shortlist, "added")
    return app


def is_open(app: GmetuiApp) -> bool:
    return isinstance(app.screen, Dialog)


async def click_frame(pilot: Pilot[None], x: int, y: int) -> None:
    """Click at a position in the frame of the dialog; negative ones count from the right and the bottom."""
    region = pilot.app.screen.query_one(DialogFrame).region
    await pilot.click(offset=(region.x + x % region.width, region.y + y % region.height))
    await pilot.pause()


@pytest.mark.parametrize("key", ["t", "at", "n", "e", "question_mark", "colon", "f9", "D", "A"])
async def test_the_mouse_closes_every_dialog(app: GmetuiApp, key: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        app.session.save_shortlist(app.session.shortlist.with_date(CARDIOLOGY, "interview", "2027-01-12"), "date")
        await pilot.press("enter", "S")
        for close in ("sign", "hint", "outside"):
            await pilot.press(key)
            await pilot.pause()
            assert is_open(app), close
            await pilot.click("DialogFrame", button=3)
            assert is_open(app), "the right button closes nothing"
            if close == "sign":
                await click_frame(pilot, -4, 0)
            elif close == "hint":
                await click_frame(pilot, -6, -1)
            else:
                await pilot.click(offset=(0, 0))
            await until(pilot, lambda: not is_open(app), f"end of the dialog by {close}")
        assert app.screen_name == "shortlist"


async def test_options_are_as_tall_as_their_number_and_right_clicks_are_harmless(app: GmetuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "r")
        frame = app.screen.query_one(DialogFrame)
        assert frame.outer_size.height == 6 + 3  # six ratings, the input, the border
        assert frame.outer_size.width <= 70
        assert "Rating of Larkspur · Cardiovascular" in screen_text(app)
        await pilot.click("#options", offset=(4, 1), button=3)
        assert is_open(app)
        assert app.session.shortlist.entries[0].rating == 0
        await pilot.click("#options", offset=(4, 1))
        await pilot.pause()
        assert not is_open(app)
        assert app.session.shortlist.entries[0].rating == 4


async def test_dates_are_previewed_and_refused_ones_stay(app: GmetuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "at")
        await type_text(pilot, "interview 13/1/2027")
        await pilot.press("enter")
        await until_problem(pilot, "There is no month 13. Write the month first: 1/13/2027.")
        dialog = app.screen
        assert dialog.query_one(Input).value == "interview 13/1/2027"
        await pilot.press(*["backspace"] * 9)
        await type_text(pilot, "Jan 12 2pm")
        assert "Tue Jan 12, 2027, 2:00 PM, in 51 days" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.session.shortlist.entries[0].dates == (("interview", "2027-01-12T14:00"),)
        await pilot.press("u")
        await until_notified(pilot, "Undone: interview Jan 12, 2027, 2:00 PM: Larkspur · Cardiovascular")
    assert ShortlistStore(app.session.store.path).load().entries[0].dates == ()


async def test_esc_asks_before_it_discards_a_text(app: GmetuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "at", "escape")
        assert not is_open(app), "nothing was typed"
        await pilot.press("n", *"oops", "escape", "escape")
        assert isinstance(app.screen, NoteDialog)
        assert app.screen.query_one(TextArea).text == "oops"
        await pilot.press("escape", "down", "enter")  # discard
        await until(pilot, lambda: not is_open(app), "end of the dialog")
        assert app.session.shortlist.entries[0].note == ""
        assert not app.session.drafts.labels()
        await pilot.press("number_sign", *"near", "escape")
        await until(pilot, lambda: isinstance(app.screen, OptionDialog), "question")
        await pilot.press("enter")  # save
        await until(pilot, lambda: not is_open(app), "end of the dialog")
        assert app.session.shortlist.entries[0].tags == ("near",)


async def test_buttons_save_and_cancel(app: GmetuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "n", *"good")
        await pilot.click("#save")
        await until(pilot, lambda: not is_open(app), "end of the dialog")
        assert app.session.shortlist.entries[0].note == "good"
        await pilot.press("number_sign")
        assert isinstance(app.screen, PromptDialog)
        await pilot.click("#cancel")
        await until(pilot, lambda: not is_open(app), "end of the dialog")


async def test_theme_is_previewed_saved_or_restored(app: GmetuiApp, home: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        before = app.theme
        await pilot.press("enter", "f9", "down")
        await until(pilot, lambda: app.theme != before, "preview")
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == before, "theme before")
        assert app.session.settings.theme == ""
        await pilot.press("f9", *"light", "enter")
        await until(pilot, lambda: app.theme == "gmetui-light", "theme")
        assert "Colors of your terminal" not in screen_text(app)
    assert read_settings(app.session.paths.settings)[0].theme == "gmetui-light"


async def test_a_key_is_changed_in_the_app(app: GmetuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "colon", *"rebind", "enter")
        await until(pilot, lambda: isinstance(app.screen, OptionDialog), "commands")
        await pilot.press(*"export the shortlist", "enter")
        await until(pilot, lambda: isinstance(app.screen, KeyDialog), "dialog for the key")
        await pilot.press("s")
        await until_problem(pilot, "s is taken: “Save the program to your shortlist")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, OptionDialog), "commands")
        await pilot.press("escape")
        assert app.session.settings.keys["export"] == ("ctrl+g",)
        await pilot.press("e")
        assert not is_open(app)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: is_open(app), "export dialog")
    assert KeyMap(read_settings(app.session.paths.settings)[0].keys).keys("export") == ("ctrl+g",)


@pytest.mark.parametrize(
    ("word", "command"),
    [
        *(("calendar", "dates"), ("dark mode", "theme"), ("settings", "theme"), ("sort", "sort"), ("keys", "help")),
        *(
            ("unmark", "unmark-all"),
            ("columns", "columns"),
            ("save", "save"),
            ("exit", "quit"),
            ("spreadsheet", "import"),
        ),
    ],
)
def test_everyday_words_find_commands(word: str, command: str) -> None:
    keys = [option.key for option in matching_options(command_options(KeyMap()), word)[:4]]
    assert f"command:{command}" in keys


@pytest.mark.parametrize(("word", "form"), [("excel", "xlsx"), ("print", "html"), ("pdf", "html"), ("calendar", "ics")])
def test_everyday_words_find_exports(word: str, form: str) -> None:
    keys = [option.key for option in matching_options(command_options(KeyMap()), word)[:3]]
    assert f"export:{form}" in keys


def test_words_belong_to_commands_and_formats() -> None:
    assert set(COMMAND_WORDS) <= set(ACTIONS_BY_ID)
    assert set(EXPORT_WORDS) <= set(FORMATS)


def test_help_is_found_by_typing() -> None:
    save, remove = HelpRow("s", "Save it.", "star"), HelpRow("x", "Remove all filters.")
    sections = [
        HelpSection("Here: List", ("About lists.",), (save, remove)),
        HelpSection("The data", ("Not stated means nobody says.",)),
    ]
    assert matching_sections(sections, "") == sections
    assert matching_sections(sections, "filt") == [HelpSection("Here: List", (), (remove,))]
    assert matching_sections(sections, "star") == [HelpSection("Here: List", (), (save,))]
    assert matching_sections(sections, "data") == [sections[1]]
    assert matching_sections(sections, "nobody") == [sections[1]]
    assert matching_sections(sections, "xyzzy") == []


def dialog_text(app: GmetuiApp) -> str:
    """Return the text of the dialog on top, without the screen behind it."""
    region = app.screen.query_one(DialogFrame).region
    lines = screen_text(app).split("\n")[region.y : region.bottom]
    return "".join(f"{line[region.x : region.right].rstrip()}\n" for line in lines)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("date", ["at", *"interview", "space", *"1", "slash", *"12"]),
        ("refused-date", ["at", *"call", "space", *"next", "space", *"mon", "enter"]),
        ("note", ["n", *"good"]),
        ("question", ["n", *"good", "escape"]),
        ("status", ["t"]),
        ("export", ["e"]),
        ("themes", ["f9"]),
        ("commands", ["colon", *"calendar"]),
        ("help", ["question_mark", *"rank"]),
        ("custom-columns", ["C"]),
    ],
)
async def test_dialogs_at_80_columns(
    app: GmetuiApp, golden: Callable[[str, bytes], None], name: str, keys: list[str]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", *keys)
        await pilot.pause()
        golden(f"dialog-{name}.txt", dialog_text(app).encode())


async def test_text_is_selected_by_dragging_and_copied(app: GmetuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy_text(text: str) -> str:
        copied.append(text)
        return "Copied"

    monkeypatch.setattr(app, "copy_text", copy_text)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "enter")
        pane = app.explore_screen.query_one("#detail", PageView)
        name = str(pane.render_lines(Region(0, 0, pane.size.width, 1))[0].text).strip("▌ ")
        await pilot.mouse_down(pane, offset=(1, 0))
        await pilot._post_mouse_events([MouseMove], pane, offset=(14, 0), button=1)
        await pilot.mouse_up(pane, offset=(14, 0))
        await pilot.press("ctrl+c")
        await until_notified(pilot, "Copied: “")
        assert copied == [name[:14]]
        await pilot.press("down")
        await pilot.press("ctrl+c")
        assert len(copied) == 1, "nothing is selected any more"
