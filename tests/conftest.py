"""Fixtures for all tests: a separate home, the catalogs, golden files and commands run in this process.

Catalogs, each read once per session:

- `catalog`: the three invented institutions of `tests/fixtures/catalog`. Tests of code use this one.
- `bundled_catalog`: the data in `data/`. Only for tests of the data itself; they derive their figures from it.
- `hostile_catalog`: four programs whose texts attack terminals, markup parsers, spreadsheets and pages.

`fixture_data` makes the fixture catalog the bundled data of everything that runs in this process: commands (`run`),
`load_catalog()`, `main()`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from textual.widgets import Input

import settled_pilot
from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import load_directory, read_catalog
from support import FIXTURE_DATA, REFERENCE_FILES, CommandRunner, write_hostile_data

# Time limits say nothing about the code where several tests share a slow machine.
settings.register_profile("gmetui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gmetui")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew; look at the diff")
    parser.addoption("--queries", type=int, default=400, help="how many generated queries are compared; 10000 at times")


@pytest.fixture(scope="session")
def generated_count(request: pytest.FixtureRequest) -> int:
    """How many generated queries are compared; ten thousand were on November 26, 2026."""
    count: int = request.config.getoption("--queries")
    return count


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
    settled_pilot.install(monkeypatch)
    monkeypatch.setattr("gmetui.tui.clock.today", lambda: date(2026, 11, 22))
    monkeypatch.setattr("gmetui.cli.clock.today", lambda: date(2026, 11, 22))
    monkeypatch.setattr("gmetui.tui.clock.zone", lambda: ZoneInfo("America/New_York"))
    monkeypatch.setattr("gmetui.cli.clock.zone", lambda: ZoneInfo("America/New_York"))
    return home


@pytest.fixture(scope="session")
def bundled_catalog() -> Catalog:
    """The bundled data, read from TOML."""
    return read_catalog()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Three invented institutions with 24 programs and a reference of their own."""
    return load_directory(FIXTURE_DATA)


@pytest.fixture(scope="session")
def hostile_catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Four invented programs at two institutions whose texts attack whatever shows them."""
    directory = write_hostile_data(tmp_path_factory.mktemp("hostile"))
    for name in REFERENCE_FILES:
        shutil.copy(FIXTURE_DATA / name, directory)
    return load_directory(directory)


@pytest.fixture
def fixture_data(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the fixture catalog the bundled data of this process."""
    monkeypatch.setattr("gmetui.datafiles.files.bundled_data_root", lambda: str(FIXTURE_DATA))
    return FIXTURE_DATA


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
def run(capsys: pytest.CaptureFixture[str]) -> CommandRunner:
    """Commands, run in this process."""
    return CommandRunner(capsys)
