"""Compiled copies of large data and imported lists: used when they are fresh, ignored when they are not."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from gmetui import loader
from gmetui.catalog.catalog import Catalog
from gmetui.datafiles import snapshot_key
from gmetui.datafiles.files import read_catalog_and_problems
from gmetui.errors import DataError, FileError, Problem
from gmetui.search import Query, search
from gmetui.storage.paths import COMPILED_FILE, user_paths
from support import FIXTURE_DATA, write_hostile_data

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of data that counts as large."""
    monkeypatch.setattr(loader, "MIN_CACHED_SIZE", 10)
    directory = tmp_path / "large"
    directory.mkdir()
    return write_hostile_data(directory)


@pytest.fixture
def imported_list() -> Path:
    """An imported list of the user, called "coast"."""
    file = user_paths().programs / "coast.toml"
    file.parent.mkdir(parents=True)
    shutil.copy(FIXTURE_DATA.parent / "imported-list.toml", file)
    return file


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """The paths of each read from TOML."""
    calls: list[tuple[Path, ...]] = []

    def read(paths: tuple[Path, ...] = (), **options: Any) -> tuple[Catalog, list[Problem]]:
        calls.append(paths)
        return read_catalog_and_problems(paths, **options)

    monkeypatch.setattr(loader, "read_catalog_and_problems", read)
    monkeypatch.setattr(loader, "read_catalog", lambda paths=(), *, bundled=True: read(paths, bundled=bundled)[0])
    return calls


def cached_files(name: str) -> list[Path]:
    return sorted(user_paths().cache.rglob(name))


def is_same(first: Catalog, second: Catalog) -> bool:
    """Tell whether two catalogs have the same content."""
    names = [name for name in Catalog.__struct_fields__ if name not in ("stored_lookups", "gazetteer")]
    has_same_places = list(first.gazetteer.with_prefix("")) == list(second.gazetteer.with_prefix(""))
    return has_same_places and all(getattr(first, name) == getattr(second, name) for name in names)


def test_a_large_directory_is_read_once(large: Path, reads: list[tuple[Path, ...]]) -> None:
    first, second = loader.load_catalog([large]), loader.load_catalog([large])
    assert len(reads) == 1
    assert len(cached_files(COMPILED_FILE)) == 1
    assert is_same(first, second)
    results = [search(catalog, Query.parse("harbor cards")).programs() for catalog in (first, second)]
    assert results[0] == results[1] != []


def test_the_bundled_data_is_not_cached(reads: list[tuple[Path, ...]]) -> None:
    assert is_same(loader.load_catalog(), loader.load_catalog())
    assert not cached_files("*.gmetui")
    assert loader.load_quickly() is not None


def test_an_edit_of_equal_length_is_noticed(large: Path) -> None:
    """Even when the file's time of change is set back."""
    loader.load_catalog([large])
    file = large / "harbor.toml"
    status = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("Harbor Hospital", "Haven_ Hospital"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert loader.load_catalog([large]).institution["harbor"].name == "Haven_ Hospital"


def test_a_change_of_the_code_is_noticed(
    large: Path, reads: list[tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    loader.load_catalog([large])
    monkeypatch.setattr(snapshot_key, "code_digest", lambda: "another version")
    loader.load_catalog([large])
    assert len(reads) == 2


def test_a_change_of_the_bundled_data_is_noticed(
    large: Path, tmp_path: Path, reads: list[tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    loader.load_catalog([large])
    directory = shutil.copytree(FIXTURE_DATA, tmp_path / "data")
    file = directory / "specialties.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Neurology", "Neurologie"), encoding="utf-8")
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(directory))
    loader.load_catalog([large])
    assert len(reads) == 2


def test_compiled_bundled_data_is_used_while_it_is_fresh(
    tmp_path: Path, reads: list[tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = shutil.copytree(FIXTURE_DATA, tmp_path / "data")
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(directory))
    monkeypatch.setattr(loader, "_PACKAGE_DIRECTORY", tmp_path)
    loader.write_compiled(tmp_path)
    reads.clear()
    assert loader.load_catalog().institution["larkspur"].name == "Larkspur University Hospital"
    assert not reads
    file = directory / "institutions" / "larkspur.toml"
    text = file.read_text(encoding="utf-8").replace('name = "Larkspur University', 'name = "LARKSPUR University')
    status = file.stat()
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert loader.load_catalog().institution["larkspur"].name == "LARKSPUR University Hospital"
    assert len(reads) == 1


def replace_file(file: Path, content: bytes) -> None:
    """Write another file in place of one that may be open."""
    file.unlink()
    file.write_bytes(content)


def damaged_contents(content: bytes) -> dict[str, bytes]:
    """Return what may be there instead of a compiled catalog."""
    middle = len(content) // 2
    return {
        "empty": b"",
        "foreign": b"SQLite format 3\0" + bytes(5000),
        "newer": content.replace(b"gmetui archive 4 ", b"gmetui archive 5 ", 1),
        "of other data": content[:20] + b"0" * 10 + content[30:],
        "cut off": content[:middle],
        "cut off at the end": content[:-1],
        "only a first line": content.partition(b"\n")[0] + b"\n",
        "longer": content + b"x",
    }


@pytest.mark.parametrize("damage", damaged_contents(b"content"))
def test_a_damaged_cache_is_replaced(large: Path, damage: str, reads: list[tuple[Path, ...]]) -> None:
    """With a line where it was a compiled catalog of this version, silently where it was none."""
    first = loader.load_catalog([large])
    file = cached_files(COMPILED_FILE)[0]
    content = file.read_bytes()
    replace_file(file, damaged_contents(content)[damage])
    messages: list[str] = []
    second = loader.load_catalog([large], report=messages.append)
    assert is_same(first, second)
    assert len(messages) == (damage not in ("empty", "foreign", "newer", "of other data"))
    query = Query.parse("harbor")
    assert search(second, query).programs() == search(first, query).programs() != []
    assert file.read_bytes() == content
    assert loader.load_quickly([large]) is not None
    assert len(reads) == 2


def flip_a_bit(file: Path, text: bytes) -> bytes:
    """Damage a text in a compiled file, and return what the file held."""
    content = file.read_bytes()
    position = content.index(text)
    replace_file(file, content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :])
    return content


def test_a_damaged_part_of_the_cache_is_replaced_when_it_is_read(large: Path, reads: list[tuple[Path, ...]]) -> None:
    first = loader.load_catalog([large])
    file = cached_files(COMPILED_FILE)[0]
    content = flip_a_bit(file, b"Wilderness Medicine Fellowship")
    messages: list[str] = []
    assert is_same(first, loader.load_catalog([large], report=messages.append))
    assert len(messages) == 1
    assert file.read_bytes() == content
    assert len(reads) == 2


def test_damage_of_a_large_file_is_an_error_where_it_is_read(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes long to make is removed, so that the next start makes it again."""
    count = len(loader.load_catalog([large]).programs)
    file = cached_files(COMPILED_FILE)[0]
    flip_a_bit(file, b"Wilderness Medicine Fellowship")
    monkeypatch.setattr(loader, "_MAX_RESTORED_SIZE", 0)
    catalog = loader.load_catalog([large])
    with pytest.raises(FileError, match="damaged; start gmetui again"):
        list(catalog.programs)
    assert not file.exists()
    assert len(list(loader.load_catalog([large]).programs)) == count


def test_what_is_damaged_in_the_package_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays as it is: nobody may be allowed to write there, and the next installation replaces it."""
    monkeypatch.setattr(loader, "_PACKAGE_DIRECTORY", tmp_path)
    loader.write_compiled(tmp_path)
    file, last_program = tmp_path / COMPILED_FILE, loader.load_catalog().programs[-1]
    query = Query.parse(f"id:{last_program.id}")
    expected = search(loader.load_catalog(), query).programs()
    flip_a_bit(file, last_program.name.encode())  # which isn't on the first screen, which is read by itself
    damaged = file.read_bytes()
    messages: list[str] = []
    assert search(loader.load_catalog(report=messages.append), query).programs() == expected
    assert messages == ["gmetui: the compiled copy of the programs is damaged; reading the data files instead"]
    assert file.read_bytes() == damaged


def test_files_whose_times_change_are_not_compiled_again(large: Path, reads: list[tuple[Path, ...]]) -> None:
    """A copy or a backup changes the times of files and not what is in them."""
    loader.load_catalog([large])
    for file in large.iterdir():
        os.utime(file, ns=(0, 0))
    loader.load_catalog([large])
    assert len(reads) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_place_of_the_cache_is_not_waited_for(large: Path) -> None:
    loader.load_catalog([large])
    file = cached_files(COMPILED_FILE)[0]
    file.unlink()
    os.mkfifo(file)
    assert "harbor" in loader.load_catalog([large]).institution


def test_a_cache_that_cannot_be_written(large: Path) -> None:
    cache = user_paths().cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("a file where the directory should be", encoding="utf-8")
    assert "harbor" in loader.load_catalog([large]).institution


def test_concurrent_loads(large: Path) -> None:
    catalogs: list[Catalog] = []
    threads = [threading.Thread(target=lambda: catalogs.append(loader.load_catalog([large]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(catalogs) == 4
    assert all(is_same(catalogs[0], catalog) for catalog in (*catalogs, loader.load_catalog([large])))
    assert not [file for file in user_paths().cache.rglob("*") if file.suffix == ".tmp"]


def test_the_cache_is_pruned_and_files_of_others_stay(large: Path) -> None:
    cache = user_paths().cache
    for number, name in enumerate(["somebody's", *(f"{index:016x}" for index in range(6))]):
        directory = cache / name
        directory.mkdir(parents=True)
        (directory / COMPILED_FILE).write_text("{}", encoding="utf-8")
        os.utime(directory / COMPILED_FILE, ns=(number, number))
    loader.load_catalog([large])
    names = sorted(directory.name for directory in cache.iterdir())
    assert "somebody's" in names
    assert len(names) == 5
    assert f"{5:016x}" in names
    assert f"{0:016x}" not in names


def test_what_killed_processes_left_is_removed(large: Path) -> None:
    """But not what another process is writing now."""
    loader.load_catalog([large])
    file = cached_files(COMPILED_FILE)[0]
    abandoned, current = (file.with_name(f".{file.name}.{name}.tmp") for name in ("abandoned", "current"))
    for temporary in (abandoned, current):
        temporary.write_bytes(b"x")
    os.utime(abandoned, ns=(0, 0))
    file.unlink()
    loader.load_catalog([large])
    assert current.exists()
    assert not abandoned.exists()


def test_wrong_data_is_reported_and_not_cached(large: Path) -> None:
    (large / "more.toml").write_text('[[program]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(DataError):
        loader.load_catalog([large])
    assert not cached_files("*.gmetui")


def test_small_data_is_not_cached(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    directory = write_hostile_data(tmp_path / "small")
    assert loader.load_quickly([directory]) is not None
    loader.load_catalog([directory])
    assert not cached_files("*.gmetui")


def test_imported_lists_are_part_of_the_catalog(imported_list: Path, reads: list[tuple[Path, ...]]) -> None:
    assert loader.load_quickly() is None, "nothing is compiled yet"
    catalogs = loader.load_catalog(), loader.load_catalog(), loader.load_quickly()
    assert len(reads) == 1, "the second time, the compiled copy is used"
    assert all(catalog is not None and "saltmarsh" in catalog.institution for catalog in catalogs)
    assert "saltmarsh" not in loader.load_catalog(exclude="coast").institution
    assert "saltmarsh" not in loader.load_catalog(bundled=False).institution


def test_a_wrong_imported_list_is_ignored_and_reported(imported_list: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported_list.write_text('[import]\ntitle = "x"\n[[program]\nid = "x"\n', encoding="utf-8")
    messages: list[str] = []
    catalog = loader.load_catalog(report=messages.append)
    assert len(catalog.institutions) == 3
    assert len(messages) == 1
    assert messages[0].startswith("gmetui: ignoring the imported list “coast”: ")
    with pytest.warns(loader.ImportedListWarning, match="coast"):
        loader.load_catalog()
    assert capsys.readouterr() == ("", ""), "the library never prints"
    assert not cached_files("*.gmetui")


def test_a_wrong_program_of_a_list_is_left_out_alone(imported_list: Path, catalog: Catalog) -> None:
    text = imported_list.read_text(encoding="utf-8")
    count = len(loader.load_catalog().programs)
    imported_list.write_text(f'{text}\n[[program]]\nid = "x"\n', encoding="utf-8")
    messages: list[str] = []
    assert len(loader.load_catalog(report=messages.append).programs) == count > len(catalog.programs)
    assert len(messages) == 1
    assert "part of the imported list “coast” is left out: line " in messages[0]


def test_wrong_data_beside_a_valid_imported_list(imported_list: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('[[program]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(DataError, match="x.toml"):
        loader.load_catalog([file])
