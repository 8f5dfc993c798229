"""A small made-up list of programs, and the files that tests make of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from gmetui.catalog.models import Catalog
from gmetui.importing.data_file import About
from gmetui.importing.program_list import List, nothing_said, read_programs
from gmetui.importing.program_list import Said as SaidOf

#: Made-up programs with ids as they are built: three digits of the specialty, two of the state, five of their own.
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
DAY = date(2026, 11, 22)


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",", *, heads: bool = True) -> str:
    """Return rows as a text with delimiters."""
    rows = list(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    if heads:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return out.getvalue()


def changed(**cells: object) -> list[dict[str, str]]:
    """Return the rows with some cells made otherwise: a text, or a function of the row."""
    return [
        {**row, **{key: str(made(row)) if callable(made) else str(made) for key, made in cells.items()}} for row in ROWS
    ]


def brought(
    catalog: Catalog,
    file: Path,
    content: str | bytes,
    *,
    sheet: str | None = None,
    said: SaidOf = nothing_said,
    before: Path | None = None,
    about: About | None = None,
) -> List:
    """Write a file and return what it brings."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    about = about or About("made-up", "A made-up list", file.name)
    return read_programs(catalog, file, about, DAY, sheet=sheet, said=said, before=lambda name: before)


def told(made: List) -> dict[str, tuple[str, str, str]]:
    """Return specialty, institution and state of each program, by id."""
    homes = {home["id"]: home for home in made.tables["institution"]}
    return {
        own["id"]: (
            own["specialty"],
            homes[own["institution"]]["name"],
            own.get("state") or homes[own["institution"]]["state"],
        )
        for own in made.tables["program"]
    }


def whys(made: List, kind: str = "") -> list[str]:
    """Return what the report says of rows."""
    return [own.why for own in made.report.findings if kind in ("", own.kind)]


def program(made: List, own: str) -> Mapping[str, object]:
    """Return one program as a data file has it."""
    return next(row for row in made.tables["program"] if row["id"] == own)


def names(rows: Sequence[Mapping[str, object]]) -> list[object]:
    """Return the names of tables."""
    return [row["name"] for row in rows]
