"""Untidy cells: what they mean is the same as in a tidy list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.us_states import STATES
from gmetui.datafiles.files import read_catalog
from gmetui.errors import UnreadableListError
from importing.program_lists import (
    IDS,
    ROWS,
    ProgramSummary,
    as_csv,
    data_file_text,
    import_content,
    messages,
    program_table,
    save,
    summaries,
    with_cells,
)
from support import FIXTURE_DATA

UNTIDY_LISTS: dict[str, Callable[[], str]] = {
    "ids without their leading zero": lambda: as_csv(with_cells(acgme_id=lambda row: row["acgme_id"].lstrip("0"))),
    "ids as decimals": lambda: as_csv(with_cells(acgme_id=lambda row: f"{row['acgme_id'].lstrip('0')}.0")),
    "ids with a track letter": lambda: as_csv(with_cells(acgme_id=lambda row: f"{row['acgme_id']}C")),
    "ids in brackets": lambda: as_csv(with_cells(acgme_id=lambda row: f"[{row['acgme_id']}]")),
    "ids in names": lambda: as_csv(dict(row, acgme_id="", name=f"{row['name']} [{row['acgme_id']}]") for row in ROWS),
    "ids in web addresses": lambda: as_csv(
        dict(row, acgme_id="", link=f"apps.example.org/Detail?programId={row['acgme_id']}&x=1") for row in ROWS
    ),
    "zero-width spaces": lambda: as_csv(
        with_cells(acgme_id=lambda row: f"{row['acgme_id'][:4]}\u200b{row['acgme_id'][4:]}", city="\ufeffX\u200d")
    ),
    "attached remarks": lambda: as_csv(with_cells(name=lambda row: f"{row['name']}New Program!")),
    "capitals": lambda: as_csv(
        with_cells(
            name=lambda row: row["name"].upper(),
            institution=lambda row: row["institution"].upper(),
            specialty=lambda row: row["specialty"].upper(),
        )
    ),
    "HTML": lambda: as_csv(
        with_cells(
            name=lambda row: f"<b>{row['name']}</b>",
            institution=lambda row: row["institution"].replace("'", "&amp;#39;").replace("é", "&eacute;"),
        )
    ),
    "state names": lambda: as_csv(with_cells(state=lambda row: STATES[row["state"]].upper())),
    "city and state in one cell": lambda: as_csv(
        dict(row, city="", state="", location=f"{row['city']}, {row['state']}") for row in ROWS
    ),
    "no city and state": lambda: as_csv(with_cells(state="N/A", city="--")),
    "no specialty": lambda: as_csv(with_cells(specialty="NaN")),
    "unknown headings": lambda: as_csv(
        {f"field {index}": cell for index, cell in enumerate(row.values())} for row in ROWS
    ),
    "other headings": lambda: as_csv(
        {
            "acgmeProgramId": row["acgme_id"],
            "Program_Title": row["name"],
            "Sponsoring Institution": row["institution"],
            "disciplineName": row["specialty"],
            "City": row["city"],
            "State": row["state"],
        }
        for row in ROWS
    ),
    "several rows per program": lambda: as_csv(
        variant for row in ROWS for variant in (row, dict(row, acgme_id=f"{row['acgme_id']}P", name="Preliminary"))
    ),
    "varying spelling": lambda: as_csv(
        dict(row, institution=row["institution"].replace("St ", "Saint ").replace("University", "Univ."))
        if number % 3 == 0
        else row
        for number, row in enumerate(ROWS)
    ),
}


@pytest.fixture(scope="module")
def expected(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ProgramSummary]:
    """The programs of the tidy list."""
    path = tmp_path_factory.mktemp("tidy") / "list"
    return _with_plain_names(summaries(import_content(catalog, path, as_csv(ROWS))))


def _with_plain_names(programs: dict[str, ProgramSummary]) -> dict[str, ProgramSummary]:
    def plain(name: str) -> str:
        return name.casefold().replace("saint ", "st ").replace("univ.", "university")

    return {key: program._replace(institution=plain(program.institution)) for key, program in programs.items()}


@pytest.mark.parametrize("fault", UNTIDY_LISTS)
def test_untidy_lists_give_the_same_programs(
    catalog: Catalog, tmp_path: Path, fault: str, expected: dict[str, ProgramSummary]
) -> None:
    program_import = import_content(catalog, tmp_path / "list", UNTIDY_LISTS[fault]())
    assert _with_plain_names(summaries(program_import)) == expected
    assert not messages(program_import, "left out")


@pytest.mark.parametrize(
    ("cell", "number", "note"),
    [
        ("95.0", 95, None),
        ("7", 7, None),
        ("12 *", 12, "12 *"),
        ("4-6", None, "4-6"),
        ("4 to 6", None, "4 to 6"),
        ("0", None, "0"),
        ("about 8", 8, "about 8"),
        ("many", None, "many"),
        ("–", None, None),
    ],
)
def test_numbers_with_remarks(
    catalog: Catalog, tmp_path: Path, cell: str, number: int | None, note: str | None
) -> None:
    program_import = import_content(catalog, tmp_path / "list", as_csv(dict(row, positions=cell) for row in ROWS))
    program = program_table(program_import, IDS[0])
    assert program.get("positions_per_year") == number
    assert program.get("positions_note") == (f"the list says {note!r}" if note else None)


@pytest.mark.parametrize(("cell", "years"), [("3 years", 3), ("4-yr", 4), ("12", 12), ("13", None)])
def test_lengths(catalog: Catalog, tmp_path: Path, cell: str, years: int | None) -> None:
    program_import = import_content(catalog, tmp_path / "list", as_csv(dict(row, length=cell) for row in ROWS))
    assert program_table(program_import, IDS[0]).get("length_years") == years


def test_contradictions_between_id_and_row_are_reported_and_kept(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], specialty="Surgery", state="OR"), *ROWS[1:]]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert "its ACGME id is for Anesthesiology, but the row says Surgery" in messages(program_import, "doubt")
    assert "its ACGME id is for California, but the row says Oregon" in messages(program_import, "doubt")
    program = program_table(program_import, IDS[0])
    assert program["specialty"] == "anesthesiology", "digits win"
    assert [item["about"] for item in program["disagreements"]] == ["specialty", "state"]
    assert all(finding.row == 2 for finding in program_import.report.findings)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("12345", "“12345” is not an ACGME id (ten digits)"),
        ("0409999901", "the digits of 0409999901 match no specialty or no state"),
        ("0400599901 4400599901", "several ids; using 0400599901"),
    ],
)
def test_doubtful_ids_are_reported(catalog: Catalog, tmp_path: Path, cell: str, message: str) -> None:
    rows = [dict(ROWS[0], acgme_id=cell), *ROWS[1:]]
    assert message in messages(import_content(catalog, tmp_path / "list", as_csv(rows)), "doubt")


def test_match_codes_identify_programs_without_an_id(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(row, acgme_id=f"12{number:02}140C0") for number, row in enumerate(ROWS[:4])] + list(ROWS[4:])
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert program_table(program_import, "nrmp-1200140c0")["nrmp_codes"] == ["1200140C0"]
    assert program_import.report.corrections["match codes in the column of ACGME ids"] == 4


def test_a_match_code_at_two_institutions_is_two_programs(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(row, acgme_id="", nrmp_code="1200140C0" if number < 2 else "") for number, row in enumerate(ROWS)]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    with_code = [table["institution"] for table in program_import.tables["program"] if table.get("nrmp_codes")]
    assert sorted(with_code) == ["harbor-university-ca", "st-elms-hospital-ny"]


def test_rows_of_one_program_become_its_tracks(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], track="Categorical", nrmp_code="1200040C0"), dict(ROWS[0], track="A", nrmp_code="1200040A0")]
    rows += [dict(row, track="", nrmp_code="") for row in ROWS[1:]]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    program = program_table(program_import, IDS[0])
    assert program["tracks"] == ["Categorical", "Advanced"]
    assert [code["track"] for code in program["nrmp_codes"]] == ["Categorical", "Advanced"]
    assert program_import.report.continuation_rows == 1


def test_each_track_has_its_own_positions(catalog: Catalog, tmp_path: Path) -> None:
    tracks = (("Categorical", "9"), ("Advanced", "4"), ("Research", "1"))
    rows = [dict(ROWS[0], track=track, quota=quota) for track, quota in tracks]
    rows += [dict(row, track="", quota="") for row in ROWS[1:]]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    program = program_table(program_import, IDS[0])
    assert program["tracks"] == [
        {"text": "Categorical", "positions_per_year": 9},
        {"text": "Advanced", "positions_per_year": 4},
        {"text": "Research", "positions_per_year": 1},
    ]
    assert "positions_per_year" not in program, "no source gives the sum"
    assert not messages(program_import, "doubt")
    assert "None" not in data_file_text(program_import)


def test_rows_of_one_program_fill_in_and_contradict_each_other(catalog: Catalog, tmp_path: Path) -> None:
    first, second = dict(ROWS[0], quota="9", start=""), dict(ROWS[0], quota="8", start="July", name="Bay Program")
    rows = [first, second, *(dict(row, quota="", start="") for row in ROWS[1:])]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    program = program_table(program_import, IDS[0])
    assert (program["positions_per_year"], program["start"]) == (9, "July")
    assert messages(program_import, "doubt") == [
        "positions per year is “8” in this row, but “9” in row 2 of the same program"
    ]
    elsewhere = [ROWS[0], dict(ROWS[0], institution="Bay Hospital"), *ROWS[1:]]
    doubts = messages(import_content(catalog, tmp_path / "list", as_csv(elsewhere)), "doubt")
    assert doubts == ["row 2 of the same program names another institution or state"]


@pytest.mark.parametrize("track", ["Research (2 years)", "A, B", ",", "Adv: x", "(x)", "C"])
def test_track_names_survive_the_data_file(catalog: Catalog, tmp_path: Path, track: str) -> None:
    rows = [dict(row, track=track, nrmp_code=f"1{number:03}040C0") for number, row in enumerate(ROWS)]
    path = save(import_content(catalog, tmp_path / "list", as_csv(rows)), tmp_path / "programs.toml")
    program = read_catalog([FIXTURE_DATA, path], bundled=False).program[IDS[0]]
    assert program.nrmp_codes[0].track == program.tracks[0].name


def test_rows_of_other_countries_are_left_out(catalog: Catalog, tmp_path: Path) -> None:
    toronto = dict(ROWS[0], acgme_id="", state="Ontario", city="Toronto", country="Canada")
    quebec = dict(ROWS[1], acgme_id="", state="Quebec", country="")
    rows = [toronto, quebec, *(dict(row, country="USA") for row in ROWS[2:])]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert len(program_import.tables["program"]) == len(ROWS) - 2
    left_out = messages(program_import, "left out")
    assert [message.partition(";")[0] for message in left_out] == ["it is in Canada", "it is in Quebec, Canada"]
    with pytest.raises(UnreadableListError, match="Canada"):
        import_content(catalog, tmp_path / "canada", as_csv([toronto]))


def test_swapped_coordinates(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], lat="-79.4", long="43.7"), *(dict(row, lat="", long="") for row in ROWS[1:])]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert program_table(program_import, IDS[0])["also_listed"][-1] == "Latitude and longitude: 43.7, -79.4"
    assert "latitude and longitude were swapped" in messages(program_import)
