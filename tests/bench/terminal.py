"""How long gmetui takes to start and to answer a key, beside an empty Textual application and a bare `Input`.

Each runs in a pseudo-terminal of 120x40 that answers the terminal queries. A start ends with the last byte before the
screen is quiet; a key press is measured from its writing to the last byte of the repaint. The runs are interleaved
and medians compared, so that a noisy machine slows both sides. Nothing here is a test: it prints figures.

    python tests/bench/terminal.py [rounds]
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
QUIET_START = 0.35  # seconds without output after which a start is over
QUIET_KEY = 0.06
QUIET_FRAME = 0.01  # a change of focus is drawn at once, and a second time, with the same content, 40 ms later
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
    """A program in a pseudo-terminal."""

    def __init__(self, *command: str) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def settle(self, quiet: float, limit: float = 20.0) -> float:
        """Read until the screen is quiet and return when the last byte came."""
        last = time.perf_counter()
        end = last + limit
        heard = False
        while time.perf_counter() < end:
            ready, _, _ = select.select([self.fd], [], [], quiet if heard else 2.0)
            if not ready:
                break
            heard = True
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            last = time.perf_counter()
            if b"\x1b[?2026$p" in data:
                os.write(self.fd, b"\x1b[?2026;2$y")  # synchronised output is understood
        return last

    def key(self, key: str, quiet: float = QUIET_KEY) -> float:
        """Press a key and return the milliseconds until the repaint was out."""
        began = time.perf_counter()
        os.write(self.fd, key.encode())
        took = (self.settle(quiet) - began) * 1000
        if quiet < QUIET_KEY:
            time.sleep(QUIET_KEY)
            self.settle(QUIET_FRAME, QUIET_FRAME)
        return took

    def close(self) -> int:
        """End the program and return its peak memory in KiB."""
        os.kill(self.pid, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self.fd)
        return usage.ru_maxrss


def started(command: tuple[str, ...]) -> tuple[float, int]:
    """Return the milliseconds of a start and the memory it took in KiB."""
    terminal = Terminal(*command)
    took = (terminal.settle(QUIET_START) - terminal.began) * 1000
    return took, terminal.close()


def typed(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each key of `LINES`, typed into a running program."""
    terminal = Terminal(*command)
    terminal.settle(QUIET_START)
    times = []
    for line in LINES:
        times += [terminal.key(key) for key in line]
        for _ in line:
            terminal.key("\x7f")
    terminal.close()
    return times


def moved(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each step of the cursor down the list, with the program's page following."""
    return _pressed(command, "\r", ["j"] * 40)


def scrolled(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each line that a program's page is scrolled by."""
    return _pressed(command, "\r\r", ["j"] * 40)


def opened(command: tuple[str, ...]) -> list[float]:
    """Return the milliseconds of each going from the list to the program's page."""
    return _pressed(command, "\r", ["3", "2"] * 15, QUIET_FRAME)[::2]


def _pressed(command: tuple[str, ...], first: str, keys: list[str], quiet: float = QUIET_KEY) -> list[float]:
    """Return the milliseconds of each of some keys, after others; a bare input is typed into."""
    terminal = Terminal(*command)
    terminal.settle(QUIET_START)
    for key in first if "gmetui" in command else "":
        terminal.key(key)
    times = [terminal.key(key, quiet) for key in keys]
    terminal.close()
    return times


def compare(
    name: str, rounds: int, measure: Callable[[tuple[str, ...]], list[float]], peers: dict[str, tuple[str, ...]]
) -> None:
    """Print medians of interleaved rounds, and ratios to the first peer taken round by round."""
    results: dict[str, list[list[float]]] = {peer: [] for peer in peers}
    for _ in range(rounds):
        for peer, command in peers.items():
            results[peer].append(measure(command))
    first = next(iter(peers))
    print(f"\n{name}")
    for peer, runs in results.items():
        every = sorted(value for run in runs for value in run)
        ratios = [
            statistics.median(run) / statistics.median(base) for run, base in zip(runs, results[first], strict=True)
        ]
        print(
            f"  {peer:28} median {statistics.median(every):7.1f} ms   p95 {every[int(len(every) * 0.95)]:7.1f} ms"
            f"   x {statistics.median(ratios):.2f}"
        )


def main() -> None:
    """Print start, key press and memory."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    python = sys.executable
    with tempfile.TemporaryDirectory() as home:
        os.environ["GMETUI_HOME"] = home
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's own gmetui compiles its modules at every start
        gmetui = (python, "-m", "gmetui")
        empty, bare = (python, "-c", EMPTY), (python, "-c", INPUT)
        for command in (gmetui, empty, bare):
            started(command)  # compile modules once
        compare(
            "start to full frame",
            rounds,
            lambda c: [started(c)[0]],
            {"empty Textual application": empty, "gmetui": gmetui},
        )
        compare("key press to painted frame", max(1, rounds // 2), typed, {"bare Input": bare, "gmetui": gmetui})
        few = max(1, rounds // 2)
        compare("one step down the list", few, moved, {"bare Input": bare, "gmetui": gmetui})
        compare("one line of a page scrolled", few, scrolled, {"bare Input": bare, "gmetui": gmetui})
        compare("a page opened", few, opened, {"gmetui": gmetui})
        memory = {name: started(command)[1] // 1024 for name, command in (("empty", empty), ("gmetui", gmetui))}
        print(f"\nresident memory after the start: {memory} MiB")
        print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
