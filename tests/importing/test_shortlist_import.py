"""A list that went out comes back, edited by hand or by a spreadsheet; and somebody else's sheet is matched."""

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

from gmetui.catalog.models import Catalog
from gmetui.export.formats import export
from gmetui.export.table import shortlist_sheet
from gmetui.importing.import_errors import TableError
from gmetui.importing.readers.tables import read_table
from gmetui.importing.shortlist_import import bring
from gmetui.shortlist.columns import named_column
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from support import HOSTILE, Run, is_harmless

CARDS, IM, EM = (
    "tufts-cardiovascular-disease-fellowship",
    "mgh-internal-medicine-residency",
    "bmc-emergency-medicine-residency",
)
FORMATS = ("csv", "xlsx", "json", "toml")


def listed(catalog: Catalog) -> Shortlist:
    shortlist = Shortlist()
    for own in (CARDS, IM, EM):
        shortlist = shortlist.added(entry_of(catalog, catalog.program[own]))
    shortlist = shortlist.noted(CARDS, '=HYPERLINK("x")\nsecond; "line", 日本').with_status(CARDS, "-applied")
    shortlist = shortlist.rated(IM, 4).tagged(IM, ["near home", "research"]).dated(IM, "interview", "2027-01-15")
    for column in (
        named_column("Near family", "1-5", 3, ">= 2"),
        named_column("Status", "yes/no"),  # one of ours is called so too
        named_column("Pay", "number", -1.5),
        named_column("Visit", "date"),
        named_column("stars", "1-5"),
        named_column("Said", "text"),
    ):
        shortlist = shortlist.with_column(column)
    shortlist = shortlist.valued(IM, "Near family", 4).valued(IM, "Status", False).valued(CARDS, "Pay", 65000.5)
    shortlist = shortlist.valued(EM, "Visit", "2027-01-02").valued(CARDS, "Said", "=cmd; <b>").valued(EM, "Pay", 60)
    return shortlist.scored(IM, 0)


@pytest.mark.parametrize("form", FORMATS)
def test_what_went_out_comes_back(catalog: Catalog, tmp_path: Path, form: str) -> None:
    whole = listed(catalog)
    file = tmp_path / "no-ending-that-helps"
    file.write_bytes(export(shortlist_sheet(catalog, whole), form))
    brought = bring(catalog, Shortlist(), read_table(file))
    assert brought.shortlist.entries == whole.entries
    assert [own.name for own in brought.shortlist.columns] == [own.name for own in whole.columns]
    if form in ("json", "toml"):
        assert brought.shortlist.columns == whole.columns, "weights and rules too"
    assert not brought.doubts
    again = bring(catalog, whole, read_table(file))
    assert again.shortlist == whole
    assert again.same == 3


NOTES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]) | st.sampled_from("=+-@'\n,;\" "), max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(notes=st.lists(NOTES, min_size=3, max_size=3), form=st.sampled_from(FORMATS))
def test_any_note_comes_back(catalog: Catalog, tmp_path: Path, notes: list[str], form: str) -> None:
    shortlist = listed(catalog)
    for entry, note in zip(shortlist, notes, strict=True):
        shortlist = shortlist.noted(entry.id, note.strip())
    file = tmp_path / "list"
    file.write_bytes(export(shortlist_sheet(catalog, shortlist), form))
    brought = bring(catalog, Shortlist(), read_table(file)).shortlist
    for entry in shortlist:
        back = brought.entry(entry.id)
        assert back is not None
        assert _same(back.note, entry.note)


def _same(one: str, other: str) -> bool:
    """A sign before a cell that keeps it from running cannot be told from one that the person wrote."""
    return one.split() == other.split() or one.split() == other.removeprefix("'").split()


def test_a_spreadsheet_that_was_shuffled_and_edited(catalog: Catalog, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(export(shortlist_sheet(catalog, listed(catalog)), "csv").decode("utf-8-sig"))))
    heads = rows[0]
    edited = [["Id", "Status", "My own column", "Rank"]]
    edited += [[row[heads.index("Id")], "invited", "7", row[0]] for row in reversed(rows[1:])]
    edited[1][3] = "1"
    edited[3][3] = "3"
    file = tmp_path / "edited.csv"
    file.write_text("\n".join(";".join(row) for row in edited), encoding="cp1252")
    brought = bring(catalog, listed(catalog), read_table(file))
    assert [entry.status for entry in brought.shortlist] == ["invited"] * 3
    assert [entry.id for entry in brought.shortlist] == [EM, IM, CARDS]
    assert brought.shortlist.entries[1].rating == 4, "what the file has no column for stays"


def test_somebodys_own_sheet_is_matched(catalog: Catalog, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["My programs"])
    page.append(["Hospital", "Residency", "ACGME ID", "Comments", "Stars"])
    page.append(["Tufts Medical Center", "", 1412421010, "liked the fellows", 5.0])
    page.append(["MGH", "Internal Medicine Residency Program", None, "big", "many"])
    page.append(["Nowhere", "Astrology Residency", None, "", ""])
    page.append([None, None, None, None, None])
    file = tmp_path / "mine.xlsx"
    book.save(file)
    brought = bring(catalog, Shortlist(), read_table(file))
    notes = {entry.id: entry.note for entry in brought.shortlist}
    assert notes[IM] == "big"
    assert [doubt.number for doubt in brought.doubts if "no rating" in doubt.why] == [4]
    assert [doubt.number for doubt in brought.doubts if doubt.why.startswith("not matched")] == [5]
    acgme = [own for own in catalog.programs if own.acgme_id == "1412421010"]
    assert (notes.get(CARDS) == "liked the fellows") == (len(acgme) == 1)


def test_what_was_put_beside_our_columns_becomes_columns_of_ones_own(catalog: Catalog, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(export(shortlist_sheet(catalog, listed(catalog)), "csv").decode("utf-8-sig"))))
    file = tmp_path / "x.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([*row, beside] for row, beside in zip(rows, ("Miles", "12", "12", "12"), strict=True))
    brought = bring(catalog, listed(catalog), read_table(file))
    assert brought.columns == ("Miles",)
    assert [entry.value("Miles") for entry in brought.shortlist] == [12] * 3
    assert [(own.name, own.kind) for own in brought.shortlist.columns][-1] == ("Miles", "number")


def test_a_value_that_does_not_fit_stays_as_it_was(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(f"id,near family,pay\n{IM},9,much\n{EM},5,70\n", encoding="utf-8")
    brought = bring(catalog, listed(catalog), read_table(file))
    assert {doubt.why.partition(":")[0] for doubt in brought.doubts} == {"Near family", "Pay"}
    assert brought.shortlist.entries[1].value("Near family") == 4
    assert (brought.shortlist.entries[2].value("Near family"), brought.shortlist.entries[2].value("Pay")) == (5, 70)


def test_a_row_that_was_asked_about(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("program,hospital,note\nNeurology,tufts,liked it\n", encoding="utf-8")
    table = read_table(file)
    doubt = bring(catalog, Shortlist(), table).doubts[0]
    assert len(doubt.near) > 1
    brought = bring(catalog, Shortlist(), table, {doubt.number: doubt.near[1]})
    assert [(entry.id, entry.note) for entry in brought.shortlist] == [(doubt.near[1], "liked it")]
    assert not brought.doubts


def test_a_file_brings_a_bounded_number_of_columns(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    names = [f"c{number}" for number in range(60)]
    file.write_text(",".join(["id", *names]) + f"\n{IM}," + ",".join("1" for _ in names), encoding="utf-8")
    brought = bring(catalog, Shortlist(), read_table(file))
    assert len(brought.shortlist.columns) == len(brought.columns) == 40
    assert "at most 40" in brought.doubts[0].why


def test_five_thousand_entries(catalog: Catalog, tmp_path: Path) -> None:
    own = [program.id for program in catalog.programs]
    shortlist = Shortlist(
        entries=tuple(Entry(f"gone-{number}", f"P{number}", "H") for number in range(5000 - len(own)))
    )
    for name in own:
        shortlist = shortlist.added(entry_of(catalog, catalog.program[name]))
    file = tmp_path / "x"
    for form in FORMATS:
        file.write_bytes(export(shortlist_sheet(catalog, shortlist), form))
        assert bring(catalog, shortlist, read_table(file)).same == 5000


def test_a_byte_order_mark_that_another_program_did_not_know(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(export(shortlist_sheet(catalog, listed(catalog)), "csv").decode("cp1252", "replace").encode())
    assert "rank" in read_table(file).titles


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (300 * 1024 * 1024))


def _damaged(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<nothing")
        packed.writestr("xl/workbook.xml", "<<<")


@pytest.mark.parametrize(
    "make",
    [
        _damaged,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b" \n\t"),
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        lambda path: path.write_bytes(b"PK\x03\x04garbage"),
        lambda path: path.write_text("just a sentence", encoding="utf-8"),
        lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
        lambda path: path.write_text("{}", encoding="utf-8"),
        lambda path: path.write_text("a,b\n" * 30_000, encoding="utf-8"),
        lambda path: path.write_bytes(b"x" * (40 * 1024 * 1024)),
        _bomb,
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(tmp_path: Path, make: Callable[[Path], object]) -> None:
    file = tmp_path / "x"
    make(file)
    with pytest.raises(TableError, match="gmetui: x: "):
        read_table(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(raw=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(catalog: Catalog, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "x"
    file.write_bytes(raw)
    with contextlib.suppress(TableError):
        bring(catalog, Shortlist(), read_table(file))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_come_in_harmless(catalog: Catalog, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps([{"id": CARDS, "note": text, "status": text, "tags": text}]), encoding="utf-8")
    entry = bring(catalog, Shortlist(), read_table(file)).shortlist.entries[0]
    assert is_harmless(entry.note + entry.status + "".join(entry.tags))


def test_a_wide_row_is_bounded(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(",".join(["id"] + ["c"] * 5000) + "\n" + ",".join([CARDS] + ["x"] * 5000), encoding="utf-8")
    assert len(read_table(file).records[0].cells) <= 200


def test_from_the_command_line(run: Run, tmp_path: Path) -> None:
    run("shortlist", "add", CARDS, IM)
    run("shortlist", "note", CARDS, "mine")
    out = tmp_path / "list.xlsx"
    run("export", "--output", str(out))
    run("shortlist", "remove", CARDS)
    said = run("import", str(out), "--dry-run")
    assert "new: Cardiovascular" in said
    assert json.loads(run("shortlist", "--format", "json"))["total"] == 1
    report = json.loads(run("import", str(out), "--format", "json"))
    assert report["same"] == 1
    assert json.loads(run("shortlist", "--format", "json"))["programs"][0]["id"] == CARDS
    run("shortlist", "undo")
    assert json.loads(run("shortlist", "--format", "json"))["total"] == 1
    run("import", str(tmp_path / "no-such"), code=4)
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    run("import", str(tmp_path / "empty.csv"), code=3)
    assert "is empty" in run.err
