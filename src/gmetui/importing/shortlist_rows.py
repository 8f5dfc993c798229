"""What a row says that is the person's own: status, note, rating, dates, and the columns of their making."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ..export.headings import FACTS, HEADINGS, own_name
from ..shortlist.columns import TEXT, OwnColumn, kind_of, named_column, read_value
from ..shortlist.entries import BEST, Entry, Shortlist
from ..shortlist.scores import WHOLE
from .readers.tables import Table

_MOST = 40  # columns that one file may bring
_OWN, _VOICE = "own: ", "remarks: "  # how our TOML and JSON are read: a column of the person's, what somebody said


class OwnCells(NamedTuple):
    """What a file has of a person's own: the columns of the list with those of the file, and what stands where.

    `headings` leads from a heading to its column, `voices` to who remarks there; `made` are the columns that are new.
    """

    columns: tuple[OwnColumn, ...]
    headings: Mapping[str, OwnColumn]
    voices: Mapping[str, str]
    made: tuple[str, ...]
    trouble: tuple[str, ...]


def own_cells(shortlist: Shortlist, table: Table) -> OwnCells:
    """Return what the headings of a file are among a person's own columns; unknown ones make new columns."""
    trouble: list[str] = []
    columns = list(_with_declared(shortlist, table, trouble).columns)
    headings: dict[str, OwnColumn] = {}
    voices: dict[str, str] = {}
    for heading, title in table.titles.items():
        if heading.startswith(_VOICE):
            voices[heading] = title[len(_VOICE) :]
        elif heading not in HEADINGS:
            column = _named(columns, title)
            if column is None and _may_be_new(heading, table):
                column = _new(table, heading, title, trouble)
                columns += [column] if column else []
            if column is not None:
                headings[heading] = column
    made = tuple(own.name for own in columns if shortlist.column(own.name) is None)
    if len(made) > _MOST:
        trouble.append(f"a file brings at most {_MOST} columns; {', '.join(made[_MOST:])} were left out")
        columns = [own for own in columns if own.name not in made[_MOST:]]
        headings = {heading: own for heading, own in headings.items() if own in columns}
    return OwnCells(tuple(columns), headings, voices, made[:_MOST], tuple(trouble))


def _with_declared(shortlist: Shortlist, table: Table, trouble: list[str]) -> Shortlist:
    """Return a list with the columns that a list of ours declares."""
    for declared in table.columns:
        weight = declared.get("weight", 0)
        try:
            name, kind, must = (str(declared.get(key, usual)) for key, usual in _DECLARED)
            column = named_column(name, kind, weight if isinstance(weight, int | float) else 0, must)
        except ValueError as error:
            trouble.append(f"a column was left out: {error}")
        else:
            shortlist = shortlist.with_column(column)
    return shortlist


_DECLARED = (("name", ""), ("kind", TEXT), ("must", ""))


def _may_be_new(heading: str, table: Table) -> bool:
    """Tell whether a heading may be a column that somebody made, and none that pages fill."""
    if heading in FACTS:
        return False
    return not table.ours or heading.startswith(_OWN) or "by third parties" in table.titles


def _new(table: Table, heading: str, title: str, trouble: list[str]) -> OwnColumn | None:
    cells = [record.cells.get(heading, "") for record in table.records]
    try:
        return named_column(title[len(_OWN) :] if heading.startswith(_OWN) else own_name(title), kind_of(cells))
    except ValueError as error:
        trouble.append(f"“{title[:60]}” was left out: {error}")
        return None


def _named(columns: Iterable[OwnColumn], title: str) -> OwnColumn | None:
    """Return the column that a heading means: by its name, or as our exports write it."""
    plain = title.casefold()
    names = {plain, plain.removeprefix(_OWN), own_name(plain)}
    return next((own for own in columns if own.name.casefold() in names), None)


def remarked(entry: Entry, cells: Mapping[str, str], row: Mapping[str, str], own: OwnCells) -> tuple[Entry, list[str]]:
    """Return an entry with the remarks of a row, and what of them was not understood.

    `cells` are those of known headings by what they are, `row` all of them by their heading.
    """
    listed, wrong = Shortlist(entries=(entry,), columns=own.columns), []
    if "status" in cells:
        listed = listed.with_status(entry.id, cells["status"])
    if "note" in cells:
        listed = listed.noted(entry.id, cells["note"])
    if "tags" in cells:
        listed = listed.tagged(entry.id, cells["tags"].split(","))
    for key, most in (("rating", BEST), ("score", WHOLE)):
        cell = cells.get(key)
        number = _whole(cell, most) if cell else None
        if cell and number is None:
            wrong.append(f"“{cell}” is no {key} from 0 to {most}; it stays as it was")
        elif cell is not None:
            listed = listed.rated(entry.id, number or 0) if key == "rating" else listed.scored(entry.id, number)
    if "dates" in cells:
        listed, unread = _dated(listed, cells["dates"])
        wrong += unread
    for heading, who in own.voices.items():
        if row.get(heading):
            listed = listed.remarked(entry.id, who, row[heading])
    listed, unread = _filled(listed, entry, row, own)
    return listed.entries[0], wrong + unread


def _filled(listed: Shortlist, entry: Entry, row: Mapping[str, str], own: OwnCells) -> tuple[Shortlist, list[str]]:
    """Return the entry with what stands in the person's own columns."""
    wrong = []
    for heading, column in own.headings.items():
        if heading in row:
            try:
                listed = listed.valued(entry.id, column.name, read_value(column.kind, row[heading]))
            except ValueError as error:
                wrong.append(f"{column.name}: {error}; it stays as it was")
    return listed, wrong


def _whole(cell: str, most: int) -> int | None:
    plain = cell.removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdecimal() and int(plain) <= most else None


def _dated(own: Shortlist, said: str) -> tuple[Shortlist, list[str]]:
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
    ordered = tuple(sorted(dates.items(), key=lambda pair: pair[1]))
    return own.with_entries([replace(own.entries[0], dates=ordered)]), []
