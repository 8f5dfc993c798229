"""A compiled catalog equals the one it was made from, and its key covers everything it follows from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.demands import demands_of
from gmetui.catalog.models import Program
from gmetui.compiled.sections import encode_archive
from gmetui.compiled.tables import StoredRecords
from gmetui.datafiles import snapshot_key
from gmetui.datafiles.archive_file import open_archive_file
from gmetui.datafiles.snapshot import catalog_sections, stored_catalog
from support import FIXTURE_DATA


def stored(catalog: Catalog, directory: Path) -> Catalog:
    """Return a catalog after it was written to a file and opened from there."""
    file = directory / "catalog"
    file.write_bytes(b"".join(encode_archive("key", catalog_sections(catalog))))
    archive = open_archive_file(file, "key")
    assert archive is not None
    assert open_archive_file(file, "another key") is None
    return stored_catalog(archive)


@pytest.fixture(params=["catalog", "hostile_catalog"])
def original(request: pytest.FixtureRequest) -> Catalog:
    catalog = request.getfixturevalue(request.param)
    assert isinstance(catalog, Catalog)
    return catalog


def test_a_stored_catalog_has_the_same_values(original: Catalog, tmp_path: Path) -> None:
    catalog = stored(original, tmp_path)
    for name in Catalog.__struct_fields__:
        if name not in ("stored_lookups", "gazetteer"):  # which is a file of its own
            assert getattr(catalog, name) == getattr(original, name)


def test_a_stored_catalog_has_the_demands_of_its_programs(
    original: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read from the file: nothing visits all programs."""
    expected = demands_of(original)
    catalog = stored(original, tmp_path)
    monkeypatch.setattr("gmetui.catalog.demands.collect_demands", lambda _: pytest.fail("visited all programs"))
    demands = demands_of(catalog)
    assert demands == expected
    assert len(demands.numbers) == len(original.programs)


def test_a_stored_catalog_has_the_same_lookups(original: Catalog, tmp_path: Path) -> None:
    catalog = stored(original, tmp_path)
    assert dict(catalog.program) == dict(original.program)
    assert list(catalog.program) == list(original.program)
    assert catalog.partners == original.partners
    assert catalog.lookups.place_counts == original.lookups.place_counts
    assert catalog.lookups.sponsor_count == original.lookups.sponsor_count
    assert catalog.has_imported_programs == original.has_imported_programs
    for institution in original.institutions:
        assert catalog.programs_of(institution.id) == original.programs_of(institution.id)
    for specialty in original.specialties:
        assert catalog.programs_in(specialty.id) == original.programs_in(specialty.id)
        for institution in original.institutions:
            building_on = original.programs_building_on(institution.id, specialty.id)
            assert catalog.programs_building_on(institution.id, specialty.id) == building_on


def test_programs_are_decoded_when_they_are_looked_at(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is one decoded that is counted, sliced, or looked up by an id that does not exist."""
    stored_programs = stored(catalog, tmp_path)
    decoded: list[int] = []
    decode = StoredRecords._read_record

    def count(records: StoredRecords[Program], number: int) -> Program:
        decoded.append(number)
        return decode(records, number)

    monkeypatch.setattr(StoredRecords, "_read_record", count)
    programs = stored(catalog, tmp_path).programs
    assert len(programs[2:20:3]) == len(catalog.programs[2:20:3])
    assert "nowhere" not in stored_programs.program
    assert stored_programs.program.get("nowhere") is None
    assert len(stored_programs.programs_of("marrowby")) == len(catalog.programs_of("marrowby"))
    assert decoded == []
    assert programs[5] == programs[5] == catalog.programs[5]
    assert programs[-1] == catalog.programs[-1]
    assert decoded == [5, len(programs) - 1]
    with pytest.raises(IndexError):
        programs[len(programs)]


def test_the_key_follows_from_the_content_of_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of equal length counts, and so does a renamed file; a copy of the same files does not."""
    directory = shutil.copytree(FIXTURE_DATA, tmp_path / "data")
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(directory))
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
    ignored = shutil.ignore_patterns("*.gmetui", "__pycache__", "tui", "data")
    shutil.copytree(snapshot_key._PACKAGE_ROOT, package, ignore=ignored)
    monkeypatch.setattr(snapshot_key, "_PACKAGE_ROOT", package)
    compute = snapshot_key.code_digest.__wrapped__
    digest = compute()
    assert digest == compute()
    source = package / name
    source.write_text(source.read_text(encoding="utf-8").replace("return", "RETURN", 1), encoding="utf-8")
    assert compute() != digest


def test_a_stamp_follows_from_what_is_in_a_file(tmp_path: Path) -> None:
    file, copy = tmp_path / "x.toml", tmp_path / "y.toml"
    file.write_text("a = 1", encoding="utf-8")
    known = snapshot_key.stamp(file)
    assert snapshot_key.is_unchanged(file, known)
    os.utime(file, ns=(0, 0))
    assert snapshot_key.is_unchanged(file, known), "its content is the same"
    shutil.copy(file, copy)
    assert not snapshot_key.is_unchanged(copy, known)
    file.write_text("a = 2", encoding="utf-8")
    assert not snapshot_key.is_unchanged(file, known)
    with pytest.raises(OSError, match="nowhere"):
        snapshot_key.stamp(tmp_path / "nowhere.toml")
