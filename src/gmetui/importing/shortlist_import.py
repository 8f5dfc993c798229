"""A person's own list from rows: which programs they are, what changes, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.models import Catalog, Program, ProgramId
from ..export.headings import HEADINGS
from ..search import Query, search
from ..search.normalize import joined
from ..shortlist.entries import Entry, Shortlist, entry_of
from .identifiers import acgme_ids, match_codes
from .readers.tables import Record, Table
from .shortlist_rows import own_cells, remarked

_OFFERED = 4  # programs that a row may have meant


class Doubt(NamedTuple):
    """A row that could not be used, or not all of it, and why. `near` are programs that it may have meant."""

    number: int
    what: str
    why: str
    near: tuple[str, ...] = ()


class Brought(NamedTuple):
    """A list as it would be, and what happened to each row."""

    shortlist: Shortlist
    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    doubts: tuple[Doubt, ...]
    columns: tuple[str, ...] = ()


def bring(
    catalog: Catalog, shortlist: Shortlist, table: Table, meant: Mapping[int, str] = MappingProxyType({})
) -> Brought:
    """Return `shortlist` with the rows brought in: matched by id, ACGME id, NRMP code, or name and institution.

    What the file says of a program takes the place of what the list says, where the file has a column for it; what is
    on the list and not in the file stays. A rank column gives the order. Columns that nothing here knows become the
    person's own. `meant` says which program a row is, by its number, where a person was asked.
    """
    found = _Matcher(catalog)
    added, changed, doubts, same = [], [], [], 0
    entries = {entry.id: entry for entry in shortlist}
    own = own_cells(shortlist, table)
    doubts += [Doubt(0, "the headings", words) for words in own.trouble]
    ranks: dict[str, float] = {}
    for record in table.records:
        cells = _known(record.cells)
        if record.number in meant:
            cells["id"] = meant[record.number]
        key = found.program(cells, entries)
        if not key:
            doubts.append(_doubt(found, record, cells))
            continue
        before = entries.get(key) or entry_of(catalog, catalog.program[ProgramId(key)])
        now, wrong = remarked(before, cells, record.cells, own)
        if key not in entries:
            added.append(now.name)
        else:
            changed += [now.name] if now != before else []
            same += now == before
        doubts += [Doubt(record.number, now.name, words) for words in wrong]
        entries[key] = now
        if cells.get("rank", "").removesuffix(".0").isdecimal():
            ranks.setdefault(key, float(cells["rank"]))
    brought = Shortlist(shortlist.name, _ranked(entries, ranks), own.columns, shortlist.extra)
    return Brought(brought, tuple(added), tuple(changed), same, tuple(doubts), own.made)


def _doubt(found: _Matcher, record: Record, cells: Mapping[str, str]) -> Doubt:
    near = found.nearest(cells)
    offered = " or ".join(f"{own.name} ({own.id})" for own in near[:2])
    what = ", ".join(filter(None, (cells.get("name"), cells.get("institution")))) or cells.get("id", "") or "a row"
    why = f"not matched; nearest: {offered}" if offered else "not matched"
    return Doubt(record.number, what, why, tuple(own.id for own in near))


def _known(cells: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, cell in cells.items():
        if heading in HEADINGS:
            found.setdefault(HEADINGS[heading], cell)
    return found


class _Matcher:
    """Finds the program that a row means."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._acgme = _once((own.acgme_id, own) for own in catalog.programs if own.acgme_id)
        self._nrmp = _once((code.code, own) for own in catalog.programs for code in own.nrmp_codes if code.code)
        names = ((self._key(name, own), own) for own in catalog.programs for name in (own.name, *own.other_names))
        self._names = _once((key, own) for keys, own in names for key in keys)

    def _key(self, name: str, program: Program) -> list[str]:
        institution = self._catalog.institution[program.institution]
        called = (institution.name, institution.short, *institution.also_called)
        return [f"{joined(name)} {joined(own)}" for own in called]

    def program(self, cells: Mapping[str, str], listed: Mapping[str, Entry]) -> str:
        """Return the id of the program, which may be on the list and no longer in the data, or "" for none."""
        own = cells.get("id", "")
        if own in self._catalog.program or (own and own in listed):
            return own
        name = f"{joined(cells.get('name', ''))} {joined(cells.get('institution', ''))}"
        coded = f"{cells.get('acgme', '')} {cells.get('nrmp', '')}"  # either may stand in the column of the other
        ways = (
            *map(self._acgme.get, acgme_ids(coded)),
            *map(self._nrmp.get, match_codes(coded)),
            self._names.get(name),
        )
        program = next((way for way in ways if way is not None), None)
        return program.id if program else ""

    def nearest(self, cells: Mapping[str, str]) -> Sequence[Program]:
        """Return what the row may have meant, the likeliest first."""
        words = " ".join((cells.get("name", ""), cells.get("institution", "")))
        words = "".join(sign if sign.isalnum() else " " for sign in words).strip()
        return search(self._catalog, Query.parse(words.casefold())).programs(0, _OFFERED) if words else ()


def _once(pairs: Iterable[tuple[str, Program]]) -> dict[str, Program]:
    """Return what stands for one program alone; what stands for several stands for none."""
    found: dict[str, Program | None] = {}
    for key, program in pairs:
        found[key] = program if found.get(key, program) is program else None
    return {key: program for key, program in found.items() if program is not None}


def _ranked(entries: Mapping[str, Entry], ranks: Mapping[str, float]) -> tuple[Entry, ...]:
    """Return the ranked entries in the order of their ranks, in the places that they have together."""
    ordered = iter(sorted((own for own in entries.values() if own.id in ranks), key=lambda own: ranks[own.id]))
    return tuple(next(ordered) if own.id in ranks else own for own in entries.values())
