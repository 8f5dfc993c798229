"""Editing a note in the user's editor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.storage.external_editor import edit_text, editor_command


@pytest.fixture(autouse=True)
def _no_visual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_edited_text_is_returned_and_sanitized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\nprintf "more\\033[2J\\n" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{script}'")
    assert edit_text("first") == "first\nmore[2J"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("false", "false failed with exit code 1; the note is unchanged"),
        ("no-such-editor-anywhere", "cannot run no-such-editor-anywhere"),
        ("", "set EDITOR"),
        ("'unbalanced", "set EDITOR"),
    ],
)
def test_failing_editor_is_reported(monkeypatch: pytest.MonkeyPatch, command: str, message: str) -> None:
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(FileError, match=message):
        edit_text("first")


def test_visual_wins_over_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    assert editor_command() == ["nano"]
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_command() == ["code", "--wait"]


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
@pytest.mark.parametrize(
    "command", ['rm "$1"', 'rm "$1"; mkfifo "$1"', 'rm "$1"; ln -s /dev/zero "$1"', 'rm "$1"; mkdir "$1"']
)
def test_editor_that_removes_the_file_leaves_the_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    with pytest.raises(FileError, match="removed or replaced the file of the note; the note is unchanged"):
        edit_text("first")
