"""What is done with listed programs: what a person says of them, and dialogs about the list."""

from __future__ import annotations

from collections.abc import Callable

from textual.reactive import var

from ...catalog.models import Program
from ...shortlist.entries import Entry, Shortlist
from ...shortlist.fact_changes import facts_of, mark_of
from ..widgets.shortlist_view import ListedPrograms
from .base_screen import Place


class AnnotatingPlace(Place):
    """A place with listed programs, of which one is under the cursor."""

    listed: ListedPrograms
    order: var[str] = var("rank", init=False)  # what the list is shown by; "-rating" turns it round

    @property
    def shortlist(self) -> Shortlist:
        """The list."""
        return self.gmetui.shortlist

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.listed.entry

    @property
    def program(self) -> Program | None:
        """The program under the cursor, where it is still in the data."""
        return self.catalog.program.get(self.entry.id) if self.entry else None

    @property
    def meant(self) -> tuple[Entry, ...]:
        """The entries that a command is about: the marked ones, or the one under the cursor if none is."""
        marked = tuple(entry for entry in self.shortlist if entry.id in self.gmetui.marks)
        return marked or ((self.entry,) if self.entry else ())

    def change(self, words: str, changed: Callable[[Shortlist, Entry], Shortlist]) -> bool:
        """Change every entry that is meant, as one step; `words` say what is done with them."""
        shortlist, meant = self.shortlist, self.meant
        for entry in meant:
            shortlist = changed(shortlist, entry)
        names = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
        return bool(meant) and self.gmetui.change_list(shortlist, f"{words} {names}")

    def action_keep(self) -> None:
        """Take what is meant off the list."""
        meant = self.meant
        if self.change("removed", lambda shortlist, entry: shortlist.removed(entry.id)):
            names = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
            self.gmetui.tell(f"Taken off: {names}. u brings back.")

    def action_mark(self) -> None:
        """Mark the program under the cursor, or no longer."""
        if self.program is not None:
            self.gmetui.toggle_mark(self.program)

    def action_status(self) -> None:
        """Say how far one is."""
        from ..dialogs.shortlist_fields import pick_status

        pick_status(self)

    def action_rate(self) -> None:
        """Say how much one likes it."""
        from ..dialogs.shortlist_fields import pick_rating

        pick_rating(self)

    def action_date(self) -> None:
        """Write down a date of one's own."""
        from ..dialogs.shortlist_fields import ask_date

        ask_date(self)

    def action_tag(self) -> None:
        """Give it words of one's own."""
        from ..dialogs.shortlist_fields import ask_tags

        ask_tags(self)

    def action_note(self) -> None:
        """Write a note on the program under the cursor."""
        from ..dialogs.note_dialog import ask_entry_note

        if self.entry is not None:
            ask_entry_note(self.gmetui, self.entry)

    def action_order(self) -> None:
        """Choose what the list is shown by."""
        from ..dialogs.custom_columns_dialog import pick_order

        pick_order(self)

    def action_own_columns(self) -> None:
        """Make columns of one's own, or change them."""
        from ..dialogs.custom_columns_dialog import pick_columns

        pick_columns(self)

    def action_fill_in(self) -> None:
        """Fill in one's own columns."""
        from ..dialogs.custom_columns_dialog import fill_in

        fill_in(self)

    def action_seen(self) -> None:
        """Say that one knows what changed."""
        facts = {own.id: self.catalog.program[own.id] for own in self.meant if own.id in self.catalog.program}
        marks = {own: mark_of(facts_of(self.catalog, program)) for own, program in facts.items()}
        if self.change(
            "saw what changed at",
            lambda shortlist, entry: shortlist.seen(entry.id, marks.get(entry.id, entry.known)),
        ):
            self.gmetui.tell("What changed is seen.")

    def action_versions(self) -> None:
        """Look at former versions of the list."""
        from ..dialogs.versions_dialog import pick_version

        pick_version(self)

    def action_bring(self) -> None:
        """Bring in a list that was edited elsewhere."""
        from ..dialogs.import_shortlist_dialog import ask_file

        ask_file(self)

    def action_copy_list(self) -> None:
        """Copy the whole list."""
        from ...export.table import shortlist_sheet
        from ..dialogs.pickers import copy_sheet

        copy_sheet(self.gmetui, shortlist_sheet(self.catalog, self.shortlist))

    def action_export(self) -> None:
        """Ask where to write the list, and write it."""
        from ...export.table import shortlist_sheet
        from ..dialogs.export_dialog import ask_export

        ask_export(self.gmetui, shortlist_sheet(self.catalog, self.shortlist), None)
