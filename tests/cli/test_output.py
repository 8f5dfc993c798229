"""The one door to standard output and standard error."""

from __future__ import annotations

import ast
import io
import json
import sys
from pathlib import Path

import pytest

import gmetui.cli
from gmetui.cli import output
from gmetui.cli.arguments import decode_text
from gmetui.cli.record_output import columns_of
from gmetui.cli.table_output import RecordTable, TableStyle, aligned
from support import HOSTILE_TEXTS, is_harmless

SOURCE_FILES = sorted(Path(gmetui.cli.__file__).parent.rglob("*.py"))
#: What a file may use of the standard streams: only to ask what they are, or to read.
ALLOWED = {"prompts.py": {"stdin", "stderr"}, "explore.py": {"stdin", "stdout"}, "export.py": {"stdout"}}
ALLOWED |= {"couple.py": {"stdout"}}
ALLOWED |= {"terminal.py": {"stdout"}, "pager.py": {"stdout"}}
ALLOWED |= {"shortlist_edit.py": {"stdin"}, "season_calendar.py": {"stdin"}}


@pytest.mark.parametrize("file", SOURCE_FILES, ids=lambda file: file.name)
def test_only_the_output_module_prints(file: Path) -> None:
    """Whatever a command prints passes `print_line`, `print_status`, `write_json`, `write_table` or `write_bytes`."""
    if file.name == "output.py":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert getattr(node.func, "id", "") not in ("print", "input", "open"), node.lineno
            assert getattr(node.func, "attr", "") not in ("print", "print_exc"), node.lineno
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "sys" and node.attr.startswith("std"):
            assert node.attr in ALLOWED.get(file.name, set()), node.lineno


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_text_is_harmless(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    output.print_line(text)
    output.print_status(text)
    table = RecordTable(columns_of(text), ((text,),), columns_of(text)[0].key, ("https://example.org/\x1b",))
    output.write_table(table)
    assert is_harmless(aligned(table, TableStyle(20, has_links=True)))
    output.write_json({text: text})
    captured = capsys.readouterr()
    assert is_harmless(captured.out.replace("\t", " "))
    assert is_harmless(captured.err)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252"])
def test_json_can_be_read_in_every_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding, "backslashreplace")
    monkeypatch.setattr(sys, "stdout", stream)
    document = {"text": 'Río naïve – 🙂 日 \x7f \x9b \u202e \ud800 \\ " \n 👩‍⚕️'}
    output.write_json(document)
    stream.flush()
    content = stream.buffer.getvalue()
    assert json.loads(content.decode(encoding)) == document
    assert all(is_harmless(character) for character in content.decode(encoding))
    assert ("Río" in content.decode(encoding)) is (encoding == "utf-8")


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("plain", "plain"),
        ("Río", "Río"),
        ("R\udcc3\udcado", "Río"),
        ("\udcff", "\ufffd"),
        ("\ud800", "?"),
        ("a\x1b[2Jb\nc", "a[2Jb\nc"),
    ],
)
def test_arguments_become_texts(argument: str, expected: str) -> None:
    assert decode_text(argument) == expected


def test_what_nobody_foresaw_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> int:
        raise RuntimeError("a\x1b]52;c;x\x07\nb")

    monkeypatch.setattr("gmetui.cli.commands.paths.paths_command", fail)
    assert gmetui.cli.main(["paths"]) == 1
    message = capsys.readouterr().err
    assert message.startswith("gmetui: internal error in test_output.py:")
    assert message.endswith("RuntimeError: a]52;c;x b; GMETUI_DEBUG=1 shows the details for a report\n")
    monkeypatch.setenv("GMETUI_DEBUG", "1")
    assert gmetui.cli.main(["paths"]) == 1
    details = capsys.readouterr().err
    assert details.startswith("Traceback")
    assert is_harmless(details)


def test_errors_of_the_system_are_file_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise PermissionError(13, "Permission denied", "/a\x1b[2J")

    monkeypatch.setattr("gmetui.cli.commands.paths.paths_command", fail)
    assert gmetui.cli.main(["paths"]) == 4
    assert capsys.readouterr().err == "gmetui: cannot use /a[2J: Permission denied\n"
