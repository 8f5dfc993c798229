"""The stored first screen is that of the programs that open after it, or there is none."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from gmetui import loader
from gmetui.catalog.catalog import Catalog
from gmetui.documents.start_choices import start_page
from gmetui.search import Query, search
from gmetui.storage.paths import COMPILED_FILE, START_FILE, user_paths
from support import FIXTURE_DATA

pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.fixture
def package(fixture_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package, with the fixture catalog compiled."""
    monkeypatch.setattr(loader, "_PACKAGE_DIRECTORY", str(tmp_path))
    loader.write_compiled(tmp_path)
    return tmp_path


@pytest.fixture
def day(catalog: Catalog) -> date:
    """The day of the data."""
    return date.fromisoformat(catalog.edition.date)


def import_list(text: str = "") -> Path:
    """Make a list part of the catalog."""
    file = user_paths().programs / "coast.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(FIXTURE_DATA.parent / "imported-list.toml", file)
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return file


@pytest.mark.usefixtures("package")
def test_it_is_that_of_the_catalog(day: date) -> None:
    assert loader.read_start_page(today=day) == start_page(search(loader.load_catalog(), Query()), day)


@pytest.mark.usefixtures("package")
def test_a_list_has_one_once_it_is_compiled(day: date) -> None:
    import_list()
    assert loader.read_start_page(today=day) is None
    catalog = loader.load_catalog()
    page = loader.read_start_page(today=day)
    assert page == start_page(search(catalog, Query()), day)
    assert page is not None
    assert page.data.has_imported_programs
    import_list("# changed\n")
    assert loader.read_start_page(today=day) is None, "the list is another one by now"


@pytest.mark.parametrize("content", [b"", b"gmetui archive 1 0\n", b"\0" * 500])
def test_something_else_in_its_place_is_ignored(package: Path, day: date, content: bytes) -> None:
    (package / START_FILE).write_bytes(content)
    assert loader.read_start_page(today=day) is None
    assert loader.load_quickly() is not None


def test_a_damaged_or_truncated_one_is_ignored(package: Path, day: date) -> None:
    file = package / START_FILE
    content, page = file.read_bytes(), loader.read_start_page(today=day)
    for position in range(0, len(content), 97):
        file.write_bytes(content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :])
        assert loader.read_start_page(today=day) in (None, page), "a part that isn't read may be damaged"
        file.write_bytes(content[:position])
        assert loader.read_start_page(today=day) is None


def test_that_of_other_data_is_ignored(package: Path, day: date) -> None:
    compiled = (package / START_FILE).read_bytes()
    key = (package / COMPILED_FILE).read_bytes().split(b"\n", 1)[0].split()[-1]
    (package / START_FILE).write_bytes(compiled.replace(key, key[::-1], 1))
    assert loader.read_start_page(today=day) is None
