"""What is done in Explore with the program under the cursor, and with the list as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from ..widgets.program_list import ProgramList
from ..widgets.welcome_hint import Hint
from .query_screen import AskingPlace

if TYPE_CHECKING:
    from ...export.table import Sheet


class ActingPlace(AskingPlace):
    """Keeps, marks, notes, opens, copies and exports."""

    programs: ProgramList

    def met(self) -> None:
        """Take the first hint away: whoever reads or keeps a program has found out."""
        if not self.gmetui.state.met:
            self.gmetui.remember(self.gmetui.state._replace(met=True))
            self.query(Hint).remove()

    @on(ProgramList.Marked)
    def _marked(self, event: ProgramList.Marked) -> None:
        self.gmetui.toggle_mark(event.program)

    @on(ProgramList.Kept)
    def _kept(self, event: ProgramList.Kept) -> None:
        self.gmetui.toggle_listed(event.program)

    def action_open(self) -> None:
        """Read the program under the cursor, or take the way out of an empty list."""
        self.programs.action_open()

    def action_mark(self) -> None:
        """Mark the program under the cursor to compare it, or no longer."""
        if self.program is not None:
            self.gmetui.toggle_mark(self.program)

    def action_keep(self) -> None:
        """Put the program on the shortlist, or take it off."""
        self.met()
        if self.program is not None:
            self.gmetui.toggle_listed(self.program)

    def action_note(self) -> None:
        """Write a note on the program."""
        from ..dialogs.note_dialog import ask_note

        if self.program is not None:
            ask_note(self.gmetui, self.program)

    def action_export(self) -> None:
        """Ask where to write the shortlist or the list, and write it."""
        from ...export.table import shortlist_sheet
        from ..dialogs.export_dialog import ask_export

        ask_export(self.gmetui, shortlist_sheet(self.catalog, self.gmetui.shortlist), self._found())

    def action_copy_list(self) -> None:
        """Copy the list as it is."""
        from ..dialogs.pickers import copy_sheet

        copy_sheet(self.gmetui, self._found())

    def _found(self) -> Sheet:
        from ...export.table import results_sheet

        return results_sheet(self.catalog, self.results.programs(), str(self.results.query))
