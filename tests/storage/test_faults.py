"""A fault at any single file call of any change leaves the old or the new state whole, on disk and in memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gmetui.errors import FileError
from gmetui.session.state import SessionState
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.shortlist.fact_changes import fingerprint
from gmetui.storage.column_overrides import ColumnOverrideStore
from gmetui.storage.fact_snapshots import FactSnapshots
from gmetui.storage.import_store import ImportStore
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.session_file import read_session, write_session
from gmetui.storage.settings import change_setting, read_settings
from gmetui.storage.shortlist_store import ShortlistStore
from storage.faults import ERROR_NUMBERS, Fault, file_calls

#: All error numbers for every call, not only one; about 6 times as long. Run once before a release.
EXHAUSTIVE = bool(os.environ.get("GMETUI_EXHAUSTIVE"))
FACTS = {"name": ("A",)}


class Change(NamedTuple):
    """A running change: the call, and what is now in memory (None if nothing is)."""

    run: Callable[[], object]
    in_memory: Callable[[], object] | None = None


class Scenario(NamedTuple):
    """A change of the user's files: how they begin, the change, and what a new process reads from them."""

    prepare: Callable[[Path], object]
    begin: Callable[[Path], Change]
    read: Callable[[Path], object]


def _list_store(directory: Path) -> ShortlistStore:
    store = ShortlistStore(directory / "default.toml", version_limit=3, lock_timeout=0.05)
    store.load()
    return store


def _prepare_list(directory: Path) -> None:
    store = _list_store(directory)
    for number in range(1, 4):
        store.save(Shortlist(entries=(Entry("a", "A", "H", note=f"note {number}"),)), f"noted {number}")


def _read_list(directory: Path) -> object:
    return _list_store(directory).shortlist


def _save_note(directory: Path) -> Change:
    store = _list_store(directory)
    return Change(lambda: store.save(store.shortlist.with_note("a", "new"), "noted"), lambda: store.shortlist)


def _save_over_manual_edit(directory: Path) -> Change:
    list_file = directory / "default.toml"
    list_file.write_text(list_file.read_text("utf-8").replace("note 3", "by hand"), encoding="utf-8")
    return _save_note(directory)


def _undo(directory: Path) -> Change:
    store = _list_store(directory)
    return Change(store.undo, lambda: store.shortlist)


def _redo(directory: Path) -> Change:
    store = _list_store(directory)
    store.undo()
    return Change(store.redo, lambda: store.shortlist)


def _change_setting(directory: Path) -> Change:
    return Change(lambda: change_setting(directory / "settings.toml", "theme", "nord"))


def _prepare_imports(directory: Path) -> None:
    for title in ("first", "second"):
        ImportStore(directory).write("x", [f'[import]\ntitle = "{title}"\n'])


def _read_imports(directory: Path) -> object:
    files = [directory / "x.toml", directory / "x.toml.before"]
    return [file.read_text("utf-8") if file.exists() else None for file in files]


def _refresh_import(directory: Path) -> Change:
    return Change(lambda: ImportStore(directory).write("x", ['[import]\ntitle = "third"\n', "# more\n"]))


def _write_session(directory: Path) -> Change:
    return Change(lambda: write_session(directory / "state.json", SessionState(query="new")))


def _review_store(directory: Path) -> ReviewStore:
    store = ReviewStore(directory / "default.toml", "Dr. Grey", lock_timeout=0.05)
    store.load()
    return store


def _prepare_review(directory: Path) -> None:
    _prepare_list(directory)
    store = _review_store(directory)
    store.save(store.shortlist.with_comment("a", "Dr. Grey", "old"), "comment")


def _comment(directory: Path) -> Change:
    store = _review_store(directory)
    changed = store.shortlist.with_comment("a", "Dr. Grey", "new")
    return Change(lambda: store.save(changed, "comment"), lambda: store.shortlist)


def _save_snapshot(directory: Path) -> Change:
    return Change(lambda: FactSnapshots(directory).save({fingerprint(FACTS): FACTS}))


SCENARIOS = {
    "save a note": Scenario(_prepare_list, _save_note, _read_list),
    "save a note over a manual edit": Scenario(_prepare_list, _save_over_manual_edit, _read_list),
    "undo": Scenario(_prepare_list, _undo, _read_list),
    "redo": Scenario(_prepare_list, _redo, _read_list),
    "change a setting": Scenario(
        lambda directory: change_setting(directory / "settings.toml", "theme", "light"),
        _change_setting,
        lambda directory: read_settings(directory / "settings.toml"),
    ),
    "change a damaged setting": Scenario(
        lambda directory: (directory / "settings.toml").write_text("theme = [", encoding="utf-8"),
        _change_setting,
        lambda directory: (directory / "settings.toml").read_text("utf-8"),
    ),
    "refresh an import": Scenario(_prepare_imports, _refresh_import, _read_imports),
    "undo an import": Scenario(
        _prepare_imports, lambda directory: Change(lambda: ImportStore(directory).undo("x")), _read_imports
    ),
    "remove an import": Scenario(
        _prepare_imports, lambda directory: Change(lambda: ImportStore(directory).remove("x")), _read_imports
    ),
    "write the session": Scenario(
        lambda directory: write_session(directory / "state.json", SessionState(query="old")),
        _write_session,
        lambda directory: read_session(directory / "state.json").query,
    ),
    "comment on a shared list": Scenario(
        _prepare_review, _comment, lambda directory: _review_store(directory).shortlist
    ),
    "remember columns": Scenario(
        lambda directory: ColumnOverrideStore(directory / "columns.json").save("layout", {"a": "name"}),
        lambda directory: Change(lambda: ColumnOverrideStore(directory / "columns.json").save("layout", {"a": "city"})),
        lambda directory: ColumnOverrideStore(directory / "columns.json").get("layout"),
    ),
    "back up a damaged list": Scenario(
        lambda directory: (directory / "damaged.toml").write_text("[", encoding="utf-8"),
        lambda directory: Change(ShortlistStore(directory / "damaged.toml").rename_as_backup),
        lambda directory: [(file.name, file.read_text("utf-8")) for file in directory.glob("damaged*.toml")],
    ),
    "save a snapshot": Scenario(
        lambda directory: directory.mkdir(exist_ok=True),
        _save_snapshot,
        lambda directory: FactSnapshots(directory).get(fingerprint(FACTS)),
    ),
}


def _history(directory: Path) -> dict[int, object]:
    store = ShortlistStore(directory / "default.toml")
    return {version.revision: store.version(version.revision) for version in store.versions()}


def _check(scenario: Scenario, directory: Path, fault: Fault, number: int, error_number: int) -> bool:
    """Make one call fail and check everything. Return False if there is no such call."""
    change = scenario.begin(directory)
    old_state, old_history = scenario.read(directory), _history(directory)
    error: BaseException | None = None
    with file_calls(number, fault, error_number) as calls:
        try:
            change.run()
        except (FileError, KeyboardInterrupt) as raised:
            error = raised
    if not calls.has_failed:
        assert error is None
        return False
    call = f"{fault.value} at call {number}, {calls.call_name}"
    expects_interrupt = fault is not Fault.ERROR
    assert isinstance(error, KeyboardInterrupt) == expects_interrupt, call
    assert error is None or "\n" not in str(error), call
    new_state = scenario.read(directory)
    leftovers = [file.name for file in directory.rglob("*") if file.name.endswith((".tmp", ".outgoing", ".aside"))]
    assert not leftovers, call
    if change.in_memory:
        assert change.in_memory() == new_state, call
    history = _history(directory)
    oldest = max(history, default=0) - 3
    assert {revision: history.get(revision) for revision in old_history if revision > oldest} == {
        revision: version for revision, version in old_history.items() if revision > oldest
    }, call
    if new_state == old_state:
        assert error is not None, call
        change.run()  # it works as soon as the fault is over
    assert scenario.read(directory) == _state_after(scenario, directory), call
    return True


_after: dict[int, object] = {}


def _state_after(scenario: Scenario, directory: Path) -> object:
    """Return the state after the change without a fault."""
    key = id(scenario)
    if key not in _after:
        untouched = directory.with_name("untouched")
        untouched.mkdir()
        scenario.prepare(untouched)
        scenario.begin(untouched).run()
        _after[key] = scenario.read(untouched)
    return _after[key]


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.INTERRUPT, Fault.INTERRUPT_AFTER])
@pytest.mark.parametrize("name", SCENARIOS)
def test_one_fault_leaves_the_old_or_the_new_state(
    tmp_path: Path, name: str, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gmetui.storage.atomic.LOCK_TIMEOUT", 0.05)
    monkeypatch.setattr("gmetui.storage.session_file._LOCK_TIMEOUT", 0.05)
    scenario = SCENARIOS[name]
    template = tmp_path / "template"
    template.mkdir()
    scenario.prepare(template)
    count = 0
    all_error_numbers = ERROR_NUMBERS if EXHAUSTIVE and fault is Fault.ERROR else ()
    for number in range(1, 1000):
        for error_number in all_error_numbers or (ERROR_NUMBERS[number % len(ERROR_NUMBERS)],):
            directory = tmp_path / "files"
            shutil.copytree(template, directory)
            has_failed = _check(scenario, directory, fault, number, error_number)
            shutil.rmtree(directory)
            count += has_failed
        if not has_failed:
            break
    assert count > 3
