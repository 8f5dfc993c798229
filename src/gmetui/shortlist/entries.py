"""The shortlist: a person's own ordered list of programs, as a frozen value. Every change makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..catalog.models import Catalog, Program
from ..text import clean
from .columns import OwnColumn, Value, converted
from .fact_changes import facts_of, mark_of

#: What people say of how far they are; any other word may stand there too.
STATUSES = ("interested", "preparing", "applied", "invited", "interviewed", "ranked", "declined", "matched")
BEST = 5  # the highest rating


@dataclass(frozen=True, slots=True)
class Entry:
    """One program on the list, with enough of a copy (name, institution) to stay readable without the data.

    A rating is from 1 to 5, 0 for none; a date is what it is of ("interview") and the day as YYYY-MM-DD. `own` are the
    values of the list's own columns, `score` the one by hand from 0 to 100, `remarks` what others said (who, what), and
    `known` the mark of what the data said of the program when it was added or last looked at. `extra` holds keys of the
    file that this version doesn't know; they are written back untouched.
    """

    id: str
    name: str = ""
    institution: str = ""
    note: str = ""
    status: str = ""
    rating: int = 0
    tags: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, Value], ...] = ()
    score: int | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    known: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def value(self, column: str) -> Value | None:
        """Return what stands in one of the list's own columns, or None."""
        return next((value for name, value in self.own if name == column), None)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Entries in rank order, no id twice, and the person's own columns, no name twice. `extra` as in `Entry`."""

    name: str = "default"
    entries: tuple[Entry, ...] = ()
    columns: tuple[OwnColumn, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __len__(self) -> int:
        """How many programs are on the list."""
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        """Entries in rank order."""
        return iter(self.entries)

    def __contains__(self, program_id: str) -> bool:
        """Tell whether a program is on the list."""
        return self.position(program_id) is not None

    def position(self, program_id: str) -> int | None:
        """Return the place of a program, counted from 0, or None."""
        return next((place for place, entry in enumerate(self.entries) if entry.id == program_id), None)

    def entry(self, program_id: str) -> Entry | None:
        """Return the entry of a program, or None."""
        return next((entry for entry in self.entries if entry.id == program_id), None)

    def added(self, entry: Entry) -> Shortlist:
        """Return the list with `entry` at its end; the same list when the program is on it."""
        return self if entry.id in self else replace(self, entries=(*self.entries, entry))

    def removed(self, program_id: str) -> Shortlist:
        """Return the list without a program."""
        kept = tuple(entry for entry in self.entries if entry.id != program_id)
        return self if len(kept) == len(self.entries) else replace(self, entries=kept)

    def toggled(self, entry: Entry) -> Shortlist:
        """Return the list with the program added, or removed when it was on it."""
        return self.removed(entry.id) if entry.id in self else self.added(entry)

    def moved(self, program_id: str, position: int) -> Shortlist:
        """Return the list with a program at `position`, counted from 0 and kept within the list."""
        at = self.position(program_id)
        place = max(0, min(position, len(self.entries) - 1))
        if at is None or at == place:
            return self
        rest = [entry for entry in self.entries if entry.id != program_id]
        rest.insert(place, self.entries[at])
        return replace(self, entries=tuple(rest))

    def noted(self, program_id: str, note: str) -> Shortlist:
        """Return the list with another note on a program."""
        note = clean(note, lines=True)
        return self._changed(program_id, lambda entry: replace(entry, note=note))

    def with_status(self, program_id: str, status: str) -> Shortlist:
        """Return the list with another status on a program."""
        status = clean(status)
        return self._changed(program_id, lambda entry: replace(entry, status=status))

    def rated(self, program_id: str, rating: int) -> Shortlist:
        """Return the list with another rating of a program, from 1 to 5; 0 takes it away."""
        kept = max(0, min(BEST, rating))
        return self._changed(program_id, lambda entry: replace(entry, rating=kept))

    def tagged(self, program_id: str, tags: Iterable[str]) -> Shortlist:
        """Return the list with other tags on a program, each once."""
        kept = tuple(dict.fromkeys(tag for tag in (clean(own).strip() for own in tags) if tag))
        return self._changed(program_id, lambda entry: replace(entry, tags=kept))

    def dated(self, program_id: str, what: str, day: str) -> Shortlist:
        """Return the list with a date of one's own on a program; "" takes it away. Raises ValueError for no day."""
        what = clean(what).strip()
        if day:
            day = date.fromisoformat(day).isoformat()

        def change(entry: Entry) -> Entry:
            kept = {own: then for own, then in entry.dates if own != what} | ({what: day} if day else {})
            return replace(entry, dates=tuple(sorted(kept.items(), key=lambda pair: pair[1])))

        return self._changed(program_id, change)

    def valued(self, program_id: str, column: str, value: Value | None) -> Shortlist:
        """Return the list with another value in one of its own columns; None takes it away."""
        names = [own.name for own in self.columns]

        def change(entry: Entry) -> Entry:
            kept = dict(entry.own) | ({} if value is None else {column: value})
            own = [(name, kept[name]) for name in names if name in kept and (name != column or value is not None)]
            return replace(entry, own=tuple(own))

        return self._changed(program_id, change)

    def scored(self, program_id: str, score: int | None) -> Shortlist:
        """Return the list with a score by hand, 0 to 100; None leaves the score to the columns."""
        kept = None if score is None else max(0, min(100, score))
        return self._changed(program_id, lambda entry: replace(entry, score=kept))

    def remarked(self, program_id: str, who: str, text: str) -> Shortlist:
        """Return the list with what somebody else says of a program in place of what they said before."""
        who, text = clean(who).strip(), clean(text, lines=True).strip()

        def change(entry: Entry) -> Entry:
            others = tuple(pair for pair in entry.remarks if pair[0] != who)
            return replace(entry, remarks=(*others, (who, text)) if text else others)

        return self._changed(program_id, change)

    def seen(self, program_id: str, known: str) -> Shortlist:
        """Return the list with what is now known of a program as what the person knows."""
        return self._changed(program_id, lambda entry: replace(entry, known=known))

    def with_entries(self, entries: Iterable[Entry]) -> Shortlist:
        """Return the list with other entries."""
        return replace(self, entries=tuple(entries))

    def column(self, name: str) -> OwnColumn | None:
        """Return one of the person's own columns, or None."""
        return next((own for own in self.columns if own.name == name), None)

    def with_column(self, column: OwnColumn, instead_of: str = "") -> Shortlist:
        """Return the list with a column at the end, or in place of the one of that name.

        Values go with a column that is renamed; where it holds another kind now, those that cannot be read as one go.
        """
        old = instead_of or column.name
        at = next((place for place, own in enumerate(self.columns) if own.name == old), None)
        if at is None:
            return replace(self, columns=(*self.columns, column))
        columns = (*self.columns[:at], column, *self.columns[at + 1 :])
        entries = tuple(replace(entry, own=_moved(entry.own, old, column)) for entry in self.entries)
        return replace(self, columns=columns, entries=entries)

    def without_column(self, name: str) -> Shortlist:
        """Return the list without a column and what stood in it."""
        entries = (replace(entry, own=tuple(pair for pair in entry.own if pair[0] != name)) for entry in self.entries)
        return replace(self, columns=tuple(own for own in self.columns if own.name != name), entries=tuple(entries))

    def _changed(self, program_id: str, change: Callable[[Entry], Entry]) -> Shortlist:
        entries = tuple(change(entry) if entry.id == program_id else entry for entry in self.entries)
        return self if entries == self.entries else replace(self, entries=entries)


def _moved(own: tuple[tuple[str, Value], ...], old: str, column: OwnColumn) -> tuple[tuple[str, Value], ...]:
    kept: list[tuple[str, Value]] = []
    for name, value in own:
        if name != old:
            kept.append((name, value))
        elif (now := converted(column.kind, value)) is not None:
            kept.append((column.name, now))
    return tuple(kept)


def entry_of(catalog: Catalog, program: Program) -> Entry:
    """Return a new entry for a program."""
    known = mark_of(facts_of(catalog, program))
    return Entry(program.id, program.name, catalog.institution[program.institution].name, known=known)
