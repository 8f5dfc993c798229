"""Types random keys, bytes, pastes and signals into gmetui in a pseudo-terminal, and reports crashes and hangs.

python tests/bench fuzz [MINUTES] [SEED]
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Sequence

from gmetui.tui.actions import ACTIONS
from test_terminal import Terminal

_KEYS = [key for action in ACTIONS for key in action.keys if len(key) == 1 and key != "q"]
_SEQUENCES = ["\r", "\t", "\x1b", "\x1b[A", "\x1b[B", "\x7f", "\x13", "\x18", "\x1b[5~", "\x1b[6~", "\x05", "\x10"]
_SILENCE = 20.0  # seconds without an answer that count as a hang


def _read(terminal: Terminal) -> None:
    """Read what the application drew. The emulator, not gmetui, fails at a sequence that two reads cut in half."""
    try:
        terminal.read()
    except TypeError:
        terminal.screen.reset()


def main(arguments: Sequence[str]) -> int:
    """Run until the time is over and print what happened."""
    minutes, seed = float(arguments[0]) if arguments else 10.0, int(arguments[1]) if len(arguments) > 1 else 1
    chooser, deadline, step_count, ends = random.Random(seed), time.monotonic() + minutes * 60, 0, []
    os.environ["GMETUI_HOME"] = tempfile.mkdtemp()
    os.chdir(tempfile.mkdtemp())
    while time.monotonic() < deadline:
        terminal = Terminal(110, 32)
        terminal.wait(lambda text: "programs" in text)
        while terminal.child.isalive() and time.monotonic() < deadline:
            step_count += 1
            _step(terminal, chooser)
        if terminal.child.isalive():
            terminal.child.send("\x1b[201~\x1b\x1b\x1b")
            _read(terminal)
            terminal.child.send("\x11")
        start = time.monotonic()
        code = terminal.leave()
        is_hung = time.monotonic() - start > _SILENCE - 1
        ends.append(
            (code, "hung" if is_hung else "", b"Traceback" in terminal.raw, b"an error in gmetui" in terminal.raw)
        )
    print(f"seed {seed}: {step_count:,} steps; ends (code, hung, traceback, error survived): {ends}")
    return 0


def _step(terminal: Terminal, chooser: random.Random) -> None:
    kind = chooser.choices(
        ("key", "sequence", "burst", "paste", "bytes", "signal", "resize"), (50, 25, 10, 4, 4, 2, 1)
    )[0]
    if kind == "key":
        terminal.child.send(chooser.choice(_KEYS))
    elif kind == "sequence":
        terminal.child.send(chooser.choice(_SEQUENCES))
    elif kind == "burst":
        terminal.child.send("".join(chooser.choices(_KEYS + _SEQUENCES * 3, k=4)))
    elif kind == "paste":
        terminal.child.send(b"\x1b[200~" + chooser.randbytes(50).replace(b"\x1b", b"") + b"\x1b[201~")
    elif kind == "bytes":
        terminal.child.send(chooser.randbytes(8).replace(b"\x11", b"").replace(b"q", b"").replace(b"\x03", b""))
    elif kind == "signal":
        terminal.child.kill(signal.SIGTSTP)
        _read(terminal)
        terminal.child.kill(signal.SIGCONT)
    else:
        terminal.resize(*chooser.choice(((80, 24), (120, 40), (40, 10))))
    _read(terminal)
