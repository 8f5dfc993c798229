"""Fixtures for all tests: a home of their own, the bundled catalog read once, and golden files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from gmetui.catalog.models import Catalog
from gmetui.datafiles.files import load_catalog
from support import Run, write_data

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew; look at the diff")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the person's own files and settings."""
    home = tmp_path / "home"
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_DRIVER", "GMETUI_HOME", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GMETUI_HOME", str(home))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr("gmetui.tui.screens.base_screen.today", lambda: date(2026, 11, 22))
    return home


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The bundled programs, read from TOML."""
    return load_catalog()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Four made-up programs at two made-up institutions, with texts that try to do harm."""
    directory = write_data(tmp_path_factory.mktemp("small"))
    return load_catalog([directory], bundled=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with tests/golden/NAME."""

    def check(name: str, content: bytes) -> None:
        file = GOLDEN / name
        if request.config.getoption("--golden-update"):
            GOLDEN.mkdir(exist_ok=True)
            file.write_bytes(content)
        elif not file.exists():
            pytest.fail(f"no golden file {name}; run pytest --golden-update and look at it")
        else:
            assert content.decode("utf-8-sig").splitlines() == file.read_bytes().decode("utf-8-sig").splitlines()
            assert content == file.read_bytes()

    return check


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Commands, run in this process."""
    return Run(capsys)
