"""Shared lists: a reviewer comments, the list itself is never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError, FileError
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.shortlist_store import ShortlistStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list with two programs and a comment by another reviewer."""
    shortlist = Shortlist(entries=(Entry("a", "A", "H"), Entry("b", "B", "H"))).with_comment("a", "Dr. Yang", "far")
    store = ShortlistStore(tmp_path / "shared.toml")
    store.save(shortlist, "created")
    return store.path


def test_comments_are_saved_in_a_separate_file(path: Path) -> None:
    before = path.read_bytes()
    store = ReviewStore(path, "Dr. Grey")
    store.save(store.load().with_comment("b", "Dr. Grey", "strong\nprogram"), "comment")
    assert path.read_bytes() == before
    assert store.comments_path == path.with_name("shared.remarks.toml")
    restarted = ReviewStore(path, "")
    assert dict(restarted.load().entries[1].comments) == {"Dr. Grey": "strong\nprogram"}
    assert restarted.reviewer == "Dr. Grey", "the name is in the file of comments"


def test_every_other_change_is_rejected(path: Path) -> None:
    before = path.read_bytes()
    store = ReviewStore(path, "Dr. Grey")
    shortlist = store.load()
    for changed in (
        shortlist.with_rating("a", 5),
        shortlist.without_entry("a"),
        shortlist.with_position("a", 1),
        shortlist.with_note("a", "x"),
        shortlist.with_comment("a", "Dr. Yang", "near"),
    ):
        with pytest.raises(FileError, match="read-only"):
            store.save(changed, "x")
    with pytest.raises(FileError, match="read-only"):
        store.rename_as_backup()
    assert path.read_bytes() == before
    assert not store.comments_path.exists()
    assert store.versions() == []


def test_comments_can_be_undone_and_redone(path: Path) -> None:
    store = ReviewStore(path, "Dr. Grey")
    store.save(store.load().with_comment("b", "Dr. Grey", "strong"), "comment")
    assert store.undo() == "your comment"
    assert not ReviewStore(path, "Dr. Grey").load().entries[1].comments
    assert store.undo() is None
    assert store.redo() == "your comment"
    assert ReviewStore(path, "Dr. Grey").load().entries[1].comments
    assert store.redo() is None


def test_a_new_comment_discards_what_could_be_redone(path: Path) -> None:
    store = ReviewStore(path, "Dr. Grey")
    store.save(store.load().with_comment("b", "Dr. Grey", "strong"), "comment")
    store.undo()
    store.save(store.shortlist.with_comment("a", "Dr. Grey", "weak"), "comment")
    assert store.redo() is None


@pytest.mark.parametrize("content", ["x = 1", "program = 1", "[["])
def test_a_file_that_is_no_list_is_reported(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=r"x\.toml"):
        ReviewStore(path, "x").load()


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        ReviewStore(tmp_path / "missing.toml", "x").load()


@pytest.mark.parametrize("content", ["program = 1", "[[program]]\nid = 'a'", "[[program]]\nremark = 'x'"])
def test_damaged_comments_are_reported(path: Path, content: str) -> None:
    path.with_name("shared.remarks.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=r"shared\.remarks\.toml.*untouched"):
        ReviewStore(path, "x").load()
