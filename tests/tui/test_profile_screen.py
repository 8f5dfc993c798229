"""The reader's profile in the explorer: telling it, what it says of programs, and where it is not used."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from gmetui.catalog.catalog import Catalog
from gmetui.documents.program_columns import FITS_ID
from gmetui.planning.fit_table import FitTable, judge_all
from gmetui.planning.profile import Profile, TrainingRecord, VisaWish
from gmetui.search import Query, search
from gmetui.search.corrections import corrections
from gmetui.session.history import Location
from gmetui.storage.paths import user_paths
from gmetui.storage.profile_files import NO_PROFILE_VARIABLE, profile_path
from gmetui.storage.profiles import StoredProfile, read_profile, write_profile_text
from gmetui.storage.review_store import ReviewStore
from gmetui.tui.app import GmetuiApp
from gmetui.tui.catalog_fits import CatalogFits
from gmetui.tui.rendering.fits_rows import fits_lines, heading_line, program_line, state_line
from gmetui.tui.rendering.list_offers import list_offers
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.plan_screen import PlanScreen
from gmetui.tui.widgets.profile_view import ProfileView
from support import is_harmless, make_app, screen_text, type_text, until, until_notified

Golden = Callable[[str, bytes], None]
SIZES = [(80, 24), (120, 40), (200, 50)]
MEDICINE = "larkspur-internal-medicine-residency"
GRADUATE = """\
format = 1
degree = ["MBBS"]
school_country = "IN"
graduation = "2019"
[visa]
needed = true
will_take = ["H-1B"]
[[exam]]
name = "USMLE Step 1"
passed = "2024-03-01"
"""


def write_profile(text: str, name: str = "default") -> None:
    write_profile_text(user_paths(), name, text)


def told(name: str = "default") -> Profile:
    return read_profile(user_paths(), name).profile


def plan_screen(app: GmetuiApp) -> PlanScreen:
    assert isinstance(app.screen, PlanScreen)
    return app.screen


async def go_to(pilot: Pilot[None], page: ProfileView, row_key: str) -> None:
    """Put the cursor on a row of the page."""
    await until(pilot, lambda: page.has_focus, "the page to have the focus")
    await pilot.press("home")
    for _ in range(page.line_count()):
        if page.stop is not None and page.stop.row_key == row_key:
            return
        await pilot.press("down")
    raise AssertionError(f"no row {row_key}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_newcomer_tells_something_and_sees_what_fits(catalog: Catalog, size: tuple[int, int]) -> None:
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await pilot.press("escape", "Q")
        screen = plan_screen(app)
        await until(pilot, lambda: screen.profile.page.has_focus)
        assert "no answers yet" in screen_text(app)
        assert not profile_path(user_paths()).exists()
        await pilot.press("enter", "enter")  # the first question: a visa is needed
        assert screen.profile.page.stop is not None
        assert screen.profile.page.stop.row_key == "?visa:will_take"  # what the answer leads to
        assert told().visa == VisaWish(needed=True)
        assert app.session.profile.fits is not None
        if screen.is_narrow:
            await pilot.press("escape")
        screen.rows.go_to("fits")
        await pilot.press("tab")
        await until(pilot, lambda: screen.fits.view.has_focus)
        await pilot.press("a")
        assert f"{len(catalog.programs):,} programs in all" in screen_text(app)
        line = screen.fits.view.line
        assert line is not None
        assert line.value == "cant-tell"  # the first state that any program has
        await pilot.press("enter")
        assert app.screen_name == "explore"
        assert "fits:cant-tell" in app.query_controller.text
        assert app.query_controller.results.total == len(app.session.profile.fits.programs_by_value["cant-tell"])


async def test_every_kind_of_row_is_changed_and_undone(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "Q")
        screen = plan_screen(app)
        page = screen.profile.page
        await go_to(pilot, page, "degree")
        await pilot.press("enter")
        await type_text(pilot, "MBBS")
        await pilot.press("enter", "escape")
        assert told().degree == ("MBBS",)
        await go_to(pilot, page, "graduation")
        await pilot.press("enter")
        await type_text(pilot, "soon")
        await pilot.press("enter")
        assert "is not a date" in screen_text(app)
        assert told().graduation is None
        await pilot.press(*["backspace"] * 4)
        await type_text(pilot, "June 2019")
        await pilot.press("enter")
        assert told().graduation == "2019-06"
        await go_to(pilot, page, "school_country")
        await pilot.press("enter")
        await type_text(pilot, "india")
        await pilot.press("enter")
        assert told().school_country == "IN"
        await pilot.press("plus", "enter")  # an exam
        await type_text(pilot, "step 1")
        await pilot.press("enter")
        await pilot.press("enter")  # passed
        await type_text(pilot, "3/1/2024")
        await pilot.press("enter")
        exam = told().result_of("USMLE Step 1")
        assert exam is not None
        assert exam.passed == "2024-03-01"
        await go_to(pilot, page, "exam[0]")
        await pilot.press("enter", "down", "enter")
        await type_text(pilot, "1")
        await pilot.press("enter", "escape")
        assert told().exam == (exam.__class__(name=exam.name, passed=exam.passed, attempts=1),)
        await go_to(pilot, page, "training")
        await pilot.press("enter", "down", "enter")
        assert told().training == ()
        await go_to(pilot, page, "exam[0]")
        await pilot.press("delete")
        assert not told().exam
        await pilot.press("u")
        assert told().exam is not None
        await pilot.press("u", "u")
        assert told().training is None
        await pilot.press("ctrl+r")
        assert told().training is None
        assert told().exam is not None


async def test_the_file_is_edited_as_text_and_mistakes_are_shown(catalog: Catalog) -> None:
    write_profile(GRADUATE)
    path = profile_path(user_paths())
    path.write_text('degree = "M.D."\n', encoding="utf-8")
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_notified(pilot, "Your profile can't be used.")
        await pilot.press("escape", "Q")
        page = plan_screen(app).profile.page
        await until(pilot, lambda: page.has_focus)
        assert "Line 1: degree" in screen_text(app)
        assert app.session.profile.fits is None
        await pilot.press("o")
        area = app.screen.query_one(TextArea)
        area.text = "degree = ["
        await pilot.press("ctrl+s")
        assert "Line 1" in screen_text(app)
        area.text = 'degree = ["DO"]'
        await pilot.press("ctrl+s")
        await until(pilot, lambda: page.has_focus)
        assert told().degree == ("DO",)
        path.write_text('degree = ["MD"]\nletters = 4\n', encoding="utf-8")  # another program
        assert app.session.profile.check_for_changes()
        assert app.session.profile.stored.profile.letters == 4


async def test_another_profile_is_made_and_remembered(catalog: Catalog) -> None:
    write_profile(GRADUATE)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "Q")
        page = plan_screen(app).profile.page
        await until(pilot, lambda: page.has_focus)
        await pilot.press("p")
        await type_text(pilot, "Partner")
        await pilot.press("enter")
        assert app.session.profile.name == "partner"
        await go_to(pilot, page, "letters")
        await pilot.press("enter")
        await type_text(pilot, "3")
        await pilot.press("enter")
        assert told("partner").letters == 3
        assert told().letters is None
    assert make_app(catalog).session.profile.name == "partner"


async def test_the_list_and_the_page_of_a_program_show_the_verdict(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press("escape")
        app.open_program(MEDICINE)
        await pilot.pause()
        app.explore_screen.show_section("Requirements")
        await pilot.pause()
        assert "Q compares these with your profile." in screen_text(app)
        write_profile(GRADUATE)
        app.session.profile.check_for_changes()
        await pilot.pause()
        fits = app.session.profile.fits
        assert fits is not None
        assert fits.fit_of(catalog.program[MEDICINE]).counts.words in screen_text(app)
        assert "Q compares these" not in screen_text(app)
        app.open_query("-fits:no sort:fits")
        await pilot.pause()
        assert FITS_ID in app.explore_screen.panes.visible_column_ids()
        left_out = app.query_controller.results.left_out_by_fit
        assert left_out
        assert f"{left_out} left out by your profile" in screen_text(app)
        assert "Fits you" in screen_text(app)
        profile_path(user_paths()).unlink()
        app.session.profile.check_for_changes()
        await pilot.pause()
        assert FITS_ID not in app.explore_screen.panes.visible_column_ids()
        assert app.query_controller.results.fits is None


async def test_what_fits_follows_the_search_and_the_list(catalog: Catalog) -> None:
    write_profile(GRADUATE)
    app = make_app(catalog, "kind:fellowship")
    async with app.run_test(size=(120, 40)) as pilot:
        app.session.toggle_saved(catalog.program[MEDICINE])
        await pilot.press("escape", "f10")
        screen = plan_screen(app)
        screen.rows.go_to("fits")
        await pilot.press("enter")
        await until(pilot, lambda: screen.fits.view.has_focus)
        assert "of your search" in screen_text(app)
        await pilot.press("a")
        assert "1 program of your list" in screen_text(app)
        await pilot.press("end")
        assert screen.fits.view.program is catalog.program[MEDICINE]
        location = app.navigator.location
        await pilot.press("enter")
        assert app.explore_screen.panes.reading is catalog.program[MEDICINE]
        app.action_navigate(-1)
        await pilot.pause()
        assert isinstance(app.navigator.location, Location)
        assert app.navigator.location.target == location.target
        app.open_query("kind:residency fits:cant-tell")
        await app.run_action("open_screen('plan')")
        count = search(catalog, Query.parse("kind:residency")).total  # what the search asks of verdicts does not count
        await until(pilot, lambda: f"{count} programs of your search" in screen_text(app), "the new search")


def test_where_others_may_look_on_there_is_no_profile(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_profile(GRADUATE)
    shared = tmp_path / "shared.toml"
    shared.write_text("", encoding="utf-8")
    reviewed = make_app(catalog, None, ReviewStore(shared, "me"))
    monkeypatch.setenv(NO_PROFILE_VARIABLE, "1")
    for app in (reviewed, make_app(catalog)):
        assert not app.session.profile.is_offered
        assert app.session.profile.profile is None
        assert app.session.profile.fits is None
        screen = PlanScreen(app)
        assert screen.rows.item is not None
        assert screen.rows.item.key == "season"
        assert screen.rows.line_count() == 5


def test_a_program_is_in_one_group_and_none_is_left_out(catalog: Catalog) -> None:
    tables = tomllib.loads(GRADUATE)
    profile = Profile(
        degree=tuple(tables["degree"]),
        school_country="IN",
        graduation="2019",
        visa=VisaWish(needed=True, will_take=("H-1B",)),
        training=(TrainingRecord(specialty="internal-medicine", finished=True),),
    )
    stored = StoredProfile("default", Path("profile.toml"), profile, exists=True)
    fits = CatalogFits(catalog, stored, date(2026, 11, 26))
    lines = fits_lines({number: fits.table.verdict(number) for number in range(len(catalog.programs))})
    numbers = [line.number for line in lines if line.kind == "program"]
    assert sorted(numbers) == list(range(len(catalog.programs)))
    values = [line.value for line in lines if line.kind == "heading"]
    assert values == [value for value in ("no", "cant-tell", "meets", "nothing-stated") if value in values]
    shown = {line.value: line.program_count for line in lines if line.kind == "state"}
    assert shown["meets"] + shown["cant-tell"] + shown["no"] == len(catalog.programs)
    for value, count in shown.items():
        assert count == len(fits.programs_by_value.get(value, ()))


@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_of_a_graduate(catalog: Catalog, golden: Golden, size: tuple[int, int]) -> None:
    write_profile(GRADUATE)
    app = make_app(catalog)
    async with app.run_test(size=size) as pilot:
        await pilot.press("escape", "Q")
        screen = plan_screen(app)
        await until(pilot, lambda: screen.profile.page.has_focus)
        golden(f"you-{size[0]}x{size[1]}.txt", screen_text(app).encode())
        screen.rows.go_to("fits")
        screen.focus_pane("fits")
        await until(pilot, lambda: screen.fits.view.size.height)
        await pilot.press("down", "down", "down", "down")
        await until(pilot, lambda: screen.fits.view.program is not None)
        screen.fits.page.complete()
        await pilot.pause()
        golden(f"fits-{size[0]}x{size[1]}.txt", screen_text(app).encode())


@pytest.mark.parametrize("query", ["fits:no", "fit:meets", "-fits:no"])
def test_a_condition_on_verdicts_is_never_dropped(catalog: Catalog, query: str) -> None:
    results = search(catalog, Query.parse(query))
    assert not results.total
    assert corrections(results) == []
    lines = ["".join(text for text, _ in offer.render(78)) for offer in list_offers(results)]
    assert [line.strip() for line in lines] == [
        "Fits needs a profile.",
        "Tell gmetui about yourself first (Esc, Q); it stays on this computer.",
    ]


async def test_commands_about_the_reader_work_from_anywhere(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "f10")
        await app.perform_action("add-to-profile")
        await pilot.pause()
        assert "Add to your profile" in screen_text(app)
        await pilot.press("escape")
        screen = plan_screen(app)
        assert screen.rows.item is not None
        assert screen.rows.item.key == "you"


async def test_a_slow_comparison_goes_on_beside_the_screen(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(GRADUATE)
    may_end = Event()

    def judge_slowly(catalog: Catalog, profile: Profile, today: date) -> FitTable:
        assert may_end.wait(timeout=60)
        return judge_all(catalog, profile, today)

    monkeypatch.setattr("gmetui.tui.saver._PATIENCE", 0.0)
    monkeypatch.setattr("gmetui.tui.catalog_fits.judge_all", judge_slowly)
    app = make_app(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "f10")
        screen = plan_screen(app)
        screen.rows.go_to("fits")
        await pilot.pause()
        assert "Comparing the programs" in screen_text(app)
        may_end.set()
        await until(pilot, lambda: app.session.profile.fits)
        await pilot.pause()
        assert screen.fits.view.line is not None
        assert app.query_controller.results.fits is not None


@pytest.mark.parametrize("width", [40, 64, 104, 184])
def test_lines_of_what_fits_have_their_width(hostile_catalog: Catalog, width: int) -> None:
    stored = StoredProfile("default", Path("profile.toml"), Profile(school_country="IN"), exists=True)
    fits = CatalogFits(hostile_catalog, stored, date(2026, 11, 26))
    lines = fits_lines({number: fits.table.verdict(number) for number in range(len(hostile_catalog.programs))})
    for line in lines:
        if line.kind == "program":
            program = hostile_catalog.programs[line.number]
            drawn = program_line(hostile_catalog, program, fits.fit_of(program), width)
        elif line.kind == "blank":
            continue
        else:
            drawn = state_line(line, width) if line.kind == "state" else heading_line(line, width)
        assert cell_width(drawn) == width
        assert is_harmless("".join(text for text, _ in drawn))
