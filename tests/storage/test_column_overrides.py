"""Overrides of the columns of files to import."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.storage.column_overrides import ColumnOverrideStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "columns.json"


def test_overrides_are_read_back_by_layout(path: Path) -> None:
    store = ColumnOverrideStore(path)
    store.save("layout 1", {"Town": "city"})
    store.save("layout 2", {"Region": "state"})
    store.save("layout 1", {"Town": "name"})
    assert ColumnOverrideStore(path).get("layout 1") == {"Town": "name"}
    assert ColumnOverrideStore(path).get("layout 2") == {"Region": "state"}
    assert ColumnOverrideStore(path).get("layout 3") == {}


def test_the_oldest_layouts_are_forgotten(path: Path) -> None:
    store = ColumnOverrideStore(path)
    for number in range(250):
        store.save(f"layout {number}", {"x": "city"})
    assert store.get("layout 49") == {}
    assert store.get("layout 50") == {"x": "city"}


@pytest.mark.parametrize("content", ["[1, 2", "[]", '{"layout": 3}', "\x00"])
def test_damaged_file_counts_as_empty_and_is_replaced(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    store = ColumnOverrideStore(path)
    assert store.get("layout") == {}
    store.save("layout", {"y": "state"})
    assert store.get("layout") == {"y": "state"}
