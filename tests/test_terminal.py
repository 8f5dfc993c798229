"""gmetui in a pseudo-terminal: a terminal emulator reads every byte it writes."""

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

from support import ALL_PROGRAMS, FIXTURE_DATA, PROGRAM_COUNT

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

#: Read the fixture catalog in place of the bundled one.
DATA_OPTIONS = ("--data", str(FIXTURE_DATA), "--no-bundled")
_PRIVATE_SEQUENCE = re.compile(rb"\x1b\[[<>=?][0-9;]*[$a-zA-Z]*[u pmqc]")  # sequences that pyte misreads


class Terminal:
    """A program in a pseudo-terminal, with its screen as text; by default the explorer over the fixture catalog."""

    def __init__(self, columns: int, rows: int, *arguments: str, **variables: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        command = list(arguments) if arguments[:1] == ("-c",) else ["-m", "gmetui", *DATA_OPTIONS, *arguments]
        self.child = pexpect.spawn(
            sys.executable, command, env=environment | variables, dimensions=(rows, columns), timeout=20
        )
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def read(self) -> None:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self.stream.feed(_PRIVATE_SEQUENCE.sub(b"", data))

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, condition: Callable[[str], bool]) -> str:
        deadline = time.monotonic() + 60
        while not condition(self.text()):
            assert time.monotonic() < deadline, self.text()
            self.read()
        return self.text()

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    @property
    def is_clean(self) -> bool:
        """Whether every terminal mode that was turned on was turned off again."""
        mode_switches = [(b"\x1b[?%dh" % number, b"\x1b[?%dl" % number) for number in (1049, 1000, 1003, 2004)]
        cursor_visible = self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l")
        return cursor_visible and all(
            self.raw.rfind(turn_on) < self.raw.rfind(turn_off)
            for turn_on, turn_off in mode_switches
            if turn_on in self.raw
        )

    def leave(self) -> int:
        deadline = time.monotonic() + 60
        while self.child.isalive() and time.monotonic() < deadline:
            self.read()
        self.read()
        self.child.close()
        return int(self.child.exitstatus or self.child.signalstatus or 0)


@pytest.fixture
def open_terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(columns: int, rows: int, *arguments: str, **variables: str) -> Terminal:
        opened.append(Terminal(columns, rows, *arguments, **variables))
        return opened[-1]

    yield start
    for terminal in opened:
        if not terminal.child.closed:
            terminal.child.close(force=True)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_search_save_and_export(
    open_terminal: Callable[..., Terminal], columns: int, rows: int, home: Path, tmp_path: Path
) -> None:
    first = open_terminal(columns, rows)
    first.wait(lambda text: ALL_PROGRAMS in text)
    first.child.send("cards larkspur")
    first.wait(lambda text: f"2 of {PROGRAM_COUNT}" in text and "Cardiovascular Disease Fellowship" in text)
    first.child.send("\r")
    first.wait(lambda text: "s save" in text)
    first.child.send("\r")
    first.wait(lambda text: "OVERVIEW" in text and "ACGME-accredited" in text)
    first.child.send("s")
    first.wait(lambda text: "Shortlist 1" in text)
    first.child.send("q")
    assert first.leave() == 0
    assert b"\x1b[?1049h" in first.raw
    assert first.raw.rstrip().endswith(b"h") or b"\x1b[?1049l" in first.raw

    second = open_terminal(columns, rows)
    second.wait(lambda text: "Shortlist 1" in text and "cards larkspur" in text)
    second.child.send("\r")
    second.wait(lambda text: "s save" in text)
    second.child.send("S")
    second.wait(lambda text: "Your list 1" in text)
    second.child.send("e")
    second.wait(lambda text: "Export 1 program" in text)
    second.child.send("\x1b[C")  # right
    second.wait(lambda text: "● CSV" in text)
    second.child.send("\r")
    second.wait(lambda text: "Exported 1 program" in text)
    second.child.send("q")
    assert second.leave() == 0
    written = (tmp_path / "gmetui-shortlist.csv").read_text(encoding="utf-8-sig")
    rows_written = list(csv.reader(written.splitlines()))
    assert rows_written[1][1] == "Cardiovascular Disease Fellowship"


def test_quitting_restores_the_terminal(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("\x11")  # ctrl+q
    assert terminal.leave() == 0
    assert terminal.is_clean


def test_resizing_at_any_time(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("cards")
    for columns, rows, expected in (
        (300, 80, "cards ×"),
        (60, 16, "cards ×"),
        (30, 8, "needs 60 columns"),
        (120, 40, "cards ×"),
        (59, 16, "needs 60 columns"),
        (80, 24, "cards ×"),
    ):
        terminal.resize(columns, rows)
        terminal.wait(lambda text, expected=expected: expected in text)  # type: ignore[misc]
    terminal.child.send("\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    assert terminal.is_clean


def test_pasting_100_kb_into_the_search_box(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(80, 24)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    pasted = "cards \x1b]52;c;cHduZWQ=\x07 " + "surgery larkspur -kind:residency " * 3400
    terminal.child.send(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait(lambda text: f"of {PROGRAM_COUNT}" in text and ALL_PROGRAMS not in text)
    terminal.child.send("\r")
    terminal.wait(lambda text: "/ search" in text)
    terminal.child.send("X")
    terminal.wait(lambda text: f"Programs {PROGRAM_COUNT} " in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    assert terminal.is_clean
    assert b"\x1b]52;" not in terminal.raw


def shortlist_text(home: Path) -> str:
    return (home / "shortlists" / "default.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_signals_end_the_program_cleanly(open_terminal: Callable[..., Terminal], home: Path, name: str) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("cards larkspur\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.child.send("s")
    terminal.wait(lambda text: "Shortlist 1" in text)
    signal_number = getattr(signal, name)
    terminal.child.kill(signal_number)
    if name != "SIGINT":  # Textual treats ctrl+c as a key; SIGINT raises KeyboardInterrupt
        assert terminal.leave() == 128 + signal_number
        assert terminal.is_clean
        assert "cards larkspur" in (home / "state.json").read_text(encoding="utf-8")
    assert "larkspur-cardiovascular-disease-fellowship" in shortlist_text(home)


def test_program_ends_when_the_terminal_goes_away(open_terminal: Callable[..., Terminal], home: Path) -> None:
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("cards larkspur\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.child.send("s")
    terminal.wait(lambda text: "Shortlist 1" in text)
    pid = terminal.child.pid
    terminal.child.ptyproc.fileobj.close()
    terminal.child.ptyproc.closed = terminal.child.closed = True
    deadline = time.monotonic() + 60
    while _is_running(pid):
        assert time.monotonic() < deadline, "the program goes on without a terminal"
        time.sleep(0.05)
    assert "larkspur-cardiovascular-disease-fellowship" in shortlist_text(home)


def _is_running(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


@pytest.mark.parametrize(
    ("variables", "arguments"),
    [({"TERM": "xterm-16color", "COLORTERM": ""}, ()), ({"NO_COLOR": "1"}, ()), ({}, ("--no-color",))],
)
def test_few_colors_or_none(
    open_terminal: Callable[..., Terminal], variables: dict[str, str], arguments: tuple[str, ...]
) -> None:
    terminal = open_terminal(100, 30, *arguments, **variables)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("cards\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.child.send("q")
    assert terminal.leave() == 0
    true_colors = set(re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw))
    if "NO_COLOR" in variables or "--no-color" in arguments:
        assert all(red == green == blue for red, green, blue in true_colors)
    else:
        assert not true_colors


def test_mouse_can_be_turned_off(open_terminal: Callable[..., Terminal], home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("mouse = false\n", encoding="utf-8")
    terminal = open_terminal(100, 30)
    terminal.wait(lambda text: ALL_PROGRAMS in text)
    terminal.child.send("\x11")
    assert terminal.leave() == 0
    assert b"\x1b[?1000h" not in terminal.raw
