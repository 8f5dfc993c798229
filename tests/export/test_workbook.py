"""Exported workbooks, read by another library and by an import."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.export import xlsx
from gmetui.export.formats import export_table
from gmetui.export.table import COLUMNS, ExportTable, results_table, shortlist_table, table_columns
from gmetui.importing.shortlist_import import import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE_TEXTS, is_harmless

MEDICINE = "larkspur-internal-medicine-residency"


@pytest.fixture(scope="module")
def hostile_table(hostile_catalog: Catalog) -> ExportTable:
    """A shortlist whose programs, entries and notes have texts that attack what shows them."""
    shortlist = Shortlist()
    for program in hostile_catalog.programs:
        shortlist = shortlist.with_entry(entry_of(hostile_catalog, program))
    for number, text in enumerate(HOSTILE_TEXTS):
        shortlist = shortlist.with_entry(Entry(f"gone-{number}", text, text, text, text))
    return shortlist_table(hostile_catalog, shortlist.with_note("elm-psychiatry", "=1+1\nsecond line"))


@pytest.fixture(scope="module")
def full_table(catalog: Catalog) -> ExportTable:
    """All programs of the fixture catalog."""
    return results_table(catalog, catalog.programs, "")


def open_workbook(table: ExportTable) -> Any:
    return openpyxl.load_workbook(BytesIO(export_table(table, "xlsx")))


def test_a_workbook_has_typed_cells_a_frozen_header_and_links(full_table: ExportTable) -> None:
    workbook = open_workbook(full_table)
    sheet = workbook["Programs"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.heading for column in COLUMNS if not column.is_personal and column.key != "rank"]
    assert sheet.max_row == len(full_table.rows) + 1
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    length_column = headings.index("Length in years") + 1
    lengths = [sheet.cell(row, length_column).value for row in range(2, sheet.max_row + 1)]
    assert {type(value) for value in lengths} == {int, str}
    assert "not stated" in lengths
    source_column = headings.index("Source") + 1
    links = [sheet.cell(row, source_column).hyperlink for row in range(2, sheet.max_row + 1)]
    assert any(link is None for link in links)  # the brochure has no address
    assert all(link.target.startswith("https://") for link in links if link is not None)
    assert "edition 2026.10" in " ".join(str(cell.value) for row in workbook["About"] for cell in row)


def test_custom_columns_of_a_workbook_have_types(catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(entry_of(catalog, catalog.program[MEDICINE]))
    for name, kind, value in (("Visit", "date", "2027-01-12"), ("Rent", "number", 1500), ("Car", "yes/no", True)):
        shortlist = shortlist.with_column(custom_column(name, kind)).with_value(MEDICINE, name, value)
    header, row = open_workbook(shortlist_table(catalog, shortlist))["Programs"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["Visit"].date() == date(2027, 1, 12)
    assert (cells["Rent"], cells["Car"]) == (1500, "yes")


@pytest.fixture
def dated_table(catalog: Catalog) -> ExportTable:
    """A shortlist with dates under names that are headings, that are none, and that a custom column has."""
    shortlist = Shortlist()
    for program in catalog.programs[:3]:
        shortlist = shortlist.with_entry(entry_of(catalog, program))
    shortlist = shortlist.with_column(custom_column("Dinner date", "text")).with_column(custom_column("Pay", "1-5"))
    for program_id, label, when in (
        (catalog.programs[0].id, "interview", "2027-01-12T09:30"),
        (catalog.programs[1].id, "interview", "2027-01-20"),
        (catalog.programs[1].id, "dinner", "2027-01-19"),
        (catalog.programs[2].id, "call no. 2", "2027-02-01"),
        (catalog.programs[2].id, "interview", "1850-01-01"),
    ):
        shortlist = shortlist.with_date(program_id, label, when)
    note = "A long note. " * 30
    return shortlist_table(catalog, shortlist.with_note(catalog.programs[0].id, note))


def test_each_date_of_the_user_has_a_column_of_dates(dated_table: ExportTable) -> None:
    header, *rows = open_workbook(dated_table)["Programs"].iter_rows(values_only=True)
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["Interview date"] for row in cells] == [
        datetime.fromisoformat("2027-01-12T09:30"),
        datetime.fromisoformat("2027-01-20"),
        "1850-01-01",
    ]
    assert cells[1]["Date of dinner"] == datetime.fromisoformat("2027-01-19"), "a custom column has the other heading"
    assert [row["My dates"] or "" for row in cells] == ["", "", "call no. 2 2027-02-01"]


def test_dates_in_columns_come_back(dated_table: ExportTable, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(export_table(dated_table, "xlsx"))
    result = import_shortlist(catalog, Shortlist(), read_shortlist_table(path))
    assert not result.problems
    assert [entry.dates for entry in result.shortlist] == [row.entry.dates for row in dated_table.rows]


def test_rows_are_as_high_as_their_notes(dated_table: ExportTable) -> None:
    sheet = open_workbook(dated_table)["Programs"]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert heights[1] > 100, "a note of 390 characters in a column of 40"
    assert max(heights) <= 409
    assert all(5 < dimension.width <= 81 for dimension in sheet.column_dimensions.values())


def test_cells_with_known_words_offer_them(dated_table: ExportTable) -> None:
    sheet = open_workbook(dated_table)["Programs"]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    offered = {
        str(validation.sqref).partition(":")[0]: (validation.formula1, validation.showErrorMessage)
        for validation in sheet.data_validations.dataValidation
    }
    statuses, refuses_others = offered[f"{headings['Status']}2"]
    assert "interviewed" in statuses
    assert not refuses_others, "a status may be any text"
    assert offered[f"{headings['Rating']}2"] == ('"1,2,3,4,5"', True)
    assert offered[f"{headings['Pay']}2"] == ('"1,2,3,4,5"', True)


def test_the_first_columns_are_printed(dated_table: ExportTable, full_table: ExportTable) -> None:
    for table, last in ((dated_table, "Note"), (full_table, "Apply through")):
        sheet = open_workbook(table)["Programs"]
        printed = sheet[sheet.print_area.partition("!")[2].replace("$", "")][0]
        assert printed[-1].value == last
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_links_beyond_what_excel_allows_are_text(full_table: ExportTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MAX_LINKS", 3)
    cells = [cell for row in open_workbook(full_table)["Programs"].iter_rows() for cell in row]
    linked = [cell for cell in cells if cell.hyperlink]
    addresses = [cell for cell in cells if str(cell.value).startswith("https://")]
    assert len(linked) == 3 < len(addresses)


def test_a_workbook_has_no_formulas_or_macros(hostile_table: ExportTable) -> None:
    for row in open_workbook(hostile_table)["Programs"]:
        for cell in row:
            assert cell.data_type != "f", cell.value
            assert is_harmless(str(cell.value or ""))
    assert b"vbaProject" not in export_table(hostile_table, "xlsx")


def test_a_workbook_has_the_cells_of_the_table(full_table: ExportTable) -> None:
    sheet = open_workbook(full_table)["Programs"]
    columns = table_columns(full_table)
    for row, cells in zip(full_table.rows, sheet.iter_rows(min_row=2), strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert str(cell.value or "") == column.cell_text(row, full_table.catalog)
