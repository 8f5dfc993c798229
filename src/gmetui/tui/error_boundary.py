"""The one place where errors of the application itself are caught: what failed is undone, and the application goes on.

Textual ends the application when any handler raises. Instead, an error is written to a file, the user gets its number,
and what was remembered before is restored. Errors that keep coming, and those without which there is no screen, end it.
"""

from __future__ import annotations

import os
import platform
import time
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from textual.events import Compose, Mount
from textual.message import Message
from textual.message_pump import MessagePump

from .. import __version__
from ..errors import GmetuiError
from ..storage.atomic import write_atomic
from ..text import sanitize
from .notifier import Notifier

_MAX_ERRORS, _PERIOD = 10, 10.0  # that many within so many seconds can't be survived
_MAX_REPORTS = 50


class Recoverable(Notifier, Protocol):
    """An application that can go on after an error."""

    @property
    def can_go_on(self) -> bool:
        """Whether there is a screen to go on with."""

    def remember(self) -> Callable[[], None]:
        """Return a function that restores the present state."""

    def close_broken(self, pump: MessagePump) -> bool:
        """Close a dialog or a screen that could not be shown; return False if it can't be closed."""


class ErrorBoundary:
    """Catches the errors of all handlers of an application, and writes reports to `directory`."""

    def __init__(self, directory: Path, app: Recoverable) -> None:
        self._directory = directory
        self._app = app
        self._times: list[float] = []

    def guard(self, pump: MessagePump) -> None:
        """Catch the errors of the handlers of a widget, screen or application.

        Textual has no hook for this: an error that leaves `_dispatch_message` ends the messages of the widget.
        """
        if "_dispatch_message" in vars(pump):
            return  # a screen that is opened again
        dispatch: Callable[[Message], Awaitable[None]] = pump._dispatch_message

        async def dispatch_safely(message: Message) -> None:
            restore = self._app.remember()
            try:
                await dispatch(message)
            except Exception as error:
                is_survived = self.catch(error, restore)
                if isinstance(message, Compose | Mount):
                    is_survived = is_survived and self._app.close_broken(pump)
                if not is_survived:
                    raise

        pump._dispatch_message = dispatch_safely  # type: ignore[method-assign]

    def catch(self, error: Exception, restore: Callable[[], None] | None = None) -> bool:
        """Report an error and restore the state. Return False if the application can't go on."""
        current_time = time.monotonic()
        self._times = [*(moment for moment in self._times if current_time - moment < _PERIOD), current_time]
        if len(self._times) > _MAX_ERRORS or not self._app.can_go_on:
            self.report(error)
            return False
        if restore is not None:
            with suppress(Exception):  # what failed may fail again for whoever watches the values
                restore()
        try:
            if isinstance(error, GmetuiError):
                self._app.notify_error(str(error))
            else:
                reference, file = self.report(error)
                where = f" Details are in {sanitize(str(file))}." if file else ""
                self._app.notify_error(f"That failed because of an error in gmetui (reference {reference}).{where}")
        except Exception:  # noqa: BLE001  # whatever is broken, it is more than one action
            return False
        return True

    def report(self, error: BaseException) -> tuple[str, Path | None]:
        """Write an error to a file. Return its reference and the file, None if that failed."""
        reference = os.urandom(3).hex()
        lines = (
            f"gmetui {__version__}, error {reference}, {time.strftime('%Y-%m-%d %H:%M:%S %z')}",
            f"Python {platform.python_version()} on {platform.platform()}, TERM={os.environ.get('TERM', '')}",
            "",
            *traceback.format_exception(error),
        )
        file = self._directory / f"{time.strftime('%Y%m%d-%H%M%S')}-{reference}.txt"
        try:
            write_atomic(file, sanitize("\n".join(lines), keep_newlines=True))
        except GmetuiError:
            return reference, None
        with suppress(OSError):
            for old_file in sorted(self._directory.glob("*.txt"))[:-_MAX_REPORTS]:
                old_file.unlink()
        return reference, file
