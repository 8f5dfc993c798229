"""What was passed over, while the explorer is open: shown at once, written beside the screen, undone like edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..errors import GmetuiError
from ..session.undo import Edit
from ..shortlist.triage import PassedProgram, Triage
from ..storage.triage_file import change_triage, read_triage
from ..text import plural
from . import clock
from .labels import program_label
from .notifier import Notifier
from .observable import Observable
from .saver import Saver

#: The kind of the edits in the undo stack.
TRIAGE_EDIT = "triage"


class OpenTriage:
    """The programs that were passed over. Where others may look on (`is_offered` False), nothing is read or written."""

    def __init__(
        self, path: Path, record: Callable[[Edit], None], notifier: Notifier, saver: Saver, *, is_offered: bool
    ) -> None:
        """Read the file; `record` remembers an edit, so that it can be undone."""
        self.is_offered = is_offered
        self.problem = ""
        self.current: Observable[Triage] = Observable(Triage())
        self._path, self._record, self._notifier, self._saver = path, record, notifier, saver
        if is_offered:
            try:
                self.current = Observable(read_triage(path))
            except GmetuiError as error:
                self.problem = str(error)

    @property
    def verdicts(self) -> Mapping[str, str]:
        """The verdict by program id."""
        return self.current.value.verdicts

    def decide(self, catalog: Catalog, program: Program, verdict: str) -> None:
        """Pass a program over with a verdict, or forget it with "", as one edit."""
        before = self.verdicts.get(program.id, "")
        if verdict == before:
            return
        label = program_label(catalog, program)
        description = f"{verdict}: {label}" if verdict else f"forgot what was decided about {label}"
        if verdict:
            hospital = catalog.institution[program.institution].short_name
            passed = PassedProgram(program.id, verdict, program.name, hospital, clock.today().isoformat())
            self._change(lambda triage: triage.with_programs([passed]))
        else:
            self._change(lambda triage: triage.without({program.id}))
        edit = Edit(TRIAGE_EDIT, f"{program.id} {before}".strip(), f"{program.id} {verdict}".strip(), description)
        if self.verdicts.get(program.id, "") == verdict:  # it was written, or is on its way
            self._record(edit)

    def forget_all(self) -> None:
        """Forget every verdict, as one edit."""
        triage = self.current.value
        if not triage:
            self._notifier.notify_status("Nothing was passed over.")
            return
        self._change(lambda _: Triage())
        if self.current.value:
            return
        before = "; ".join(f"{program.id} {program.verdict}" for program in triage)
        after = "; ".join(program.id for program in triage)
        counted = f"{plural(len(triage), 'program')} that you passed over"
        self._record(Edit(TRIAGE_EDIT, before, after, f"forgot {counted}"))
        self._notifier.notify_status(f"Forgot {counted}; u undoes it.")

    def restore(self, catalog: Catalog, lines: str) -> None:
        """Return to the verdicts of an edit: program ids, each with its verdict if it had one."""
        pairs = [line.partition(" ") for line in lines.split("; ") if line]
        forgotten = {program_id for program_id, _, verdict in pairs if not verdict}
        today = clock.today().isoformat()
        passed = []
        for program_id, _, verdict in pairs:
            program = catalog.program.get(program_id)
            hospital = catalog.institution[program.institution].short_name if program else ""
            if verdict:
                passed.append(PassedProgram(program_id, verdict, program.name if program else "", hospital, today))
        self._change(lambda triage: triage.without(forgotten).with_programs(passed))

    def _change(self, change: Callable[[Triage], Triage]) -> None:
        """Show a change at once, and write it; where that fails, go back to what was shown before."""
        before, shown = self.current.value, change(self.current.value)
        self.current.set(shown)

        def finish(writing: Future[Triage]) -> None:
            error = writing.exception()
            if error is not None:
                self.current.set(before)
                self._notifier.notify_error(str(error))
            elif self.current.value is shown:
                self.current.set(writing.result())  # with what another gmetui wrote meanwhile

        writing = self._saver.run("what you passed over", lambda: change_triage(self._path, change))
        if writing.done():
            finish(writing)
        else:
            self._saver.when_done(writing, finish)
