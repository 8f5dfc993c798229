"""gmetui in a pseudo-terminal under attack: any bytes, any signal, other programs, drafts, and hostile files."""

from __future__ import annotations

import os
import random
import signal
import stat
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gmetui.catalog.catalog import Catalog
from hostile_home import FORBIDDEN_BYTES, write_hostile_home
from test_terminal import Terminal, pytestmark  # noqa: F401  # skips the module where there are no pseudo-terminals

_CHUNK_SIZE = 250_000  # bytes
MODES = (1049, 1000, 1003, 1006, 1015, 1004, 2004)


class AttackedTerminal(Terminal):
    """A terminal with what these tests ask of it."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        super().__init__(110, 32, *arguments, **variables)
        self.attributes_before = self.attributes()
        self.wait(lambda text: "Explore" in text and "programs" in text)

    def attributes(self) -> list[Any]:
        return termios.tcgetattr(self.child.child_fd)

    def open_modes(self) -> list[int]:
        """The terminal modes that are on."""
        return [mode for mode in MODES if self.raw.rfind(b"\x1b[?%dh" % mode) > self.raw.rfind(b"\x1b[?%dl" % mode)]

    def send(self, data: bytes, seconds: float = 0.3) -> None:
        """Send bytes and read what comes back for a while."""
        while data:
            self.child.send(data[:_CHUNK_SIZE])
            data = data[_CHUNK_SIZE:]
            if data:
                self.read()
        self.read_for(seconds)

    def read_for(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.read()

    def quit_cleanly(self) -> None:
        """Leave by ctrl+q with the terminal as it was. How long that takes is measured, not asserted."""
        self.child.send("\x11")
        assert self.leave() == 0
        assert self.open_modes() == []
        assert self.is_clean
        assert b"Traceback" not in self.raw


@pytest.fixture
def start() -> Iterator[Callable[..., AttackedTerminal]]:
    opened: list[AttackedTerminal] = []

    def open_terminal(*arguments: str, **variables: str) -> AttackedTerminal:
        opened.append(AttackedTerminal(*arguments, **variables))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        if not terminal.child.closed:
            terminal.child.close(force=True)


RANDOM_BYTES = random.Random(15).randbytes(8_000).replace(b"\x11", b"").replace(b"q", b"").replace(b"\x03", b"")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff", id="one byte"),
        pytest.param(b"\xe9a", id="Latin-1"),
        pytest.param(b"\x9b31m", id="C1"),
        pytest.param("é".encode()[:1], id="half a character"),
        pytest.param(b"\x1b[M \xff\xfe" * 20, id="old mouse reports"),
        pytest.param(b"\x1b[99999999999u\x1b[1;1;99999999u", id="keys that don't exist"),
        pytest.param(b"\x1b[48;0;0;0;0t\x1b[48;99999999;99999999;9;9t", id="sizes that don't exist"),
        pytest.param(b"\x1b[200~a\x1b]52;c;cHduZWQ=\x07\x1b[2J\xff\x1b[201~", id="paste with sequences"),
        pytest.param(b"\x1b[200~never ends\xe2\x82", id="paste that never ends"),
    ],
)
def test_no_bytes_end_the_application(start: Callable[..., AttackedTerminal], data: bytes) -> None:
    terminal = start()
    terminal.send(data, 0.5)
    terminal.send(b"\x1b[201~\x1b", 0.3)
    terminal.quit_cleanly()
    assert b"\x1b]52;" not in terminal.raw


def test_random_bytes_do_not_end_the_application_and_the_quit_key_does(start: Callable[..., AttackedTerminal]) -> None:
    terminal = start()
    terminal.send(RANDOM_BYTES, 1.0)
    assert terminal.child.isalive()
    terminal.send(b"\x1b[201~\x1b\\", 0.1)  # the end of a paste and of a string that the bytes may have begun
    terminal.quit_cleanly()


def test_huge_pastes_are_cut_off_with_a_word(start: Callable[..., AttackedTerminal]) -> None:
    terminal = start()
    terminal.send(b"\x1b[200~" + b"surgery larkspur " * 250_000 + b"\x1b[201~")
    terminal.wait(lambda text: "Pasted only the first" in text)
    terminal.quit_cleanly()


def test_stopping_and_continuing_restores_every_mode(start: Callable[..., AttackedTerminal]) -> None:
    terminal = start()
    for _ in range(15):
        terminal.child.kill(signal.SIGTSTP)
        terminal.read_for(0.1)
        terminal.child.kill(signal.SIGCONT)
        terminal.read_for(0.1)
    terminal.send(b"cards\r", 0.3)
    terminal.wait(lambda text: "s save" in text)
    assert terminal.open_modes() == list(MODES)
    terminal.quit_cleanly()
    assert terminal.attributes_before is not None


def test_a_stopped_application_has_left_the_terminal(start: Callable[..., AttackedTerminal]) -> None:
    terminal = start()
    terminal.child.kill(signal.SIGTSTP)
    terminal.read_for(1.0)
    assert terminal.open_modes() == []
    assert terminal.attributes()[3] & termios.ICANON
    terminal.child.kill(signal.SIGCONT)
    terminal.read_for(1.0)
    assert terminal.open_modes() == list(MODES)
    terminal.quit_cleanly()


@pytest.mark.parametrize("signals", [(signal.SIGCONT,), (signal.SIGSTOP, signal.SIGCONT), (signal.SIGCONT,) * 9])
def test_stray_signals_change_nothing(
    start: Callable[..., AttackedTerminal], signals: tuple[signal.Signals, ...]
) -> None:
    terminal = start()
    for number in signals:
        terminal.child.kill(number)
        terminal.read_for(0.2)
    terminal.send(b"cards\r", 0.3)
    terminal.wait(lambda text: "s save" in text)
    terminal.quit_cleanly()


def open_note(terminal: AttackedTerminal) -> None:
    terminal.send(b"cards larkspur\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.send(b"n")
    terminal.wait(lambda text: "Note on" in text)


def write_script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("editor", ["", "/nonexistent/ed", "false", "'unbalanced"])
def test_editors_that_fail_leave_the_note_open(start: Callable[..., AttackedTerminal], home: Path, editor: str) -> None:
    terminal = start(EDITOR=editor, VISUAL="")
    open_note(terminal)
    terminal.send(b"written here")
    terminal.send(b"\x05", 1.0)
    terminal.wait(lambda text: "gmetui:" in text and "written here" in text)
    terminal.send(b" and more")
    terminal.wait(lambda text: "and more" in text)
    terminal.send(b"\x13", 0.5)
    terminal.wait(lambda text: "Saved the note" in text)
    assert "written here and more" in (home / "shortlists" / "default.toml").read_text(encoding="utf-8")
    terminal.quit_cleanly()


def test_an_editor_that_changes_the_terminal(
    start: Callable[..., AttackedTerminal], home: Path, tmp_path: Path
) -> None:
    editor = write_script(tmp_path / "editor", 'stty raw -echo; printf "\\033[?1049h\\033[?2004l"; echo edited > "$1"')
    terminal = start(EDITOR=editor)
    open_note(terminal)
    terminal.send(b"\x05", 1.0)
    terminal.wait(lambda text: "edited" in text)
    terminal.send(b"\x13", 0.5)
    terminal.wait(lambda text: "Saved the note" in text)
    terminal.quit_cleanly()


@pytest.mark.parametrize("browser", [None, "w3m"])
def test_web_pages_without_a_browser_with_windows(
    start: Callable[..., AttackedTerminal], tmp_path: Path, browser: str | None
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    if browser:
        write_script(programs / browser, f"echo $1 > {tmp_path}/opened")
    environment = {"PATH": f"{programs}:{'/usr/bin:/bin' if browser else ''}", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    if browser:
        environment["BROWSER"] = browser
    terminal = start(**environment)
    terminal.send(b"cards larkspur\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.send(b"o", 1.0)
    terminal.wait(lambda text: ("Opened http" if browser else "No web browser was found") in text)
    terminal.send(b"s", 0.3)
    terminal.wait(lambda text: "Shortlist 1" in text)
    assert (tmp_path / "opened").exists() is bool(browser)
    terminal.quit_cleanly()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL", "hang-up"])
def test_drafts_survive(start: Callable[..., AttackedTerminal], name: str) -> None:
    terminal = start()
    open_note(terminal)
    terminal.send(b"a draft that must not be lost", 1.0)
    if name == "hang-up":
        os.close(os.dup(terminal.child.child_fd))
        terminal.child.close(force=False)
    else:
        terminal.child.kill(getattr(signal, name))
        terminal.leave()
    second = start()
    second.wait(lambda text: "Not saved last time" in text)
    second.send(b"\x15")
    open_note(second)
    second.wait(lambda text: "a draft that must not be lost" in text and "Not saved on" in text)
    second.send(b"\x13", 0.5)
    second.wait(lambda text: "Saved the note" in text)
    second.quit_cleanly()
    third = start()
    assert "Not saved last time" not in third.text()
    third.quit_cleanly()


CRASHING_PROGRAM = """
from gmetui.cli import main
from gmetui.tui.screens.explore_screen import ExploreScreen
from support import FIXTURE_DATA

def crash(self):
    raise RuntimeError("an injected error")

{attribute} = crash
raise SystemExit(main(["--data", str(FIXTURE_DATA), "--no-bundled"]))
"""


def test_an_error_in_one_action_is_survived(start: Callable[..., AttackedTerminal], home: Path) -> None:
    program = CRASHING_PROGRAM.format(attribute="ExploreScreen.action_mark")
    terminal = start("-c", program, PYTHONPATH=str(Path(__file__).parent))
    terminal.send(b"cards larkspur\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.send(b" ", 0.5)
    terminal.wait(lambda text: "an error in gmetui (reference" in text)
    terminal.send(b"s", 0.3)
    terminal.wait(lambda text: "Shortlist 1" in text)
    (report,) = (home / "error-reports").glob("*.txt")
    assert "an injected error" in report.read_text(encoding="utf-8")
    terminal.quit_cleanly()


def test_errors_that_keep_coming_end_the_program_with_a_code(start: Callable[..., AttackedTerminal]) -> None:
    program = CRASHING_PROGRAM.format(attribute="ExploreScreen.action_mark")
    terminal = start("-c", program, PYTHONPATH=str(Path(__file__).parent))
    terminal.send(b"cards\r")
    terminal.wait(lambda text: "s save" in text)
    terminal.send(b" " * 15, 1.0)
    assert terminal.leave() == 1
    assert terminal.open_modes() == []
    assert b"an injected error" in terminal.raw


#: Every screen and dialog, with what leaves it.
PLACES = (b"\r", b"\t", b"\t", b"1", b":", b"e", b"f", b"c", b"O", b"W", b"L", b"D", b"A", b"T", b"?", b"n", b"w")
SHORTLIST_PLACES = (b"n", b"t", b"r", b"@", b"#", b"v", b"C", b"H", b"y", b"i", b"e", b"O", b"\r", b"x")


def test_hostile_files_never_reach_the_terminal(
    start: Callable[..., AttackedTerminal], home: Path, catalog: Catalog
) -> None:
    (home / "state.json").unlink(missing_ok=True)
    write_hostile_home(home, catalog)
    terminal = start()
    terminal.send(b"\r")
    for place in PLACES:
        terminal.send(place, 0.3)
        terminal.send(b"\x1b", 0.25)
        terminal.send(b"2", 0.1)
    for screen in (b"\x1bOS", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~", b"\x1b[19~"):
        terminal.send(screen, 0.4)
        terminal.send(b"j\r", 0.2)
        terminal.send(b"\x1b", 0.25)
    terminal.send(b"\x1bOS", 0.4)
    assert "shortlist" in terminal.text().casefold()
    for place in SHORTLIST_PLACES:
        terminal.send(place, 0.3)
        terminal.send(b"\x1b", 0.25)
    terminal.quit_cleanly()
    for forbidden in FORBIDDEN_BYTES:
        assert forbidden not in terminal.raw, forbidden


def test_an_emptied_list_is_offered_again(start: Callable[..., AttackedTerminal], home: Path) -> None:
    first = start()
    open_note(first)
    first.send(b"worth keeping\x13", 0.5)
    first.wait(lambda text: "Saved the note" in text)
    list_file = home / "shortlists" / "default.toml"
    list_file.write_bytes(b"")
    first.wait(lambda text: "Restore version" in text)
    first.send(b"\x1b", 0.3)
    first.quit_cleanly()
    second = start()
    second.wait(lambda text: "Restore version" in text)
    second.send(b"\r", 0.5)
    second.wait(lambda text: "Shortlist 1" in text)
    assert "worth keeping" in list_file.read_text(encoding="utf-8")
    second.quit_cleanly()


@pytest.mark.parametrize("kind", ["FIFO", "loop", "huge", "directory"])
def test_list_files_that_are_no_files(start: Callable[..., AttackedTerminal], home: Path, kind: str) -> None:
    list_file = home / "shortlists" / "default.toml"
    list_file.parent.mkdir(parents=True)
    if kind == "FIFO":
        os.mkfifo(list_file)
    elif kind == "loop":
        list_file.symlink_to(list_file)
    elif kind == "directory":
        list_file.mkdir()
    else:
        list_file.write_bytes(b"#" * 20_000_000)
    terminal = start()
    terminal.wait(lambda text: "default.toml" in text)
    terminal.send(b"\rs", 0.5)
    terminal.quit_cleanly()


def test_a_working_directory_that_is_gone(start: Callable[..., AttackedTerminal], tmp_path: Path) -> None:
    directory = tmp_path / "gone"
    directory.mkdir()
    os.chdir(directory)
    terminal = start(GMETUI_HOME=str(tmp_path / "home"))
    directory.rmdir()
    for keys in (b"\r", b"e", b"\r", b"\x1b", b"A", b"\r", b"x", b"\x1b", b"\x1b", b"S", b"i", b"x", b"\x1b"):
        terminal.send(keys, 0.3)
    terminal.quit_cleanly()
