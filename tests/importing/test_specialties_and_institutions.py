"""Which specialties and institutions the words of a list mean, and which programs gmetui has already."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import read_catalog
from importing.program_lists import (
    IDS,
    ROWS,
    as_csv,
    import_content,
    listed_program,
    messages,
    program_table,
    save,
    summaries,
)
from support import FIXTURE_DATA


@pytest.mark.parametrize(
    ("text", "specialty", "doubt"),
    [
        ("IM", "internal-medicine", ""),
        ("Ob/Gyn", "obstetrics-and-gynecology", ""),
        ("Intrnal Medicine", "internal-medicine", ""),
        ("Cardiology Fellowship", "cardiovascular-disease", ""),
        ("Pediatrics-Cardiology", "pediatric-cardiology", ""),
        ("Sports Medicine", "list-sports-medicine", "may be"),
        ("Vascular surgery", "list-vascular-surgery", "may be"),
        ("Aerospace Surgery", "list-aerospace-surgery", "unknown specialty"),
        ("Rhematology", "list-rhematology", "unknown specialty"),  # rheumatology or hematology
        ("Precardiovascular disease", "list-precardiovascular-disease", "unknown specialty"),
        ("Pediatric Internal Medicine", "list-pediatric-internal-medicine", "unknown specialty"),
    ],
)
def test_specialties_are_matched_or_reported(
    bundled_catalog: Catalog, tmp_path: Path, text: str, specialty: str, doubt: str
) -> None:
    rows = [dict(ROWS[0], acgme_id="", specialty=text), *ROWS[1:]]
    program_import = import_content(bundled_catalog, tmp_path / "list", as_csv(rows))
    assert listed_program(program_import)["specialty"] == specialty
    assert any(doubt in message for message in messages(program_import, "doubt")) is bool(doubt)
    assert (text in program_import.report.unmatched_specialties) is bool(doubt)


def test_every_listed_specialty_is_matched_by_name_and_by_id(bundled_catalog: Catalog, tmp_path: Path) -> None:
    """A list with a row for each specialty of the reference, as public directories have them."""
    specialties = [specialty for specialty in bundled_catalog.specialties if specialty.listed and specialty.code]
    assert specialties
    rows = [
        {
            "acgme_id": f"{specialty.code}2499{number:03}",
            "specialty": specialty.name,
            "specialty_code": str(specialty.code).lstrip("0"),
            "institution": f"Hospital {number}",
            "city": "Boston",
            "state": "MA",
        }
        for number, specialty in enumerate(specialties)
    ]
    program_import = import_content(bundled_catalog, tmp_path / "list", as_csv(rows))
    by_code = {specialty.code: specialty.id for specialty in reversed(specialties)}
    assert {key: program.specialty for key, program in summaries(program_import).items()} == {
        f"acgme-{row['acgme_id']}": by_code[row["acgme_id"][:3]] for row in rows
    }
    assert not program_import.report.unmatched_specialties
    assert {program.state for program in summaries(program_import).values()} == {"MA"}


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ((("St. Mary's Hosp", "A", "OH"), ("Saint Mary’s Hospital", "A", "OH"), ("ST MARYS HOSPITAL", "", "OH")), 1),
        ((("St Mary's Hospital", "A", "OH"), ("St Mary's Hospital", "B", "UT")), 2),
        ((("St Mary's Hospital", "A", "OH"), ("St Mary's Hospital", "", "")), 1),
        ((("University of X (Salem)", "Salem", "OR"), ("University of X (Bend)", "Bend", "OR")), 2),
        ((("University of X (Bend)", "Bend", "OR"), *[("University of X", "Bend", "OR")] * 2), 1),
        ((("University of X (Salem)", "Salem", "OR"), *[("University of X", "Bend", "OR")] * 2), 2),
        ((("North Hospital", "A", "OH"), ("South Hospital", "A", "OH")), 2),
        ((("Xylo Medical Sciences (XMS) College", "A", "OH"), ("Xylo Medical Sciences College", "A", "OH")), 1),
        ((("Mercy Health-OH", "A", "OH"), ("Mercy Health", "A", "OH")), 1),
        ((("Larkspur University Hospital", "Port Ellery", "MA"), ("Larkspur", "Port Ellery", "MA")), 1),
    ],
)
def test_spellings_of_one_institution(
    catalog: Catalog, tmp_path: Path, rows: tuple[tuple[str, str, str], ...], count: int
) -> None:
    cells = [
        # An id would fill in the state of a row that has none.
        dict(ROWS[index], acgme_id="", institution=institution, city=city, state=state)
        for index, (institution, city, state) in enumerate(rows)
    ]
    assert import_content(catalog, tmp_path / "list", as_csv(cells)).report.institutions == count


@pytest.mark.parametrize(
    ("name", "institution"),
    [
        ("Elm Medical Center Internal Medicine Residency", "Elm Medical Center"),
        ("Elm Medical Center - Internal Medicine Program", "Elm Medical Center"),
        ("Internal Medicine Residency at Elm Medical Center", "Elm Medical Center"),
        ("Elm/Fir (Salem) Program", "Elm/Fir (Salem)"),
        ("Elm Medical Center Program New Program!", "Elm Medical Center"),
        ("ELM MEDICAL CENTER PROGRAM", "Elm Medical Center"),
        ("Alaska Family Medicine Residency", "Alaska Family Medicine"),
    ],
)
def test_institutions_are_found_in_program_names(catalog: Catalog, tmp_path: Path, name: str, institution: str) -> None:
    rows = [{key: cell for key, cell in dict(row, name=name).items() if key != "institution"} for row in ROWS]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert {program.institution for program in summaries(program_import).values()} == {institution}


def _rows_like(catalog: Catalog, *program_ids: str, **cells: str) -> list[dict[str, str]]:
    """Return rows with the ids, specialties and institutions of programs of the catalog."""
    programs = [catalog.program[program_id] for program_id in program_ids]
    return [
        {
            "acgme_id": program.acgme_id or "",
            "name": program.name,
            "institution": catalog.institution[program.institution].name,
            "specialty": catalog.specialty[program.specialty].name,
            "city": "Boston",
            "state": catalog.institution[program.institution].state or "",
            **cells,
        }
        for program in programs
    ]


def test_programs_are_merged_by_id(catalog: Catalog, tmp_path: Path) -> None:
    rows = _rows_like(catalog, "larkspur-surgery-residency", specialty="", institution="Elsewhere")
    program_import = import_content(catalog, tmp_path / "list", as_csv([*rows, *ROWS[1:]]))
    assert program_import.report.merged == ["larkspur-surgery-residency"]


def test_programs_with_different_ids_are_never_merged(catalog: Catalog, tmp_path: Path) -> None:
    rows = _rows_like(catalog, "larkspur-surgery-residency", acgme_id="4402499999")
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert not program_import.report.merged
    path = save(program_import, tmp_path / "programs.toml")
    catalog = read_catalog([FIXTURE_DATA, path], bundled=False)
    assert catalog.program["larkspur-surgery-residency"].acgme_id == "4402499006"
    assert catalog.program["acgme-4402499999"].institution == "larkspur"


def test_institutions_of_the_catalog_are_recognized_by_two_programs(catalog: Catalog, tmp_path: Path) -> None:
    names = ("larkspur-surgery-residency", "larkspur-anesthesiology-residency")
    rows = _rows_like(catalog, *names, institution="Lark Health")
    unknown = dict(rows[0], acgme_id="4002499998", specialty="Psychiatry", name="Psychiatry")
    program_import = import_content(catalog, tmp_path / "list", as_csv([*rows, unknown]))
    assert program_table(program_import, "acgme-4002499998")["institution"] == "larkspur"
    program_import = import_content(catalog, tmp_path / "list", as_csv([rows[0], unknown]))
    assert program_table(program_import, "acgme-4002499998")["institution"] == "lark-health-ma"


def test_the_report_agrees_with_the_merge_at_load(catalog: Catalog, tmp_path: Path) -> None:
    """Every program of the catalog comes back: by id, by name, or as the only one of its specialty."""
    rows = _rows_like(catalog, *catalog.program)
    without_id = next(row for row in rows if not row["acgme_id"])
    without_id["acgme_id"] = "4002499997"  # the catalog has this program without an id
    program_import = import_content(catalog, tmp_path / "list", as_csv([*rows, *ROWS]))
    merged_catalog = read_catalog([FIXTURE_DATA, save(program_import, tmp_path / "programs.toml")], bundled=False)
    merged = {
        program_id
        for program_id in catalog.program
        if "import-made-up" in merged_catalog.program[program_id].provenance.listed_in
    }
    assert set(program_import.report.merged) == merged
    assert len(merged_catalog.programs) == len(catalog.programs) + program_import.report.programs - len(merged)
    assert len(merged) > len(rows) / 2
    assert set(IDS) <= set(merged_catalog.program)


def test_data_files_and_search_results_of_gmetui_are_recognized(catalog: Catalog, tmp_path: Path) -> None:
    content = (FIXTURE_DATA / "institutions" / "larkspur.toml").read_bytes()
    program_import = import_content(catalog, tmp_path / "list", content)
    listed = {program.id for program in catalog.programs if program.institution == "larkspur"}
    assert set(program_import.report.merged) == listed
