"""Installs applications that gmetui is compared with, each into a virtual environment of its own.

    python tests/bench/peers

Posting and Harlequin are Textual applications too, but each needs another version of Textual and of its other
libraries than gmetui. They are installed below `.benchmarks/peers`, where `growth` and `explorer` look for them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from venv import create

from .measure import STORE, progress
from .terminal import with_environment

#: The requirements of each application. tree-sitter 0.26 ends Posting with a segmentation fault.
_REQUIREMENTS = {"Posting": ("posting>=2.11,<3", "tree-sitter<0.26"), "Harlequin": ("harlequin>=2.17,<3",)}
_DIRECTORY = STORE / "peers"


def peer_commands() -> dict[str, tuple[str, ...]]:
    """Return the command of each application that is installed, with a home directory of its own, by its name."""
    commands = {}
    for name in _REQUIREMENTS:
        directory = _DIRECTORY / name.lower()
        program = directory / "bin" / name.lower()
        if program.exists():
            home = directory / "home"  # where it writes its settings when it first runs
            home.mkdir(exist_ok=True)
            commands[name] = with_environment((str(program),), HOME=str(home))
    return commands


def main(_: Sequence[str]) -> int:
    """Install every application."""
    for name, requirements in _REQUIREMENTS.items():
        directory = _DIRECTORY / name.lower()
        progress(f"installing {name}")
        create(directory, with_pip=True)
        subprocess.run([str(directory / "bin" / "pip"), "install", "--quiet", *requirements], check=True)
    missing = _REQUIREMENTS.keys() - peer_commands().keys()
    if missing:
        print(f"not installed: {', '.join(sorted(missing))}", file=sys.stderr)
    return 1 if missing else 0
