"""Small program lists of kinds that were read wrong once, each with what is right.

The inputs in `tests/fixtures/faults` keep the form of real files; names and numbers are invented.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.program_list import ProgramImport, read_programs
from gmetui.importing.specialty_matcher import SpecialtyMatcher
from importing.program_lists import as_csv, import_content, messages

FAULTS = Path(__file__).parents[1] / "fixtures" / "faults"


class ListedProgram(NamedTuple):
    """A program as its list's data file has it, with the name and place of its institution."""

    table: dict[str, Any]
    institution: str
    place: tuple[str, str]

    @property
    def specialty(self) -> str:
        return str(self.table["specialty"])


def read_fault(catalog: Catalog, name: str) -> ProgramImport:
    """Return the import of one input."""
    (file,) = FAULTS.glob(f"{name}_*")
    return read_programs(catalog, file, ListMetadata("faults", "Faults", file.name), date(2026, 11, 22))


def programs_of(program_import: ProgramImport) -> list[ListedProgram]:
    institutions = {table["id"]: table for table in program_import.tables["institution"]}
    listed = []
    for table in program_import.tables["program"]:
        home = institutions[table["institution"]]
        place = (str(table.get("city") or home.get("city", "")), str(table.get("state") or home.get("state", "")))
        listed.append(ListedProgram(table, home["name"], place))
    return listed


def by_name(program_import: ProgramImport) -> dict[str, ListedProgram]:
    return {program.table["name"]: program for program in programs_of(program_import)}


def test_digits_of_match_codes_decide_and_no_name_is_read_by_half(bundled_catalog: Catalog) -> None:
    listed = by_name(read_fault(bundled_catalog, "03"))
    assert {name: program.specialty for name, program in listed.items()} == {
        "Internal Medicine": "internal-medicine",
        "Vascular Surgery": "vascular-surgery-integrated",
        "Med-Prelim/Neurology": "internal-medicine",
        "Transitional/Dermatology": "transitional-year",
        "Medicine-Psychiatry": "internal-medicine-psychiatry",
        "Cardiology": "cardiovascular-disease",
    }
    assert listed["Internal Medicine"].table["nrmp_codes"] == ["1516140C10"]
    assert listed["Med-Prelim/Neurology"].table["tracks"] == ["Preliminary"]


def test_a_missing_institution_is_not_stated(bundled_catalog: Catalog) -> None:
    listed = by_name(read_fault(bundled_catalog, "05"))
    assert listed["Family Medicine/Rural"].institution == "Institution not stated (match code 1590)"
    assert listed["Int Med/ABIM Research Pathway"].institution == "Institution not stated (match code 1007)"
    assert listed["Int Med/ABIM Research Pathway"].specialty == "internal-medicine"
    assert len(listed) == 6


@pytest.mark.parametrize("name", ["06", "06b"])
def test_an_institution_that_is_written_once_fills_down(bundled_catalog: Catalog, name: str) -> None:
    listed = by_name(read_fault(bundled_catalog, name))
    for program in ("Internal Medicine", "Family Medicine", "Psychiatry"):
        assert listed[f"{program} Residency"].institution == "Northfield Medical Center"
        assert listed[f"{program} Residency"].place[1] == "MA"
    if name == "06":
        assert listed["Neurology Residency"].institution == "Rio Vista Medical Center"
        assert listed["Neurology Residency"].place[1] == "TX"


def test_an_institution_does_not_fill_down_to_another_place(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        {"Sponsor": "Elm Medical Center", "State": "MA", "Program": "Surgery Residency"},
        {"Sponsor": "", "State": "TX", "Program": "Surgery Residency"},
        {"Sponsor": "", "State": "MA", "Program": "Psychiatry Residency"},
    ]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    institutions = sorted((program.institution, program.place[1]) for program in programs_of(program_import))
    assert institutions == [
        ("Elm Medical Center", "MA"),
        ("Elm Medical Center", "MA"),
        ("Institution not stated", "TX"),
    ]
    assert "it may be Elm Medical Center, as in the row above" in " ".join(messages(program_import, "doubt"))


def test_statuses_are_about_programs_accreditation_or_applications(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "08")
    tables = {int(table["id"][-2:]): table for table in program_import.tables["program"]}
    notes = {number: table.get("application_note") for number, table in tables.items()}
    for number, note in (
        (0, "No Longer Accepting applications"),
        (1, "Accepting"),
        (18, "Applications closed Sept 30"),
    ):
        assert notes[number] == note
    assert tables[4]["accreditation_note"] == "Initial Accreditation"
    assert "accreditation" not in tables[15]
    left_out = {finding.row - 2 for finding in program_import.report.findings if finding.kind == "left out"}
    assert left_out == {7, 8, 9, 12, 13, 14, 19}
    assert [finding.row - 2 for finding in program_import.report.findings if finding.kind == "doubt"] == [15]
    (accepting,) = read_fault(bundled_catalog, "37").tables["program"]
    assert accepting["application_note"] == "Accepting"
    assert "accreditation_note" not in accepting


def test_people_stay_out(bundled_catalog: Catalog) -> None:
    (table,) = read_fault(bundled_catalog, "10").tables["program"]
    assert table["also_listed"] == ["Address: 1 Main St, Worcester, MA 01601"]


def test_other_columns_are_kept(bundled_catalog: Catalog) -> None:
    (table,) = read_fault(bundled_catalog, "11").tables["program"]
    assert table["also_listed"] == [f"x{number}: v{number}" for number in range(30)]


def test_ids_in_scientific_notation(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "17")
    ids = [table.get("acgme_id", "") for table in program_import.tables["program"]]
    assert sorted(ids) == ["", "1104831903", "1202431902", "4003831904"]
    assert [finding.row for finding in program_import.report.findings if finding.kind == "doubt"] == [2]


def test_a_comma_that_moved_cells_is_undone_or_doubted(bundled_catalog: Catalog, tmp_path: Path) -> None:
    listed = by_name(read_fault(bundled_catalog, "18"))
    family_medicine = listed["Lakeside Family Medicine Program"]
    assert (family_medicine.institution, family_medicine.place) == ("Lakeside Hospital, Inc.", ("Boston", "MA"))
    assert family_medicine.table["positions_per_year"] == 8
    vague = "Program,Hospital,Specialty\nElm Surgery Program,Elm Hospital,Surgery\nOak Program,a,b,Surgery\n"
    program_import = import_content(bundled_catalog, tmp_path / "list", vague)
    assert "1 cell more than the headings" in " ".join(messages(program_import, "doubt"))


def test_spoiled_cells_are_empty(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "19")
    assert all("#" not in str(table) and "oading" not in str(table) for table in program_import.tables["program"])
    assert all("#" not in str(table) and "oading" not in str(table) for table in program_import.tables["institution"])


def test_one_bad_byte_costs_one_letter(bundled_catalog: Catalog) -> None:
    institutions = {program.institution for program in programs_of(read_fault(bundled_catalog, "20"))}
    assert institutions == {"Hospital Español", "Clínica Peña", "Hospital R\ufffdo"}


def test_a_comment_is_no_institution(bundled_catalog: Catalog) -> None:
    listed = programs_of(read_fault(bundled_catalog, "21"))
    assert [program.table["nrmp_codes"] for program in listed] == [["1903140C0"], ["2265140C0"], ["2345140C0"]]
    assert all(program.institution.startswith("Institution not stated") for program in listed)
    assert "comments: the program is new" in listed[1].table["also_listed"]


def test_states_with_their_city(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "23")
    places = sorted(program.place for program in programs_of(program_import) if any(program.place))
    assert places == [("Birmingham", "AL"), ("Boston", "MA"), ("Houston", "TX"), ("Miami", "FL")]
    assert messages(program_import, "doubt") == ["unknown state “NB (Omaha)”"]


def test_one_name_in_three_cities_is_three_institutions(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "24")
    cities = sorted(table["city"] for table in program_import.tables["institution"])
    assert cities == ["Grand Junction", "San Francisco", "Waterbury"]


def test_remarks_in_names(bundled_catalog: Catalog) -> None:
    program_import = read_fault(bundled_catalog, "25")
    assert [table["name"] for table in program_import.tables["institution"]] == ["Alpha Health/Doctors Hospital"]
    assert len(program_import.tables["program"]) == 2


def test_specialties_inside_names(bundled_catalog: Catalog) -> None:
    listed = programs_of(read_fault(bundled_catalog, "38"))
    assert {program.institution for program in listed} == {"BAMC"}
    assert sorted(program.specialty for program in listed) == [
        "anesthesiology",
        "dermatology",
        "obstetrics-and-gynecology",
        "otolaryngology-head-and-neck-surgery",
        "pathology-anatomic-and-clinical",
    ]


def test_dates_that_a_spreadsheet_made_numbers(bundled_catalog: Catalog) -> None:
    notes = [table["accreditation_note"] for table in read_fault(bundled_catalog, "40").tables["program"]]
    assert sorted(notes) == ["Continued Accreditation, 2024-07-01", "Initial Accreditation, 2023-07-01"]


def test_two_columns_called_name(bundled_catalog: Catalog) -> None:
    institutions = {program.institution for program in programs_of(read_fault(bundled_catalog, "41"))}
    assert institutions == {"Northfield Medical Center", "Lakeside Hospital"}


def test_rows_name_their_own_pages(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        {
            "Program": "Surgery Residency",
            "Hospital": "Elm Medical Center",
            "Source URL": "https://elm.example.org/surgery",
            "Publisher": "institution",
            "As of": "2026-10",
        },
        {
            "Program": "Psychiatry Residency",
            "Hospital": "Elm Medical Center",
            "Source URL": "",
            "Publisher": "",
            "As of": "",
        },
    ]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    pages = {page["id"]: page for page in program_import.tables["page"]}
    sources = {table["specialty"]: pages[table["source"]] for table in program_import.tables["program"]}
    assert sources["surgery"]["url"] == "https://elm.example.org/surgery"
    assert sources["surgery"]["publisher"] == "institution"
    assert sources["surgery"]["as_of"] == "2026-10"
    assert sources["psychiatry"] == program_import.tables["page"][0]


def test_tracks_follow_from_the_codes_of_all_rows(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        {"ACGME ID": "1404899904", "Program": "Elm Program", "State": "TX", "NRMP Code": code}
        for code in ("1999140C0", "1999140M0", "1999 140 P 0")
    ]
    (table,) = import_content(catalog, tmp_path / "list", as_csv(rows)).tables["program"]
    assert [(code["text"], code["track"]) for code in table["nrmp_codes"]] == [
        ("1999140C0", "Categorical"),
        ("1999140M0", "Primary care"),
        ("1999140P0", "Preliminary"),
    ]
    assert sorted(table["tracks"]) == ["Categorical", "Preliminary", "Primary care"]


def test_every_row_is_accounted_for(catalog: Catalog, tmp_path: Path) -> None:
    content = (
        "Program ID,Program,State,Status\n1404899904,Elm Program,TX,\nSurgery,,,\n1404899904,Elm Program,TX,\n"
        "1104899903,Oak Program,TX,Closed\n,a remark,,\n"
    )
    report = import_content(catalog, tmp_path / "list", content).report
    assert report.rows == report.programs + report.continuation_rows + report.section_rows + report.counts["left out"]


@pytest.mark.parametrize(
    ("text", "specialty"),
    [
        ("Ortho", "orthopaedic-surgery"),
        ("OB", "obstetrics-and-gynecology"),
        ("Int Med", "internal-medicine"),
        ("Emergency Med", "emergency-medicine"),
        ("Diag Rad", "radiology-diagnostic"),
        ("Ophth", "ophthalmology"),
        ("Clin Neurophys", "clinical-neurophysiology"),
        ("Surg crit care", "surgical-critical-care"),
        ("Interventional cards", "interventional-cardiology"),
        ("Forensic path", "forensic-pathology"),
        ("Child neuro", "child-neurology"),
        ("Palliative", "hospice-and-palliative-medicine"),
    ],
)
def test_shorthand(bundled_catalog: Catalog, text: str, specialty: str) -> None:
    match = SpecialtyMatcher(bundled_catalog).match(text)
    assert match.unique is not None
    assert match.unique.id == specialty


@pytest.mark.parametrize("text", ["IR", "Peds EM", "Sports Med", "Brain injury", "Prelim"])
def test_shorthand_of_several_specialties_is_none_of_them(bundled_catalog: Catalog, text: str) -> None:
    match = SpecialtyMatcher(bundled_catalog).match(text)
    assert len(match.specialties) > 1
    assert match.unique is None
