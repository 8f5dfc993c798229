"""Ids and match codes as spreadsheets, e-mails and web pages write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.importing.identifiers import find_acgme_ids, find_match_codes
from gmetui.importing.shortlist_import import import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.entries import Shortlist


@pytest.mark.parametrize(
    ("cell", "acgme_ids"),
    [
        ("1402421062", ["1402421062"]),
        ("402421062", ["0402421062"]),
        ("2200111018.0", ["2200111018"]),
        ("1400100893C", ["1400100893"]),
        ("[1402431164] Name", ["1402431164"]),
        ("https://example.org/p-1402421184", ["1402421184"]),
        ("1402421062, 1402421062", ["1402421062"]),
        ("617-555-0100", []),
        ("12345678901", []),
        ("1259320C0", []),
        ("", []),
    ],
)
def test_acgme_ids(cell: str, acgme_ids: list[str]) -> None:
    assert find_acgme_ids(cell) == acgme_ids


@pytest.mark.parametrize(
    ("cell", "match_codes"),
    [
        ("1259320C0", ["1259320C0"]),
        ("1259320c0 (categorical), 1259320C1", ["1259320C0", "1259320C1"]),
        ("1402421062", []),
        ("X1259320C0", []),
    ],
)
def test_match_codes(cell: str, match_codes: list[str]) -> None:
    assert find_match_codes(cell) == match_codes


@given(st.text(max_size=60))
def test_any_text_gives_well_formed_codes(text: str) -> None:
    for acgme_id in find_acgme_ids(text):
        assert len(acgme_id) == 10
        assert acgme_id.isascii()
        assert acgme_id.isdecimal()
    assert all(len(code) == 9 for code in find_match_codes(text))


def test_programs_are_found_by_id_or_code_in_either_column(catalog: Catalog, tmp_path: Path) -> None:
    lines, program_ids = ["Accreditation ID,NRMP Code"], []
    for number, program in enumerate(catalog.programs):
        code = program.nrmp_codes[0].code if program.nrmp_codes else None
        if program.acgme_id or code:
            cell = f"[{program.acgme_id.removeprefix('0')}.0]" if program.acgme_id else str(code)
            lines.append(f"{cell}," if number % 2 else f",{cell}")
            program_ids.append(program.id)
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    result = import_shortlist(catalog, Shortlist(), read_shortlist_table(path))
    assert program_ids
    assert [entry.id for entry in result.shortlist] == program_ids
    assert not result.problems
