"""Files of the same name do not replace each other's import, and an interrupted import leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gmetui.importing import data_file, program_list
from gmetui.importing.program_list import file_id, import_name_for
from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import user_paths
from importing.program_lists import ROWS, as_csv
from support import CommandRunner

pytestmark = pytest.mark.usefixtures("fixture_data")


def _write(directory: Path, first: int) -> Path:
    directory.mkdir()
    path = directory / "programs.csv"
    path.write_text(as_csv(ROWS[first : first + 3]), encoding="utf-8")
    return path


def _import(run: CommandRunner, path: Path, *options: str) -> None:
    run("import", str(path), "--as", "programs", "--source", path.parent.name, *options)


def test_another_file_of_the_same_name_gets_a_number(run: CommandRunner, tmp_path: Path) -> None:
    paths = [_write(tmp_path / directory, 3 * index) for index, directory in enumerate("ABC")]
    for path in paths:
        _import(run, path)
    assert "programs is from another file; using the name programs-3" in run.err
    store = ImportStore(user_paths().programs)
    assert sorted((imported.name, imported.title) for imported in store.lists()) == [
        ("programs", "A"),
        ("programs-2", "B"),
        ("programs-3", "C"),
    ]
    _import(run, paths[1])  # the same file again updates its own list
    assert "compared with the previous version" not in run.err
    _import(run, paths[2], "--name", "programs")
    assert sorted((imported.name, imported.title) for imported in store.lists()) == [
        ("programs", "C"),
        ("programs-2", "B"),
        ("programs-3", "C"),
    ]


def test_names_follow_the_file(tmp_path: Path) -> None:
    path, other_path = tmp_path / "a" / "List.csv", tmp_path / "b" / "list.csv"
    assert import_name_for(path, {}) == "list"
    assert import_name_for(path, {"list": ""}) == "list"  # imported by a version that did not record the file
    assert import_name_for(path, {"list": file_id(path)}) == "list"
    assert import_name_for(path, {"list": file_id(other_path)}) == "list-2"
    assert import_name_for(path, {"list": file_id(other_path), "list-2": file_id(path)}) == "list-2"
    assert import_name_for(tmp_path / "\udcff", {}) == "list"


@pytest.mark.parametrize(
    "function", ["open_grids", "build_programs", "build_tables", "_report_merged_programs", "write_toml"]
)
def test_an_interrupted_import_leaves_no_trace(
    run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    path = _write(tmp_path / "A", 0)
    before = sorted(user_paths().programs.rglob("*")) if user_paths().programs.exists() else []

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program_list, function, interrupt)
    run("import", str(path), "--as", "programs", "--map", "name=nothing", code=130)
    after = sorted(file for file in user_paths().programs.rglob("*") if not file.name.endswith(".lock"))
    assert after == before
    assert not user_paths().column_overrides.exists()


def test_an_import_interrupted_while_it_is_written_leaves_no_trace(
    run: CommandRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(tmp_path / "A", 0)
    _import(run, path)
    store = ImportStore(user_paths().programs)
    content = store.path("programs").read_bytes()
    path.write_text(as_csv(ROWS), encoding="utf-8")
    write_toml = data_file.write_toml

    def interrupted(tables: data_file.Tables) -> Iterator[str]:
        yield next(iter(write_toml(tables)))
        raise KeyboardInterrupt

    monkeypatch.setattr(program_list, "write_toml", interrupted)
    run("import", str(path), "--as", "programs", code=130)
    files = sorted(file.name for file in user_paths().programs.iterdir() if not file.name.endswith(".lock"))
    assert files == ["programs.toml"]
    assert store.path("programs").read_bytes() == content
