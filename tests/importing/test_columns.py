"""Which columns a list has: by their headings, by their cells, and as the user assigns them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.importing.column_detection import (
    FIELD_HEADINGS,
    DetectedColumn,
    detect_columns,
    layout_key,
    normalize_heading,
)
from gmetui.importing.specialty_matcher import SpecialtyMatcher
from importing.program_lists import (
    IDS,
    ROWS,
    as_csv,
    data_file_text,
    import_content,
    messages,
    program_table,
    summaries,
)


def test_listed_headings_are_normalized() -> None:
    for headings in FIELD_HEADINGS.values():
        for heading in headings:
            assert normalize_heading(heading) == heading
            assert normalize_heading(heading.title().replace(" ", "_")) == heading


def test_cells_of_known_columns_become_facts(catalog: Catalog, tmp_path: Path) -> None:
    content = as_csv(dict(row, quota="12 *", start="['July']", j1="True", h1b="0", web="x.org y.org/z") for row in ROWS)
    program = program_table(import_content(catalog, tmp_path / "list", content), IDS[0])
    assert program["positions_per_year"] == 12
    assert program["positions_note"] == "the list says '12 *'"
    assert program["start"] == "July"
    assert program["visa"] == [
        {"text": "J-1: yes", "sponsored": ["J-1"]},
        {"text": "H-1B: no", "refused": ["H-1B"]},
    ]
    assert program["url"] == "https://x.org"
    assert program["also_listed"] == ["Another page: https://y.org/z"]


def _fields(catalog: Catalog, **columns: list[str]) -> list[str]:
    """Return the detected fields of columns of cells."""
    rows = list(zip(*columns.values(), strict=True))
    detected = detect_columns(list(columns), rows, SpecialtyMatcher(catalog), {})
    return [column.field for column in detected]


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("acgme", ["1400199901", "3200199902"]),
        ("nrmp", ["1007140C0", "1007440P0"]),
        ("specialty", ["Internal medicine", "Pediatrics"]),
        ("state", ["Alabama", "TX"]),
        ("url", ["www.example.org", "https://example.edu/x"]),
        ("extra", ["12", "something"]),
    ],
)
def test_unknown_headings_are_recognized_by_content(catalog: Catalog, field: str, cells: list[str]) -> None:
    assert _fields(catalog, thing=cells) == [field]


def test_general_headings_of_ids_need_matching_content(catalog: Catalog) -> None:
    assert _fields(catalog, id=["1", "2"]) == ["extra"]
    assert _fields(catalog, id=["1400199901", "3200199902"]) == ["acgme"]
    assert _fields(catalog, id=["1007140C0", "1007440P0"]) == ["nrmp"]
    assert _fields(catalog, acgme_id=["1", "2"]) == ["acgme"], "a specific heading needs no confirmation"


def test_the_city_is_expected_before_the_state(catalog: Catalog) -> None:
    columns = {"a": ["Oakland", "Waco"], "b": ["CA", "TX"], "c": ["1400599901", "1404899904"]}
    assert _fields(catalog, **columns) == ["city", "state", "acgme"]


def test_the_better_of_two_columns_wins(catalog: Catalog) -> None:
    assert _fields(catalog, Program=["a", "b"], program_name=["c", "d"]) == ["extra", "name"]


CONTACT_CELLS = {
    "e-mail addresses": ["jane.roe@example.org", "max.doe+gme@example.edu", "a@b.org", "c@d.org"],
    "telephone numbers": ["(617) 555-0100", "617-555-0101", "617.555.0102", "617 555-0103"],
    "mostly telephone numbers": ["617-555-0100", "617-555-0101", "617-555-0102", "call us"],
}


@pytest.mark.parametrize("contents", CONTACT_CELLS)
def test_contact_details_under_an_unknown_heading_are_ignored(catalog: Catalog, tmp_path: Path, contents: str) -> None:
    cells = CONTACT_CELLS[contents]
    content = as_csv(dict(row, reach=cells[index % len(cells)]) for index, row in enumerate(ROWS))
    program_import = import_content(catalog, tmp_path / "list", content)
    columns = {column.title: column.field for column in program_import.report.sheets[0].columns}
    assert columns["reach"] == "person"
    text = data_file_text(program_import)
    assert not [cell for cell in cells if cell in text]
    assert set(summaries(program_import)) == set(IDS)


@pytest.mark.parametrize("heading", ["Dr. in charge of e-mail", "Office telephone", "faculty", "Chair (acting)"])
def test_headings_with_words_for_people_are_ignored(catalog: Catalog, tmp_path: Path, heading: str) -> None:
    content = as_csv({**row, heading: "Jane Q. Roe"} for row in ROWS)
    assert "Roe" not in data_file_text(import_content(catalog, tmp_path / "list", content))


def test_few_contact_details_do_not_hide_a_column(catalog: Catalog) -> None:
    cells = ["617-555-0100", "ask", "write", "come"]
    assert _fields(catalog, reach=cells) == ["extra"]


def test_users_can_correct_columns(catalog: Catalog, tmp_path: Path) -> None:
    rows = [{**row, "remark": "x", "thing": "8"} for row in ROWS]
    program_import = import_content(
        catalog,
        tmp_path / "list",
        as_csv(rows),
        overrides=lambda titles: {"Thing": "positions", "remark": "nothing"},
    )
    program = program_table(program_import, IDS[0])
    assert program["positions_per_year"] == 8
    assert "also_listed" not in program
    columns = {column.title: column for column in program_import.report.sheets[0].columns}
    assert columns["thing"] == DetectedColumn("thing", "positions", "you chose it", ("8",))
    assert layout_key(["A", "b c"]) == layout_key(["B_C", "a"])


def test_closed_programs_and_people_are_left_out(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        dict(row, status="Continued Accreditation" if index else "Accreditation Withdrawn", director="Dr. Jane Roe")
        for index, row in enumerate(ROWS)
    ]
    program_import = import_content(catalog, tmp_path / "list", as_csv(rows))
    assert messages(program_import, "left out") == ["its status is “Accreditation Withdrawn”"]
    assert IDS[0] not in summaries(program_import)
    assert program_table(program_import, IDS[1])["accreditation"] == "acgme"
    assert "Jane Roe" not in data_file_text(program_import)
