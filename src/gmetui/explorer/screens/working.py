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

from ...catalog.errors import GmetuiError


class _StoppedError(Exception):
    """The person stopped the work."""


class Working(ModalScreen[None]):
    """Does `work` in a thread; it is given a function to tell how far it is, which raises when it has to stop.

    What it returns is handed to `done`, what goes wrong to `failed`, in words.
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
    ) -> None:
        super().__init__()
        self._title = title
        self._work = work
        self._done = done
        self._failed = failed
        self._unit = unit
        self._stopped = False

    def compose(self) -> ComposeResult:
        """Show what is done, and how far it is."""
        with Vertical(id="dialog"):
            yield Label(Content(self._title), id="heading")
            yield ProgressBar(show_eta=False, show_percentage=False)
            yield Label("", id="far", markup=False)
            yield Label("esc stops; nothing is kept then" if self._unit else "a moment …", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run, thread=True)

    def _run(self) -> None:
        try:
            result = self._work(self._report)
        except _StoppedError:
            self.app.call_from_thread(self.dismiss)
        except (GmetuiError, OSError) as error:
            words = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            self.app.call_from_thread(self._close, self._failed, words)
        else:
            self.app.call_from_thread(self._close, self._done, result)

    def _report(self, number: int) -> None:
        if self._stopped:
            raise _StoppedError
        self.app.call_from_thread(self.query_one("#far", Label).update, f"{number:,} {self._unit}")

    def _close(self, then: Callable[[Any], None], value: Any) -> None:
        if self._stopped and self._unit:
            self.dismiss()
            return
        self.dismiss()
        then(value)

    def action_stop(self) -> None:
        """Stop, where that leaves nothing behind."""
        self._stopped = True
