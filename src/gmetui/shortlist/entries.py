"""The shortlist: the user's ranked list of programs, as a frozen value. Every change returns a new list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..text import sanitize
from .columns import CustomColumn, Value, convert_value
from .date_entry import normalized_date

#: The suggested statuses, in the order of an application season. A status may be any other text, too.
STATUSES = ("interested", "preparing", "applied", "invited", "interviewed", "ranked", "declined", "matched")
#: The tiers of a program signal; "signal" where a specialty has one tier only.
SIGNALS = ("gold", "silver", "signal")
MAX_RATING = 5
MAX_SCORE = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One program on the list, with its name and institution so that it stays readable without the catalog.

    `signal` is the tier of the program signal given to it, or "". `rating` is 1 to 5, or 0 for none. `dates` are pairs
    of label and ISO date, in date order; a date may have a time, as in "2027-01-12T09:30", which is the local time of
    whoever wrote it. `values` are pairs of custom column and value, `score` is the manual score from 0 to 100, and
    `comments` are pairs of reviewer and text. `fingerprint` identifies the facts of the program when it was saved or
    its changes were last seen. `extra` holds keys of the file that this version doesn't know; they are written back
    unchanged.
    """

    id: str
    name: str = ""
    institution: str = ""
    note: str = ""
    status: str = ""
    signal: str = ""
    rating: int = 0
    tags: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    score: int | None = None
    comments: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """The name of the program after that of its institution, as both were when it was saved."""
        return " · ".join(filter(None, (self.institution, self.name))) or self.id

    def value(self, column_name: str) -> Value | None:
        """Return the value in a custom column, or None."""
        return next((value for name, value in self.values if name == column_name), None)


def entry_of(catalog: Catalog, program: Program) -> Entry:
    """Return a new entry for a program."""
    institution_name = catalog.institution[program.institution].name
    from .fact_changes import fingerprint, snapshot_of  # reading a list needs neither

    return Entry(program.id, program.name, institution_name, fingerprint=fingerprint(snapshot_of(catalog, program)))


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Entries in rank order with unique ids, and custom columns with unique names. `extra` as in `Entry`.

    Methods that change an entry return the same list if the program isn't on it or nothing changes.
    """

    name: str = "default"
    entries: tuple[Entry, ...] = ()
    columns: tuple[CustomColumn, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __len__(self) -> int:
        """Return the number of programs on the list."""
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over the entries in rank order."""
        return iter(self.entries)

    def __contains__(self, program_id: str) -> bool:
        """Tell whether a program is on the list."""
        return self.position(program_id) is not None

    def position(self, program_id: str) -> int | None:
        """Return the zero-based position of a program, or None."""
        return next((index for index, entry in enumerate(self.entries) if entry.id == program_id), None)

    def entry(self, program_id: str) -> Entry | None:
        """Return the entry of a program, or None."""
        return next((entry for entry in self.entries if entry.id == program_id), None)

    def with_entries(self, entries: Iterable[Entry]) -> Shortlist:
        """Return the list with other entries."""
        return replace(self, entries=tuple(entries))

    def with_entry(self, entry: Entry) -> Shortlist:
        """Return the list with `entry` at its end, or the same list if the program is already on it."""
        return self if entry.id in self else replace(self, entries=(*self.entries, entry))

    def without_entry(self, program_id: str) -> Shortlist:
        """Return the list without a program."""
        remaining = tuple(entry for entry in self.entries if entry.id != program_id)
        return self if len(remaining) == len(self.entries) else replace(self, entries=remaining)

    def with_entry_toggled(self, entry: Entry) -> Shortlist:
        """Return the list without the program if it is on the list, otherwise with it."""
        return self.without_entry(entry.id) if entry.id in self else self.with_entry(entry)

    def with_position(self, program_id: str, position: int) -> Shortlist:
        """Return the list with a program moved to a zero-based position, clamped to the list."""
        current = self.position(program_id)
        target = max(0, min(position, len(self.entries) - 1))
        if current is None or current == target:
            return self
        reordered = [entry for entry in self.entries if entry.id != program_id]
        reordered.insert(target, self.entries[current])
        return replace(self, entries=tuple(reordered))

    def with_note(self, program_id: str, note: str) -> Shortlist:
        """Return the list with the note on a program replaced."""
        note = sanitize(note, keep_newlines=True)
        return self._with_entry_changed(program_id, lambda entry: replace(entry, note=note))

    def with_status(self, program_id: str, status: str) -> Shortlist:
        """Return the list with the status of a program replaced."""
        status = sanitize(status)
        return self._with_entry_changed(program_id, lambda entry: replace(entry, status=status))

    def with_signal(self, program_id: str, signal: str) -> Shortlist:
        """Return the list with the signal of a program replaced; "" removes it. Raises ValueError for no tier."""
        if signal and signal not in SIGNALS:
            raise ValueError(f"a signal is one of {', '.join(SIGNALS)}")
        return self._with_entry_changed(program_id, lambda entry: replace(entry, signal=signal))

    def with_rating(self, program_id: str, rating: int) -> Shortlist:
        """Return the list with a program rated from 1 to 5, clamped; 0 removes the rating."""
        rating = max(0, min(MAX_RATING, rating))
        return self._with_entry_changed(program_id, lambda entry: replace(entry, rating=rating))

    def with_tags(self, program_id: str, tags: Iterable[str]) -> Shortlist:
        """Return the list with the tags of a program replaced; blank and repeated tags are dropped."""
        stripped = (sanitize(tag).strip() for tag in tags)
        unique = tuple(dict.fromkeys(tag for tag in stripped if tag))
        return self._with_entry_changed(program_id, lambda entry: replace(entry, tags=unique))

    def with_date(self, program_id: str, label: str, day: str) -> Shortlist:
        """Return the list with a date on a program; "" removes it.

        Raises ValueError if `day` is neither an ISO date nor an ISO date and time.
        """
        label = sanitize(label).strip()
        if day:
            day = normalized_date(day)

        def change(entry: Entry) -> Entry:
            others = [pair for pair in entry.dates if pair[0] != label]
            return replace(entry, dates=by_date([*others, (label, day)] if day else others))

        return self._with_entry_changed(program_id, change)

    def with_value(self, program_id: str, column_name: str, value: Value | None) -> Shortlist:
        """Return the list with a value in a custom column of a program; None removes it."""

        def change(entry: Entry) -> Entry:
            values = {**dict(entry.values), column_name: value}
            cells = ((column.name, values.get(column.name)) for column in self.columns)
            return replace(entry, values=tuple((name, cell) for name, cell in cells if cell is not None))

        return self._with_entry_changed(program_id, change)

    def with_score(self, program_id: str, score: int | None) -> Shortlist:
        """Return the list with a manual score from 0 to 100, clamped; None computes it from the columns again."""
        manual_score = None if score is None else max(0, min(MAX_SCORE, score))
        return self._with_entry_changed(program_id, lambda entry: replace(entry, score=manual_score))

    def with_comment(self, program_id: str, reviewer: str, text: str) -> Shortlist:
        """Return the list with a reviewer's comment on a program replaced; a blank text removes it."""
        reviewer, text = sanitize(reviewer).strip(), sanitize(text, keep_newlines=True).strip()

        def change(entry: Entry) -> Entry:
            others = tuple(pair for pair in entry.comments if pair[0] != reviewer)
            return replace(entry, comments=(*others, (reviewer, text)) if text else others)

        return self._with_entry_changed(program_id, change)

    def with_fingerprint(self, program_id: str, fact_fingerprint: str) -> Shortlist:
        """Return the list with the changes of a program marked as seen, up to these facts."""
        return self._with_entry_changed(program_id, lambda entry: replace(entry, fingerprint=fact_fingerprint))

    def column(self, column_name: str) -> CustomColumn | None:
        """Return the custom column of that name, or None."""
        return next((column for column in self.columns if column.name == column_name), None)

    def with_column(self, column: CustomColumn, replacing: str = "") -> Shortlist:
        """Return the list with a column added, or put in place of the column named `replacing` or named alike.

        The values move to a renamed column. If the kind changed, they are converted, and dropped if that is impossible.
        """
        replaced_name = replacing or column.name
        names = [existing.name for existing in self.columns]
        if replaced_name not in names:
            return replace(self, columns=(*self.columns, column))
        index = names.index(replaced_name)
        columns = (*self.columns[:index], column, *self.columns[index + 1 :])
        entries = tuple(_with_column_changed(entry, replaced_name, column) for entry in self.entries)
        return replace(self, columns=columns, entries=entries)

    def without_column(self, column_name: str) -> Shortlist:
        """Return the list without a custom column and its values."""
        entries = tuple(
            replace(entry, values=tuple(pair for pair in entry.values if pair[0] != column_name))
            for entry in self.entries
        )
        columns = tuple(column for column in self.columns if column.name != column_name)
        return replace(self, columns=columns, entries=entries)

    def _with_entry_changed(self, program_id: str, change: Callable[[Entry], Entry]) -> Shortlist:
        entries = tuple(change(entry) if entry.id == program_id else entry for entry in self.entries)
        return self if entries == self.entries else replace(self, entries=entries)


def entry_title(catalog: Catalog, entry: Entry) -> str:
    """Return the name of an entry's program after that of its institution, which is short if the program is known."""
    program = catalog.program.get(entry.id)
    if program is not None:
        return catalog.title_of(program)
    return entry.title


def dates_table(entry: Entry) -> dict[str, dict[str, str]]:
    """Return the dates of an entry by the keys of a shortlist file: days in "dates", times in "times".

    They are apart because earlier versions of gmetui take "dates" for days, and leave keys they don't know unchanged.
    """
    days = {label: when[:10] for label, when in entry.dates}
    times = {label: when[11:] for label, when in entry.dates if when[11:]}
    return {key: table for key, table in (("dates", days), ("times", times)) if table}


def by_date(dates: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return pairs of label and ISO date in date order."""
    return tuple(sorted(dates, key=lambda pair: pair[1]))


def _with_column_changed(entry: Entry, replaced_name: str, column: CustomColumn) -> Entry:
    """Return an entry with the value of one column moved to the column that replaces it."""
    values: list[tuple[str, Value]] = []
    for column_name, value in entry.values:
        if column_name != replaced_name:
            values.append((column_name, value))
        elif (converted := convert_value(column.kind, value)) is not None:
            values.append((column.name, converted))
    return replace(entry, values=tuple(values))


def with_converted_values(entry: Entry, columns: Iterable[CustomColumn]) -> Entry:
    """Return an entry whose values have the kinds and the order of `columns`; values that don't fit are dropped."""
    converted = []
    for column in columns:
        value = entry.value(column.name)
        if value is not None and (new_value := convert_value(column.kind, value)) is not None:
            converted.append((column.name, new_value))
    # Compared as text: False equals 0, and a column of yes and no holds only the former.
    return entry if repr(tuple(converted)) == repr(entry.values) else replace(entry, values=tuple(converted))
