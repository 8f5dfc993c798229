"""Programs that take the terminal for a while, such as the user's editor or a text browser."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any, TypeVar

from textual.app import App, SuspendNotSupported

from ..errors import FileError, GmetuiError

Result = TypeVar("Result")


def run_in_terminal(app: App[Any], program: Callable[[], Result]) -> Result:
    """Leave the terminal to `program` and return its result. Raises `GmetuiError`; the application then goes on.

    Nothing may be raised while Textual has left the terminal, since it wouldn't come back to it.
    """
    outcome: list[Result] = []
    error: BaseException | None = None
    try:
        with app.suspend(), _without_interrupts():
            try:
                outcome.append(program())
            except BaseException as failure:  # noqa: BLE001  # raised again below
                error = failure
    except SuspendNotSupported as failure:
        raise FileError("gmetui: cannot run another program in this terminal") from failure
    if isinstance(error, GmetuiError):
        raise error
    if error is not None or not outcome:
        raise FileError(f"gmetui: the program failed: {error!r}") from error
    return outcome[0]


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let ctrl+c and ctrl+\\ end the other program only."""
    if current_thread() is not main_thread():
        yield
        return
    numbers = [signal.SIGINT, *([signal.SIGQUIT] if hasattr(signal, "SIGQUIT") else [])]
    handlers = [signal.signal(number, lambda *_: None) for number in numbers]  # SIG_IGN would be inherited
    try:
        yield
    finally:
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)
