"""Every command in every environment: it works, or says in one clear line why it doesn't."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cli.all_commands import (
    ARGUMENTS,
    FIXTURE,
    IMPORTED_LIST,
    PROGRAM,
    Outcome,
    all_commands,
    command_names,
    run_commands,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="environments of POSIX systems")
ERROR_CODES = {2, 3, 4, 5}
ENCODINGS = {"utf-8": "utf-8", "ascii": "ascii", "latin-1": "latin-1", "cp1252": "cp1252"}
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
#: Name → variables. HOME stands for the home directory of the test.
ENVIRONMENTS: dict[str, dict[str, str | bytes]] = {
    "plain": {"GMETUI_HOME": "HOME"},
    "no home, no user": {},
    "home of nobody": {"GMETUI_HOME": "~nouser"},
    "long home": {"GMETUI_HOME": "/" + "a" * 5000},
    "deep home": {"GMETUI_HOME": "/" + "a/" * 2500},
    "home with a long part": {"GMETUI_HOME": "/tmp/" + "a" * 300},
    "home that is a file": {"GMETUI_HOME": "/dev/null/home"},
    "home that cannot be written": {"GMETUI_HOME": "/sys/home" if sys.platform == "linux" else "/home"},
    "home not in UTF-8": {"GMETUI_HOME": b"HOME/\xff\xe9"},
    "home not in UTF-8, C locale": {"GMETUI_HOME": b"HOME/\xff\xe9", **C_LOCALE},
    "C locale": {"GMETUI_HOME": "HOME", **C_LOCALE},
    "deleted directory": {"GMETUI_HOME": "HOME"},
    "relative home in a deleted directory": {"GMETUI_HOME": "home"},
    **{name: {"GMETUI_HOME": "HOME", "PYTHONIOENCODING": name} for name in ENCODINGS},
}


def outcomes(
    directory: Path, environment: Mapping[str, str | bytes], commands: Sequence[Sequence[str]], name: str = ""
) -> list[Outcome]:
    home = os.fsencode(directory / "home")
    variables = {key: os.fsencode(value).replace(b"HOME", home) for key, value in environment.items()}
    return run_commands(
        commands,
        directory,
        variables,
        without_user=name == "no home, no user",
        deleted_directory=directory / "gone" if "deleted" in name else None,
    )


def check(outcome: Outcome, encoding: str = "utf-8") -> None:
    """Check that a command worked or failed in good order."""
    assert "Traceback" not in outcome.err, outcome
    assert outcome.code == 0 or outcome.code in ERROR_CODES, outcome
    if outcome.code:
        assert (
            outcome.err.startswith("gmetui")
            or "gmetui:" in outcome.err
            or ".toml" in outcome.err
            or b".toml:" in outcome.out
        ), outcome
    text = outcome.out.decode(encoding)
    if outcome.code == 0 and "json" in outcome.command:
        json.loads(text)


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) == command_names()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_command_works_or_says_why_not(name: str, tmp_path: Path) -> None:
    imported_list = tmp_path / "list.csv"
    imported_list.write_text(IMPORTED_LIST, encoding="utf-8")
    commands = all_commands(imported_list)
    results = outcomes(tmp_path, ENVIRONMENTS[name], commands, name)
    for outcome in results:
        is_file_content = "csv" in outcome.command or ("export" in outcome.command and "json" not in outcome.command)
        check(
            outcome, "latin-1" if "C locale" in name else "utf-8" if is_file_content else ENCODINGS.get(name, "utf-8")
        )
    if "home" not in name:
        failed = [outcome for outcome in results if outcome.code and not _is_meant_to_fail(outcome)]
        assert not failed


def _is_meant_to_fail(outcome: Outcome) -> bool:
    failing = ("no-such", "never", "99999")
    # The fixture need not agree with the bundled data, beside which `check` always reads it.
    return "check" in outcome.command or any(argument.startswith(failing) for argument in outcome.command)


@pytest.mark.parametrize("locale", [{}, C_LOCALE, {"PYTHONIOENCODING": "ascii"}])
def test_arguments_that_are_not_utf8(locale: dict[str, str | bytes], tmp_path: Path) -> None:
    commands = [
        ["search", "x", "--data", "\udcff"],
        ["search", "\udcff\udce9 río"],
        ["search", "--format", "json", "\udcff"],
        ["--list", "\udcff", "shortlist"],
        ["--list-file", "\udcff", "shortlist"],
        [*FIXTURE, "shortlist", "add", PROGRAM],
        [*FIXTURE, "shortlist", "add", "\udcff"],
        ["shortlist", "note", PROGRAM, "R\udcc3\udcado \udcff"],
        ["shortlist", "remark", PROGRAM, "\udce9", "\udce9"],
        ["shortlist", "status", PROGRAM, "\udce9"],
        ["shortlist", "tag", PROGRAM, "\udce9"],
        ["shortlist", "date", PROGRAM, "\udce9", "2027-01-15"],
        ["shortlist", "date", PROGRAM, "interview", "\udce9"],
        ["shortlist", "column", "\udce9", "--must", "\udce9"],
        ["shortlist", "set", PROGRAM, "\udce9", "\udce9"],
        ["shortlist", "versions", "\udce9"],
        ["shortlist", "--sort", "\udce9"],
        ["shortlist", "show", "--format", "json"],
        ["export", "--output", str(tmp_path / "\udce9" / "\udcff.csv")],
        ["import", "\udcff"],
        ["import", "\udcff", "--as", "shortlist"],
        ["imports", "remove", "\udcff"],
        ["check", "\udcff"],
        ["changes", "\udcff"],
        ["\udcff"],
        ["search", "--\udcff"],
    ]
    for outcome in outcomes(tmp_path, {"GMETUI_HOME": "HOME", **locale}, commands):
        check(outcome, "latin-1")
        if outcome.command[:2] == ("shortlist", "show"):
            assert json.loads(outcome.out)["programs"][0]["note"] == "Río \ufffd"
