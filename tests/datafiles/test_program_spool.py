"""Programs in a spool: what was put there comes back, from memory, from a file, and where no file can be written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles import program_spool
from gmetui.datafiles.draft import Node, ProgramNodes
from gmetui.datafiles.program_spool import ProgramSpool, SpooledPrograms
from gmetui.datafiles.reader import TableReader


def full_disk(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", ["memory", "file", "full disk"])
def test_programs_come_back(catalog: Catalog, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if place != "memory":
        monkeypatch.setattr(program_spool, "_MAX_MEMORY", 1_000)
    if place == "full disk":
        monkeypatch.setattr(tempfile, "TemporaryFile", full_disk)
    spool = ProgramSpool(tmp_path / "new" / "directory")
    numbers = [spool.append(program) for program in catalog.programs]
    assert numbers == list(range(len(catalog.programs)))
    programs = SpooledPrograms(spool, numbers[::-1])
    assert list(programs) == list(catalog.programs[::-1])
    assert programs[0] == catalog.programs[-1]
    assert list(programs[1:3]) == list(catalog.programs[::-1][1:3])
    assert not [file for file in tmp_path.rglob("*") if file.is_file()], "the file has no name"
    assert (tmp_path / "new" / "directory").exists() == (place != "memory")


def test_nodes_are_a_mapping(catalog: Catalog) -> None:
    first, second = TableReader("first.toml", ""), TableReader("second.toml", "")
    nodes = ProgramNodes()
    others = ProgramNodes(nodes.spool)
    a, b, c = catalog.programs[:3]
    nodes["a"], nodes["b"] = Node(a, first, "program"), Node(b, second, "program[7]")
    others["c"] = Node(c, first, "program[0]")
    nodes.adopt("c", others["c"], others)
    nodes["a"] = Node(b, second, "program[1]")
    assert list(nodes) == ["a", "b", "c"]
    assert nodes["a"] == Node(b, second, "program[1]")
    assert nodes["b"] == Node(b, second, "program[7]")
    assert nodes["c"] == Node(c, first, "program[0]")
    assert "d" not in nodes
    assert nodes.get("d") is None
    del nodes["b"]
    assert len(nodes) == 2
