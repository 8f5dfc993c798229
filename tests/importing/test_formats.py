"""The same list in every format, encoding and layout is imported as the same programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.us_states import STATES
from gmetui.errors import UnreadableListError
from gmetui.importing.readers.encodings import detect_encoding
from importing.program_lists import (
    IDS,
    ROWS,
    ProgramSummary,
    as_csv,
    as_json,
    data_file_text,
    import_content,
    messages,
    program_table,
    specialty_workbook,
    summaries,
    with_cells,
    without_columns,
)


def _grouped_by(key: str) -> dict[str, list[dict[str, str]]]:
    return {value: [row for row in ROWS if row[key] == value] for value in {row[key]: "" for row in ROWS}}


def _institution_records() -> list[dict[str, object]]:
    return [
        {"name": name, "programs": [{key: row[key] for key in row if key != "institution"} for row in rows]}
        for name, rows in _grouped_by("institution").items()
    ]


def _acgme_entry(template: str, row: dict[str, str]) -> str:
    address = f"1 Main St, {row['city']}, {row['state']} 02111"
    return template.format(id=row["acgme_id"], name=row["name"], address=address)


def _eras_lines(separator: str) -> str:
    return "\n".join(
        separator.join((STATES[row["state"]], row["city"], row["name"], row["acgme_id"], "Participating"))
        for row in ROWS
    )


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "UTF-8 with a byte order mark": lambda: as_csv(ROWS).encode("utf-8-sig"),
    "UTF-16": lambda: as_csv(ROWS).encode("utf-16"),
    "UTF-16 without a byte order mark": lambda: as_csv(ROWS).encode("utf-16-le"),
    "big-endian UTF-16 without a byte order mark": lambda: as_csv(ROWS).encode("utf-16-be"),
    "Windows-1252": lambda: as_csv(ROWS).encode("cp1252"),
    "Mac Roman": lambda: as_csv(ROWS).encode("mac_roman"),
    "DOS": lambda: as_csv(ROWS).encode("cp437"),
    "semicolons": lambda: as_csv(ROWS, ";"),
    "tabs": lambda: as_csv(ROWS, "\t"),
    "vertical bars": lambda: as_csv(ROWS, "|"),
    "declared delimiter": lambda: "sep=;\r\n" + as_csv(ROWS, ";"),
    "lines above the headings": lambda: "Programs of 2026\ncompiled by me, on Monday\n\n" + as_csv(ROWS),
    "no headings": lambda: as_csv(ROWS, with_headings=False),
    "repeated headings": lambda: as_csv(ROWS[:5]) + as_csv(ROWS[5:]),
    "line breaks in cells": lambda: as_csv(with_cells(name=lambda row: row["name"].replace(" ", "\n", 1))),
    "a total below": lambda: as_csv(ROWS) + "\nTotal: 10 programs\n",
    "JSON list": lambda: as_json(list(ROWS)),
    "JSON object with a list": lambda: as_json({"date": "2026", "data": {"count": 10, "programs": list(ROWS)}}),
    "JSON by id": lambda: as_json(
        dict(zip((row["acgme_id"] for row in ROWS), without_columns("acgme_id"), strict=True))
    ),
    "JSON by name": lambda: as_json({f"{row['name']} {number}": row for number, row in enumerate(ROWS)}),
    "JSON by specialty": lambda: as_json(_grouped_by("specialty")),
    "JSON institutions": lambda: as_json(_institution_records()),
    "JSON columns": lambda: as_json({key: [row[key] for row in ROWS] for key in ROWS[0]}),
    "JSON lists": lambda: as_json([list(ROWS[0]), *(list(row.values()) for row in ROWS)]),
    "nested JSON": lambda: as_json(
        [
            {**row, "city": None, "state": None, "address": {"city": row["city"], "state": row["state"]}, "tags": ["a"]}
            for row in ROWS
        ]
    ),
    "GeoJSON": lambda: as_json(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": dict(row)} for row in ROWS]}
    ),
    "JSON Lines": lambda: "\n".join(map(as_json, ROWS)),
    "TOML": lambda: "\n".join(
        "[[program]]\n" + "\n".join(f"{key} = {as_json(cell)}" for key, cell in row.items()) for row in ROWS
    ),
    "ACGME page": lambda: "\n".join(
        _acgme_entry("[{id}] {name} | {address} | A. Person, MD | Continued Accreditation | 01/02/2026", row)
        for row in ROWS
    ),
    "wrapped ACGME page": lambda: "\n".join(
        _acgme_entry("[{id}] {name} |\n{address} | A. Person,\nMD | Continued\nAccreditation | 01/02/2026", row)
        for row in ROWS
    ),
    "ERAS page with tabs": lambda: _eras_lines("\t"),
    "ERAS page with spaces": lambda: "State   City   Program   Accreditation ID   Status\n" + _eras_lines("   "),
    "ERAS page with one cell a line": lambda: _eras_lines("\n"),
}


@pytest.fixture(scope="module")
def expected(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ProgramSummary]:
    """The programs of the plain list."""
    programs = summaries(import_content(catalog, tmp_path_factory.mktemp("plain") / "list", as_csv(ROWS)))
    assert set(programs) == set(IDS)
    assert programs["acgme-1411699905"] == ("cardiovascular-disease", "Prairie College", "IL")
    return programs


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_gives_the_same_programs(
    catalog: Catalog, tmp_path: Path, format_name: str, expected: dict[str, ProgramSummary]
) -> None:
    program_import = import_content(catalog, tmp_path / "no-extension", FORMATS[format_name]())
    assert summaries(program_import) == expected
    assert not messages(program_import, "doubt")
    assert not messages(program_import, "left out")


def test_one_damaged_byte_does_not_change_the_encoding(catalog: Catalog, tmp_path: Path) -> None:
    content = as_csv(ROWS).encode().replace("Mayagüez".encode(), b"Mayag\xfcez")
    program_import = import_content(catalog, tmp_path / "list", content)
    assert summaries(program_import)[IDS[8]].institution == "Hospital San José"


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp437"])
def test_legacy_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list"
    path.write_bytes("Hospital San José, Clínica Peña, Universidad de Mayagüez".encode(encoding))
    with path.open("rb") as file:
        assert detect_encoding(file) == encoding


#: Content, and (id, specialty, institution, state, positions) of its first program.
LAYOUTS: dict[str, tuple[str, tuple[str, str, str, str, int | None]]] = {
    "list of match codes": (
        "Program Code,Program Name,Institution,City,State,Quota\n"
        "1007140C0,Internal Medicine-Categorical,Elm Med Ctr-AL,Elm,AL,30\n"
        "1007440P0,Surgery-Preliminary,Elm Med Ctr-AL,Elm,AL,8\n",
        ("nrmp-1007140c0", "internal-medicine", "Elm Med Ctr-AL", "AL", 30),
    ),
    "headings in a list of their own": (
        as_json(
            {
                "columns": ["Program Code", "Program Name", "Sponsor Name", "Sponsor State", "Quota"],
                "data": [["1400199901", "Elm Program", "Elm", "AL", 3], ["3200199902", "Elm Program", "Elm", "AL", 4]],
            }
        ),
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "objects with names": (
        as_json(
            {
                "hits": [
                    {
                        "_source": {
                            "acgme_id": acgme_id,
                            "program_title": "Elm Program",
                            "sponsor": {"id": 1, "name": "Elm", "city": "Elm", "state": "AL"},
                            "quota": 3,
                            "director": {"name": "Jane Roe, MD", "email": "jane@example.org"},
                        }
                    }
                    for acgme_id in ("1400199901", "3200199902")
                ]
            }
        ),
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "rows with a state alone": (
        "Programs of 2026,,,\n,,,\nState,Program,ID,Quota\nALABAMA,,,\n,Elm Program,1400199901,3\nALASKA,,,\n"
        ",Fir Program,3200299902,3\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "lines with a specialty alone": (
        "Internal Medicine\nAlabama\tElm\tElm Program\t1400199901\tParticipating\n"
        "\tElm\tFir Program\t1400199902\tNot Participating\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", None),
    ),
    "single spaces": (
        "State City Program Accreditation ID Status\nInternal Medicine\n"
        "New York Utica Elm Program 1403599901 Participating\nAlabama Elm Fir Program 1400199902 Not Participating\n",
        ("acgme-1403599901", "internal-medicine", "Utica Elm", "NY", None),
    ),
    "copied ACGME page": (
        "List of Programs by Specialty\nAcademic Year 2026-2027\n\nInternal medicine\n"
        "[1400199901] Elm Program\n1 Elm Street,\nElm, AL 35294 | Jane Roe, MD | Continued Accreditation | 01/15/2020\n"
        "Page 1 of 22\nPediatrics\n[3200199902] Elm Program | Elm, AL | Jo Roe, DO | Accreditation Withdrawn | 2020\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", None),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_unusual_layouts(catalog: Catalog, tmp_path: Path, layout: str) -> None:
    content, (program_id, *expected_summary, positions) = LAYOUTS[layout]
    program_import = import_content(catalog, tmp_path / "list", content)
    assert list(summaries(program_import)[program_id]) == expected_summary
    assert program_table(program_import, program_id).get("positions_per_year") == positions
    assert "Roe" not in data_file_text(program_import)
    assert not messages(program_import, "doubt")


def test_status_on_the_line_below_belongs_to_the_program_above(catalog: Catalog, tmp_path: Path) -> None:
    lines = ["Internal Medicine", "Alabama", "Elm", "Elm Program", "1400199901", "Not Participating"]
    lines += ["Alabama", "Fir", "Fir Program", "1400199902", "Participating"]
    program_import = import_content(catalog, tmp_path / "list", "\n".join(lines))
    tables = program_import.tables["program"]
    assert {table["id"]: (table.get("application_service"), table["application_note"]) for table in tables} == {
        "acgme-1400199901": (None, "ERAS: Not Participating"),
        "acgme-1400199902": ("ERAS", "ERAS: Participating"),
    }


def test_an_id_can_contradict_the_section_above(catalog: Catalog, tmp_path: Path) -> None:
    content = "Program,ID,State\nSurgery,,\nElm Program,1400199901,AL\n"
    program_import = import_content(catalog, tmp_path / "list", content)
    assert summaries(program_import)["acgme-1400199901"].specialty == "internal-medicine"
    assert messages(program_import, "doubt") == ["its ACGME id is for Internal medicine, but the row says Surgery"]


def test_workbooks_can_have_one_sheet_per_specialty(catalog: Catalog, tmp_path: Path) -> None:
    content = specialty_workbook(tmp_path / "workbook")
    program_import = import_content(catalog, tmp_path / "list", content)
    assert sorted(summaries(program_import)) == ["acgme-3200599907", "acgme-4000599908"]
    assert [(sheet.name, bool(sheet.rejection)) for sheet in program_import.report.sheets] == [
        ("About", True),
        ("Pediatrics", False),
        ("Psychiatry", False),
    ]
    for sheet_name in ("pediatrics", "2"):
        one_sheet = import_content(catalog, tmp_path / "list", content, sheet_name=sheet_name)
        assert list(summaries(one_sheet)) == ["acgme-3200599907"]
    with pytest.raises(UnreadableListError, match=r"no sheet 'Dermatology'; its sheets: About, Pediatrics, Psychiatry"):
        import_content(catalog, tmp_path / "list", content, sheet_name="Dermatology")
