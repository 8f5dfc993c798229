"""The data file of an earlier import: what it had, and what differs in a newer version of the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..datafiles.data_documents import read_parts
from ..errors import GmetuiError
from .data_file import Table, Tables, program_ids
from .report import ImportReport

_TABLE_NAMES = ("page", "institution", "unlisted")


class PreviousList:
    """The tables of a data file. Its programs are read from the file each time, part by part, and never held."""

    def __init__(self, path: Path) -> None:
        """Read the file once. Raises `GmetuiError` or LookupError when it is not the data file of an import."""
        self._path = path
        tables: dict[str, list[Any]] = {name: [] for name in _TABLE_NAMES}
        heads: list[Table] = []
        for part in read_parts(path):
            heads += [part.tables["import"]] if "import" in part.tables else []
            for name in _TABLE_NAMES:
                tables[name] += part.tables.get(name, [])
        self.tables: Tables = {"import": heads[:1], **tables}
        self.head = heads[0]

    def programs(self) -> Iterator[Table]:
        """Read the programs."""
        for part in read_parts(self._path):
            yield from part.tables.get("program", [])


def open_previous_list(path: Path | None) -> PreviousList | None:
    """Return an earlier import, or None when there is none or it cannot be read."""
    try:
        return PreviousList(path) if path else None
    except (GmetuiError, LookupError, TypeError):
        return None


def report_changes(report: ImportReport, previous: PreviousList, tables: Tables) -> None:
    """Report what is new, removed and changed since the previous version of the list."""
    old_names, new_names = _institutions(previous.tables), _institutions(tables)
    programs = tables["program"]
    positions = {program_id: position for position, program_id in enumerate(program_ids(programs))}
    changed: dict[int, str] = {}
    seen: set[int] = set()
    for old_program in previous.programs():
        old_row = _comparable(old_program, old_names)
        position = positions.get(old_program["id"])
        if position is None:
            report.removed.append(_label(old_row))
            continue
        seen.add(position)
        row = _comparable(programs[position], new_names)
        fields = [key.replace("_", " ") for key in {**old_row, **row} if old_row.get(key) != row.get(key)]
        if fields:
            changed[position] = f"{_label(row)}: {', '.join(fields)}"
    report.refreshed = True
    report.changed = [changed[position] for position in sorted(changed)]
    added = (position for position in range(len(programs)) if position not in seen)
    report.added = [_label(_comparable(programs[position], new_names)) for position in added]


def _institutions(tables: Tables) -> Mapping[str, Table]:
    return {institution["id"]: institution for institution in tables["institution"]}


def _comparable(program: Table, institutions: Mapping[str, Table]) -> Table:
    """Return a program with the name of its institution, and with city and state filled in from it."""
    institution = institutions.get(program["institution"], {})
    location = {key: program.get(key) or institution.get(key) for key in ("city", "state")}
    return {**program, **location, "institution": institution.get("name", program["institution"]), "source": None}


def _label(program: Table) -> str:
    return f"{program['name']}, {program['institution']}"
