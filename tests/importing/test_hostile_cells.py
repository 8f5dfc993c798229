"""Hostile texts in every position of every format, and parsers whose time grows in proportion to a cell's length."""

from __future__ import annotations

import io
import json
import multiprocessing
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.errors import GmetuiError
from gmetui.importing.readers.grids import open_grids
from gmetui.importing.report import doubtful_rows_csv
from gmetui.importing.shortlist_import import import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.entries import Shortlist
from importing.long_cells import parse_long_cells
from importing.opendocument_files import plain_spreadsheet
from importing.program_lists import ROWS, as_csv, data_file_text, import_content
from support import is_harmless

#: A title that clears the screen, writes the clipboard, hides a link, and turns the direction of text.
EVIL = "A\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http://e\x1b\\B\u202eC\x9bD\u200b\x07"


def _workbook(rows: list[dict[str, str]], sheet_name: str) -> bytes:
    """Return a workbook with texts that openpyxl refuses to write."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "sheetname"
    for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
        sheet.append([cell.replace(EVIL, "evilcell") for cell in cells])
    output, changed = io.BytesIO(), io.BytesIO()
    workbook.save(output)
    escaped = "".join(f"_x{ord(letter):04X}_" if ord(letter) < 32 else letter for letter in EVIL)
    with zipfile.ZipFile(output) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            text = old.read(part).decode().replace("evilcell", escaped)
            new.writestr(part.filename, text.replace("sheetname", sheet_name))
    return changed.getvalue()


def _eras(rows: list[dict[str, str]]) -> str:
    return "\n".join(f"Alabama\tElm\t{row['name']}\t{row['acgme_id']}\t{row['institution']}" for row in rows)


def _acgme(rows: list[dict[str, str]]) -> str:
    return "\n".join(f"[{row['acgme_id']}] {row['name']} | {row['city']} | {EVIL} | OK | 2026" for row in rows)


def _lines(rows: list[dict[str, str]]) -> list[list[str]]:
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def _visible(rows: list[dict[str, str]]) -> list[list[str]]:
    """Return the cells without the characters that XML forbids."""
    return [["".join(filter(_is_xml, cell)) for cell in cells] for cells in _lines(rows)]


def _is_xml(character: str) -> bool:
    return character >= " "


def _html(rows: list[dict[str, str]]) -> str:
    cells = ("".join(f"<td><a href='https://x.org/{EVIL}'>{cell}</a></td>" for cell in line) for line in _lines(rows))
    return f"<html><h1>{EVIL}</h1><table><tr>{'</tr><tr>'.join(cells)}</tr></table></html>"


def _markdown(rows: list[dict[str, str]]) -> str:
    lines = [f"| {' | '.join(cell.replace(chr(10), '') for cell in cells)} |" for cells in _lines(rows)]
    return "\n".join((f"# {EVIL}", lines[0], "|---" * len(rows[0]) + "|", *lines[1:]))


def _toml(rows: list[dict[str, str]]) -> str:
    tables = ("\n".join(f"{json.dumps(key)} = {json.dumps(cell)}" for key, cell in row.items()) for row in rows)
    return "".join(f"[[program]]\n{table}\n" for table in tables)


_FORMATS: Mapping[str, Callable[[list[dict[str, str]]], str | bytes]] = {
    "CSV": as_csv,
    "TSV": lambda rows: as_csv(rows, "\t"),
    "UTF-16": lambda rows: as_csv(rows).encode("utf-16"),
    "JSON": json.dumps,
    "export": lambda rows: json.dumps(
        {
            "format": 1,
            "edition": {},
            "reader": EVIL,
            "column": [{"name": EVIL, "kind": EVIL, "must": EVIL}, {"name": "n", "weight": 10**400}],
            "programs": [{**row, "own": {EVIL: EVIL}, "remarks": {EVIL: EVIL}, "tags": [EVIL]} for row in rows],
        }
    ),
    "JSON Lines": lambda rows: "\n".join(map(json.dumps, rows)),
    "TOML": _toml,
    "workbook": lambda rows: _workbook(rows, f"s{EVIL[-1:]}\u202e".replace("\x07", "")),
    "ACGME page": _acgme,
    "ERAS page": _eras,
    "web page": _html,
    "Markdown": _markdown,
    "OpenDocument": lambda rows: plain_spreadsheet(_visible(rows), "sheet"),
}


@pytest.mark.parametrize("format_name", _FORMATS)
def test_no_control_character_passes_the_readers(catalog: Catalog, tmp_path: Path, format_name: str) -> None:
    rows = [{**row, "name": EVIL + row["name"], "city": EVIL, f"{EVIL}heading": EVIL, "note": EVIL} for row in ROWS]
    rows[2]["acgme_id"] = rows[3]["specialty"] = rows[4]["state"] = rows[5]["institution"] = EVIL
    path = tmp_path / f"{EVIL.replace('/', '')}list"
    content = _FORMATS[format_name](rows)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_grids(path) as grids:
        for grid in grids:
            texts = [grid.name, *(cell for _, cells in grid.rows for cell in cells)]
            assert all(map(is_harmless, texts))
    program_import = import_content(catalog, path, content)
    report = program_import.report
    assert report.programs > 3
    outputs = (data_file_text(program_import), *report.text_lines(full=True), doubtful_rows_csv(report, "x"))
    assert all(map(is_harmless, outputs))
    assert is_harmless(json.dumps(report.as_json(), ensure_ascii=False))
    result = import_shortlist(catalog, Shortlist("x", ()), read_shortlist_table(path))
    problems = json.dumps([problem.as_json() for problem in result.problems], ensure_ascii=False)
    assert is_harmless(problems + repr(result.new_columns) + repr(result.added))
    with pytest.raises(GmetuiError) as error:
        import_content(catalog, path, content, sheet_name=EVIL)
    assert is_harmless(str(error.value))


def test_time_grows_in_proportion_to_a_cell() -> None:
    """A pattern that backtracks takes minutes for one of these cells; each of them takes milliseconds."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=parse_long_cells, args=(sender, 100_000))
    process.start()
    sender.close()
    last = "the start"
    try:
        while last != "done":
            assert receiver.poll(20), f"hangs at {last}"
            last = receiver.recv()
    finally:
        process.kill()
        process.join()
