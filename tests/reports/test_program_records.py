"""Flat records of programs, as data frames take them."""

from __future__ import annotations

import gmetui
from gmetui.catalog.catalog import Catalog
from gmetui.reports.program_records import program_records


def test_every_public_name_can_be_imported() -> None:
    for name in gmetui.__all__:
        assert getattr(gmetui, name)


def test_records_are_flat_and_keep_numbers(catalog: Catalog) -> None:
    records = program_records(catalog, catalog.programs)
    assert len({tuple(record) for record in records}) == 1
    for record in records:
        for key, value in record.items():
            texts = value if isinstance(value, list) else [value]
            assert all(isinstance(text, str) and text for text in texts) or isinstance(value, int | None), key
    lengths = {record["length_years"] for record in records}
    assert 3 in lengths
    assert None in lengths
    assert "not stated" not in {str(value) for record in records for value in record.values()}
