"""Applicants' own spreadsheets as shortlists: how they name programs, and what they write about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.importing.shortlist_dates import parse_date_cell, parse_labeled_dates
from gmetui.importing.shortlist_import import RowChoices, ShortlistImport, import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.importing.shortlist_words import parse_rank, parse_signal, parse_status
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.timeline import timeline
from importing.test_program_faults import FAULTS

TODAY = date(2026, 11, 26)
MEDICINE, NEUROLOGY = "larkspur-internal-medicine-residency", "larkspur-neurology-residency"


def _import_file(catalog: Catalog, path: Path, choices: RowChoices = RowChoices()) -> ShortlistImport:  # noqa: B008
    return import_shortlist(catalog, Shortlist(), read_shortlist_table(path), choices, TODAY)


def _import_text(catalog: Catalog, path: Path, text: str) -> ShortlistImport:
    path.write_text(text, encoding="utf-8")
    return _import_file(catalog, path)


def _fault(catalog: Catalog, number: int) -> ShortlistImport:
    (path,) = FAULTS.glob(f"{number}_*")
    return _import_file(catalog, path)


def _entry(result: ShortlistImport, program_id: str) -> Entry:
    entry = result.shortlist.entry(program_id)
    assert entry is not None
    return entry


# Inputs of tests/fixtures/faults, which name hospitals of the bundled data.


def test_interview_dates_are_dates_of_the_timeline(bundled_catalog: Catalog) -> None:
    result = _fault(bundled_catalog, 30)
    assert [entry.dates for entry in result.shortlist] == [
        (("interview", "2027-01-15"),),
        (("interview", "2026-12-03"),),
        (),
    ]
    assert [entry.signal for entry in result.shortlist] == ["gold", "silver", ""]
    events = [event for event in timeline(bundled_catalog, result.shortlist, TODAY) if event.is_custom]
    assert [event.iso_text for event in events] == ["2026-12-03", "2027-01-15"]


def test_a_specialty_and_a_hospital_are_enough(bundled_catalog: Catalog) -> None:
    result = _fault(bundled_catalog, 31)
    assert [entry.id for entry in result.shortlist] == [
        "bmc-neurology-residency",
        "tufts-neurology-residency",
        "mgh-harvard-combined-dermatology-residency",
    ]
    assert not result.problems


def test_rows_above_the_headings_add_no_columns(bundled_catalog: Catalog) -> None:
    result = _fault(bundled_catalog, 32)
    assert [entry.note for entry in result.shortlist] == ["great", "ok"]
    assert result.new_columns == ()


def test_ranks_may_have_decimals(bundled_catalog: Catalog) -> None:
    ids = [entry.id for entry in _fault(bundled_catalog, 34).shortlist]
    assert [program_id.partition("-")[0] for program_id in ids] == ["cha", "bwh", "bmc"]


def test_two_rows_of_one_program_keep_both_notes(bundled_catalog: Catalog) -> None:
    result = _fault(bundled_catalog, 35)
    assert [entry.note for entry in result.shortlist] == ["first note\n\nsecond note"]
    assert [problem.message.partition(";")[0] for problem in result.problems] == ["the same program as row 2"]
    assert result.added == ("BMC · Internal Medicine Residency Program",)


# How programs are named.


@pytest.mark.parametrize(
    ("headings", "row", "program_id"),
    [
        ("Rank,Specialty,Hospital", "1,Neuro,Larkspur Univ Hosp", NEUROLOGY),
        ("Rank,Specialty,Hospital", "1,IM,Larkspurr University", MEDICINE),
        ("Rank,Specialty,Program", "1,Internal Medicine,Larkspur", MEDICINE),
        ("Rank,Program", "1,Larkspur University Hospital - Internal Medicine", MEDICINE),
        ("Rank,Program", '1,"Internal Medicine Residency at Larkspur University Hospital (Port Ellery, MA)"', MEDICINE),
        ("Rank,Program,State", "1,Quillmont Neurology,NH", "quillmont-neurology-residency"),
        (
            "Rank,Hospital,Specialty,City,State",
            "1,QMC,Cardiology,Quillmont,NH",
            "quillmont-cardiovascular-disease-fellowship",
        ),
        ("Rank,Program,Hospital", "1,Internal Medicine Residency Program,Larkspur Hospital", MEDICINE),
        ("Rank,Specialty,Hospital,State", "1,Neurology,Larkspur,NH", ""),  # not in that state
        ("Rank,Specialty,Hospital", "1,Neurology,University Hospital", ""),
        ("Rank,Specialty,Hospital", "1,Dermatology,Larkspur", ""),
        ("Rank,Hospital", "1,Larkspur", ""),
    ],
)
def test_programs_are_found_by_specialty_and_hospital(
    catalog: Catalog, tmp_path: Path, headings: str, row: str, program_id: str
) -> None:
    result = _import_text(catalog, tmp_path / "list.csv", f"{headings}\n{row}\n")
    assert [entry.id for entry in result.shortlist] == ([program_id] if program_id else [])


def test_unmatched_rows_are_offered_programs_of_their_specialty_and_state(catalog: Catalog, tmp_path: Path) -> None:
    text = "Rank,Specialty,Hospital,State\n1,Neurology,Elm,NH\n2,Neurology,Elm,TX\n"
    result = _import_text(catalog, tmp_path / "list.csv", text)
    assert [problem.candidates for problem in result.problems] == [("quillmont-neurology-residency",), ()]
    assert result.problems[1].message == "no matching program; gmetui has no Neurology program in TX"


def test_nothing_is_added_when_nothing_matches(catalog: Catalog, tmp_path: Path) -> None:
    result = _import_text(catalog, tmp_path / "list.csv", "Rank,Hospital,Pros\n1,Nowhere,good\n")
    assert (result.shortlist, result.new_columns) == (Shortlist(), ())


def test_a_row_or_a_sheet_may_name_the_specialty(catalog: Catalog, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    first = workbook.active
    assert first is not None
    first.title = "About"
    first.append(["My list"])
    for specialty, hospital in (("Neurology", "Quillmont"), ("Old", "Larkspur")):
        sheet = workbook.create_sheet(specialty)
        sheet.append(["Rank", "Hospital", "Interview"])
        sheet.append([1, hospital, date(2027, 1, 15)])
    workbook["Old"].sheet_state = "hidden"
    workbook.save(tmp_path / "list.xlsx")
    result = _import_file(catalog, tmp_path / "list.xlsx")
    assert [(entry.id, entry.dates) for entry in result.shortlist] == [
        ("quillmont-neurology-residency", (("interview", "2027-01-15"),))
    ]
    assert [problem.text for problem in result.problems] == ["the file: ignored the sheet “Old”: it is hidden"]
    sections = "Rank,Hospital,Notes\nNeurology,,\n1,Larkspur,a\nInternal Medicine,,\n2,Larkspur,b\n"
    result = _import_text(catalog, tmp_path / "list.csv", sections)
    assert [entry.id for entry in result.shortlist] == [NEUROLOGY, MEDICINE]


def test_stand_ins_are_kept_and_found_again(catalog: Catalog, tmp_path: Path) -> None:
    text = "Rank,Specialty,Hospital,State,Notes\n1,Neurology,Elm Hospital,TX,{}\n2,Neurology,Larkspur,MA,here\n"
    (tmp_path / "list.csv").write_text(text.format("far"), encoding="utf-8")
    result = _import_file(catalog, tmp_path / "list.csv", RowChoices(keeps_unmatched=True))
    stand_in = result.shortlist.entries[0]
    assert (stand_in.name, stand_in.institution, stand_in.note) == ("Neurology", "Elm Hospital (TX)", "far")
    assert stand_in.id == "stand-in-elm-hospital-tx-neurology"
    (tmp_path / "list.csv").write_text(text.format("farther"), encoding="utf-8")
    repeated = import_shortlist(catalog, result.shortlist, read_shortlist_table(tmp_path / "list.csv"))
    assert [entry.note for entry in repeated.shortlist] == ["farther", "here"]


# What is written about programs.


def test_do_not_rank_is_a_tag_at_the_end(catalog: Catalog, tmp_path: Path) -> None:
    text = "ROL,Specialty,Hospital\nDNR,Neurology,Larkspur\n2,Internal Medicine,Larkspur\n1st,Neurology,Quillmont\n"
    result = _import_text(catalog, tmp_path / "list.csv", text)
    assert [entry.id for entry in result.shortlist] == ["quillmont-neurology-residency", MEDICINE, NEUROLOGY]
    assert _entry(result, NEUROLOGY).tags == ("do not rank",)


@pytest.mark.parametrize(
    ("cell", "rank"),
    [
        *(("2", 2), ("2.5", 2.5), ("1st", 1), ("#2", 2), ("No. 3", 3), ("3/12", 3), ("4 of 9", 4), ("first", 1)),
        *(("7.", 7), ("DNR", None), ("maybe", None), ("", None), ("-1", None), ("1e5", None)),
    ],
)
def test_ranks(cell: str, rank: float | None) -> None:
    assert parse_rank(cell) == rank


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        *(("Applied", "applied"), ("Interview scheduled", "invited"), ("Interviewed!", "interviewed")),
        *(("Ranked", "ranked"), ("Withdrew", "declined"), ("Waitlisted", "Waitlisted")),
    ],
)
def test_statuses(cell: str, status: str) -> None:
    assert parse_status(cell) == status


@pytest.mark.parametrize(
    ("cell", "signal"),
    [("Gold", "gold"), ("silver signal", "silver"), ("Y", "signal"), ("no", ""), ("-", ""), ("geographic", None)],
)
def test_signals(cell: str, signal: str | None) -> None:
    assert parse_signal(cell) == signal


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("1/15/2027", {"interview": "2027-01-15"}),
        ("Jan 15", {"interview": "2027-01-15"}),
        ("10/28", {"interview": "2026-10-28"}),  # the nearest one is past
        ("46037", {"interview": "2026-01-15"}),
        ("46037.395833", {"interview": "2026-01-15T09:30"}),
        ("2027-01-15 00:00:00", {"interview": "2027-01-15"}),
        ("15-Jan-27", {"interview": "2027-01-15"}),
        ("Friday, January 15th, 2027 at 9:30 AM", {"interview": "2027-01-15T09:30"}),
        ("Jan 15, 2027 8am EST", {"interview (EST)": "2027-01-15T08:00"}),
        ("1/15/27 1:00-4:00 pm", {"interview": "2027-01-15T13:00"}),
        ("1/15/2027; 1/22/2027", {"interview": "2027-01-15", "interview 2": "2027-01-22"}),
        ("1/15/2027 (virtual)", {"interview (virtual)": "2027-01-15"}),
        ("TBD", {}),
    ],
)
def test_dates_of_interviews(cell: str, dates: dict[str, str]) -> None:
    parsed = parse_date_cell(cell, "interview", TODAY)
    assert (parsed.dates, parsed.invalid_parts) == (dates, ())


@pytest.mark.parametrize(
    "cell", ["Friday", "tomorrow", "declined", "13/1/2027", "Jan. 15-16, 2027", "9:30 AM", "1/15 or 2/3"]
)
def test_what_is_no_date_is_not_guessed(cell: str) -> None:
    assert parse_date_cell(cell, "interview", TODAY).invalid_parts == (cell,)


def test_labels_of_exported_dates_may_have_commas() -> None:
    cell = '"dinner, with ""them""" 2027-01-14, interview 2027-01-15 09:30'
    assert parse_labeled_dates(cell, None).dates == {
        'dinner, with "them"': "2027-01-14",
        "interview": "2027-01-15T09:30",
    }


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("IV date", "interview"),
        ("Date of Interview", "interview"),
        ("2nd Look", "second look"),
        ("Dinner date", "dinner"),
    ],
)
def test_columns_of_dates_are_told_by_their_headings(
    catalog: Catalog, tmp_path: Path, heading: str, label: str
) -> None:
    text = f"Program,Hospital,{heading}\nInternal Medicine,Larkspur,1/15/2027\n"
    result = _import_text(catalog, tmp_path / "list.csv", text)
    assert result.shortlist.entries[0].dates == ((label, "2027-01-15"),)
    assert result.new_columns == ()


def test_times_may_have_a_column_of_their_own(catalog: Catalog, tmp_path: Path) -> None:
    rows = ("Internal Medicine,Larkspur,1/15/2027,9:30 AM EST", "Neurology,Larkspur,Jan 5,TBD")
    text = "\n".join(("Program,Hospital,Interview,Time", *rows))
    result = _import_text(catalog, tmp_path / "list.csv", text)
    assert [entry.dates for entry in result.shortlist] == [
        (("interview (EST)", "2027-01-15T09:30"),),
        (("interview", "2027-01-05"),),
    ]
    assert result.new_columns == ()


def test_a_column_without_dates_and_a_column_of_the_list_stay_columns(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    text = "Program,Hospital,Interview,Visit date\nInternal Medicine,Larkspur,virtual,1/15/2027\n"
    path.write_text(text, encoding="utf-8")
    shortlist = Shortlist().with_column(custom_column("Visit date", "date"))
    result = import_shortlist(catalog, shortlist, read_shortlist_table(path), today=TODAY)
    assert result.new_columns == ("Interview",)
    assert result.shortlist.entries[0].values == (("Visit date", "2027-01-15"), ("Interview", "virtual"))


def test_the_year_of_a_date_is_reported_when_it_is_guessed(catalog: Catalog, tmp_path: Path) -> None:
    text = "Program,Hospital,Interview\nInternal Medicine,Larkspur,Jan 15\n"
    result = _import_text(catalog, tmp_path / "list.csv", text)
    assert [problem.message for problem in result.problems] == ["the date has no year; read as 2027-01-15"]
