"""Imported lists: written atomically, with the previous version of each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.storage.import_store import ImportStore

HEAD = '[import]\ntitle = "{}"\nfile = "x"\nprograms = 3\nbrought = "2026-11-22"\n\n[[page]]\nbroken ='


@pytest.fixture
def store(tmp_path: Path) -> ImportStore:
    return ImportStore(tmp_path / "programs")


def titles(store: ImportStore) -> list[str]:
    return [imported.title for imported in store.lists()]


def test_head_of_a_file_describes_the_list(store: ImportStore) -> None:
    store.write("a", [HEAD.format("First")])
    imported = store.lists()[0]
    assert imported.path == store.find("a")
    assert (imported.name, imported.title, imported.source_file) == ("a", "First", "x")
    assert (imported.program_count, imported.imported_on, imported.error) == (3, "2026-11-22", "")


def test_interrupted_write_leaves_the_old_list(store: ImportStore) -> None:
    store.write("a", [HEAD.format("first")])

    def interrupted() -> Iterator[str]:
        yield HEAD.format("second")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write("a", interrupted())
    assert titles(store) == ["first"]
    assert sorted(file.name for file in store.path("a").parent.iterdir()) == ["a.toml", "a.toml.lock"]


def test_simultaneous_writes_leave_complete_files(store: ImportStore) -> None:
    texts = {HEAD.format(name) + "x" * 20_000 for name in "abcd"}

    def write(text: str) -> None:
        for _ in range(10):
            store.write("a", (text[start : start + 999] for start in range(0, len(text), 999)))

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(2):
        assert store.path("a").read_text(encoding="utf-8") in texts
        assert store.undo("a")


def test_undo_swaps_the_last_two_versions(store: ImportStore) -> None:
    assert not store.undo("a")
    for title in ("first", "second"):
        store.write("a", [HEAD.format(title)])
    for title in ("first", "second", "first"):
        assert store.undo("a")
        assert titles(store) == [title]


def test_undo_removes_a_new_list_and_restores_it(store: ImportStore) -> None:
    store.write("a", [HEAD.format("removed")])
    store.remove("a")
    store.write("a", [HEAD.format("new")])
    for expected in ([], ["new"], []):
        assert store.undo("a")
        assert titles(store) == expected


def test_writing_tells_whether_the_list_changed(store: ImportStore) -> None:
    assert store.write("a", [HEAD.format("first")])
    assert store.write("a", [HEAD.format("second")])
    assert not store.write("a", [HEAD.format("second")])


def test_undo_restores_a_removed_list(store: ImportStore) -> None:
    store.write("a", [HEAD.format("first")])
    store.remove("a")
    assert store.lists() == []
    assert store.removed_names() == ["a"]
    assert store.undo("a")
    assert titles(store) == ["first"]
    assert store.removed_names() == []


def test_removing_a_missing_list_is_reported(store: ImportStore) -> None:
    with pytest.raises(FileError, match="cannot write"):
        store.remove("a")


@pytest.mark.parametrize("name", ["../a", "a/b", "", "A", ".a"])
def test_name_cannot_lead_out_of_the_directory(store: ImportStore, name: str) -> None:
    with pytest.raises(FileError, match="cannot name a list"):
        store.write(name, ["x"])
    assert store.find(name) is None


@pytest.mark.parametrize(
    "content", ["", "[import]\ntitle = ", "\xff", "import = 3", "[import]\ntitle = 3\nprograms = 'x'\n"]
)
def test_damaged_head_is_reported(store: ImportStore, content: str) -> None:
    store.write("a", [content])
    imported = store.lists()[0]
    assert imported.name == "a"
    assert imported.error or imported.program_count == 0
