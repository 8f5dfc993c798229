"""A comparison of programs as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.comparison import ComparisonRow
from ..catalog.models import Program
from .csv import SpreadsheetWriter


def comparison_csv(programs: Sequence[Program], rows: Sequence[ComparisonRow]) -> bytes:
    """Return a comparison as CSV, with a line for each field and a column for each program."""
    writer = SpreadsheetWriter()
    writer.add_row(["Field", *(program.name for program in programs)])
    writer.add_row(["Id", *(program.id for program in programs)])
    for row in rows:
        writer.add_row([row.label, *("; ".join(cell.values) for cell in row.cells)])
    return writer.text().encode()
