"""A dialog that shows the progress of work in a thread, which can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label, ProgressBar

from ...errors import GmetuiError
from ...text import sanitize
from .dialog import Dialog
from .dialog_frame import DialogFrame
from .dismissal import close_dialog

Outcome = TypeVar("Outcome")
Report = Callable[[int], None]
#: The unit of work of which the share that is done is known.
PERCENT = "percent"


class CancelledError(Exception):
    """The user stopped the work."""


class ProgressDialog(Dialog, Generic[Outcome]):
    """Runs `work` in a thread and hands its return value to `on_done`, or the message of an error to `on_error`.

    `work` gets a function that reports its progress and raises `CancelledError` once the user has stopped it. `unit` is
    what is counted, up to `total` if that is known; without a unit the work can't be stopped. The outcome of work that
    `changes_something` is handed on even if the user stopped it too late.
    """

    CLOSES_ON_OUTSIDE_CLICK = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "stop", id="progress.stop")]

    def __init__(
        self,
        title: str,
        work: Callable[[Report], Outcome],
        on_done: Callable[[Outcome], None],
        on_error: Callable[[str], None],
        *,
        unit: str = "",
        total: int | None = None,
        changes_something: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._unit = unit
        self._total = total
        self._changes_something = changes_something
        self._is_stopped = False
        self._progress = 0

    def compose(self) -> ComposeResult:
        """Show what is being done and how far it is."""
        with DialogFrame(self._title, "esc stops" if self._unit else "", id="dialog"):
            yield ProgressBar(self._total, show_eta=False, show_percentage=self._total is not None)
            yield Label("", id="progress", markup=False)
            yield Label("Nothing is saved if you stop it." if self._unit else "One moment …", markup=False)

    def on_mount(self) -> None:
        """Start the work."""
        self.run_worker(self._run, thread=True)

    def _run(self) -> None:
        try:
            outcome = self._work(self._report)
        except CancelledError:
            self.app.call_from_thread(close_dialog, self)
        except GmetuiError as error:
            self.app.call_from_thread(self._finish_with_error, str(error))
        except OSError as error:
            self.app.call_from_thread(self._finish_with_error, sanitize(error.strerror or str(error)))
        except Exception:
            self.app.call_from_thread(close_dialog, self)
            raise
        else:
            self.app.call_from_thread(self._finish, outcome)

    def _report(self, progress: int) -> None:
        """Show the progress. Raises `CancelledError` if the user has stopped the work."""
        if self._is_stopped:
            raise CancelledError
        if progress > self._progress:  # some work passes over its rows more than once
            self._progress = progress
            self.app.call_from_thread(self._show, progress)

    def _show(self, progress: int) -> None:
        if self._unit != PERCENT:  # which the bar says
            self.query_one("#progress", Label).update(f"{progress:,} {self._unit}")
        if self._total is not None:
            self.query_one(ProgressBar).update(progress=progress)

    @property
    def _is_cancelled(self) -> bool:
        return self._is_stopped and bool(self._unit) and not self._changes_something

    def _finish(self, outcome: Outcome) -> None:
        if close_dialog(self) and not self._is_cancelled:
            self._on_done(outcome)

    def _finish_with_error(self, message: str) -> None:
        if close_dialog(self) and not self._is_cancelled:
            self._on_error(message)

    def action_close(self) -> None:
        """Stop the work, if that is possible."""
        self._is_stopped = True
