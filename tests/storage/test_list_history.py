"""The versions of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.shortlist_store import ShortlistStore


@pytest.fixture
def store(tmp_path: Path) -> ShortlistStore:
    return ShortlistStore(tmp_path / "default.toml", version_limit=10)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "history" / "default"


def save_notes(store: ShortlistStore, count: int) -> None:
    shortlist = Shortlist(entries=(Entry("a", "A", "H"), Entry("b", "B", "H")))
    for number in range(1, count + 1):
        store.save(shortlist.with_note("a", f"note {number}"), f"noted {number}")


def test_only_the_newest_versions_are_kept(store: ShortlistStore) -> None:
    save_notes(store, 25)
    versions = store.versions()
    assert [(version.revision, version.change) for version in versions] == [
        (number, f"noted {number}") for number in range(25, 15, -1)
    ]
    assert {version.program_count for version in versions} == {2}
    assert store.version(15) is None
    assert [store.undo() for _ in range(11)] == [f"noted {number}" for number in range(25, 16, -1)] + [None, None]


def test_version_holds_the_list_after_the_change(store: ShortlistStore) -> None:
    save_notes(store, 3)
    version = store.version(2)
    assert version is not None
    assert version.entries[0].note == "note 2"
    assert store.version(9) is None


def test_version_of_a_day_is_the_last_one_until_then(store: ShortlistStore) -> None:
    save_notes(store, 3)
    assert store.version_on("2999-01-01") == store.versions()[0]
    assert store.version_on("2000-01-01") is None


def test_early_versions_that_are_not_compressed(store: ShortlistStore, history: Path) -> None:
    save_notes(store, 1)
    (history / "000001.toml.gz").unlink()
    text = 'saved_at = "2026-01-02T00:00:00+00:00"\nchange = "early"\nformat = 1\n[[program]]\nid = "a"\n'
    (history / "000001.toml").write_text(text, encoding="utf-8")
    assert [(version.change, version.program_count) for version in store.versions()] == [("early", 1)]
    version = store.version(1)
    assert version is not None
    assert [entry.id for entry in version] == ["a"]


def test_damaged_version_does_not_hide_the_others(store: ShortlistStore, history: Path) -> None:
    save_notes(store, 3)
    damaged = history / "000002.toml.gz"
    damaged.write_bytes(damaged.read_bytes()[:30])
    assert [version.revision for version in store.versions()] == [3, 1]
    assert store.version(2) is None


@pytest.mark.parametrize("name", ["000001 2.toml.gz", "000001-LAPTOP.toml.gz", "1abc.toml.gz", "1~.toml", "9.toml.bak"])
def test_other_files_are_ignored_and_kept(store: ShortlistStore, history: Path, name: str) -> None:
    save_notes(store, 1)
    (history / name).write_text("anything", encoding="utf-8")
    save_notes(store, 2)
    assert [version.change for version in store.versions()] == ["noted 2", "noted 1"]
    assert (history / name).exists()


def test_text_of_a_change_is_sanitized(store: ShortlistStore) -> None:
    store.save(Shortlist(entries=(Entry("a"),)), "added a\x1b[2J")
    assert store.versions()[0].change == "added a[2J"


def test_emptied_settings_do_not_cost_what_a_higher_limit_kept(tmp_path: Path) -> None:
    """With the default limit, no more versions go than come, even if the user's own limit was higher."""
    store = ShortlistStore(tmp_path / "default.toml", version_limit=1000)
    save_notes(store, 1)
    history = tmp_path / "history" / "default"
    for revision in range(2, 700):
        (history / f"{revision:06}.toml.gz").write_bytes((history / "000001.toml.gz").read_bytes())
    restarted = ShortlistStore(store.path)
    restarted.load()
    restarted.save(restarted.shortlist.with_note("a", "new"), "noted")
    assert len(restarted.versions()) == 699
    lowered = ShortlistStore(store.path, version_limit=20)
    lowered.load()
    lowered.save(lowered.shortlist.with_note("a", "newer"), "noted")
    assert len(lowered.versions()) == 20
