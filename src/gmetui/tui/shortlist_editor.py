"""Edits of shortlist entries: which entries a command acts on, and how a change of them is saved."""

from __future__ import annotations

from collections.abc import Callable

from ..shortlist.entries import Entry, Shortlist
from ..shortlist.fact_changes import fingerprint, snapshot_of
from .context import AppContext
from .labels import entries_label, entry_label


class ShortlistEditor:
    """Changes the entries that a command acts on: those that `find_targets` returns.

    Marks for comparison are no concern of it: an edit changes what the user sees selected, or the row under the cursor.
    """

    def __init__(self, context: AppContext, find_targets: Callable[[], tuple[Entry, ...]]) -> None:
        self.context = context
        self._find_targets = find_targets

    @property
    def shortlist(self) -> Shortlist:
        """The open shortlist."""
        return self.context.session.shortlist

    @property
    def targets(self) -> tuple[Entry, ...]:
        """The entries that a command acts on."""
        return self._find_targets()

    @property
    def target_label(self) -> str:
        """The hospital and name of the only target, or how many there are and their hospitals."""
        return entries_label(self.context.catalog, self.targets)

    def save(self, shortlist: Shortlist, change: str) -> bool:
        """Save a changed list; return False if that failed, which has been reported then."""
        return self.context.session.save_shortlist(shortlist, change)

    def try_save(self, shortlist: Shortlist, change: str) -> str | None:
        """Save a changed list; return why that failed, or None on success."""
        return self.context.session.try_save_shortlist(shortlist, change)

    def edit(self, description: str, change: Callable[[Shortlist, Entry], Shortlist]) -> bool:
        """Change every target, as one edit; `description` is completed by their names."""
        return bool(self.targets) and self.save(self._changed(change), f"{description} {self.target_label}")

    def try_edit(self, description: str, change: Callable[[Shortlist, Entry], Shortlist]) -> str | None:
        """Change every target as `edit` does; return why that failed, or None on success."""
        return self.try_save(self._changed(change), f"{description} {self.target_label}") if self.targets else None

    def _changed(self, change: Callable[[Shortlist, Entry], Shortlist]) -> Shortlist:
        shortlist = self.shortlist
        for entry in self.targets:
            shortlist = change(shortlist, entry)
        return shortlist

    def remove(self) -> None:
        """Remove the targets from the list."""
        label = self.target_label
        if self.edit("removed", lambda shortlist, entry: shortlist.without_entry(entry.id)):
            self.context.notify_status(f"Removed {label}; u undoes it.")

    def mark_seen(self) -> None:
        """Mark the changes in the data of the targets as seen."""
        catalog = self.context.catalog
        programs = [catalog.program[entry.id] for entry in self.targets if entry.id in catalog.program]
        fingerprints: dict[str, str] = {program.id: fingerprint(snapshot_of(catalog, program)) for program in programs}

        def change(shortlist: Shortlist, entry: Entry) -> Shortlist:
            return shortlist.with_fingerprint(entry.id, fingerprints.get(entry.id, entry.fingerprint))

        if self.edit("marked changes as seen:", change):
            self.context.notify_status("Changes marked as seen.")

    def move(self, entry: Entry, step: int) -> None:
        """Move an entry up (-1) or down (1)."""
        position = self.shortlist.position(entry.id)
        assert position is not None
        self.move_to(entry, position + step)

    def move_to(self, entry: Entry, position: int) -> None:
        """Move an entry to a position, counted from 0."""
        reordered = self.shortlist.with_position(entry.id, position)
        if reordered != self.shortlist:
            self.save(reordered, f"moved {entry_label(self.context.catalog, entry)} to {position + 1}")
