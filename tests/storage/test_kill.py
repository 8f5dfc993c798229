"""A process that is killed while it saves, or a full disk: the last complete list is on disk."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.session.state import SessionState
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.session_file import read_session, write_session
from gmetui.storage.shortlist_store import ShortlistStore

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
ROUNDS = int(os.environ.get("GMETUI_KILL_ROUNDS", "60"))
MAX_PROGRAMS = 30


def _save_until_killed(path: Path, progress: int) -> None:
    """Add programs one by one. Every saved list of N programs has the note “save N” on all of them.

    A byte is written to the descriptor `progress` before each save.
    """
    store = ShortlistStore(path)
    shortlist = store.load()
    count = len(shortlist)
    while True:
        count += 1
        if count > MAX_PROGRAMS:
            shortlist = Shortlist(shortlist.name)
            count = 1
        shortlist = shortlist.with_entry(Entry(f"p{count}", "x" * 500, "H"))
        for entry in shortlist:
            shortlist = shortlist.with_note(entry.id, f"save {count}")
        os.write(progress, b".")
        shortlist = store.save(shortlist, f"save {count}")


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_saves_leave_a_complete_list(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "default.toml"
    random_delay = random.Random(20261122)
    saved_sizes = set()
    ShortlistStore(tmp_path / "other.toml").save(Shortlist(entries=(Entry("a"),)), "imports what saving needs")
    for _ in range(ROUNDS):
        progress, progress_of_child = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _save_until_killed(path, progress_of_child)
            finally:
                os._exit(1)
        for _ in range(random_delay.randint(1, 3)):
            os.read(progress, 1)  # on a busy machine, a child that is killed after some time may not have begun
        time.sleep(random_delay.uniform(0, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(progress)
        os.close(progress_of_child)
        shortlist = ShortlistStore(path).load()
        notes = {entry.note for entry in shortlist}
        assert notes in (set(), {f"save {len(shortlist)}"})
        saved_sizes.add(len(shortlist))
        if len(shortlist):
            assert ShortlistStore(path).versions()
    assert len(saved_sizes) > 3, "the child process never saved"
    store = ShortlistStore(path)
    store.save(store.load().with_entry(Entry("after", "After", "H")), "added After")
    assert "after" in ShortlistStore(path).load()
    assert not [file for file in path.parent.iterdir() if file.suffix == ".tmp"]


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_full_disk_is_reported_and_leaves_the_last_list(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: writing fails halfway."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "default.toml"
    store = ShortlistStore(path)
    before = store.save(store.load().with_entry(Entry("a", "A", "H")), "added A")
    child = os.fork()
    if child == 0:
        exit_code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            child_store = ShortlistStore(path)
            try:
                child_store.save(child_store.load().with_note("a", "n" * 5000), "a long note")
            except FileError as error:
                exit_code = 0 if "cannot write" in str(error) and child_store.shortlist == before else 2
        finally:
            os._exit(exit_code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ShortlistStore(path).load() == before
    assert not list(tmp_path.rglob("*.tmp"))


def test_deleted_directory_is_created_again(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "default.toml"
    store = ShortlistStore(path)
    store.save(store.load().with_entry(Entry("a", "A", "H")), "added A")
    shutil.rmtree(path.parent)
    store.save(store.shortlist.with_entry(Entry("b", "B", "H")), "added B")
    assert "b" in ShortlistStore(path).load()


def test_half_written_state_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_session(path, SessionState(query="cards"))
    path.with_name(".state.json.x.tmp").write_text("half", encoding="utf-8")
    assert read_session(path).query == "cards"
