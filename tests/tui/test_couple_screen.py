"""The Couple row of the plan: choosing a partner, changing the rows, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from textual.pilot import Pilot

from gmetui.catalog.catalog import Catalog
from gmetui.errors import FileError
from gmetui.planning.couple_lists import RankedChoice
from gmetui.planning.couples import MAX_ROWS, CoupleChoices, plan_couple
from gmetui.shortlist.entries import Shortlist, entry_of
from gmetui.storage.couples import CoupleFile, PartnerSource, read_couple, write_couple
from gmetui.storage.paths import user_paths
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.rendering.couple_rows import couple_header, couple_line, couple_rows, limit_line
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.plan_screen import PlanScreen
from gmetui.tui.widgets.page_view import PageView
from support import make_app, screen_text, until_notified

MINE = ("larkspur-internal-medicine-residency", "quillmont-neurology-residency")
THEIRS = ("larkspur-surgery-residency", "quillmont-family-medicine-residency")
SIZES = [(80, 24), (120, 40), (200, 50)]


def save_list(catalog: Catalog, name: str, program_ids: tuple[str, ...]) -> None:
    entries = tuple(entry_of(catalog, catalog.program[program_id]) for program_id in program_ids)
    ShortlistStore(user_paths().shortlist(name)).save(Shortlist(name, entries), "a list")


@pytest.fixture
def lists(catalog: Catalog) -> None:
    """The list of the user, and the partner's as a second one."""
    save_list(catalog, "default", MINE)
    save_list(catalog, "partner", THEIRS)


async def open_couple(pilot: Pilot[None], app: GmetuiApp) -> PlanScreen:
    """Go to the rows of the couple, or to its page where there is no partner."""
    await pilot.press("f10")
    screen = app.screen
    assert isinstance(screen, PlanScreen)
    screen.rows.go_to("couple")
    await pilot.pause()
    screen.focus_pane("couple")
    await pilot.pause()
    return screen


def shown_ranks(screen: PlanScreen) -> list[tuple[int, int]]:
    plan = screen.couple.editor.plan
    assert plan is not None
    return [(row.mine.rank if row.mine else 0, row.theirs.rank if row.theirs else 0) for row in plan.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_screen(
    catalog: Catalog, lists: None, golden: Callable[[str, bytes], None], size: tuple[int, int]
) -> None:
    couple = CoupleFile(PartnerSource(list_name="partner"), CoupleChoices(no_match=("mine",)))
    write_couple(user_paths().couple("default"), couple)
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await open_couple(pilot, app)
        await pilot.press("down")
        for pane in app.screen.query(PageView):
            pane.complete()
        await pilot.pause()
        golden(f"couple-{size[0]}x{size[1]}.txt", screen_text(app).encode())


async def test_a_partner_is_chosen_and_the_rows_are_changed(catalog: Catalog, lists: None, tmp_path: Path) -> None:
    app = make_app(catalog)
    couple_file = user_paths().couple("default")
    partner_before = user_paths().shortlist("partner").read_bytes()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_couple(pilot, app)
        assert screen.couple.editor.plan is None
        partner_file = tmp_path / "list.toml"
        partner_file.write_bytes(partner_before)
        await pilot.press("i", *"list.toml", "enter")
        assert len(shown_ranks(screen)) == 4
        await pilot.press("i", "enter")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 1), (2, 2)]
        assert app.focused is screen.couple.view
        await pilot.press("G", "K")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 2), (2, 1)]
        row = screen.couple.view.row
        assert row is not None
        assert row.key == (MINE[1], THEIRS[1]), "the cursor stays on the row"
        await pilot.press("J", "x")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 1)]
        await pilot.press("u", "u", "u")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 1), (2, 2)]
        await pilot.press("ctrl+r", "ctrl+r", "ctrl+r")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 1)]
        await pilot.press("o", "pagedown", "enter")  # puts the row back
        assert len(shown_ranks(screen)) == 4
        await pilot.press("o", "pageup", "down", "down", "enter")
        assert shown_ranks(screen) == [(1, 1), (2, 1), (1, 2), (2, 2)]
        await pilot.press("m", *"far", "enter")
        assert "0 is the same city" in screen_text(app)
        await pilot.press("ctrl+u", *"30", "enter")
        assert shown_ranks(screen) == [(1, 1), (2, 2)]
        await pilot.press("0", "down", "enter")
        assert shown_ranks(screen) == [(1, 1), (2, 2), (1, 0), (2, 0)]
        await pilot.press("e", "enter")
        assert len(load_workbook(tmp_path / "gmetui-couple.xlsx").worksheets) == 2
        screen.focus_pane("plans")
        await pilot.press("e", *"x.csv", "enter")
        assert (tmp_path / "x.csv").exists(), "the rows are exported from the list of the plan too"
    choices = read_couple(couple_file).choices
    assert (choices.rule, choices.miles, choices.no_match) == ("theirs", 30, ("mine",))
    assert user_paths().shortlist("partner").read_bytes() == partner_before


async def test_undo_reaches_into_the_session_before(catalog: Catalog, lists: None) -> None:
    write_couple(user_paths().couple("default"), CoupleFile(PartnerSource(list_name="partner")))
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_couple(pilot, app)
        await pilot.press("x", "G", "K")
        assert shown_ranks(screen) == [(1, 2), (2, 2), (2, 1)]
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_couple(pilot, app)
        await pilot.press("u")
        assert shown_ranks(screen) == [(1, 2), (2, 1), (2, 2)]
        await pilot.press("u")
        assert shown_ranks(screen) == [(1, 1), (1, 2), (2, 1), (2, 2)]
        await pilot.press("ctrl+r", "u", "u")
        await until_notified(pilot, "No change to the rows to undo")


async def test_a_save_that_fails_changes_nothing(
    catalog: Catalog, lists: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_couple(user_paths().couple("default"), CoupleFile(PartnerSource(list_name="partner")))

    def fail(path: Path, content: str, **_: object) -> None:
        raise FileError(f"gmetui: cannot write {path.name}: disk full")

    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_couple(pilot, app)
        monkeypatch.setattr("gmetui.storage.couples.write_atomic", fail)
        await pilot.press("x")
        await until_notified(pilot, "disk full")
        assert len(shown_ranks(screen)) == 4


async def test_programs_join_and_leave(catalog: Catalog, lists: None) -> None:
    rows = ((MINE[1], THEIRS[1]), (MINE[0], THEIRS[0]), (MINE[0], THEIRS[1]), (MINE[1], THEIRS[0]))
    couple = CoupleFile(PartnerSource(list_name="partner"), CoupleChoices(order=rows))
    write_couple(user_paths().couple("default"), couple)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_couple(pilot, app)
        assert shown_ranks(screen)[0] == (2, 2)
        app.session.toggle_saved(catalog.program[MINE[1]])
        await pilot.pause()
        assert shown_ranks(screen) == [(1, 1), (1, 2)]
        app.session.undo("list")
        await pilot.pause()
        assert shown_ranks(screen) == [(2, 2), (1, 1), (1, 2), (2, 1)], "one undo brings the rows back"
        app.session.toggle_saved(catalog.program["marrowby-pediatrics-residency"])
        await pilot.pause()
        plan = screen.couple.editor.plan
        assert plan is not None
        assert [row.is_new for row in plan.rows] == [False] * 4 + [True] * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [('order = "best"', "order: must be"), ('with = "no-such-file.toml"', "no such file")],
)
async def test_files_that_cannot_be_read_are_named(catalog: Catalog, lists: None, content: str, message: str) -> None:
    couple_file = user_paths().couple("default")
    couple_file.parent.mkdir(parents=True)
    couple_file.write_text(content)
    app = make_app(catalog)
    async with app.run_test(size=(200, 50)) as pilot:
        screen = await open_couple(pilot, app)
        assert message in screen.couple.editor.problem
        assert "Press i to choose" in screen_text(app)
        assert app.focused is screen.couple.page
        await pilot.press("J", "x", "u")
        assert couple_file.read_text() == content


def test_rows_over_the_limit_are_in_the_color_of_a_warning(catalog: Catalog) -> None:
    def listed(prefix: str) -> tuple[RankedChoice, ...]:
        return tuple(RankedChoice(rank, f"{prefix}{rank}", "Program", f"Hospital {rank}") for rank in range(1, 19))

    plan = plan_couple(catalog, listed("a"), listed("b"), CoupleChoices())
    rows = couple_rows(catalog, plan)
    assert {style for _, style in couple_line(rows, MAX_ROWS - 1, 100)} == {"muted", "text"}
    assert {style for _, style in couple_line(rows, MAX_ROWS, 100)} == {"muted", "warning"}
    ((text, style),) = limit_line(plan, 100)
    assert (text.strip(), style) == ("24 rows are over the limit of 300; nothing was cut", "warning")
    for width, has_settings in ((79, False), (183, True)):
        title, _ = couple_header(rows, width, has_focus=True)
        assert any("24 over the limit of 300" in text and style == "warning" for text, style in title)
        assert any("order:" in text for text, _ in title) is has_settings
    for width in (60, 79, 100, 183):
        assert all(cell_width(line) <= width for line in couple_header(rows, width, has_focus=True))
        assert all(cell_width(couple_line(rows, index, width)) <= width for index in (0, 150, 323))
