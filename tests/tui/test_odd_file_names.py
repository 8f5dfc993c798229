"""File names of any form in dialogs: each is written to or refused with a word, and the dialog stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Label

from gmetui.catalog.catalog import Catalog
from gmetui.tui.dialogs.export_dialog import ExportDialog
from gmetui.tui.dialogs.file_picker import file_kind, short_path
from support import is_harmless, make_app, until

REFUSED = (
    "",
    "   ",
    "/",
    ".",
    "..",
    "~",
    "~nobody-has-this-name/x.csv",
    "x" * 300,
    "x" * 300 + ".csv",
    "no/dir/x.csv",
    "a\0.csv",
)
ODD = (*REFUSED, "con", "two\nlines", "\x1b[2J", "日本", "\udcff", "~" * 5000, "a/" * 3000)


@pytest.mark.parametrize("name", ODD)
def test_any_name_has_a_kind_and_can_be_shown(name: str) -> None:
    assert file_kind(Path(name)) in ("", "file", "directory", "special")
    assert is_harmless(short_path(Path(name)), lines=False)


async def test_the_export_dialog_refuses_what_is_no_file(
    catalog: Catalog, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "work"
    directory.mkdir()
    monkeypatch.chdir(directory)
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "e")
        await until(pilot, lambda: isinstance(app.screen, ExportDialog))
        problem, path = app.screen.query_one("#trouble", Label), app.screen.query_one("#path", Input)
        for name in REFUSED:
            path.value = name
            await until(pilot, lambda: not problem.display, "a new name")
            await path.action_submit()
            await until(pilot, lambda: problem.display and str(problem.content), "problem")
            assert isinstance(app.screen, ExportDialog)
            assert not list(directory.iterdir()), name
        path.value = "con"
        await path.action_submit()
        await until(pilot, lambda: not app.screen.is_modal, "end of the dialog")
    assert [file.stem for file in directory.iterdir()] == ["con"]
