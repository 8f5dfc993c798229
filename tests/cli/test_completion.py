"""Completion in the shell: what a command line could go on as, and the scripts that ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gmetui.catalog.models import Catalog
from gmetui.search import Query, search
from support import Run


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("gmetui sea", ["search"]),
        ("gmetui search kind:f", ["kind:fellowship"]),
        ("gmetui search cards -kind:res", ["-kind:residency"]),
        ("gmetui search visa:h", ["visa:h-1b", "visa:h-1b-by-case", "visa:no-h-1b"]),
        ("gmetui search inst:bmc,t", ["inst:bmc,tufts"]),
        ("gmetui search spec", ["specialty:"]),
        ("gmetui search --fo", ["--format"]),
        ("gmetui show tufts-neurology", ["tufts-neurology-residency"]),
        ("gmetui institutions b", ["bidmc", "bch", "bmc", "bwh"]),
        ("gmetui sites va-b", ["va-bedford", "va-boston", "va-boston-jamaica-plain", "va-boston-west-roxbury"]),
        ("gmetui imports ", ["list", "remove", "undo", "fields"]),
        ("gmetui imports remove ", []),
        ("gmetui import --ma", ["--match", "--map"]),
        ("gmetui nothing ", []),
    ],
)
def test_what_could_follow(run: Run, line: str, first: list[str]) -> None:
    assert run("complete", line).split() == first


def test_every_shell_has_a_script(run: Run) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "gmetui complete" in run("completion", shell)
    run("completion", "csh", code=2)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_with_the_script(run: Run, tmp_path: Path) -> None:
    program = tmp_path / "gmetui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gmetui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = run("completion", "bash") + (
        "COMP_LINE=\"gmetui search kind:f\"; COMP_POINT=${#COMP_LINE}; COMP_WORDBREAKS=$' \\t\\n:'\n"
        '_gmetui; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["fellowship"]


def test_snippets_are_cut_between_words_around_the_match(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("ultrasound"))
    long = "one two three " * 20 + "then an ultrasound machine " + "four five six " * 20
    snippet = results.snippet(long)
    assert "ultrasound" in snippet
    assert len(snippet) <= 92
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert set(snippet.strip("…").split()) <= set(long.split())
    assert [snippet[start:end] for start, end in results.highlights(snippet)] == ["ultrasound"]
    assert results.snippet("short ultrasound") == "short ultrasound"
