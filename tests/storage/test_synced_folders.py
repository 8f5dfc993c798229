"""Folders that a cloud drive syncs: conflicted copies and other junk are ignored with a notice, never fatal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError, FileError
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.fact_changes import fingerprint
from gmetui.storage.fact_snapshots import FactSnapshots
from gmetui.storage.import_store import ImportStore
from gmetui.storage.shortlist_store import ShortlistStore, ignored_lists_notice, list_names

STEMS = ("000001 2", "000001 (conflicted copy 2026-11-26)", "000001-LAPTOP", "1~", "9junk", "٣")


def make_directory(path: Path) -> None:
    (path / "inner").mkdir(parents=True)


def make_file(path: Path) -> None:
    path.write_bytes(b"junk")


@pytest.mark.parametrize("make_junk", [make_file, make_directory])
@pytest.mark.parametrize("stem", STEMS)
def test_junk_in_the_history_is_ignored_with_a_notice(
    tmp_path: Path, stem: str, make_junk: Callable[[Path], None]
) -> None:
    store = ShortlistStore(tmp_path / "default.toml", version_limit=10)
    for number in range(3):
        store.save(Shortlist(entries=(Entry("a", note=f"note {number}"),)), "noted")
    junk = tmp_path / "history" / "default" / f"{stem}.toml.gz"
    make_junk(junk)
    restarted = ShortlistStore(store.path, version_limit=10)
    restarted.load()
    assert any(stem in notice and "\n" not in notice for notice in restarted.notices)
    for number in range(20):
        restarted.save(restarted.shortlist.with_note("a", f"later {number}"), "noted")
    assert restarted.undo() == "noted"
    assert [version.revision for version in restarted.versions()] == list(range(23, 13, -1))
    assert junk.exists()


@pytest.mark.parametrize("make_junk", [make_file, make_directory])
@pytest.mark.parametrize("stem", STEMS)
def test_junk_beside_the_snapshots_is_ignored(tmp_path: Path, stem: str, make_junk: Callable[[Path], None]) -> None:
    facts = {"name": ("A",)}
    snapshots = FactSnapshots(tmp_path)
    snapshots.save({fingerprint(facts): facts})
    make_junk(tmp_path / "known" / f"{stem}.json.gz")
    other_facts = {"name": ("B",)}
    FactSnapshots(tmp_path).save({fingerprint(other_facts): other_facts})
    restarted = FactSnapshots(tmp_path)
    assert restarted.get(fingerprint(facts)) == facts
    assert restarted.get(fingerprint(other_facts)) == other_facts
    store = ShortlistStore(tmp_path / "default.toml")
    store.load()
    assert any(stem in notice for notice in store.notices)


@pytest.mark.parametrize("name", ["x 2.toml", "x (conflicted copy 2026-11-26).toml", "X-LAPTOP.toml", "x~.toml"])
def test_junk_beside_imported_lists_is_ignored_with_a_notice(tmp_path: Path, name: str) -> None:
    store = ImportStore(tmp_path)
    store.write("x", ['[import]\ntitle = "X"\n'])
    assert store.ignored_files_notice() == ""
    make_file(tmp_path / name)
    make_directory(tmp_path / f"{name}.before")
    assert [imported.name for imported in store.lists()] == ["x"]
    assert store.removed_names() == []
    assert name in store.ignored_files_notice()


@pytest.mark.parametrize("name", ["default 2.toml", "default (conflicted copy 2026-11-26).toml", "Default.toml"])
def test_junk_beside_the_lists_is_ignored_with_a_notice(tmp_path: Path, name: str) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    store.save(Shortlist(entries=(Entry("a"),)), "added")
    for other_name in ("default.broken-1.toml", "shared.remarks.toml", "shared.remarks-2.toml"):
        make_file(tmp_path / other_name)
    assert ignored_lists_notice(tmp_path) == ""
    make_file(tmp_path / name)
    assert list_names(tmp_path) == ["default"]
    assert name in ignored_lists_notice(tmp_path)


def test_file_with_the_last_number_is_named(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    before = store.save(Shortlist(entries=(Entry("a"),)), "added")
    make_file(tmp_path / "history" / "default" / "999999999.toml.gz")
    with pytest.raises(FileError, match="remove the file numbered 999999999"):
        store.save(before.with_note("a", "x"), "noted")
    assert store.shortlist == before


@pytest.mark.parametrize("share", range(0, 101, 4))
def test_truncated_list_is_reported_and_can_be_restored(tmp_path: Path, share: int) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    for program_id in "abcd":
        store.save(store.shortlist.with_entry(Entry(program_id, note=f"note on {program_id}")), "added")
    complete = store.shortlist
    content = store.path.read_bytes()
    store.path.write_bytes(content[: len(content) * share // 100])
    restarted = ShortlistStore(store.path)
    try:
        is_shorter = len(restarted.load()) < 4
    except DamagedFileError as error:
        assert "shortlist restore 4" in str(error)  # noqa: PT017
    else:
        assert bool(restarted.lost_programs) == is_shorter
        restarted.save(restarted.shortlist.with_entry(Entry("x")), "added x")
    assert restarted.version(4) == complete


def test_every_truncation_keeps_the_complete_version(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    for program_id in "ab":
        store.save(store.shortlist.with_entry(Entry(program_id, note="n")), "added")
    complete, content = store.shortlist, store.path.read_bytes()
    for length in range(len(content)):
        store.path.write_bytes(content[:length])
        restarted = ShortlistStore(store.path)
        try:
            restarted.load()
            restarted.save(restarted.shortlist.with_entry(Entry("x")), "added x")
        except DamagedFileError as error:
            assert "default.toml" in str(error)  # noqa: PT017
        assert restarted.version(2) == complete


def test_undo_is_not_reported_as_a_loss(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    for program_id in "ab":
        store.save(store.shortlist.with_entry(Entry(program_id)), "added")
    store.undo()
    restarted = ShortlistStore(store.path)
    restarted.load()
    assert (restarted.lost_programs, restarted.notices) == (None, ())
    assert restarted.redo() == "added"
    assert len(restarted.shortlist) == 2


def test_older_copy_of_the_file_is_reported(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    store.save(Shortlist(entries=(Entry("a", note="old"),)), "added")
    older = store.path.read_bytes()
    noted = store.save(store.shortlist.with_note("a", "new"), "noted")
    store.path.write_bytes(older)
    restarted = ShortlistStore(store.path)
    restarted.load()
    assert restarted.lost_programs is not None
    assert restarted.notices[0].endswith("to restore that version, run: gmetui shortlist restore 2")
    restarted.save(restarted.shortlist.with_rating("a", 3), "rated")
    assert restarted.version(2) == noted


def test_repeated_program_keeps_both_notes_and_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    path.write_text(
        '[[program]]\nid = "a"\nnote = "first"\ntags = ["x"]\n[program.remarks]\n"Dr. Grey" = "good"\n'
        '[[program]]\nid = "a"\nnote = "second"\nrating = 3\ntags = ["y"]\n[program.remarks]\n"Dr. Grey" = "far"\n',
        encoding="utf-8",
    )
    store = ShortlistStore(path)
    entry = store.load().entries[0]
    assert len(store.shortlist) == 1
    assert (entry.note, entry.tags, entry.rating) == ("first\n\nsecond", ("x", "y"), 3)
    assert entry.comments == (("Dr. Grey", "good\n\nfar"),)
    assert "lists “a” more than once" in store.notices[0]
