"""Shell completion: the candidates for a command line, and the scripts that ask for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gmetui.export.formats import FORMATS
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("gmetui sea", ["search"]),
        ("gmetui search kind:f", ["kind:fellowship"]),
        ("gmetui search cards -kind:res", ["-kind:residency"]),
        ("gmetui search visa:h", ["visa:h-1b-by-case", "visa:h-1b", "visa:no-h-1b"]),
        ("gmetui search inst:larkspur,q", ["inst:larkspur,quillmont"]),
        ("gmetui search spec", ["specialty:"]),
        ("gmetui search --fo", ["--format"]),
        ("gmetui search --format ", ["table", "json", "csv", "ids"]),
        ("gmetui export --format ", list(FORMATS)),
        ("gmetui compare --format m", ["markdown"]),
        ("gmetui completion z", []),
        ("gmetui show larkspur-neurology", ["larkspur-neurology-residency"]),
        ("gmetui institutions m", ["marrowby"]),
        ("gmetui sites m", ["marrowby-childrens-hospital"]),
        ("gmetui services ph", ["phorcas"]),
        ("gmetui imports ", ["list", "remove", "undo", "fields"]),
        ("gmetui imports remove ", []),
        ("gmetui import --ma", ["--match", "--map"]),
        ("gmetui nothing ", []),
    ],
)
def test_candidates(run: CommandRunner, line: str, candidates: list[str]) -> None:
    assert run("complete", line).split() == candidates


def test_the_first_word_is_a_command(run: CommandRunner) -> None:
    commands = run("complete", "gmetui ").split()
    assert {"search", "export", "shortlist"} <= set(commands)
    assert "complete" not in commands
    assert run("complete", "gmetui").split() == commands


def test_every_shell_has_a_script(run: CommandRunner) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "gmetui complete" in run("completion", shell)
    run("completion", "csh", code=2)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_with_the_script(run: CommandRunner, tmp_path: Path) -> None:
    program = tmp_path / "gmetui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gmetui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = run("completion", "bash") + (
        "COMP_LINE=\"gmetui search kind:f\"; COMP_POINT=${#COMP_LINE}; COMP_WORDBREAKS=$' \\t\\n:'\n"
        '_gmetui; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert result.stdout.split() == ["fellowship"]
