"""Exit codes hold when a standard stream is closed, full or broken, and when the command is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.all_commands import FIXTURE, PROGRAM
from gmetui.cli import INTERRUPTED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a POSIX shell and /dev/full")
GMETUI = f"{sys.executable} -m gmetui {' '.join(FIXTURE)}"
COMMANDS = {  # command → its exit code where all streams work
    "search cards": 0,
    "search cards --format json": 0,
    "show no-such-program": 5,
    "search --bogus": 2,
    "--help": 0,
    "--version": 0,
    "coverage": 0,
    f"shortlist add {PROGRAM}": 0,
    "export --format csv": 0,
    "export --output list.csv --force": 0,
    "paths": 0,
    "completion bash": 0,
    "": 2,
}
SILENT = (f"shortlist add {PROGRAM}", "export --output list.csv --force", "show no-such-program", "search --bogus", "")


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_exit_codes(command: str) -> None:
    """One shell tries all streams: closed and full output, closed and full errors, closed input, a closed pipe."""
    redirections = (">&-", ">/dev/full", "2>&-", "2>/dev/full", "<&-", "<&- >&- 2>&-", ">/dev/null", "2> >(true)")
    lines = [f"{GMETUI} {command} {redirection}; echo code $? >&9" for redirection in redirections]
    lines.append(f"{GMETUI} {command} | true; echo code ${{PIPESTATUS[0]}} >&9")
    result = shell("exec 9>&1 >/dev/null; " + "; ".join(lines))
    codes = [int(line.split()[1]) for line in result.stdout.splitlines() if line.startswith("code ")]
    code = COMMANDS[command]
    unwritable = code if command in SILENT else 4
    expected = [unwritable, unwritable, code, code, code, unwritable, code, code]
    assert codes[:-1] == expected
    assert codes[-1] in (code, 141)
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
    if command not in SILENT:
        assert "gmetui: cannot write standard output: it is closed\n" in result.stderr
        assert "gmetui: cannot write standard output: No space left on device\n" in result.stderr


def test_reading_a_closed_or_endless_input() -> None:
    shell(f"{GMETUI} shortlist add {PROGRAM}")
    note = f"{GMETUI} shortlist note {PROGRAM} -"
    closed = shell(f"{note} <&-")
    assert (closed.returncode, closed.stderr) == (4, "gmetui: cannot read standard input: it is closed\n")
    endless = shell(f"yes | {note}")
    assert endless.returncode == 2
    assert "longer than" in endless.stderr
    latin = shell(f"printf 'caf\\351' | {note}")
    assert latin.returncode == 0


def test_no_file_gets_the_descriptor_of_a_closed_stream(home: Path) -> None:
    shell(f"{GMETUI} shortlist add {PROGRAM} >&- 2>&- <&-")
    result = shell(f"{GMETUI} shortlist note {PROGRAM} x 2>&-; cat {home}/shortlists/default.toml")
    assert "noted" not in result.stdout
    assert f'id = "{PROGRAM}"' in result.stdout


@pytest.mark.parametrize("command", ["search cards", "shortlist show --format json", "check", "coverage"])
def test_an_interrupt_at_any_moment_is_quiet(command: str) -> None:
    """The signal comes after the interpreter has started: before, Python itself ends the process."""
    starter = "import sys, gmetui.__main__ as command; "
    starter += "command._open_missing_descriptors = lambda: print(flush=True); sys.exit(command.main())"
    for delay in (0.0, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-c", starter, *FIXTURE, *command.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        finished = 3 if command == "check" else 0  # the fixture overrides dates of the bundled data, which is a problem
        assert process.returncode in (finished, INTERRUPTED), (delay, errors)
        if process.returncode == INTERRUPTED:
            assert b"KeyboardInterrupt" not in errors, (delay, errors)


def test_background_commands_ignore_interrupts() -> None:
    """A shell without job control starts background commands with interrupts ignored."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gmetui", *FIXTURE, "search", "cards", "--format", "ids"],
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    for _ in range(20):
        time.sleep(0.01)
        os.kill(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert PROGRAM.encode() in output
