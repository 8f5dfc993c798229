"""No cell and no heading of any table that gmetui writes or copies can run in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.errors import UnreadableListError
from gmetui.export.csv import SpreadsheetWriter, escape_formula
from gmetui.export.formats import export_table
from gmetui.export.table import shortlist_table
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.program_list import read_programs
from gmetui.importing.report import doubtful_rows_csv
from gmetui.shortlist.columns import CustomColumn
from gmetui.shortlist.entries import Shortlist, entry_of

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe66\ufe62\ufe63\ufe6b"
BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff\u00ad\u2060\u202e"
FORMULAS = st.builds(
    "{}{}{}".format,
    st.text(BLANKS, max_size=3),
    st.sampled_from([*SIGNS, ""]),
    st.sampled_from(["HYPERLINK(1)", "cmd|' /C calc'!A0", "1", "x\ty", "a\r\nb", '"', ""]),
)


def is_safe(cell: str) -> bool:
    """Tell whether no spreadsheet program would run a cell: its first visible character is no sign of a formula."""
    visible = cell.lstrip(BLANKS)
    return not (visible and visible[0] in SIGNS) and not cell.startswith(("\t", "\r", "\n"))


def check_rows(rows: Sequence[Sequence[str]]) -> None:
    """Check the cells and the widths of rows."""
    assert len({len(row) for row in rows}) == 1
    assert all(is_safe(cell) for row in rows for cell in row)


@given(cell=FORMULAS)
@example(cell="\u200b=1")
@example(cell="\u00a0\uff1d1")
@example(cell="\ufeff\t@x")
def test_escaped_cells_are_safe(cell: str) -> None:
    assert is_safe(escape_formula(cell))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(texts=st.lists(FORMULAS, min_size=7, max_size=7))
def test_exports_are_safe(catalog: Catalog, texts: list[str]) -> None:
    name, note, tag, label, value, reviewer, comment = texts
    program = catalog.programs[0]
    shortlist = Shortlist("x", (entry_of(catalog, program),), (CustomColumn(name),))
    shortlist = shortlist.with_note(program.id, note).with_tags(program.id, [tag]).with_status(program.id, label)
    shortlist = shortlist.with_value(program.id, name, value).with_comment(program.id, reviewer, comment)
    table = shortlist_table(catalog, shortlist)
    check_rows(list(csv.reader(io.StringIO(export_table(table, "csv").decode("utf-8-sig"), newline=""))))
    check_rows([line.split("\t") for line in export_table(table, "tsv").decode().split("\n")[:-1]])
    with zipfile.ZipFile(io.BytesIO(export_table(table, "xlsx"))) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(heading=FORMULAS, cell=FORMULAS)
@example(heading='=HYPERLINK("http://e","x")', cell="=1+1")
@example(heading="\t\r=x\ty", cell="\t=HYPERLINK(1)")
def test_doubtful_rows_are_safe(catalog: Catalog, tmp_path: Path, heading: str, cell: str) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["acgme_id", "institution", "specialty", heading])
        writer.writerow(["1400199901", "Elm", "Internal medicine", cell])
        writer.writerow(["1400199902", "Elm", "Pediatrics", cell])
    try:
        result = read_programs(catalog, path, ListMetadata("x", "x", "x"), date(2026, 11, 22))
    except UnreadableListError:
        reject()  # tabs in the cells make another table of it
    rows = list(csv.reader(io.StringIO(doubtful_rows_csv(result.report, "x"), newline="")))
    if len(rows) == 1 and "\t" in heading + cell:
        reject()  # here too, and that table has no doubtful rows
    assert len(rows) > 1
    check_rows(rows)


def test_rows_of_another_width_are_rejected() -> None:
    writer = SpreadsheetWriter()
    writer.add_row(["a", "b"])
    with pytest.raises(ValueError, match="1 cells"):
        writer.add_row(["c"])
