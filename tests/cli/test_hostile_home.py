"""A home whose files attack the terminal: nothing but text and line breaks reaches standard output and error."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.all_commands import IMPORTED_LIST, OTHER_PROGRAM, PROGRAM, all_commands
from gmetui.cli import main
from support import is_harmless

#: Writes the clipboard, opens a link, clears the screen, reverses the text, ends a line.
ATTACK = (
    "\x1b]52;c;aGk=\x07\x1b]8;;http://evil.example\x1b\\\x1b[2J\u202e\x9b31m\x9d0;x\x9c\u2066\u200b\x00\x08\r\x85\u2028"
)
ATTACKED_FILE_NAME = ATTACK.replace("\x00", "").replace("/", "")
PLACEHOLDER = "Z X Q"  # with spaces, so that TOML quotes it as a key too
FILE_CONTENT_FORMATS = {"csv", "tsv", "ics"}  # with the line breaks and tabs of these formats
COLUMNS = "Program,Institution,State,Specialty,Requirements,Website\n"

pytestmark = [
    pytest.mark.usefixtures("fixture_data"),
    pytest.mark.skipif(os.name != "posix", reason="file names that Windows doesn't allow"),
]


def fill_home(directory: Path) -> None:
    """Make a home in which every text that a user or a file can give holds the placeholder."""
    imported = directory / f"{PLACEHOLDER}.csv"
    row = f"{PLACEHOLDER} Cardiology {{}},{PLACEHOLDER} Hospital,TX,Cardiology,{PLACEHOLDER},\n"
    rows = row.format(1) + row.format(2)
    imported.write_text(COLUMNS + rows)
    importing = ["import", str(imported), "--as", "programs"]
    for command in (
        ["shortlist", "add", PROGRAM, OTHER_PROGRAM],
        ["shortlist", "note", PROGRAM, PLACEHOLDER],
        ["shortlist", "remark", PROGRAM, PLACEHOLDER, PLACEHOLDER],
        ["shortlist", "status", PROGRAM, PLACEHOLDER],
        ["shortlist", "tag", PROGRAM, PLACEHOLDER],
        ["shortlist", "date", PROGRAM, PLACEHOLDER, "2027-01-15"],
        ["shortlist", "column", PLACEHOLDER, "--must", PLACEHOLDER],
        ["shortlist", "set", PROGRAM, PLACEHOLDER, PLACEHOLDER],
        [*importing, "--name", "mine", "--source", PLACEHOLDER, "--as-of", f"2026 {PLACEHOLDER}"],
        [*importing, "--name", "removed"],
        ["imports", "remove", "removed"],
        ["export", "--format", "toml", "--output", str(directory / "shared.toml")],
        ["--list-file", str(directory / "shared.toml"), "--by", PLACEHOLDER, "shortlist", "note", PROGRAM, PLACEHOLDER],
    ):  # fmt: skip
        assert main(command) == 0, command
    home = directory / "home"
    list_file = home / "shortlists" / "default.toml"
    undeclared = f'[program.own]\n"undeclared {PLACEHOLDER}" = "{PLACEHOLDER}"'
    text = list_file.read_text(encoding="utf-8").replace("[program.own]", undeclared, 1)
    for name in ("name", "institution"):
        text = text.replace(f'\n{name} = "', f'\n{name} = "{PLACEHOLDER} ')
    list_file.write_text(text, encoding="utf-8")
    settings = f'theme = "{PLACEHOLDER}"\n"{PLACEHOLDER}" = 1\n[keys]\n"{PLACEHOLDER}" = "{PLACEHOLDER}"\n'
    settings += f'[searches]\n"{PLACEHOLDER}" = "{PLACEHOLDER}"\n'
    (home / "settings.toml").write_text(settings)


def attack(directory: Path) -> int:
    """Put the attack in place of the placeholders in every file, and return how many files had one."""
    escaped = json.dumps(ATTACK)[1:-1].encode()
    changed = 0
    for file in [path for path in directory.rglob("*") if path.is_file()]:
        content = file.read_bytes()
        is_packed = content.startswith(b"\x1f\x8b")
        text = gzip.decompress(content) if is_packed else content
        if PLACEHOLDER.encode() in text:
            changed += 1
            text = text.replace(PLACEHOLDER.encode(), escaped)
            file.write_bytes(gzip.compress(text) if is_packed else text)
    return changed


def outputs(capsys: pytest.CaptureFixture[str], commands: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    capsys.readouterr()
    for command in commands:
        code = main(command)
        captured = capsys.readouterr()
        assert code in (0, 2, 3, 4, 5), (command, captured.err)
        yield command, captured.out
        yield command, captured.err


def check_harmless(command: list[str], output: str) -> None:
    is_file_content = "export" in command and FILE_CONTENT_FORMATS & set(command)
    text = output.replace("\t", "").replace("\ufeff", "") if is_file_content or "csv" in command else output
    text = text.replace("\r\n", "\n")
    harmful = sorted(
        {f"{ord(letter):x}" for letter in text if letter == "\r" or not (letter == "\t" or is_harmless(letter))}
    )
    assert not harmful, (command, harmful)


def commands_on(directory: Path) -> list[list[str]]:
    listing = directory / "list.csv"
    listing.write_text(IMPORTED_LIST, encoding="utf-8")
    commands = [command[3:] for command in all_commands(listing)]  # without the options for the fixture data
    shared = ["--list-file", str(directory / "shared.toml"), "shortlist"]
    return [
        *([*shared, *arguments] for arguments in ([], ["dates"], ["columns"], ["--format", "json"])),
        ["import", str(directory / f"{PLACEHOLDER}.csv"), "--as", "programs", "--dry-run", "--verbose"],
        ["import", str(directory / f"{PLACEHOLDER}.csv"), "--as", "shortlist", "--dry-run"],
        *commands,
    ]


def test_values_of_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_home(tmp_path)
    assert attack(tmp_path) > 10
    reached = 0
    for command, output in outputs(capsys, commands_on(tmp_path)):
        check_harmless(command, output)
        reached += "]52;c;aGk=" in output
    assert reached > 25  # the attack is shown as text in many places


def test_damaged_files_are_quoted_harmlessly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_home(tmp_path)
    attack(tmp_path)
    broken = f"{ATTACK} = {ATTACK}\n[{ATTACK}".encode()
    for file in (tmp_path / "home").rglob("*"):
        if file.is_file():
            file.write_bytes(broken)
    (tmp_path / "shared.toml").write_bytes(broken)
    for command, output in outputs(capsys, commands_on(tmp_path)):
        check_harmless(command, output)


def test_file_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_home(tmp_path)
    for directory in [tmp_path, *(path for path in (tmp_path / "home").rglob("*") if path.is_dir())]:
        for extension in (".toml", ".toml.gz", ".json.gz", ".csv"):
            (directory / f"{ATTACKED_FILE_NAME}{extension}").write_text("x = ")
    hostile_paths = [tmp_path / f"{ATTACKED_FILE_NAME}{extension}" for extension in (".toml", ".csv")]
    commands = commands_on(tmp_path)
    for path in hostile_paths:
        commands += [
            ["search", "x", "--data", str(path)],
            ["check", str(path)],
            ["import", str(path)],
            ["import", str(path), "--as", "programs"],
            ["--list-file", str(path), "shortlist"],
            ["export", "--output", str(path)],
            ["changes", str(path)],
        ]
    for command, output in outputs(capsys, commands):
        check_harmless(command, output)


def test_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands: list[list[str]] = [[ATTACK], ["search", f"--{ATTACK}"], ["--list", ATTACK, "shortlist"]]
    names = ("search", "show", "institutions", "sites", "services", "specialties", "export", "complete")
    commands += [[name, argument] for name in names for argument in (ATTACK, f"kind:{ATTACK}")]
    shortlist_arguments = (["note", ATTACK, "x"], ["--sort", ATTACK], ["versions", ATTACK], ["order", ATTACK])
    commands += [["shortlist", *arguments] for arguments in shortlist_arguments]
    commands += [["imports", "remove", ATTACK], ["imports", "undo", ATTACK], ["import", ATTACK]]
    for command, output in outputs(capsys, commands):
        check_harmless(command, output)
