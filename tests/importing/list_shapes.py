"""Lists of invented programs in many shapes with planted dirt, and how much of them comes back.

Each shape is a layout of columns with a kind of dirt. `judge` compares what was imported with what was planted: a fact
is right, in doubt (its row was reported), missing, or wrong without a doubt.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.models import Specialty
from gmetui.importing.institution_matcher import normalized_name
from gmetui.importing.program_list import ProgramImport
from importing.program_lists import as_csv, as_json, import_content

_STATE_DIGITS = {"24": "MA", "05": "CA", "35": "NY", "48": "TX", "16": "IL", "38": "OH", "11": "FL", "41": "PA"}
_CITIES = {
    "MA": "Worcester", "CA": "Fresno", "NY": "Utica", "TX": "Waco", "IL": "Peoria", "OH": "Dayton", "FL": "Ocala",
    "PA": "Erie",
}  # fmt: skip
_INSTITUTIONS = (
    "Northfield Medical Center", "Lakeside Hospital", "Rio Vista University", "Maple Health", "St. Brendan Hospital",
    "Harbor Community Hospital", "Elm City Medical Center", "Prairie Regional Health System", "Bluebonnet Clinic",
    "Quillmont University School of Medicine",
)  # fmt: skip


class PlantedProgram(NamedTuple):
    """What one row truly says."""

    acgme_id: str
    match_code: str
    specialty: Specialty
    institution: str
    city: str
    state: str

    @property
    def row(self) -> dict[str, str]:
        """The row of a clean list."""
        return {
            "ACGME ID": self.acgme_id,
            "Program": f"{self.institution} {self.specialty.name} Program",
            "Institution": self.institution,
            "Specialty": self.specialty.name,
            "City": self.city,
            "State": self.state,
            "NRMP Code": self.match_code,
            "Positions": "6",
        }


Rows = list[dict[str, str]]
Layout = Callable[[Rows], Rows]
Dirt = Callable[[Rows, random.Random], Rows]


def plant(catalog: Catalog, count: int, seed: int) -> list[PlantedProgram]:
    """Return programs with well-formed ids, each of another specialty and institution in one state."""
    generator = random.Random(seed)
    specialties = [specialty for specialty in catalog.specialties if specialty.listed and specialty.code]
    planted: list[PlantedProgram] = []
    used: set[tuple[str | None, str]] = set()
    while len(planted) < count:
        specialty, institution = generator.choice(specialties), generator.choice(_INSTITUTIONS)
        digits = sorted(_STATE_DIGITS)[_INSTITUTIONS.index(institution) % len(_STATE_DIGITS)]
        if (specialty.code, institution) in used:
            continue
        used.add((specialty.code, institution))
        number = f"{len(planted) + 100:05}"
        letter = "F" if specialty.kind == "fellowship" else "C"
        state = _STATE_DIGITS[digits]
        code = f"{9000 + _INSTITUTIONS.index(institution)}{specialty.code}{letter}0"
        acgme_id = f"{specialty.code}{digits}{number}"
        planted.append(PlantedProgram(acgme_id, code, specialty, institution, _CITIES[state], state))
    return planted


def _without(*columns: str) -> Layout:
    return lambda rows: [{key: cell for key, cell in row.items() if key not in columns} for row in rows]


def _renamed(**titles: str) -> Layout:
    names = {key.replace("_", " "): title for key, title in titles.items()}
    return lambda rows: [{names.get(key, key): cell for key, cell in row.items()} for row in rows]


def _one_place(rows: Rows) -> Rows:
    places = [{**row, "Location": f"{row['City']}, {row['State']}"} for row in rows]
    return _without("City", "State")(places)


def _state_with_city(rows: Rows) -> Rows:
    return _without("City")([{**row, "State": f"{row['State']} ({row['City']})"} for row in rows])


def _written_once(rows: Rows) -> Rows:
    """Sort by institution, and write it and its place only in its first row."""
    result: Rows = []
    previous = ""
    for row in sorted(rows, key=lambda row: row["Institution"]):
        once = {**row, "City": "", "State": "", "Institution": ""} if row["Institution"] == previous else row
        result.append(once)
        previous = row["Institution"]
    return result


#: The layouts by name; those without ids leave out match codes too where specialties are words.
LAYOUTS: dict[str, Layout] = {
    "all columns": list,
    "no match codes": _without("NRMP Code"),
    "no ids": _without("ACGME ID"),
    "ids and names only": _without("Institution", "Specialty", "NRMP Code", "City", "Positions"),
    "words only": _without("ACGME ID", "NRMP Code"),
    "no specialty": _without("Specialty"),
    "no institution": lambda rows: _without("Institution")(
        [{**row, "Program": f"{row['Institution']} Program"} for row in rows]
    ),
    "one place": _one_place,
    "state with city": _state_with_city,
    "other headings": _renamed(
        ACGME_ID="accreditation_id", Institution="sponsor", Specialty="discipline", NRMP_Code="code", State="st"
    ),
    "institution once": lambda rows: _written_once(_without("Program")(rows)),
    "two names": lambda rows: [
        {("Name" if key == "Program" else "Name " if key == "Institution" else key): cell for key, cell in row.items()}
        for row in rows
    ],
}


def _clean(rows: Rows, generator: random.Random) -> Rows:
    return rows


def _capitals(rows: Rows, generator: random.Random) -> Rows:
    return [{key: cell.upper() for key, cell in row.items()} for row in rows]


def _lost_zeros(rows: Rows, generator: random.Random) -> Rows:
    return [{key: cell.lstrip("0") if cell.isdecimal() else cell for key, cell in row.items()} for row in rows]


def _floats(rows: Rows, generator: random.Random) -> Rows:
    return [
        {key: f"{cell}.0" if len(cell) == 10 and cell.isdecimal() else cell for key, cell in row.items()}
        for row in rows
    ]


def _spoiled(rows: Rows, generator: random.Random) -> Rows:
    """Replace a cell of some rows by an error value of a spreadsheet; ids and names stay."""
    keys = [key for key in rows[0] if key in ("City", "Positions", "Location")]
    return (
        [
            {**row, **({key: generator.choice(("#VALUE!", "#REF!", "Loading..."))} if generator.random() < 0.4 else {})}
            for row in rows
            for key in (generator.choice(keys or list(row)),)
        ]
        if keys
        else rows
    )


def _shorthand(rows: Rows, generator: random.Random) -> Rows:
    """Write specialties as people do: by an abbreviation or another name, where the reference has one."""
    return [
        {**row, "Specialty": _short_name(row["Specialty"], generator)} if "Specialty" in row else row for row in rows
    ]


def _short_name(name: str, generator: random.Random) -> str:
    words = name.split()
    if len(words) < 2 or generator.random() < 0.3:
        return name
    return " ".join(word[: max(4, len(word) // 2)] if word.isalpha() and len(word) > 5 else word for word in words)


def _misspelled(rows: Rows, generator: random.Random) -> Rows:
    """Drop a letter from some specialties and institutions."""
    return [
        {
            key: _without_letter(cell, generator) if key == "Specialty" and generator.random() < 0.5 else cell
            for key, cell in row.items()
        }
        for row in rows
    ]


def _without_letter(text: str, generator: random.Random) -> str:
    position = generator.randrange(1, len(text) - 1)
    return text[:position] + text[position + 1 :]


def _contradictions(rows: Rows, generator: random.Random) -> Rows:
    """Give some rows the specialty of another row, which their ids contradict."""
    if "ACGME ID" not in rows[0]:
        return rows
    names = [row.get("Specialty", "") for row in rows]
    return [
        {**row, "Specialty": generator.choice(names)} if "Specialty" in row and generator.random() < 0.3 else row
        for row in rows
    ]


def _rounded_ids(rows: Rows, generator: random.Random) -> Rows:
    """Write some ids as a spreadsheet shows them in a narrow column."""
    return [
        {
            key: f"{int(cell):.5E}" if len(cell) == 10 and cell.isdecimal() and generator.random() < 0.3 else cell
            for key, cell in row.items()
        }
        for row in rows
    ]


def _moved_cells(rows: Rows, generator: random.Random) -> Rows:
    """Let a comma divide the institution of some rows, as in a CSV that nobody quoted."""
    return [
        {**row, "Institution": f"{row['Institution']}\0 Inc."}
        if row.get("Institution") and generator.random() < 0.3
        else row
        for row in rows
    ]


def _remarks(rows: Rows, generator: random.Random) -> Rows:
    """Add columns of comments, people and statuses."""
    return [
        {
            **row,
            "Comments": generator.choice(
                ("great hospital, friendly program", "", "asks for Internal Medicine letters")
            ),
            "PD": "Jane Q. Doe, MD",
            "Status": generator.choice(("Continued Accreditation", "No longer accepting applications", "Accepting")),
        }
        for row in rows
    ]


#: The kinds of dirt by name. None takes away what alone tells a program apart.
DIRT: dict[str, Dirt] = {
    "clean": _clean,
    "capitals": _capitals,
    "lost zeros": _lost_zeros,
    "decimals": _floats,
    "error values": _spoiled,
    "shorthand": _shorthand,
    "misspelled": _misspelled,
    "contradictions": _contradictions,
    "rounded ids": _rounded_ids,
    "moved cells": _moved_cells,
    "remarks": _remarks,
}


class Judgment(NamedTuple):
    """How often each kind of fact came back right, in doubt, missing or wrong, by (fact, outcome)."""

    counts: Counter[tuple[str, str]]
    wrong: list[str]

    @property
    def right_or_doubted(self) -> float:
        """The share of facts that are right or in doubt (0 to 1)."""
        total = self.counts.total()
        good = sum(count for (_fact, outcome), count in self.counts.items() if outcome in ("right", "doubt"))
        return good / total if total else 1.0


def shapes() -> Iterator[tuple[str, Layout, Dirt]]:
    """Yield the name, layout and dirt of each shape."""
    for layout_name, layout in LAYOUTS.items():
        for dirt_name, dirt in DIRT.items():
            yield f"{layout_name}, {dirt_name}", layout, dirt


def import_shape(
    catalog: Catalog, path: Path, planted: Sequence[PlantedProgram], layout: Layout, dirt: Dirt, seed: int
) -> ProgramImport:
    """Write planted programs in a shape, as CSV or as JSON, and import the file."""
    rows = dirt(layout([program.row for program in planted]), random.Random(seed))
    is_json = seed % 2 and dirt is not _moved_cells
    content = as_json(rows) if is_json else as_csv(rows).replace("\0", ",")
    return import_content(catalog, path, content)


def judge(program_import: ProgramImport, planted: Sequence[PlantedProgram], columns: set[str]) -> Judgment:
    """Compare an import with what was planted. `columns` are those that the list had."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    institutions = {table["id"]: table for table in program_import.tables["institution"]}
    doubted = " ".join(
        f"{finding.subject} {' '.join(finding.cells)}"
        for finding in program_import.report.findings
        if finding.kind != "note"
    ).casefold()
    tables = {_identity(table, institutions): table for table in program_import.tables["program"]}
    for program in planted:
        table = next((tables[key] for key in _identities(program, columns) if key in tables), None)
        is_doubted = program.specialty.name.casefold() in doubted or program.acgme_id in doubted
        for fact, expected in _expected(program, columns).items():
            actual = _actual(table, institutions).get(fact, "") if table else ""
            outcome = "right" if actual == expected else "doubt" if is_doubted else "missing" if not actual else "wrong"
            counts[fact, outcome] += 1
            if outcome in ("wrong", "missing"):
                wrong.append(f"{fact} of {program.acgme_id} {program.specialty.name}: {actual!r}, not {expected!r}")
    return Judgment(counts, wrong)


def _expected(program: PlantedProgram, columns: set[str]) -> dict[str, str]:
    facts = {
        "specialty": program.specialty.id,
        "state": program.state,
        "institution": normalized_name(program.institution),
    }
    if "ACGME ID" in columns:
        facts["id"] = program.acgme_id
    return facts


def _actual(table: dict[str, object], institutions: dict[str, dict[str, str]]) -> dict[str, str]:
    home = institutions[str(table["institution"])]
    return {
        "specialty": str(table["specialty"]),
        "state": str(table.get("state") or home.get("state") or ""),
        "institution": normalized_name(home["name"]),
        "id": str(table.get("acgme_id", "")),
    }


def _identity(table: dict[str, object], institutions: dict[str, dict[str, str]]) -> str:
    home = normalized_name(institutions[str(table["institution"])]["name"])
    return str(table.get("acgme_id") or "") or f"{home} {table['specialty']}"


def _identities(program: PlantedProgram, columns: set[str]) -> Iterator[str]:
    if "ACGME ID" in columns:
        yield program.acgme_id
    yield f"{normalized_name(program.institution)} {program.specialty.id}"
