"""gmetui in a real terminal: every byte it writes goes through a terminal emulator."""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[$a-zA-Z]*[u pmqc]")  # sequences that pyte misreads


class Terminal:
    """A program in a pseudo-terminal, with its screen as text."""

    def __init__(self, columns: int, rows: int) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self.child = pexpect.spawn(sys.executable, ["-m", "gmetui"], env=env, dimensions=(rows, columns), timeout=20)
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def read(self) -> None:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self.stream.feed(_PRIVATE.sub(b"", data))

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, seen: Callable[[str], bool]) -> str:
        end = time.monotonic() + 20
        while not seen(self.text()):
            assert time.monotonic() < end, self.text()
            self.read()
        return self.text()

    def leave(self) -> int:
        end = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        self.read()
        self.child.close()
        return int(self.child.exitstatus or 0)


@pytest.fixture
def open_terminal() -> Iterator[Callable[[int, int], Terminal]]:
    opened: list[Terminal] = []

    def start(columns: int, rows: int) -> Terminal:
        opened.append(Terminal(columns, rows))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.child.close(force=True)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_the_main_job(
    open_terminal: Callable[[int, int], Terminal], columns: int, rows: int, home: Path, tmp_path: Path
) -> None:
    first = open_terminal(columns, rows)
    first.wait(lambda text: "231 of 231" in text)
    first.child.send("cards tufts")
    first.wait(lambda text: "4 of 231" in text and "Cardiovascular Disease Fellowship" in text)
    first.child.send("\r")
    first.wait(lambda text: "s keep" in text)
    first.child.send("\r")
    first.wait(lambda text: "Overview" in text and "ACGME-accredited" in text)
    first.child.send("s")
    first.wait(lambda text: "Shortlist 1" in text)
    first.child.send("q")
    assert first.leave() == 0
    assert b"\x1b[?1049h" in first.raw
    assert first.raw.rstrip().endswith(b"h") or b"\x1b[?1049l" in first.raw

    second = open_terminal(columns, rows)
    second.wait(lambda text: "Shortlist 1" in text)
    second.child.send("\r")
    second.wait(lambda text: "s keep" in text)
    second.child.send("e")
    second.wait(lambda text: "Your shortlist (1 program)" in text)
    second.child.send("\r")
    second.wait(lambda text: "Wrote 1 program" in text)
    second.child.send("q")
    assert second.leave() == 0
    written = (tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig")
    rows_written = list(csv.reader(written.splitlines()))
    assert rows_written[1][1] == "Cardiovascular Disease Fellowship Training Program"


def test_a_terminal_is_left_as_it_was(open_terminal: Callable[[int, int], Terminal]) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: "231 of 231" in text)
    terminal.child.send("\x11")  # ctrl+q
    assert terminal.leave() == 0
    for entered, left in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?1000h", b"\x1b[?1000l")):
        assert terminal.raw.count(entered) <= terminal.raw.count(left)
