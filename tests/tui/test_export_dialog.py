"""The export dialog: formats, file names, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId
from gmetui.cli import main
from gmetui.export.formats import FORMATS
from gmetui.shortlist.entries import entry_of
from gmetui.tui.app import GmetuiApp
from gmetui.tui.dialogs.export_dialog import ExportDialog
from gmetui.tui.dialogs.file_picker import target_text
from gmetui.tui.widgets.choice_grid import ChoiceGrid
from support import make_app, screen_text, type_text, until, until_notified, until_problem

SIZE = (80, 24)


def app_with_a_note(catalog: Catalog) -> GmetuiApp:
    app = make_app(catalog, "cards larkspur")
    program = catalog.program[ProgramId("larkspur-cardiovascular-disease-fellowship")]
    shortlist = app.session.shortlist.with_entry(entry_of(catalog, program)).with_note(program.id, "secret")
    app.session.save_shortlist(shortlist, "note")
    return app


async def enter_name(pilot: Pilot[None], name: str) -> None:
    field = pilot.app.screen.query_one("#path", Input)
    field.focus()
    await pilot.press("end", *["backspace"] * len(field.value))
    await type_text(pilot, name.replace(".", "."))
    await pilot.press("enter")


def selected_format(app: GmetuiApp) -> str:
    return app.screen.query_one("#formats", ChoiceGrid).selected_key


async def test_arrows_go_by_geometry_and_enter_exports(catalog: Catalog, tmp_path: Path) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "e")
        text = screen_text(app)
        assert "Export 1 program" in text
        assert "Web page (HTML)" in text
        names = list(FORMATS)
        assert selected_format(app) == names[0]
        for key, index in (("right", 1), ("down", 4), ("left", 3), ("left", 3), ("up", 0), ("down", 3), ("down", 6)):
            await pilot.press(key)
            assert selected_format(app) == names[index], key
        await pilot.press("enter")
        await pilot.pause()
    assert (tmp_path / f"gmetui-shortlist.{FORMATS[names[6]].extension}").exists()


async def test_format_and_extension_follow_each_other(catalog: Catalog, tmp_path: Path) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "e")
        field = app.screen.query_one("#path", Input)
        field.value = "mine.ics"
        await pilot.pause()
        assert selected_format(app) == "ics"
        await pilot.press("right")
        assert field.value == "mine.md"
        await enter_name(pilot, "list.pdf")
        await until_problem(pilot, "Cannot export to PDF; export a web page (.html)")
        assert isinstance(app.screen, ExportDialog)
        assert app.screen.query_one("#path", Input).value == "list.pdf"
        await enter_name(pilot, "list")
        await until(pilot, (tmp_path / "list.md").exists, "a file with the extension of the format")
    assert not (tmp_path / "list.pdf").exists()


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "toml", "text"])
async def test_dialog_and_command_write_the_same_bytes(
    catalog: Catalog, form: str, tmp_path: Path, fixture_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "S", "e")
        await pilot.pause()
        assert isinstance(app.screen, ExportDialog)
        app.screen.choose_format(form)
        await pilot.click("#export")
        await until_notified(pilot, "Exported 1 program to")
    written = (tmp_path / f"gmetui-shortlist.{FORMATS[form].extension}").read_bytes()
    assert main(["export", "--format", form, "--output", str(tmp_path / "other")]) == 0
    assert written == (tmp_path / "other").read_bytes()


async def test_notes_can_be_left_out(catalog: Catalog, tmp_path: Path) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "S", "e", "right", "tab", "right")
        assert "● Without my notes" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, (tmp_path / "gmetui-shortlist.csv").exists, "a file")
    written = (tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig")
    assert "Cardiovascular" in written
    assert "secret" not in written


async def test_the_programs_on_screen_are_offered_first(catalog: Catalog, tmp_path: Path) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "e", "enter")
        await until(pilot, (tmp_path / "gmetui-results.xlsx").exists, "a file with the results of the search")
        await pilot.press("S", "e", "enter")
        await until(pilot, (tmp_path / "gmetui-shortlist.xlsx").exists, "a file with the shortlist")


async def test_no_file_is_overwritten_without_a_second_confirmation(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "gmetui-results.json").write_text("mine", encoding="utf-8")
    app = make_app(catalog, "cards larkspur")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "e")
        await enter_name(pilot, "gmetui-results.json")
        await until_problem(pilot, "That file exists")
        assert (tmp_path / "gmetui-results.json").read_text(encoding="utf-8") == "mine"
        await pilot.press("escape", "e")
        await pilot.pause()
        assert isinstance(app.screen, ExportDialog)
        app.screen.choose_format("json")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "gmetui-results-2.json").exists, "a second file")
    exported = json.loads((tmp_path / "gmetui-results-2.json").read_text(encoding="utf-8"))
    assert len(exported["programs"]) == 2


async def test_palette_opens_the_dialog_with_a_format(catalog: Catalog) -> None:
    app = app_with_a_note(catalog)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "colon", *"print", "enter")
        await until(pilot, lambda: isinstance(app.screen, ExportDialog), "export dialog")
        await until(pilot, lambda: selected_format(app) == "html", "format")


def test_where_a_file_would_be_written(tmp_path: Path) -> None:
    assert target_text("list.csv").endswith("/list.csv · new file")
    (tmp_path / "list.csv").touch()
    assert target_text(str(tmp_path / "list.csv")).endswith("/list.csv · replaces a file")
    assert target_text(str(tmp_path)).endswith("not a file")
    assert target_text("") == ""
