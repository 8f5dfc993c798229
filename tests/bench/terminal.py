"""Measures how long gmetui takes to start and to answer a key, against an empty Textual application and a bare `Input`.

    python tests/bench/terminal.py [ROUNDS [OTHER_SOURCE]]

OTHER_SOURCE is the `src` directory of another version of gmetui, which is then measured in turn with this one.
Each application runs in a pseudo-terminal of 120x40 that answers the terminal queries. A start ends with the last byte
before the screen is quiet; a key press lasts from its writing to the last byte of the repaint. Rounds are interleaved
and medians compared, so that a noisy machine slows all applications alike. It prints figures and asserts nothing.
"""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable

SIZE = (40, 120)
QUIET_START = 0.35  # seconds without output that end a start
PATIENCE = 20.0  # seconds until a start writes something
QUIET_KEY = 0.06
QUIET_FRAME = 0.01  # a change of focus is drawn at once, and again with the same content 40 ms later
LINES = ("cards tufts", "nuerology", "kind:residency mgh", "peds", "heme onc", "h1b")

EMPTY = "from textual.app import App\nApp().run()"
INPUT = """
from textual.app import App
from textual.widgets import Input
class A(App):
    def compose(self):
        yield Input()
A().run()
"""


class Terminal:
    """An application in a pseudo-terminal."""

    def __init__(self, *command: str) -> None:
        self.start_time = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def settle(self, quiet: float, limit: float = 20.0, patience: float = 2.0) -> float:
        """Read until the screen is quiet and return the time of the last byte; wait `patience` for the first one."""
        last = time.perf_counter()
        end = last + limit
        has_output = False
        while time.perf_counter() < end:
            ready, _, _ = select.select([self.fd], [], [], quiet if has_output else patience)
            if not ready:
                break
            has_output = True
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            last = time.perf_counter()
            if b"\x1b[?2026$p" in data:
                os.write(self.fd, b"\x1b[?2026;2$y")  # synchronized output is supported
        return last

    def key(self, key: str, quiet: float = QUIET_KEY) -> float:
        """Press a key and return the milliseconds until the repaint is complete."""
        start = time.perf_counter()
        os.write(self.fd, key.encode())
        milliseconds = (self.settle(quiet) - start) * 1000
        if quiet < QUIET_KEY:
            time.sleep(QUIET_KEY)
            self.settle(QUIET_FRAME, QUIET_FRAME)
        return milliseconds

    def close(self) -> int:
        """End the program and return its peak memory in KiB."""
        os.kill(self.pid, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self.fd)
        return usage.ru_maxrss


def measure_start(command: tuple[str, ...]) -> tuple[float, int]:
    """Return the milliseconds of a start and its peak memory in KiB."""
    terminal = Terminal(*command)
    milliseconds = (terminal.settle(QUIET_START, patience=PATIENCE) - terminal.start_time) * 1000
    return milliseconds, terminal.close()


def measure_typing(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each key of `LINES`, typed into a running application."""
    terminal = Terminal(*command)
    terminal.settle(QUIET_START, patience=PATIENCE)
    times = []
    for line in LINES:
        times += [terminal.key(key) for key in line]
        for _ in line:
            terminal.key("\x7f")
    terminal.close()
    return times


def measure_moving(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each step down the list, which updates the program page."""
    return _measure_keys(command, "\r", ["j"] * 40)


def measure_scrolling(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of scrolling a program page by one line, for each line."""
    return _measure_keys(command, "\r\r", ["j"] * 40)


def measure_opening(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each move from the list to the program page."""
    return _measure_keys(command, "\r", ["3", "2"] * 15, QUIET_FRAME)[::2]


def _measure_keys(command: tuple[str, ...], first: str, keys: list[str], quiet: float = QUIET_KEY) -> list[float]:
    """Return the milliseconds of each of `keys`, pressed after `first`, which only gmetui gets."""
    terminal = Terminal(*command)
    terminal.settle(QUIET_START, patience=PATIENCE)
    for key in first if "gmetui" in command else "":
        terminal.key(key)
    times = [terminal.key(key, quiet) for key in keys]
    terminal.close()
    return times


def compare(
    name: str, rounds: int, measure: Callable[[tuple[str, ...]], list[float]], applications: dict[str, tuple[str, ...]]
) -> None:
    """Print the medians of interleaved rounds, and the ratios to the first application, round by round."""
    results: dict[str, list[list[float]]] = {application: [] for application in applications}
    for _ in range(rounds):
        for application, command in applications.items():
            results[application].append(measure(command))
    first = next(iter(applications))
    print(f"\n{name}")
    for application, runs in results.items():
        ordered = sorted(value for run in runs for value in run)
        ratios = [
            statistics.median(run) / statistics.median(base) for run, base in zip(runs, results[first], strict=True)
        ]
        median, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        print(f"  {application:28} median {median:7.1f} ms   p95 {p95:7.1f} ms   x {statistics.median(ratios):.2f}")


def command_of(source: str = "") -> tuple[str, ...]:
    """Return the command that starts gmetui: the installed one, or that of a `src` directory, with its own home."""
    environment = [f"GMETUI_HOME={tempfile.mkdtemp()}", *([f"PYTHONPATH={source}"] if source else [])]
    return ("env", *environment, sys.executable, "-m", "gmetui")


def main() -> None:
    """Print start, key press and memory."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    few_rounds = max(1, rounds // 2)
    python = sys.executable
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed gmetui has compiled modules
    versions = {"gmetui": command_of()}
    if len(sys.argv) > 2:
        versions[sys.argv[2]] = command_of(sys.argv[2])
    empty, bare = (python, "-c", EMPTY), (python, "-c", INPUT)
    for command in (*versions.values(), *versions.values(), empty, bare):
        measure_start(command)  # compile modules and data once
    print(f"load: {os.getloadavg()}")
    start_times = {"empty Textual application": empty, **versions}
    compare("start to full frame", rounds, lambda command: [measure_start(command)[0]], start_times)
    compare("key press to painted frame", few_rounds, measure_typing, {"bare Input": bare, **versions})
    compare("one step down the list", few_rounds, measure_moving, {"bare Input": bare, **versions})
    compare("one line of a page scrolled", few_rounds, measure_scrolling, {"bare Input": bare, **versions})
    compare("a page opened", few_rounds, measure_opening, versions)
    memory = {name: measure_start(command)[1] // 1024 for name, command in start_times.items()}
    print(f"\nresident memory after the start: {memory} MiB")
    print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    print(f"load: {os.getloadavg()}")


if __name__ == "__main__":
    main()
