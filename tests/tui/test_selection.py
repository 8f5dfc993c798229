"""Edits in the shortlist: they change the row under the cursor, or the selected rows, and never the marked programs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.events import MouseDown, MouseMove, MouseUp
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.paths import user_paths
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.labels import entries_label
from gmetui.tui.screens.shortlist_screen import ShortlistScreen
from support import make_app, notifications, screen_text

CARDS, IM, EM, NEURO = (
    "larkspur-cardiovascular-disease-fellowship",
    "larkspur-internal-medicine-residency",
    "larkspur-emergency-medicine-residency",
    "quillmont-neurology-residency",
)
MARKED = (IM, EM, NEURO)


@pytest.fixture
def app(catalog: Catalog) -> GmetuiApp:
    """The explorer with four programs on the list, of which all but the first are marked for comparison."""
    shortlist = Shortlist()
    for program_id in (CARDS, *MARKED):
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[ProgramId(program_id)]))
    ShortlistStore(user_paths().shortlist("default")).save(shortlist, "made")
    app = make_app(catalog)
    app.session.marks.set(MARKED)
    return app


def shortlist_screen(app: GmetuiApp) -> ShortlistScreen:
    assert isinstance(app.screen, ShortlistScreen)
    return app.screen


def ids(app: GmetuiApp) -> list[str]:
    return [entry.id for entry in app.session.shortlist]


@pytest.mark.parametrize(
    ("keys", "attribute"),
    [
        (("t", "down", "enter"), "status"),
        (("r", "enter"), "rating"),
        (("number_sign", *"near", "enter"), "tags"),
        (("at", *"interview", "space", *"2027-01-12", "enter"), "dates"),
    ],
)
async def test_marks_take_no_part_in_edits(app: GmetuiApp, keys: Sequence[str], attribute: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", *keys)
        await pilot.pause()
        first, *others = app.session.shortlist
        assert getattr(first, attribute)
        assert not any(getattr(entry, attribute) for entry in others)
        assert app.session.marks.value == MARKED


async def test_removal_concerns_the_row_under_the_cursor(app: GmetuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "s")
        assert ids(app) == list(MARKED)
        assert any("Removed Larkspur · Cardiovascular" in message for message in notifications(app))
        await pilot.press("u", "z")
        assert len(ids(app)) == 4


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_selected_rows_are_seen_and_named(app: GmetuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("f4", "x", "shift+down")
        await pilot.pause()
        screen = shortlist_screen(app)
        assert screen.entries.selected_ids == {CARDS, IM}
        assert screen.entries.row_ground(0) == screen.entries.row_ground(1) == "selected-row"
        assert "2 selected" in screen_text(app)
        assert screen.editor.target_label == "2 programs: Larkspur (2)"
        await pilot.press("down", "down", "r", "enter")
        assert [bool(entry.rating) for entry in app.session.shortlist] == [True, True, False, False]
        await pilot.press("escape")
        assert not screen.entries.selected_ids
        assert app.screen is screen, "esc deselects before it leaves"
        await pilot.press("ctrl+a")
        assert len(screen.entries.selected_ids) == 4
        await pilot.press("x", "s")
        assert ids(app) == [NEURO]


async def test_filter_deselects_what_it_hides(app: GmetuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "ctrl+a", "slash", *"emerg", "enter")
        screen = shortlist_screen(app)
        assert screen.entries.selected_ids == {EM}
        assert [entry.id for entry in screen.entries.entries] == [EM]
        assert "1 of 4" in screen_text(app)
        await pilot.press("escape")
        assert len(screen.entries.entries) == 4


def test_label_of_several_entries_names_their_hospitals(catalog: Catalog) -> None:
    entries = [entry_of(catalog, catalog.program[ProgramId(program_id)]) for program_id in (CARDS, NEURO, IM)]
    assert entries_label(catalog, entries) == "3 programs: Larkspur (2), Quillmont"
    assert entries_label(catalog, entries[:1]) == "Larkspur · Cardiovascular Disease Fellowship"


async def test_unmark_all_and_the_count_of_marks(app: GmetuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        assert "Compare 3" in screen_text(app)
        await pilot.press("enter", "U")
        assert app.session.marks.value == ()
        assert "Compare 3" not in screen_text(app)
        await pilot.press("u")
        assert app.session.marks.value == MARKED


async def test_filters_change_no_program(app: GmetuiApp) -> None:
    """In the filters the cursor is on a value; a key for programs would change one that isn't lit."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "f", "s")
        assert len(ids(app)) == 4
        assert any("esc goes to the list" in message for message in notifications(app))


# The mouse.


async def drag(pilot: Pilot[None], selector: str, start: int, end: int) -> None:
    await pilot._post_mouse_events([MouseDown], selector, (10, start), button=1)
    await pilot._post_mouse_events([MouseMove], selector, (10, end), button=1)
    await pilot._post_mouse_events([MouseUp], selector, (10, end), button=1)
    await pilot.pause()


async def test_rows_are_dragged_to_rank(app: GmetuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        await drag(pilot, "#entries", 1, 3)
        assert ids(app) == [IM, EM, CARDS, NEURO]
        screen = shortlist_screen(app)
        assert screen.focused is screen.entries, "a drag opens nothing"
        assert screen.entry is not None
        assert screen.entry.id == CARDS
        await pilot.press("u")
        assert ids(app) == [CARDS, *MARKED]


async def test_column_titles_sort_and_a_right_click_selects(app: GmetuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        screen = shortlist_screen(app)
        await pilot.click("#entries", offset=(10, 0))
        assert screen.sort_key == "name"
        await pilot.click("#entries", offset=(10, 0))
        assert screen.sort_key == "-name"
        assert ids(app) == [CARDS, *MARKED], "sorting leaves the ranks alone"
        await pilot.click("#entries", offset=(10, 0))
        assert screen.sort_key == "rank"
        await pilot.click("#entries", offset=(10, 2), button=3)
        assert screen.entries.selected_ids == {IM}
