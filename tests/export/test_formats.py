"""The text formats, and what every format has in common."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.export.csv import escape_formula
from gmetui.export.formats import FORMATS, export_table, format_of_path
from gmetui.export.table import (
    COLUMNS,
    ExportTable,
    results_table,
    shortlist_table,
    with_notes_only_on,
    without_personal_data,
)
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE_TEXTS, is_harmless

MEDICINE = "larkspur-internal-medicine-residency"
CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
CYTOPATHOLOGY = "quillmont-cytopathology-fellowship"
TEXT_FORMATS = [name for name, export_format in FORMATS.items() if not export_format.is_binary]


@pytest.fixture(scope="module")
def table(catalog: Catalog) -> ExportTable:
    """A shortlist of three programs and one that is no longer in the data, with everything a user can write."""
    shortlist = Shortlist()
    for program_id in (MEDICINE, CARDIOLOGY, CYTOPATHOLOGY):
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[program_id]))
    shortlist = (
        shortlist.with_entry(Entry("gone", "Old | Program", "Closed Hospital"))
        .with_column(custom_column("Commute", "1-5", 2, ">= 2"))
        .with_column(custom_column("Rank", "text"))
        .with_value(MEDICINE, "Commute", 4)
        .with_value(CARDIOLOGY, "Commute", 1)
        .with_value(CARDIOLOGY, "Rank", "second")
        .with_note(MEDICINE, "=1+1\n| second <b>line</b>")
        .with_comment(MEDICINE, "Dr. Gray", "good teachers")
        .with_status(MEDICINE, "applied")
        .with_rating(MEDICINE, 4)
        .with_tags(MEDICINE, ["sea", "islands"])
        .with_date(MEDICINE, "interview", "2027-01-12")
        .with_score(CYTOPATHOLOGY, 50)
    )
    return shortlist_table(catalog, shortlist)


@pytest.fixture(scope="module")
def hostile_table(hostile_catalog: Catalog) -> ExportTable:
    """A shortlist of programs and entries whose texts attack what shows them."""
    shortlist = Shortlist()
    for program in hostile_catalog.programs:
        shortlist = shortlist.with_entry(entry_of(hostile_catalog, program))
    return shortlist_table(hostile_catalog, shortlist)


def exported_text(table: ExportTable, format_name: str) -> str:
    return export_table(table, format_name).decode("utf-8-sig")


def csv_rows(table: ExportTable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported_text(table, "csv"), newline="")))


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_golden(name: str, table: ExportTable, golden: Callable[[str, bytes], None]) -> None:
    golden(f"shortlist.{FORMATS[name].extension}", export_table(table, name))


def test_formats_are_complete_and_unambiguous() -> None:
    assert list(FORMATS) == [export_format.name for export_format in FORMATS.values()]
    for attribute in ("label", "extension", "media_type"):
        values = [getattr(export_format, attribute) for export_format in FORMATS.values()]
        assert len(set(values)) == len(values)
        assert all(values)


def test_the_format_of_a_file_name() -> None:
    for export_format in FORMATS.values():
        assert format_of_path(Path(f"list.{export_format.extension.upper()}")) is export_format
    assert format_of_path(Path("list.docx")) is None
    assert format_of_path(Path("list")) is None


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_hostile_programs_are_harmless(name: str, hostile_table: ExportTable) -> None:
    content = exported_text(hostile_table, name)
    assert is_harmless(content.replace("\t", " ") if name == "tsv" else content)  # TSV separates its cells with tabs


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_hostile_notes_are_harmless(name: str, text: str, hostile_catalog: Catalog) -> None:
    shortlist = Shortlist().with_entry(Entry("elm-psychiatry", text, text, text, text))
    content = exported_text(shortlist_table(hostile_catalog, shortlist), name)
    assert is_harmless(content.replace("\t", " ") if name == "tsv" else content)
    if name == "json":
        json.loads(content)
    if name == "toml":
        tomllib.loads(content)


def test_csv_cells_are_no_formulas(hostile_table: ExportTable) -> None:
    rows = list(csv.reader(io.StringIO(exported_text(hostile_table, "csv"), newline="")))
    assert rows[0][: len(COLUMNS)] == [column.heading for column in COLUMNS]
    for row in rows[1:]:
        assert not [cell for cell in row if cell and cell[0] in "=+-@\t\r"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "\t=", "\n="])
def test_formulas_are_escaped(start: str) -> None:
    assert escape_formula(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["3", "Río", "Cardiology", "J-1 only", ""])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert escape_formula(text) == text


def test_json_has_a_source_for_each_fact(table: ExportTable) -> None:
    programs = json.loads(export_table(table, "json"))["programs"]
    cardiology = programs[1]
    assert cardiology["rank"] == 2
    assert cardiology["length_years"] == 3
    assert cardiology["sources"]["length_years"] == [
        {
            "id": "larkspur-cardiology",
            "url": "https://larkspur.example.edu/cardiology/fellowship",
            "title": "Larkspur: cardiovascular disease fellowship",
            "as_of": None,
            "publisher": "institution",
        }
    ]
    assert cardiology["sources"]["acgme_id"][0]["publisher"] == "third-party"
    assert cardiology["mission"] is None
    assert {"mission", "benefits"} <= set(cardiology["not_stated"])
    personal_keys = ("rank", "note", "status", "signal", "rating", "tags", "dates", "own", "remarks")
    assert programs[3] == {
        **{key: programs[3][key] for key in personal_keys},
        "score": None,
        "score_by_hand": False,
        "lacks": [],
        "id": "gone",
        "name": "Old | Program",
        "institution": {"id": None, "name": "Closed Hospital"},
        "in_data": False,
    }
    for key, value in cardiology.items():
        if isinstance(value, dict) and "value" in value:
            assert value["source"], key


def test_toml_has_the_facts_by_stable_keys(table: ExportTable) -> None:
    document = tomllib.loads(exported_text(table, "toml"))
    assert document["column"][0] == {"name": "Commute", "kind": "1-5", "weight": 2, "must": ">= 2"}
    medicine, _, cytopathology, _ = document["program"]
    assert medicine["own"] == {"Commute": 4}
    assert cytopathology["score"] == 50
    assert list(medicine["facts"]) == [
        *("kind", "specialty", "city", "state", "length_in_years", "positions_a_year", "accreditation"),
        *("apply_through", "match", "dates", "requirements", "visa", "page"),
        *("source", "source_speaks_of", "by_third_parties"),
    ]


def test_search_results_have_no_personal_columns(catalog: Catalog) -> None:
    table = results_table(catalog, catalog.programs, "cards")
    headings = csv_rows(table)[0].keys()
    assert not {"Note", "Status", "Score"} & set(headings)
    assert exported_text(table, "text").startswith("Programs: cards\n")
    assert exported_text(results_table(catalog, (), ""), "text").startswith("All programs\n0 programs;")


def test_custom_columns_follow_the_note(table: ExportTable) -> None:
    headings = list(csv_rows(table)[0])
    start = headings.index("Note") + 1
    assert headings[start : start + 6] == [
        *("Score", "My score", "Unmet requirements"),
        *("Commute", "Rank (mine)", "Reviewer comments"),
    ]
    medicine, cardiology, cytopathology, _ = csv_rows(table)
    assert (medicine["Score"], medicine["Reviewer comments"]) == ("75", "Dr. Gray: good teachers")
    assert cardiology["Unmet requirements"] == "Commute"
    assert cytopathology["My score"] == "50"


def test_facts_of_third_parties_are_named(catalog: Catalog) -> None:
    ids = ("marrowby-child-abuse-pediatrics-fellowship", MEDICINE, "quillmont-neurology-residency")
    table = results_table(catalog, [catalog.program[program_id] for program_id in ids], "")
    assert [row["Third-party facts"] for row in csv_rows(table)] == [
        "length, positions, accreditation",
        "dates, requirements, visa",
        "",
    ]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_personal_data_can_be_omitted(name: str, table: ExportTable) -> None:
    assert "second" in exported_text(table, name) or name == "ics"
    assert "second" not in exported_text(without_personal_data(table), name)
    shared = exported_text(with_notes_only_on(table, [CARDIOLOGY]), name)
    assert "good teachers" not in shared
    assert "1+1" not in shared
