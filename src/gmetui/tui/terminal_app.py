"""What an application does with its terminal: messages, the clipboard, web pages; and how it goes on after errors."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any, cast

from rich.console import RenderableType
from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Resize
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from ..text import sanitize
from .drawn_rows import DrawnRows
from .error_boundary import ErrorBoundary
from .input_queue import QUIT_KEY, InputQueue, UserInput
from .safe_text import safe_text
from .terminal_input import MAX_PASTE_LENGTH, PasteTooLong
from .widgets.selectable_pane import SelectablePane

_MAX_SHOWN_TEXT = 60  # characters
_STATUS_TIMEOUT = 2.5  # seconds
_ERROR_TIMEOUT = 15.0  # seconds


def _has_job_control() -> bool:
    """Tell whether a shell of the same terminal session can bring this process back to the foreground."""
    return hasattr(os, "getsid") and os.getppid() > 1 and os.getsid(os.getppid()) == os.getsid(0)


#: The quit key also works in dialogs, which other keys of the application don't reach.
QUIT_BINDING = Binding(QUIT_KEY, "quit", show=False, priority=True)


class TerminalApp(App[None]):
    """An application that neither an error in an action nor any input can end."""

    def __init__(self, report_directory: Path) -> None:
        """Write reports of errors to a directory."""
        super().__init__()
        self.error_boundary = ErrorBoundary(report_directory, self)
        self.error_boundary.guard(self)
        self._pointer = "default"
        self.input_queue = InputQueue(self, super().on_event)

    def start_with_theme(self, name: str) -> None:
        """Use a theme from the first frame on. Setting `theme` would parse all style sheets once more."""
        if not self.available_themes[name].dark:
            self.theme = name  # which also replaces the colors of terminals with 16 colors
            return
        self.set_reactive(App.theme, name)
        self.add_class(f"-theme-{name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    # Input.

    @property
    def is_leaving(self) -> bool:
        """Whether the application is about to end, so that input has no effect any more."""
        return self._exit

    async def on_event(self, event: Event) -> None:
        """Handle input in order; each key, paste, and click takes effect before the next."""
        if isinstance(event, Resize) and self._drawn_rows:
            self._drawn_rows.clear()
        if isinstance(event, UserInput) and not event.is_forwarded:
            await self.input_queue.add(event)
        else:
            await super().on_event(event)

    def quit_at_once(self) -> None:
        """Save what is open, and end."""
        self.exit()

    # Messages, the clipboard, the browser.

    def notify_status(self, message: str) -> None:
        """Show a short confirmation, in place of the one before."""
        self.clear_notifications()
        self.notify(sanitize(message), timeout=_STATUS_TIMEOUT, markup=False)

    def notify_error(self, message: str) -> None:
        """Show what went wrong."""
        self.notify(sanitize(message), severity="error", timeout=_ERROR_TIMEOUT, markup=False)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web page in the user's browser, and say so."""
        from .browser import open_in_browser
        from .external_program import run_in_terminal

        if self.is_web:
            super().open_url(url, new_tab=new_tab)
            self.notify_status(f"Opening {url}")
        else:
            open_in_browser(url, self, partial(run_in_terminal, self))

    def action_suspend(self) -> None:
        """Go to the shell, or say why that is impossible."""
        if self.is_web:
            self.notify_status("A browser tab has no shell to go to. Close it when you like; everything is saved.")
        elif self._driver is None or not self._driver.can_suspend or not _has_job_control():
            self.notify_status("No shell is waiting behind gmetui, so it can't be suspended; ctrl+q quits.")
        else:
            self.action_suspend_process()

    def copy_text(self, text: str) -> str:
        """Copy text to the clipboard and return a phrase that says where it went."""
        from .clipboard import copy_text

        return copy_text(self, text)

    @on(SelectablePane.CopyRequested)
    def _copy_selection(self, event: SelectablePane.CopyRequested) -> None:
        shortened = shorten(event.text, _MAX_SHOWN_TEXT, placeholder=" …")
        self.notify_status(f"{self.copy_text(event.text)}: “{shortened}”")

    def download(self, content: bytes, file_name: str) -> None:
        """Send a file to the browser."""
        self.deliver_binary(BytesIO(content), save_filename=file_name, open_method="download")

    # Errors and the driver.

    @property
    def can_go_on(self) -> bool:
        """Whether there is a screen to go on with after an error."""
        return False

    def remember(self) -> Callable[[], None]:
        """Return a function that restores the present state."""
        return lambda: None

    def close_broken(self, pump: MessagePump) -> bool:
        """Close a dialog or a screen that could not be shown; return False if it can't be closed."""
        return False

    def before_crash(self) -> None:
        """Save what can be saved."""

    def get_driver_class(self) -> type[Driver]:
        """Use a driver that any input and any signal leaves running."""
        driver_class = super().get_driver_class()
        if driver_class.__name__ != "LinuxDriver":
            return driver_class
        from .terminal_driver import TerminalDriver

        return TerminalDriver

    @on(PasteTooLong)
    def _report_long_paste(self, event: PasteTooLong) -> None:
        length = f"{MAX_PASTE_LENGTH:,} characters"
        self.notify_error(f"Pasted only the first {length}; {event.dropped_length:,} are missing.")

    def _set_pointer_shape(self, shape: str) -> None:
        """Change the shape of the mouse pointer. Each screen would set it anew as it opens."""
        if shape != self._pointer:
            self._pointer = shape
            super()._set_pointer_shape(shape)

    @property
    def _drawn_rows(self) -> DrawnRows | None:
        return getattr(self._driver, "drawn_rows", None)  # the drivers of tests and of browsers have none

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Draw what has changed."""
        rows, update = self._drawn_rows, cast("object", renderable)
        if rows and not self._batch_count and isinstance(update, CompositorUpdate) and rows.has_drawn(update):
            return
        super()._display(screen, renderable)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Survive errors in the handlers of every screen and widget: this is called before it gets messages."""
        self.error_boundary.guard(child)
        super()._register_child(parent, child, before, after)

    def _handle_exception(self, error: Exception) -> None:
        """Go on after an error in a timer, a worker or a callback; end the application if that is impossible."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (isinstance(cause, Exception) and self.error_boundary.catch(cause)):
            self.before_crash()
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Show what went wrong, without the values of variables: showing all programs would take minutes."""
        self.panic(safe_text(traceback.format_exc()))

    def panic(self, *renderables: RenderableType) -> None:
        """End the application because of an error, and never with the exit code of success."""
        super().panic(*renderables)
        self._return_code = 1
