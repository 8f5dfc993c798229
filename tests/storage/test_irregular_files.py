"""Files that are pipes, devices, loops, directories, huge, or unpack to more than they should: refused at once."""

from __future__ import annotations

import gzip
import json
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError, FileError, GmetuiError
from gmetui.session.state import SessionState
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage import regular_file
from gmetui.storage.atomic import write_atomic
from gmetui.storage.column_overrides import ColumnOverrideStore
from gmetui.storage.fact_snapshots import FactSnapshots
from gmetui.storage.import_store import ImportStore
from gmetui.storage.regular_file import MAX_FILE_BYTES, read_user_file
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.session_file import read_session, write_session
from gmetui.storage.settings import change_setting, read_settings
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.storage.toml_file import parse_toml, read_toml

needs_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
DEEP = 10_000
LONGEST_SECONDS = 8.0


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)


MAKERS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo if hasattr(os, "mkfifo") else Path.touch,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "loop": make_loop,
    "directory": Path.mkdir,
    "huge": make_huge,
    "deep key": lambda path: path.write_text("a." * DEEP + "b = 1", encoding="utf-8"),
    "deep table": lambda path: path.write_text("[" + ".".join("a" * DEEP) + "]", encoding="utf-8"),
    "deep array": lambda path: path.write_text("a = " + "[" * DEEP + "]" * DEEP, encoding="utf-8"),
    "long integer": lambda path: path.write_text(f"\nrevision = {'9' * 5000}\n", encoding="utf-8"),
    "long hexadecimal integer": lambda path: path.write_text(f"x = 0x{'f' * 5000}\n", encoding="utf-8"),
    "not UTF-8": lambda path: path.write_bytes(b'\nx = "\xff"'),
    "zeros": lambda path: path.write_bytes(b"\0" * 500),
}


@pytest.fixture(params=[pytest.param(make, id=name, marks=needs_posix) for name, make in MAKERS.items()])
def make(request: pytest.FixtureRequest) -> Callable[[Path], object]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def time_limit() -> object:
    """Fail if a test takes long: nothing may wait for a pipe, or read a device to its end."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < LONGEST_SECONDS * 5


def assert_refused(call: Callable[[], object], path: Path) -> None:
    """Check that a call reports the file in one line."""
    with pytest.raises((DamagedFileError, FileError)) as caught:
        call()
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_list_is_refused_and_can_be_replaced(tmp_path: Path, make: Callable[[Path], object]) -> None:
    store = ShortlistStore(tmp_path / "default.toml", lock_timeout=0.1)
    make(store.path)
    assert_refused(store.load, store.path)
    assert_refused(lambda: store.save(Shortlist(entries=(Entry("a"),)), "added"), store.path)
    assert_refused(store.undo, store.path)
    assert store.versions() == []
    assert os.path.lexists(store.path)
    store.rename_as_backup()
    store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert len(ShortlistStore(store.path).load()) == 1


def test_settings_are_all_defaults_and_can_be_changed(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "settings.toml"
    make(path)
    try:
        settings, problems = read_settings(path)
        assert settings.version_limit is None, "no version is deleted while the user's limit cannot be read"
        assert "settings.toml" in problems[0]
        assert change_setting(path, "theme", "nord")
        assert read_settings(path)[0].theme == "nord"
    except FileError as error:  # a loop
        assert "settings.toml" in str(error)  # noqa: PT017


def test_session_counts_as_new(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "state.json"
    make(path)
    assert read_session(path) == SessionState()


def test_column_overrides_count_as_empty(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "columns.json"
    make(path)
    assert ColumnOverrideStore(path).get("layout") == {}


def test_imports_are_described_with_the_error(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "x.toml")
    store = ImportStore(tmp_path)
    assert [imported.error[:14] for imported in store.lists()] == ["cannot be read"]


def test_comments_are_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    store = ReviewStore(tmp_path / "shared.toml", "x", lock_timeout=0.1)
    store.path.write_text('[[program]]\nid = "a"\n', encoding="utf-8")
    make(store.comments_path)
    assert_refused(store.load, store.comments_path)


def test_version_and_snapshot_are_left_out(tmp_path: Path, make: Callable[[Path], object]) -> None:
    store = ShortlistStore(tmp_path / "default.toml", lock_timeout=0.1)
    store.save(Shortlist(entries=(Entry("a"),)), "added a")
    make(tmp_path / "history" / "default" / "000002.toml")
    (tmp_path / "known").mkdir()
    make(tmp_path / "known" / "000001.json.gz")
    restarted = ShortlistStore(store.path)
    restarted.load()
    restarted.save(restarted.shortlist.with_entry(Entry("b")), "added b")
    assert [version.change for version in restarted.versions()] == ["added b", "added a"]
    try:
        assert FactSnapshots(tmp_path).get("x") is None
    except FileError as error:
        assert "000001" in str(error)  # noqa: PT017


def test_compressed_bomb_is_left_out(tmp_path: Path) -> None:
    """Files that unpack to gigabytes. The head of a version is looked for in its first megabyte only."""
    store = ShortlistStore(tmp_path / "default.toml")
    store.save(Shortlist(entries=(Entry("a"),)), "added a")
    bomb = gzip.compress(b"a" * 50_000_000) * 20
    (tmp_path / "history" / "default" / "000002.toml.gz").write_bytes(bomb)
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "000001.json.gz").write_bytes(bomb)
    start = time.monotonic()
    assert [version.revision for version in store.versions()] == [1]
    assert store.version(2) is None
    assert FactSnapshots(tmp_path).get("x") is None
    assert time.monotonic() - start < LONGEST_SECONDS


@needs_posix
@pytest.mark.parametrize("maker", ["pipe", "device"])
def test_only_regular_files_are_replaced(tmp_path: Path, maker: str) -> None:
    path = tmp_path / "target"
    MAKERS[maker](path)
    mode = path.stat().st_mode
    with pytest.raises(FileError, match="not a regular file"):
        write_atomic(path, "x")
    assert path.stat().st_mode == mode
    assert not stat.S_ISREG(mode)
    assert os.listdir(tmp_path) == ["target"]  # noqa: PTH208


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n\na" + ".a" * 100 + " = 1", "nested too deeply (line 3)"),
        ("[a]\n[a" + '."a"' * 100 + "]", "nested too deeply (line 2)"),
        ("\nx = " + "9" * 5000, "a number is too large (line 2)"),
        ("[a]\nb = {c = 9223372036854775808}", "a.b.c: is too large a number"),
        ("a = " + "[" * 40 + "1" + "]" * 40, "nested too deeply"),
    ],
)
def test_bound_is_reported_with_line_or_key(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        parse_toml(text)


@pytest.mark.parametrize("quotes", ['"', "'", '"""', "'''"])
def test_dots_in_text_are_no_keys(quotes: str) -> None:
    dots = "a." * 5000
    assert parse_toml(f"x = {quotes}{dots}{quotes} # {dots}\ny = 1.5") == {"x": dots, "y": 1.5}


@pytest.mark.parametrize("unit", ['"""\\', "'''", '"\\', "a.", '""" ', "[a", "a", "#", '"\n', ".", "\t."])
def test_depth_check_takes_linear_time(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000] + "." * 100
    start = time.monotonic()
    with suppress(ValueError):
        parse_toml(text)
    assert time.monotonic() - start < LONGEST_SECONDS * 2


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_first_and_last_year_are_dates(tmp_path: Path, year: str) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    store.save(Shortlist(entries=(Entry("a"),)).with_date("a", "interview", f"{year}-12-31"), "dated")
    version_file = tmp_path / "history" / "default" / "000001.toml"
    text = f'saved_at = "{year}-01-01T00:00:00-23:59"\nchange = "old"\n[[program]]\nid = "a"\n'
    version_file.with_name("000002.toml").write_text(text, encoding="utf-8")
    assert ShortlistStore(store.path).load().entries[0].dates == (("interview", f"{year}-12-31"),)
    assert store.version_on("9999-12-31") is not None


def test_missing_file_is_none_and_growing_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_user_file(tmp_path / "missing") is None
    assert read_user_file(tmp_path / "missing" / "deeper") is None
    assert read_toml(tmp_path / "missing") is None
    (tmp_path / "file").write_bytes(b"x" * 11)
    with pytest.raises(DamagedFileError, match="larger than"):
        read_user_file(tmp_path / "file", 10)
    monkeypatch.setattr(regular_file, "_MEGABYTE", 1)
    with pytest.raises(DamagedFileError, match="larger than 10 MB"):
        read_user_file(tmp_path / "file", 10)


def test_list_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    before = store.save(Shortlist(entries=(Entry("a"),)), "added")
    with pytest.raises(FileError, match="larger than 16 MB"):
        store.save(before.with_note("a", "n" * MAX_FILE_BYTES), "noted")
    assert store.shortlist == before == ShortlistStore(store.path).load()
    assert [version.revision for version in store.versions()] == [1]


def test_session_with_numbers_of_thousands_of_digits(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"query": ' + "9" * 5000 + "}", encoding="utf-8")
    assert read_session(path) == SessionState()
    write_session(path, SessionState(query="x"))
    assert json.loads(path.read_text("utf-8"))["query"] == "x"


def test_errors_are_gmetui_errors() -> None:
    assert issubclass(DamagedFileError, GmetuiError)
