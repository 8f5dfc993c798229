"""The bundled data as a wheel carries them: most files packed into one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.datafiles import files
from gmetui.datafiles.packed_files import pack_files, unpack_files
from gmetui.datafiles.snapshot_key import bundled_key
from gmetui.errors import FileError

NAMED_FILES = [("data/a.toml", b"[a]\n" * 200), ("data/institutions/b.toml", "ü“”".encode()), ("data/c.toml", b"")]


pytestmark = pytest.mark.usefixtures("fixture_data")  # packing all bundled data takes seconds


@pytest.fixture
def packed_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the directory in which the bundled data are packed, after gmetui was told to read them there."""
    files.pack_bundled_data(tmp_path)
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(tmp_path))
    return str(tmp_path)


def test_packed_files_are_unpacked_as_they_were() -> None:
    assert unpack_files(pack_files(NAMED_FILES)) == NAMED_FILES


def test_the_same_files_are_packed_alike() -> None:
    assert pack_files(NAMED_FILES) == pack_files(NAMED_FILES)


@pytest.mark.parametrize("damage", [lambda packed: packed[:-40], lambda packed: packed[:90] + b"?" + packed[91:]])
def test_damaged_files_are_refused(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(FileError, match="damaged; reinstall gmetui"):
        unpack_files(damage(pack_files(NAMED_FILES)))


def test_the_bundled_data_are_the_same_when_they_are_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named_files, gazetteer_size = files.bundled_files(), len(files.bundled_gazetteer())
    files.pack_bundled_data(tmp_path)
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(tmp_path))
    assert len(list(tmp_path.iterdir())) < len(named_files)
    assert files.bundled_files() == named_files
    assert len(files.bundled_gazetteer()) == gazetteer_size


def test_the_edition_is_read_without_unpacking(packed_root: str) -> None:
    Path(packed_root, files.PACKED_FILE).unlink()
    assert files.bundled_edition()["version"]


def test_a_wheel_finds_its_key_while_it_is_built(packed_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = bundled_key()
    monkeypatch.undo()
    assert bundled_key(data_root=packed_root) == key != bundled_key()


def test_a_change_of_packed_data_changes_the_key(packed_root: str) -> None:
    key, packed_file = bundled_key(), Path(packed_root, files.PACKED_FILE)
    packed_file.write_bytes(pack_files(unpack_files(packed_file.read_bytes())[1:]))
    assert bundled_key() != key
