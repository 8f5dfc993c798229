"""A format that is added to the registry is offered everywhere."""

from __future__ import annotations

import pytest
from textual.app import App

from gmetui.catalog.catalog import Catalog
from gmetui.export.formats import FORMATS, Format, export_table
from gmetui.export.table import ExportTable, results_table
from gmetui.tui.dialogs.export_dialog import ExportDialog
from gmetui.tui.widgets.choice_grid import ChoiceGrid
from support import CommandRunner


@pytest.fixture(autouse=True)
def added_format(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format that is in the registry during a test."""

    def write(table: ExportTable) -> bytes:
        return f"{len(table.rows)}\n".encode()

    added = Format("count", "Number of programs", "num", "text/plain", write)
    monkeypatch.setitem(FORMATS, added.name, added)
    return added


def test_by_the_library(catalog: Catalog) -> None:
    table = results_table(catalog, catalog.programs[:3], "")
    assert export_table(table, "count") == b"3\n"


def test_by_the_command_line(run: CommandRunner, fixture_data: object) -> None:
    assert "count" in run("export", "--help")
    assert run("export", "kind:combined", "--format", "count") == "1\n"
    run("export", "kind:combined", "--output", "list.num")
    assert run.err == "exported 1 program to list.num\n"
    run("export", "--format", "cuont", code=2)
    assert "did you mean “count”?" in run.err


async def test_by_the_dialog(catalog: Catalog, added_format: Format) -> None:
    class DialogApp(App[None]):
        is_web = True

    app = DialogApp()
    async with app.run_test() as pilot:
        await app.push_screen(ExportDialog({"results": results_table(catalog, (), "")}, lambda request: None))
        await pilot.pause()
        labels = app.screen.query_one("#formats", ChoiceGrid).labels.values()
        assert all(export_format.label in labels for export_format in FORMATS.values())
        assert added_format.label in labels
