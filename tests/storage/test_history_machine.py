"""The history of a list only grows, whatever happens to its file. The invariant is in `storage/list_history.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gmetui.errors import DamagedFileError, FileError
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.shortlist_store import ShortlistStore
from storage.faults import ERROR_NUMBERS, Fault, Killed, file_calls

LIMIT = 12
program_ids = strategies.sampled_from("abcde")
copies = strategies.sampled_from((0, 1))
call_numbers = strategies.integers(1, 90)
JUNK_NAMES = ("000001 2.toml.gz", "000001 (conflicted copy).toml.gz", "1~.toml", "9junk", "000002-LAPTOP.toml.gz")
FOREIGN_LIST = '[[program]]\nid = "x"\nnote = "foreign"\n'


def content(shortlist: Shortlist) -> tuple[object, ...]:
    return shortlist.entries, shortlist.columns


class HistoryMachine(RuleBasedStateMachine):
    """Two copies of gmetui work on one list, while its file is replaced and saves fail or are killed.

    `versions` holds every version ever seen in the history, `files` every content that the file ever had.
    """

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.path = self.directory / "default.toml"
        self.stores = [self.new_store(), self.new_store()]
        self.versions: dict[int, Shortlist] = {}
        self.files: list[bytes] = []
        self.note_count = 0
        self.is_older_file = False

    def teardown(self) -> None:
        shutil.rmtree(self.directory)

    def new_store(self) -> ShortlistStore:
        return ShortlistStore(self.path, LIMIT, lock_timeout=0.5)

    def on_disk(self) -> Shortlist | None:
        """Return the list in the file, or None if it is damaged."""
        try:
            return self.new_store().load()
        except DamagedFileError:
            return None

    def next_note(self) -> str:
        self.note_count += 1
        return f"note {self.note_count}."

    def save(self, store: ShortlistStore, shortlist: Shortlist, changed_id: str) -> None:
        """Save a list and check that nothing but `changed_id` is different on disk, and that nothing is lost."""
        before = self.on_disk()
        try:
            saved = store.save(shortlist, f"changed {changed_id}")
        except DamagedFileError:
            assert before is None
            store.rename_as_backup()
            return
        after = self.on_disk()
        assert after is not None
        assert content(after) == content(saved) == content(store.shortlist)
        for entry in before or ():
            if entry.id != changed_id:
                remaining = after.entry(entry.id)
                assert remaining is not None, "a program was lost"
                assert entry.note in remaining.note
        if before and content(before) != content(after):
            contents = [content(version) for version in self.saved_versions().values()]
            assert content(before) in contents, "what the file held cannot be restored"

    def saved_versions(self) -> dict[int, Shortlist]:
        store = self.new_store()
        saved = {version.revision: store.version(version.revision) for version in store.versions()}
        return {revision: shortlist for revision, shortlist in saved.items() if shortlist is not None}

    @rule(copy=copies, program_id=program_ids)
    def write_note(self, copy: int, program_id: str) -> None:
        store, note = self.stores[copy], self.next_note()
        changed = store.shortlist.with_entry(Entry(program_id)).with_note(program_id, note)
        self.save(store, changed, program_id)
        after = self.on_disk()
        if after and self.path.exists():
            entry = after.entry(program_id)
            assert entry is None or note in entry.note or store.shortlist.entry(program_id) is None

    @rule(copy=copies, program_id=program_ids)
    def remove_program(self, copy: int, program_id: str) -> None:
        store = self.stores[copy]
        self.save(store, store.shortlist.without_entry(program_id), program_id)

    @rule(copy=copies)
    def load(self, copy: int) -> None:
        store = self.stores[copy]
        try:
            store.load()
        except DamagedFileError:
            return
        newest = max(self.versions, default=0)
        if newest and not self.path.exists():
            has_programs = bool(self.versions[newest].entries)
            assert bool(store.lost_programs) == has_programs, "a vanished list is reported"

    @rule(copy=copies)
    def restart(self, copy: int) -> None:
        self.stores[copy] = self.new_store()
        self.load(copy)

    @rule(copy=copies, is_redo=strategies.booleans())
    def undo_or_redo(self, copy: int, is_redo: bool) -> None:
        store = self.stores[copy]
        try:
            change = store.redo() if is_redo else store.undo()
        except DamagedFileError:
            return
        if change is not None:
            after = self.on_disk()
            assert after is not None
            assert content(after) == content(store.shortlist)

    @rule(copy=copies)
    def undo_then_redo(self, copy: int) -> None:
        store = self.stores[copy]
        try:
            before = store.load()
            if store.undo() in (None, "the file was emptied"):
                return
            store.redo()
        except DamagedFileError:
            return
        if not self.is_older_file:  # an older file may be on a branch that was abandoned
            assert content(store.shortlist) == content(before)

    @rule(copy=copies, number=call_numbers, fault=strategies.sampled_from([*Fault]), is_undo=strategies.booleans())
    def fail(self, copy: int, number: int, fault: Fault, is_undo: bool) -> None:
        """Let a save or an undo fail at one file call."""
        store = self.stores[copy]
        changed = store.shortlist.with_entry(Entry("a")).with_note("a", self.next_note())
        memory_before, disk_before = store.shortlist, self.on_disk()
        try:
            with file_calls(number, fault, ERROR_NUMBERS[number % len(ERROR_NUMBERS)]):
                if is_undo:
                    store.undo()
                else:
                    store.save(changed, "noted")
        except DamagedFileError:
            return
        except (FileError, KeyboardInterrupt):
            disk_after = self.on_disk()
            if disk_before is None:
                assert disk_after is None, "a damaged file is left untouched"
                return
            assert disk_after is not None
            is_unchanged = content(disk_after) == content(disk_before)
            assert content(store.shortlist) in (content(memory_before), content(disk_after))
            assert is_unchanged or content(store.shortlist) == content(disk_after)
        except Killed:
            self.stores[copy] = self.new_store()
            self.load(copy)

    @precondition(lambda self: self.path.exists())
    @rule(replacement=strategies.sampled_from([b"", b"\n", b"\0" * 400, FOREIGN_LIST.encode(), b"[[program]\nid = 1"]))
    def replace_file(self, replacement: bytes) -> None:
        self.path.write_bytes(replacement)

    @precondition(lambda self: self.path.exists())
    @rule()
    def delete_file(self) -> None:
        self.path.unlink()

    @precondition(lambda self: self.files)
    @rule(position=strategies.integers(0, 1000))
    def check_out_older_file(self, position: int) -> None:
        self.path.write_bytes(self.files[position % len(self.files)])
        self.is_older_file = True

    @precondition(lambda self: self.path.exists())
    @rule(share=strategies.floats(0, 1))
    def truncate_file(self, share: float) -> None:
        whole_content = self.path.read_bytes()
        self.path.write_bytes(whole_content[: int(share * len(whole_content))])

    @precondition(lambda self: self.path.exists())
    @rule(program_id=program_ids)
    def edit_by_hand(self, program_id: str) -> None:
        """Add a program at the end of the file, perhaps a second time, or nonsense to a damaged file."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f'\n[[program]]\nid = "{program_id}"\nnote = "{self.next_note()}"\n')

    @rule(name=strategies.sampled_from(JUNK_NAMES), is_directory=strategies.booleans())
    def leave_junk(self, name: str, is_directory: bool) -> None:
        junk = self.directory / "history" / "default" / name
        if not junk.exists():
            junk.parent.mkdir(parents=True, exist_ok=True)
            junk.mkdir() if is_directory else junk.write_bytes(b"junk")

    @invariant()
    def every_version_can_be_restored(self) -> None:
        """The newest versions are in the history as they were when they were first seen."""
        if self.path.exists() and len(self.files) < 200:
            self.files.append(self.path.read_bytes())
        saved = self.saved_versions()
        for revision, shortlist in saved.items():
            former = self.versions.setdefault(revision, shortlist)
            assert content(shortlist) == content(former), "a version was changed"
        expected = sorted(self.versions)[-LIMIT:]
        assert [revision for revision in expected if revision not in saved] == []


TestHistory = HistoryMachine.TestCase
TestHistory.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.parametrize("replacement", [None, b"", b"\0" * 500])
def test_note_can_be_restored_after_the_file_is_lost(tmp_path: Path, replacement: bytes | None) -> None:
    """The example of the issue: four programs and a note, the file emptied, one more program."""
    path = tmp_path / "default.toml"
    store = ShortlistStore(path)
    for program_id in "abcd":
        store.save(store.shortlist.with_entry(Entry(program_id)), f"added {program_id}")
    store.save(store.shortlist.with_note("a", "ask about nights"), "noted")
    noted = store.shortlist
    if replacement is None:
        path.unlink()
    else:
        path.write_bytes(replacement)
    other = ShortlistStore(path)
    try:
        other.load()
    except DamagedFileError as error:
        assert "gmetui shortlist restore 5" in str(error)  # noqa: PT017
        other.rename_as_backup()
    assert other.lost_programs is not None
    assert (other.lost_programs.revision, other.lost_programs.missing_count) == (5, 4)
    assert "gmetui shortlist restore 5" in other.notices[0]
    other.save(other.shortlist.with_entry(Entry("x")), "added x")
    assert other.version(5) == noted
    assert other.undo() == "added x"
    assert other.shortlist == noted


def test_undo_restores_a_file_that_was_emptied(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    store.save(Shortlist(entries=(Entry("a", note="n"),)), "added a")
    store.path.write_bytes(b"")
    restarted = ShortlistStore(store.path)
    assert restarted.undo() == "the file was emptied"
    assert restarted.shortlist == store.shortlist
    assert restarted.undo() == "added a"
