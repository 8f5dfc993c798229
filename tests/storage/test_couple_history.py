"""The earlier states of the file of a couple: a stack that grows with changes, shrinks with undo, and is bounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.planning.couples import CoupleChoices
from gmetui.storage.couple_history import MAX_STATES, earlier_states, write_change, write_undone
from gmetui.storage.couples import CoupleFile, PartnerSource, read_couple


def couple_within(miles: int) -> CoupleFile:
    return CoupleFile(PartnerSource(list_name="partner"), CoupleChoices(miles=miles))


def test_changes_are_remembered_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    assert earlier_states(path) == []
    write_change(path, couple_within(1), CoupleFile())
    write_change(path, couple_within(2), couple_within(1))
    assert read_couple(path) == couple_within(2)
    assert earlier_states(path) == [CoupleFile(), couple_within(1)]
    write_undone(path, couple_within(1))
    assert read_couple(path) == couple_within(1)
    assert earlier_states(path) == [CoupleFile()]


def test_the_oldest_states_are_deleted(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    for miles in range(MAX_STATES + 5):
        write_change(path, couple_within(miles + 1), couple_within(miles))
    states = earlier_states(path)
    assert len(states) == MAX_STATES
    assert states[-1] == couple_within(MAX_STATES + 4)


def test_damaged_states_and_other_files_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    write_change(path, couple_within(1), CoupleFile())
    write_change(path, couple_within(2), couple_within(1))
    (tmp_path / "default" / "000001.toml").write_text("order = ")
    (tmp_path / "default" / "notes.toml").write_text("mine")
    assert earlier_states(path) == [couple_within(1)]


def test_a_change_is_saved_where_its_history_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    (tmp_path / "default").write_text("a file where the directory would be")
    write_change(path, couple_within(1), CoupleFile())
    assert read_couple(path) == couple_within(1)
    write_undone(path, CoupleFile())
    assert earlier_states(path) == []


def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    blocked_path = tmp_path / "file"
    blocked_path.write_text("")
    with pytest.raises(FileError):
        write_change(blocked_path / "default.toml", couple_within(1), CoupleFile())
