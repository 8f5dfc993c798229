"""Files as people have them: unclosed quotations, copied pages, scripts of data, and tables in texts and pages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.importing.program_list import ProgramImport
from gmetui.importing.readers.grids import open_grids
from gmetui.importing.readers.sheet_notes import NO_FORMULA_VALUE
from importing.opendocument_files import cell, plain_spreadsheet, row, spreadsheet
from importing.program_lists import ROWS, as_csv, as_json, import_content, messages, program_table, summaries
from importing.test_program_faults import read_fault

_LINES = [list(ROWS[0]), *(list(program.values()) for program in ROWS)]


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    rows = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join(("# Programs", "", rows[0], "|---" * len(lines[0]) + "|", *rows[1:], "", "The end."))


def _html(lines: Sequence[Sequence[str]]) -> str:
    rows = "".join(f"<tr><td>{'</td><td>'.join(cells)}</td></tr>\n" for cells in lines)
    menu = "<table><tr><td><a href='/'>Home</a></td></tr></table>"
    return f"<!DOCTYPE html>\n<html><script>var x = '<table>';</script>{menu}<h2>All</h2><table>{rows}</table></html>"


def _quoted(lines: Sequence[Sequence[str]]) -> str:
    numbers = ["", *(f'"{number}" ' for number in range(1, len(lines)))]
    return "\n".join(
        number + " ".join(f'"{text}"' for text in cells) for number, cells in zip(numbers, lines, strict=True)
    )


def _fixed_width(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, cells, widths)) for cells in lines)


def _columns(values: Callable[[str], object]) -> str:
    return as_json({key: values(key) for key in ROWS[0]})


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "Markdown": lambda: _markdown(_LINES),
    "Markdown without outer bars": lambda: _markdown(_LINES).replace("\n| ", "\n").replace(" |\n", "\n"),
    "web page": lambda: _html(_LINES),
    "output of R": lambda: _quoted(_LINES),
    "columns of one width": lambda: _fixed_width(_LINES),
    "OpenDocument": lambda: plain_spreadsheet(_LINES),
    "script of data": lambda: f"// generated\nexport default {as_json(list(ROWS))};\n",
    "pandas, split": lambda: as_json({"columns": _LINES[0], "index": list(range(10)), "data": _LINES[1:]}),
    "pandas, index": lambda: as_json({str(number): program for number, program in enumerate(ROWS)}),
    "pandas, columns": lambda: _columns(lambda key: {str(number): program[key] for number, program in enumerate(ROWS)}),
    "pandas, values": lambda: as_json(_LINES[1:]),
    "pandas, table": lambda: as_json(
        {
            "schema": {"fields": [{"name": key, "type": "string"} for key in ("index", *ROWS[0])] * 2},
            "data": [{"index": number, **program} for number, program in enumerate(ROWS)],
        }
    ),
    "JSON Lines of lists": lambda: "\n".join(map(json.dumps, _LINES)),
}


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_gives_the_same_programs(catalog: Catalog, tmp_path: Path, format_name: str) -> None:
    expected = summaries(import_content(catalog, tmp_path / "list", as_csv(ROWS)))
    program_import = import_content(catalog, tmp_path / "list", FORMATS[format_name]())
    assert summaries(program_import) == expected
    assert not messages(program_import, "doubt")
    assert not messages(program_import, "left out")


def test_an_unclosed_quotation_costs_its_own_row_only(catalog: Catalog) -> None:
    program_import = read_fault(catalog, "09")
    assert program_import.report.programs == 4
    assert messages(program_import, "doubt") == ["its quotation mark is not closed"]
    assert summaries(program_import)["acgme-1202431902"] == ("family-medicine", "Lakeside Hospital", "MA")


@pytest.mark.parametrize(
    ("text", "rows", "doubtful"),
    [
        ('a,b,c\n1,"two\nlines",3\n4,5,6\n', 3, []),
        ('a,b,c\n1,"open,3\n4,"5",6\n', 3, [2]),
        ('a,b,c\n1,2,3\n4,"open,6\n7,8,9\n', 4, [3]),
        ('a,b,c\n1,"x, y","open\n4,5,6\n', 3, [2]),
        ('a,b,c\n1,5" pipe,3\n', 2, []),
    ],
)
def test_quotations_are_told_from_open_ones(tmp_path: Path, text: str, rows: int, doubtful: list[int]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with open_grids(path) as grids:
        grid = next(grids)
        numbered_rows = list(grid.rows)
    assert (len(numbered_rows), list(grid.notes.doubts)) == (rows, doubtful)
    assert all(len(cells) == 3 for _number, cells in numbered_rows)


def test_a_copied_directory_is_read(catalog: Catalog) -> None:
    program_import = read_fault(catalog, "07")
    assert summaries(program_import) == {
        "acgme-1401299926": ("internal-medicine", "Alpha Medical Partnership", "GA"),
        "acgme-1202599901": ("family-medicine", "Beta Health", "MI"),
    }
    assert program_table(program_import, "acgme-1202599901")["nrmp_codes"] == ["2345120C0"]


@pytest.mark.parametrize("name", ["27", "28"])
def test_scripts_of_data_and_output_of_r_are_read(catalog: Catalog, name: str) -> None:
    program_import = read_fault(catalog, name)
    assert sorted(summaries(program_import)) == ["acgme-1104831903", "acgme-1202431902", "acgme-1402431901"]
    assert program_table(program_import, "acgme-1104831903")["positions_per_year"] == 10


def test_tables_of_a_page_are_sheets_named_after_their_headings(catalog: Catalog, tmp_path: Path) -> None:
    tables = "".join(
        f"<h3>{specialty}</h3><table><tr><th>State</th><th>Hospital</th></tr>"
        f"<tr><td rowspan=2>AL</td><td><a href='https://elm.example.org'>Elm {specialty} Hospital</a></td></tr>"
        f"<tr><td>Fir Hospital</td></tr></table>"
        for specialty in ("Neurology", "Psychiatry")
    )
    program_import = import_content(catalog, tmp_path / "list", f"<html><body>{tables}</body></html>")
    listed = sorted(summaries(program_import).values())
    assert [(program.specialty, program.state) for program in listed] == [
        *[("neurology", "AL")] * 2,
        *[("psychiatry", "AL")] * 2,
    ]
    urls = [table.get("url") for table in program_import.tables["program"]]
    assert urls.count("https://elm.example.org") == 2


# Workbooks.


def test_merged_cells_fill_down(catalog: Catalog) -> None:
    institutions = {program.institution for program in summaries(read_fault(catalog, "06")).values()}
    assert institutions == {"Northfield Medical Center", "Rio Vista Medical Center"}


def test_formulas_without_values_are_doubts(catalog: Catalog) -> None:
    program_import = read_fault(catalog, "14")
    assert program_import.report.programs == 4
    assert messages(program_import, "doubt") == [NO_FORMULA_VALUE] * 4


def test_hidden_sheets_are_ignored_with_a_word(catalog: Catalog) -> None:
    program_import = read_fault(catalog, "16")
    assert program_import.report.programs == 4
    assert "sheet 2019 old: skipped: it is hidden" in program_import.report.text_lines()


def _workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for cells in _LINES:
        sheet.append(cells)
    change(workbook)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _import_workbook(catalog: Catalog, path: Path, change: Callable[[openpyxl.Workbook], None]) -> ProgramImport:
    return import_content(catalog, path, _workbook(change))


def test_hidden_rows_are_ignored_and_links_are_read(catalog: Catalog, tmp_path: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.row_dimensions[3].hidden = True
        sheet["B2"].hyperlink = "https://example.org/program"
        sheet["A4"] = '=HYPERLINK("https://example.org/other", "x")'
        workbook.create_chartsheet("Chart")

    program_import = _import_workbook(catalog, tmp_path / "list", change)
    assert program_import.report.programs == len(ROWS) - 1
    assert messages(program_import, "note") == [
        "ignored 1 hidden row; show them in the spreadsheet program to import them"
    ]
    urls = [table.get("url") for table in program_import.tables["program"]]
    assert "https://example.org/program" in urls
    assert "https://example.org/other" in urls


def test_parts_of_a_workbook_may_have_unusual_names(catalog: Catalog, tmp_path: Path) -> None:
    output = io.BytesIO()
    names = {"xl/workbook.xml": "Book\\Main.xml", "xl/_rels/workbook.xml.rels": "Book\\_rels\\Main.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(_workbook(lambda workbook: None))) as old, zipfile.ZipFile(output, "w") as new:
        for part in old.infolist():
            content = old.read(part).replace(b"xl/workbook.xml", b"book/main.xml")
            new.writestr(names.get(part.filename, part.filename.upper()), content)
    assert import_content(catalog, tmp_path / "list", output.getvalue()).report.programs == len(ROWS)


def test_a_sheet_may_be_named_after_its_state(catalog: Catalog, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name, hospital in (("Massachusetts", "Elm Hospital"), ("NH", "Fir Hospital")):
        sheet = workbook.create_sheet(name)
        sheet.append(["Hospital", "Specialty"])
        sheet.append([hospital, "Neurology"])
    workbook.save(tmp_path / "list")
    program_import = import_content(catalog, tmp_path / "list", (tmp_path / "list").read_bytes())
    assert sorted(program[1:] for program in summaries(program_import).values()) == [
        ("Elm Hospital", "MA"),
        ("Fir Hospital", "NH"),
    ]


def test_opendocument_cells_are_read_as_they_show(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    rows = [
        row([cell("text"), cell("12", 'office:value-type="float" office:value="12"')]),
        row([cell("Jan 15", 'office:value-type="date" office:date-value="2027-01-15"')]),
        row([cell("old")], 'table:visibility="collapse"'),
        row([cell("a", 'table:number-rows-spanned="2"'), cell("x", 'table:number-columns-repeated="2"')]),
        row([cell(""), cell("", 'table:formula="of:=1" office:value-type="float"'), cell("y")]),
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>',
    ]
    path.write_bytes(spreadsheet({"First": rows, "Old": [row([cell("x")])]}, hidden=["Old"]))
    with open_grids(path) as grids:
        first, old = [(grid, list(grid.rows)) for grid in grids]
    assert first[1] == [(1, ["text", "12"]), (2, ["2027-01-15"]), (4, ["a", "x", "x"]), (5, ["a", "", "y"])]
    assert first[0].notes.doubts == {5: NO_FORMULA_VALUE}
    assert first[0].notes.messages == ["ignored 1 hidden row; show them in the spreadsheet program to import them"]
    assert old[0].notes.rejection == "it is hidden"
