"""Triage: a quick pass over the programs of a search, one program at a time, one key for each decision."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ...catalog.models import Program
from ...documents.document import Document
from ...documents.triage_document import finished_document, triage_document
from ...shortlist.triage import TriageCounts, verdict_of
from ...text import plural
from .. import clock
from ..actions import bindings
from ..context import AppContext
from ..contexts import TRIAGE_SCREEN_ACTIONS
from ..dialogs.option_dialog import OptionDialog
from ..rendering.document_lines import document_page
from ..widgets.option_list import ListOption
from ..widgets.triage_view import TriageView
from .base_screen import BaseScreen

_NEED_PROGRAM = frozenset(
    ("triage-interested", "triage-maybe", "triage-no", "triage-forget", "triage-read", "source", "mark", "copy")
)

_INTERESTED = "interested"


class TriageScreen(BaseScreen):
    """One program of the search, with the facts that decide. What is decided is saved at once."""

    AUTO_FOCUS = "#triage"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*TRIAGE_SCREEN_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "triage")
        self.view = TriageView(id="triage")
        self._program_ids: Sequence[str] = ()
        self._verdicts: dict[str, str] = {}
        self._position = 0
        self._is_deciding = False  # a decision is on its way, which `action_decide` shows

    def compose_panes(self) -> ComposeResult:
        """Lay out the pane."""
        yield self.view

    def on_mount(self) -> None:
        """Go through the programs of the search, and follow what is decided elsewhere."""
        session = self.context.session
        self.begin()
        self.subscribe(session.open_list.current, lambda _: self._follow_decisions())
        self.subscribe(session.triage.current, lambda _: self._follow_decisions())

    def begin(self) -> None:
        """Take the programs of the search, from the first one that isn't decided."""
        self._program_ids = [program.id for program in self.context.query_controller.results.programs()]
        self._verdicts = self._current_verdicts()
        self._position = self._next_undecided(0)
        self._show()

    def _current_verdicts(self) -> dict[str, str]:
        session = self.context.session
        listed_ids = {entry.id for entry in session.shortlist}
        triage = session.triage.current.value
        return {program_id: verdict_of(program_id, triage, listed_ids) for program_id in self._program_ids}

    def _follow_decisions(self) -> None:
        """Show decisions that were made elsewhere; go to the program about which one was undone."""
        if self._is_deciding:
            return
        before, self._verdicts = self._verdicts, self._current_verdicts()
        undone = [each for each in self._program_ids if before.get(each) and not self._verdicts[each]]
        if undone:
            self._position = self._program_ids.index(undone[0])
        if before != self._verdicts:
            self._show()

    def _next_undecided(self, start: int) -> int:
        """Return the position of the next undecided program, from the start again; the end if there is none."""
        count = len(self._program_ids)
        order = (*range(start, count), *range(start))
        return next((index for index in order if not self._verdicts[self._program_ids[index]]), count)

    @property
    def program(self) -> Program | None:
        """The program that is shown."""
        if self._position >= len(self._program_ids):
            return None
        return self.catalog.program.get(self._program_ids[self._position])

    def _show(self) -> None:
        program = self.program
        counts = TriageCounts.of(self._verdicts.values())
        document = self._program_document(program) if program else finished_document(counts)
        place = f"program {self._position + 1:,} of {counts.total:,}" if program else ""
        self.view.show_page(lambda width, _min_lines, state: document_page(document, width, state))
        self.view.show_progress(counts, place, self._verdicts.get(program.id, "") if program else "")
        self.show_keys()

    def _program_document(self, program: Program) -> Document:
        fits = self.context.session.profile.fits_of(self.catalog)
        return triage_document(self.catalog, program, clock.today(), fits.fit_of(program) if fits else None)

    def idle_actions(self) -> Set[str]:
        """Return what needs a program once all are decided."""
        return frozenset() if self.program else _NEED_PROGRAM

    @property
    def history_key(self) -> str:
        """The program that is shown."""
        return self.program.id if self.program else ""

    def restore(self, history_key: str) -> None:
        """Show a program again."""
        if history_key in self._program_ids:
            self._position = self._program_ids.index(history_key)
            self._show()

    # Deciding.

    def action_decide(self, decision: str) -> None:
        """Decide about the program, and go to the next one that isn't decided."""
        program, session = self.program, self.context.session
        if program is None or not self._may_decide():
            return
        is_listed = program.id in session.shortlist
        if is_listed and decision != _INTERESTED:
            self.context.notify_status("It is on your shortlist; s in the search removes it.")
            return
        self._is_deciding = True
        try:
            if decision != _INTERESTED:
                session.triage.decide(self.catalog, program, decision)
            elif not is_listed:
                session.toggle_saved(program)
        finally:
            self._is_deciding = False
        listed_ids = {entry.id for entry in session.shortlist}
        self._verdicts[program.id] = verdict_of(program.id, session.triage.current.value, listed_ids)
        if self._verdicts[program.id]:
            self._position = self._next_undecided(self._position + 1)
        self._show()

    def action_forget_decision(self) -> None:
        """Forget what was decided about the program."""
        program = self.program
        if program is not None and self._may_decide():
            self.context.session.triage.decide(self.catalog, program, "")

    def action_forget_all(self) -> None:
        """Forget everything that was passed over, in other searches too, once the user has confirmed it."""
        if not self._may_decide():
            return
        triage = self.context.session.triage
        count = len(triage.current.value)
        if not count:
            triage.forget_all()  # which says so
            return
        counted = plural(count, "decision")
        options = (ListOption("keep", "Keep them"), ListOption("forget", f"Forget {counted}, of every search"))

        def choose(option: ListOption) -> None:
            if option.key == "forget":
                triage.forget_all()

        title = f"Forget {counted}?"
        self.context.open_dialog(OptionDialog(title, "enter selects · esc goes back", lambda: options, choose))

    def _may_decide(self) -> bool:
        if not self.context.session.triage.is_offered:
            self.context.notify_status("This list is shared with you; start gmetui without --list-file to decide.")
            return False
        return True

    # Moving.

    def action_step(self, step: int) -> None:
        """Go to the next program (1) or the one before (-1), decided or not."""
        self._position = max(0, min(self._position + step, len(self._program_ids)))
        self._show()

    def action_read_program(self) -> None:
        """Read the whole page of the program."""
        if self.program is not None:
            self.context.open_program(self.program.id)

    def action_back(self) -> None:
        """Return to the search; what is decided stays."""
        self.context.action_open_screen("explore")


def open_triage(context: AppContext) -> None:
    """Go through the programs of the search, from the first one that isn't decided."""
    context.query_controller.commit()
    context.action_open_screen("triage")
    if isinstance(context.screen, TriageScreen):
        context.screen.begin()
