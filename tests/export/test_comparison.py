"""A comparison as CSV."""

from __future__ import annotations

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.comparison import ComparisonCell, ComparisonRow
from gmetui.export.comparison import comparison_csv


def test_hostile_values_are_escaped(hostile_catalog: Catalog) -> None:
    programs = [hostile_catalog.program[program_id] for program_id in ("harbor-surgery", "elm-psychiatry")]
    rows = [ComparisonRow("note", "Note", (ComparisonCell(("=1+1", "a | b")), ComparisonCell(())))]
    lines = comparison_csv(programs, rows).decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Field,'@General")
    assert lines[1] == "Id,harbor-surgery,elm-psychiatry"
    assert lines[2] == "Note,'=1+1; a | b,"
