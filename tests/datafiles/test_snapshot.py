"""A compiled catalog equals the one it was made from, and its key covers everything it follows from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles import snapshot_key
from gmetui.datafiles.snapshot import decode_catalog, encode_catalog
from support import FIXTURE_DATA


def test_a_catalog_survives_encoding(catalog: Catalog, hostile_catalog: Catalog) -> None:
    for original in (catalog, hostile_catalog):
        decoded = decode_catalog(encode_catalog(original, "key"), "key")
        assert decoded is not None
        assert all(getattr(decoded, name) == getattr(original, name) for name in Catalog.__struct_fields__)


def test_a_catalog_with_another_key_is_stale(catalog: Catalog) -> None:
    assert decode_catalog(encode_catalog(catalog, "key"), "another key") is None


@pytest.mark.parametrize("content", [b"key\n{", b"key\n[]", b"key\n" + b"[" * 100_000, b'key\n{"edition": 3}'])
def test_damaged_content(content: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        decode_catalog(content, "key")


def test_the_key_follows_from_the_content_of_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of equal length counts, and so does a renamed file; a copy of the same files does not."""
    directory = shutil.copytree(FIXTURE_DATA, tmp_path / "data")
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_directory", lambda: directory)
    keys = [snapshot_key.bundled_key()]
    file = directory / "institutions" / "larkspur.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Neurology Residency", "neurology residency"), encoding="utf-8")
    keys.append(snapshot_key.bundled_key())
    file.write_text(text, encoding="utf-8")
    assert snapshot_key.bundled_key() == keys[0]
    file.rename(file.with_name("zinnia.toml"))
    keys.append(snapshot_key.bundled_key())
    assert len(set(keys)) == 3


@pytest.mark.parametrize("name", ["catalog/models.py", "datafiles/builder.py", "search/normalize.py", "text.py"])
def test_the_key_follows_from_the_code(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "gmetui"
    ignored = shutil.ignore_patterns("*.json", "__pycache__", "tui", "data")
    shutil.copytree(snapshot_key._PACKAGE_ROOT, package, ignore=ignored)
    monkeypatch.setattr(snapshot_key, "_PACKAGE_ROOT", package)
    compute = snapshot_key.code_digest.__wrapped__
    digest = compute()
    assert digest == compute()
    source = package / name
    source.write_text(source.read_text(encoding="utf-8").replace("return", "RETURN", 1), encoding="utf-8")
    assert compute() != digest


def test_the_key_of_other_files_follows_from_their_content(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("a = 1", encoding="utf-8")
    key = snapshot_key.key_of([file], bundled=False)
    assert key == snapshot_key.key_of([file], bundled=False) != snapshot_key.key_of([file], bundled=True)
    file.write_text("a = 2", encoding="utf-8")
    assert snapshot_key.key_of([file], bundled=False) != key
    with pytest.raises(OSError, match="nowhere"):
        snapshot_key.key_of([tmp_path / "nowhere.toml"], bundled=False)
