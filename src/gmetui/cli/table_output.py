"""Tables: one line a row, fitted to the terminal; in a pipe tab-separated lines that never depend on it.

On a terminal the first columns matter most. The last ones are left out where it is narrow, and long cells are cut. In
a pipe every column is printed in full, without headings, so that each line is a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..errors import UsageError
from ..reports.text_table import cell_count
from ..text import did_you_mean, is_web_url, sanitize

_GAP = 2
_BOLD, _FAINT, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LINK = "\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\"
_ALIASES = {"name": "program", "hospital": "institution", "length": "years"}  # of the keys of columns
#: Terminals narrower than this show no ids, unless asked.
ID_WIDTH = 100


class Column(NamedTuple):
    """A column. `least_terminal` is the width of the narrowest terminal that shows it, unless `--columns` names it.

    An optional column appears only where `--columns` names it. `whole_cells` are never cut; other cells are cut down to
    `least_width`, and columns are left out where that isn't enough, except required ones.
    """

    key: str
    heading: str
    is_number: bool = False
    least_terminal: int = 0
    is_optional: bool = False
    whole_cells: bool = False
    least_width: int = 10
    is_required: bool = False


class RecordTable(NamedTuple):
    """Rows of cells under columns. `links` are the web addresses of the first cells, "" where there is none."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    link_column: str = ""
    links: Sequence[str] = ()


class TableStyle(NamedTuple):
    """How a table is drawn."""

    width: int
    has_color: bool = False
    has_links: bool = False
    cut_mark: str = "…"


def select_columns(table: RecordTable, names: str | None) -> RecordTable:
    """Return the table with the columns that `--columns` names, or all but the optional ones.

    Raises `UsageError` for an unknown name.
    """
    keys = column_keys(table.columns, names)
    known = {column.key: column_index for column_index, column in enumerate(table.columns)}
    unknown = [key for key in keys if key not in known]
    if unknown or not keys:
        name = unknown[0] if unknown else ""
        hint = did_you_mean(name, known)
        raise UsageError(
            f"gmetui: unknown column “{sanitize(name)}”; {hint}{' ' if hint else ''}the columns are {', '.join(known)}"
        )
    indexes = [known[key] for key in keys]
    columns = [table.columns[column_index] for column_index in indexes]
    if names is not None:
        columns = [column._replace(least_terminal=0, is_required=True) for column in columns]
    return table._replace(
        columns=columns, rows=[[row_cells[column_index] for column_index in indexes] for row_cells in table.rows]
    )


def column_keys(columns: Sequence[Column], names: str | None) -> list[str]:
    """Return the keys of the columns to show: those in `names`, or all but the optional ones."""
    if names is None:
        return [column.key for column in columns if not column.is_optional]
    keys = [name.strip().casefold() for name in names.split(",") if name.strip()]
    known = {column.key for column in columns}
    return [key if key in known else _ALIASES.get(key, key) for key in keys]


def tab_separated(table: RecordTable) -> str:
    """Return a line for each row, with tabs between the cells."""
    return "".join("\t".join(map(sanitize, row_cells)) + "\n" for row_cells in table.rows)


def aligned(table: RecordTable, style: TableStyle) -> str:
    """Return headings and rows in columns that fit the width."""
    shown_indexes = _fitting_columns(table, style.width)
    columns = [table.columns[column_index] for column_index in shown_indexes]
    rows = [[sanitize(row_cells[column_index]) for column_index in shown_indexes] for row_cells in table.rows]
    widths = _column_widths(columns, rows, style.width)
    columns = [column._replace(heading=sanitize(column.heading)) for column in columns]
    heading = _line([column.heading for column in columns], columns, widths, style)
    lines = [f"{_BOLD}{heading}{_RESET}" if style.has_color else heading]
    linked_index = next(
        (column_index for column_index, column in enumerate(columns) if column.key == table.link_column), None
    )
    for number, row_cells in enumerate(rows):
        address = table.links[number] if table.links and linked_index is not None else ""
        lines.append(_line(row_cells, columns, widths, style, linked_index if is_web_url(address) else None, address))
    return "\n".join(lines) + "\n"


def _fitting_columns(table: RecordTable, width: int) -> list[int]:
    """Return the indexes of the columns that a terminal shows, in order: as many as have room to be read."""
    shown_indexes = [
        column_index
        for column_index, column in enumerate(table.columns)
        if column.is_required
        or (
            column.least_terminal <= width
            and (not table.rows or any(row_cells[column_index] for row_cells in table.rows))
        )
    ]
    while (
        len(shown_indexes) > 1
        and sum(_least_width(table, column_index) for column_index in shown_indexes) + _GAP * (len(shown_indexes) - 1)
        > width
    ):
        droppable = [column_index for column_index in shown_indexes if not table.columns[column_index].is_required]
        if not droppable:
            break
        shown_indexes.remove(
            max(droppable, key=lambda column_index: (table.columns[column_index].least_terminal, column_index))
        )
    return shown_indexes


def _least_width(table: RecordTable, column_index: int) -> int:
    column = table.columns[column_index]
    widths = [cell_count(column.heading), *(cell_count(row_cells[column_index]) for row_cells in table.rows)]
    longest = max(widths)
    return longest if column.whole_cells or column.is_number else min(longest, column.least_width)


def _column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column. Where not all fit, the widest are cut to one width, as wide as possible."""
    natural_widths = [
        max([cell_count(column.heading), *(cell_count(row_cells[column_index]) for row_cells in rows)])
        for column_index, column in enumerate(columns)
    ]
    available = width - _GAP * (len(columns) - 1)
    least_widths = [
        width if column.whole_cells or column.is_number else min(width, column.least_width)
        for column, width in zip(columns, natural_widths, strict=True)
    ]
    if sum(least_widths) > available:  # a single column, which is cut all the same
        least_widths = [1] * len(least_widths)
    widest_cut = max(natural_widths, default=0)
    while widest_cut > 1 and sum(_cut_widths(natural_widths, least_widths, widest_cut)) > available:
        widest_cut -= 1
    widths = _cut_widths(natural_widths, least_widths, widest_cut)
    for column_index, longest in enumerate(natural_widths):  # the cells that remain go to the first columns
        spare = available - sum(widths)
        widths[column_index] += min(longest - widths[column_index], max(0, spare))
    return widths


def _cut_widths(natural_widths: Sequence[int], least_widths: Sequence[int], widest_cut: int) -> list[int]:
    return [min(width, max(widest_cut, shortest)) for width, shortest in zip(natural_widths, least_widths, strict=True)]


def _line(
    cells: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    style: TableStyle,
    linked_index: int | None = None,
    address: str = "",
) -> str:
    parts = []
    for column_index, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        text = cut_to(cell, width, style.cut_mark)
        padding = " " * (width - cell_count(text))
        if style.has_color and column.key == "id" and cell != column.heading:
            text = f"{_FAINT}{text}{_RESET}"
        if style.has_links and column_index == linked_index:
            text = _LINK.format(address, text)
        parts.append(padding + text if column.is_number else text + padding)
    return (" " * _GAP).join(parts).rstrip()


def cut_to(text: str, width: int, cut_mark: str = "…") -> str:
    """Return a text of at most `width` cells, with a mark where it was cut."""
    if cell_count(text) <= width:
        return text
    room = max(0, width - len(cut_mark))
    letters: list[str] = []
    for letter in text:
        room -= cell_count(letter)
        if room < 0:
            break
        letters.append(letter)
    return ("".join(letters).rstrip() + cut_mark)[: max(width, 1)]
