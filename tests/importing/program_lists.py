"""An invented list of programs, and helpers that import variations of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from gmetui.catalog.catalog import Catalog
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.program_list import ProgramImport, no_overrides, read_programs, toml_parts
from gmetui.importing.sheets import ColumnOverrides

#: Invented programs with well-formed ids: three digits for the specialty, two for the state, and five more.
ROWS: tuple[dict[str, str], ...] = tuple(
    dict(zip(("acgme_id", "name", "institution", "specialty", "city", "state"), row, strict=True))
    for row in (
        ("0400599901", "Harbor University Program", "Harbor University", "Anesthesiology", "Oakland", "CA"),
        ("0803599902", "St Elm's Hospital Program", "St Elm's Hospital", "Dermatology", "Utica", "NY"),
        ("1104899903", "Bluebonnet Health Program", "Bluebonnet Health", "Emergency medicine", "Waco", "TX"),
        ("1404899904", "Bluebonnet Health Program", "Bluebonnet Health", "Internal medicine", "Waco", "TX"),
        ("1411699905", "Prairie College Program", "Prairie College", "Cardiovascular disease", "Joliet", "IL"),
        ("2203599906", "St Elm's Hospital Program", "St Elm's Hospital", "Obstetrics and gynecology", "Utica", "NY"),
        ("3200599907", "Harbor University Program", "Harbor University", "Pediatrics", "Oakland", "CA"),
        ("4000599908", "Harbor University Program", "Harbor University", "Psychiatry", "Oakland", "CA"),
        ("4404299909", "Hospital San José Program", "Hospital San José", "Surgery", "Mayagüez", "PR"),
        ("9991699910", "Prairie College Program", "Prairie College", "Transitional year", "Joliet", "IL"),
    )
)
IDS = [f"acgme-{row['acgme_id']}" for row in ROWS]
IMPORTED_ON = date(2026, 11, 22)


class ProgramSummary(NamedTuple):
    """What tests compare of an imported program."""

    specialty: str
    institution: str
    state: str


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",", *, with_headings: bool = True) -> str:
    """Return rows as delimited text."""
    rows = list(rows)
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=delimiter)
    if with_headings:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return output.getvalue()


def as_json(value: object) -> str:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def with_cells(**cells: object) -> list[dict[str, str]]:
    """Return `ROWS` with other cells: each a text, or a function of the row."""
    return [
        {**row, **{key: str(cell(row)) if callable(cell) else str(cell) for key, cell in cells.items()}} for row in ROWS
    ]


def without_columns(*keys: str) -> list[dict[str, str]]:
    """Return `ROWS` without some columns."""
    return [{key: cell for key, cell in row.items() if key not in keys} for row in ROWS]


def specialty_workbook(path: Path) -> bytes:
    """Write a workbook with a title sheet and one sheet per specialty, and return its content."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "About"
    sheet.append(["All programs, by specialty"])
    for specialty in ("Pediatrics", "Psychiatry"):
        sheet = workbook.create_sheet(specialty)
        sheet.append([specialty])
        sheet.append(["ACGME Code", "Program Name", "City", "State", "Quota"])
        for row in (row for row in ROWS if row["specialty"] == specialty):
            sheet.append([int(row["acgme_id"]), row["name"], row["city"], row["state"], 12.0])
    workbook.save(path)
    return path.read_bytes()


def import_content(
    catalog: Catalog,
    path: Path,
    content: str | bytes,
    *,
    sheet_name: str | None = None,
    overrides: ColumnOverrides = no_overrides,
    previous_file: Path | None = None,
    metadata: ListMetadata | None = None,
) -> ProgramImport:
    """Write a file and import it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    metadata = metadata or ListMetadata("made-up", "A made-up list", path.name)
    return read_programs(
        catalog,
        path,
        metadata,
        IMPORTED_ON,
        sheet_name=sheet_name,
        overrides=overrides,
        find_import_file=lambda name: previous_file,
    )


def save(program_import: ProgramImport, path: Path) -> Path:
    """Write the data file of an import and return its path."""
    path.write_text(data_file_text(program_import), encoding="utf-8")
    return path


def data_file_text(program_import: ProgramImport) -> str:
    """Return the data file of an import."""
    return "".join(toml_parts(program_import))


def summaries(program_import: ProgramImport) -> dict[str, ProgramSummary]:
    """Return specialty, institution and state of each program, by id."""
    institutions = {institution["id"]: institution for institution in program_import.tables["institution"]}
    return {
        program["id"]: ProgramSummary(
            program["specialty"],
            institutions[program["institution"]]["name"],
            program.get("state") or institutions[program["institution"]]["state"],
        )
        for program in program_import.tables["program"]
    }


def messages(program_import: ProgramImport, kind: str = "") -> list[str]:
    """Return the messages of the report about rows, of all kinds or one."""
    return [finding.message for finding in program_import.report.findings if kind in ("", finding.kind)]


def program_table(program_import: ProgramImport, program_id: str) -> Mapping[str, Any]:
    """Return one program as its data file has it."""
    return next(table for table in program_import.tables["program"] if table["id"] == program_id)


def listed_program(program_import: ProgramImport) -> Mapping[str, Any]:
    """Return the first program without an ACGME id and match code."""
    return next(table for table in program_import.tables["program"] if table["id"].startswith("list-"))
