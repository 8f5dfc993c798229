"""Work that takes a while, beside the screen: how far it is, and a key that stops it without a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, ProgressBar

from ...errors import GmetuiError


class StoppedError(Exception):
    """The person stopped the work."""


class Working(ModalScreen[None]):
    """Does `work` in a thread; it is given a function to tell how far it is, which raises when it has to stop.

    What it returns is handed to `done`, what goes wrong to `failed`, in words. `unit` is what is counted, of which
    there are `total` where that is known; without it the work cannot be stopped.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "stop", id="working.stop")]

    def __init__(
        self,
        title: str,
        work: Callable[[Callable[[int], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        *,
        unit: str = "",
        total: int | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._work = work
        self._done = done
        self._failed = failed
        self._unit = unit
        self._total = total
        self._stopped = False
        self._furthest = 0

    def compose(self) -> ComposeResult:
        """Show what is done, and how far it is."""
        with Vertical(id="dialog"):
            yield Label(Content(self._title), id="heading")
            yield ProgressBar(self._total, show_eta=False, show_percentage=self._total is not None)
            yield Label("", id="far", markup=False)
            yield Label("esc stops; nothing is kept then" if self._unit else "a moment …", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run, thread=True)

    def _run(self) -> None:
        try:
            result = self._work(self.report)
        except StoppedError:
            self.app.call_from_thread(self.dismiss)
        except (GmetuiError, OSError) as error:
            words = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            self.app.call_from_thread(self._close, self._failed, words)
        else:
            self.app.call_from_thread(self._close, self._done, result)

    def report(self, number: int) -> None:
        """Show how far it is. Raises `StoppedError` when the person stopped it."""
        if self._stopped:
            raise StoppedError
        if number > self._furthest:  # some work goes through its rows more than once
            self._furthest = number
            self.app.call_from_thread(self._show, number)

    def _show(self, number: int) -> None:
        self.query_one("#far", Label).update(f"{number:,} {self._unit}")
        if self._total is not None:
            self.query_one(ProgressBar).update(progress=number)

    def _close(self, then: Callable[[Any], None], value: Any) -> None:
        self.dismiss()
        if not (self._stopped and self._unit):
            then(value)

    def action_stop(self) -> None:
        """Stop, where that leaves nothing behind."""
        self._stopped = True
