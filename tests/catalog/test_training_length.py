from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog, SpecialtyId
from gmetui.catalog.training_length import years_in_all, years_text
from gmetui.datafiles.files import load_catalog


@pytest.mark.parametrize(
    ("specialty", "years"),
    [
        ("internal-medicine", (3, 3)),
        ("cardiovascular-disease", (6, 6)),
        ("interventional-cardiology", (7, 7)),
        ("no-such", None),
    ],
)
def test_years_from_medical_school_on(catalog: Catalog, specialty: str, years: tuple[int, int] | None) -> None:
    assert years_in_all(catalog, SpecialtyId(specialty)) == years


def test_one_of_several_parents_is_enough(catalog: Catalog) -> None:
    for specialty in catalog.specialties:
        years = years_in_all(catalog, specialty.id)
        if years and specialty.length_years:
            assert specialty.length_years <= years[0] <= years[1] <= 15


def test_a_ring_ends(tmp_path: Path) -> None:
    ring = """
[[specialty]]
id = "one"
name = "One"
kind = "fellowship"
length_years = 1
parents = ["two"]
[[specialty]]
id = "two"
name = "Two"
kind = "fellowship"
length_years = 1
parents = ["one"]
"""
    (tmp_path / "specialties.toml").write_text(ring, encoding="utf-8")
    try:
        catalog = load_catalog([tmp_path])
    except Exception:  # noqa: BLE001  # refused is as good
        return
    assert years_in_all(catalog, SpecialtyId("one")) is None


def test_words() -> None:
    assert (years_text((6, 6)), years_text((5, 7)), years_text(None)) == ("6", "5–7", "")
