"""A comparison of programs as CSV and Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.comparison import ComparisonRow
from ..catalog.facts import NOT_STATED
from ..catalog.models import Program
from .csv import SpreadsheetWriter
from .markdown import escape_markdown


def comparison_csv(programs: Sequence[Program], rows: Sequence[ComparisonRow]) -> bytes:
    """Return a comparison as CSV, with a line for each field and a column for each program."""
    writer = SpreadsheetWriter()
    writer.add_row(["Field", *(program.name for program in programs)])
    writer.add_row(["Id", *(program.id for program in programs)])
    for row in rows:
        writer.add_row([row.label, *("; ".join(cell.values) for cell in row.cells)])
    return writer.text().encode("utf-8-sig")


def comparison_markdown(programs: Sequence[Program], rows: Sequence[ComparisonRow]) -> str:
    """Return a comparison as a Markdown table."""
    names = " | ".join(escape_markdown(program.name) for program in programs)
    lines = [f"| | {names} |", f"|{' --- |' * (len(programs) + 1)}"]
    for row in rows:
        cells = (
            "<br>".join(map(escape_markdown, cell.values)) if cell.values else f"*{NOT_STATED}*" for cell in row.cells
        )
        lines.append(f"| **{row.label}** | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
