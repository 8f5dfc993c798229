"""The terminal as the application uses it: input of any kind, and stopping and continuing at any time.

Textual's own driver ends with the first byte that isn't UTF-8, and handles SIGTSTP and SIGCONT wherever the program
happens to be, which deadlocks it and leaves the terminal in the wrong modes. POSIX only.
"""

from __future__ import annotations

import os
import selectors
import signal
import termios
from contextlib import suppress
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message

from .drawn_rows import DrawnRows
from .input_queue import UserInput
from .terminal_input import PasteTooLong, TerminalDecoder

_READ_SIZE = 65_536  # bytes
_POLL_INTERVAL = 0.1  # seconds; how soon input stops when the terminal is left
_MAX_COLUMNS, _MAX_ROWS = 2_000, 1_000  # of a terminal; a reported size beyond them is an attack or an error


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, made robust."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.drawn_rows = DrawnRows()
        self._is_active = False  # whether the terminal is in application mode
        self._is_gone = False  # whether the terminal was closed
        self._is_stopped = False  # whether SIGTSTP made the program leave the application mode
        self._continue_count = 0  # how many SIGCONT there have been
        self._shell_attributes: list[Any] | None = None  # of the terminal, from before the application
        signal.signal(signal.SIGTSTP, self._stop_requested)
        signal.signal(signal.SIGCONT, self._continued)

    # Stopping and continuing. Signal handlers only schedule work: they run in the middle of anything.

    def _stop_requested(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop, self._continue_count)

    def _continued(self, *_: object) -> None:
        self._continue_count += 1
        self._loop.call_soon_threadsafe(self._continue)

    def _stop(self, continue_count: int) -> None:
        """Leave the terminal as it was and stop, unless SIGCONT came since the stop was requested."""
        if self._continue_count != continue_count:
            return
        if self._is_active:
            self._is_stopped = True
            self.suspend_application_mode()
        if self._continue_count == continue_count:
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            self._continue()

    def _continue(self) -> None:
        """Take the terminal again. After SIGSTOP it may be in any mode, so leave the application mode first."""
        if self._is_active:
            self.suspend_application_mode()
        elif not self._is_stopped:
            return  # it is lent to an editor, or the application has ended
        self._is_stopped = False
        self.resume_application_mode()
        self.send_message(self.SignalResume())
        self._app.call_later(self._app.refresh, layout=True)

    def start_application_mode(self) -> None:
        """Take the terminal, once, whatever modes another program left it in."""
        if self._is_active:
            return
        with suppress(termios.error):
            if self._shell_attributes is None:
                self._shell_attributes = termios.tcgetattr(self.fileno)
            else:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._shell_attributes)
        self._is_active = True
        self.drawn_rows.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was before, once."""
        if not self._is_active:
            return
        self._is_active = False
        self.write("\x1b[?1016l")  # mouse reports in pixels, which Textual turns on but not off
        super().stop_application_mode()
        self._in_band_window_resize = False

    def close(self) -> None:
        """Wait until everything is written, once."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()
        self._writer_thread = None

    def write(self, data: str) -> None:
        """Write to the terminal, unless another program has it or it is gone."""
        if self._writer_thread is not None and not self._is_gone:
            super().write(data)

    # Input.

    def run_input_thread(self) -> None:
        """Read the terminal until the application leaves it; nothing that it sends raises an error."""
        decoder, parser = TerminalDecoder(), XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                has_input = selector.select(_POLL_INTERVAL)
                try:
                    data = os.read(self.fileno, _READ_SIZE) if has_input else b""
                except OSError:
                    data = b""
                if has_input and not data:
                    self._is_gone = True
                    os.kill(os.getpid(), signal.SIGHUP)  # the terminal is gone, and the signal may be lost
                    return
                parser = self._parse(parser, decoder.decode(data))
                dropped_length = decoder.take_dropped_length()
                if dropped_length:
                    self.send_message(PasteTooLong(dropped_length))

    def send_message(self, message: Message) -> None:
        """Send a message to the application. For input, a task for each key would cost more than the key."""
        if isinstance(message, UserInput):
            self._loop.call_soon_threadsafe(self._app.post_message, message)
        else:
            super().send_message(message)

    def _parse(self, parser: XTermParser, text: str) -> XTermParser:
        """Send what was pressed. Return the parser to go on with: a new one after a sequence that broke it."""
        try:
            for message in parser.feed(text) if text else parser.tick():
                if not isinstance(message, Resize) or _is_plausible(message):
                    self.process_message(message)
        except Exception:  # noqa: BLE001  # such as a code point that doesn't exist; what was pressed is unknown
            return XTermParser(self._debug)
        return parser


def _is_plausible(resize: Resize) -> bool:
    return 0 < resize.size.width <= _MAX_COLUMNS and 0 < resize.size.height <= _MAX_ROWS
