"""A process that is killed while it saves, a disk that is full: the last complete list is there."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.session_file import State, read_state, write_state
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.storage.storage_errors import FileError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
ROUNDS = 200


def _save_for_ever(path: Path) -> None:
    """Add programs one after another, all of a save's entries with the same note, until killed."""
    store = ShortlistStore(path)
    shortlist = store.load()
    number = len(shortlist)
    while True:
        number += 1
        if number > 30:
            shortlist = Shortlist(shortlist.name)
            number = 1
        shortlist = shortlist.added(Entry(f"p{number}", "x" * 500, "H"))
        for entry in shortlist:
            shortlist = shortlist.noted(entry.id, f"save {number}")
        shortlist = store.save(shortlist, f"save {number}")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_kill_9_at_any_moment(tmp_path: Path) -> None:
    """Every list that is found is one that was saved whole: as many programs as its notes say, all with one note."""
    path = tmp_path / "lists" / "default.toml"
    chance = random.Random(20261122)  # when a process dies
    seen = set()
    ShortlistStore(tmp_path / "other.toml").save(Shortlist(entries=(Entry("a"),)), "imports what saving needs")
    for _ in range(ROUNDS):
        child = os.fork()
        if child == 0:
            try:
                _save_for_ever(path)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.001, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        shortlist = ShortlistStore(path).load()
        notes = {entry.note for entry in shortlist}
        assert notes in (set(), {f"save {len(shortlist)}"})
        seen.add(len(shortlist))
        if len(shortlist):
            store = ShortlistStore(path)
            store.load()
            assert store.versions()
    assert len(seen) > 3, "the loop never saved anything"
    store = ShortlistStore(path)
    store.save(store.load().added(Entry("after", "After", "H")), "after all that")
    assert "after" in ShortlistStore(path).load()
    assert not [file for file in path.parent.iterdir() if file.suffix == ".tmp"]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_full_disk_leaves_the_last_list_and_says_so(tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk without room: writing fails half-way through."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "default.toml"
    store = ShortlistStore(path)
    before = store.save(store.load().added(Entry("a", "A", "H")), "added A")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            own = ShortlistStore(path)
            try:
                own.save(own.load().noted("a", "n" * 5000), "a long note")
            except FileError as error:
                code = 0 if "cannot write" in str(error) and own.shortlist == before else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ShortlistStore(path).load() == before
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_directory_that_has_gone_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "default.toml"
    store = ShortlistStore(path)
    store.save(store.load().added(Entry("a", "A", "H")), "added A")
    import shutil

    shutil.rmtree(path.parent)
    store.save(store.shortlist.added(Entry("b", "B", "H")), "added B")
    assert "b" in ShortlistStore(path).load()


def test_what_was_open_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    write_state(file, State(query="cards"))
    file.with_name(".state.json.x.tmp").write_text("half", encoding="utf-8")
    assert read_state(file).query == "cards"
