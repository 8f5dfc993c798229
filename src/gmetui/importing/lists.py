"""A person's own list from rows: which programs they are, what changes, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ..catalog.model import Catalog, Program, ProgramId
from ..planning.shortlist import BEST, Entry, Shortlist, entry_of
from ..searching import Query, search
from ..searching.folding import joined
from .tables import Record

#: What a heading may be called -> what it is. Extend it here.
HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("id", "program id", "gmetui id"), "id"),
    **dict.fromkeys(("program", "name", "program name", "title", "residency", "fellowship"), "name"),
    **dict.fromkeys(("institution", "hospital", "institution name", "where", "sponsor"), "institution"),
    **dict.fromkeys(("acgme id", "acgme code", "acgme", "accreditation id", "program code"), "acgme"),
    **dict.fromkeys(("nrmp code", "nrmp codes", "nrmp"), "nrmp"),
    **dict.fromkeys(("rank", "my rank", "order", "#"), "rank"),
    **dict.fromkeys(("status", "my status"), "status"),
    **dict.fromkeys(("rating", "my rating", "stars", "liked"), "rating"),
    **dict.fromkeys(("tags", "my tags", "labels"), "tags"),
    **dict.fromkeys(("my dates",), "dates"),
    **dict.fromkeys(("note", "notes", "my notes", "comment", "comments"), "note"),
}


class Doubt(NamedTuple):
    """A row that could not be used, or not all of it, and why."""

    number: int
    what: str
    why: str


class Brought(NamedTuple):
    """A list as it would be, and what happened to each row."""

    shortlist: Shortlist
    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    doubts: tuple[Doubt, ...]


def bring(catalog: Catalog, shortlist: Shortlist, records: Sequence[Record]) -> Brought:
    """Return `shortlist` with the rows brought in: matched by id, ACGME id, NRMP code, or name and institution.

    What the file says of a program takes the place of what the list says, where the file has a column for it; what is
    on the list and not in the file stays. A rank column gives the order.
    """
    found = _Matcher(catalog)
    added, changed, doubts, same = [], [], [], 0
    ranks: dict[str, float] = {}
    for record in records:
        cells = _known(record.cells)
        program = found.program(cells, shortlist)
        entry = shortlist.entry(program) if isinstance(program, str) else None
        if entry is None and isinstance(program, str):
            doubts.append(Doubt(record.number, _called(cells), found.nearest(cells)))
            continue
        if entry is None:
            assert not isinstance(program, str)
            entry = entry_of(catalog, program)
            shortlist = shortlist.added(entry)
            added.append(entry.name)
            now, wrong = _remarked(entry, cells)
        else:
            now, wrong = _remarked(entry, cells)
            changed += [entry.name] if now != entry else []
            same += now == entry
        doubts += [Doubt(record.number, entry.name, words) for words in wrong]
        entries = tuple(now if own.id == now.id else own for own in shortlist)
        shortlist = replace(shortlist, entries=entries)
        if cells.get("rank", "").isdecimal():
            ranks.setdefault(now.id, int(cells["rank"]))
    return Brought(_ranked(shortlist, ranks), tuple(added), tuple(changed), same, tuple(doubts))


def _known(cells: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, cell in cells.items():
        if heading in HEADINGS:
            found.setdefault(HEADINGS[heading], cell)
    return found


def _called(cells: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (cells.get("name"), cells.get("institution")))) or cells.get("id", "") or "a row"


class _Matcher:
    """Finds the program that a row means."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._acgme = _once((own.acgme_id, own) for own in catalog.programs if own.acgme_id)
        self._nrmp = _once((code.text, own) for own in catalog.programs for code in own.nrmp_codes)
        names = ((self._key(name, own), own) for own in catalog.programs for name in (own.name, *own.other_names))
        self._names = _once((key, own) for keys, own in names for key in keys)

    def _key(self, name: str, program: Program) -> list[str]:
        institution = self._catalog.institution[program.institution]
        called = (institution.name, institution.short, *institution.also_called)
        return [f"{joined(name)} {joined(own)}" for own in called]

    def program(self, cells: Mapping[str, str], shortlist: Shortlist) -> Program | str:
        """Return the program, or the id of an entry of the list that is no longer in the data, or "" for neither."""
        own = cells.get("id", "")
        if own in self._catalog.program:
            return self._catalog.program[ProgramId(own)] if own not in shortlist else own
        if own and own in shortlist:
            return own
        name = f"{joined(cells.get('name', ''))} {joined(cells.get('institution', ''))}"
        nrmp = (part.strip() for part in cells.get("nrmp", "").split(","))
        ways = (self._acgme.get(cells.get("acgme", "")), *map(self._nrmp.get, nrmp), self._names.get(name))
        program = next((way for way in ways if way is not None), None)
        if program is None:
            return ""
        return program.id if program.id in shortlist else program

    def nearest(self, cells: Mapping[str, str]) -> str:
        """Say what the row may have meant."""
        words = f"{cells.get('name', '')} {cells.get('institution', '')}".replace(":", " ").replace('"', " ")
        found = search(self._catalog, Query.parse(words)).programs(0, 2) if words.strip() else []
        offered = " or ".join(f"{own.name} ({own.id})" for own in found)
        return f"not matched; nearest: {offered}" if offered else "not matched"


def _once(pairs: Iterable[tuple[str, Program]]) -> dict[str, Program]:
    """Return what stands for one program alone; what stands for several stands for none."""
    found: dict[str, Program | None] = {}
    for key, program in pairs:
        found[key] = program if found.get(key, program) is program else None
    return {key: program for key, program in found.items() if program is not None}


def _remarked(entry: Entry, cells: Mapping[str, str]) -> tuple[Entry, list[str]]:
    """Return an entry with the remarks of a row, and what of them was not understood."""
    wrong = []
    own = Shortlist(entries=(entry,))
    if "status" in cells:
        own = own.with_status(entry.id, cells["status"])
    if "note" in cells:
        own = own.noted(entry.id, cells["note"])
    if "tags" in cells:
        own = own.tagged(entry.id, cells["tags"].split(","))
    if "rating" in cells:
        rating = cells["rating"].removesuffix(".0") or "0"
        if rating.isdecimal() and int(rating) <= BEST:
            own = own.rated(entry.id, int(rating))
        else:
            wrong.append(f"“{cells['rating']}” is no rating from 1 to {BEST}; it stays as it was")
    if "dates" in cells:
        own, unread = _dated(own, entry, cells["dates"])
        wrong += unread
    return own.entries[0], wrong


def _dated(own: Shortlist, entry: Entry, said: str) -> tuple[Shortlist, list[str]]:
    """Return the entry with the dates that stand in a cell as "interview 2027-01-15, deadline 2026-12-01"."""
    dates, wrong = {}, []
    for part in filter(None, (part.strip() for part in said.split(","))):
        what, _, day = part.rpartition(" ")
        try:
            dates[what] = date.fromisoformat(day).isoformat()
        except ValueError:
            wrong.append(f"“{part}” is no date; write it like: interview 2027-01-15")
    if wrong:
        return own, wrong
    for what, _ in entry.dates:
        own = own.dated(entry.id, what, "")
    for what, day in dates.items():
        own = own.dated(entry.id, what, day)
    return own, wrong


def _ranked(shortlist: Shortlist, ranks: Mapping[str, float]) -> Shortlist:
    """Return the list with the ranked entries in the order of their ranks, in the places that they have together."""
    places = [place for place, entry in enumerate(shortlist) if entry.id in ranks]
    ordered = sorted((shortlist.entries[place] for place in places), key=lambda entry: ranks[entry.id])
    entries = list(shortlist.entries)
    for place, entry in zip(places, ordered, strict=True):
        entries[place] = entry
    return replace(shortlist, entries=tuple(entries))
