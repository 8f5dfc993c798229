"""gmetui in a real terminal: every byte it writes goes through a terminal emulator."""

from __future__ import annotations

import csv
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support import ALL, TOTAL

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[$a-zA-Z]*[u pmqc]")  # sequences that pyte misreads


class Terminal:
    """A program in a pseudo-terminal, with its screen as text."""

    def __init__(self, columns: int, rows: int, *argv: str, **more: str) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"} | more
        argv = argv or ("-m", "gmetui")
        self.child = pexpect.spawn(sys.executable, list(argv), env=env, dimensions=(rows, columns), timeout=20)
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

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    @property
    def is_clean(self) -> bool:
        """Whether everything that was switched on in the terminal was switched off again."""
        switches = [(b"\x1b[?%dh" % number, b"\x1b[?%dl" % number) for number in (1049, 1000, 1003, 2004)]
        shown = self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l")
        return shown and all(self.raw.rfind(on) < self.raw.rfind(off) for on, off in switches if on in self.raw)

    def leave(self) -> int:
        end = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        self.read()
        self.child.close()
        return int(self.child.exitstatus or self.child.signalstatus or 0)


@pytest.fixture(autouse=True)
def met(home: Path) -> None:
    """Be somebody who has read the first hint, in which the names of keys stand too."""
    home.mkdir(parents=True)
    (home / "state.json").write_text('{"met": true}', encoding="utf-8")


@pytest.fixture
def open_terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(columns: int, rows: int, *argv: str, **more: str) -> Terminal:
        opened.append(Terminal(columns, rows, *argv, **more))
        return opened[-1]

    yield start
    for terminal in opened:
        if not terminal.child.closed:
            terminal.child.close(force=True)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_the_main_job(
    open_terminal: Callable[..., Terminal], columns: int, rows: int, home: Path, tmp_path: Path
) -> None:
    first = open_terminal(columns, rows)
    first.wait(lambda text: ALL in text)
    first.child.send("cards tufts")
    first.wait(lambda text: f"4 of {TOTAL}" in text and "Cardiovascular Disease Fellowship" in text)
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
    second.wait(lambda text: "Shortlist 1" in text and "cards tufts" in text)
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


def test_a_terminal_is_left_as_it_was(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("\x11")  # ctrl+q
    assert terminal.leave() == 0
    assert terminal.is_clean


def test_any_size_at_any_time(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("cards")
    for columns, rows, seen in (
        (300, 80, f" of {TOTAL} programs   cards"),
        (60, 16, f" of {TOTAL} programs   cards"),
        (30, 8, "needs 60 columns"),
        (120, 40, f" of {TOTAL} programs   cards"),
        (59, 16, "needs 60 columns"),
        (80, 24, f" of {TOTAL} programs   cards"),
    ):
        terminal.resize(columns, rows)
        terminal.wait(lambda text, seen=seen: seen in text)  # type: ignore[misc]
    terminal.child.send("\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    assert terminal.is_clean


def test_a_paste_of_100_kb_into_the_query_line(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(80, 24)
    terminal.wait(lambda text: ALL in text)
    pasted = "cards \x1b]52;c;cHduZWQ=\x07 " + "surgery tufts -kind:residency " * 3400
    terminal.child.send(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait(lambda text: f"of {TOTAL}" in text and ALL not in text)
    terminal.child.send("\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("X")
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    assert terminal.is_clean
    assert b"\x1b]52;" not in terminal.raw


def listed(home: Path) -> str:
    return (home / "shortlists" / "default.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_being_told_to_stop(open_terminal: Callable[..., Terminal], home: Path, name: str) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("cards tufts\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("s")
    terminal.wait(lambda text: "Shortlist 1" in text)
    number = getattr(signal, name)
    terminal.child.kill(number)
    if name != "SIGINT":  # ctrl+c is a key to Textual; a signal of that name is what Python makes of it
        assert terminal.leave() == 128 + number
        assert terminal.is_clean
        assert "cards tufts" in (home / "state.json").read_text(encoding="utf-8")
    assert "tufts-cardiovascular-disease-fellowship" in listed(home)


def test_a_terminal_that_goes_away(open_terminal: Callable[..., Terminal], home: Path) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("cards tufts\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("s")
    terminal.wait(lambda text: "Shortlist 1" in text)
    pid = terminal.child.pid
    terminal.child.ptyproc.fileobj.close()
    terminal.child.ptyproc.closed = terminal.child.closed = True
    end = time.monotonic() + 60
    while _lives(pid):
        assert time.monotonic() < end, "it goes on without a terminal"
        time.sleep(0.05)
    assert "tufts-cardiovascular-disease-fellowship" in listed(home)


def _lives(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


CRASHING = """
from gmetui.cli import main
from gmetui.tui.screens.explore_screen import ExploreScreen

def crash(self):
    raise RuntimeError("a mistake of ours")

ExploreScreen.action_mark = crash
raise SystemExit(main([]))
"""


def test_a_crash_leaves_the_terminal_clean_and_the_list_whole(
    open_terminal: Callable[..., Terminal], home: Path
) -> None:
    terminal = open_terminal(100, 40, "-c", CRASHING)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("cards tufts\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("s")
    terminal.wait(lambda text: "Shortlist 1" in text)
    terminal.child.send(" ")
    assert terminal.leave() == 1
    assert terminal.is_clean
    assert b"a mistake of ours" in terminal.raw
    assert b"your list is as you left it" in terminal.raw
    assert "tufts-cardiovascular-disease-fellowship" in listed(home)


@pytest.mark.parametrize(
    ("more", "argv"),
    [({"TERM": "xterm-16color", "COLORTERM": ""}, ()), ({"NO_COLOR": "1"}, ()), ({}, ("-m", "gmetui", "--no-color"))],
)
def test_with_few_colours_or_none(
    open_terminal: Callable[..., Terminal], more: dict[str, str], argv: tuple[str, ...]
) -> None:
    terminal = open_terminal(100, 30, *argv, **more)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("cards\r")
    terminal.wait(lambda text: "s keep" in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    true_colours = set(re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw))
    if "NO_COLOR" in more or "--no-color" in argv:
        assert all(red == green == blue for red, green, blue in true_colours)
    else:
        assert not true_colours


def test_the_mouse_can_be_left_to_the_terminal(open_terminal: Callable[..., Terminal], home: Path) -> None:
    (home / "settings.toml").write_text("mouse = false\n", encoding="utf-8")
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL in text)
    terminal.child.send("\x11")
    assert terminal.leave() == 0
    assert b"\x1b[?1000h" not in terminal.raw
