"""Lists that were brought in: kept whole or not at all, with the one before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gmetui.storage.import_store import Imports
from gmetui.storage.storage_errors import FileError


@pytest.fixture
def store(tmp_path: Path) -> Imports:
    """Nothing brought in yet."""
    return Imports(tmp_path / "programs", tmp_path / "columns.json")


HEAD = '[import]\ntitle = "{}"\nfile = "x"\nprograms = 3\nbrought = "2026-11-22"\n\n[[page]]\nbroken ='


def test_a_list_is_written_whole_or_not_at_all(store: Imports) -> None:
    store.write("a", [HEAD.format("first")])

    def stops() -> Iterator[str]:
        yield HEAD.format("second")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write("a", stops())
    assert [own.title for own in store.all()] == ["first"]
    left = sorted(file.name for file in store.path("a").parent.iterdir())
    assert left == ["a.toml", "a.toml.lock"], "nothing is left behind"


def test_two_that_write_at_once_leave_a_whole_list_and_a_whole_one_before(store: Imports) -> None:
    texts = {HEAD.format(name) + "x" * 20_000 for name in "abcd"}

    def write(text: str) -> None:
        for _ in range(10):
            store.write("a", (text[place : place + 999] for place in range(0, len(text), 999)))

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(2):
        assert store.path("a").read_text(encoding="utf-8") in texts
        assert store.undo("a")


def test_the_one_before_comes_back(store: Imports) -> None:
    assert not store.undo("a")
    for title in ("first", "second"):
        store.write("a", [HEAD.format(title)])
    for title in ("first", "second", "first"):
        assert store.undo("a")
        assert [own.title for own in store.all()] == [title]
    store.remove("a")
    assert store.all() == []
    assert store.removed() == ["a"]
    assert store.undo("a")
    assert [own.title for own in store.all()] == ["first"]


def test_names_cannot_lead_elsewhere(store: Imports) -> None:
    for name in ("../a", "a/b", "", "A", ".a"):
        with pytest.raises(FileError):
            store.write(name, ["x"])
        assert store.kept(name) is None


def test_a_spoilt_head_is_named(store: Imports) -> None:
    for content in ("", "[import]\ntitle = ", "\xff", "import = 3", "[import]\ntitle = 3\nprograms = 'x'\n"):
        store.write("a", [content])
        own = store.all()[0]
        assert own.name == "a"
        assert own.trouble or own.programs == 0


def test_columns_are_remembered_and_bounded(store: Imports, tmp_path: Path) -> None:
    for number in range(250):
        store.remember_columns(f"shape {number}", {"x": "city"})
    assert store.columns("shape 249") == {"x": "city"}
    assert store.columns("shape 0") == {}
    (tmp_path / "columns.json").write_text("[1, 2", encoding="utf-8")
    assert store.columns("shape 249") == {}
    store.remember_columns("shape 1", {"y": "state"})
    assert store.columns("shape 1") == {"y": "state"}
