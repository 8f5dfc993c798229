"""The file of what was passed over: what two gmetui write, hostile texts, and a write that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.shortlist.triage import PassedProgram, Triage
from gmetui.storage.triage_file import change_triage, read_triage
from support import HOSTILE_TEXTS


def test_no_file_and_no_change(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    assert read_triage(path) == Triage()
    assert change_triage(path, lambda triage: triage) == Triage()
    assert not path.exists()


def test_changes_of_two_explorers_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    change_triage(path, lambda triage: triage.with_programs([PassedProgram("a", "no")]))
    both = change_triage(
        path, lambda triage: triage.with_programs([PassedProgram("b", "maybe", "B", "H", "2026-11-22")])
    )
    assert both == read_triage(path)
    assert read_triage(path).verdicts == {"a": "no", "b": "maybe"}
    assert path.stat().st_mode & 0o077 == 0


def test_hostile_names_come_back_harmless(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    passed = [PassedProgram(f"p{number}", "no", text, text) for number, text in enumerate(HOSTILE_TEXTS)]
    change_triage(path, lambda triage: triage.with_programs(passed))
    for program in read_triage(path):
        assert "\x1b" not in program.name
        assert "\u202e" not in program.institution


def test_a_write_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "triage.toml"
    change_triage(path, lambda triage: triage.with_programs([PassedProgram("a", "no")]))
    before = path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise FileError("gmetui: cannot write triage.toml: no space left on device")

    monkeypatch.setattr("gmetui.storage.triage_file.write_atomic", fail)
    with pytest.raises(FileError):
        change_triage(path, lambda triage: triage.without({"a"}))
    assert path.read_bytes() == before
