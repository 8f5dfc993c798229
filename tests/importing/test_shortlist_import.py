"""Exported shortlists come back, also edited by hand or in a spreadsheet, and lists of other people are matched."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import read_catalog
from gmetui.errors import UnreadableListError
from gmetui.export.formats import export_table
from gmetui.export.table import shortlist_table
from gmetui.importing.shortlist_import import RowChoices, ShortlistImport, import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import FIXTURE_DATA, HOSTILE_TEXTS, CommandRunner, is_harmless

CARDIOLOGY = "larkspur-cardiovascular-disease-fellowship"
MEDICINE = "larkspur-internal-medicine-residency"
EMERGENCY = "larkspur-emergency-medicine-residency"
FORMATS = ("csv", "xlsx", "json", "toml")


@pytest.fixture(scope="module")
def shortlist(catalog: Catalog) -> Shortlist:
    """Three programs with everything that a user can write about them."""
    shortlist = Shortlist()
    for program_id in (CARDIOLOGY, MEDICINE, EMERGENCY):
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[program_id]))
    shortlist = shortlist.with_note(CARDIOLOGY, '=HYPERLINK("x")\nsecond; "line", 日本')
    shortlist = shortlist.with_status(CARDIOLOGY, "-applied").with_rating(MEDICINE, 4)
    shortlist = shortlist.with_tags(MEDICINE, ["near home", "research"]).with_date(MEDICINE, "interview", "2027-01-15")
    shortlist = shortlist.with_tags(EMERGENCY, ["research, labs", 'the "best"', "a; b"])
    for label, day in (("dinner, with all 12", "2027-01-14T18:30"), ("on 2027-01-01", "2027-02-01")):
        shortlist = shortlist.with_date(EMERGENCY, label, day)
    for column in (
        custom_column("Interview date", "date"),  # named like a date of an applicant's sheet
        custom_column("Near family", "1-5", 3, ">= 2"),
        custom_column("Status", "yes/no"),  # named like one of gmetui's columns
        custom_column("Pay", "number", -1.5),
        custom_column("Visit", "date"),
        custom_column("stars", "1-5"),
        custom_column("Said in the U.S.", "text"),
    ):
        shortlist = shortlist.with_column(column)
    for program_id, column_name, value in (
        (EMERGENCY, "Interview date", "2027-01-20"),
        (MEDICINE, "Near family", 4),
        (MEDICINE, "Status", False),
        (CARDIOLOGY, "Pay", 65000.5),
        (EMERGENCY, "Visit", "2027-01-02"),
        (CARDIOLOGY, "Said in the U.S.", "=cmd; <b>"),
        (EMERGENCY, "Pay", 60),
    ):
        shortlist = shortlist.with_value(program_id, column_name, value)
    return shortlist.with_score(MEDICINE, 0)


def _exported(catalog: Catalog, shortlist: Shortlist, path: Path, format_name: str) -> Path:
    path.write_bytes(export_table(shortlist_table(catalog, shortlist), format_name))
    return path


def _exported_rows(catalog: Catalog, shortlist: Shortlist) -> list[list[str]]:
    content = export_table(shortlist_table(catalog, shortlist), "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def _import(catalog: Catalog, path: Path, shortlist: Shortlist | None = None) -> ShortlistImport:
    return import_shortlist(catalog, shortlist or Shortlist(), read_shortlist_table(path))


@pytest.mark.parametrize("format_name", FORMATS)
def test_exported_shortlists_come_back(
    catalog: Catalog, shortlist: Shortlist, tmp_path: Path, format_name: str
) -> None:
    path = _exported(catalog, shortlist, tmp_path / "no-extension", format_name)
    result = _import(catalog, path)
    assert result.shortlist.entries == shortlist.entries
    assert [column.name for column in result.shortlist.columns] == [column.name for column in shortlist.columns]
    if format_name in ("json", "toml"):
        assert result.shortlist.columns == shortlist.columns, "with weights and requirements"
    assert not result.problems
    repeated = _import(catalog, path, shortlist)
    assert repeated.shortlist == shortlist
    assert repeated.unchanged == 3


@pytest.mark.parametrize("format_name", ["json", "toml"])
def test_comments_of_reviewers_come_back(
    catalog: Catalog, shortlist: Shortlist, tmp_path: Path, format_name: str
) -> None:
    commented = shortlist.with_comment(MEDICINE, "Dr. Ann", "apply: yes, certainly")
    path = _exported(catalog, commented, tmp_path / "list", format_name)
    assert _import(catalog, path).shortlist.entries == commented.entries


NOTES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]) | st.sampled_from("=+-@'\n,;\" "), max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(notes=st.lists(NOTES, min_size=3, max_size=3), format_name=st.sampled_from((*FORMATS, "tsv")))
def test_any_note_comes_back(
    catalog: Catalog, shortlist: Shortlist, tmp_path: Path, notes: list[str], format_name: str
) -> None:
    for entry, note in zip(shortlist, notes, strict=True):
        shortlist = shortlist.with_note(entry.id, note.strip())
    result = _import(catalog, _exported(catalog, shortlist, tmp_path / "list", format_name))
    for entry in shortlist:
        imported = result.shortlist.entry(entry.id)
        assert imported is not None
        assert _is_same_note(imported.note, entry.note)


def _is_same_note(imported: str, written: str) -> bool:
    """An apostrophe that guards a formula cannot be told from one that the user wrote."""
    return imported.split() in (written.split(), written.removeprefix("'").split())


def test_reordered_and_edited_spreadsheets(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    rows = _exported_rows(catalog, shortlist)
    id_column = rows[0].index("Id")
    edited = [["Id", "Status", "My own column", "Rank"]]
    edited += [[row[id_column], "invited", "7", row[0]] for row in reversed(rows[1:])]
    edited[1][3] = "1"
    edited[3][3] = "3"
    path = tmp_path / "edited.csv"
    path.write_text("\n".join(";".join(row) for row in edited), encoding="cp1252")
    result = _import(catalog, path, shortlist)
    assert [entry.status for entry in result.shortlist] == ["invited"] * 3
    assert [entry.id for entry in result.shortlist] == [EMERGENCY, MEDICINE, CARDIOLOGY]
    assert result.shortlist.entries[1].rating == 4, "fields without a column are unchanged"


def test_spreadsheets_of_other_people_are_matched(catalog: Catalog, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["My programs"])
    sheet.append(["Hospital", "Residency", "ACGME ID", "Comments", "Stars"])
    sheet.append(["Larkspur", "", 1412499008, "liked the fellows", 5.0])
    sheet.append(["Larkspur", catalog.program[MEDICINE].name, None, "big", "many"])
    sheet.append(["Nowhere", "Astrology Residency", None, "", ""])
    sheet.append([None, None, None, None, None])
    path = tmp_path / "mine.xlsx"
    workbook.save(path)
    result = _import(catalog, path)
    assert {entry.id: (entry.note, entry.rating) for entry in result.shortlist} == {
        CARDIOLOGY: ("liked the fellows", 5),
        MEDICINE: ("big", 0),
    }
    assert [(problem.row_number, problem.message.partition(";")[0]) for problem in result.problems] == [
        (4, "“many” is not a rating from 0 to 5"),
        (5, "no matching program"),
    ]


def test_json_lines_are_read_as_records(catalog: Catalog, tmp_path: Path) -> None:
    name = catalog.program[MEDICINE].name
    records = [
        {"program": "Cardiology", "acgme_id": "1412499008", "rank": 2, "note": "far", "tags": ["a b", "c"]},
        {"program": name, "institution": "Larkspur University Hospital", "rank": 1, "note": "near home"},
    ]
    path = tmp_path / "list"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    result = _import(catalog, path)
    assert [(entry.id, entry.note, entry.tags) for entry in result.shortlist] == [
        (MEDICINE, "near home", ()),
        (CARDIOLOGY, "far", ("a b", "c")),
    ]
    assert not result.new_columns
    assert not result.problems
    assert [row.number for row in read_shortlist_table(path).rows] == [1, 2]


def test_headings_in_camel_case_are_recognized(catalog: Catalog, tmp_path: Path) -> None:
    name = catalog.program[MEDICINE].name
    path = tmp_path / "list.csv"
    path.write_text(f"programName,institutionName,myRank,myNotes\n{name},Larkspur,1,near home\n", encoding="utf-8")
    result = _import(catalog, path)
    assert [(entry.id, entry.note) for entry in result.shortlist] == [(MEDICINE, "near home")]
    assert not result.new_columns


def test_tab_separated_shortlists_of_ids_keep_their_columns(catalog: Catalog, tmp_path: Path) -> None:
    """Lines with ids look like a page copied from ERAS, but these have headings of a shortlist."""
    path = tmp_path / "list"
    path.write_text("ACGME ID\tRank\tNote\tStars\n1412499008\t2\tfar\t3\n1402499003\t1\tnear\t5\n", encoding="utf-8")
    result = _import(catalog, path)
    assert [(entry.id, entry.note, entry.rating) for entry in result.shortlist] == [
        (MEDICINE, "near", 5),
        (CARDIOLOGY, "far", 3),
    ]


def test_the_first_rank_of_a_program_counts(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"id,rank\n{CARDIOLOGY},3\n{MEDICINE},2\n{CARDIOLOGY},1\n", encoding="utf-8")
    result = _import(catalog, path)
    assert [entry.id for entry in result.shortlist] == [MEDICINE, CARDIOLOGY]


def test_added_columns_become_custom_columns(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    rows = _exported_rows(catalog, shortlist)
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, cell] for row, cell in zip(rows, ("Miles", "12", "12", "12"), strict=True))
    result = _import(catalog, path, shortlist)
    assert result.new_columns == ("Miles",)
    assert [entry.value("Miles") for entry in result.shortlist] == [12] * 3
    last_column = result.shortlist.columns[-1]
    assert (last_column.name, last_column.kind) == ("Miles", "number")


def test_unreadable_values_leave_the_old_ones(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"id,near family,pay\n{MEDICINE},9,much\n{EMERGENCY},5,70\n", encoding="utf-8")
    result = _import(catalog, path, shortlist)
    assert {problem.message.partition(":")[0] for problem in result.problems} == {"Near family", "Pay"}
    medicine, emergency = result.shortlist.entries[1:]
    assert medicine.value("Near family") == 4
    assert (emergency.value("Near family"), emergency.value("Pay")) == (5, 70)


def test_unreadable_dates_leave_the_old_ones(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f'id,my dates\n{MEDICINE},"visit 2027-01-02, deadline soon"\n', encoding="utf-8")
    result = _import(catalog, path, shortlist)
    assert [problem.message for problem in result.problems] == [
        "“deadline soon” is not a date; write it as in: interview 2027-01-15"
    ]
    assert result.shortlist.entries[1].dates == (("interview", "2027-01-15"),)


def test_dates_are_read_as_people_write_them(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    cell = "interview Jan 12, 2027, visit 2027-01-02 14:00; follow-up 1/30/2027; 2027-02-03"
    path.write_text(f'id,my dates\n{MEDICINE},"{cell}"\n', encoding="utf-8")
    result = _import(catalog, path, shortlist)
    assert not result.problems
    assert result.shortlist.entries[1].dates == (
        ("visit", "2027-01-02T14:00"),
        ("interview", "2027-01-12"),
        ("follow-up", "2027-01-30"),
        ("date", "2027-02-03"),
    )


def test_users_choose_the_program_of_a_row(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("program,hospital,note\nhepatology,larkspur,liked it\n", encoding="utf-8")
    table = read_shortlist_table(path)
    problem = import_shortlist(catalog, Shortlist(), table).problems[0]
    assert len(problem.candidates) > 1
    assert set(problem.as_json()) == {"number", "row", "what", "why", "near"}
    chosen = problem.candidates[1]
    result = import_shortlist(catalog, Shortlist(), table, RowChoices().with_program(problem.label, chosen))
    assert [(entry.id, entry.note) for entry in result.shortlist] == [(chosen, "liked it")]
    assert not result.problems


def test_names_of_two_programs_match_neither(tmp_path: Path) -> None:
    second = tmp_path / "second.toml"
    second.write_text(
        '[[program]]\nid = "larkspur-second"\nname = "Internal Medicine Residency"\ninstitution = "larkspur"\n'
        'kind = "residency"\nspecialty = "internal-medicine"\naccreditation = "unknown"\nsource = "page"\n'
        '[[page]]\nid = "page"\nurl = "https://example.org/page"\npublisher = "institution"\n',
        encoding="utf-8",
    )
    catalog = read_catalog([FIXTURE_DATA, second], bundled=False)
    path = tmp_path / "list.csv"
    path.write_text("program,hospital,note\nInternal Medicine Residency,Larkspur,x\n", encoding="utf-8")
    result = _import(catalog, path)
    assert not result.shortlist.entries
    assert {MEDICINE, "larkspur-second"} <= set(result.problems[0].candidates)


def test_files_add_a_limited_number_of_columns(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    names = [f"c{number}" for number in range(60)]
    path.write_text(",".join(["id", *names]) + f"\n{MEDICINE}," + ",".join("1" for _ in names), encoding="utf-8")
    result = _import(catalog, path)
    assert len(result.shortlist.columns) == len(result.new_columns) == 40
    assert "at most 40" in result.problems[0].message


def test_five_thousand_entries(catalog: Catalog, tmp_path: Path) -> None:
    programs = catalog.programs
    former = tuple(Entry(f"gone-{number}", f"P{number}", "H") for number in range(5000 - len(programs)))
    shortlist = Shortlist(entries=(*former, *(entry_of(catalog, program) for program in programs)))
    for format_name in FORMATS:
        path = _exported(catalog, shortlist, tmp_path / "list", format_name)
        assert _import(catalog, path, shortlist).unchanged == 5000


def test_misread_byte_order_marks_are_removed(catalog: Catalog, shortlist: Shortlist, tmp_path: Path) -> None:
    path = _exported(catalog, shortlist, tmp_path / "list.csv", "csv")
    path.write_bytes(path.read_bytes().decode("cp1252", "replace").encode())
    assert "rank" in read_shortlist_table(path).titles


def _write_zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (300 * 1024 * 1024))


def _write_damaged_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<nothing")
        archive.writestr("xl/workbook.xml", "<<<")


@pytest.mark.parametrize(
    "write",
    [
        _write_damaged_workbook,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b" \n\t"),
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        lambda path: path.write_bytes(b"PK\x03\x04garbage"),
        lambda path: path.write_text("just a sentence", encoding="utf-8"),
        lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
        lambda path: path.write_text("{}", encoding="utf-8"),
        lambda path: path.write_text("a,b\n" * 30_000, encoding="utf-8"),
        lambda path: path.write_bytes(b"x" * (40 * 1024 * 1024)),
        _write_zip_bomb,
    ],
)
def test_files_that_are_not_lists_are_rejected(tmp_path: Path, write: Callable[[Path], object]) -> None:
    path = tmp_path / "x"
    write(path)
    with pytest.raises(UnreadableListError, match="gmetui: x: "):
        read_shortlist_table(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_rejected(catalog: Catalog, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with contextlib.suppress(UnreadableListError):
        _import(catalog, path)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_cells_are_harmless(catalog: Catalog, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"id": CARDIOLOGY, "note": text, "status": text, "tags": text}]), encoding="utf-8")
    entry = _import(catalog, path).shortlist.entries[0]
    assert is_harmless(entry.note + entry.status + "".join(entry.tags))


@pytest.mark.parametrize("format_name", ["csv", "json"])
def test_wide_rows_and_long_cells_are_cut(tmp_path: Path, format_name: str) -> None:
    path = tmp_path / "list"
    cells = {"id": CARDIOLOGY, "note": "x" * 40_000, **{f"c{number}": "x" for number in range(1500)}}
    text = f"{','.join(cells)}\n{','.join(cells.values())}" if format_name == "csv" else json.dumps([cells])
    path.write_text(text, encoding="utf-8")
    row = read_shortlist_table(path).rows[0]
    assert len(row.cells) == 200
    assert len(row.cells["note"]) == 32_767


@pytest.mark.usefixtures("fixture_data")
def test_command_line(run: CommandRunner, tmp_path: Path) -> None:
    run("shortlist", "add", CARDIOLOGY, MEDICINE)
    run("shortlist", "note", CARDIOLOGY, "mine")
    path = tmp_path / "list.xlsx"
    run("export", "--output", str(path))
    run("shortlist", "remove", CARDIOLOGY)
    assert json.loads(run("import", str(path), "--dry-run", "--format", "json"))["added"]
    assert json.loads(run("shortlist", "--format", "json"))["total"] == 1
    report = json.loads(run("import", str(path), "--format", "json"))
    assert report["same"] == 1
    assert json.loads(run("shortlist", "--format", "json"))["programs"][0]["id"] == CARDIOLOGY
    run("shortlist", "undo")
    assert json.loads(run("shortlist", "--format", "json"))["total"] == 1
    run("import", str(tmp_path / "no-such-file"), code=4)
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    run("import", str(tmp_path / "empty.csv"), code=3)
    assert "empty" in run.err
