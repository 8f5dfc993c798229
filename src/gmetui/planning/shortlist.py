"""The shortlist: a person's own ordered list of programs, as a frozen value. Every change makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..catalog.model import Catalog, Program
from ..catalog.text import clean

#: What people say of how far they are; any other word may stand there too.
STATUSES = ("interested", "preparing", "applied", "invited", "interviewed", "ranked", "declined", "matched")
BEST = 5  # the highest rating


@dataclass(frozen=True, slots=True)
class Entry:
    """One program on the list, with enough of a copy (name, institution) to stay readable without the data.

    A rating is from 1 to 5, 0 for none; a date is what it is of ("interview") and the day as YYYY-MM-DD. `extra` holds
    keys of the file that this version doesn't know; they are written back untouched.
    """

    id: str
    name: str = ""
    institution: str = ""
    note: str = ""
    status: str = ""
    rating: int = 0
    tags: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Entries in rank order; no id stands twice. `extra` as in `Entry`."""

    name: str = "default"
    entries: tuple[Entry, ...] = ()
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

    def _changed(self, program_id: str, change: Callable[[Entry], Entry]) -> Shortlist:
        entries = tuple(change(entry) if entry.id == program_id else entry for entry in self.entries)
        return self if entries == self.entries else replace(self, entries=entries)


def entry_of(catalog: Catalog, program: Program) -> Entry:
    """Return a new entry for a program."""
    return Entry(program.id, program.name, catalog.institution[program.institution].name)


def differences(old: Shortlist, new: Shortlist) -> list[str]:
    """Return what is different between two versions of a list, a sentence each: who came, went, rose or fell."""
    before = {entry.id: place for place, entry in enumerate(old)}
    kept_before = [entry.id for entry in old if entry.id in new]
    kept_now = [entry.id for entry in new if entry.id in old]
    lines = [f"added: {entry.name or entry.id}, {entry.institution}" for entry in new if entry.id not in before]
    lines += [f"removed: {entry.name or entry.id}, {entry.institution}" for entry in old if entry.id not in new]
    for place, own in enumerate(kept_now):
        rose = kept_before.index(own) - place
        entry, was = new.entry(own), old.entry(own)
        assert entry is not None
        assert was is not None
        name = f"{entry.name or own}, {entry.institution}"
        if rose:
            lines.append(f"{'up' if rose > 0 else 'down'} {abs(rose)}: {name}")
        for key in ("status", "rating", "tags", "dates", "note"):
            then, now = _shown(getattr(was, key)), _shown(getattr(entry, key))
            if then != now:
                lines.append(f"{key}: {name}: {then or 'none'} → {now or 'none'}")
    return lines


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(" ".join(own) if isinstance(own, tuple) else own for own in value)
    return " ".join(str(value).split()) if value else ""


def merged(base: Shortlist, ours: Shortlist, theirs: Shortlist) -> Shortlist:
    """Return `theirs` with our changes since `base` on top: two copies of gmetui never lose each other's work.

    A program that we removed goes, one that we added or changed comes; our order holds when we changed it.
    """
    if theirs == base:
        return ours
    before = {entry.id: entry for entry in base}
    mine = {entry.id: entry for entry in ours}
    kept = {e.id: e for e in theirs if e.id in mine or e.id not in before}
    kept |= {own: entry for own, entry in mine.items() if before.get(own) != entry}
    ordered = [entry.id for entry in ours]
    common = [own for own in ordered if own in before]
    if common == [entry.id for entry in base if entry.id in mine]:
        ordered = [e.id for e in theirs if e.id in kept] + [own for own in ordered if own not in theirs]
    else:
        ordered += [e.id for e in theirs if e.id not in mine]
    return replace(theirs, entries=tuple(kept[own] for own in dict.fromkeys(ordered) if own in kept))
