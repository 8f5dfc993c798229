"""Plain text: one paragraph for each program."""

from __future__ import annotations

from ..text import sanitize
from .table import ExportTable, table_columns, table_summary


def write_text(table: ExportTable) -> bytes:
    """Return `table` as plain text, with a line for each filled cell."""
    columns = [column for column in table_columns(table) if column.key not in ("rank", "program")]
    lines = [table.title, table_summary(table)]
    for row in table.rows:
        name = row.program.name if row.program else row.entry.name
        lines += ["", sanitize(f"{row.rank}. {name}")]
        for column in columns:
            cell = sanitize(column.cell_text(row, table.catalog))
            if cell:
                lines.append(f"   {column.heading}: {cell}")
    return ("\n".join(lines) + "\n").encode()
