from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.paths import user_paths
from gmetui.storage.shortlist_store import ShortlistStore, list_names
from gmetui.storage.storage_errors import BrokenFileError, FileError
from support import HOSTILE


@pytest.fixture
def store(home: Path) -> ShortlistStore:
    return ShortlistStore(user_paths().shortlist("default"))


def add(store: ShortlistStore, *ids: str) -> None:
    for own in ids:
        store.save(store.shortlist.added(Entry(own, own.upper(), "Hospital")), f"added {own}")


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.id for entry in shortlist]


def test_reading_makes_nothing(store: ShortlistStore, home: Path) -> None:
    assert ids(store.load()) == []
    assert store.versions() == []
    assert list_names(user_paths().shortlists) == []
    assert not home.exists()


def test_what_is_written_is_there_after_a_restart(store: ShortlistStore) -> None:
    add(store, "a", "b")
    store.save(store.shortlist.noted("a", "line\nline").with_status("b", "applied").moved("b", 0), "changed")
    again = ShortlistStore(store.path).load()
    assert again == store.shortlist
    assert ids(again) == ["b", "a"]
    assert again.entries[1].note == "line\nline"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_notes_come_back_harmless(store: ShortlistStore, text: str) -> None:
    store.save(Shortlist(entries=(Entry("a", text, text, text, text),)), "x")
    entry = ShortlistStore(store.path).load().entries[0]
    assert "\x1b" not in entry.name + entry.note + entry.status
    assert "\u202e" not in entry.name + entry.note


def test_unknown_keys_survive(store: ShortlistStore) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_text('mine = "kept"\n[[program]]\nid = "a"\nrating = 4\n[[program]]\nid = "b"\n', encoding="utf-8")
    store.load()
    add(store, "c")
    text = store.path.read_text(encoding="utf-8")
    assert 'mine = "kept"' in text
    assert "rating = 4" in text
    assert ids(ShortlistStore(store.path).load()) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[program]\nid = 1", "is not valid TOML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"program = 3", "must be [[program]] tables"),
        (b"[[program]]\nname = 'x'", "program[0].id: is missing"),
        (b"[[program]]\nid = 'a'\nnote = 3", "program[0].note: must be text"),
        (b"format = 99", "a newer gmetui"),
    ],
)
def test_a_broken_file_is_named_and_kept(store: ShortlistStore, content: bytes, said: str) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_bytes(content)
    with pytest.raises(BrokenFileError, match="default.toml") as caught:
        store.load()
    assert said in str(caught.value)
    with pytest.raises(BrokenFileError):
        store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert store.path.read_bytes() == content
    aside = store.set_aside()
    add(store, "a")
    assert aside.read_bytes() == content
    assert ids(ShortlistStore(store.path).load()) == ["a"]


def test_undo_and_redo_outlast_a_restart(store: ShortlistStore) -> None:
    add(store, "a", "b", "c")
    assert ShortlistStore(store.path).undo() == "added c"
    again = ShortlistStore(store.path)
    assert ids(again.load()) == ["a", "b"]
    assert again.undo() == "added b"
    assert again.redo() == "added b"
    assert again.redo() == "added c"
    assert again.redo() is None
    assert ids(again.shortlist) == ["a", "b", "c"]
    assert [again.undo() for _ in range(4)] == ["added c", "added b", "added a", None]
    assert ids(again.shortlist) == []
    assert [version.change for version in again.versions()] == ["added c", "added b", "added a"]


def test_a_change_after_undo_begins_a_new_line(store: ShortlistStore) -> None:
    add(store, "a", "b")
    store.undo()
    add(store, "c")
    assert store.redo() is None
    assert ids(store.shortlist) == ["a", "c"]
    store.undo()
    assert ids(store.shortlist) == ["a"]


def test_undo_leads_back_to_a_list_edited_by_hand(store: ShortlistStore) -> None:
    add(store, "a")
    edited = store.path.read_text(encoding="utf-8") + '\n[[program]]\nid = "hand"\n'
    store.path.write_text(edited, encoding="utf-8")
    fresh = ShortlistStore(store.path)
    fresh.load()
    add(fresh, "b")
    fresh.undo()
    assert ids(fresh.shortlist) == ["a", "hand"]


def test_undo_itself_loses_no_list_edited_by_hand(store: ShortlistStore) -> None:
    add(store, "a", "b")
    edited = store.path.read_text(encoding="utf-8") + '\n[[program]]\nid = "hand"\n'
    store.path.write_text(edited, encoding="utf-8")
    fresh = ShortlistStore(store.path)
    assert fresh.undo() == "edited by hand"
    assert ids(fresh.shortlist) == ["a", "b"]
    assert fresh.redo() == "edited by hand"
    assert ids(fresh.shortlist) == ["a", "b", "hand"]


def test_two_windows(store: ShortlistStore) -> None:
    add(store, "a", "b")
    one, two = ShortlistStore(store.path), ShortlistStore(store.path)
    one.load()
    two.load()
    one.save(one.shortlist.added(Entry("c")), "added c")
    two.save(two.shortlist.removed("a").noted("b", "x"), "changed")
    result = ShortlistStore(store.path).load()
    assert ids(result) == ["b", "c"]
    assert result.entries[0].note == "x"


def _add_many(path: Path, name: str) -> None:
    store = ShortlistStore(path)
    for number in range(5):
        store.load()
        store.save(store.shortlist.added(Entry(f"{name}{number}")), "added")


def test_several_copies_at_once_keep_everything(store: ShortlistStore) -> None:
    workers = [multiprocessing.Process(target=_add_many, args=(store.path, name)) for name in "pqrs"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(store.load()) == 20


def test_a_failed_write_leaves_the_old_file(store: ShortlistStore, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_permissions_and_links_stay(store: ShortlistStore, tmp_path: Path) -> None:
    add(store, "a")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.path.chmod(0o640)
    real = tmp_path / "dotfiles.toml"
    store.path.rename(real)
    store.path.symlink_to(real)
    linked = ShortlistStore(store.path)
    linked.load()
    linked.save(linked.shortlist.added(Entry("b")), "added b")
    assert store.path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert ids(ShortlistStore(real).load()) == ["a", "b"]


@pytest.mark.parametrize("name", ["../x", "A", "", "a/b", ".hidden", "a b"])
def test_a_list_cannot_be_named_out_of_its_place(home: Path, name: str) -> None:
    with pytest.raises(FileError, match="cannot name a list"):
        user_paths().shortlist(name)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rating = 9", "rating: must be a whole number"),
        ("rating = true", "rating:"),
        ('tags = "x"', "tags: must be a list"),
    ],
)
def test_wrong_remarks_are_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(f'format = 1\n[[program]]\nid = "a"\n{line}\n', encoding="utf-8")
    with pytest.raises(BrokenFileError, match=said):
        ShortlistStore(file).load()


def test_remarks_there_and_back_and_former_versions(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "x.toml")
    one = store.save(store.load().added(Entry("a", "A", "H")), "added A")
    two = store.save(one.rated("a", 4).tagged("a", ["near home"]), "rated A")
    assert ShortlistStore(tmp_path / "x.toml").load() == two
    kept = store.version(1)
    assert kept is not None
    assert kept.entries == one.entries
    assert store.version(9) is None
