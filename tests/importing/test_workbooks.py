"""Cells of workbooks: every type and style that Excel and other programs write."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.errors import UnreadableListError
from gmetui.importing.readers.grids import open_grids
from gmetui.importing.shortlist_table import read_shortlist_table
from importing.bombs import Repeated, write_workbook
from importing.program_lists import ROWS, as_csv, import_content, messages


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    with open_grids(path) as grids:
        return [(number, list(cells)) for grid in grids for number, cells in grid.rows]


def test_cells_are_read_as_they_show(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["text", 12, 12.5, -3, True, False, date(2027, 1, 15), datetime(2027, 1, 15, 9, 30), time(9, 30)])  # noqa: DTZ001
    sheet["B4"] = "after a gap"
    sheet["C4"] = "=1+1"
    sheet["D4"] = 0.1
    sheet["D4"].number_format = "0.0%"
    workbook.save(tmp_path / "list")
    assert _rows(tmp_path / "list") == [
        (1, ["text", "12", "12.5", "-3", "True", "False", "2027-01-15", "2027-01-15T09:30:00", "09:30:00"]),
        (4, ["", "after a gap", "", "0.1"]),
    ]


def test_dates_from_1904_and_texts_with_formats(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.MAC_EPOCH
    sheet = workbook.active
    assert sheet is not None
    sheet.append([date(2027, 1, 15)])
    workbook.save(tmp_path / "list")
    assert _rows(tmp_path / "list") == [(1, ["2027-01-15"])]
    rich = b'<row r="7"><c t="inlineStr"><is><r><t>a</t></r><r><t>_x000D_b</t></r><rPh><t>c</t></rPh></is></c></row>'
    write_workbook(tmp_path / "list", rows=Repeated(rich, 1))
    assert _rows(tmp_path / "list")[-1] == (7, ["a\nb"])


def test_a_workbook_without_a_sheet_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list"
    for sheets in ("", '<sheet name="chart" sheetId="1" r:id="r9"/>'):
        write_workbook(path, sheets=sheets)
        with pytest.raises(UnreadableListError, match="no rows"):
            import_content(catalog, path, path.read_bytes())
        with pytest.raises(UnreadableListError, match="no rows"):
            read_shortlist_table(path)


def test_overlong_cells_are_cut_and_reported(catalog: Catalog, tmp_path: Path) -> None:
    rows = [{**ROWS[0], "name": "Harbor " * 1_000}, *ROWS[1:]]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    message = "the cell in “name” has more than 1,000 characters; the rest is ignored"
    assert messages(program_import, "doubt") == [message]
