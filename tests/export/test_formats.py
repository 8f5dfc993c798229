from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable

import pytest

from gmetui.catalog.models import Catalog
from gmetui.export.formats import BINARY, EXTENSIONS, FORMATS, export, guarded
from gmetui.export.table import COLUMNS, Sheet, results_sheet, shortlist_sheet
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE, is_harmless


@pytest.fixture
def sheet(small: Catalog) -> Sheet:
    shortlist = Shortlist()
    for program in small.programs:
        shortlist = shortlist.added(entry_of(small, program))
    shortlist = shortlist.noted("elm-psychiatry", "=1+1\n| second <b>line</b>").with_status("elm-psychiatry", "applied")
    return shortlist_sheet(small, shortlist.added(Entry("gone", "Old | Program", "Closed Hospital")))


TEXT_FORMATS = [form for form in FORMATS if form not in BINARY]


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_golden(form: str, sheet: Sheet, golden: Callable[[str, bytes], None]) -> None:
    golden(f"shortlist.{EXTENSIONS[form]}", export(sheet, form))


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_nothing_acts_on_a_terminal(form: str, sheet: Sheet) -> None:
    content = export(sheet, form).decode("utf-8-sig")
    assert is_harmless(content.replace("\t", " ") if form == "tsv" else content)  # tabs stand between its cells


def test_csv_cells_cannot_run(sheet: Sheet) -> None:
    rows = list(csv.reader(io.StringIO(export(sheet, "csv").decode("utf-8-sig"), newline="")))
    assert len(rows) == 6
    assert rows[0] == [column.heading for column in COLUMNS]
    for row in rows[1:]:
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "\t=", "\n="])
def test_formulas_are_guarded(start: str) -> None:
    assert guarded(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["3", "Río", "Cardiology", "J-1 only", ""])
def test_other_cells_are_left_alone(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_hostile_notes(form: str, text: str, small: Catalog) -> None:
    shortlist = Shortlist().added(Entry("elm-psychiatry", text, text, text, text))
    content = export(shortlist_sheet(small, shortlist), form).decode("utf-8-sig")
    assert is_harmless(content.replace("\t", " ") if form == "tsv" else content)
    if form == "json":
        json.loads(content)
    if form == "toml":
        tomllib.loads(content)


def test_json_has_a_source_for_each_fact(sheet: Sheet) -> None:
    programs = json.loads(export(sheet, "json"))["programs"]
    fact = programs[2]
    assert fact["id"] == "harbor-surgery"
    heart = next(program for program in programs if program["id"] == "harbor-cardiology")
    assert heart["visa"]["source"]["url"] == "https://example.org/other"
    assert heart["length_years"] == {
        "value": 3,
        "source": {
            "id": "page",
            "url": "https://example.org/page",
            "title": None,
            "as_of": "2024",
            "publisher": "institution",
        },
    }
    assert heart["positions_per_year"] is None
    assert "positions_per_year" in heart["not_stated"]
    assert heart["mission"] is None
    for program in programs[:4]:
        for key, value in program.items():
            if isinstance(value, dict) and "value" in value:
                assert value["source"] or value.get("basis"), key


def test_results_have_no_columns_of_ones_own(small: Catalog) -> None:
    sheet = results_sheet(small, small.programs, "cards")
    head = export(sheet, "csv").decode("utf-8-sig").splitlines()[0]
    assert '"Note"' not in head
    assert '"Status"' not in head
    assert export(sheet, "text").decode().startswith("Programs: cards\n")


def test_what_only_a_third_party_says_is_named_in_the_sheet(catalog: Catalog) -> None:
    program = catalog.program["mgh-gastroenterology-fellowship"]
    sheet = results_sheet(catalog, [program], "gi")
    row = next(csv.DictReader(io.StringIO(export(sheet, "csv").decode("utf-8-sig"))))
    assert row["By third parties"] == "positions, dates, requirements"
    plain = results_sheet(catalog, [catalog.program["bmc-emergency-medicine-residency"]], "em")
    row = next(csv.DictReader(io.StringIO(export(plain, "csv").decode("utf-8-sig"))))
    assert row["By third parties"] == ""
