"""Files in data directories that are not regular files, or whose values are out of all bounds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files, read_catalog
from gmetui.datafiles.snapshot_key import stamp
from gmetui.errors import DataError, FileError


def _make_sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)


_IRREGULAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (os.mkfifo, "not a regular file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "directory": (Path.mkdir, "directory|not a regular file"),
    "loop of links": (lambda path: path.symlink_to(path.name), "links|loop"),
    "huge file": (_make_sparse, "larger than"),
}


@pytest.mark.parametrize("kind", _IRREGULAR)
@pytest.mark.parametrize("is_named", [True, False])
def test_irregular_files_are_refused_at_once(tmp_path: Path, kind: str, is_named: bool) -> None:
    make, reason = _IRREGULAR[kind]
    directory = tmp_path / "data"
    directory.mkdir()
    path = directory / "x.toml"
    make(path)
    if is_named and kind in ("directory", "loop of links"):
        reason = "not found|no .toml files"
    target = path if is_named else directory
    for read in (read_catalog, check_files):
        with pytest.raises(FileError, match=f"x.toml.*({reason})|{reason}"):
            read([target])
    if kind != "huge file":
        with pytest.raises(OSError, match=r"."):
            stamp(path)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (f"\n[[page]]\nid = {'9' * 5000}\n", "x.toml:3: id: has a number with too many digits"),
        (f"[[program]]\nlength_years = 0x{'f' * 5000}\n", "x.toml:2: program[0].length_years: the number is out of"),
        (f"[[program]]\nvisa = {'[' * 10_000}{']' * 10_000}\n", "x.toml:2: visa: is nested too deeply"),
        (f"a = 1\n[{'.'.join('a' * 10_000)}]\n", "x.toml:2: file: has a key with more than 16 parts"),
        (f"{'.'.join('a' * 40_000)} = 1\n", "x.toml:1: file: has a key with more than 16 parts"),
        ("".join(f"[a.b.c.{number}]\n" for number in range(100_000)), "too many tables and dotted keys"),
    ],
)
def test_values_beyond_all_bounds_are_errors_with_line_and_key(tmp_path: Path, content: str, error: str) -> None:
    (tmp_path / "x.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_catalog([tmp_path])
    assert error in str(raised.value)
    assert any(error in str(problem) for problem in check_files([tmp_path]))
