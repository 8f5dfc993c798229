"""The report, the data file, newer versions of a list, and corrected rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import check_files, read_catalog
from gmetui.errors import UnreadableListError
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.program_list import default_import_name
from gmetui.importing.report import doubtful_rows_csv
from importing.program_lists import IDS, ROWS, as_csv, data_file_text, import_content, messages, save, with_cells
from support import FIXTURE_DATA


def test_facts_cite_the_list_and_its_date(catalog: Catalog, tmp_path: Path) -> None:
    metadata = ListMetadata("acgme", "Accredited programs", "x.csv", "https://www.acgme.org/list", "2026-11")
    program_import = import_content(catalog, tmp_path / "list", as_csv(ROWS), metadata=metadata)
    merged_catalog = read_catalog([FIXTURE_DATA, save(program_import, tmp_path / "programs.toml")], bundled=False)
    source = merged_catalog.source["import-acgme"]
    assert (source.title, source.url, source.as_of) == (metadata.title, metadata.url, "2026-11")
    assert source.publisher == "official"
    assert len(merged_catalog.programs) == len(catalog.programs) + len(ROWS)
    for program_id in IDS:
        assert merged_catalog.program[program_id].provenance.source == ("import-acgme",)
    undated = import_content(catalog, tmp_path / "list", as_csv(ROWS))
    assert "as_of" not in data_file_text(undated).partition("[[institution]]")[0]


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://apps.acgme.org/x", "official"),
        ("https://acgme.org.example.com/", "third-party"),
        ("https://notacgme.org/", "third-party"),
        ("", "third-party"),
    ],
)
def test_only_official_bodies_publish_official_lists(url: str, publisher: str) -> None:
    assert ListMetadata("x", "X", "x.csv", url).publisher == publisher


def test_data_files_pass_the_check(catalog: Catalog, tmp_path: Path) -> None:
    path = save(import_content(catalog, tmp_path / "list", as_csv(ROWS)), tmp_path / "programs.toml")
    problems = [problem for problem in check_files([path]) if problem.file == str(path)]
    assert {problem.key.rpartition(".")[2] for problem in problems} <= {"id"}, "ids come from the list"


def test_newer_versions_report_what_changed(catalog: Catalog, tmp_path: Path) -> None:
    previous = save(import_content(catalog, tmp_path / "a", as_csv(ROWS[:9])), tmp_path / "previous.toml")
    rows = [dict(ROWS[1], city="Rome"), *ROWS[2:]]
    report = import_content(catalog, tmp_path / "b", as_csv(rows), previous_file=previous).report
    assert report.refreshed
    assert report.added == ["Transitional year, Prairie College"]
    assert report.removed == ["Anesthesiology, Harbor University"]
    assert report.changed == ["Dermatology, St Elm's Hospital: city"]
    assert "compared with the previous version: 1 new, 1 removed, 1 changed" in report.text_lines()


def test_an_unreadable_previous_version_is_replaced(catalog: Catalog, tmp_path: Path) -> None:
    previous = tmp_path / "previous.toml"
    previous.write_text("[import", encoding="utf-8")
    report = import_content(catalog, tmp_path / "list", as_csv(ROWS), previous_file=previous).report
    assert not report.refreshed


def test_doubtful_rows_are_corrected_and_imported_again(catalog: Catalog, tmp_path: Path) -> None:
    faulty = [dict(ROWS[0], specialty="Surgery"), dict(ROWS[1], acgme_id="", specialty="", name="", institution="=1+1")]
    first = import_content(catalog, tmp_path / "a", as_csv([*faulty, *ROWS[2:]]))
    previous = save(first, tmp_path / "previous.toml")
    rows = list(csv.DictReader(io.StringIO(doubtful_rows_csv(first.report, "made-up"))))
    assert [row["gmetui row"] for row in rows] == ["2", "3"]
    assert rows[0]["gmetui says"] == "its ACGME id is for Anesthesiology, but the row says Surgery"
    assert rows[1]["institution"] == "'=1+1", "spreadsheet programs must not run it"
    rows[0]["acgme_id"] = "4400599911"
    rows[1].update(ROWS[1])
    metadata = ListMetadata("doubts", "x", "b")
    second = import_content(catalog, tmp_path / "b", as_csv(rows), previous_file=previous, metadata=metadata)
    assert second.corrected_import == "made-up"
    assert {table["id"] for table in second.tables["program"]} == {*IDS[1:], "acgme-4400599911"}
    assert second.tables["import"][0]["title"] == "A made-up list"
    with pytest.raises(UnreadableListError, match="no imported list 'made-up' to correct"):
        import_content(catalog, tmp_path / "b", as_csv(rows), metadata=metadata)


def test_reports_count_every_row(catalog: Catalog, tmp_path: Path) -> None:
    rows = [*ROWS, dict(ROWS[0]), dict.fromkeys(ROWS[0], ""), dict(ROWS[0], acgme_id="12345", name="Y", specialty="")]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    report = json.loads(json.dumps(program_import.report.as_json()))
    assert report["rows"] == 12, "empty rows don't count"
    assert report["programs"] == 10
    assert report["several_rows"] == report["left_out"] == 1
    assert [finding["row"] for finding in report["findings"] if finding["kind"] == "left out"] == [14]
    assert set(report["findings"][0]) == {"row", "sheet", "kind", "what", "why", "program"}
    assert "“12345” is not an ACGME id (ten digits)" in messages(program_import)


def test_text_reports_are_short_unless_full(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(row, specialty=f"Unknown {number}", acgme_id="") for number, row in enumerate(ROWS * 3)]
    report = import_content(catalog, tmp_path / "list", as_csv(rows)).report
    assert f"in doubt: {len(rows)}" in report.text_lines()
    assert "  … and 10 more" in report.text_lines()
    assert "  … and 10 more" not in report.text_lines(full=True)
    assert "  institution → Institution" in report.text_lines()
    assert "  institution → Institution" not in report.text_lines(with_columns=False)


def test_spellings_and_corrections_are_reported(catalog: Catalog, tmp_path: Path) -> None:
    rows = with_cells(acgme_id=lambda row: row["acgme_id"].lstrip("0"))
    rows[5]["institution"] = "Saint Elms Hospital"
    lines = import_content(catalog, tmp_path / "list", as_csv(rows)).report.text_lines()
    assert "10 rows read, 10 programs" in lines
    assert "1 institution spelled in several ways, each treated as one" in lines
    assert "corrected: ids without their leading zero (2)" in lines


def test_default_names_come_from_the_file_name() -> None:
    assert default_import_name(Path("US Residencies (2021).csv")) == "us-residencies-2021"
    assert default_import_name(Path("日本.csv")) == "list"
