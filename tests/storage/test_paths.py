"""Homes that don't exist, are too long, can't be written to, or have names that aren't UTF-8."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from gmetui.errors import FileError
from gmetui.session.state import SessionState
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import user_paths
from gmetui.storage.session_file import write_session
from gmetui.storage.shortlist_store import ShortlistStore

needs_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other rules")


@needs_posix
def test_user_without_a_home_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")

    def fail(_: object) -> None:
        raise KeyError("no such user")

    for name in [name for name in os.environ if name.startswith("XDG_")] + ["GMETUI_HOME", "HOME"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", fail)
    with pytest.raises(FileError, match="cannot find your home directory; set HOME or GMETUI_HOME") as caught:
        user_paths()
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("GMETUI_HOME", "/nonexistent")
    assert user_paths().settings == Path("/nonexistent/settings.toml")


@needs_posix
@pytest.mark.parametrize(
    ("home", "problem"),
    [
        ("~no-such-user/x", "there is no such user"),
        ("/tmp/" + "a" * 300, "File name too long"),
        ("/tmp/" + "a/" * 2040, "File name too long"),
    ],
)
def test_unusable_home_gets_one_line(monkeypatch: pytest.MonkeyPatch, home: str, problem: str) -> None:
    monkeypatch.setenv("GMETUI_HOME", home)
    with pytest.raises(FileError, match=f"cannot use GMETUI_HOME=.*{problem}") as caught:
        user_paths()
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("name", "problem"),
    [("a" * 300, "it has 300 letters; use at most 100"), ("con", "Windows reserves"), ("lpt1", "Windows reserves")],
)
def test_unusable_name_of_a_list_gets_one_line(home: Path, name: str, problem: str) -> None:
    with pytest.raises(FileError, match=problem):
        user_paths().shortlist(name)
    with pytest.raises(FileError, match=problem):
        ImportStore(home).write(name, ["x"])


def test_longest_name_works(home: Path) -> None:
    store = ShortlistStore(user_paths().shortlist("a" * 100))
    store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert len(ShortlistStore(store.path).load()) == 1
    assert [version.change for version in store.versions()] == ["added"]


@needs_posix
def test_names_that_are_not_utf_8_work(tmp_path: Path) -> None:
    directory = tmp_path / os.fsdecode(b"caf\xe9")
    store = ShortlistStore(directory / "default.toml")
    shortlist = Shortlist(entries=(Entry("a"),)).with_date("a", "inter\udce9view", "2027-01-15")
    store.save(shortlist, "date \udce9 of a")
    assert store.versions()[0].change == "date  of a"
    assert ShortlistStore(store.path).load().entries[0].dates == (("interview", "2027-01-15"),)
    write_session(directory / "state.json", SessionState(query="\udce9"))
    store.path.unlink()
    store.path.mkdir()
    with pytest.raises(Exception, match="untouched") as caught:
        store.load()
    str(caught.value).encode()


@needs_posix
def test_deleted_working_directory_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = tmp_path / "gone"
    directory.mkdir()
    monkeypatch.chdir(directory)
    directory.rmdir()
    store = ShortlistStore(Path("lists/default.toml"))
    assert len(store.load()) == 0
    with pytest.raises(FileError, match="No such file"):
        store.save(Shortlist(entries=(Entry("a"),)), "added")


@needs_posix
def test_home_that_cannot_be_written_to_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom permissions don't stop, so the system call fails here."""
    store = ShortlistStore(tmp_path / "lists" / "default.toml")
    assert len(store.load()) == 0

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(FileError, match="Read-only file system") as caught:
        store.save(Shortlist(entries=(Entry("a"),)), "added")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask platformdirs")
@pytest.mark.parametrize("value", [None, "", "relative", "{home}/elsewhere"])
def test_standard_directories_are_those_of_platformdirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("GMETUI_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value.format(home=tmp_path))
    directories = PlatformDirs("gmetui", appauthor=False)
    paths = user_paths()
    assert paths.settings.parent == Path(directories.user_config_dir)
    assert paths.shortlists.parent == Path(directories.user_data_dir)
    assert paths.cache == Path(directories.user_cache_dir)
    assert paths.state.parent == Path(directories.user_state_dir)
