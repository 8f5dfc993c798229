"""Programs side by side: what differs, what nobody says, and what the command and the screen make of it."""

from __future__ import annotations

import csv
import io
import json

from gmetui.catalog.comparison import compared
from gmetui.catalog.facts import program_facts
from gmetui.catalog.models import Catalog
from gmetui.tui.screens.compare_screen import CompareScreen
from support import Run, app_of, screen_text

IDS = (
    "tufts-neurology-residency",
    "bmc-neurology-residency",
    "mgh-neurology-residency-mass-general-brigham",
)


def test_a_row_has_a_cell_for_each_program_and_none_is_guessed(catalog: Catalog) -> None:
    programs = [catalog.program[own] for own in IDS]
    rows = {row.key: row for row in compared(catalog, programs)}
    assert all(len(row.cells) == 3 and any(cell.values for cell in row.cells) for row in rows.values())
    for program, cell in zip(programs, rows["visa"].cells, strict=True):
        assert bool(cell.values) is bool(program.visa)
        assert bool(cell.citations) is bool(program.visa)
    assert rows["length_years"].cells[1].values == ("4 years",)
    assert not rows["kind"].differs
    assert rows["visa"].differs


def test_the_sponsors_newest_pay_stands_side_by_side(catalog: Catalog) -> None:
    own = ("bmc-neurology-residency", "cha-internal-medicine-residency", "lahey-internal-medicine-residency")
    row = next(row for row in compared(catalog, [catalog.program[each] for each in own]) if row.key == "pay")
    assert row.cells[0].values[0].startswith("2022-07-01")
    assert row.cells[1].values[0].startswith("2024-10-20")
    assert row.cells[1].values[1].startswith("PGY-1  ")
    assert row.cells[1].citations
    assert not row.cells[2].values, "one fellow's pay is no scale"


def test_differences_only(catalog: Catalog) -> None:
    programs = [catalog.program[own] for own in IDS]
    every, some = compared(catalog, programs), compared(catalog, programs, differences=True)
    assert [row.key for row in some] == [row.key for row in every if row.differs]
    assert not compared(catalog, [programs[0], programs[0]], differences=True)


def test_every_field_of_a_program_can_be_compared(catalog: Catalog) -> None:
    apart = {"id", "name", "other_names", "specialty_as_named", "parent_specialty", "campus", "start", "contact_office"}
    keys = set()
    for program in catalog.programs:
        keys |= {row.key for row in compared(catalog, [program])}
    stated = {f.key for p in catalog.programs for f in program_facts(catalog, p) if f.values}
    assert {key for key in stated if not key.endswith("_note")} - keys <= apart


def test_the_command(run: Run) -> None:
    shown = run("compare", *IDS)
    assert "not stated" in shown
    assert "Sources" in shown
    found = json.loads(run("compare", *IDS, "--differences", "--format", "json"))
    assert [program["id"] for program in found["programs"]] == list(IDS)
    assert all(field["differs"] for field in found["fields"])
    assert all(value is None or value["source"] for field in found["fields"] for value in field["values"])
    rows = list(csv.reader(io.StringIO(run("compare", *IDS, "--format", "csv").lstrip("\ufeff"))))
    assert {len(row) for row in rows} == {4}
    assert run("compare", *IDS, "--format", "markdown").startswith("| | Neurology Residency")
    run("compare", "nowhere", code=5)


async def test_marks_lead_to_a_comparison(catalog: Catalog) -> None:
    app = app_of(catalog, "neurology kind:residency")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "space", "down", "space", "down", "space")
        assert len(app.marks) == 3
        assert screen_text(app).count("◆") == 3
        await pilot.press("c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.pane.programs) == 3
        every = screen.pane.count()
        await pilot.press("d")
        assert screen.pane.count() < every
        await pilot.press("right", "s")
        assert [entry.id for entry in app.shortlist] == [screen.pane.programs[1].id]
        await pilot.press("space")
        assert len(screen.pane.programs) == 2
        await pilot.press("escape", "slash", *" x", "enter")
        assert len(app.marks) == 2


async def test_without_marks_the_top_of_the_shortlist_is_compared(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "c")
        assert "Nothing to compare yet" in screen_text(app)
        await pilot.press("escape", "s", "down", "s", "c")
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert len(screen.pane.programs) == 2
