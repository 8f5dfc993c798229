"""Locks and disks that are slow: short waits, one clear line, nothing left behind, and saving beside the screen."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.session.state import SessionState
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.atomic import file_lock
from gmetui.storage.import_store import ImportStore
from gmetui.storage.save_queue import SaveQueue
from gmetui.storage.session_file import write_session
from gmetui.storage.shortlist_store import ShortlistStore

HOLD_LOCK = """
import sys
from pathlib import Path
from gmetui.storage.atomic import file_lock
with file_lock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot stop a process")
def test_lock_of_a_stopped_process_is_one_line_after_a_short_wait(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml", lock_timeout=0.2)
    before = store.save(Shortlist(entries=(Entry("a"),)), "added")
    command = [sys.executable, "-c", HOLD_LOCK, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        with pytest.raises(FileError, match=r"another gmetui is saving it") as caught:
            store.save(before.with_note("a", "x"), "noted")
        assert time.monotonic() - start < 10
        process.kill()
    assert "\n" not in str(caught.value)
    assert store.shortlist == before
    assert store.save(before.with_note("a", "x"), "noted").entries[0].note == "x", "the lock ended with the process"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_files_and_locks_are_private(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        store = ShortlistStore(tmp_path / "lists" / "default.toml")
        store.save(Shortlist(entries=(Entry("a"),)), "added")
        write_session(tmp_path / "state" / "state.json", SessionState())
    finally:
        os.umask(old_mask)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert any(file.suffix == ".lock" for file in files)


def test_lock_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "default.toml.lock").mkdir()
    store = ShortlistStore(tmp_path / "default.toml", lock_timeout=0.1)
    with pytest.raises(FileError, match=r"default\.toml") as caught:
        store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert "\n" not in str(caught.value)


def test_lock_of_another_user_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom permissions don't stop, so the system call fails here."""
    store = ShortlistStore(tmp_path / "default.toml", lock_timeout=0.1)
    before = store.save(Shortlist(entries=(Entry("a"),)), "added")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(FileError, match=r"default\.toml\.lock cannot be opened; it may belong to another user"):
        store.save(before.with_note("a", "x"), "noted")
    assert store.shortlist == before


def test_next_save_removes_what_killed_ones_left(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    history = tmp_path / "history" / "default"
    history.mkdir(parents=True)
    leftovers = [tmp_path / ".default.toml.0123abcd.tmp", history / ".000001.toml.gz.0123abcd.tmp"]
    imports, sessions = tmp_path / "programs", tmp_path / "state"
    imports.mkdir()
    sessions.mkdir()
    leftovers += [imports / ".x.toml.0123abcd.tmp", imports / ".x.toml.outgoing.0123abcd.tmp"]
    leftovers += [sessions / ".state.json.0123abcd.tmp"]
    unrelated = tmp_path / ".other.toml.0123abcd.tmp"
    for file in (*leftovers, unrelated):
        file.write_text("half", encoding="utf-8")
    store.save(Shortlist(entries=(Entry("a"),)), "added")
    ImportStore(imports).write("x", ["[import]\n"])
    write_session(sessions / "state.json", SessionState())
    assert [file.name for file in leftovers if file.exists()] == []
    assert unrelated.exists(), "it may belong to a process that is saving another list"


def test_killed_import_is_finished_by_the_next_one(tmp_path: Path) -> None:
    """The process died after the new list took its place, and before the old one became the previous version."""
    store = ImportStore(tmp_path)
    store.write("x", ["# first\n"])
    store.write("x", ["# second\n"])
    (tmp_path / "x.toml.outgoing").write_text("# second\n", encoding="utf-8")
    (tmp_path / "x.toml").write_text("# third\n", encoding="utf-8")
    assert store.undo("x")
    assert (tmp_path / "x.toml").read_text("utf-8") == "# second\n"
    assert store.undo("x")
    assert (tmp_path / "x.toml").read_text("utf-8") == "# third\n"


def test_one_store_can_be_used_by_several_threads(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    base = store.save(Shortlist(entries=tuple(Entry(f"p{number}") for number in range(8))), "added")

    def save_note(number: int) -> None:
        store.save(base.with_note(f"p{number}", f"note {number}"), "noted", base)

    threads = [threading.Thread(target=save_note, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [entry.note for entry in ShortlistStore(store.path).load()] == [f"note {number}" for number in range(8)]


def test_edit_during_a_pending_save_keeps_the_changes_of_another_copy(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    first = store.save(Shortlist(entries=(Entry("a"),)), "added")
    other = ShortlistStore(store.path)
    other.save(other.load().with_entry(Entry("theirs")), "added theirs")
    second = first.with_note("a", "one")
    third = second.with_rating("a", 3)
    queue = SaveQueue()
    queue.submit("noted", lambda: store.save(second, "noted", first))
    future = queue.submit("rated", lambda: store.save(third, "rated", second))
    saved = future.result(10)
    assert [entry.id for entry in saved] == ["a", "theirs"]
    assert (saved.entries[0].note, saved.entries[0].rating) == ("one", 3)
    assert queue.close() == []


def test_queue_returns_errors_and_goes_on() -> None:
    queue = SaveQueue()

    def fail() -> None:
        raise FileError("gmetui: cannot write")

    failed = queue.submit("noted", fail)
    with pytest.raises(FileError):
        failed.result(10)
    assert queue.submit("rated", lambda: 3).result(10) == 3
    assert queue.close() == []
    with pytest.raises(RuntimeError):
        queue.submit("late", lambda: 3)


def test_closing_waits_a_bounded_time_and_names_what_is_not_saved() -> None:
    queue, hang = SaveQueue(), threading.Event()
    queue.submit("noted MGH", lambda: hang.wait(30))
    queue.submit("rated MGH", lambda: None)
    start = time.monotonic()
    assert queue.close(0.2) == ["noted MGH", "rated MGH"]
    assert time.monotonic() - start < 10
    hang.set()
    assert queue.wait(10) == []


def test_lock_is_free_after_an_error(tmp_path: Path) -> None:
    for error in (OSError(5, "Input/output error"), KeyboardInterrupt()):
        with pytest.raises((FileError, KeyboardInterrupt)), file_lock(tmp_path / "x", 0.2):
            raise error
    with file_lock(tmp_path / "x", 0.2):
        pass
