"""What the list offers besides programs: pages, values of a started filter, corrections, fewer words."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.tui.app import GmetuiApp
from gmetui.tui.rendering.list_offers import list_offers
from gmetui.tui.rendering.spans import cell_width
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.program_list import ProgramList
from support import HOSTILE_TEXTS, make_app, screen_text, until

CARDS = "larkspur-cardiovascular-disease-fellowship"


def offered_lines(catalog: Catalog, line: str, width: int = 60) -> list[str]:
    offers = list_offers(search(catalog, Query.parse(line)))
    return ["".join(text for text, _ in offer.render(width)).rstrip() for offer in offers]


def explore(app: GmetuiApp) -> ExploreScreen:
    screen = app.screen
    assert isinstance(screen, ExploreScreen)
    return screen


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", []),
        ("transplant", []),
        ("larkspur", ["≡ Larkspur University Hospital  Port Ellery, MA · 16 programs"]),
        ("larkspur mission", ["≡ Larkspur University Hospital · Mission  To heal everyone…"]),
        (
            "deadline:none",
            ["  No program states “none” about deadline.", "  Did you mean (Enter):", "  no:deadline → 24"],
        ),
        (
            "cards near quillmont",
            [
                "  No programs match.",
                "  Did you mean (Enter):",
                "  near:quillmont → 1",
                "  Remove a term to see results:",
                "  without cards → 7",
                "  without near → 1",
                "  without quillmont → 1",
            ],
        ),
        ("qqqq", ["  No programs match.", "  Try fewer words,", "  or import more programs (Esc, A)."]),
        (
            "cards qqqq",
            ["  No programs match.", "  Remove a term to see results (Enter):", "  without qqqq → 4"],
        ),
        (
            "kind:felowship quillmont",
            [
                "  Unknown value “felowship” for kind.",
                "  Did you mean (Enter):",
                "  kind:fellowship → 5",
                "  Remove a term to see results:",
                "  without kind:felowship → 9",
            ],
        ),
    ],
)
def test_offers(catalog: Catalog, query: str, lines: list[str]) -> None:
    shown = offered_lines(catalog, query)
    counts_removed = [line.split(" → ")[0].split("  Port")[0] for line in shown]
    assert counts_removed == [line.split(" → ")[0].split("  Port")[0] for line in lines]


def test_values_of_a_started_filter_can_be_chosen(catalog: Catalog) -> None:
    first, *values, last = offered_lines(catalog, "neurology kind:")
    assert first == "  kind: choose a value (Enter)"
    assert {value.split()[0] for value in values} == {"Residency", "Fellowship", "Combined", "Other"}
    assert last == ""
    assert not any("choose" in line for line in offered_lines(catalog, "kind: neurology"))


@pytest.mark.parametrize("width", [10, 24, 60, 200])
def test_offers_fit_their_width(catalog: Catalog, width: int) -> None:
    for query in ("larkspur mission", f"cards {'x' * 300}", "rotator larkspur"):
        for offer in list_offers(search(catalog, Query.parse(query))):
            if offer.target is not None:
                assert cell_width(offer.render(width)) <= max(width, 60)


def test_hostile_queries_are_offered_as_text(hostile_catalog: Catalog) -> None:
    for text in HOSTILE_TEXTS:
        assert all("\x1b" not in line and "\n" not in line for line in offered_lines(hostile_catalog, f"kind:{text}"))


async def test_pages_corrections_and_values_are_chosen_by_enter(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = explore(app)
        screen.query_input.value = "deadline:none"
        await pilot.press("enter")
        assert screen.query_input.value == "no:deadline", "one key corrects the mistake"
        assert screen.focused is screen.query_input
        screen.query_input.value = "kind:"
        await pilot.press("enter", "enter")
        assert screen.query_input.value.startswith("kind:")
        assert screen.query_input.value != "kind:"
        screen.focus_pane("query")
        screen.query_input.value = "larkspur rotator"
        await pilot.press("enter")
        assert screen.programs.page_hit is not None
        await pilot.press("enter")
        await until(pilot, lambda: "Letter of good standing" in screen_text(app), "section on rotators")
        assert app.screen_name == "institutions"
        await pilot.press("b")
        assert app.explore_screen.history_key.startswith("larkspur rotator")


async def test_page_under_the_cursor_is_shown_beside_the_list(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(160, 40)) as pilot:
        screen = explore(app)
        screen.query_input.value = "larkspur mission"
        await until(pilot, lambda: "To heal everyone" in screen_text(app), "page beside the list")
        assert screen.program is None
        await pilot.press("enter", "down", "s")
        assert len(app.session.shortlist) == 1
        screen.query_input.value = "eras"
        await pilot.pause()
        screen.focus_pane("programs")
        await pilot.press("home", "enter")
        await until(pilot, lambda: screen.focused is screen.detail, "page of the service")
        assert "Electronic Residency Application Service" in screen_text(app)


async def test_a_name_has_its_page_above_the_programs_and_the_cursor_on_the_first_program(catalog: Catalog) -> None:
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = explore(app)
        screen.query_input.value = "cards"
        await pilot.pause()
        programs = screen.query_one(ProgramList)
        assert screen.program is not None
        assert screen.program.id == CARDS
        assert programs.row == 0
        await pilot.press("enter", "up")
        assert programs.page_hit is not None
        assert programs.page_hit.kind == "specialty"
        programs.go_to(CARDS)
        assert programs.program is not None
        assert programs.program.id == CARDS


async def test_warnings_are_shown_but_not_twice(catalog: Catalog) -> None:
    app = make_app(catalog, "nuerology kind:fellowship,xyz")
    async with app.run_test(size=(160, 40)) as pilot:
        text = screen_text(app)
        assert "showing results for “neurology”" in text
        assert "unknown value “xyz” for kind" in text
        explore(app).query_input.value = "lenght:2"  # codespell:ignore lenght
        await pilot.pause()
        assert screen_text(app).casefold().count("unknown field “lenght”") == 1  # codespell:ignore lenght
