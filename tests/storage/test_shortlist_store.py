"""Lists on disk: saving, merging, undo, and files that are damaged, edited by hand or gone."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import stat
from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError, FileError
from gmetui.shortlist.columns import custom_column
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.paths import user_paths
from gmetui.storage.shortlist_store import ShortlistStore, list_names


@pytest.fixture
def store(home: Path) -> ShortlistStore:
    return ShortlistStore(user_paths().shortlist("default"))


def add(store: ShortlistStore, *program_ids: str) -> None:
    for program_id in program_ids:
        entry = Entry(program_id, program_id.upper(), "Hospital")
        store.save(store.shortlist.with_entry(entry), f"added {program_id}")


def append_program(store: ShortlistStore, program_id: str) -> None:
    """Edit the file by hand."""
    with store.path.open("a", encoding="utf-8") as file:
        file.write(f'\n[[program]]\nid = "{program_id}"\n')


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


def loaded(path: Path) -> ShortlistStore:
    store = ShortlistStore(path)
    store.load()
    return store


def test_reading_creates_no_files(store: ShortlistStore, home: Path) -> None:
    assert ids(store.load()) == []
    assert store.versions() == []
    assert list_names(user_paths().shortlists) == []
    assert not home.exists()


def test_saved_list_survives_a_restart(store: ShortlistStore) -> None:
    add(store, "a", "b")
    store.save(
        store.shortlist.with_note("a", "line\nline").with_status("b", "applied").with_position("b", 0), "changed"
    )
    shortlist = ShortlistStore(store.path).load()
    assert shortlist == store.shortlist
    assert ids(shortlist) == ["b", "a"]
    assert shortlist.entries[1].note == "line\nline"


def test_list_names_leave_out_backups(store: ShortlistStore) -> None:
    add(store, "a")
    ShortlistStore(user_paths().shortlist("second-choice")).save(Shortlist(entries=(Entry("a"),)), "added")
    store.path.with_name("default.broken-1.toml").write_text("", encoding="utf-8")
    assert list_names(user_paths().shortlists) == ["default", "second-choice"]


@pytest.mark.parametrize("content", [b"[[program]\nid = 1", b"\xff\xfe\x00", b"format = 99", b"x = " + b"9" * 5000])
def test_damaged_list_is_reported_and_backed_up(store: ShortlistStore, content: bytes) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_bytes(content)
    with pytest.raises(DamagedFileError, match=r"default\.toml.*untouched"):
        store.load()
    with pytest.raises(DamagedFileError):
        store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert store.path.read_bytes() == content
    backup = store.rename_as_backup()
    assert backup.name == "default.broken-1.toml"
    add(store, "a")
    assert backup.read_bytes() == content
    assert ids(ShortlistStore(store.path).load()) == ["a"]


def test_second_backup_does_not_overwrite_the_first(store: ShortlistStore) -> None:
    store.path.parent.mkdir(parents=True)
    for content in ("first", "second"):
        store.path.write_text(content, encoding="utf-8")
        store.rename_as_backup()
    contents = [store.path.with_name(f"default.broken-{number}.toml").read_text("utf-8") for number in (1, 2)]
    assert contents == ["first", "second"]


# Undo and redo.


def test_undo_and_redo_survive_a_restart(store: ShortlistStore) -> None:
    add(store, "a", "b", "c")
    assert ShortlistStore(store.path).undo() == "added c"
    restarted = ShortlistStore(store.path)
    assert ids(restarted.load()) == ["a", "b"]
    assert restarted.undo() == "added b"
    assert restarted.redo() == "added b"
    assert restarted.redo() == "added c"
    assert restarted.redo() is None
    assert ids(restarted.shortlist) == ["a", "b", "c"]
    assert [restarted.undo() for _ in range(4)] == ["added c", "added b", "added a", None]
    assert ids(restarted.shortlist) == []
    assert [version.change for version in restarted.versions()] == ["added c", "added b", "added a"]


def test_a_change_after_undo_replaces_what_could_be_redone(store: ShortlistStore) -> None:
    add(store, "a", "b")
    store.undo()
    add(store, "c")
    assert store.redo() is None
    assert ids(store.shortlist) == ["a", "c"]
    store.undo()
    assert ids(store.shortlist) == ["a"]


def test_a_change_after_several_undos_cannot_be_followed_by_redo(store: ShortlistStore) -> None:
    add(store, "a", "b", "c")
    store.undo()
    store.undo()
    add(store, "d")
    assert store.redo() is None
    assert ids(store.shortlist) == ["a", "d"]


def test_undo_leads_back_to_a_manual_edit(store: ShortlistStore) -> None:
    add(store, "a")
    append_program(store, "manual")
    restarted = loaded(store.path)
    add(restarted, "b")
    restarted.undo()
    assert ids(restarted.shortlist) == ["a", "manual"]


def test_undo_undoes_a_manual_edit(store: ShortlistStore) -> None:
    add(store, "a", "b")
    append_program(store, "manual")
    restarted = ShortlistStore(store.path)
    assert restarted.undo() == "edited by hand"
    assert ids(restarted.shortlist) == ["a", "b"]
    assert restarted.redo() == "edited by hand"
    assert ids(restarted.shortlist) == ["a", "b", "manual"]


def test_undo_leads_back_to_columns_edited_by_hand(store: ShortlistStore) -> None:
    shortlist = Shortlist(entries=(Entry("a"),)).with_column(custom_column("near", "1-5", 3))
    store.save(shortlist, "created")
    store.path.write_text(store.path.read_text("utf-8").replace("weight = 3", "weight = 9"), encoding="utf-8")
    restarted = loaded(store.path)
    restarted.save(restarted.shortlist.with_rating("a", 4), "rated")
    assert restarted.undo() == "rated"
    assert restarted.shortlist.columns[0].weight == 9
    assert restarted.undo() == "edited by hand"
    assert restarted.shortlist.columns[0].weight == 3


# Several copies of gmetui.


def test_changes_of_two_copies_are_merged(store: ShortlistStore) -> None:
    add(store, "a", "b")
    first, second = loaded(store.path), loaded(store.path)
    first.save(first.shortlist.with_entry(Entry("c")), "added c")
    second.save(second.shortlist.without_entry("a").with_note("b", "x"), "changed")
    shortlist = ShortlistStore(store.path).load()
    assert ids(shortlist) == ["b", "c"]
    assert shortlist.entries[0].note == "x"


def test_an_empty_base_is_a_base(store: ShortlistStore) -> None:
    """A list that is shown as empty while its file is still being read must not remove what is in the file."""
    add(store, "a")
    other = loaded(store.path)
    other.save(Shortlist(other.name).with_entry(Entry("b")), "added b", base=Shortlist(other.name))
    assert sorted(ids(ShortlistStore(store.path).load())) == ["a", "b"]


def test_copies_that_save_in_turn_keep_each_others_changes(store: ShortlistStore) -> None:
    add(store, "a")
    other = loaded(store.path)
    for number in range(3):
        add(store, f"ours-{number}")
        add(other, f"theirs-{number}")
    assert len(ShortlistStore(store.path).load()) == 7


def test_a_change_by_another_copy_is_noticed(store: ShortlistStore) -> None:
    add(store, "a")
    assert not store.changed_by_others()
    other = loaded(store.path)
    other.save(other.shortlist.with_rating("a", 3), "rated")
    assert store.changed_by_others()
    assert store.load().entries[0].rating == 3
    assert not store.changed_by_others()


def _add_five(path: Path, prefix: str) -> None:
    store = ShortlistStore(path)
    for number in range(5):
        store.load()
        store.save(store.shortlist.with_entry(Entry(f"{prefix}{number}")), "added")


def test_simultaneous_saves_lose_nothing(store: ShortlistStore) -> None:
    workers = [multiprocessing.Process(target=_add_five, args=(store.path, prefix)) for prefix in "pqrs"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(store.load()) == 20


# Failures.


def test_failed_write_leaves_the_old_file(store: ShortlistStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "a")
    before = store.path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match="No space left on device"):
        add(store, "b")
    monkeypatch.undo()
    assert store.path.read_bytes() == before
    assert not list(store.path.parent.glob(".*.tmp"))


def test_failed_save_cannot_be_redone(store: ShortlistStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "a")

    def fail(path: Path, content: str) -> None:
        raise FileError("gmetui: cannot write")

    monkeypatch.setattr("gmetui.storage.shortlist_store.write_atomic", fail)
    with pytest.raises(FileError):
        add(store, "b")
    monkeypatch.undo()
    restarted = loaded(store.path)
    assert restarted.redo() is None
    assert [version.change for version in restarted.versions()] == ["added a"]


def test_list_of_a_deleted_directory_is_written_again(store: ShortlistStore) -> None:
    add(store, "a", "b")
    shutil.rmtree(store.path.parent)
    assert store.changed_by_others()
    store.save(store.shortlist.with_rating("a", 2), "rated")
    assert ids(ShortlistStore(store.path).load()) == ["a", "b"]


def test_unwritable_directory_is_reported(store: ShortlistStore) -> None:
    add(store, "a")
    before = store.path.read_bytes()
    moved_directory = store.path.parent.with_name("moved")
    store.path.parent.rename(moved_directory)
    store.path.parent.write_text("a file in the place of the directory", encoding="utf-8")
    with pytest.raises(FileError, match="cannot"):
        store.save(store.shortlist.with_rating("a", 2), "rated")
    assert (moved_directory / "default.toml").read_bytes() == before


def test_permissions_and_symbolic_links_are_kept(store: ShortlistStore, tmp_path: Path) -> None:
    add(store, "a")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.path.chmod(0o640)
    real_file = tmp_path / "dotfiles.toml"
    store.path.rename(real_file)
    store.path.symlink_to(real_file)
    linked = loaded(store.path)
    linked.save(linked.shortlist.with_entry(Entry("b")), "added b")
    assert store.path.is_symlink()
    assert stat.S_IMODE(real_file.stat().st_mode) == 0o640
    assert ids(ShortlistStore(real_file).load()) == ["a", "b"]


@pytest.mark.parametrize("name", ["../x", "A", "", "a/b", ".hidden", "a b"])
def test_name_cannot_lead_out_of_the_directory(home: Path, name: str) -> None:
    with pytest.raises(FileError, match="cannot name a list"):
        user_paths().shortlist(name)
