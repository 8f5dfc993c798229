"""The page of the profile: each row of it can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ..actions import bindings
from ..context import AppContext
from ..contexts import PROFILE_ACTIONS
from ..external_program import run_in_terminal
from ..profile_editor import QUESTION_SIGN, ProfileEditor
from .page_view import PageView


class ProfileView(PageView):
    """What the profile tells, and what else would change an answer. Enter asks for the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PROFILE_ACTIONS)

    def __init__(self, context: AppContext, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.editor = ProfileEditor(context, lambda program: run_in_terminal(self.app, program))

    @property
    def _row_key(self) -> str:
        """The key of the row under the cursor, "" without one."""
        return self.stop.row_key if self.stop else ""

    def on_focus(self) -> None:
        """Put the cursor on the first row, where enter has something to do."""
        super().on_focus()
        self._select_first()

    def _select_first(self) -> None:
        """Put the cursor on the first row, unless it is on one."""
        full_page = self._get_complete_page()
        if self.stop is None and full_page is not None and full_page.stops:
            self._select(full_page.stops[0], scroll=False)

    @property
    def later_row_keys(self) -> tuple[str, ...]:
        """The keys of the rows from the cursor on."""
        full_page, stop = self._get_complete_page(), self.stop
        if full_page is None or stop is None:
            return ()
        return tuple(each.row_key for each in full_page.stops if each.first_line >= stop.first_line)

    def keep_cursor(self, row_keys: Sequence[str]) -> None:
        """Put the cursor near a row that is gone: on what its answer leads to, else on the next row that is left."""
        full_page = self._get_complete_page()
        if not row_keys or full_page is None or self.stop is not None:
            return
        subject = row_keys[0].partition(":")[0]
        stops = {each.row_key: each for each in reversed(full_page.stops)}
        follow_up = [key for key in stops if subject[:1] == QUESTION_SIGN and key.partition(":")[0] == subject]
        remaining = (key for key in (*follow_up, *row_keys[1:]) if key in stops)
        self._select(stops.get(next(remaining, ""), full_page.stops[-1] if full_page.stops else None))

    def action_edit_row(self) -> None:
        """Ask for what the row is about; without a cursor, go to the first row."""
        if self._row_key:
            self.editor.edit(self._row_key)
        else:
            self._select_first()

    def action_forget(self) -> None:
        """Remove what the row tells."""
        self.editor.forget(self._row_key)

    def action_add_to_profile(self) -> None:
        """Add an exam, a certificate, a training, a license or experience."""
        self.editor.add()

    def action_open_profile_file(self) -> None:
        """Open the file of the profile."""
        self.editor.open_file()

    def action_profiles(self) -> None:
        """Open another profile, or make one."""
        self.editor.choose_profile()

    def action_step_profile(self, step: int) -> None:
        """Undo the last change to the profile, or redo it."""
        self.editor.step(step)

    def line_clicked(self, line_number: int, x: int) -> None:
        """Put the cursor on the clicked row; a second click changes it."""
        before = self.stop
        super().line_clicked(line_number, x)
        if self.stop is not None and before == self.stop:
            self.action_edit_row()
