"""Ids and match codes as spreadsheets, mails and web pages have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.models import Catalog
from gmetui.importing.identifiers import acgme_ids, match_codes
from gmetui.importing.readers.tables import read_table
from gmetui.importing.shortlist_import import bring
from gmetui.shortlist.entries import Shortlist


@pytest.mark.parametrize(
    ("cell", "ids"),
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
def test_ids(cell: str, ids: list[str]) -> None:
    assert acgme_ids(cell) == ids


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("1259320C0", ["1259320C0"]),
        ("1259320c0 (categorical), 1259320C1", ["1259320C0", "1259320C1"]),
        ("1402421062", []),
        ("X1259320C0", []),
    ],
)
def test_codes(cell: str, codes: list[str]) -> None:
    assert match_codes(cell) == codes


@given(st.text(max_size=60))
def test_any_text_gives_codes_of_the_right_form(text: str) -> None:
    assert all(len(own) == 10 and own.isascii() and own.isdecimal() for own in acgme_ids(text))
    assert all(len(own) == 9 for own in match_codes(text))


def test_every_program_with_an_id_or_a_code_is_found_by_it_in_either_column(catalog: Catalog, tmp_path: Path) -> None:
    rows, wanted = ["Accreditation ID,NRMP Code"], []
    for number, program in enumerate(catalog.programs):
        code = program.nrmp_codes[0].code if program.nrmp_codes else None
        if program.acgme_id or code:
            own = f"[{program.acgme_id.removeprefix('0')}.0]" if program.acgme_id else str(code)
            rows.append(f"{own}," if number % 2 else f",{own}")
            wanted.append(program.id)
    file = tmp_path / "x.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    brought = bring(catalog, Shortlist(), read_table(file))
    assert [entry.id for entry in brought.shortlist] == wanted
    assert not brought.doubts
