"""Applications in a pseudo-terminal of 120x40: when their first frame is full, and how long they take to draw a key.

The terminal answers the question whether it draws in synchronized steps, as present terminals do. Processor time is
that of the process of the application, read from its clock at each piece of output. Only Linux has that clock.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .measure import PYTHON

ROWS, COLUMNS = 40, 120
#: A start is over when nothing but a blinking cursor was drawn for this many seconds, in less than `BLINK_SIZE`
#: bytes.
QUIET_START = 1.5
BLINK_SIZE = 1500
LIMIT = 60.0  # seconds until a start is over in any case
QUIET_KEY = 0.06  # seconds without output after which a key is drawn
QUIET_FRAME = 0.01  # a change of focus is drawn at once, and again with the same content 40 ms later
PATIENCE = 5.0  # seconds until a key draws something
#: The first frame is full when this share of the cells is as it is when the screen is settled.
FULL_SHARE = 0.99

#: An empty Textual application, and one with nothing but an `Input`.
EMPTY = (PYTHON, "-c", "from textual.app import App\nApp().run()")
INPUT = (
    *(PYTHON, "-c"),
    """
from textual.app import App
from textual.widgets import Input
class A(App):
    def compose(self):
        yield Input()
A().run()
""",
)

#: What is typed, key by key: names, typing errors, abbreviations and filters.
LINES = (
    "cards texas",
    "nuerology",
    "kind:residency",
    "ob gyn",
    "pediatric cardiology california",
    "heme onc",
    "h1b",
    "em boston",
    "anesthsiology",
    "state:ca fellowship",
)


class Moment(NamedTuple):
    """What an application has taken so far: seconds elapsed, and of processor time."""

    elapsed: float
    processor: float

    def milliseconds_since(self, start: Moment) -> Moment:
        """Return what it took since `start`, in milliseconds."""
        return Moment((self.elapsed - start.elapsed) * 1000, (self.processor - start.processor) * 1000)


class Output(NamedTuple):
    """Bytes that were drawn, and what the application had taken when they were read."""

    moment: Moment
    content: bytes


class Start(NamedTuple):
    """A start: milliseconds elapsed and of processor time to the full first frame, and resident MiB once settled."""

    elapsed: float
    processor: float
    memory: float


class Typing(NamedTuple):
    """Milliseconds elapsed and of processor time of each key, and resident MiB before the first and after the last."""

    keys: Sequence[Moment]
    memory_before: float
    memory_after: float


class Terminal:
    """An application in a pseudo-terminal."""

    def __init__(self, *command: str) -> None:
        start = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            with suppress(OSError):
                os.execvp(command[0], command)
            os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._clock = (~self._pid << 3) | 2  # the processor time of a process: clock_getcpuclockid(3)
        self.start = Moment(start, 0.0)

    def now(self) -> Moment:
        """Return what the application has taken so far."""
        return Moment(time.perf_counter(), time.clock_gettime(self._clock))

    def read(self, timeout: float) -> Output | None:
        """Return what is drawn next, or None when nothing is for `timeout` seconds. Raises OSError at its end."""
        if not select.select([self._fd], [], [], timeout)[0]:
            return None
        content = os.read(self._fd, 65536)
        moment = self.now()
        if b"\x1b[?2026$p" in content:
            os.write(self._fd, b"\x1b[?2026;2$y")  # synchronized output is supported
        return Output(moment, content)

    def read_start(self) -> list[Output]:
        """Return all that is drawn until the screen is settled. Raises RuntimeError when the application ends."""
        outputs: list[Output] = []
        last_frame = time.perf_counter()
        end = last_frame + LIMIT
        try:
            while (now := time.perf_counter()) < end and (not outputs or now < last_frame + QUIET_START):
                output = self.read(QUIET_START)
                if output is not None:
                    outputs.append(output)
                    if len(output.content) >= BLINK_SIZE:
                        last_frame = output.moment.elapsed
        except OSError as error:
            text = b"".join(output.content for output in outputs).decode("utf-8", "replace")
            raise RuntimeError(f"the application ended:\n{text[-2000:]}") from error
        return outputs

    def settle(self, quiet: float, limit: float = LIMIT, patience: float = PATIENCE) -> Moment:
        """Read until nothing is drawn for `quiet` seconds and return the moment of the last output."""
        last = self.now()
        end = last.elapsed + limit
        timeout = patience
        while time.perf_counter() < end and (output := self.read(timeout)) is not None:
            last, timeout = output.moment, quiet
        return last

    def key(self, key: str, quiet: float = QUIET_KEY) -> Moment:
        """Press a key and return what it takes until its last output, in milliseconds."""
        start = self.now()
        self.write(key)
        taken = self.settle(quiet).milliseconds_since(start)
        if quiet < QUIET_KEY:
            self.settle(QUIET_KEY, patience=QUIET_KEY)
        return taken

    def write(self, keys: str) -> None:
        """Press keys without waiting."""
        os.write(self._fd, keys.encode())

    def resident_memory(self) -> float:
        """Return the resident memory of the application in MiB."""
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="utf-8")
        match = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert match is not None
        return int(match[1]) / 1024

    def close(self) -> None:
        """End the application."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


def measure_start(command: Sequence[str]) -> Start:
    """Start an application, wait until its screen is settled, and return what it took to its full first frame."""
    terminal = Terminal(*command)
    try:
        outputs = terminal.read_start()
        memory = terminal.resident_memory()
    finally:
        terminal.close()
    elapsed, processor = full_frame(outputs).milliseconds_since(terminal.start)
    return Start(elapsed, processor, memory)


def full_frame(outputs: Sequence[Output], share: float = FULL_SHARE) -> Moment:
    """Return the moment at which `share` of the cells were what they are after the last output.

    An application that draws a first frame and fills it later isn't started before; a cursor that blinks on changes
    nothing. The screen of an empty application looks settled before anything is drawn: its frame counts all the same.
    Waiting for quiet instead ends too early, where an application thinks between two frames, or too late.
    """
    from pyte import ByteStream, Screen

    screen = Screen(COLUMNS, ROWS)
    stream = ByteStream(screen)
    texts: list[str] = []
    for output in outputs:
        with suppress(TypeError):  # the emulator doesn't know every sequence
            stream.feed(output.content)
        texts.append("".join(screen.display))
    settled, needed = texts[-1], share * ROWS * COLUMNS
    number = len(texts) - 1
    first = next((number for number, output in enumerate(outputs) if len(output.content) >= BLINK_SIZE), 0)
    while number > first and sum(map(str.__eq__, texts[number - 1], settled)) >= needed:
        number -= 1
    return outputs[number].moment


def measure_typing(command: Sequence[str], lines: Sequence[str] = LINES) -> Typing:
    """Type lines key by key into a running application, each after the one before was removed."""
    terminal = Terminal(*command)
    try:
        terminal.read_start()
        memory_before = terminal.resident_memory()
        keys: list[Moment] = []
        for line in lines:
            keys += [terminal.key(key) for key in line]
            terminal.settle(4 * QUIET_KEY, limit=4.0, patience=4 * QUIET_KEY)  # what follows a pause
            terminal.write("\x7f" * len(line))
            terminal.settle(4 * QUIET_KEY, limit=4.0)
        return Typing(keys, memory_before, terminal.resident_memory())
    finally:
        terminal.close()


def measure_keys(
    command: Sequence[str], keys: Sequence[str], *, first: str = "", quiet: float = QUIET_KEY
) -> list[Moment]:
    """Return what each of `keys` takes, pressed after those of `first`."""
    terminal = Terminal(*command)
    try:
        terminal.read_start()
        for key in first:
            terminal.key(key)
        return [terminal.key(key, quiet) for key in keys]
    finally:
        terminal.close()


def with_environment(command: Sequence[str], **variables: str) -> tuple[str, ...]:
    """Return a command with some variables of its environment set, and without the directories of XDG."""
    unset = (f"--unset=XDG_{name}_HOME" for name in ("CONFIG", "DATA", "CACHE", "STATE"))
    return ("env", *unset, *(f"{name}={value}" for name, value in variables.items()), *command)
