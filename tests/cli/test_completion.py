"""Completion: what a word can become, and the real shells with the script installed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest
from argcomplete.completers import SuppressCompleter

from cli.all_commands import FIXTURE
from gmetui.cli.completion import completion_parser, file_names, options_first
from gmetui.export.formats import FORMATS
from support import CommandRunner

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX shells")
PROGRAM, OTHER_PROGRAM = "larkspur-neurology-residency", "larkspur-cardiovascular-disease-fellowship"
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def complete(fixture_data: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A function that returns the completions of a line."""
    from gmetui.cli import completion

    def completions(line: str) -> list[str]:
        finder = completion._Finder(completion_parser(), always_complete_options=False)
        finder.default_completer = SuppressCompleter()
        *words, prefix = line.split(" ")
        found = finder._get_completions(words, prefix, "", None)
        return [word.strip().replace("\\", "") for word in found]

    return completions


@pytest.mark.usefixtures("fixture_data")
@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("gmetui searc", ["search"]),
        ("gmetui search kind:f", ["kind:fellowship"]),
        ("gmetui search cards -kind:res", ["-kind:residency"]),
        ("gmetui search inst:larkspur,q", ["inst:larkspur,quillmont"]),
        ("gmetui search cards -n 3 kind:f", ["kind:fellowship"]),
        ("gmetui search spec", ["specialty:"]),
        ("gmetui search --fo", ["--format"]),
        ("gmetui search cards --format ", ["table", "json", "jsonl", "csv", "tsv", "ids"]),
        ("gmetui search --sort len", ["length"]),
        ("gmetui search --color a", ["auto", "always"]),
        ("gmetui export --format ", list(FORMATS)),
        ("gmetui compare --format m", ["markdown"]),
        ("gmetui completion z", ["zsh"]),
        ("gmetui help opt", ["options"]),
        ("gmetui show larkspur-neurology", [PROGRAM]),
        ("gmetui show x larkspur-neurology", [PROGRAM]),
        ("gmetui institutions m", ["marrowby"]),
        ("gmetui sites m", ["marrowby-childrens-hospital"]),
        ("gmetui services ph", ["phorcas"]),
        ("gmetui imports ", ["list", "remove", "undo", "fields"]),
        ("gmetui imports remove ", []),
        ("gmetui import --ma", ["--match", "--map"]),
        ("gmetui shortlist remo", ["remove"]),
        ("gmetui shortlist remove ", [PROGRAM]),
        ("gmetui shortlist status larkspur-neurology-residency app", ["applied"]),
        ("gmetui shortlist --list ", ["default"]),
        ("gmetui --list d", ["default"]),
        ("gmetui shortlist column x --kind n", ["number"]),
        ("gmetui cards kind:f", ["kind:fellowship"]),
    ],
)  # fmt: skip
def test_candidates(run: CommandRunner, complete: object, line: str, candidates: list[str]) -> None:
    run("shortlist", "add", PROGRAM)
    assert callable(complete)
    assert complete(line) == candidates


@pytest.mark.usefixtures("fixture_data")
def test_the_first_word_is_a_command(complete: object) -> None:
    assert callable(complete)
    assert {"search", "export", "shortlist", "help"} <= set(complete("gmetui "))


def test_file_names(tmp_path: Path) -> None:
    (tmp_path / "list one.csv").touch()
    (tmp_path / "lists").mkdir()
    (tmp_path / ".hidden").touch()
    assert list(file_names("li")) == ["list one.csv", "lists/"]
    assert list(file_names(f"{tmp_path}/li")) == [f"{tmp_path}/list one.csv", f"{tmp_path}/lists/"]
    assert list(file_names(".h")) == [".hidden"]
    assert ".hidden" not in list(file_names(""))


def test_options_come_first() -> None:
    parser = completion_parser()
    assert options_first(parser, ["search", "cards", "--limit", "5", "tufts"]) == [
        "search",
        "--limit",
        "5",
        "cards",
        "tufts",
    ]
    assert options_first(parser, ["search", "cards", "--format"]) == ["search", "cards", "--format"]
    assert options_first(parser, ["-l", "x", "shortlist", "note", "a", "--by", "y", "b"]) == [
        "-l",
        "x",
        "shortlist",
        "note",
        "--by",
        "y",
        "a",
        "b",
    ]


def test_a_script_is_installed_once(run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".bashrc").write_text("alias x=y", encoding="utf-8")
    for shell in SHELLS:
        monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
        run("completion", "--install")
        assert f"open a new {shell}" in run.err
        run("completion", shell, "--install")
        assert "added" not in run.err
        assert "_ARGCOMPLETE" in run("completion", shell)
    bash = (tmp_path / ".bashrc").read_text(encoding="utf-8")
    assert bash.startswith("alias x=y\n[ -r ")
    assert bash.count("gmetui completion") == 1
    assert (tmp_path / ".local" / "share" / "gmetui" / "completion.zsh").exists()
    assert (tmp_path / ".config" / "fish" / "completions" / "gmetui.fish").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes(
    shell: str, run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Type lines with tabs into the shell; a program in the place of gmetui prints the arguments it gets."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    run("completion", shell, "--install")
    _write_program(tmp_path / "bin" / "gmetui")
    (tmp_path / "zz list.csv").touch()
    options = {"bash": ["--noprofile", "-i"], "zsh": ["-i"], "fish": ["-i"]}[shell]
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PS1": "$ ", "TERM": "dumb"}
    terminal = pexpect.spawn(shell, options, env=environment, encoding="utf-8", timeout=60, dimensions=(50, 200))
    try:
        for typed, arguments in (
            ("gmetui searc\tcards", ["search", "cards"]),
            ("gmetui search kind:fel\tx", ["search", "kind:fellowship", "x"]),
            ("gmetui search x --form\tids", ["search", "x", "--format", "ids"]),
            ("gmetui import zz\tx", ["import", "zz list.csv", "x"]),
            ("gmetui show larkspur-neurol\tx", ["show", PROGRAM, "x"]),
        ):
            terminal.sendline(typed)
            terminal.expect("ARGUMENTS (.*?) END")
            assert terminal.match is not None
            assert terminal.match[1] == repr(arguments), typed
    finally:
        terminal.close(force=True)


def _write_program(file: Path) -> None:
    """Write a `gmetui` that completes over the fixture, and otherwise prints its arguments."""
    file.parent.mkdir()
    lines = (
        f"#!{sys.executable}",
        "import os, sys",
        "if '_ARGCOMPLETE' in os.environ:",
        "    import gmetui.datafiles.files, pathlib",
        f"    gmetui.datafiles.files.bundled_data_root = lambda: {str(FIXTURE[-1])!r}",
        "    from gmetui.cli import main",
        "    main()",
        "print('ARGUMENTS', sys.argv[1:], 'END')",
    )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    file.chmod(0o755)
