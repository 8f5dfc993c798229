"""The two halves of a couple as files: CSV, TSV, an Excel workbook, text to type from, and JSON.

Both halves have a line for each row, so that their lengths are equal. A half that goes without a place has the code of
No Match.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..documents.couple_words import HALF_HEADINGS, NO_MATCH, miles_text
from ..planning.couple_lists import PARTNERS, Partner, RankedChoice
from ..planning.couples import NO_MATCH_CODE, CouplePlan, PairRow
from ..reports.couple_json import couple_json
from ..text import sanitize
from .csv import SpreadsheetWriter

_COLUMN_HEADINGS = ("Rank", "NRMP code", "Program", "Institution", "City", "On the list")
_RANK_COLUMNS = (0, 5)  # with the number of the row, and the rank on the shortlist
_LOOK_UP = "look it up"
_COLUMN_WIDTHS = (8, 14, 44, 30, 22, 12)


class CoupleTable(NamedTuple):
    """The rows of a couple, and whose half is wanted: () for both."""

    catalog: Catalog
    plan: CouplePlan
    partners: tuple[Partner, ...] = PARTNERS


def half_cells(number: int, choice: RankedChoice | None) -> tuple[str, ...]:
    """Return a line of a half: its rank, the code to enter, what it is, and its rank on the shortlist."""
    if choice is None:
        return (str(number), NO_MATCH_CODE, NO_MATCH, "", "", "")
    return (
        str(number),
        _code_text(choice),
        choice.name,
        choice.institution,
        choice.location,
        str(choice.rank),
    )


def _code_text(choice: RankedChoice) -> str:
    """Return the code to enter, the codes to choose from, or that it is to be looked up."""
    if choice.code is None and choice.codes:
        return f"several codes; choose the track: {', '.join(choice.codes)}"
    return choice.code or _LOOK_UP


def _table_rows(couple_table: CoupleTable) -> list[tuple[str, ...]]:
    """Return headings and rows: one half, or both beside each other with the miles between them."""
    rows = [
        _joined_row(number, pair_row, couple_table.partners)
        for number, pair_row in enumerate(couple_table.plan.rows, 1)
    ]
    if len(couple_table.partners) == 1:
        return [_COLUMN_HEADINGS, *rows]
    headings = (
        f"{HALF_HEADINGS[partner]}: {heading}" for partner in couple_table.partners for heading in _COLUMN_HEADINGS[1:]
    )
    return [("Rank", *headings, "Miles"), *rows]


def _joined_row(number: int, pair_row: PairRow, partners: Sequence[Partner]) -> tuple[str, ...]:
    if len(partners) == 1:
        return half_cells(number, pair_row.choice(partners[0]))
    halves = (half_cells(number, pair_row.choice(partner))[1:] for partner in partners)
    return (str(number), *(cell for half in halves for cell in half), miles_text(pair_row))


def write_couple_csv(couple_table: CoupleTable) -> bytes:
    """Return the rows as CSV whose cells no spreadsheet program runs as formulas."""
    return _delimited(couple_table, SpreadsheetWriter(quotes_all=True))


def write_couple_tsv(couple_table: CoupleTable) -> bytes:
    """Return the rows as tab-separated lines."""
    return _delimited(couple_table, SpreadsheetWriter(tab_separated=True))


def _delimited(couple_table: CoupleTable, writer: SpreadsheetWriter) -> bytes:
    for row_cells in _table_rows(couple_table):
        writer.add_row(row_cells)
    return writer.text().encode()


def write_couple_text(couple_table: CoupleTable) -> bytes:
    """Return each half as lines to type from: the rank, the code, and the program."""
    parts = []
    for partner in couple_table.partners:
        lines = [f"{HALF_HEADINGS[partner]}: {len(couple_table.plan.rows):,} rows", ""]
        for number, pair_row in enumerate(couple_table.plan.rows, 1):
            row_cells = half_cells(number, pair_row.choice(partner))
            name = " · ".join(filter(None, (row_cells[3], row_cells[2], row_cells[4])))
            lines.append(f"{row_cells[0]:>4}  {row_cells[1]:<11}  {sanitize(name)}")
        parts.append("\n".join(lines))
    return ("\n\n".join(parts) + "\n").encode()


def write_couple_json(couple_table: CoupleTable) -> bytes:
    """Return the rows as JSON, as `gmetui couple --format json` prints them."""
    return (json.dumps(couple_json(couple_table.plan), ensure_ascii=False, indent=2) + "\n").encode()


def write_couple_xlsx(couple_table: CoupleTable) -> bytes:
    """Return an Excel workbook with a sheet for each half. Ranks are numbers, all else is text, never a formula."""
    import xlsxwriter

    output = BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading_style = workbook.add_format({"bold": True, "bg_color": "#DCE9EC"})
    for partner in couple_table.partners:
        worksheet = workbook.add_worksheet(HALF_HEADINGS[partner])
        worksheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(zip(_COLUMN_HEADINGS, _COLUMN_WIDTHS, strict=True)):
            worksheet.set_column(column, column, width)
            worksheet.write_string(0, column, heading, heading_style)
        for number, pair_row in enumerate(couple_table.plan.rows, 1):
            for column, cell in enumerate(half_cells(number, pair_row.choice(partner))):
                if column in _RANK_COLUMNS and cell:
                    worksheet.write_number(number, column, int(cell))
                else:
                    worksheet.write_string(number, column, sanitize(cell))
    workbook.close()
    return output.getvalue()


#: The writer of each format, by its name and extension.
COUPLE_WRITERS: Mapping[str, Callable[[CoupleTable], bytes]] = {
    "csv": write_couple_csv,
    "xlsx": write_couple_xlsx,
    "text": write_couple_text,
    "json": write_couple_json,
    "tsv": write_couple_tsv,
}
